/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SQLite with GError. Used inside this room, and by functions given to
 * gh_database_run_async(). */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "gh-store-error.h"

G_BEGIN_DECLS

/* A statement with its parameters bound, one letter each: 's' const char * (NULL binds
 * NULL), 'i' gint64. Statements stay prepared: each SQL text is parsed once a connection,
 * so two with the same text must not be in use at the same time. */
sqlite3_stmt *
gh_sqlite_query (sqlite3 *sqlite, GError **error, const char *sql, const char *types, ...);

/* TRUE with a row; FALSE at the end, or with error set. */
gboolean gh_sqlite_step (sqlite3_stmt *statement, GError **error);

/* Gives the statement back. */
void gh_sqlite_release (sqlite3_stmt *statement);

/* gh_sqlite_query(), stepped to its end. */
gboolean gh_sqlite_run (sqlite3 *sqlite, GError **error, const char *sql, const char *types, ...);

/* One integer, or fallback when there is no row. */
gint64 gh_sqlite_get_integer (sqlite3 *sqlite,
                              GError **error,
                              gint64 fallback,
                              const char *sql,
                              const char *types,
                              ...);

/* Any number of statements, none with parameters. */
gboolean gh_sqlite_execute (sqlite3 *sqlite, const char *sql, GError **error);

const char *gh_sqlite_get_text (sqlite3_stmt *statement, int column);
char *gh_sqlite_dup_text (sqlite3_stmt *statement, int column);

/* What the connection last complained of, as GH_STORE_ERROR with what to do about it. */
void gh_sqlite_set_error (sqlite3 *sqlite, GError **error);

/* Closes it with all that was prepared. */
void gh_sqlite_close (sqlite3 *sqlite);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, gh_sqlite_release)

G_END_DECLS
