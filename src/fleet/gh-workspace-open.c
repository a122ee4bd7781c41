/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Having a workspace's document, wherever it has to come from. */

#include "gh-workspace.h"

static void
loaded_again_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (gh_workspace_load_finish (GH_WORKSPACE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
synced_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GhWorkspace *self = GH_WORKSPACE (source);
  g_autoptr (GTask) task = data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (gh_workspace_sync_finish (self, result, &error))
    gh_workspace_load_async (self, cancellable, loaded_again_cb, g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GhWorkspace *self = GH_WORKSPACE (source);
  g_autoptr (GTask) task = data;
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;

  if (gh_workspace_load_finish (self, result, &error))
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, GH_FLEET_ERROR, GH_FLEET_ERROR_NOT_LOADED))
    gh_workspace_sync_async (self, cancellable, synced_cb, g_steal_pointer (&task));
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
gh_workspace_open_async (GhWorkspace *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;

  g_return_if_fail (GH_IS_WORKSPACE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gh_workspace_open_async);
  gh_workspace_load_async (self, cancellable, loaded_cb, task);
}

gboolean
gh_workspace_open_finish (GhWorkspace *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
