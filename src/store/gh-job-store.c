/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Jobs and their targets in the database. */

#include "gh-job-store.h"
#include "gh-sqlite.h"
#include "gh-store-codec.h"

typedef struct
{
  gint64 job;
  GhJobTarget *target;
} Update;

static const char *const state_names[] = {
  [GH_JOB_TARGET_WAITING] = "waiting",
  [GH_JOB_TARGET_DONE] = "done",
  [GH_JOB_TARGET_CONFLICT] = "conflict",
  [GH_JOB_TARGET_FAILED] = "failed",
};

static GhJobTarget *
target_new (const GhWorkspaceKey *key)
{
  GhJobTarget *target = g_new0 (GhJobTarget, 1);

  target->key = gh_workspace_key_copy (key);
  return target;
}

static void
target_free (gpointer data)
{
  GhJobTarget *target = data;

  gh_workspace_key_free (target->key);
  g_free (target->message);
  g_free (target);
}

static GhJobTarget *
target_copy (const GhJobTarget *target)
{
  GhJobTarget *copy = target_new (target->key);

  copy->state = target->state;
  copy->drafted = target->drafted;
  copy->message = g_strdup (target->message);
  return copy;
}

static GhJobRecord *
record_copy (const GhJobRecord *record)
{
  GHashTable *changes = record->changes != NULL ? g_hash_table_ref (record->changes) : NULL;
  GhJobRecord *copy = gh_job_record_new (record->title, record->reason, changes);

  for (guint i = 0; i < record->targets->len; i++)
    g_ptr_array_add (copy->targets, target_copy (g_ptr_array_index (record->targets, i)));
  return copy;
}

static void
update_free (Update *update)
{
  target_free (update->target);
  g_free (update);
}

/* A state of a newer version is one that is not done. */
static GhJobTargetState
parse_state (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_names); i++)
    if (g_str_equal (state_names[i], name))
      return i;

  return GH_JOB_TARGET_WAITING;
}

static gpointer
begin (sqlite3 *sqlite, gpointer data, GError **error)
{
  const GhJobRecord *record = data;
  g_autofree char *changes
    = record->changes != NULL ? gh_store_encode_values (record->changes) : NULL;
  gint64 id;
  gboolean good;

  good = gh_sqlite_run (sqlite,
                        error,
                        "INSERT INTO jobs (created_at, title, reason, changes) VALUES (?, ?, ?, ?)",
                        "isss",
                        g_get_real_time (),
                        record->title,
                        record->reason,
                        changes);
  id = sqlite3_last_insert_rowid (sqlite);
  for (guint i = 0; good && i < record->targets->len; i++)
    {
      const GhJobTarget *target = g_ptr_array_index (record->targets, i);

      good = gh_sqlite_run (sqlite,
                            error,
                            "INSERT INTO job_targets (job, account, workspace, position, state)"
                            " VALUES (?, ?, ?, ?, ?)",
                            "issis",
                            id,
                            target->key->account,
                            target->key->id,
                            (gint64) i,
                            state_names[target->state]);
    }

  return good ? g_memdup2 (&id, sizeof id) : NULL;
}

static gpointer
update (sqlite3 *sqlite, gpointer data, GError **error)
{
  const Update *job = data;

  gh_sqlite_run (sqlite,
                 error,
                 "UPDATE job_targets SET state = ?, drafted = ?, message = ?"
                 " WHERE job = ? AND account = ? AND workspace = ?",
                 "sisiss",
                 state_names[job->target->state],
                 (gint64) job->target->drafted,
                 job->target->message,
                 job->job,
                 job->target->key->account,
                 job->target->key->id);
  return NULL;
}

static gboolean
read_targets (sqlite3 *sqlite, GhJobRecord *record, GError **error)
{
  GError *local_error = NULL;
  g_autoptr (sqlite3_stmt) statement
    = gh_sqlite_query (sqlite,
                       &local_error,
                       "SELECT account, workspace, state, drafted, message FROM job_targets"
                       " WHERE job = ? ORDER BY position",
                       "i",
                       record->id);

  while (statement != NULL && gh_sqlite_step (statement, &local_error))
    {
      g_autoptr (GhWorkspaceKey) key = gh_workspace_key_new (gh_sqlite_get_text (statement, 0),
                                                             gh_sqlite_get_text (statement, 1));
      GhJobTarget *target = gh_job_record_add (record, key);

      target->state = parse_state (gh_sqlite_get_text (statement, 2));
      target->drafted = sqlite3_column_int (statement, 3) != 0;
      target->message = gh_sqlite_dup_text (statement, 4);
    }
  if (local_error != NULL)
    g_propagate_error (error, local_error);

  return local_error == NULL;
}

static GhJobRecord *
read_record (sqlite3_stmt *statement)
{
  const char *text = gh_sqlite_get_text (statement, 4);
  GHashTable *changes = text != NULL ? gh_store_decode_values (text) : NULL;
  GhJobRecord *record;

  if (text != NULL && changes == NULL)
    return NULL;

  record = gh_job_record_new (
    gh_sqlite_get_text (statement, 2), gh_sqlite_get_text (statement, 3), changes);
  record->id = sqlite3_column_int64 (statement, 0);
  record->created_at = sqlite3_column_int64 (statement, 1);
  return record;
}

static gpointer
list (sqlite3 *sqlite, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) records
    = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_job_record_free);
  g_autoptr (sqlite3_stmt) statement = gh_sqlite_query (
    sqlite, error, "SELECT id, created_at, title, reason, changes FROM jobs ORDER BY id", "");

  while (statement != NULL && gh_sqlite_step (statement, error))
    {
      GhJobRecord *record = read_record (statement);

      if (record != NULL)
        g_ptr_array_add (records, record);
    }
  for (guint i = 0; i < records->len; i++)
    if (!read_targets (sqlite, g_ptr_array_index (records, i), error))
      break;

  return g_steal_pointer (&records);
}

static gpointer
remove_job (sqlite3 *sqlite, gpointer data, GError **error)
{
  gh_sqlite_run (sqlite, error, "DELETE FROM jobs WHERE id = ?", "i", *(const gint64 *) data);
  return NULL;
}

GhJobRecord *
gh_job_record_new (const char *title, const char *reason, GHashTable *changes)
{
  GhJobRecord *record = g_new0 (GhJobRecord, 1);

  record->title = g_strdup (title);
  record->reason = g_strdup (reason);
  record->changes = changes;
  record->targets = g_ptr_array_new_with_free_func (target_free);
  return record;
}

GhJobTarget *
gh_job_record_add (GhJobRecord *record, const GhWorkspaceKey *key)
{
  GhJobTarget *target = target_new (key);

  g_ptr_array_add (record->targets, target);
  return target;
}

void
gh_job_record_free (GhJobRecord *record)
{
  g_free (record->title);
  g_free (record->reason);
  g_clear_pointer (&record->changes, g_hash_table_unref);
  g_ptr_array_unref (record->targets);
  g_free (record);
}

void
gh_job_store_begin_async (GhDatabase *database,
                          const GhJobRecord *record,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  gh_database_run_async (database,
                         TRUE,
                         begin,
                         record_copy (record),
                         (GDestroyNotify) gh_job_record_free,
                         g_free,
                         cancellable,
                         callback,
                         user_data);
}

gint64
gh_job_store_begin_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *id = gh_database_run_finish (database, result, error);

  return id != NULL ? *id : 0;
}

void
gh_job_store_update_async (GhDatabase *database,
                           gint64 id,
                           const GhJobTarget *target,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Update *job = g_new0 (Update, 1);

  job->job = id;
  job->target = target_copy (target);
  gh_database_run_async (database,
                         TRUE,
                         update,
                         job,
                         (GDestroyNotify) update_free,
                         NULL,
                         cancellable,
                         callback,
                         user_data);
}

gboolean
gh_job_store_update_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish_boolean (database, result, error);
}

void
gh_job_store_list_async (GhDatabase *database,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  gh_database_run_async (database,
                         FALSE,
                         list,
                         NULL,
                         NULL,
                         (GDestroyNotify) g_ptr_array_unref,
                         cancellable,
                         callback,
                         user_data);
}

GPtrArray *
gh_job_store_list_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish (database, result, error);
}

void
gh_job_store_remove_async (GhDatabase *database,
                           gint64 id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  gh_database_run_async (database,
                         TRUE,
                         remove_job,
                         g_memdup2 (&id, sizeof id),
                         g_free,
                         NULL,
                         cancellable,
                         callback,
                         user_data);
}

gboolean
gh_job_store_remove_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish_boolean (database, result, error);
}
