/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Baselines in the database. */

#include <glib/gi18n-lib.h>

#include "gh-baseline-store.h"
#include "gh-policy-json.h"
#include "gh-sqlite.h"

#define NAME_MAXIMUM 64

typedef struct
{
  char *name;
  char *policy; /* JSON text */
} Save;

static void
save_free (Save *job)
{
  g_free (job->name);
  g_free (job->policy);
  g_free (job);
}

/* One that this version cannot read is left alone and not listed. */
static GhBaseline *
read_baseline (sqlite3_stmt *statement)
{
  GhPolicy *policy = gh_policy_from_json_text (gh_sqlite_get_text (statement, 2), -1, NULL);
  GhBaseline *baseline;

  if (policy == NULL)
    return NULL;

  baseline = g_new0 (GhBaseline, 1);
  baseline->name = gh_sqlite_dup_text (statement, 0);
  baseline->saved_at = sqlite3_column_int64 (statement, 1);
  baseline->policy = policy;

  return baseline;
}

static gpointer
list (sqlite3 *sqlite, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) baselines
    = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_baseline_free);
  g_autoptr (sqlite3_stmt) statement = gh_sqlite_query (
    sqlite, error, "SELECT name, saved_at, policy FROM baselines ORDER BY name", "");

  while (statement != NULL && gh_sqlite_step (statement, error))
    {
      GhBaseline *baseline = read_baseline (statement);

      if (baseline != NULL)
        g_ptr_array_add (baselines, baseline);
    }

  return g_steal_pointer (&baselines);
}

static gboolean
check_name (const char *name, GError **error)
{
  glong length = g_utf8_validate (name, -1, NULL) ? g_utf8_strlen (name, -1) : 0;

  if (length > 0 && length <= NAME_MAXIMUM)
    return TRUE;

  g_set_error (error,
               GH_STORE_ERROR,
               GH_STORE_ERROR_INVALID,
               _ ("A baseline's name has 1 to %d characters."),
               NAME_MAXIMUM);
  return FALSE;
}

static gpointer
save (sqlite3 *sqlite, gpointer data, GError **error)
{
  const Save *job = data;

  if (check_name (job->name, error))
    gh_sqlite_run (sqlite,
                   error,
                   "INSERT OR REPLACE INTO baselines (name, saved_at, policy) VALUES (?, ?, ?)",
                   "sis",
                   job->name,
                   g_get_real_time (),
                   job->policy);

  return NULL;
}

static gpointer
remove_baseline (sqlite3 *sqlite, gpointer data, GError **error)
{
  const char *name = data;

  if (gh_sqlite_run (sqlite, error, "DELETE FROM baselines WHERE name = ?", "s", name)
      && sqlite3_changes (sqlite) == 0)
    g_set_error (
      error, GH_STORE_ERROR, GH_STORE_ERROR_NOT_FOUND, _ ("There is no baseline “%s”."), name);

  return NULL;
}

void
gh_baseline_free (GhBaseline *baseline)
{
  g_free (baseline->name);
  gh_policy_unref (baseline->policy);
  g_free (baseline);
}

void
gh_baseline_store_list_async (GhDatabase *database,
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
gh_baseline_store_list_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish (database, result, error);
}

void
gh_baseline_store_save_async (GhDatabase *database,
                              const char *name,
                              GhPolicy *policy,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Save *job = g_new0 (Save, 1);

  job->name = g_strdup (name);
  job->policy = gh_policy_to_json_text (policy);
  gh_database_run_async (
    database, TRUE, save, job, (GDestroyNotify) save_free, NULL, cancellable, callback, user_data);
}

gboolean
gh_baseline_store_save_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish_boolean (database, result, error);
}

void
gh_baseline_store_remove_async (GhDatabase *database,
                                const char *name,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  gh_database_run_async (database,
                         TRUE,
                         remove_baseline,
                         g_strdup (name),
                         g_free,
                         NULL,
                         cancellable,
                         callback,
                         user_data);
}

gboolean
gh_baseline_store_remove_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish_boolean (database, result, error);
}
