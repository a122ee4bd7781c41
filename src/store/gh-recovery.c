/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeping a database aside and saving what can be read of it. */

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "gh-recovery.h"
#include "gh-schema.h"
#include "gh-sqlite.h"

typedef struct
{
  guint n_accounts;
  guint n_workspaces;
  guint n_drafts;
} Saved;

static sqlite3 *
open_plain (const char *path)
{
  sqlite3 *sqlite = NULL;

  sqlite3_open_v2 (path, &sqlite, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
  sqlite3_db_config (sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (sqlite, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);

  return sqlite;
}

/* The columns of a table, comma-separated; NULL when it has none that can be read. */
static GPtrArray *
read_columns (sqlite3 *sqlite, const char *table, gboolean key_only)
{
  g_autoptr (sqlite3_stmt) statement = gh_sqlite_query (
    sqlite, NULL, "SELECT name, pk FROM pragma_table_info (?) ORDER BY pk, cid", "s", table);
  GPtrArray *columns = g_ptr_array_new_with_free_func (g_free);

  while (statement != NULL && gh_sqlite_step (statement, NULL))
    if (!key_only || sqlite3_column_int (statement, 1) > 0)
      g_ptr_array_add (columns, gh_sqlite_dup_text (statement, 0));

  return columns;
}

static GPtrArray *
intersect_columns (sqlite3 *source, sqlite3 *target, const char *table)
{
  g_autoptr (GPtrArray) theirs = read_columns (source, table, FALSE);
  GPtrArray *columns = read_columns (target, table, FALSE);

  for (guint i = columns->len; i > 0; i--)
    if (!g_ptr_array_find_with_equal_func (theirs, columns->pdata[i - 1], g_str_equal, NULL))
      g_ptr_array_remove_index (columns, i - 1);

  return columns;
}

static char *
join_columns (GPtrArray *columns, const char *suffix)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < columns->len; i++)
    g_string_append_printf (
      text, "%s%s%s", i == 0 ? "" : ", ", (const char *) columns->pdata[i], suffix);

  return g_string_free (text, FALSE);
}

static char *
make_insert (const char *table, GPtrArray *columns)
{
  g_autofree char *names = join_columns (columns, "");
  GString *marks = g_string_new ("?");
  char *sql;

  for (guint i = 1; i < columns->len; i++)
    g_string_append (marks, ", ?");
  sql = g_strdup_printf ("INSERT OR IGNORE INTO %s (%s) VALUES (%s)", table, names, marks->str);
  g_string_free (marks, TRUE);

  return sql;
}

/* TRUE when the source was read to its end. */
static gboolean
copy_rows (sqlite3_stmt *select, sqlite3_stmt *insert, guint *n_copied)
{
  int code;

  while ((code = sqlite3_step (select)) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (select); i++)
        sqlite3_bind_value (insert, i + 1, sqlite3_column_value (select, i));
      if (sqlite3_step (insert) == SQLITE_DONE)
        *n_copied += (guint) sqlite3_changes (sqlite3_db_handle (insert));
      sqlite3_reset (insert);
    }

  return code == SQLITE_DONE;
}

/* Beyond a damaged page the rows behind it can still be read from the other end. */
static guint
copy_table (sqlite3 *source, sqlite3 *target, const char *table)
{
  g_autoptr (GPtrArray) columns = intersect_columns (source, target, table);
  g_autoptr (GPtrArray) keys = read_columns (target, table, TRUE);
  g_autofree char *names = join_columns (columns, "");
  g_autofree char *descending = join_columns (keys, " DESC");
  g_autofree char *insert_sql = NULL;
  g_autofree char *forward_sql = g_strdup_printf ("SELECT %s FROM %s", names, table);
  g_autofree char *backward_sql = g_strdup_printf ("%s ORDER BY %s", forward_sql, descending);
  g_autoptr (sqlite3_stmt) insert = NULL;
  g_autoptr (sqlite3_stmt) forward = NULL;
  g_autoptr (sqlite3_stmt) backward = NULL;
  guint n_copied = 0;

  if (columns->len == 0)
    return 0;

  insert_sql = make_insert (table, columns);
  insert = gh_sqlite_query (target, NULL, insert_sql, "");
  forward = gh_sqlite_query (source, NULL, forward_sql, "");
  if (insert == NULL || forward == NULL || copy_rows (forward, insert, &n_copied))
    return n_copied;

  backward = gh_sqlite_query (source, NULL, backward_sql, "");
  if (backward != NULL)
    copy_rows (backward, insert, &n_copied);

  return n_copied;
}

/* A draft whose workspace could not be read is kept; what hangs on a lost account is not. */
static gboolean
mend_references (sqlite3 *target, GError **error)
{
  return gh_sqlite_execute (
    target,
    "UPDATE accounts SET id = lower (hex (randomblob (16))) WHERE id = '';"
    "INSERT OR IGNORE INTO workspaces (account, id, name)"
    "  SELECT DISTINCT account, workspace, workspace FROM drafts;"
    "INSERT OR IGNORE INTO workspaces (account, id, name)"
    "  SELECT DISTINCT account, workspace, workspace FROM community_drafts;"
    "INSERT OR IGNORE INTO communities (account, workspace, id, name)"
    "  SELECT DISTINCT account, workspace, community, community FROM community_drafts;"
    "UPDATE workspaces SET position = ifnull ((SELECT max (number) FROM steps"
    "    WHERE steps.account = workspaces.account AND workspace = id), 0)"
    "  WHERE position = 0;"
    "DELETE FROM workspaces WHERE account NOT IN (SELECT name FROM accounts);"
    "DELETE FROM journal WHERE account NOT IN (SELECT name FROM accounts);"
    "DELETE FROM policies WHERE (account, workspace) NOT IN (SELECT account, id FROM workspaces);"
    "DELETE FROM drafts WHERE (account, workspace) NOT IN (SELECT account, id FROM workspaces);"
    "DELETE FROM conflicts WHERE (account, workspace) NOT IN (SELECT account, id FROM workspaces);"
    "DELETE FROM steps WHERE (account, workspace) NOT IN (SELECT account, id FROM workspaces);"
    "DELETE FROM communities WHERE (account, workspace) NOT IN"
    "  (SELECT account, id FROM workspaces);"
    "DELETE FROM community_drafts WHERE (account, workspace) NOT IN"
    "  (SELECT account, id FROM workspaces);"
    "DELETE FROM job_targets WHERE job NOT IN (SELECT id FROM jobs);",
    error);
}

static gboolean
copy_all (sqlite3 *source, sqlite3 *target, Saved *saved, GError **error)
{
  if (!gh_schema_migrate (target, error) || !gh_sqlite_execute (target, "BEGIN IMMEDIATE", error))
    return FALSE;

  for (guint i = 0; gh_schema_tables[i] != NULL; i++)
    copy_table (source, target, gh_schema_tables[i]);

  if (!mend_references (target, error))
    return FALSE;

  saved->n_accounts
    = (guint) gh_sqlite_get_integer (target, NULL, 0, "SELECT count(*) FROM accounts", "");
  saved->n_workspaces
    = (guint) gh_sqlite_get_integer (target, NULL, 0, "SELECT count(*) FROM workspaces", "");
  saved->n_drafts = (guint) gh_sqlite_get_integer (target,
                                                   NULL,
                                                   0,
                                                   "SELECT (SELECT count(*) FROM drafts)"
                                                   " + (SELECT count(*) FROM community_drafts)",
                                                   "");

  return gh_sqlite_execute (target, "COMMIT", error);
}

static gboolean
rebuild (const char *path, const char *rebuilt, Saved *saved, GError **error)
{
  sqlite3 *source;
  sqlite3 *target;
  gboolean copied;

  unlink (rebuilt);
  target = open_plain (rebuilt);
  source = open_plain (path);
  copied = gh_sqlite_execute (target, "PRAGMA synchronous = FULL", error)
           && copy_all (source, target, saved, error);
  gh_sqlite_close (source);
  gh_sqlite_close (target);

  return copied;
}

static void
move_aside (const char *path, const char *aside, const char *suffix)
{
  g_autofree char *from = g_strconcat (path, suffix, NULL);
  g_autofree char *to = g_strconcat (aside, suffix, NULL);

  if (rename (from, to) != 0 && errno != ENOENT)
    g_warning ("%s could not be moved to %s: %s", from, to, g_strerror (errno));
}

/* PATH.damaged-20260131-120000, or -2, -3 … where there is one already. */
static char *
choose_aside (const char *path, gboolean too_new)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *date = g_date_time_format (now, "%Y%m%d-%H%M%S");
  char *aside = g_strdup_printf ("%s.%s-%s", path, too_new ? "newer" : "damaged", date);

  for (guint i = 2; g_file_test (aside, G_FILE_TEST_EXISTS); i++)
    {
      g_free (aside);
      aside = g_strdup_printf ("%s.%s-%s-%u", path, too_new ? "newer" : "damaged", date, i);
    }

  return aside;
}

static char *
describe (const char *aside, gboolean too_new, const Saved *saved)
{
  if (too_new)
    return g_strdup_printf (
      _ ("The database was written by a newer version of the program. It is kept as “%s”. Taken "
         "over from it: accounts: %u, workspaces: %u, drafted values: %u."),
      aside,
      saved->n_accounts,
      saved->n_workspaces,
      saved->n_drafts);

  return g_strdup_printf (_ ("The database was damaged. It is kept as “%s”. Saved from it: "
                             "accounts: %u, workspaces: %u, drafted values: %u."),
                          aside,
                          saved->n_accounts,
                          saved->n_workspaces,
                          saved->n_drafts);
}

gboolean
gh_recovery_is_sound (sqlite3 *sqlite)
{
  g_autoptr (sqlite3_stmt) statement = gh_sqlite_query (sqlite, NULL, "PRAGMA quick_check (1)", "");

  return statement != NULL && gh_sqlite_step (statement, NULL)
         && g_strcmp0 (gh_sqlite_get_text (statement, 0), "ok") == 0;
}

void
gh_recovery_resume (const char *path)
{
  g_autofree char *rebuilt = g_strconcat (path, ".rebuilt", NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS) && g_file_test (rebuilt, G_FILE_TEST_EXISTS)
      && rename (rebuilt, path) != 0)
    g_warning ("%s could not be moved to %s: %s", rebuilt, path, g_strerror (errno));
}

char *
gh_recovery_run (const char *path, gboolean too_new, GError **error)
{
  g_autofree char *rebuilt = g_strconcat (path, ".rebuilt", NULL);
  g_autofree char *aside = choose_aside (path, too_new);
  Saved saved = { 0 };

  if (!rebuild (path, rebuilt, &saved, error))
    {
      unlink (rebuilt);
      return NULL;
    }

  /* The log first: beside a new database an old log would be played into it. */
  move_aside (path, aside, "-wal");
  move_aside (path, aside, "-shm");
  move_aside (path, aside, "-journal");
  move_aside (path, aside, "");
  gh_recovery_resume (path);

  return describe (aside, too_new, &saved);
}
