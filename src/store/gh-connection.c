/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening and closing the database file: lock, settings, check, recovery. */

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "gh-connection.h"
#include "gh-recovery.h"
#include "gh-schema.h"
#include "gh-sqlite.h"

#define BUSY_MILLISECONDS 5000
#define LOCK_RETRY_MILLISECONDS 10

static char *
dup_marker (GhConnection *self)
{
  return g_strconcat (self->path, ".check", NULL);
}

static void
clear_marker (GhConnection *self)
{
  g_autofree char *marker = dup_marker (self);

  unlink (marker);
}

static gboolean
has_content (GhConnection *self, const char *suffix)
{
  g_autofree char *path = g_strconcat (self->path, suffix, NULL);
  struct stat status;

  return stat (path, &status) == 0 && status.st_size > 0;
}

/* A database that was closed has neither log nor journal. */
static gboolean
was_left_open (GhConnection *self)
{
  g_autofree char *marker = dup_marker (self);

  return has_content (self, "-wal") || has_content (self, "-journal")
         || g_file_test (marker, G_FILE_TEST_EXISTS);
}

static gboolean
set_open_error (GhConnection *self, const char *reason, GError **error)
{
  g_set_error (error,
               GH_STORE_ERROR,
               GH_STORE_ERROR_CANNOT_OPEN,
               _ ("“%s” cannot be opened: %s. Make its directory readable and writable for you, "
                  "then try again."),
               self->path,
               reason);
  return FALSE;
}

/* Each process that has the database open holds a shared lock on a file beside it. Who can
 * have it alone at the start may check and recover: nobody else is looking. (The database
 * itself is never opened but by SQLite: closing it would drop SQLite's own locks.) */
static gboolean
take_lock (GhConnection *self, gboolean *alone, GError **error)
{
  g_autofree char *path = g_strconcat (self->path, ".lock", NULL);
  guint tries = BUSY_MILLISECONDS / LOCK_RETRY_MILLISECONDS;

  self->lock_file = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->lock_file < 0)
    return set_open_error (self, g_strerror (errno), error);

  *alone = flock (self->lock_file, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
  while (!*alone && flock (self->lock_file, LOCK_SH | LOCK_NB) != 0)
    {
      if (errno == EWOULDBLOCK && tries-- > 0)
        {
          g_usleep (LOCK_RETRY_MILLISECONDS * G_TIME_SPAN_MILLISECOND);
          continue;
        }
      g_set_error (error,
                   GH_STORE_ERROR,
                   GH_STORE_ERROR_BUSY,
                   _ ("Another program is checking “%s”. Wait until it is done, then try again."),
                   self->path);
      return FALSE;
    }

  return TRUE;
}

static gboolean
make_directory (GhConnection *self, GError **error)
{
  g_autofree char *directory = g_path_get_dirname (self->path);

  if (g_mkdir_with_parents (directory, 0700) != 0)
    return set_open_error (self, g_strerror (errno), error);

  return TRUE;
}

/* A new database takes the mode of the lock's file: for its owner alone. */
static char *
make_uri (GhConnection *self, GError **error)
{
  g_autofree char *uri = g_filename_to_uri (self->path, NULL, error);
  g_autofree char *lock = g_strconcat (self->path, ".lock", NULL);
  g_autofree char *escaped = g_uri_escape_string (lock, "/", FALSE);

  return uri == NULL ? NULL : g_strconcat (uri, "?modeof=", escaped, NULL);
}

/* WAL where the file system can (a network's cannot); durable either way. */
static gboolean
set_journal_mode (sqlite3 *sqlite, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
    = gh_sqlite_query (sqlite, error, "PRAGMA journal_mode = WAL", "");
  g_autoptr (GError) wal_error = NULL;

  if (statement == NULL)
    return FALSE;
  if (gh_sqlite_step (statement, &wal_error)
      && g_strcmp0 (gh_sqlite_get_text (statement, 0), "wal") == 0)
    return TRUE;
  if (g_error_matches (wal_error, GH_STORE_ERROR, GH_STORE_ERROR_DAMAGED)
      || g_error_matches (wal_error, GH_STORE_ERROR, GH_STORE_ERROR_BUSY)
      || g_error_matches (wal_error, GH_STORE_ERROR, GH_STORE_ERROR_FULL))
    {
      g_propagate_error (error, g_steal_pointer (&wal_error));
      return FALSE;
    }

  sqlite3_reset (statement);
  return gh_sqlite_execute (sqlite, "PRAGMA journal_mode = DELETE", error);
}

static gboolean
configure (sqlite3 *sqlite, GError **error)
{
  sqlite3_extended_result_codes (sqlite, 0);
  sqlite3_busy_timeout (sqlite, BUSY_MILLISECONDS);
  sqlite3_db_config (sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (sqlite, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);

  return gh_schema_check (sqlite, error) && set_journal_mode (sqlite, error)
         && gh_sqlite_execute (sqlite, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON", error)
         && gh_schema_migrate (sqlite, error);
}

static gboolean
connect (GhConnection *self, gboolean check, GError **error)
{
  g_autofree char *uri = make_uri (self, error);

  if (uri == NULL)
    return FALSE;

  if (sqlite3_open_v2 (uri,
                       &self->sqlite,
                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI
                         | SQLITE_OPEN_NOMUTEX,
                       NULL)
      != SQLITE_OK)
    return set_open_error (self, sqlite3_errmsg (self->sqlite), error);

  if (sqlite3_db_readonly (self->sqlite, "main") == 1)
    return set_open_error (self, g_strerror (EACCES), error);

  if (!configure (self->sqlite, error))
    return FALSE;

  if (check && !gh_recovery_is_sound (self->sqlite))
    {
      g_set_error (error,
                   GH_STORE_ERROR,
                   GH_STORE_ERROR_DAMAGED,
                   _ ("The database “%s” is damaged."),
                   self->path);
      return FALSE;
    }

  return TRUE;
}

static gboolean
recover (GhConnection *self, GError *reason, GError **error)
{
  gboolean too_new = g_error_matches (reason, GH_STORE_ERROR, GH_STORE_ERROR_TOO_NEW);

  gh_connection_request_check (self);
  self->notice = gh_recovery_run (self->path, too_new, error);

  return self->notice != NULL && connect (self, FALSE, error);
}

static gboolean
connect_or_recover (GhConnection *self, gboolean alone, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (connect (self, alone && was_left_open (self), &local_error))
    return TRUE;

  g_clear_pointer (&self->sqlite, gh_sqlite_close);
  if (alone
      && (g_error_matches (local_error, GH_STORE_ERROR, GH_STORE_ERROR_DAMAGED)
          || g_error_matches (local_error, GH_STORE_ERROR, GH_STORE_ERROR_TOO_NEW)))
    return recover (self, local_error, error);

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
gh_connection_open (GhConnection *self, GError **error)
{
  gboolean alone;

  if (!make_directory (self, error) || !take_lock (self, &alone, error))
    return FALSE;
  if (alone)
    gh_recovery_resume (self->path);
  if (!connect_or_recover (self, alone, error))
    return FALSE;
  if (alone)
    {
      clear_marker (self);
      flock (self->lock_file, LOCK_SH);
    }

  return TRUE;
}

void
gh_connection_close (GhConnection *self)
{
  g_clear_pointer (&self->sqlite, gh_sqlite_close);
  if (self->lock_file >= 0)
    close (self->lock_file);
  self->lock_file = -1;
}

void
gh_connection_request_check (GhConnection *self)
{
  g_autofree char *marker = dup_marker (self);
  int file = open (marker, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  if (file >= 0)
    close (file);
}
