/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Communities in the database. */

#include <glib/gi18n-lib.h>

#include "gh-community-store.h"
#include "gh-sqlite.h"
#include "gh-store-codec.h"

/* What a writing job is about; members that it does not need stay NULL. */
typedef struct
{
  GhWorkspaceKey *key;
  char *community;
  char **ids;
  char **names;
  GHashTable *overrides;
  char *etag;
  gint64 revision;
  const GhSetting *setting;
  GVariant *value;
} Job;

static Job *
job_new (const GhWorkspaceKey *key, const char *community)
{
  Job *job = g_new0 (Job, 1);

  job->key = gh_workspace_key_copy (key);
  job->community = g_strdup (community);
  return job;
}

static void
job_free (Job *job)
{
  gh_workspace_key_free (job->key);
  g_free (job->community);
  g_strfreev (job->ids);
  g_strfreev (job->names);
  g_clear_pointer (&job->overrides, g_hash_table_unref);
  g_free (job->etag);
  g_clear_pointer (&job->value, g_variant_unref);
  g_free (job);
}

void
gh_community_record_free (GhCommunityRecord *record)
{
  g_free (record->id);
  g_free (record->name);
  g_free (record->etag);
  g_hash_table_unref (record->overrides);
  g_ptr_array_unref (record->changes);
  g_free (record);
}

/* What this version cannot read is as good as never read: the server has it. */
static GhCommunityRecord *
read_record (sqlite3_stmt *statement)
{
  GhCommunityRecord *record = g_new0 (GhCommunityRecord, 1);

  record->id = gh_sqlite_dup_text (statement, 0);
  record->name = gh_sqlite_dup_text (statement, 1);
  record->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_override_change_free);
  record->overrides = gh_store_decode_overrides (gh_sqlite_get_text (statement, 4));
  if (record->overrides == NULL)
    {
      record->overrides = gh_overrides_new ();
      return record;
    }
  record->revision = sqlite3_column_int64 (statement, 2);
  record->etag = gh_sqlite_dup_text (statement, 3);
  return record;
}

/* A change that this version does not understand is passed over. */
static gboolean
read_changes (sqlite3 *sqlite, const GhWorkspaceKey *key, GHashTable *by_id, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (sqlite3_stmt) statement
    = gh_sqlite_query (sqlite,
                       &local_error,
                       "SELECT community, field, base, value FROM community_drafts"
                       " WHERE account = ? AND workspace = ? ORDER BY community, field",
                       "ss",
                       key->account,
                       key->id);

  while (statement != NULL && gh_sqlite_step (statement, &local_error))
    {
      GhCommunityRecord *record = g_hash_table_lookup (by_id, gh_sqlite_get_text (statement, 0));
      GhOverrideChange *change = gh_store_decode_change (gh_sqlite_get_text (statement, 1),
                                                         gh_sqlite_get_text (statement, 2),
                                                         gh_sqlite_get_text (statement, 3));

      if (record != NULL && change != NULL)
        g_ptr_array_add (record->changes, change);
      else
        g_clear_pointer (&change, gh_override_change_free);
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gpointer
list (sqlite3 *sqlite, gpointer data, GError **error)
{
  const GhWorkspaceKey *key = data;
  g_autoptr (GPtrArray) records
    = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_community_record_free);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (sqlite3_stmt) statement
    = gh_sqlite_query (sqlite,
                       &local_error,
                       "SELECT id, name, revision, etag, overrides FROM communities"
                       " WHERE account = ? AND workspace = ? ORDER BY name, id",
                       "ss",
                       key->account,
                       key->id);

  while (statement != NULL && gh_sqlite_step (statement, &local_error))
    {
      GhCommunityRecord *record = read_record (statement);

      g_ptr_array_add (records, record);
      g_hash_table_insert (by_id, record->id, record);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return read_changes (sqlite, key, by_id, error) ? g_steal_pointer (&records) : NULL;
}

/* What the server no longer names goes, unless work of the person's hangs on it. */
static gpointer
replace (sqlite3 *sqlite, gpointer data, GError **error)
{
  const Job *job = data;
  g_autofree char *listed = gh_store_encode_strings (job->ids);

  for (guint i = 0; job->ids[i] != NULL; i++)
    if (!gh_sqlite_run (sqlite,
                        error,
                        "INSERT INTO communities (account, workspace, id, name)"
                        " VALUES (?1, ?2, ?3, ?4)"
                        " ON CONFLICT (account, workspace, id) DO UPDATE SET name = ?4",
                        "ssss",
                        job->key->account,
                        job->key->id,
                        job->ids[i],
                        job->names[i]))
      return NULL;
  gh_sqlite_run (sqlite,
                 error,
                 "DELETE FROM communities AS c WHERE account = ? AND workspace = ?"
                 " AND id NOT IN (SELECT value FROM json_each (?))"
                 " AND NOT EXISTS (SELECT 1 FROM community_drafts AS d WHERE d.account = c.account"
                 "   AND d.workspace = c.workspace AND d.community = c.id)",
                 "sss",
                 job->key->account,
                 job->key->id,
                 listed);
  return NULL;
}

static gboolean
delete_change (sqlite3 *sqlite, const Job *job, const GhSetting *setting, GError **error)
{
  return gh_sqlite_run (sqlite,
                        error,
                        "DELETE FROM community_drafts WHERE account = ? AND workspace = ?"
                        " AND community = ? AND field = ?",
                        "ssss",
                        job->key->account,
                        job->key->id,
                        job->community,
                        setting->id);
}

static gpointer
save (sqlite3 *sqlite, gpointer data, GError **error)
{
  const Job *job = data;
  g_autofree char *overrides = gh_store_encode_values (job->overrides);

  if (!gh_sqlite_run (sqlite,
                      error,
                      "UPDATE communities SET overrides = ?, etag = ?, revision = ?"
                      " WHERE account = ? AND workspace = ? AND id = ?",
                      "ssisss",
                      overrides,
                      job->etag,
                      job->revision,
                      job->key->account,
                      job->key->id,
                      job->community))
    return NULL;
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      g_autofree char *now = NULL;

      if (setting->scope != GH_SCOPE_COMMUNITY)
        continue;
      now = gh_store_encode_override (setting, gh_overrides_get (job->overrides, setting));
      if (!gh_sqlite_run (sqlite,
                          error,
                          "DELETE FROM community_drafts WHERE account = ? AND workspace = ?"
                          " AND community = ? AND field = ? AND value = ?",
                          "sssss",
                          job->key->account,
                          job->key->id,
                          job->community,
                          setting->id,
                          now))
        return NULL;
    }
  return NULL;
}

/* What the server had of a community, as last read. */
static GHashTable *
read_overrides (sqlite3 *sqlite, const Job *job, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GHashTable) overrides = NULL;
  g_autoptr (sqlite3_stmt) statement = gh_sqlite_query (
    sqlite,
    &local_error,
    "SELECT overrides FROM communities WHERE account = ? AND workspace = ? AND id = ?"
    " AND revision > 0",
    "sss",
    job->key->account,
    job->key->id,
    job->community);

  if (statement != NULL && gh_sqlite_step (statement, &local_error))
    overrides = gh_store_decode_overrides (gh_sqlite_get_text (statement, 0));
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (overrides == NULL)
    g_set_error (error,
                 GH_STORE_ERROR,
                 GH_STORE_ERROR_NOT_FOUND,
                 _ ("The policy of community “%s” was not read from the server yet."),
                 job->community);
  return g_steal_pointer (&overrides);
}

static gpointer
draft (sqlite3 *sqlite, gpointer data, GError **error)
{
  const Job *job = data;
  g_autoptr (GHashTable) overrides = read_overrides (sqlite, job, error);
  GVariant *base;
  g_autofree char *base_text = NULL;
  g_autofree char *value_text = NULL;

  if (overrides == NULL)
    return NULL;
  base = gh_overrides_get (overrides, job->setting);
  if (gh_overrides_value_equal (base, job->value))
    {
      delete_change (sqlite, job, job->setting, error);
      return NULL;
    }
  base_text = gh_store_encode_override (job->setting, base);
  value_text = gh_store_encode_override (job->setting, job->value);
  gh_sqlite_run (sqlite,
                 error,
                 "INSERT OR REPLACE INTO community_drafts"
                 " (account, workspace, community, field, base, value) VALUES (?, ?, ?, ?, ?, ?)",
                 "ssssss",
                 job->key->account,
                 job->key->id,
                 job->community,
                 job->setting->id,
                 base_text,
                 value_text);
  return NULL;
}

static gpointer
revert (sqlite3 *sqlite, gpointer data, GError **error)
{
  const Job *job = data;

  if (job->setting != NULL)
    delete_change (sqlite, job, job->setting, error);
  else
    gh_sqlite_run (sqlite,
                   error,
                   "DELETE FROM community_drafts WHERE account = ? AND workspace = ?"
                   " AND community = ?",
                   "sss",
                   job->key->account,
                   job->key->id,
                   job->community);
  return NULL;
}

/* Takes the job. */
static void
run_job (GhDatabase *database,
         GhDatabaseFunction function,
         Job *job,
         GCancellable *cancellable,
         GAsyncReadyCallback callback,
         gpointer user_data)
{
  gh_database_run_async (database,
                         TRUE,
                         function,
                         job,
                         (GDestroyNotify) job_free,
                         NULL,
                         cancellable,
                         callback,
                         user_data);
}

void
gh_community_store_list_async (GhDatabase *database,
                               const GhWorkspaceKey *key,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  gh_database_run_async (database,
                         FALSE,
                         list,
                         gh_workspace_key_copy (key),
                         (GDestroyNotify) gh_workspace_key_free,
                         (GDestroyNotify) g_ptr_array_unref,
                         cancellable,
                         callback,
                         user_data);
}

GPtrArray *
gh_community_store_list_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish (database, result, error);
}

void
gh_community_store_replace_async (GhDatabase *database,
                                  const GhWorkspaceKey *key,
                                  const char *const *ids,
                                  const char *const *names,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  Job *job = job_new (key, NULL);

  job->ids = g_strdupv ((char **) ids);
  job->names = g_strdupv ((char **) names);
  run_job (database, replace, job, cancellable, callback, user_data);
}

gboolean
gh_community_store_replace_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish_boolean (database, result, error);
}

void
gh_community_store_save_async (GhDatabase *database,
                               const GhWorkspaceKey *key,
                               const char *community,
                               GHashTable *overrides,
                               const char *etag,
                               gint64 revision,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Job *job = job_new (key, community);

  job->overrides = gh_overrides_copy (overrides);
  job->etag = g_strdup (etag);
  job->revision = revision;
  run_job (database, save, job, cancellable, callback, user_data);
}

gboolean
gh_community_store_save_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish_boolean (database, result, error);
}

void
gh_community_store_draft_async (GhDatabase *database,
                                const GhWorkspaceKey *key,
                                const char *community,
                                const GhSetting *setting,
                                GVariant *value,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  Job *job = job_new (key, community);

  job->setting = setting;
  job->value = value != NULL ? g_variant_ref_sink (value) : NULL;
  run_job (database, draft, job, cancellable, callback, user_data);
}

gboolean
gh_community_store_draft_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish_boolean (database, result, error);
}

void
gh_community_store_revert_async (GhDatabase *database,
                                 const GhWorkspaceKey *key,
                                 const char *community,
                                 const GhSetting *setting,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Job *job = job_new (key, community);

  job->setting = setting;
  run_job (database, revert, job, cancellable, callback, user_data);
}

gboolean
gh_community_store_revert_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish_boolean (database, result, error);
}
