/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is in the database, and how each version of it becomes the next. A migration that
 * was released is never changed: a new one is added at the end. */

#include <glib/gi18n-lib.h>

#include "gh-schema.h"
#include "gh-sqlite.h"

/* Values are JSON text. A row whose field or value this version does not understand is
 * left alone: the version that wrote it will want it back. Long columns stand last, so
 * that lists do not read them. */
static const char *const migrations[] = {
  /* 1 */
  "CREATE TABLE accounts ("
  "  name TEXT NOT NULL PRIMARY KEY,"
  "  url TEXT NOT NULL,"
  "  token_header TEXT,"
  "  ca_file TEXT,"
  "  demo INTEGER NOT NULL DEFAULT 0"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE workspaces ("
  "  account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,"
  "  id TEXT NOT NULL,"
  "  name TEXT NOT NULL,"
  "  url TEXT,"
  "  role TEXT,"
  "  tags TEXT NOT NULL DEFAULT '[]',"
  "  synced_at INTEGER NOT NULL DEFAULT 0,"
  "  generation INTEGER NOT NULL DEFAULT 0," /* grows with every write to policy or draft */
  "  position INTEGER NOT NULL DEFAULT 0,"   /* number of the last step that is done */
  "  PRIMARY KEY (account, id)"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE policies ("
  "  account TEXT NOT NULL,"
  "  workspace TEXT NOT NULL,"
  "  revision INTEGER NOT NULL,"
  "  etag TEXT,"
  "  policy TEXT NOT NULL,"
  "  PRIMARY KEY (account, workspace),"
  "  FOREIGN KEY (account, workspace) REFERENCES workspaces (account, id) ON DELETE CASCADE"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE drafts ("
  "  account TEXT NOT NULL,"
  "  workspace TEXT NOT NULL,"
  "  field TEXT NOT NULL,"
  "  value TEXT NOT NULL,"
  "  PRIMARY KEY (account, workspace, field),"
  "  FOREIGN KEY (account, workspace) REFERENCES workspaces (account, id) ON DELETE CASCADE"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE conflicts ("
  "  account TEXT NOT NULL,"
  "  workspace TEXT NOT NULL,"
  "  field TEXT NOT NULL,"
  "  base TEXT NOT NULL," /* what both sides started from */
  "  PRIMARY KEY (account, workspace, field),"
  "  FOREIGN KEY (account, workspace) REFERENCES workspaces (account, id) ON DELETE CASCADE"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE steps ("
  "  account TEXT NOT NULL,"
  "  workspace TEXT NOT NULL,"
  "  number INTEGER NOT NULL,"
  "  time INTEGER NOT NULL,"
  "  changes TEXT NOT NULL," /* [[FIELD, BEFORE, AFTER], ...]; null: not drafted */
  "  PRIMARY KEY (account, workspace, number),"
  "  FOREIGN KEY (account, workspace) REFERENCES workspaces (account, id) ON DELETE CASCADE"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE journal ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,"
  "  workspace TEXT NOT NULL,"
  "  state TEXT NOT NULL,"
  "  started_at INTEGER NOT NULL,"
  "  ended_at INTEGER NOT NULL DEFAULT 0,"
  "  revision INTEGER NOT NULL DEFAULT 0,"
  "  base_etag TEXT,"
  "  base_revision INTEGER NOT NULL DEFAULT 0,"
  "  idempotency_key TEXT NOT NULL,"
  "  reason TEXT,"
  "  patch TEXT NOT NULL"
  ") STRICT;"
  "CREATE INDEX journal_by_workspace ON journal (account, workspace);"
  "CREATE INDEX journal_unresolved ON journal (account, workspace) WHERE state = 'sending';",

  /* 2 */
  "CREATE TABLE baselines ("
  "  name TEXT NOT NULL PRIMARY KEY,"
  "  saved_at INTEGER NOT NULL,"
  "  policy TEXT NOT NULL"
  ") STRICT, WITHOUT ROWID;",

  /* 3 */
  "CREATE TABLE jobs ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  created_at INTEGER NOT NULL,"
  "  title TEXT NOT NULL,"
  "  reason TEXT,"
  "  changes TEXT" /* {FIELD: VALUE, ...}; null: what each target has drafted */
  ") STRICT;"
  "CREATE TABLE job_targets ("
  "  job INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,"
  "  account TEXT NOT NULL,"
  "  workspace TEXT NOT NULL,"
  "  position INTEGER NOT NULL,"
  "  drafted INTEGER NOT NULL DEFAULT 0," /* its changes are in the draft */
  "  state TEXT NOT NULL,"
  "  message TEXT,"
  "  PRIMARY KEY (job, account, workspace)"
  ") STRICT, WITHOUT ROWID;",

  /* 4 */
  "CREATE TABLE communities ("
  "  account TEXT NOT NULL,"
  "  workspace TEXT NOT NULL,"
  "  id TEXT NOT NULL,"
  "  name TEXT NOT NULL,"
  "  revision INTEGER NOT NULL DEFAULT 0," /* 0: its policy was never read */
  "  etag TEXT,"
  "  overrides TEXT NOT NULL DEFAULT '{}'," /* {FIELD: VALUE, ...}, the rest is inherited */
  "  PRIMARY KEY (account, workspace, id),"
  "  FOREIGN KEY (account, workspace) REFERENCES workspaces (account, id) ON DELETE CASCADE"
  ") STRICT, WITHOUT ROWID;"
  "CREATE TABLE community_drafts ("
  "  account TEXT NOT NULL,"
  "  workspace TEXT NOT NULL,"
  "  community TEXT NOT NULL,"
  "  field TEXT NOT NULL,"
  "  base TEXT NOT NULL," /* what the server had; null: inherited */
  "  value TEXT NOT NULL,"
  "  PRIMARY KEY (account, workspace, community, field),"
  "  FOREIGN KEY (account, workspace, community)"
  "    REFERENCES communities (account, workspace, id) ON DELETE CASCADE"
  ") STRICT, WITHOUT ROWID;",

  /* 5 */
  "ALTER TABLE accounts ADD COLUMN id TEXT NOT NULL DEFAULT '';"
  "UPDATE accounts SET id = lower (hex (randomblob (16)));",
};

const char *const gh_schema_tables[] = {
  "accounts",  "workspaces", "policies",    "drafts",      "conflicts",        "steps", "journal",
  "baselines", "jobs",       "job_targets", "communities", "community_drafts", NULL,
};

static gboolean
migrate_to (sqlite3 *sqlite, int version, GError **error)
{
  g_autofree char *sql
    = g_strdup_printf ("%s PRAGMA user_version = %d; PRAGMA application_id = %d;",
                       migrations[version - 1],
                       version,
                       GH_SCHEMA_APPLICATION_ID);

  return gh_sqlite_execute (sqlite, sql, error);
}

/* Another process may have migrated while this one waited for the lock: look again. */
static gboolean
migrate_once (sqlite3 *sqlite, gboolean *done, GError **error)
{
  gint64 version;

  if (!gh_sqlite_execute (sqlite, "BEGIN IMMEDIATE", error))
    return FALSE;

  version = gh_sqlite_get_integer (sqlite, error, -1, "PRAGMA user_version", "");
  *done = version >= gh_schema_get_version ();

  if (version < 0 || (!*done && !migrate_to (sqlite, (int) version + 1, error))
      || !gh_sqlite_execute (sqlite, "COMMIT", error))
    {
      sqlite3_exec (sqlite, "ROLLBACK", NULL, NULL, NULL);
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_owner (sqlite3 *sqlite, GError **error)
{
  GError *local_error = NULL;
  gint64 id = gh_sqlite_get_integer (sqlite, &local_error, 0, "PRAGMA application_id", "");
  gint64 objects = 0;

  if (local_error == NULL)
    objects
      = gh_sqlite_get_integer (sqlite, &local_error, 0, "SELECT count(*) FROM sqlite_schema", "");
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (id == GH_SCHEMA_APPLICATION_ID || (id == 0 && objects == 0))
    return TRUE;

  g_set_error (error,
               GH_STORE_ERROR,
               GH_STORE_ERROR_CANNOT_OPEN,
               _ ("“%s” is a database of another program. Nothing was changed: choose another "
                  "file."),
               sqlite3_db_filename (sqlite, "main"));
  return FALSE;
}

int
gh_schema_get_version (void)
{
  return G_N_ELEMENTS (migrations);
}

gboolean
gh_schema_check (sqlite3 *sqlite, GError **error)
{
  gint64 version;

  if (!check_owner (sqlite, error))
    return FALSE;

  version = gh_sqlite_get_integer (sqlite, error, -1, "PRAGMA user_version", "");
  if (version <= gh_schema_get_version ())
    return version >= 0;

  g_set_error (error,
               GH_STORE_ERROR,
               GH_STORE_ERROR_TOO_NEW,
               _ ("“%s” was written by a newer version of the program, which is still using it. "
                  "Use that version, or close it and start this one again."),
               sqlite3_db_filename (sqlite, "main"));
  return FALSE;
}

gboolean
gh_schema_migrate (sqlite3 *sqlite, GError **error)
{
  gboolean done = FALSE;

  while (!done)
    if (!migrate_once (sqlite, &done, error))
      return FALSE;

  return TRUE;
}
