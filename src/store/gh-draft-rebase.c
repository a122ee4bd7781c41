/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drafts in the database: put on a base that moved, and settled where both had changed it. */

#include "gh-draft-rows.h"
#include "gh-draft-store.h"
#include "gh-policy-row.h"

typedef struct
{
  GhPolicyRow *row;
  GHashTable *drafts;
  GHashTable *conflicts;
  gint64 generation;
} Rebase;

typedef struct
{
  GhWorkspaceKey *key;
  const GhSetting *setting;
} Settle;

static void
rebase_free (Rebase *job)
{
  gh_policy_row_free (job->row);
  g_hash_table_unref (job->drafts);
  g_hash_table_unref (job->conflicts);
  g_free (job);
}

static void
settle_free (Settle *job)
{
  gh_workspace_key_free (job->key);
  g_free (job);
}

static GHashTable *
copy_values (GHashTable *values)
{
  GHashTable *copy = gh_draft_rows_new_table ();
  GHashTableIter iter;
  gpointer setting;
  gpointer value;

  if (values == NULL)
    return copy;

  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &setting, &value))
    g_hash_table_insert (copy, setting, g_variant_ref (value));

  return copy;
}

static gpointer
rebase (sqlite3 *sqlite, gpointer data, GError **error)
{
  const Rebase *job = data;
  const GhWorkspaceKey *key = job->row->key;
  gint64 generation = gh_workspace_key_bump (key, sqlite, error);

  if (generation == 0)
    return NULL;
  if (generation != job->generation + 1)
    {
      gh_workspace_key_set_stale_error (key, error);
      return NULL;
    }

  if (!gh_policy_row_write (job->row, sqlite, error)
      || !gh_draft_rows_replace (sqlite, key, job->drafts, job->conflicts, error))
    return NULL;

  return gh_draft_rows_make_result (generation);
}

static gpointer
settle (sqlite3 *sqlite, gpointer data, GError **error)
{
  const Settle *job = data;

  if (!gh_draft_rows_settle (sqlite, job->key, job->setting, error))
    return NULL;

  return gh_draft_rows_make_result (gh_workspace_key_bump (job->key, sqlite, error));
}

void
gh_draft_store_rebase_async (GhDatabase *database,
                             const GhWorkspaceKey *key,
                             const GhCachedPolicy *cached,
                             GHashTable *drafts,
                             GHashTable *conflicts,
                             gint64 generation,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Rebase *job = g_new0 (Rebase, 1);

  job->row = gh_policy_row_new (key, cached);
  job->drafts = copy_values (drafts);
  job->conflicts = copy_values (conflicts);
  job->generation = generation;
  gh_database_run_async (database,
                         TRUE,
                         rebase,
                         job,
                         (GDestroyNotify) rebase_free,
                         g_free,
                         cancellable,
                         callback,
                         user_data);
}

gint64
gh_draft_store_rebase_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_draft_rows_steal_result (gh_database_run_finish (database, result, error));
}

void
gh_draft_store_settle_async (GhDatabase *database,
                             const GhWorkspaceKey *key,
                             const GhSetting *setting,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Settle *job = g_new0 (Settle, 1);

  job->key = gh_workspace_key_copy (key);
  job->setting = setting;
  gh_database_run_async (database,
                         TRUE,
                         settle,
                         job,
                         (GDestroyNotify) settle_free,
                         g_free,
                         cancellable,
                         callback,
                         user_data);
}

gint64
gh_draft_store_settle_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_draft_rows_steal_result (gh_database_run_finish (database, result, error));
}
