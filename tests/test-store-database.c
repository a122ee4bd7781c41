/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The database is opened, migrated, checked and recovered. */

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gh-schema.h"
#include "store-support.h"

#define COMMUNITIES_SINCE 4 /* version of the schema */

static const char *program;

typedef struct
{
  char *directory;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = test_make_directory ();
  fixture->path = g_build_filename (fixture->directory, "private", "gatehouse.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_remove_directory (fixture->directory);
  g_free (fixture->directory);
  g_free (fixture->path);
}

static void
add_accounts (GhDatabase *database, guint n)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    g_string_append_printf (
      sql,
      "INSERT INTO accounts (name, url) VALUES ('account-%05u', 'https://%u.example/%0256d');",
      i,
      i,
      0);
  test_execute (database, sql->str, &error);
  g_assert_no_error (error);
}

/* A database closed well, with a hundred accounts over several pages. */
static void
make_database (const char *path)
{
  GhDatabase *database = test_open_well (path);

  add_accounts (database, 100);
  test_close (database);
}

static void
write_over (const char *path, off_t offset, char byte, gsize length)
{
  g_autofree char *bytes = g_malloc (length);
  int file = g_open (path, O_WRONLY | O_CREAT, 0600);

  memset (bytes, byte, length);
  g_assert_cmpint (pwrite (file, bytes, length, offset), ==, length);
  close (file);
}

/* Asks for a check, as an end by SIGKILL does by leaving its log. */
static void
leave_unclean (const char *path)
{
  g_autofree char *marker = g_strconcat (path, ".check", NULL);

  g_assert_true (g_file_set_contents (marker, "", 0, NULL));
}

/* The file kept aside: NULL when there is none. */
static char *
find_aside (const char *path, const char *kind)
{
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *prefix = g_strdup_printf ("%s.%s-", base, kind);
  g_autoptr (GDir) entries = g_dir_open (directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (entries)) != NULL)
    if (g_str_has_prefix (name, prefix) && !g_str_has_suffix (name, "-wal")
        && !g_str_has_suffix (name, "-shm"))
      return g_build_filename (directory, name, NULL);

  return NULL;
}

static mode_t
get_mode (const char *path)
{
  struct stat status;

  g_assert_cmpint (stat (path, &status), ==, 0);
  return status.st_mode & 07777;
}

static void
test_new (Fixture *fixture, gconstpointer data)
{
  GhDatabase *database = test_open_well (fixture->path);
  g_autofree char *directory = g_path_get_dirname (fixture->path);
  g_autofree char *version = g_strdup_printf ("%d", gh_schema_get_version ());

  g_assert_cmpint (get_mode (directory), ==, 0700);
  g_assert_cmpint (get_mode (fixture->path), ==, 0600);
  test_assert_reads (database, "PRAGMA journal_mode", "wal");
  test_assert_reads (database, "PRAGMA synchronous", "2");
  test_assert_reads (database, "PRAGMA foreign_keys", "1");
  test_assert_reads (database, "PRAGMA trusted_schema", "0");
  test_assert_reads (database, "PRAGMA user_version", version);
  g_assert_null (gh_database_get_notice (database));
  test_close (database);
}

static void
test_odd_path (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "50% ü?&#.db", NULL);
  GhDatabase *database = test_open_well (path);

  g_assert_cmpint (get_mode (path), ==, 0600);
  g_assert_cmpstr (gh_database_get_path (database), ==, path);
  test_close (database);
}

static void
test_all_tables_known (Fixture *fixture, gconstpointer data)
{
  GhDatabase *database = test_open_well (fixture->path);
  g_autofree char *n_known = NULL;

  n_known = g_strdup_printf ("%u", g_strv_length ((char **) gh_schema_tables));
  test_assert_reads (database,
                     "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
                     " AND name NOT LIKE 'sqlite_%'",
                     n_known);
  test_close (database);
}

static void
test_rolls_back (Fixture *fixture, gconstpointer data)
{
  GhDatabase *database = test_open_well (fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_false (test_execute (database,
                                "INSERT INTO accounts (name, url) VALUES ('a', 'b');"
                                "INSERT INTO nowhere VALUES (1)",
                                &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_FAILED);
  test_assert_reads (database, "SELECT count(*) FROM accounts", "0");
  g_assert_true (
    test_execute (database, "INSERT INTO accounts (name, url) VALUES ('a', 'b')", NULL));
  test_close (database);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  GhDatabase *database = test_open_well (fixture->path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  gh_database_run_async (database,
                         TRUE,
                         test_execute_function,
                         (gpointer) "INSERT INTO accounts (name, url) VALUES ('a', 'b')",
                         NULL,
                         NULL,
                         cancellable,
                         await_ready,
                         &result);
  gh_database_run_finish (database, await (&result), &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  test_assert_reads (database, "SELECT count(*) FROM accounts", "0");
  g_clear_object (&result);
  test_close (database);
}

static void
load_fixture (const char *path, int version)
{
  g_autofree char *name = g_strdup_printf ("schema-%d.sql", version);
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "fixtures", "store", name, NULL);
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *sqlite;

  g_file_get_contents (file, &sql, NULL, &error);
  g_assert_no_error (error);
  g_mkdir_with_parents (directory, 0700);
  g_assert_cmpint (sqlite3_open (path, &sqlite), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (sqlite, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (sqlite);
}

static void
assert_fixture_kept (GhDatabase *database)
{
  test_assert_reads (
    database, "SELECT url FROM accounts WHERE name = 'work'", "https://policy.example");
  test_assert_reads (database, "SELECT count(*) FROM accounts WHERE length (id) >= 16", "1");
  test_assert_reads (
    database, "SELECT tags || generation || position FROM workspaces", "[\"north\",\"beta\"]31");
  test_assert_reads (database, "SELECT etag || revision FROM policies", "\"seven\"7");
  test_assert_reads (
    database, "SELECT value FROM drafts WHERE field = 'a-field-of-the-future'", "{\"deep\":[1]}");
  test_assert_reads (database, "SELECT count(*) FROM steps", "1");
  test_assert_reads (
    database, "SELECT idempotency_key FROM journal WHERE state = 'sending'", "key-1");
  test_assert_reads (database, "PRAGMA integrity_check", "ok");
}

static void
assert_communities_kept (GhDatabase *database)
{
  test_assert_reads (database, "SELECT name || revision || etag FROM communities", "East5\"c5\"");
  test_assert_reads (
    database,
    "SELECT base || value FROM community_drafts WHERE field = 'a-field-of-the-future'",
    "[1]null");
}

/* What the tables of a migrated database are is what those of a new one are. */
static void
assert_same_schema (GhDatabase *database, const char *directory)
{
  const char *sql = "SELECT group_concat (sql, ';') FROM"
                    " (SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name)";
  g_autofree char *path = g_build_filename (directory, "new.db", NULL);
  GhDatabase *fresh = test_open_well (path);
  g_autofree char *expected = test_read (fresh, sql);

  test_assert_reads (database, sql, expected);
  test_close (fresh);
}

static void
test_migrates (Fixture *fixture, gconstpointer data)
{
  for (int version = 1; version <= gh_schema_get_version (); version++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%d.db", fixture->directory, version);
      g_autofree char *current = g_strdup_printf ("%d", gh_schema_get_version ());
      GhDatabase *database;

      load_fixture (path, version);
      database = test_open_well (path);
      g_assert_null (gh_database_get_notice (database));
      test_assert_reads (database, "PRAGMA user_version", current);
      assert_fixture_kept (database);
      if (version >= COMMUNITIES_SINCE)
        assert_communities_kept (database);
      assert_same_schema (database, fixture->directory);
      test_close (database);
    }
}

static void
test_too_new (Fixture *fixture, gconstpointer data)
{
  GhDatabase *database;
  g_autofree char *aside = NULL;
  sqlite3 *sqlite;

  load_fixture (fixture->path, gh_schema_get_version ());
  sqlite3_open (fixture->path, &sqlite);
  sqlite3_exec (sqlite,
                "ALTER TABLE drafts ADD COLUMN colour TEXT; CREATE TABLE dreams (a);"
                "PRAGMA user_version = 99",
                NULL,
                NULL,
                NULL);
  sqlite3_close (sqlite);

  database = test_open_well (fixture->path);
  aside = find_aside (fixture->path, "newer");
  g_assert_nonnull (aside);
  g_assert_nonnull (strstr (gh_database_get_notice (database), aside));
  assert_fixture_kept (database);
  assert_communities_kept (database);
  test_close (database);

  /* The notice is for the first time only. */
  database = test_open_well (fixture->path);
  g_assert_null (gh_database_get_notice (database));
  test_close (database);
}

static void
test_garbage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *directory = g_path_get_dirname (fixture->path);
  g_autofree char *aside = NULL;
  g_autofree char *contents = NULL;
  GhDatabase *database;

  g_mkdir_with_parents (directory, 0700);
  g_file_set_contents (
    fixture->path, "This was never a database of any kind, but it is long.", -1, NULL);
  database = test_open_well (fixture->path);
  aside = find_aside (fixture->path, "damaged");
  g_assert_nonnull (aside);
  g_assert_nonnull (strstr (gh_database_get_notice (database), aside));
  g_file_get_contents (aside, &contents, NULL, NULL);
  g_assert_true (g_str_has_prefix (contents, "This was never"));
  test_assert_reads (database, "SELECT count(*) FROM accounts", "0");
  test_close (database);
}

static void
test_truncated (Fixture *fixture, gconstpointer data)
{
  g_autofree char *aside = NULL;
  g_autofree char *saved = NULL;
  GhDatabase *database;

  make_database (fixture->path);
  g_assert_cmpint (truncate (fixture->path, 6 * 4096), ==, 0);
  database = test_open_well (fixture->path);
  aside = find_aside (fixture->path, "damaged");
  g_assert_nonnull (aside);
  g_assert_nonnull (gh_database_get_notice (database));
  test_assert_reads (database, "PRAGMA integrity_check", "ok");
  add_accounts (database, 1);
  test_close (database);
}

/* Pages in the middle of a table are lost; the rows before and behind them are not. */
static void
test_damaged_page (Fixture *fixture, gconstpointer data)
{
  g_autofree char *aside = NULL;
  g_autofree char *saved = NULL;
  g_autofree char *last = NULL;
  struct stat status;
  GhDatabase *database;

  make_database (fixture->path);
  stat (fixture->path, &status);
  g_assert_cmpint (status.st_size, >, 16 * 4096);
  write_over (fixture->path, status.st_size - 4 * 4096, '\xff', 4096);
  leave_unclean (fixture->path);

  database = test_open_well (fixture->path);
  aside = find_aside (fixture->path, "damaged");
  g_assert_nonnull (aside);
  saved = test_read (database, "SELECT count(*) FROM accounts");
  g_assert_cmpint (atoi (saved), >, 70);
  g_assert_cmpint (atoi (saved), <, 100);
  test_assert_reads (database, "SELECT count(*) FROM accounts WHERE name = 'account-00000'", "1");
  test_assert_reads (database, "SELECT count(*) FROM accounts WHERE name = 'account-00099'", "1");
  test_close (database);
}

static void
test_interrupted_recovery (Fixture *fixture, gconstpointer data)
{
  g_autofree char *rebuilt = g_strconcat (fixture->path, ".rebuilt", NULL);
  GhDatabase *database;

  make_database (fixture->path);
  g_assert_cmpint (g_rename (fixture->path, rebuilt), ==, 0);
  database = test_open_well (fixture->path);
  test_assert_reads (database, "SELECT count(*) FROM accounts", "100");
  test_close (database);
}

static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "photos.db", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gsize length_before;
  gsize length_after;
  sqlite3 *sqlite;

  sqlite3_open (path, &sqlite);
  sqlite3_exec (sqlite, "CREATE TABLE photos (a); PRAGMA user_version = 99", NULL, NULL, NULL);
  sqlite3_close (sqlite);
  g_file_get_contents (path, &before, &length_before, NULL);

  g_assert_null (test_open (path, &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_CANNOT_OPEN);
  await_idle ();
  g_file_get_contents (path, &after, &length_after, NULL);
  g_assert_cmpmem (before, length_before, after, length_after);
}

/* Another process: says "ready" once it holds or wrote what it should, then waits to be
 * told, or killed. */
static GSubprocess *
start_other (const char *what, const char *path)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *other
    = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                        &error,
                        program,
                        what,
                        path,
                        NULL);
  char byte;

  g_assert_no_error (error);
  g_assert_cmpint (
    g_input_stream_read (g_subprocess_get_stdout_pipe (other), &byte, 1, NULL, &error), ==, 1);
  return other;
}

static void
say_ready (void)
{
  char byte;

  g_assert_cmpint (write (STDOUT_FILENO, "r", 1), ==, 1);
  while (read (STDIN_FILENO, &byte, 1) > 0)
    continue;
}

static int
be_holder (const char *path)
{
  sqlite3 *sqlite;

  sqlite3_open (path, &sqlite);
  g_assert_cmpint (sqlite3_exec (sqlite, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  say_ready ();
  sqlite3_close (sqlite);
  return 0;
}

static int
be_writer (const char *path)
{
  add_accounts (test_open_well (path), 10);
  say_ready ();
  return 0;
}

static void
test_held_by_other (Fixture *fixture, gconstpointer data)
{
  GhDatabase *database = test_open_well (fixture->path);
  g_autoptr (GSubprocess) other = start_other ("hold", fixture->path);
  g_autoptr (GError) error = NULL;

  g_assert_false (test_execute (database, "DELETE FROM accounts", &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_BUSY);
  test_assert_reads (database, "SELECT count(*) FROM accounts", "0");

  g_output_stream_close (g_subprocess_get_stdin_pipe (other), NULL, NULL);
  g_assert_true (g_subprocess_wait_check (other, NULL, NULL));
  add_accounts (database, 1);
  test_close (database);
}

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) other = start_other ("write", fixture->path);
  GhDatabase *database;

  g_subprocess_force_exit (other);
  g_subprocess_wait (other, NULL, NULL);
  database = test_open_well (fixture->path);
  test_assert_reads (database, "SELECT count(*) FROM accounts", "10");
  g_assert_null (gh_database_get_notice (database));
  test_close (database);
}

/* While another process works with it, a newer database is left where it is. */
static void
test_too_new_in_use (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) other = start_other ("write", fixture->path);
  g_autoptr (GError) error = NULL;
  sqlite3 *sqlite;

  sqlite3_open (fixture->path, &sqlite);
  sqlite3_exec (sqlite, "PRAGMA user_version = 99", NULL, NULL, NULL);
  sqlite3_close (sqlite);
  g_assert_null (test_open (fixture->path, &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_TOO_NEW);
  g_assert_null (find_aside (fixture->path, "newer"));
  g_subprocess_force_exit (other);
  g_subprocess_wait (other, NULL, NULL);
}

#define add(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "hold"))
    return be_holder (argv[2]);
  if (argc == 3 && g_str_equal (argv[1], "write"))
    return be_writer (argv[2]);

  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  add ("/store/database/new", test_new);
  add ("/store/database/odd-path", test_odd_path);
  add ("/store/database/all-tables-known", test_all_tables_known);
  add ("/store/database/rolls-back", test_rolls_back);
  add ("/store/database/cancelled", test_cancelled);
  add ("/store/database/migrates", test_migrates);
  add ("/store/database/too-new", test_too_new);
  add ("/store/database/too-new-in-use", test_too_new_in_use);
  add ("/store/database/garbage", test_garbage);
  add ("/store/database/truncated", test_truncated);
  add ("/store/database/damaged-page", test_damaged_page);
  add ("/store/database/interrupted-recovery", test_interrupted_recovery);
  add ("/store/database/foreign", test_foreign);
  add ("/store/database/held-by-other", test_held_by_other);
  add ("/store/database/killed", test_killed);

  return g_test_run ();
}
