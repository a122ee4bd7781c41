/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store is read in two steps, and another process may write between them: the
 * generation tells, and then both are read again. */

#include "gh-snapshot.h"

typedef struct
{
  GhDatabase *database;
  GhWorkspaceKey *key;
  GhSnapshot *snapshot;
} Loading;

static void
loading_free (Loading *loading)
{
  g_object_unref (loading->database);
  gh_workspace_key_free (loading->key);
  g_clear_pointer (&loading->snapshot, gh_snapshot_free);
  g_free (loading);
}

/* Two drafts before and after the policy: the second one read a step later. */
static void policy_loaded_cb (GObject *source, GAsyncResult *result, gpointer data);

static void
draft_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Loading *loading = g_task_get_task_data (task);
  GhSnapshot *snapshot = loading->snapshot;
  GError *error = NULL;
  GhDraft *draft = gh_draft_store_load_finish (loading->database, result, &error);
  gboolean settled;

  if (draft == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  settled = snapshot->draft != NULL && snapshot->draft->generation == draft->generation;
  g_clear_pointer (&snapshot->draft, gh_draft_free);
  snapshot->draft = draft;
  if (settled)
    {
      g_task_return_pointer (
        task, g_steal_pointer (&loading->snapshot), (GDestroyNotify) gh_snapshot_free);
      g_object_unref (task);
      return;
    }
  gh_workspace_store_load_policy_async (
    loading->database, loading->key, g_task_get_cancellable (task), policy_loaded_cb, task);
}

static void
policy_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Loading *loading = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&loading->snapshot->cached, gh_cached_policy_free);
  loading->snapshot->cached
    = gh_workspace_store_load_policy_finish (loading->database, result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  gh_draft_store_load_async (
    loading->database, loading->key, g_task_get_cancellable (task), draft_loaded_cb, task);
}

void
gh_snapshot_load_async (GhDatabase *database,
                        const GhWorkspaceKey *key,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Loading *loading = g_new0 (Loading, 1);

  g_task_set_source_tag (task, gh_snapshot_load_async);
  loading->database = g_object_ref (database);
  loading->key = gh_workspace_key_copy (key);
  loading->snapshot = g_new0 (GhSnapshot, 1);
  g_task_set_task_data (task, loading, (GDestroyNotify) loading_free);
  gh_draft_store_load_async (database, key, cancellable, draft_loaded_cb, task);
}

GhSnapshot *
gh_snapshot_load_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
gh_snapshot_free (GhSnapshot *snapshot)
{
  g_clear_pointer (&snapshot->cached, gh_cached_policy_free);
  g_clear_pointer (&snapshot->draft, gh_draft_free);
  g_free (snapshot);
}

GhPolicy *
gh_snapshot_dup_policy (const GhSnapshot *snapshot)
{
  GhPolicy *policy = gh_policy_copy (snapshot->cached->policy);
  GHashTableIter iter;
  gpointer setting;
  gpointer value;

  g_hash_table_iter_init (&iter, snapshot->draft->drafts);
  while (g_hash_table_iter_next (&iter, &setting, &value))
    gh_policy_set (policy, setting, value);
  return policy;
}
