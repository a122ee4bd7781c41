/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Certificates, made by this test, and a server that shows them: what is not to be trusted
 * is refused in words that say why, and an account's own authority is trusted for itself. */

#include <string.h>

#include <glib/gstdio.h>

#include "client-calls.h"
#include "server-fixture.h"

static char *directory;

/* Runs openssl in the test's directory. */
static void
openssl (const char *format, ...)
{
  va_list arguments;
  g_autofree char *command = NULL;
  g_autofree char *full = NULL;
  g_auto (GStrv) argv = NULL;
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  va_start (arguments, format);
  command = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  full = g_strconcat ("openssl ", command, NULL);
  g_assert_true (g_shell_parse_argv (full, NULL, &argv, NULL));
  g_spawn_sync (
    directory, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &errors, &status, &error);
  g_assert_no_error (error);
  if (status != 0)
    g_error ("%s: %s", full, errors);
}

static void
make_authority (const char *name)
{
  openssl ("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout %s.key -out "
           "%s.pem -subj \"/CN=%s\" -days 2 -addext \"keyUsage=critical,keyCertSign\"",
           name,
           name,
           name);
}

/* What `openssl ca` keeps of its authorities. It is asked, and not `openssl x509`, because it
 * alone makes certificates that have expired in OpenSSL 3.0 as in 3.5. */
static void
make_register (void)
{
  g_autofree char *configuration = g_build_filename (directory, "register.conf", NULL);
  g_autofree char *entries = g_build_filename (directory, "register", NULL);
  static const char text[]
    = "[ca]\ndefault_ca = authority\n"
      "[authority]\ndatabase = register\nnew_certs_dir = .\n"
      "rand_serial = yes\ndefault_md = sha256\nunique_subject = no\npolicy = names\n"
      "[names]\ncommonName = supplied\n";

  g_assert_true (g_file_set_contents (configuration, text, -1, NULL));
  g_assert_true (g_file_set_contents (entries, "", 0, NULL));
}

/* validity is the option, or are the options, of `openssl ca`. */
static void
make_certificate (const char *name, const char *authority, const char *names, const char *validity)
{
  g_autofree char *extensions = g_strdup_printf ("%s/%s.ext", directory, name);
  g_autofree char *text = g_strdup_printf (
    "subjectAltName=%s\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n", names);

  g_assert_true (g_file_set_contents (extensions, text, -1, NULL));
  openssl ("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout %s.key -out %s.csr "
           "-subj /CN=%s",
           name,
           name,
           name);
  openssl ("ca -config register.conf -batch -notext %s -in %s.csr -cert %s.pem "
           "-keyfile %s.key -extfile %s.ext -out %s.pem",
           validity,
           name,
           authority,
           authority,
           name,
           name);
}

typedef struct
{
  const char *certificate;
  const char *authority; /* the account's, or NULL */
  const char *words;     /* of the refusal; NULL when it is trusted */
} Case;

static const Case cases[] = {
  { "good", "authority", NULL },
  { "good", NULL, "issued by an authority this computer does not know" },
  { "good", "stranger", "issued by an authority this computer does not know" },
  { "other-host", "authority", "for another host" },
  { "expired", "authority", "has expired" },
};

static void
test_certificate (gconstpointer data)
{
  const Case *trial = data;
  g_autofree char *certificate = g_strdup_printf ("%s/%s.pem", directory, trial->certificate);
  g_autofree char *key = g_strdup_printf ("%s/%s.key", directory, trial->certificate);
  g_autofree char *authority
    = trial->authority != NULL ? g_strdup_printf ("%s/%s.pem", directory, trial->authority) : NULL;
  g_autoptr (ServerFixture) server
    = server_fixture_new ("--demo", "1", "--tls-cert", certificate, "--tls-key", key, NULL);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", server->port);
  g_autoptr (GhClient) client = gh_client_new (url, NULL, authority);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;

  gh_client_set_token (client, server->token);
  list = list_workspaces (client, &error);
  if (trial->words == NULL)
    {
      g_assert_no_error (error);
      g_assert_cmpuint (list->len, ==, 1);
      return;
    }
  g_assert_error (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_TLS);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, trial->words));
  g_assert_false (gh_remote_error_is_ambiguous (error));
}

static void
test_bad_file (void)
{
  g_autofree char *garbage = g_build_filename (directory, "garbage.pem", NULL);
  g_autofree char *missing = g_build_filename (directory, "missing.pem", NULL);
  const char *files[] = { garbage, missing, "/dev/zero", directory };

  g_assert_true (g_file_set_contents (garbage, "not a certificate", -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GhClient) client = gh_client_new ("https://127.0.0.1:1", NULL, files[i]);
      g_autoptr (GError) error = NULL;

      gh_client_set_token (client, "token");
      g_assert_null (get_identity (client, &error));
      g_assert_error (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_TLS);
      g_assert_nonnull (strstr (error->message, files[i]));
    }
}

/* What speaks no TLS is no TLS. */
static void
test_plain_server (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", "1", NULL);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u", server->port);
  g_autoptr (GhClient) client = gh_client_new (url, NULL, NULL);
  g_autoptr (GError) error = NULL;

  gh_client_set_token (client, server->token);
  g_assert_null (get_identity (client, &error));
  g_assert_error (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_TLS);
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *url;
    const char *normal; /* NULL: refused */
  } addresses[] = {
    { "https://policy.example", "https://policy.example" },
    { "HTTPS://Policy.Example:443/", "https://policy.example" },
    { "https://policy.example:8443/api/", "https://policy.example:8443/api" },
    { "http://127.0.0.1:8080", "http://127.0.0.1:8080" },
    { "http://localhost:1/", "http://localhost:1" },
    { "http://[::1]:8080", "http://[::1]:8080" },
    { "https://bücher.example", "https://xn--bcher-kva.example" },
    { "http://policy.example", NULL },
    { "http://127.0.0.1.example", NULL },
    { "http://localhost.example", NULL },
    { "https://user@policy.example", NULL },
    { "https://user:password@policy.example", NULL },
    { "https://policy.example?x", NULL },
    { "https://policy.example#x", NULL },
    { "https://policy.example/../x", "https://policy.example/x" },
    { "https://policy.example/a/../../x/./y", "https://policy.example/x/y" },
    { "https://policy.example/a/%2e%2E/%2e%2e/x/%2E/y", "https://policy.example/x/y" },
    { "https://policy.example/a/..", "https://policy.example" },
    { "https://policy.example/a/.%2e/", "https://policy.example" },
    { "https://policy.example/...", "https://policy.example/..." },
    { "https://policy.example/a%", NULL },
    { "https://policy.example/a\r\nb", NULL },
    { "https://policy example", NULL },
    { "https://", NULL },
    { "ftp://policy.example", NULL },
    { "policy.example", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *normal = gh_client_check_url (addresses[i].url, &error);

      g_assert_cmpstr (normal, ==, addresses[i].normal);
      if (addresses[i].normal == NULL)
        g_assert_error (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_ADDRESS);
    }
}

static void
remove_directory (void)
{
  g_autoptr (GDir) entries = g_dir_open (directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      g_unlink (path);
    }
  g_rmdir (directory);
  g_free (directory);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  directory = g_dir_make_tmp ("gatehouse-tls-XXXXXX", NULL);
  make_authority ("authority");
  make_authority ("stranger");
  make_register ();
  make_certificate ("good", "authority", "IP:127.0.0.1", "-days 2");
  make_certificate ("other-host", "authority", "DNS:other.example", "-days 2");
  make_certificate (
    "expired", "authority", "IP:127.0.0.1", "-startdate 20200101000000Z -enddate 20200102000000Z");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path
        = g_strdup_printf ("/remote/tls/%s/%s",
                           cases[i].certificate,
                           cases[i].authority != NULL ? cases[i].authority : "system");

      g_test_add_data_func (path, &cases[i], test_certificate);
    }
  g_test_add_func ("/remote/tls/bad-file", test_bad_file);
  g_test_add_func ("/remote/tls/plain-server", test_plain_server);
  g_test_add_func ("/remote/tls/addresses", test_addresses);
  result = g_test_run ();
  remove_directory ();
  return result;
}
