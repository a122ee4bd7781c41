/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Communities from the server into the store: the list, then each policy whose revision is
 * another than ours. */

#include "gh-client-communities.h"
#include "gh-each.h"
#include "gh-task.h"
#include "gh-workspace-communities.h"
#include "gh-workspace-private.h"

#define SYNC_WINDOW 4

static GhWorkspace *
get_self (GTask *task)
{
  return g_task_get_source_object (task);
}

typedef struct
{
  GPtrArray *listed; /* of GhRemoteCommunity; once compared, those that moved alone */
  GError *error;     /* of the first policy that could not be read */
} Sync;

static void
sync_free (Sync *sync)
{
  g_clear_pointer (&sync->listed, g_ptr_array_unref);
  g_clear_error (&sync->error);
  g_free (sync);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (gh_community_store_save_finish (get_self (task)->database, result, &error))
    gh_task_succeed (task);
  else
    gh_task_fail (task, error);
}

/* One that is gone since the list was made is no error: the next list will not have it. */
static void
overrides_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = get_self (task);
  const GhRemoteCommunity *community = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GhRemoteOverrides) remote
    = gh_client_get_overrides_finish (GH_CLIENT (source), result, &error);

  if (remote != NULL)
    {
      gh_community_store_save_async (self->database,
                                     gh_workspace_get_key (self),
                                     community->id,
                                     remote->overrides,
                                     remote->etag,
                                     MAX (remote->revision, community->revision),
                                     g_task_get_cancellable (task),
                                     saved_cb,
                                     task);
    }
  else if (g_error_matches (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_NOT_FOUND))
    {
      g_error_free (error);
      gh_task_succeed (task);
    }
  else
    {
      gh_task_fail (task, error);
    }
}

static void
start_read (gpointer item,
            gpointer data,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  GhWorkspace *self = get_self (data);
  const GhRemoteCommunity *community = item;
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, start_read);
  g_task_set_task_data (task, item, NULL);
  gh_client_get_overrides_async (gh_account_session_get_client (self->session),
                                 gh_workspace_get_id (self),
                                 community->id,
                                 NULL,
                                 cancellable,
                                 overrides_cb,
                                 task);
}

static void
end_read (gpointer item, gpointer data, GObject *source, GAsyncResult *result)
{
  Sync *sync = g_task_get_task_data (data);
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    return;
  if (sync->error == NULL)
    sync->error = error;
  else
    g_error_free (error);
}

/* What could be read is shown, even when not all could. */
static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Sync *sync = g_task_get_task_data (task);
  GError *error = NULL;

  if (!gh_workspace_load_communities_finish (GH_WORKSPACE (source), result, &error))
    gh_task_fail (task, error);
  else if (sync->error != NULL)
    gh_task_fail (task, g_steal_pointer (&sync->error));
  else
    gh_task_succeed (task);
}

static void
reads_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (!gh_each_finish (result, &error))
    gh_task_fail (task, error);
  else
    gh_workspace_load_communities_async (
      get_self (task), g_task_get_cancellable (task), reloaded_cb, task);
}

static gboolean
is_known (GhWorkspace *self, const GhRemoteCommunity *community)
{
  const GhCommunityRecord *record = gh_workspace_find_community (self, community->id, NULL);

  return record != NULL && record->revision == community->revision;
}

static void
known_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = GH_WORKSPACE (source);
  Sync *sync = g_task_get_task_data (task);
  GError *error = NULL;

  if (!gh_workspace_load_communities_finish (self, result, &error))
    {
      gh_task_fail (task, error);
      return;
    }
  for (guint i = sync->listed->len; i > 0; i--)
    if (is_known (self, g_ptr_array_index (sync->listed, i - 1)))
      g_ptr_array_remove_index (sync->listed, i - 1);
  gh_each_async (sync->listed,
                 SYNC_WINDOW,
                 start_read,
                 end_read,
                 task,
                 g_task_get_cancellable (task),
                 reads_done_cb,
                 task);
}

static void
replaced_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (gh_community_store_replace_finish (get_self (task)->database, result, &error))
    gh_workspace_load_communities_async (
      get_self (task), g_task_get_cancellable (task), known_cb, task);
  else
    gh_task_fail (task, error);
}

static void
store_list (GTask *task)
{
  GhWorkspace *self = get_self (task);
  const Sync *sync = g_task_get_task_data (task);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < sync->listed->len; i++)
    {
      const GhRemoteCommunity *community = g_ptr_array_index (sync->listed, i);

      g_ptr_array_add (ids, community->id);
      g_ptr_array_add (names, community->name);
    }
  g_ptr_array_add (ids, NULL);
  g_ptr_array_add (names, NULL);
  gh_community_store_replace_async (self->database,
                                    gh_workspace_get_key (self),
                                    (const char *const *) ids->pdata,
                                    (const char *const *) names->pdata,
                                    g_task_get_cancellable (task),
                                    replaced_cb,
                                    task);
}

static void
remote_list_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Sync *sync = g_task_get_task_data (task);
  GError *error = NULL;

  sync->listed = gh_client_list_communities_finish (GH_CLIENT (source), result, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gh_workspace_note_contact (get_self (task), error);
  if (sync->listed != NULL)
    store_list (task);
  else
    gh_task_fail (task, error);
}

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = get_self (task);
  GError *error = NULL;

  if (gh_account_session_ready_finish (GH_ACCOUNT_SESSION (source), result, &error))
    {
      gh_client_list_communities_async (gh_account_session_get_client (self->session),
                                        gh_workspace_get_id (self),
                                        g_task_get_cancellable (task),
                                        remote_list_cb,
                                        task);
      return;
    }
  gh_workspace_note_contact (self, error);
  gh_task_fail (task, error);
}

void
gh_workspace_sync_communities_async (GhWorkspace *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task;

  g_return_if_fail (GH_IS_WORKSPACE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gh_workspace_sync_communities_async);
  g_task_set_task_data (task, g_new0 (Sync, 1), (GDestroyNotify) sync_free);
  gh_account_session_ready_async (self->session, cancellable, ready_cb, task);
}

gboolean
gh_workspace_sync_communities_finish (GhWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
