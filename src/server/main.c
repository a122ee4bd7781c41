/* SPDX-License-Identifier: GPL-3.0-or-later */

/* gatehouse-server: the reference server of the workspace policy API. Its words are English:
 * programs and logs read them. */

#include "gh-config.h"

#include <stdio.h>

#include <glib-unix.h>

#include "gh-server-database.h"
#include "gh-server-demo.h"
#include "gh-server-fault.h"
#include "gh-server-token.h"
#include "gh-server.h"
#include "main-token.h"

#define EXIT_USAGE 2
#define PRINTED_TOKEN_DAYS 30
#define MAXIMUM_TIMEOUT 3600 /* seconds */

static GhServerOptions options;
static int demo;
static int rate_limit;
static int request_timeout = GH_SERVER_REQUEST_SECONDS;
static int idle_timeout = GH_SERVER_IDLE_SECONDS;
static int n_connections;
static gboolean print_token;
static gboolean print_version;
static char **faults;

/* clang-format off: one option a line */
static const GOptionEntry entries[] = {
  { "database", 'd', 0, G_OPTION_ARG_FILENAME, &options.database, "SQLite file", "FILE" },
  { "listen",
    'l',
    0,
    G_OPTION_ARG_STRING,
    &options.listen,
    "Where to listen (" GH_SERVER_DEFAULT_LISTEN "); port 0 picks one",
    "ADDRESS:PORT" },
  { "tls-cert",
    0,
    0,
    G_OPTION_ARG_FILENAME,
    &options.tls_certificate,
    "Serve https with this certificate chain",
    "PEM" },
  { "tls-key",
    0,
    0,
    G_OPTION_ARG_FILENAME,
    &options.tls_key,
    "The certificate's private key",
    "PEM" },
  { "token-header",
    0,
    0,
    G_OPTION_ARG_STRING,
    &options.token_header,
    "Take tokens in this header too",
    "NAME" },
  { "rate-limit",
    0,
    0,
    G_OPTION_ARG_INT,
    &rate_limit,
    "Requests a second that one token may make",
    "N" },
  { "request-timeout",
    0,
    0,
    G_OPTION_ARG_INT,
    &request_timeout,
    "How long a request may take to arrive (" G_STRINGIFY (GH_SERVER_REQUEST_SECONDS) ")",
    "SECONDS" },
  { "idle-timeout",
    0,
    0,
    G_OPTION_ARG_INT,
    &idle_timeout,
    "How long a connection may wait for a request (" G_STRINGIFY (GH_SERVER_IDLE_SECONDS) ")",
    "SECONDS" },
  { "max-connections",
    0,
    0,
    G_OPTION_ARG_INT,
    &n_connections,
    "How many connections there may be at a time",
    "N" },
  { "request-log",
    0,
    0,
    G_OPTION_ARG_NONE,
    &options.request_log,
    "Log each request on standard error",
    NULL },
  { "demo", 0, 0, G_OPTION_ARG_INT, &demo, "Fill in N workspaces to try things on", "N" },
  { "print-token",
    0,
    0,
    G_OPTION_ARG_NONE,
    &print_token,
    "Print a new token that may do everything, for 30 days",
    NULL },
  { "fault",
    0,
    0,
    G_OPTION_ARG_STRING_ARRAY,
    &faults,
    "For tests of clients: do something wrong",
    "FAULT" },
  { "version", 0, 0, G_OPTION_ARG_NONE, &print_version, "Print the version", NULL },
  { NULL },
};
/* clang-format on */

static GPtrArray *
parse_faults (GError **error)
{
  g_autoptr (GPtrArray) parsed
    = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_server_fault_free);

  for (guint i = 0; faults != NULL && faults[i] != NULL; i++)
    {
      GhServerFault *fault = gh_server_fault_parse (faults[i], error);

      if (fault == NULL)
        return NULL;
      g_ptr_array_add (parsed, fault);
    }
  return g_steal_pointer (&parsed);
}

static gboolean
check_timeout (const char *option, int seconds, GError **error)
{
  if (seconds >= 1 && seconds <= MAXIMUM_TIMEOUT)
    return TRUE;
  g_set_error (error,
               G_OPTION_ERROR,
               G_OPTION_ERROR_BAD_VALUE,
               "%s takes 1 to %d seconds.",
               option,
               MAXIMUM_TIMEOUT);
  return FALSE;
}

static gboolean
check_limits (GError **error)
{
  if (!check_timeout ("--request-timeout", request_timeout, error)
      || !check_timeout ("--idle-timeout", idle_timeout, error))
    return FALSE;
  options.request_seconds = (guint) request_timeout;
  options.idle_seconds = (guint) idle_timeout;
  options.n_connections = (guint) MAX (n_connections, 0);
  return TRUE;
}

static gboolean
parse (int *argc, char ***argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- serve workspace security policies");

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_description (
    context,
    "Tokens are made, listed and revoked by: gatehouse-server token make|list|revoke --help");
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  options.rate_limit = (guint) MAX (rate_limit, 0);
  if (!check_limits (error))
    return FALSE;
  options.faults = parse_faults (error);
  return options.faults != NULL;
}

static gboolean
make_token (GhServerDatabase *database, GError **error)
{
  g_autoptr (GhServerIdentity) template = gh_server_identity_new ();
  g_autofree char *token = NULL;

  template->name = g_strdup ("Demo administrator");
  template->role = GH_SERVER_ROLE_ADMINISTRATOR;
  template->scopes = GH_SERVER_SCOPES_ALL;
  template->expires = g_get_real_time () + (gint64) PRINTED_TOKEN_DAYS * 24 * 3600 * G_USEC_PER_SEC;
  token = gh_server_token_make (database, template, NULL, error);
  if (token == NULL)
    return FALSE;
  g_print ("token: %s\n", token);
  return TRUE;
}

static gboolean
prepare (GError **error)
{
  g_autoptr (GhServerDatabase) database = gh_server_database_open (options.database, error);

  return database != NULL && (demo <= 0 || gh_server_demo_fill (database, (guint) demo, error))
         && (!print_token || make_token (database, error));
}

static gboolean
on_signal (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static int
serve (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GhServer) server = NULL;
  g_autoptr (GError) error = NULL;

  if (prepare (&error))
    server = gh_server_new (&options, &error);
  if (server == NULL)
    {
      g_printerr ("gatehouse-server: %s\n", error->message);
      return EXIT_FAILURE;
    }
  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  gh_server_start (server);
  g_print ("listening on %s\n", gh_server_get_url (server));
  fflush (stdout);
  g_main_loop_run (loop);
  gh_server_stop (server);
  return EXIT_SUCCESS;
}

static int
run (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  if (!parse (&argc, &argv, &error))
    g_printerr ("gatehouse-server: %s\n", error->message);
  else if (print_version)
    {
      g_print ("gatehouse-server %s\n", GH_VERSION);
      return EXIT_SUCCESS;
    }
  else if (argc > 1)
    g_printerr ("gatehouse-server: %s is not understood; see gatehouse-server --help\n", argv[1]);
  else if (options.database == NULL)
    g_printerr ("gatehouse-server: --database FILE is needed; see gatehouse-server --help\n");
  else
    return serve ();
  return EXIT_USAGE;
}

int
main (int argc, char **argv)
{
  int status;

  if (argc > 1 && g_str_equal (argv[1], "token"))
    return gh_server_main_token (argc - 1, argv + 1);
  status = run (argc, argv);
  gh_server_options_clear (&options);
  g_strfreev (faults);
  return status;
}
