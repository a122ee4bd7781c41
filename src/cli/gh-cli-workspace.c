/* SPDX-License-Identifier: GPL-3.0-or-later */

/* workspace list, sync. */

#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "gh-cli-commands.h"
#include "gh-cli-many.h"
#include "gh-cli-output.h"

static char *account_name;
static char *state_name;
static gboolean all;
static int window;

static const GOptionEntry list_options[] = {
  { "account",
    0,
    0,
    G_OPTION_ARG_STRING,
    &account_name,
    N_ ("Only those of this account"),
    N_ ("NAME") },
  { "state",
    0,
    0,
    G_OPTION_ARG_STRING,
    &state_name,
    N_ ("Only those in this state: synced, draft, applying, conflict, offline, sign-in"),
    N_ ("STATE") },
  { NULL },
};

static const GOptionEntry sync_options[] = {
  { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_ ("All workspaces of all accounts"), NULL },
  { "account",
    0,
    0,
    G_OPTION_ARG_STRING,
    &account_name,
    N_ ("All workspaces of this account"),
    N_ ("NAME") },
  { "window", 0, 0, G_OPTION_ARG_INT, &window, N_ ("At most N requests at a time"), N_ ("N") },
  { NULL },
};

static gboolean
is_state (const char *name)
{
  for (int state = GH_WORKSPACE_SYNCED; state <= GH_WORKSPACE_SIGN_IN; state++)
    if (g_str_equal (gh_workspace_state_to_string (state), name))
      return TRUE;

  return FALSE;
}

static gboolean
is_wanted (GhWorkspace *workspace)
{
  const char *state = gh_workspace_state_to_string (gh_workspace_get_state (workspace));

  return (account_name == NULL || g_str_equal (account_name, gh_workspace_get_account (workspace)))
         && (state_name == NULL || g_str_equal (state_name, state));
}

static GPtrArray *
choose (GhCli *cli)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *model = G_LIST_MODEL (cli->fleet);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GhWorkspace) workspace = g_list_model_get_item (model, i);

      if (is_wanted (workspace))
        g_ptr_array_add (chosen, g_steal_pointer (&workspace));
    }

  return chosen;
}

static JsonObject *
describe (GhWorkspace *workspace)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", gh_workspace_get_id (workspace));
  json_object_set_string_member (object, "account", gh_workspace_get_account (workspace));
  json_object_set_string_member (object, "name", gh_workspace_get_name (workspace));
  gh_cli_add_string (object, "url", gh_workspace_get_url (workspace));
  json_object_set_string_member (
    object, "state", gh_workspace_state_to_string (gh_workspace_get_state (workspace)));
  json_object_set_int_member (object, "drafted", gh_workspace_get_n_drafted (workspace));
  json_object_set_int_member (
    object, "drafted-for-communities", gh_workspace_get_n_community_drafts (workspace));
  json_object_set_int_member (object, "revision", gh_workspace_get_revision (workspace));
  gh_cli_add_string (object, "role", gh_workspace_get_role (workspace));
  gh_cli_add_strings (object, "tags", gh_workspace_get_tags (workspace));

  return object;
}

static void
print_table (GPtrArray *workspaces)
{
  GhCliTable *table = gh_cli_table_new (4);

  for (guint i = 0; i < workspaces->len; i++)
    {
      GhWorkspace *workspace = workspaces->pdata[i];
      g_autofree char *state = gh_workspace_dup_state_text (workspace);

      gh_cli_table_add (table,
                        gh_workspace_get_id (workspace),
                        gh_workspace_get_account (workspace),
                        gh_workspace_get_name (workspace),
                        state,
                        NULL);
    }
  gh_cli_table_print (table);
}

static GhCliStatus
run_list (GhCli *cli, char **arguments)
{
  g_autoptr (GPtrArray) workspaces = NULL;
  GError *error = NULL;

  if (state_name != NULL && !is_state (state_name))
    return gh_cli_usage (_ ("There is no state “%s”."), state_name);
  if (!gh_cli_open (cli, &error))
    return gh_cli_fail (error);

  workspaces = choose (cli);
  if (!cli->json)
    {
      print_table (workspaces);
    }
  else
    {
      JsonArray *array = json_array_sized_new (workspaces->len);

      for (guint i = 0; i < workspaces->len; i++)
        json_array_add_object_element (array, describe (workspaces->pdata[i]));
      gh_cli_print_array (array);
    }

  return GH_CLI_DONE;
}

static void
on_progress (GhFleet *fleet, guint done, guint total)
{
  g_printerr ("\r%u / %u%s", done, total, done == total ? "\n" : "");
}

/* The one account that a token on standard input can be for. */
static gboolean
take_token (GhCli *cli, GError **error)
{
  GPtrArray *accounts = gh_fleet_get_accounts (cli->fleet);
  const char *name = account_name;

  if (name == NULL && accounts->len == 1)
    name = ((GhAccount *) accounts->pdata[0])->name;
  if (name != NULL || !cli->token_stdin)
    return gh_cli_take_token (cli, name, error);

  g_set_error_literal (
    error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _ ("Say with --account whose token it is."));
  return FALSE;
}

static GhCliStatus
sync_accounts (GhCli *cli)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  if (!take_token (cli, &error))
    return gh_cli_fail (error);
  if (isatty (STDERR_FILENO))
    g_signal_connect (cli->fleet, "progress", G_CALLBACK (on_progress), NULL);

  gh_fleet_sync_async (
    cli->fleet, account_name, (guint) window, cli->cancellable, gh_cli_ready, &result);
  if (!gh_fleet_sync_finish (cli->fleet, gh_cli_wait (&result), &error))
    return gh_cli_fail (error);

  return GH_CLI_DONE;
}

static void
start_sync (gpointer item,
            gpointer data,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  gh_workspace_sync_async (item, cancellable, callback, user_data);
}

static void
end_sync (gpointer item, gpointer data, GObject *source, GAsyncResult *result)
{
  GError *error = NULL;

  if (!gh_workspace_sync_finish (item, result, &error))
    gh_cli_many_fail (data, item, error);
}

static GhCliStatus
run_sync (GhCli *cli, char **arguments)
{
  g_autoptr (GPtrArray) workspaces = NULL;
  GError *error = NULL;

  if (window < 0)
    return gh_cli_usage (_ ("The window is at least 1."));
  if (arguments[0] != NULL && (all || account_name != NULL))
    return gh_cli_usage (_ ("Name workspaces, or all of them, not both."));
  if (arguments[0] == NULL && !all && account_name == NULL)
    return gh_cli_usage (_ ("Name workspaces, or add --all or --account."));
  if (!gh_cli_open (cli, &error))
    return gh_cli_fail (error);
  if (arguments[0] == NULL)
    return sync_accounts (cli);

  workspaces = gh_cli_many_look_up (cli, arguments, &error);
  if (workspaces == NULL)
    return gh_cli_fail (error);

  return gh_cli_many_run (cli, workspaces, (guint) window, start_sync, end_sync, NULL);
}

const GhCliCommand gh_cli_workspace_commands[] = {
  { "workspace list",
    "",
    N_ ("List the workspaces and their state"),
    0,
    0,
    GH_CLI_READS,
    list_options,
    run_list },
  { "sync",
    "[WORKSPACE…]",
    N_ ("Read lists and policies from the servers"),
    0,
    G_MAXUINT,
    GH_CLI_NETWORKS,
    sync_options,
    run_sync },
  { NULL },
};
