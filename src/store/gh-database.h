/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one SQLite database of this computer (WAL, synchronous=FULL), its migrations and
 * its recovery, and the one thread that works on it. Functions given to
 * gh_database_run_async() run there one after the other, in the order they were given. */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

#include "gh-store-error.h"

G_BEGIN_DECLS

#define GH_TYPE_DATABASE (gh_database_get_type ())

G_DECLARE_FINAL_TYPE (GhDatabase, gh_database, GH, DATABASE, GObject)

/* Runs on the database's thread. Whatever it returns is owned by the one who finishes;
 * with `write` the call is one BEGIN IMMEDIATE transaction, durable when it finishes and
 * rolled back when error is set. */
typedef gpointer (*GhDatabaseFunction) (sqlite3 *sqlite, gpointer data, GError **error);

char *gh_database_dup_default_path (void); /* under g_get_user_data_dir() */

void gh_database_open_async (const char *path,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GhDatabase *gh_database_open_finish (GAsyncResult *result, GError **error);

const char *gh_database_get_path (GhDatabase *self);

/* What recovery did when it had to, in words, or NULL. */
const char *gh_database_get_notice (GhDatabase *self);

void gh_database_run_async (GhDatabase *self,
                            gboolean write,
                            GhDatabaseFunction function,
                            gpointer data,
                            GDestroyNotify free_data,
                            GDestroyNotify free_result,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gpointer gh_database_run_finish (GhDatabase *self, GAsyncResult *result, GError **error);

/* For a function without a result: TRUE when there was no error. */
gboolean gh_database_run_finish_boolean (GhDatabase *self, GAsyncResult *result, GError **error);

/* Signal `changed-elsewhere`: another process committed to the same database. It comes
 * from a file monitor, never from polling. */

G_END_DECLS
