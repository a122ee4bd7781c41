/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is in the database, and how each version of it becomes the next. */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define GH_SCHEMA_APPLICATION_ID 0x47415445 /* "GATE", in the header of the database file */

/* Every table, parents before children. */
extern const char *const gh_schema_tables[];

int gh_schema_get_version (void); /* that this program writes */

/* Reads only. GH_STORE_ERROR_CANNOT_OPEN when the database belongs to another program,
 * GH_STORE_ERROR_TOO_NEW when a newer version of this one wrote it. */
gboolean gh_schema_check (sqlite3 *sqlite, GError **error);

/* Brings the database from whatever version it has to gh_schema_get_version(), each version
 * in a transaction of its own. */
gboolean gh_schema_migrate (sqlite3 *sqlite, GError **error);

G_END_DECLS
