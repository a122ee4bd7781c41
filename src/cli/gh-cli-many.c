/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The same to several workspaces. */

#include <glib/gi18n-lib.h>

#include "gh-cli-many.h"

/* A token on standard input is for one account. */
static gboolean
take_token (GhCli *cli, GPtrArray *workspaces, GError **error)
{
  const char *account = gh_workspace_get_account (workspaces->pdata[0]);

  for (guint i = 1; cli->token_stdin && i < workspaces->len; i++)
    if (!g_str_equal (account, gh_workspace_get_account (workspaces->pdata[i])))
      {
        g_set_error_literal (error,
                             G_OPTION_ERROR,
                             G_OPTION_ERROR_FAILED,
                             _ ("With --token-stdin all workspaces are of one account."));
        return FALSE;
      }

  return gh_cli_take_token (cli, account, error);
}

GPtrArray *
gh_cli_many_look_up (GhCli *cli, char **names, GError **error)
{
  g_autoptr (GPtrArray) workspaces = g_ptr_array_new_with_free_func (g_object_unref);

  if (!gh_cli_open (cli, error))
    return NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      GhWorkspace *workspace = gh_fleet_find (cli->fleet, names[i], error);

      if (workspace == NULL)
        return NULL;
      if (!g_ptr_array_find (workspaces, workspace, NULL))
        g_ptr_array_add (workspaces, g_object_ref (workspace));
    }

  return take_token (cli, workspaces, error) ? g_steal_pointer (&workspaces) : NULL;
}

GPtrArray *
gh_cli_many_find (GhCli *cli, char **names, GError **error)
{
  g_autoptr (GPtrArray) workspaces = gh_cli_many_look_up (cli, names, error);

  for (guint i = 0; workspaces != NULL && i < workspaces->len; i++)
    if (!gh_cli_load (cli, workspaces->pdata[i], error))
      return NULL;

  return g_steal_pointer (&workspaces);
}

GhCliStatus
gh_cli_many_run (GhCli *cli,
                 GPtrArray *workspaces,
                 guint window,
                 GhEachStart start,
                 GhEachEnd end,
                 gpointer data)
{
  GhCliMany many = { data, workspaces->len, 0, GH_CLI_DONE };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gh_each_async (workspaces,
                 window > 0 ? MIN (window, GH_CLIENT_WINDOW) : GH_CLIENT_WINDOW,
                 start,
                 end,
                 &many,
                 cli->cancellable,
                 gh_cli_ready,
                 &result);
  if (!gh_each_finish (gh_cli_wait (&result), &error))
    return GH_CLI_INTERRUPTED;

  return many.n_failed > 0 && many.n_items > 1 ? GH_CLI_PARTIAL : many.status;
}

void
gh_cli_many_fail (GhCliMany *many, GhWorkspace *workspace, GError *error)
{
  many->n_failed++;
  many->status = gh_cli_get_status (error);
  gh_cli_say ("%s/%s: %s",
              gh_workspace_get_account (workspace),
              gh_workspace_get_id (workspace),
              error->message);
  g_error_free (error);
}
