/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A database that is damaged, or that a newer version wrote, is kept aside under a dated
 * name, and what can be read of it goes table by table into a new one. Nothing is ever
 * deleted. Whoever calls this holds the database's lock alone. */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* Whether SQLite finds the file in order. */
gboolean gh_recovery_is_sound (sqlite3 *sqlite);

/* A recovery that was interrupted between its last two steps. */
void gh_recovery_resume (const char *path);

/* Nobody has the database open. What was done, in words; NULL with error set when a new
 * database could not be made, and then nothing was moved. */
char *gh_recovery_run (const char *path, gboolean too_new, GError **error);

G_END_DECLS
