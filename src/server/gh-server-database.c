/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's SQLite file: its tables, its migrations, and a thin layer over statements. */

#include "gh-server-database.h"

#include "gh-server-problem.h"

#define BUSY_MILLISECONDS 5000

struct _GhServerDatabase
{
  sqlite3 *handle;
  GHashTable *statements; /* address of the SQL text -> sqlite3_stmt */
};

/* One entry a version of the tables; user_version counts those that have run. Entries are
 * never changed once released, only added. */
static const char *const migrations[] = {
  "CREATE TABLE workspaces ("
  "  id TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT NOT NULL,"
  "  tags TEXT NOT NULL,"   /* JSON array */
  "  search TEXT NOT NULL," /* case-folded id, name, url and tags */
  "  revision INTEGER NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE revisions ("
  "  workspace TEXT NOT NULL REFERENCES workspaces (id), revision INTEGER NOT NULL,"
  "  at INTEGER NOT NULL, by TEXT NOT NULL, reason TEXT NOT NULL,"
  "  changed TEXT NOT NULL," /* JSON array of field ids */
  "  policy TEXT NOT NULL,"
  "  PRIMARY KEY (workspace, revision));"
  "CREATE TABLE communities ("
  "  workspace TEXT NOT NULL REFERENCES workspaces (id), id TEXT NOT NULL,"
  "  name TEXT NOT NULL, revision INTEGER NOT NULL,"
  "  overrides TEXT NOT NULL," /* JSON object of the fields that are not inherited */
  "  PRIMARY KEY (workspace, id)) WITHOUT ROWID;"
  "CREATE TABLE tokens ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL UNIQUE,"
  "  name TEXT NOT NULL, role TEXT NOT NULL, scopes TEXT NOT NULL,"
  "  limited INTEGER NOT NULL DEFAULT 0," /* only the workspaces of token_workspaces */
  "  created INTEGER NOT NULL, expires INTEGER, revoked INTEGER);"
  "CREATE TABLE token_workspaces ("
  "  token INTEGER NOT NULL REFERENCES tokens (id), workspace TEXT NOT NULL,"
  "  PRIMARY KEY (token, workspace)) WITHOUT ROWID;"
  "CREATE TABLE idempotency_keys ("
  "  token INTEGER NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL,"
  "  at INTEGER NOT NULL, answer TEXT NOT NULL,"
  "  PRIMARY KEY (token, key)) WITHOUT ROWID;"
  "CREATE INDEX idempotency_keys_by_age ON idempotency_keys (at);"
  "CREATE TABLE audit_events ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, by TEXT NOT NULL,"
  "  action TEXT NOT NULL, workspace TEXT, community TEXT, revision INTEGER,"
  "  reason TEXT, changed TEXT);"
  "CREATE INDEX audit_events_by_workspace ON audit_events (workspace, id);"
  "CREATE TRIGGER audit_events_stay BEFORE UPDATE ON audit_events "
  "BEGIN SELECT RAISE (ABORT, 'audit events are never changed'); END;"
  "CREATE TRIGGER audit_events_remain BEFORE DELETE ON audit_events "
  "BEGIN SELECT RAISE (ABORT, 'audit events are never deleted'); END;",
};

static void
set_error (sqlite3 *handle, GError **error)
{
  int code = sqlite3_errcode (handle);
  gboolean may_pass
    = code == SQLITE_BUSY || code == SQLITE_LOCKED || code == SQLITE_FULL || code == SQLITE_NOMEM;

  g_set_error (error,
               GH_SERVER_ERROR,
               may_pass ? GH_SERVER_ERROR_BUSY : GH_SERVER_ERROR_DATABASE,
               "The database refused: %s",
               sqlite3_errmsg (handle));
}

gboolean
gh_server_database_execute (GhServerDatabase *self, const char *sql, GError **error)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  set_error (self->handle, error);
  return FALSE;
}

static sqlite3_stmt *
get_statement (GhServerDatabase *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement != NULL)
    return statement;
  if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL)
      != SQLITE_OK)
    {
      set_error (self->handle, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, (gpointer) sql, statement);
  return statement;
}

static void
bind (sqlite3_stmt *statement, const char *types, va_list arguments)
{
  for (int i = 0; types[i] != '\0'; i++)
    switch (types[i])
      {
      case 's':
        sqlite3_bind_text (
          statement, i + 1, va_arg (arguments, const char *), -1, SQLITE_TRANSIENT);
        break;
      case 'i':
        sqlite3_bind_int64 (statement, i + 1, va_arg (arguments, gint64));
        break;
      case 'b':
        {
          gsize size;
          gconstpointer data = g_bytes_get_data (va_arg (arguments, GBytes *), &size);

          sqlite3_bind_blob64 (statement, i + 1, data, size, SQLITE_TRANSIENT);
          break;
        }
      default:
        g_assert_not_reached ();
      }
}

static GhServerStatement *
query_valist (GhServerDatabase *self,
              GError **error,
              const char *sql,
              const char *types,
              va_list arguments)
{
  sqlite3_stmt *statement = get_statement (self, sql, error);

  if (statement != NULL)
    bind (statement, types, arguments);
  return statement;
}

GhServerStatement *
gh_server_database_query (GhServerDatabase *self,
                          GError **error,
                          const char *sql,
                          const char *types,
                          ...)
{
  GhServerStatement *statement;
  va_list arguments;

  va_start (arguments, types);
  statement = query_valist (self, error, sql, types, arguments);
  va_end (arguments);
  return statement;
}

gboolean
gh_server_database_run (GhServerDatabase *self,
                        GError **error,
                        const char *sql,
                        const char *types,
                        ...)
{
  g_autoptr (GhServerStatement) statement = NULL;
  g_autoptr (GError) failure = NULL;
  va_list arguments;

  va_start (arguments, types);
  statement = query_valist (self, &failure, sql, types, arguments);
  va_end (arguments);
  if (statement != NULL)
    while (gh_server_statement_next (statement, &failure))
      continue;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gint64
gh_server_database_get_number (GhServerDatabase *self,
                               gint64 missing,
                               GError **error,
                               const char *sql,
                               const char *types,
                               ...)
{
  g_autoptr (GhServerStatement) statement = NULL;
  g_autoptr (GError) failure = NULL;
  gint64 number = missing;
  va_list arguments;

  va_start (arguments, types);
  statement = query_valist (self, &failure, sql, types, arguments);
  va_end (arguments);
  if (statement != NULL && gh_server_statement_next (statement, &failure))
    number = gh_server_statement_get_number (statement, 0);
  if (failure == NULL)
    return number;
  g_propagate_error (error, g_steal_pointer (&failure));
  return -1;
}

gboolean
gh_server_statement_next (GhServerStatement *statement, GError **error)
{
  int result = sqlite3_step (statement);

  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    set_error (sqlite3_db_handle (statement), error);
  return FALSE;
}

const char *
gh_server_statement_get_text (GhServerStatement *statement, int column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

gint64
gh_server_statement_get_number (GhServerStatement *statement, int column)
{
  return sqlite3_column_int64 (statement, column);
}

void
gh_server_statement_release (GhServerStatement *statement)
{
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

gint64
gh_server_database_get_version (GhServerDatabase *self)
{
  return gh_server_database_get_number (self, 0, NULL, "PRAGMA data_version", "");
}

static gboolean
migrate_one (GhServerDatabase *self, guint version, GError **error)
{
  g_autofree char *set_version = g_strdup_printf ("PRAGMA user_version = %u", version + 1);

  return gh_server_database_execute (self, migrations[version], error)
         && gh_server_database_execute (self, set_version, error);
}

/* Under one exclusive transaction, so that two processes that open a new file at the same
 * time do not both make its tables. */
static gboolean
migrate (GhServerDatabase *self, GError **error)
{
  gint64 version;
  gboolean done = TRUE;

  if (!gh_server_database_execute (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  version = gh_server_database_get_number (self, 0, NULL, "PRAGMA user_version", "");
  if (version > (gint64) G_N_ELEMENTS (migrations))
    {
      g_set_error (error,
                   GH_SERVER_ERROR,
                   GH_SERVER_ERROR_NEWER,
                   "The database was written by a newer version (tables %" G_GINT64_FORMAT
                   ", this version knows %zu). Use that version, or another file.",
                   version,
                   G_N_ELEMENTS (migrations));
      done = FALSE;
    }
  for (gint64 i = version; done && i < (gint64) G_N_ELEMENTS (migrations); i++)
    done = migrate_one (self, (guint) i, error);
  return gh_server_database_execute (self, done ? "COMMIT" : "ROLLBACK", done ? error : NULL)
         && done;
}

GhServerDatabase *
gh_server_database_open (const char *path, GError **error)
{
  g_autoptr (GhServerDatabase) self = g_new0 (GhServerDatabase, 1);
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

  self->statements
    = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) (void (*) (void)) sqlite3_finalize);
  if (sqlite3_open_v2 (path, &self->handle, flags, NULL) != SQLITE_OK)
    {
      g_set_error (error,
                   GH_SERVER_ERROR,
                   GH_SERVER_ERROR_DATABASE,
                   "Cannot open the database %s: %s",
                   path,
                   sqlite3_errmsg (self->handle));
      return NULL;
    }
  sqlite3_busy_timeout (self->handle, BUSY_MILLISECONDS);
  if (!gh_server_database_execute (self,
                                   "PRAGMA journal_mode = WAL;"
                                   "PRAGMA synchronous = FULL;"
                                   "PRAGMA foreign_keys = ON;"
                                   "PRAGMA trusted_schema = OFF;",
                                   error)
      || !migrate (self, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
gh_server_database_close (GhServerDatabase *self)
{
  g_clear_pointer (&self->statements, g_hash_table_unref);
  sqlite3_close_v2 (self->handle);
  g_free (self);
}

char *
gh_server_format_time (gint64 time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autofree char *seconds = g_date_time_format (date, "%Y-%m-%dT%H:%M:%S");
  int milliseconds = (int) (time % G_USEC_PER_SEC / 1000);

  return g_strdup_printf ("%s.%03dZ", seconds, milliseconds);
}
