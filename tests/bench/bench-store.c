/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Committing one edit durably, beside one plain SQLite transaction with its fsync on the same
 * disk in the same run: the median of each, and their ratio, which is to stay under 2. */

#include <stdlib.h>

#include "../store-workspace-support.h"

#define N_WARM 50
#define N_MEASURED 1000
#define RATIO_MAXIMUM 2.0

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a;
  gint64 second = *(const gint64 *) b;

  return first < second ? -1 : first > second;
}

static double
get_median (gint64 *times)
{
  qsort (times, N_MEASURED, sizeof *times, compare);
  return (double) times[N_MEASURED / 2];
}

/* The other side: no program around it, one row, one commit. */
static sqlite3 *
open_plain (const char *directory)
{
  g_autofree char *path = g_build_filename (directory, "plain.db", NULL);
  sqlite3 *sqlite;

  sqlite3_open (path, &sqlite);
  sqlite3_exec (sqlite,
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                "CREATE TABLE plain (number INTEGER PRIMARY KEY, value TEXT)",
                NULL,
                NULL,
                NULL);
  return sqlite;
}

static gint64
time_plain (sqlite3 *sqlite, sqlite3_stmt *insert)
{
  gint64 start = g_get_monotonic_time ();

  sqlite3_exec (sqlite, "BEGIN IMMEDIATE", NULL, NULL, NULL);
  sqlite3_bind_text (insert, 1, "15", -1, SQLITE_STATIC);
  g_assert_cmpint (sqlite3_step (insert), ==, SQLITE_DONE);
  sqlite3_reset (insert);
  sqlite3_exec (sqlite, "COMMIT", NULL, NULL, NULL);

  return g_get_monotonic_time () - start;
}

static gint64
time_edit (GhDatabase *database, const GhWorkspaceKey *key, gint64 value)
{
  g_autoptr (GhStep) step = gh_step_new (value);
  gint64 start;

  gh_step_add (
    step, gh_settings_lookup ("global-session-timeout"), NULL, g_variant_new_int64 (value % 60));
  start = g_get_monotonic_time ();
  g_assert_cmpint (test_record (database, key, GH_DOCUMENT_EDITED, step, NULL), >, 0);

  return g_get_monotonic_time () - start;
}

/* In turns, so that whatever else the machine does meets both. */
static void
measure (const char *directory, gint64 *plain, gint64 *edits)
{
  g_autofree char *path = g_build_filename (directory, "gatehouse.db", NULL);
  g_autoptr (GhWorkspaceKey) key = gh_workspace_key_new ("work", "alpha");
  GhDatabase *database = test_open_well (path);
  sqlite3 *sqlite = open_plain (directory);
  sqlite3_stmt *insert;

  test_add_account (database, "work");
  test_add_workspace (database, "work", "alpha");
  sqlite3_prepare_v2 (sqlite, "INSERT INTO plain (value) VALUES (?)", -1, &insert, NULL);
  for (int i = -N_WARM; i < N_MEASURED; i++)
    {
      gint64 plain_time = time_plain (sqlite, insert);
      gint64 edit_time = time_edit (database, key, 100 + i);

      if (i >= 0)
        {
          plain[i] = plain_time;
          edits[i] = edit_time;
        }
    }

  sqlite3_finalize (insert);
  sqlite3_close (sqlite);
  test_close (database);
}

int
main (void)
{
  g_autofree char *directory = g_strdup ("gatehouse-bench-XXXXXX");
  gint64 *plain = g_new (gint64, N_MEASURED);
  gint64 *edits = g_new (gint64, N_MEASURED);
  double plain_median;
  double edit_median;

  /* Here, not in /tmp, which may be memory. */
  g_assert_nonnull (g_mkdtemp (directory));
  measure (directory, plain, edits);
  test_remove_directory (directory);

  plain_median = get_median (plain);
  edit_median = get_median (edits);
  g_print ("one plain transaction, fsynced: median %.3f ms\n", plain_median / 1000);
  g_print ("one edit, durable:              median %.3f ms\n", edit_median / 1000);
  g_print ("ratio: %.2f (to stay under %.0f)\n", edit_median / plain_median, RATIO_MAXIMUM);
  g_free (plain);
  g_free (edits);

  return edit_median / plain_median < RATIO_MAXIMUM ? 0 : 1;
}
