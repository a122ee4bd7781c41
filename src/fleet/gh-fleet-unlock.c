/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A keyring that is locked has the token of an account: the person unlocks it, and what
 * waited for a token goes on. */

#include "gh-fleet-private.h"

void
gh_fleet_note_token (GhFleet *self, GhAccountSession *session, gboolean is_there)
{
  for (guint i = 0; i < self->workspaces->len; i++)
    {
      GhWorkspace *workspace = g_ptr_array_index (self->workspaces, i);

      if (gh_workspace_get_session (workspace) != session)
        continue;
      if (is_there)
        workspace->sign_in = FALSE;
      gh_workspace_notify_all (workspace);
    }
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GhFleet *self = g_task_get_source_object (task);
  GhAccountSession *session = GH_ACCOUNT_SESSION (source);
  GError *error = NULL;
  gboolean unlocked = gh_account_session_unlock_finish (session, result, &error);

  gh_fleet_note_token (self, session, unlocked);
  if (unlocked)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
gh_fleet_unlock_async (GhFleet *self,
                       const char *account,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GhAccountSession *session;
  GTask *task;

  g_return_if_fail (GH_IS_FLEET (self));

  session = gh_fleet_get_session (self, account);
  g_return_if_fail (session != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gh_fleet_unlock_async);
  gh_account_session_unlock_async (session, cancellable, unlocked_cb, task);
}

gboolean
gh_fleet_unlock_finish (GhFleet *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
