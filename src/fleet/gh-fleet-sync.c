/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Syncing many: first the lists, account by account, then the policies, so many at a time. */

#include <glib/gi18n-lib.h>

#include "gh-each.h"
#include "gh-fleet-private.h"

#define LIST_WINDOW 4

typedef struct
{
  GhFleet *fleet; /* borrowed from the task */
  char *account;  /* or NULL for all */
  guint window;
  GPtrArray *sessions;   /* of GhAccountSession to read the lists of */
  GHashTable *reached;   /* of the names of accounts whose list was read */
  GPtrArray *workspaces; /* of GhWorkspace */
  guint n_done;
  guint n_failed;
  GError *first; /* of the failures */
} Sync;

static void
sync_free (Sync *sync)
{
  g_free (sync->account);
  g_ptr_array_unref (sync->sessions);
  g_hash_table_unref (sync->reached);
  g_ptr_array_unref (sync->workspaces);
  g_clear_error (&sync->first);
  g_free (sync);
}

/* Takes error. */
static void
note_failure (Sync *sync, GError *error)
{
  sync->n_failed++;
  if (sync->first == NULL)
    sync->first = error;
  else
    g_error_free (error);
}

/* One account: its list of workspaces becomes the store's. */

static void
replaced_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Sync *sync = g_task_get_task_data (task);
  GError *error = NULL;

  if (gh_workspace_store_replace_finish (sync->fleet->database, result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Sync *sync = g_task_get_task_data (task);
  GhAccountSession *session = g_task_get_source_object (task);
  const char *name = gh_account_session_get_account (session)->name;
  GError *error = NULL;
  g_autoptr (GPtrArray) list
    = gh_client_list_workspaces_finish (GH_CLIENT (source), result, &error);
  g_autoptr (GPtrArray) records = NULL;

  if (list == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  records = gh_fleet_make_records (name, list);
  gh_workspace_store_replace_async (
    sync->fleet->database, name, records, g_task_get_cancellable (task), replaced_cb, task);
}

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhAccountSession *session = GH_ACCOUNT_SESSION (source);
  GError *error = NULL;

  if (gh_account_session_ready_finish (session, result, &error))
    {
      gh_client_list_workspaces_async (
        gh_account_session_get_client (session), g_task_get_cancellable (task), listed_cb, task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
start_list (gpointer item,
            gpointer data,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  GTask *task = g_task_new (item, cancellable, callback, user_data);

  g_task_set_source_tag (task, start_list);
  g_task_set_task_data (task, data, NULL);
  gh_account_session_ready_async (item, cancellable, ready_cb, task);
}

/* An account that cannot be reached says so on each of its workspaces. */
static void
end_list (gpointer item, gpointer data, GObject *source, GAsyncResult *result)
{
  Sync *sync = data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_hash_table_add (sync->reached, g_strdup (gh_account_session_get_account (item)->name));
      return;
    }
  for (guint i = 0; i < sync->fleet->workspaces->len; i++)
    {
      GhWorkspace *workspace = g_ptr_array_index (sync->fleet->workspaces, i);

      if (gh_workspace_get_session (workspace) == item
          && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        gh_workspace_note_contact (workspace, error);
    }
  note_failure (sync, error);
}

/* The policies. */

static void
start_workspace (gpointer item,
                 gpointer data,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer user_data)
{
  gh_workspace_sync_async (item, cancellable, callback, user_data);
}

static void
end_workspace (gpointer item, gpointer data, GObject *source, GAsyncResult *result)
{
  Sync *sync = data;
  GError *error = NULL;

  if (!gh_workspace_sync_finish (item, result, &error))
    note_failure (sync, error);
  gh_fleet_tell_progress (sync->fleet, ++sync->n_done, sync->workspaces->len);
}

/* One failure is told as it is; of several, how many there were and the first. */
static GError *
make_summary (Sync *sync)
{
  guint n_failed = sync->n_failed;

  if (n_failed == 1)
    return g_steal_pointer (&sync->first);
  return g_error_new (GH_FLEET_ERROR,
                      GH_FLEET_ERROR_PARTIAL,
                      ngettext ("%u of the reads failed. The first one: %s",
                                "%u of the reads failed. The first one: %s",
                                n_failed),
                      n_failed,
                      sync->first->message);
}

static void
workspaces_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Sync *sync = g_task_get_task_data (task);
  GError *error = NULL;

  if (!gh_each_finish (result, &error))
    g_task_return_error (task, error);
  else if (sync->n_failed > 0)
    g_task_return_error (task, make_summary (sync));
  else
    g_task_return_boolean (task, TRUE);
}

static void
reread_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Sync *sync = g_task_get_task_data (task);
  GError *error = NULL;

  if (!gh_fleet_reread_finish (GH_FLEET (source), result, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  for (guint i = 0; i < sync->fleet->workspaces->len; i++)
    {
      GhWorkspace *workspace = g_ptr_array_index (sync->fleet->workspaces, i);

      if (g_hash_table_contains (sync->reached, gh_workspace_get_account (workspace)))
        g_ptr_array_add (sync->workspaces, g_object_ref (workspace));
    }
  gh_each_async (sync->workspaces,
                 sync->window,
                 start_workspace,
                 end_workspace,
                 sync,
                 g_task_get_cancellable (task),
                 workspaces_done_cb,
                 task);
}

static void
lists_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (gh_each_finish (result, &error))
    {
      gh_fleet_reread_async (
        g_task_get_source_object (task), g_task_get_cancellable (task), reread_cb, task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
choose_sessions (Sync *sync)
{
  GHashTableIter iter;
  gpointer name;
  gpointer session;

  g_hash_table_iter_init (&iter, sync->fleet->sessions);
  while (g_hash_table_iter_next (&iter, &name, &session))
    if (sync->account == NULL || g_str_equal (sync->account, name))
      g_ptr_array_add (sync->sessions, g_object_ref (session));
}

void
gh_fleet_sync_async (GhFleet *self,
                     const char *account,
                     guint window,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task;
  Sync *sync = g_new0 (Sync, 1);

  g_return_if_fail (GH_IS_FLEET (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gh_fleet_sync_async);
  sync->fleet = self;
  sync->account = g_strdup (account);
  sync->window = window > 0 ? MIN (window, GH_CLIENT_WINDOW) : GH_CLIENT_WINDOW;
  sync->sessions = g_ptr_array_new_with_free_func (g_object_unref);
  sync->reached = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sync->workspaces = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, sync, (GDestroyNotify) sync_free);
  choose_sessions (sync);
  if (account != NULL && sync->sessions->len == 0)
    {
      g_task_return_new_error (
        task, GH_FLEET_ERROR, GH_FLEET_ERROR_UNKNOWN, _ ("There is no account “%s”."), account);
      g_object_unref (task);
      return;
    }
  gh_each_async (
    sync->sessions, LIST_WINDOW, start_list, end_list, sync, cancellable, lists_done_cb, task);
}

gboolean
gh_fleet_sync_finish (GhFleet *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
