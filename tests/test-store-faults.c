/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk that is full, a directory that cannot be written: a clear error, nothing lost, and
 * all works again once it is mended. */

#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store-workspace-support.h"

#define FIELD "global-session-timeout"
#define OTHER "max-failed-login-attempts"
#define NOBODY 65534
#define N_EDITS_AT_MOST 5000

typedef struct
{
  char *directory;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = test_make_directory ();
  fixture->path = g_build_filename (fixture->directory, "gatehouse.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_remove_directory (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
}

static GhDatabase *
open_with_workspace (const char *path)
{
  GhDatabase *database = test_open_well (path);

  test_add_account (database, "work");
  test_add_workspace (database, "work", "alpha");
  return database;
}

static void
limit_files (rlim_t size)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (size, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static gboolean
edit (GhDatabase *database, const char *field, gint64 value, GError **error)
{
  g_autoptr (GhWorkspaceKey) key = gh_workspace_key_new ("work", "alpha");
  g_autoptr (GhStep) step = gh_step_new (1);

  gh_step_add (step, gh_settings_lookup (field), NULL, g_variant_new_int64 (value));
  return test_record (database, key, GH_DOCUMENT_EDITED, step, error) > 0;
}

/* Edits until one fails; the value that was acknowledged last. */
static gint64
edit_until_full (GhDatabase *database)
{
  g_autoptr (GError) error = NULL;
  gint64 value = 0;

  while (value < N_EDITS_AT_MOST && edit (database, FIELD, value + 1, &error))
    value++;
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_FULL);
  return value;
}

static void
assert_kept (GhDatabase *database, gint64 value)
{
  g_autofree char *expected = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  test_assert_reads (database, "SELECT value FROM drafts WHERE field = '" FIELD "'", expected);
  test_assert_reads (database, "SELECT count(*) FROM steps", expected);
  test_assert_reads (database, "PRAGMA integrity_check", "ok");
}

static void
test_size_limit (Fixture *fixture, gconstpointer data)
{
  GhDatabase *database = open_with_workspace (fixture->path);
  g_autoptr (GError) error = NULL;
  gint64 last;

  limit_files (200 * 1024);
  last = edit_until_full (database);
  g_assert_cmpint (last, >, 0);
  assert_kept (database, last);
  g_assert_false (edit (database, FIELD, last + 1, &error));
  assert_kept (database, last);

  limit_files (RLIM_INFINITY);
  g_assert_true (edit (database, FIELD, last + 1, NULL));
  test_close (database);
  database = test_open_well (fixture->path);
  g_assert_null (gh_database_get_notice (database));
  assert_kept (database, last + 1);
  test_close (database);
}

/* A file system of its own, where the machine lets us make one. */
static gboolean
mount_small (const char *directory)
{
  return geteuid () == 0 && unshare (CLONE_NEWNS) == 0
         && mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0
         && mount ("tmpfs", directory, "tmpfs", 0, "size=400k") == 0;
}

static void
test_small_disk (Fixture *fixture, gconstpointer data)
{
  g_autofree char *filler = g_build_filename (fixture->directory, "filler", NULL);
  g_autofree char *bytes = g_malloc0 (16 * 1024);
  GhDatabase *database;
  gint64 last;

  if (!mount_small (fixture->directory))
    {
      g_test_skip ("no file system can be mounted here");
      return;
    }

  g_assert_true (g_file_set_contents (filler, bytes, 16 * 1024, NULL));
  database = open_with_workspace (fixture->path);
  last = edit_until_full (database);
  assert_kept (database, last);
  g_unlink (filler);
  g_assert_true (edit (database, FIELD, last + 1, NULL));
  assert_kept (database, last + 1);
  test_close (database);
  g_assert_cmpint (umount2 (fixture->directory, MNT_DETACH), ==, 0);
}

/* Where there is no room to save what can be saved, everything stays as it is. */
static void
test_recovery_without_room (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  GhDatabase *database;

  g_file_set_contents (
    fixture->path, "This was never a database of any kind, but it is long.", -1, NULL);
  limit_files (4096);
  g_assert_null (test_open (fixture->path, &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_FULL);
  limit_files (RLIM_INFINITY);
  g_assert_true (g_file_get_contents (fixture->path, &contents, NULL, NULL));
  g_assert_true (g_str_has_prefix (contents, "This was never"));

  await_idle ();
  database = test_open_well (fixture->path);
  g_assert_nonnull (gh_database_get_notice (database));
  test_close (database);
}

/* As somebody whom permissions bind. */
static void
become_bound (Fixture *fixture)
{
  if (geteuid () != 0)
    return;

  g_assert_cmpint (chown (fixture->directory, NOBODY, NOBODY), ==, 0);
  g_assert_cmpint (seteuid (NOBODY), ==, 0);
}

static void
become_free (void)
{
  if (getuid () == 0)
    g_assert_cmpint (seteuid (0), ==, 0);
}

static void
test_read_only_directory (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GhDatabase *database;

  become_bound (fixture);
  g_assert_cmpint (g_chmod (fixture->directory, 0500), ==, 0);
  g_assert_null (test_open (fixture->path, &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_CANNOT_OPEN);
  await_idle ();

  g_assert_cmpint (g_chmod (fixture->directory, 0700), ==, 0);
  database = open_with_workspace (fixture->path);
  g_assert_true (edit (database, OTHER, 4, NULL));
  test_close (database);
  become_free ();
}

static void
test_read_only_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GhDatabase *database;

  become_bound (fixture);
  database = open_with_workspace (fixture->path);
  g_assert_true (edit (database, OTHER, 4, NULL));
  test_close (database);

  g_assert_cmpint (g_chmod (fixture->path, 0400), ==, 0);
  g_assert_null (test_open (fixture->path, &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_CANNOT_OPEN);
  await_idle ();

  g_assert_cmpint (g_chmod (fixture->path, 0600), ==, 0);
  database = test_open_well (fixture->path);
  test_assert_reads (database, "SELECT value FROM drafts", "4");
  g_assert_true (edit (database, OTHER, 5, NULL));
  test_close (database);
  become_free ();
}

static void
test_no_directory (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "below-a-file.db", NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (fixture->path, "", 0, NULL);
  g_assert_null (test_open (path, &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_CANNOT_OPEN);
  await_idle ();
}

#define add(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/store/faults/size-limit", test_size_limit);
  add ("/store/faults/small-disk", test_small_disk);
  add ("/store/faults/recovery-without-room", test_recovery_without_room);
  add ("/store/faults/read-only-directory", test_read_only_directory);
  add ("/store/faults/read-only-file", test_read_only_file);
  add ("/store/faults/no-directory", test_no_directory);

  return g_test_run ();
}
