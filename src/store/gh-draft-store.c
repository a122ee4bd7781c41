/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drafts in the database: their values and steps, and each edit of them. */

#include "gh-draft-rows.h"
#include "gh-draft-store.h"
#include "gh-policy-row.h"
#include "gh-sqlite.h"
#include "gh-store-codec.h"

typedef struct
{
  GhWorkspaceKey *key;
  GhDocumentEvent event;
  GPtrArray *steps; /* our own copies of GhStep */
} Record;

static void
record_free (Record *job)
{
  gh_workspace_key_free (job->key);
  g_ptr_array_unref (job->steps);
  g_free (job);
}

/* Loading */

/* A step that this version does not understand bars the way to those behind it. */
static gboolean
add_step (GhDraft *draft, GhStep *step, gboolean done)
{
  if (step != NULL)
    {
      g_ptr_array_add (draft->steps, step);
      draft->position += done;
      return TRUE;
    }

  if (done)
    {
      g_ptr_array_set_size (draft->steps, 0);
      draft->position = 0;
    }

  return done;
}

static gboolean
load_steps (GhDraft *draft,
            sqlite3 *sqlite,
            const GhWorkspaceKey *key,
            gint64 position,
            GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (sqlite3_stmt) statement
    = gh_sqlite_query (sqlite,
                       &local_error,
                       "SELECT number, time, changes FROM steps"
                       " WHERE account = ? AND workspace = ? ORDER BY number",
                       "ss",
                       key->account,
                       key->id);
  gboolean more = statement != NULL;

  while (more && gh_sqlite_step (statement, &local_error))
    more = add_step (
      draft,
      gh_store_decode_step (sqlite3_column_int64 (statement, 1), gh_sqlite_get_text (statement, 2)),
      sqlite3_column_int64 (statement, 0) <= position);

  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Number of the last step that is done; -1 with error set. */
static gint64
read_position (sqlite3 *sqlite, const GhWorkspaceKey *key, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gint64 position
    = gh_sqlite_get_integer (sqlite,
                             &local_error,
                             -1,
                             "SELECT position FROM workspaces WHERE account = ? AND id = ?",
                             "ss",
                             key->account,
                             key->id);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (position < 0)
    gh_workspace_key_set_gone_error (key, error);

  return position;
}

static gpointer
load (sqlite3 *sqlite, gpointer data, GError **error)
{
  const GhWorkspaceKey *key = data;
  g_autoptr (GhDraft) draft = NULL;
  gint64 position = read_position (sqlite, key, error);

  if (position < 0)
    return NULL;

  draft = g_new0 (GhDraft, 1);
  draft->generation = gh_workspace_key_read_generation (key, sqlite, error);
  draft->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_step_free);
  draft->drafts = gh_draft_rows_read (sqlite, key, GH_DRAFT_ROWS_DRAFTS, error);
  if (draft->drafts == NULL)
    return NULL;
  draft->conflicts = gh_draft_rows_read (sqlite, key, GH_DRAFT_ROWS_CONFLICTS, error);
  if (draft->conflicts == NULL || !load_steps (draft, sqlite, key, position, error))
    return NULL;

  return g_steal_pointer (&draft);
}

/* Recording */

static gboolean
write_step (sqlite3 *sqlite,
            const GhWorkspaceKey *key,
            gint64 number,
            const GhStep *step,
            GError **error)
{
  g_autofree char *changes = gh_store_encode_step (step);

  return gh_sqlite_run (sqlite,
                        error,
                        "INSERT OR REPLACE INTO steps (account, workspace, number, time, changes)"
                        " VALUES (?, ?, ?, ?, ?)",
                        "ssiis",
                        key->account,
                        key->id,
                        number,
                        step->time,
                        changes);
}

/* NULL without an error when there is none, or none that this version understands. */
static GhStep *
read_step (sqlite3 *sqlite, const GhWorkspaceKey *key, gint64 number, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
    = gh_sqlite_query (sqlite,
                       error,
                       "SELECT time, changes FROM steps"
                       " WHERE account = ? AND workspace = ? AND number = ?",
                       "ssi",
                       key->account,
                       key->id,
                       number);

  if (statement == NULL || !gh_sqlite_step (statement, error))
    return NULL;

  return gh_store_decode_step (sqlite3_column_int64 (statement, 0),
                               gh_sqlite_get_text (statement, 1));
}

static gboolean
have_same_changes (const GhStep *a, const GhStep *b)
{
  g_autofree char *first = gh_store_encode_step (a);
  g_autofree char *second = gh_store_encode_step (b);

  return g_str_equal (first, second);
}

/* Whether top is what the amended step was before: one change of the same field from the
 * same value. */
static gboolean
is_amendment (const GhStep *top, const GhStep *step)
{
  const GhStepChange *before = top->changes->len == 1 ? top->changes->pdata[0] : NULL;
  const GhStepChange *after = step->changes->len == 1 ? step->changes->pdata[0] : NULL;

  if (before == NULL || after == NULL || before->setting != after->setting)
    return FALSE;

  return before->before == after->before
         || (before->before != NULL && after->before != NULL
             && g_variant_equal (before->before, after->before));
}

/* What the step takes back is what is in the database, whatever the window believed. */
static gboolean
correct_before (sqlite3 *sqlite, const GhWorkspaceKey *key, GhStep *step, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  for (guint i = 0; i < step->changes->len; i++)
    {
      GhStepChange *change = step->changes->pdata[i];
      GVariant *value = gh_draft_rows_read_draft (sqlite, key, change->setting, &local_error);

      g_clear_pointer (&change->before, g_variant_unref);
      change->before = value;
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
append_step (sqlite3 *sqlite,
             const GhWorkspaceKey *key,
             GhStep *step,
             gint64 position,
             GError **error)
{
  return correct_before (sqlite, key, step, error)
         && gh_sqlite_run (sqlite,
                           error,
                           "DELETE FROM steps WHERE account = ? AND workspace = ?"
                           " AND (number > ? OR number <= ?)",
                           "ssii",
                           key->account,
                           key->id,
                           position,
                           position + 1 - GH_DOCUMENT_MAXIMUM_STEPS)
         && write_step (sqlite, key, position + 1, step, error);
}

static gboolean
write_drafts (sqlite3 *sqlite,
              const GhWorkspaceKey *key,
              const GhStep *step,
              gboolean back,
              GError **error)
{
  for (guint i = 0; i < step->changes->len; i++)
    {
      const GhStepChange *change = step->changes->pdata[i];

      if (!gh_draft_rows_write_draft (
            sqlite, key, change->setting, back ? change->before : change->after, error))
        return FALSE;
    }

  return TRUE;
}

/* Each returns the new position, or -1 with error set. */

static gint64
record_edit (sqlite3 *sqlite, const Record *job, gint64 position, GError **error)
{
  GhStep *step = g_ptr_array_index (job->steps, 0);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GhStep) top = NULL;
  gboolean written;

  if (job->event == GH_DOCUMENT_AMENDED)
    top = read_step (sqlite, job->key, position, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return -1;
    }

  if (top != NULL && is_amendment (top, step))
    written = write_step (sqlite, job->key, position, step, error);
  else
    {
      written = append_step (sqlite, job->key, step, position, error);
      position++;
    }

  return written && write_drafts (sqlite, job->key, step, FALSE, error) ? position : -1;
}

static gint64
record_move (sqlite3 *sqlite,
             const GhWorkspaceKey *key,
             const GhStep *expected,
             gboolean back,
             gint64 position,
             GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GhStep) step = read_step (sqlite, key, back ? position : position + 1, &local_error);

  if (local_error == NULL && (step == NULL || !have_same_changes (step, expected)))
    gh_workspace_key_set_stale_error (key, &local_error);
  if (local_error == NULL && write_drafts (sqlite, key, step, back, &local_error))
    gh_draft_rows_drop_equal (sqlite, key, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return -1;
    }

  return back ? position - 1 : position + 1;
}

static gint64
record_moves (sqlite3 *sqlite, const Record *job, gint64 position, GError **error)
{
  gboolean back = job->event == GH_DOCUMENT_UNDONE;

  for (guint i = 0; position >= 0 && i < job->steps->len; i++)
    position = record_move (sqlite, job->key, job->steps->pdata[i], back, position, error);

  return position;
}

static gpointer
record (sqlite3 *sqlite, gpointer data, GError **error)
{
  const Record *job = data;
  gint64 position = read_position (sqlite, job->key, error);

  if (position < 0)
    return NULL;

  if (job->event == GH_DOCUMENT_EDITED || job->event == GH_DOCUMENT_AMENDED)
    position = record_edit (sqlite, job, position, error);
  else
    position = record_moves (sqlite, job, position, error);
  if (position < 0)
    return NULL;

  return gh_draft_rows_make_result (
    gh_sqlite_get_integer (sqlite,
                           error,
                           0,
                           "UPDATE workspaces SET generation = generation + 1, position = ?"
                           " WHERE account = ? AND id = ? RETURNING generation",
                           "iss",
                           position,
                           job->key->account,
                           job->key->id));
}

void
gh_draft_free (GhDraft *draft)
{
  g_clear_pointer (&draft->drafts, g_hash_table_unref);
  g_clear_pointer (&draft->conflicts, g_hash_table_unref);
  g_clear_pointer (&draft->steps, g_ptr_array_unref);
  g_free (draft);
}

void
gh_draft_store_load_async (GhDatabase *database,
                           const GhWorkspaceKey *key,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  gh_database_run_async (database,
                         FALSE,
                         load,
                         gh_workspace_key_copy (key),
                         (GDestroyNotify) gh_workspace_key_free,
                         (GDestroyNotify) gh_draft_free,
                         cancellable,
                         callback,
                         user_data);
}

GhDraft *
gh_draft_store_load_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish (database, result, error);
}

void
gh_draft_store_record_async (GhDatabase *database,
                             const GhWorkspaceKey *key,
                             GhDocumentEvent event,
                             GPtrArray *steps,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Record *job = g_new0 (Record, 1);

  job->key = gh_workspace_key_copy (key);
  job->event = event;
  job->steps = gh_step_copy_all (steps);
  gh_database_run_async (database,
                         TRUE,
                         record,
                         job,
                         (GDestroyNotify) record_free,
                         g_free,
                         cancellable,
                         callback,
                         user_data);
}

gint64
gh_draft_store_record_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_draft_rows_steal_result (gh_database_run_finish (database, result, error));
}
