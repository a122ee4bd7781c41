/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SQLite with GError. */

#include <errno.h>

#include <glib/gi18n-lib.h>

#include "gh-sqlite.h"

static sqlite3_stmt *
find_prepared (sqlite3 *sqlite, const char *sql)
{
  for (sqlite3_stmt *statement = sqlite3_next_stmt (sqlite, NULL); statement != NULL;
       statement = sqlite3_next_stmt (sqlite, statement))
    if (!sqlite3_stmt_busy (statement) && g_str_equal (sqlite3_sql (statement), sql))
      return statement;

  return NULL;
}

static sqlite3_stmt *
prepare (sqlite3 *sqlite, const char *sql, GError **error)
{
  sqlite3_stmt *statement = find_prepared (sqlite, sql);

  if (statement == NULL
      && sqlite3_prepare_v3 (sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL)
           != SQLITE_OK)
    gh_sqlite_set_error (sqlite, error);

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
      default:
        g_assert_not_reached ();
      }
}

static sqlite3_stmt *
query (sqlite3 *sqlite, GError **error, const char *sql, const char *types, va_list arguments)
{
  sqlite3_stmt *statement = prepare (sqlite, sql, error);

  if (statement != NULL)
    bind (statement, types, arguments);

  return statement;
}

/* SQLite knows ENOSPC by itself, but neither a quota nor a limit on the size of files, and
 * does not always remember what the system said: errno still does. */
static gboolean
is_full (sqlite3 *sqlite, int last_errno)
{
  int code = sqlite3_errcode (sqlite);
  int system_error = sqlite3_system_errno (sqlite);

  if (system_error == 0)
    system_error = last_errno;

  return code == SQLITE_FULL
         || (code == SQLITE_IOERR
             && (system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG));
}

static const char *
get_path (sqlite3 *sqlite)
{
  const char *path = sqlite3_db_filename (sqlite, "main");

  return path == NULL ? "" : path;
}

static GhStoreError
classify (sqlite3 *sqlite, int last_errno)
{
  if (is_full (sqlite, last_errno))
    return GH_STORE_ERROR_FULL;

  switch (sqlite3_errcode (sqlite))
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return GH_STORE_ERROR_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return GH_STORE_ERROR_DAMAGED;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return GH_STORE_ERROR_CANNOT_OPEN;
    default:
      return GH_STORE_ERROR_FAILED;
    }
}

static char *
describe (GhStoreError code, const char *path, const char *reason)
{
  if (code == GH_STORE_ERROR_FULL)
    return g_strdup_printf (_ ("There is no space left for “%s”. Nothing was changed: make room on "
                               "the disk, then try again."),
                            path);
  if (code == GH_STORE_ERROR_BUSY)
    return g_strdup_printf (_ ("Another program has held “%s” for too long. Nothing was changed: "
                               "close that program or wait, then try again."),
                            path);
  if (code == GH_STORE_ERROR_DAMAGED)
    return g_strdup_printf (_ ("The database “%s” is damaged (%s). Close the program and start it "
                               "again: it then keeps the damaged file aside and saves what can be "
                               "saved."),
                            path,
                            reason);
  if (code == GH_STORE_ERROR_CANNOT_OPEN)
    return g_strdup_printf (_ ("“%s” cannot be written (%s). Make the file and its directory "
                               "writable for you, then try again."),
                            path,
                            reason);

  return g_strdup_printf (_ ("“%s” could not be read or written: %s."), path, reason);
}

void
gh_sqlite_set_error (sqlite3 *sqlite, GError **error)
{
  int last_errno = errno;
  GhStoreError code = classify (sqlite, last_errno);
  g_autofree char *message = describe (code, get_path (sqlite), sqlite3_errmsg (sqlite));

  g_set_error_literal (error, GH_STORE_ERROR, (int) code, message);
}

sqlite3_stmt *
gh_sqlite_query (sqlite3 *sqlite, GError **error, const char *sql, const char *types, ...)
{
  sqlite3_stmt *statement;
  va_list arguments;

  va_start (arguments, types);
  statement = query (sqlite, error, sql, types, arguments);
  va_end (arguments);

  return statement;
}

gboolean
gh_sqlite_step (sqlite3_stmt *statement, GError **error)
{
  int code = sqlite3_step (statement);

  if (code != SQLITE_ROW && code != SQLITE_DONE)
    gh_sqlite_set_error (sqlite3_db_handle (statement), error);

  return code == SQLITE_ROW;
}

void
gh_sqlite_release (sqlite3_stmt *statement)
{
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
}

gboolean
gh_sqlite_run (sqlite3 *sqlite, GError **error, const char *sql, const char *types, ...)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GError) local_error = NULL;
  va_list arguments;

  va_start (arguments, types);
  statement = query (sqlite, error, sql, types, arguments);
  va_end (arguments);

  if (statement == NULL)
    return FALSE;

  while (gh_sqlite_step (statement, &local_error))
    continue;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

gint64
gh_sqlite_get_integer (sqlite3 *sqlite,
                       GError **error,
                       gint64 fallback,
                       const char *sql,
                       const char *types,
                       ...)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  va_list arguments;

  va_start (arguments, types);
  statement = query (sqlite, error, sql, types, arguments);
  va_end (arguments);

  if (statement == NULL || !gh_sqlite_step (statement, error))
    return fallback;

  return sqlite3_column_int64 (statement, 0);
}

gboolean
gh_sqlite_execute (sqlite3 *sqlite, const char *sql, GError **error)
{
  if (sqlite3_exec (sqlite, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  gh_sqlite_set_error (sqlite, error);
  return FALSE;
}

const char *
gh_sqlite_get_text (sqlite3_stmt *statement, int column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

char *
gh_sqlite_dup_text (sqlite3_stmt *statement, int column)
{
  return g_strdup (gh_sqlite_get_text (statement, column));
}

void
gh_sqlite_close (sqlite3 *sqlite)
{
  sqlite3_stmt *statement;

  while ((statement = sqlite3_next_stmt (sqlite, NULL)) != NULL)
    sqlite3_finalize (statement);

  sqlite3_close (sqlite);
}
