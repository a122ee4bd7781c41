/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The database tells of what others commit to it, whenever that comes. */

#include "store-support.h"

/* Called by `elsewhere`, which is a connection of another program as far as SQLite knows. */
typedef struct
{
  char *directory;
  GhDatabase *here;
  sqlite3 *elsewhere;
  guint n_changes;

  /* a second change that comes between the reading of a look and its answer */
  gint second_made; /* atomic */
  GAsyncQueue *may_end;
} Fixture;

static void
on_changed_elsewhere (GhDatabase *database, Fixture *fixture)
{
  fixture->n_changes++;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  fixture->directory = test_make_directory ();
  path = g_build_filename (fixture->directory, "gatehouse.db", NULL);
  fixture->here = test_open_well (path);
  g_signal_connect (
    fixture->here, "changed-elsewhere", G_CALLBACK (on_changed_elsewhere), fixture);
  g_assert_cmpint (sqlite3_open (path, &fixture->elsewhere), ==, SQLITE_OK);
  fixture->may_end = g_async_queue_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_close (fixture->here);
  sqlite3_close (fixture->elsewhere);
  g_async_queue_unref (fixture->may_end);
  test_remove_directory (fixture->directory);
  g_free (fixture->directory);
}

static void
change_elsewhere (Fixture *fixture)
{
  g_assert_cmpint (sqlite3_exec (fixture->elsewhere,
                                 "INSERT INTO accounts (name, url) VALUES (random (), 'a')",
                                 NULL,
                                 NULL,
                                 NULL),
                   ==,
                   SQLITE_OK);
}

static void
await_changes (Fixture *fixture, guint n_changes)
{
  while (fixture->n_changes < n_changes)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_told (Fixture *fixture, gconstpointer data)
{
  change_elsewhere (fixture);
  await_changes (fixture, 1);
}

static void
test_own_not_told (Fixture *fixture, gconstpointer data)
{
  g_assert_true (
    test_execute (fixture->here, "INSERT INTO accounts (name, url) VALUES ('a', 'b')", NULL));
  change_elsewhere (fixture);
  await_changes (fixture, 1);
  g_assert_true (test_execute (fixture->here, "DELETE FROM accounts", NULL));
  await_idle ();
  g_assert_cmpuint (fixture->n_changes, ==, 1);
}

/* On the thread of the database, which stands still in the middle of a look. */
static int
on_statement_ended (unsigned int what, void *data, void *statement, void *nanoseconds)
{
  Fixture *fixture = data;

  if (!g_str_equal (sqlite3_sql (statement), "PRAGMA data_version"))
    return 0;

  sqlite3_trace_v2 (sqlite3_db_handle (statement), 0, NULL, NULL);
  change_elsewhere (fixture);
  g_atomic_int_set (&fixture->second_made, TRUE);
  g_main_context_wakeup (NULL);
  g_async_queue_pop (fixture->may_end);
  return 0;
}

static gpointer
watch_statements (sqlite3 *sqlite, gpointer data, GError **error)
{
  sqlite3_trace_v2 (sqlite, SQLITE_TRACE_PROFILE, on_statement_ended, data);
  return NULL;
}

static void
on_log_changed (
  GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gboolean *settled)
{
  *settled |= event == G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT;
}

/* A monitor like the database's own, so that what this one said that one said. */
static GFileMonitor *
watch_log (Fixture *fixture, gboolean *settled)
{
  g_autofree char *log = g_build_filename (fixture->directory, "gatehouse.db-wal", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (log);
  GFileMonitor *monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);

  g_signal_connect (monitor, "changed", G_CALLBACK (on_log_changed), settled);
  return monitor;
}

static void
test_told_while_looking (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean settled = FALSE;
  g_autoptr (GFileMonitor) monitor = watch_log (fixture, &settled);

  gh_database_run_async (
    fixture->here, FALSE, watch_statements, fixture, NULL, NULL, NULL, await_ready, &result);
  await (&result);
  change_elsewhere (fixture);
  while (!g_atomic_int_get (&fixture->second_made) || !settled)
    g_main_context_iteration (NULL, TRUE);
  await_idle ();
  g_assert_cmpuint (fixture->n_changes, ==, 0);

  g_async_queue_push (fixture->may_end, fixture);
  await_changes (fixture, 2);
}

#define add(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/store/elsewhere/told", test_told);
  add ("/store/elsewhere/own-not-told", test_own_not_told);
  add ("/store/elsewhere/told-while-looking", test_told_while_looking);

  return g_test_run ();
}
