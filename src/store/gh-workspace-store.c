/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workspaces and their cached policies in the database. */

#include "gh-keyed-hash.h"
#include "gh-policy-json.h"
#include "gh-policy-row.h"
#include "gh-sqlite.h"
#include "gh-store-codec.h"
#include "gh-workspace-store.h"

typedef struct
{
  char *account;
  GPtrArray *records; /* of GhWorkspaceRecord, our own copies */
} Replace;

static void
replace_free (Replace *job)
{
  g_free (job->account);
  g_ptr_array_unref (job->records);
  g_free (job);
}

static GhWorkspaceRecord *
read_record (sqlite3_stmt *statement)
{
  GhWorkspaceRecord *record = gh_workspace_record_new (gh_sqlite_get_text (statement, 0),
                                                       gh_sqlite_get_text (statement, 1));

  record->name = gh_sqlite_dup_text (statement, 2);
  record->url = gh_sqlite_dup_text (statement, 3);
  record->role = gh_sqlite_dup_text (statement, 4);
  record->tags = gh_store_decode_strings (gh_sqlite_get_text (statement, 5));
  record->synced_at = sqlite3_column_int64 (statement, 6);
  record->revision = sqlite3_column_int64 (statement, 7);
  record->sending = sqlite3_column_int (statement, 8) != 0;
  record->conflict = sqlite3_column_int (statement, 9) != 0;

  return record;
}

static guint
hash_record (gconstpointer data)
{
  const GhWorkspaceRecord *record = data;

  return gh_keyed_hash (record->key.account) * 31 + gh_keyed_hash (record->key.id);
}

static gboolean
equal_records (gconstpointer a, gconstpointer b)
{
  const GhWorkspaceRecord *first = a;
  const GhWorkspaceRecord *second = b;

  return g_str_equal (first->key.account, second->key.account)
         && g_str_equal (first->key.id, second->key.id);
}

/* Of each workspace, what is drafted for it or, with communities, for its communities. Only
 * fields this version knows: what it cannot show it does not count. */
static void
count_drafts (sqlite3 *sqlite, GHashTable *by_key, gboolean communities, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
    = gh_sqlite_query (sqlite,
                       error,
                       communities ? "SELECT account, workspace, field FROM community_drafts"
                                   : "SELECT account, workspace, field FROM drafts",
                       "");

  while (statement != NULL && gh_sqlite_step (statement, error))
    {
      GhWorkspaceRecord pattern = { .key = { (char *) gh_sqlite_get_text (statement, 0),
                                             (char *) gh_sqlite_get_text (statement, 1) } };
      GhWorkspaceRecord *record = g_hash_table_lookup (by_key, &pattern);
      const GhSetting *setting = gh_settings_lookup (gh_sqlite_get_text (statement, 2));

      if (record == NULL || setting == NULL)
        continue;
      if (!communities)
        record->n_drafted++;
      else if (setting->scope == GH_SCOPE_COMMUNITY)
        record->n_community_drafts++;
    }
}

static void
count_all_drafts (sqlite3 *sqlite, GPtrArray *records, GError **error)
{
  g_autoptr (GHashTable) by_key = g_hash_table_new (hash_record, equal_records);
  g_autoptr (GError) local_error = NULL;

  for (guint i = 0; i < records->len; i++)
    g_hash_table_add (by_key, records->pdata[i]);
  count_drafts (sqlite, by_key, FALSE, &local_error);
  if (local_error == NULL)
    count_drafts (sqlite, by_key, TRUE, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
}

static gpointer
list (sqlite3 *sqlite, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) records
    = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_workspace_record_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (sqlite3_stmt) statement = gh_sqlite_query (
    sqlite,
    &local_error,
    "SELECT w.account, w.id, w.name, w.url, w.role, w.tags, w.synced_at,"
    "  ifnull (p.revision, 0),"
    "  EXISTS (SELECT 1 FROM journal AS j WHERE j.account = w.account AND j.workspace = w.id"
    "    AND j.state = 'sending'),"
    "  EXISTS (SELECT 1 FROM conflicts AS c WHERE c.account = w.account AND c.workspace = w.id)"
    " FROM workspaces AS w LEFT JOIN policies AS p ON p.account = w.account AND p.workspace = w.id"
    " ORDER BY w.account, w.id",
    "");

  while (statement != NULL && gh_sqlite_step (statement, &local_error))
    g_ptr_array_add (records, read_record (statement));
  if (local_error == NULL)
    count_all_drafts (sqlite, records, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&records);
}

static gboolean
write_record (sqlite3 *sqlite, const char *account, const GhWorkspaceRecord *record, GError **error)
{
  g_autofree char *tags = gh_store_encode_strings (record->tags);

  return gh_sqlite_run (
           sqlite, error, "INSERT OR IGNORE INTO listed (id) VALUES (?)", "s", record->key.id)
         && gh_sqlite_run (sqlite,
                           error,
                           "INSERT INTO workspaces (account, id, name, url, role, tags)"
                           " VALUES (?1, ?2, ifnull (?3, ?2), ?4, ?5, ?6)"
                           " ON CONFLICT (account, id) DO UPDATE SET"
                           " name = ifnull (?3, ?2), url = ?4, role = ?5, tags = ?6",
                           "ssssss",
                           account,
                           record->key.id,
                           record->name,
                           record->url,
                           record->role,
                           tags);
}

/* What the server no longer names goes, unless work of the person's hangs on it. */
static gpointer
replace (sqlite3 *sqlite, gpointer data, GError **error)
{
  const Replace *job = data;

  if (!gh_sqlite_execute (
        sqlite, "CREATE TEMP TABLE IF NOT EXISTS listed (id TEXT PRIMARY KEY)", error)
      || !gh_sqlite_execute (sqlite, "DELETE FROM listed", error))
    return NULL;

  for (guint i = 0; i < job->records->len; i++)
    if (!write_record (sqlite, job->account, job->records->pdata[i], error))
      return NULL;

  gh_sqlite_run (sqlite,
                 error,
                 "DELETE FROM workspaces AS w WHERE account = ? AND id NOT IN listed"
                 " AND NOT EXISTS (SELECT 1 FROM drafts AS d"
                 "   WHERE d.account = w.account AND d.workspace = w.id)"
                 " AND NOT EXISTS (SELECT 1 FROM community_drafts AS d"
                 "   WHERE d.account = w.account AND d.workspace = w.id)"
                 " AND NOT EXISTS (SELECT 1 FROM journal AS j"
                 "   WHERE j.account = w.account AND j.workspace = w.id AND j.state = 'sending')",
                 "s",
                 job->account);
  return NULL;
}

static gpointer
load_policy (sqlite3 *sqlite, gpointer data, GError **error)
{
  const GhWorkspaceKey *key = data;
  g_autoptr (sqlite3_stmt) statement = gh_sqlite_query (
    sqlite,
    error,
    "SELECT policy, etag, revision FROM policies WHERE account = ? AND workspace = ?",
    "ss",
    key->account,
    key->id);
  g_autoptr (GhPolicy) policy = NULL;
  GhCachedPolicy *cached;

  if (statement == NULL || !gh_sqlite_step (statement, error))
    return NULL;

  /* One that this version cannot read is as good as none: the server has it. */
  policy = gh_policy_from_json_text (gh_sqlite_get_text (statement, 0), -1, NULL);
  if (policy == NULL)
    return NULL;

  cached = g_new0 (GhCachedPolicy, 1);
  cached->policy = g_steal_pointer (&policy);
  cached->etag = gh_sqlite_dup_text (statement, 1);
  cached->revision = sqlite3_column_int64 (statement, 2);

  return cached;
}

/* Whether drafts would be left over a base they were not made for. */
static gboolean
is_stale (sqlite3 *sqlite, const GhPolicyRow *row, GError **error)
{
  if (row->policy == NULL)
    return FALSE;

  return gh_sqlite_get_integer (
    sqlite,
    error,
    0,
    "SELECT EXISTS (SELECT 1 FROM drafts WHERE account = ?1 AND workspace = ?2)"
    " AND NOT EXISTS (SELECT 1 FROM policies WHERE account = ?1 AND workspace = ?2"
    "   AND policy = ?3)",
    "sss",
    row->key->account,
    row->key->id,
    row->policy);
}

static gpointer
save_policy (sqlite3 *sqlite, gpointer data, GError **error)
{
  const GhPolicyRow *row = data;
  g_autoptr (GError) local_error = NULL;

  if (is_stale (sqlite, row, &local_error))
    gh_workspace_key_set_stale_error (row->key, &local_error);
  if (local_error == NULL && row->policy != NULL)
    gh_workspace_key_bump (row->key, sqlite, &local_error);
  if (local_error == NULL)
    gh_policy_row_write (row, sqlite, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return NULL;
}

void
gh_workspace_store_list_async (GhDatabase *database,
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
gh_workspace_store_list_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish (database, result, error);
}

void
gh_workspace_store_replace_async (GhDatabase *database,
                                  const char *account,
                                  GPtrArray *records,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  Replace *job = g_new0 (Replace, 1);

  job->account = g_strdup (account);
  job->records = g_ptr_array_new_full (records->len, (GDestroyNotify) gh_workspace_record_free);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (job->records, gh_workspace_record_copy (records->pdata[i]));

  gh_database_run_async (database,
                         TRUE,
                         replace,
                         job,
                         (GDestroyNotify) replace_free,
                         NULL,
                         cancellable,
                         callback,
                         user_data);
}

gboolean
gh_workspace_store_replace_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish_boolean (database, result, error);
}

void
gh_workspace_store_load_policy_async (GhDatabase *database,
                                      const GhWorkspaceKey *key,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  gh_database_run_async (database,
                         FALSE,
                         load_policy,
                         gh_workspace_key_copy (key),
                         (GDestroyNotify) gh_workspace_key_free,
                         (GDestroyNotify) gh_cached_policy_free,
                         cancellable,
                         callback,
                         user_data);
}

GhCachedPolicy *
gh_workspace_store_load_policy_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish (database, result, error);
}

void
gh_workspace_store_save_policy_async (GhDatabase *database,
                                      const GhWorkspaceKey *key,
                                      const GhCachedPolicy *cached,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  gh_database_run_async (database,
                         TRUE,
                         save_policy,
                         gh_policy_row_new (key, cached),
                         (GDestroyNotify) gh_policy_row_free,
                         NULL,
                         cancellable,
                         callback,
                         user_data);
}

gboolean
gh_workspace_store_save_policy_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish_boolean (database, result, error);
}
