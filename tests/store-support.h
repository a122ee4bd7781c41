/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of the store share: a directory of their own, and waiting for an answer. */

#pragma once

#include <glib/gstdio.h>

#include "await.h"
#include "gh-database.h"

static inline char *
test_make_directory (void)
{
  GError *error = NULL;
  char *directory = g_dir_make_tmp ("gatehouse-store-XXXXXX", &error);

  g_assert_no_error (error);
  return directory;
}

static inline void
test_remove_directory (const char *directory)
{
  g_autoptr (GDir) entries = g_dir_open (directory, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL)
    {
      g_autofree char *path = g_build_filename (directory, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        test_remove_directory (path);
      else
        g_unlink (path);
    }
  g_rmdir (directory);
}

static inline GhDatabase *
test_open (const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_database_open_async (path, NULL, await_ready, &result);
  return gh_database_open_finish (await (&result), error);
}

static inline GhDatabase *
test_open_well (const char *path)
{
  GError *error = NULL;
  GhDatabase *database = test_open (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (database);
  return database;
}

static inline gpointer
test_execute_function (sqlite3 *sqlite, gpointer data, GError **error)
{
  char *message = NULL;

  if (sqlite3_exec (sqlite, data, NULL, NULL, &message) != SQLITE_OK)
    g_set_error (error, GH_STORE_ERROR, GH_STORE_ERROR_FAILED, "%s", message);
  sqlite3_free (message);
  return NULL;
}

/* Statements in one transaction. */
static inline gboolean
test_execute (GhDatabase *database, const char *sql, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_database_run_async (database,
                         TRUE,
                         test_execute_function,
                         g_strdup (sql),
                         g_free,
                         NULL,
                         NULL,
                         await_ready,
                         &result);
  return gh_database_run_finish_boolean (database, await (&result), error);
}

static inline gpointer
test_read_function (sqlite3 *sqlite, gpointer data, GError **error)
{
  sqlite3_stmt *statement = NULL;
  char *text = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (sqlite, data, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return text;
}

/* The first column of the first row; g_free. */
static inline char *
test_read (GhDatabase *database, const char *sql)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_database_run_async (
    database, FALSE, test_read_function, (gpointer) sql, NULL, g_free, NULL, await_ready, &result);
  return gh_database_run_finish (database, await (&result), NULL);
}

#define test_assert_reads(database, sql, expected)                                                 \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *read_text = test_read ((database), (sql));                                    \
    g_assert_cmpstr (read_text, ==, (expected));                                                   \
  }                                                                                                \
  G_STMT_END

/* The database is closed when this returns: a look for changes may hold it a little longer. */
static inline void
test_close (GhDatabase *database)
{
  g_object_add_weak_pointer (G_OBJECT (database), (gpointer *) &database);
  g_object_unref (database);
  while (database != NULL)
    g_main_context_iteration (NULL, TRUE);
}
