/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The journal of writes in the database. */

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "gh-draft-rows.h"
#include "gh-journal.h"
#include "gh-policy-row.h"
#include "gh-sqlite.h"

typedef struct
{
  gint64 id;
  GhJournalState state;
  GhPolicyRow *row; /* the new base, or NULL */
} End;

typedef struct
{
  GhWorkspaceKey *key; /* NULL: of all */
  gboolean unresolved_only;
} List;

static const char *const state_names[] = {
  [GH_JOURNAL_SENDING] = "sending",
  [GH_JOURNAL_APPLIED] = "applied",
  [GH_JOURNAL_NOT_APPLIED] = "not-applied",
  [GH_JOURNAL_REFUSED] = "refused",
  [GH_JOURNAL_CHANGED_BY_OTHER] = "changed-by-other",
};

static void
end_free (End *job)
{
  g_clear_pointer (&job->row, gh_policy_row_free);
  g_free (job);
}

static void
list_free (List *job)
{
  g_clear_pointer (&job->key, gh_workspace_key_free);
  g_free (job);
}

/* A state of a newer version reads as ended: only "sending" asks for something. */
static GhJournalState
parse_state (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_names); i++)
    if (g_str_equal (state_names[i], name))
      return i;

  return GH_JOURNAL_NOT_APPLIED;
}

static gpointer
begin (sqlite3 *sqlite, gpointer data, GError **error)
{
  const GhJournalEntry *entry = data;
  gint64 id;

  if (!gh_sqlite_run (sqlite,
                      error,
                      "INSERT INTO journal (account, workspace, state, started_at, base_etag,"
                      " base_revision, idempotency_key, reason, patch)"
                      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                      "sssisisss",
                      entry->key.account,
                      entry->key.id,
                      state_names[GH_JOURNAL_SENDING],
                      g_get_real_time (),
                      entry->base_etag,
                      entry->base_revision,
                      entry->idempotency_key,
                      entry->reason,
                      entry->patch))
    return NULL;

  id = sqlite3_last_insert_rowid (sqlite);
  return g_memdup2 (&id, sizeof id);
}

/* The row names its workspace only by what the journal says. */
static gboolean
write_base (sqlite3 *sqlite, const End *job, GError **error)
{
  const GhWorkspaceKey *key = job->row->key;

  return gh_policy_row_write (job->row, sqlite, error)
         && gh_draft_rows_drop_equal (sqlite, key, error)
         && gh_workspace_key_bump (key, sqlite, error) > 0;
}

static void
set_not_found (gint64 id, GError **error)
{
  g_set_error (error,
               GH_STORE_ERROR,
               GH_STORE_ERROR_NOT_FOUND,
               _ ("The journal has no entry %" PRId64 "."),
               id);
}

static gboolean
read_key (sqlite3 *sqlite, gint64 id, GhWorkspaceKey *key, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (sqlite3_stmt) statement = gh_sqlite_query (
    sqlite, &local_error, "SELECT account, workspace FROM journal WHERE id = ?", "i", id);

  if (statement != NULL && gh_sqlite_step (statement, &local_error))
    {
      g_free (key->account);
      g_free (key->id);
      key->account = gh_sqlite_dup_text (statement, 0);
      key->id = gh_sqlite_dup_text (statement, 1);
      return TRUE;
    }

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    set_not_found (id, error);
  return FALSE;
}

static gpointer
end (sqlite3 *sqlite, gpointer data, GError **error)
{
  End *job = data;
  gint64 revision = job->row == NULL ? 0 : job->row->revision;

  if (!gh_sqlite_run (sqlite,
                      error,
                      "UPDATE journal SET state = ?, ended_at = ?, revision = ? WHERE id = ?",
                      "siii",
                      state_names[job->state],
                      g_get_real_time (),
                      revision,
                      job->id))
    return NULL;

  if (sqlite3_changes (sqlite) == 0)
    set_not_found (job->id, error);
  else if (job->row != NULL && read_key (sqlite, job->id, job->row->key, error))
    write_base (sqlite, job, error);

  return NULL;
}

static GhJournalEntry *
read_entry (sqlite3_stmt *statement)
{
  GhJournalEntry *entry = g_new0 (GhJournalEntry, 1);

  entry->id = sqlite3_column_int64 (statement, 0);
  entry->key.account = gh_sqlite_dup_text (statement, 1);
  entry->key.id = gh_sqlite_dup_text (statement, 2);
  entry->state = parse_state (gh_sqlite_get_text (statement, 3));
  entry->started_at = sqlite3_column_int64 (statement, 4);
  entry->ended_at = sqlite3_column_int64 (statement, 5);
  entry->revision = sqlite3_column_int64 (statement, 6);
  entry->base_etag = gh_sqlite_dup_text (statement, 7);
  entry->base_revision = sqlite3_column_int64 (statement, 8);
  entry->idempotency_key = gh_sqlite_dup_text (statement, 9);
  entry->reason = gh_sqlite_dup_text (statement, 10);
  entry->patch = gh_sqlite_dup_text (statement, 11);

  return entry;
}

static gpointer
list (sqlite3 *sqlite, gpointer data, GError **error)
{
  const List *job = data;
  g_autoptr (GPtrArray) entries
    = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_journal_entry_free);
  g_autoptr (sqlite3_stmt) statement
    = gh_sqlite_query (sqlite,
                       error,
                       "SELECT id, account, workspace, state, started_at, ended_at, revision,"
                       " base_etag, base_revision, idempotency_key, reason, patch FROM journal"
                       " WHERE (?1 IS NULL OR (account = ?1 AND workspace = ?2))"
                       " AND (NOT ?3 OR state = 'sending') ORDER BY id DESC",
                       "ssi",
                       job->key == NULL ? NULL : job->key->account,
                       job->key == NULL ? NULL : job->key->id,
                       (gint64) job->unresolved_only);

  while (statement != NULL && gh_sqlite_step (statement, error))
    g_ptr_array_add (entries, read_entry (statement));

  return g_steal_pointer (&entries);
}

void
gh_journal_entry_free (GhJournalEntry *entry)
{
  g_free (entry->key.account);
  g_free (entry->key.id);
  g_free (entry->base_etag);
  g_free (entry->idempotency_key);
  g_free (entry->patch);
  g_free (entry->reason);
  g_free (entry);
}

const char *
gh_journal_state_to_string (GhJournalState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (state_names), NULL);

  return state_names[state];
}

void
gh_journal_begin_async (GhDatabase *database,
                        const GhWorkspaceKey *key,
                        const char *base_etag,
                        gint64 base_revision,
                        const char *idempotency_key,
                        const char *patch,
                        const char *reason,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GhJournalEntry *entry = g_new0 (GhJournalEntry, 1);

  entry->key.account = g_strdup (key->account);
  entry->key.id = g_strdup (key->id);
  entry->base_etag = g_strdup (base_etag);
  entry->base_revision = base_revision;
  entry->idempotency_key = g_strdup (idempotency_key);
  entry->patch = g_strdup (patch);
  entry->reason = g_strdup (reason);
  gh_database_run_async (database,
                         TRUE,
                         begin,
                         entry,
                         (GDestroyNotify) gh_journal_entry_free,
                         g_free,
                         cancellable,
                         callback,
                         user_data);
}

gint64
gh_journal_begin_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *id = gh_database_run_finish (database, result, error);

  return id == NULL ? 0 : *id;
}

void
gh_journal_end_async (GhDatabase *database,
                      gint64 id,
                      GhJournalState state,
                      const GhCachedPolicy *cached,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  const GhWorkspaceKey unknown = { NULL, NULL };
  End *job = g_new0 (End, 1);

  job->id = id;
  job->state = state;
  if (cached != NULL)
    job->row = gh_policy_row_new (&unknown, cached);
  gh_database_run_async (
    database, TRUE, end, job, (GDestroyNotify) end_free, NULL, cancellable, callback, user_data);
}

gboolean
gh_journal_end_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish_boolean (database, result, error);
}

void
gh_journal_list_async (GhDatabase *database,
                       const GhWorkspaceKey *key,
                       gboolean unresolved_only,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  List *job = g_new0 (List, 1);

  job->key = key == NULL ? NULL : gh_workspace_key_copy (key);
  job->unresolved_only = unresolved_only;
  gh_database_run_async (database,
                         FALSE,
                         list,
                         job,
                         (GDestroyNotify) list_free,
                         (GDestroyNotify) g_ptr_array_unref,
                         cancellable,
                         callback,
                         user_data);
}

GPtrArray *
gh_journal_list_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish (database, result, error);
}
