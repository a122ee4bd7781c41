/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of one workspace's draft. */

#include "gh-draft-rows.h"
#include "gh-policy-json.h"
#include "gh-sqlite.h"
#include "gh-store-codec.h"
#include "gh-value-type.h"

static gboolean
delete_draft (sqlite3 *sqlite, const GhWorkspaceKey *key, const char *field, GError **error)
{
  return gh_sqlite_run (sqlite,
                        error,
                        "DELETE FROM drafts WHERE account = ? AND workspace = ? AND field = ?",
                        "sss",
                        key->account,
                        key->id,
                        field);
}

static GhPolicy *
read_base (sqlite3 *sqlite, const GhWorkspaceKey *key, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
    = gh_sqlite_query (sqlite,
                       error,
                       "SELECT policy FROM policies WHERE account = ? AND workspace = ?",
                       "ss",
                       key->account,
                       key->id);

  if (statement == NULL || !gh_sqlite_step (statement, error))
    return NULL;

  return gh_policy_from_json_text (gh_sqlite_get_text (statement, 0), -1, NULL);
}

GHashTable *
gh_draft_rows_new_table (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_variant_unref);
}

GHashTable *
gh_draft_rows_read (sqlite3 *sqlite, const GhWorkspaceKey *key, GhDraftRows rows, GError **error)
{
  g_autoptr (GHashTable) table = gh_draft_rows_new_table ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (sqlite3_stmt) statement
    = gh_sqlite_query (sqlite,
                       &local_error,
                       rows == GH_DRAFT_ROWS_DRAFTS
                         ? "SELECT field, value FROM drafts WHERE account = ? AND workspace = ?"
                         : "SELECT field, base FROM conflicts WHERE account = ? AND workspace = ?",
                       "ss",
                       key->account,
                       key->id);

  while (statement != NULL && gh_sqlite_step (statement, &local_error))
    {
      const GhSetting *setting = gh_settings_lookup (gh_sqlite_get_text (statement, 0));
      GVariant *value = setting == NULL
                          ? NULL
                          : gh_store_decode_value (setting, gh_sqlite_get_text (statement, 1));

      if (value != NULL)
        g_hash_table_insert (table, (gpointer) setting, value);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  return g_steal_pointer (&table);
}

GVariant *
gh_draft_rows_read_draft (sqlite3 *sqlite,
                          const GhWorkspaceKey *key,
                          const GhSetting *setting,
                          GError **error)
{
  g_autoptr (sqlite3_stmt) statement
    = gh_sqlite_query (sqlite,
                       error,
                       "SELECT value FROM drafts WHERE account = ? AND workspace = ? AND field = ?",
                       "sss",
                       key->account,
                       key->id,
                       setting->id);

  if (statement == NULL || !gh_sqlite_step (statement, error))
    return NULL;

  return gh_store_decode_value (setting, gh_sqlite_get_text (statement, 0));
}

gboolean
gh_draft_rows_write_draft (sqlite3 *sqlite,
                           const GhWorkspaceKey *key,
                           const GhSetting *setting,
                           GVariant *value,
                           GError **error)
{
  g_autofree char *text = NULL;

  if (value == NULL)
    return delete_draft (sqlite, key, setting->id, error)
           && gh_draft_rows_settle (sqlite, key, setting, error);

  text = gh_store_encode_value (setting, value);
  return gh_sqlite_run (sqlite,
                        error,
                        "INSERT OR REPLACE INTO drafts (account, workspace, field, value)"
                        " VALUES (?, ?, ?, ?)",
                        "ssss",
                        key->account,
                        key->id,
                        setting->id,
                        text);
}

static gboolean
write_conflict (sqlite3 *sqlite,
                const GhWorkspaceKey *key,
                const GhSetting *setting,
                GVariant *base,
                GError **error)
{
  g_autofree char *text = gh_store_encode_value (setting, base);

  return gh_sqlite_run (sqlite,
                        error,
                        "INSERT OR REPLACE INTO conflicts (account, workspace, field, base)"
                        " VALUES (?, ?, ?, ?)",
                        "ssss",
                        key->account,
                        key->id,
                        setting->id,
                        text);
}

static gboolean
clear_rows (sqlite3 *sqlite, const GhWorkspaceKey *key, GError **error)
{
  g_autoptr (GHashTable) old = gh_draft_rows_read (sqlite, key, GH_DRAFT_ROWS_DRAFTS, error);
  GHashTableIter iter;
  gpointer setting;

  if (old == NULL)
    return FALSE;

  g_hash_table_iter_init (&iter, old);
  while (g_hash_table_iter_next (&iter, &setting, NULL))
    if (!delete_draft (sqlite, key, ((const GhSetting *) setting)->id, error))
      return FALSE;

  return gh_sqlite_run (sqlite,
                        error,
                        "DELETE FROM conflicts WHERE account = ? AND workspace = ?",
                        "ss",
                        key->account,
                        key->id);
}

gboolean
gh_draft_rows_replace (sqlite3 *sqlite,
                       const GhWorkspaceKey *key,
                       GHashTable *drafts,
                       GHashTable *conflicts,
                       GError **error)
{
  GHashTableIter iter;
  gpointer setting;
  gpointer value;

  if (!clear_rows (sqlite, key, error))
    return FALSE;

  g_hash_table_iter_init (&iter, drafts);
  while (g_hash_table_iter_next (&iter, &setting, &value))
    if (!gh_draft_rows_write_draft (sqlite, key, setting, value, error))
      return FALSE;

  g_hash_table_iter_init (&iter, conflicts);
  while (g_hash_table_iter_next (&iter, &setting, &value))
    if (!write_conflict (sqlite, key, setting, value, error))
      return FALSE;

  return TRUE;
}

gboolean
gh_draft_rows_settle (sqlite3 *sqlite,
                      const GhWorkspaceKey *key,
                      const GhSetting *setting,
                      GError **error)
{
  return gh_sqlite_run (sqlite,
                        error,
                        "DELETE FROM conflicts WHERE account = ? AND workspace = ? AND field = ?",
                        "sss",
                        key->account,
                        key->id,
                        setting->id);
}

gboolean
gh_draft_rows_drop_equal (sqlite3 *sqlite, const GhWorkspaceKey *key, GError **error)
{
  g_autoptr (GHashTable) drafts = gh_draft_rows_read (sqlite, key, GH_DRAFT_ROWS_DRAFTS, error);
  g_autoptr (GhPolicy) base = read_base (sqlite, key, error);
  GHashTableIter iter;
  gpointer setting;
  gpointer value;

  if (drafts == NULL)
    return FALSE;

  g_hash_table_iter_init (&iter, drafts);
  while (base != NULL && g_hash_table_iter_next (&iter, &setting, &value))
    if (gh_value_equal (gh_policy_get (base, setting), value)
        && !gh_draft_rows_write_draft (sqlite, key, setting, NULL, error))
      return FALSE;

  return TRUE;
}

gpointer
gh_draft_rows_make_result (gint64 generation)
{
  return generation > 0 ? g_memdup2 (&generation, sizeof generation) : NULL;
}

gint64
gh_draft_rows_steal_result (gint64 *result)
{
  gint64 generation = result == NULL ? 0 : *result;

  g_free (result);

  return generation;
}
