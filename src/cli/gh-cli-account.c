/* SPDX-License-Identifier: GPL-3.0-or-later */

/* account add, list, sign-in, remove. */

#include <glib/gi18n-lib.h>

#include "gh-cli-commands.h"
#include "gh-cli-output.h"

static char *token_header;
static char *ca_file;
static gboolean without_keyring;

static const GOptionEntry add_options[] = {
  { "token-header",
    0,
    0,
    G_OPTION_ARG_STRING,
    &token_header,
    N_ ("Send the token in this header instead of Authorization"),
    N_ ("NAME") },
  { "ca",
    0,
    0,
    G_OPTION_ARG_FILENAME,
    &ca_file,
    N_ ("Trust the issuer in this PEM file besides the system's"),
    N_ ("FILE") },
  { "without-keyring",
    0,
    0,
    G_OPTION_ARG_NONE,
    &without_keyring,
    N_ ("Keep the token nowhere: give it with --token-stdin each time"),
    NULL },
  { NULL },
};

static const GOptionEntry sign_in_options[] = {
  { "without-keyring",
    0,
    0,
    G_OPTION_ARG_NONE,
    &without_keyring,
    N_ ("Only check the token, and keep it nowhere"),
    NULL },
  { NULL },
};

/* From --token-stdin, or typed where somebody sits there. */
static char *
read_token (GhCli *cli, GError **error)
{
  if (cli->token_stdin || gh_cli_is_terminal ())
    return gh_cli_read_token (error);

  g_set_error_literal (error,
                       G_OPTION_ERROR,
                       G_OPTION_ERROR_FAILED,
                       _ ("Give the token on standard input, with --token-stdin."));
  return NULL;
}

/* What to do without a keyring. */
static GhCliStatus
fail_with_advice (GError *error)
{
  gboolean is_keyring = g_error_matches (error, GH_STORE_ERROR, GH_STORE_ERROR_KEYRING);
  GhCliStatus status = gh_cli_fail (error);

  if (is_keyring)
    gh_cli_say (_ ("To go on without a keyring, add --without-keyring; the token is then given "
                   "with --token-stdin each time, and never written to a file."));

  return status;
}

static gboolean
add (GhCli *cli, const GhAccount *account, const char *token, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_fleet_add_account_async (
    cli->fleet, account, token, without_keyring, cli->cancellable, gh_cli_ready, &result);
  return gh_fleet_add_account_finish (cli->fleet, gh_cli_wait (&result), error);
}

static GhCliStatus
run_add (GhCli *cli, char **arguments)
{
  g_autoptr (GhAccount) account = gh_account_new (arguments[0], arguments[1]);
  g_autofree char *token = NULL;
  GError *error = NULL;
  gboolean added;

  account->token_header = g_steal_pointer (&token_header);
  account->ca_file = ca_file == NULL ? NULL : g_canonicalize_filename (ca_file, NULL);
  if (!gh_cli_open (cli, &error))
    return gh_cli_fail (error);

  token = read_token (cli, &error);
  if (token == NULL)
    return gh_cli_fail (error);

  added = add (cli, account, token, &error);
  gh_credentials_free_secret (g_steal_pointer (&token));

  return added ? GH_CLI_DONE : fail_with_advice (error);
}

static GhCliStatus
run_sign_in (GhCli *cli, char **arguments)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  char *token;

  if (!gh_cli_open (cli, &error))
    return gh_cli_fail (error);

  token = read_token (cli, &error);
  if (token == NULL)
    return gh_cli_fail (error);

  gh_fleet_sign_in_async (
    cli->fleet, arguments[0], token, without_keyring, cli->cancellable, gh_cli_ready, &result);
  gh_credentials_free_secret (token);
  if (!gh_fleet_sign_in_finish (cli->fleet, gh_cli_wait (&result), &error))
    return fail_with_advice (error);

  return GH_CLI_DONE;
}

static GhCliStatus
run_remove (GhCli *cli, char **arguments)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  if (!gh_cli_open (cli, &error))
    return gh_cli_fail (error);

  gh_fleet_remove_account_async (cli->fleet, arguments[0], cli->cancellable, gh_cli_ready, &result);
  if (!gh_fleet_remove_account_finish (cli->fleet, gh_cli_wait (&result), &error))
    return gh_cli_fail (error);

  return GH_CLI_DONE;
}

static JsonArray *
make_list (GPtrArray *accounts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < accounts->len; i++)
    {
      const GhAccount *account = accounts->pdata[i];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "name", account->name);
      json_object_set_string_member (object, "url", account->url);
      gh_cli_add_string (object, "token-header", account->token_header);
      gh_cli_add_string (object, "ca", account->ca_file);
      json_object_set_boolean_member (object, "demo", account->demo);
      json_array_add_object_element (array, object);
    }

  return array;
}

static GhCliStatus
run_list (GhCli *cli, char **arguments)
{
  GPtrArray *accounts;
  GhCliTable *table;
  GError *error = NULL;

  if (!gh_cli_open (cli, &error))
    return gh_cli_fail (error);

  accounts = gh_fleet_get_accounts (cli->fleet);
  if (cli->json)
    {
      gh_cli_print_array (make_list (accounts));
      return GH_CLI_DONE;
    }

  table = gh_cli_table_new (2);
  for (guint i = 0; i < accounts->len; i++)
    {
      const GhAccount *account = accounts->pdata[i];

      gh_cli_table_add (table, account->name, account->url, NULL);
    }
  gh_cli_table_print (table);

  return GH_CLI_DONE;
}

const GhCliCommand gh_cli_account_commands[] = {
  { "account add",
    "NAME URL",
    N_ ("Add the server at URL, once it has accepted the token"),
    2,
    2,
    GH_CLI_NETWORKS,
    add_options,
    run_add },
  { "account list", "", N_ ("List the accounts"), 0, 0, GH_CLI_READS, NULL, run_list },
  { "account sign-in",
    "NAME",
    N_ ("Replace the token of an account"),
    1,
    1,
    GH_CLI_NETWORKS,
    sign_in_options,
    run_sign_in },
  { "account remove",
    "NAME",
    N_ ("Remove an account with its token, drafts and cached policies"),
    1,
    1,
    GH_CLI_PLAIN,
    NULL,
    run_remove },
  { NULL },
};
