/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One connection to the server's SQLite file, with its prepared statements.
 * A connection belongs to one thread at a time. */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _GhServerDatabase GhServerDatabase;
typedef sqlite3_stmt GhServerStatement;

/* Opens FILE, makes or migrates its tables, and sets it to write-ahead logging with a
 * synchronous commit: a transaction that has ended is on the disk. */
GhServerDatabase *gh_server_database_open (const char *path, GError **error);
void gh_server_database_close (GhServerDatabase *self);

gboolean gh_server_database_execute (GhServerDatabase *self, const char *sql, GError **error);

/* A statement with its arguments bound: types has one letter each, "s" for const char * (NULL
 * is NULL), "i" for gint64, "b" for GBytes *. sql is a string literal: the prepared statement
 * is kept under its address. Releasing (g_autoptr) resets it, so a statement is not used
 * again inside its own loop. */
GhServerStatement *gh_server_database_query (GhServerDatabase *self,
                                             GError **error,
                                             const char *sql,
                                             const char *types,
                                             ...);

/* The same, run to its end, for statements that answer with no row. */
gboolean gh_server_database_run (GhServerDatabase *self,
                                 GError **error,
                                 const char *sql,
                                 const char *types,
                                 ...);

/* The first row's first number; missing when there is no row. -1 with error set on failure. */
gint64 gh_server_database_get_number (GhServerDatabase *self,
                                      gint64 missing,
                                      GError **error,
                                      const char *sql,
                                      const char *types,
                                      ...);

/* TRUE when there is a row to read. FALSE at the end, or with error set. */
gboolean gh_server_statement_next (GhServerStatement *statement, GError **error);
const char *gh_server_statement_get_text (GhServerStatement *statement, int column);
gint64 gh_server_statement_get_number (GhServerStatement *statement, int column);
void gh_server_statement_release (GhServerStatement *statement);

/* Another number each time another connection, of this process or another, has written. */
gint64 gh_server_database_get_version (GhServerDatabase *self);

/* Times are microseconds since the epoch, UTC. */
char *gh_server_format_time (gint64 time); /* RFC 3339, "2026-06-01T08:00:00.000Z" */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhServerDatabase, gh_server_database_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhServerStatement, gh_server_statement_release)

G_END_DECLS
