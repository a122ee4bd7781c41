/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The database file as one thread has it open. */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct
{
  char *path;
  char *notice;    /* what recovery did, in words, or NULL */
  sqlite3 *sqlite; /* NULL when not open */
  int lock_file;   /* -1 when not open */
} GhConnection;

/* Makes the directory (0700) and the file (0600) where there is none, migrates, checks after
 * an unclean end and recovers where it must. */
gboolean gh_connection_open (GhConnection *self, GError **error);

void gh_connection_close (GhConnection *self);

/* Asks the next start for a check, even when this one ends well. */
void gh_connection_request_check (GhConnection *self);

G_END_DECLS
