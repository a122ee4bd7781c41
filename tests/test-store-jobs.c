/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Jobs are written down with all their targets, follow them, and go as a whole. */

#include "gh-job-store.h"
#include "gh-value-type.h"
#include "store-support.h"

typedef struct
{
  char *directory;
  GhDatabase *database;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  fixture->directory = test_make_directory ();
  path = g_build_filename (fixture->directory, "gatehouse.db", NULL);
  fixture->database = test_open_well (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_close (fixture->database);
  test_remove_directory (fixture->directory);
  g_free (fixture->directory);
}

static void
reopen (Fixture *fixture)
{
  g_autofree char *path = g_strdup (gh_database_get_path (fixture->database));

  test_close (fixture->database);
  fixture->database = test_open_well (path);
}

/* Every field, so that every type of value goes there and back. */
static GHashTable *
make_changes (void)
{
  GHashTable *changes = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_variant_unref);

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      g_hash_table_insert (
        changes, (gpointer) setting, g_variant_ref_sink (gh_setting_get_default (setting)));
    }
  return changes;
}

static GhJobRecord *
make_record (GHashTable *changes, guint n_targets)
{
  GhJobRecord *record = gh_job_record_new ("strict", "all alike", changes);

  for (guint i = 0; i < n_targets; i++)
    {
      g_autofree char *id = g_strdup_printf ("w%u", n_targets - i);
      g_autoptr (GhWorkspaceKey) key = gh_workspace_key_new ("work", id);

      gh_job_record_add (record, key);
    }
  return record;
}

static gint64
begin (Fixture *fixture, const GhJobRecord *record)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  gh_job_store_begin_async (fixture->database, record, NULL, await_ready, &result);
  id = gh_job_store_begin_finish (fixture->database, await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static void
update (Fixture *fixture, gint64 id, const GhJobTarget *target)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_job_store_update_async (fixture->database, id, target, NULL, await_ready, &result);
  g_assert_true (gh_job_store_update_finish (fixture->database, await (&result), NULL));
}

static GPtrArray *
list (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *records;

  gh_job_store_list_async (fixture->database, NULL, await_ready, &result);
  records = gh_job_store_list_finish (fixture->database, await (&result), &error);
  g_assert_no_error (error);
  return records;
}

static void
assert_same_changes (GHashTable *changes, GHashTable *expected)
{
  GHashTableIter iter;
  gpointer setting;
  gpointer value;

  g_assert_cmpuint (g_hash_table_size (changes), ==, g_hash_table_size (expected));
  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &setting, &value))
    g_assert_true (gh_value_equal (g_hash_table_lookup (changes, setting), value));
}

static void
test_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhJobRecord) record = make_record (make_changes (), 20);
  gint64 id = begin (fixture, record);
  g_autoptr (GPtrArray) records = NULL;
  const GhJobRecord *kept;

  reopen (fixture);
  records = list (fixture);
  g_assert_cmpuint (records->len, ==, 1);
  kept = g_ptr_array_index (records, 0);
  g_assert_cmpint (kept->id, ==, id);
  g_assert_cmpint (kept->created_at, >, 0);
  g_assert_cmpstr (kept->title, ==, "strict");
  g_assert_cmpstr (kept->reason, ==, "all alike");
  assert_same_changes (kept->changes, record->changes);
  g_assert_cmpuint (kept->targets->len, ==, 20);
  for (guint i = 0; i < 20; i++)
    {
      const GhJobTarget *target = g_ptr_array_index (kept->targets, i);
      const GhJobTarget *expected = g_ptr_array_index (record->targets, i);

      g_assert_cmpstr (target->key->account, ==, "work");
      g_assert_cmpstr (target->key->id, ==, expected->key->id);
      g_assert_cmpint (target->state, ==, GH_JOB_TARGET_WAITING);
      g_assert_false (target->drafted);
    }
}

static void
test_followed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhJobRecord) record = make_record (NULL, 4);
  g_autoptr (GhJobRecord) other = make_record (NULL, 4);
  gint64 id = begin (fixture, record);
  g_autoptr (GPtrArray) records = NULL;

  begin (fixture, other);
  for (guint i = 0; i < 4; i++)
    {
      GhJobTarget *target = g_ptr_array_index (record->targets, i);

      target->state = i;
      target->drafted = i % 2 == 1;
      target->message = i == GH_JOB_TARGET_FAILED ? g_strdup ("no") : NULL;
      update (fixture, id, target);
    }

  records = list (fixture);
  g_assert_cmpuint (records->len, ==, 2);
  g_assert_null (((GhJobRecord *) g_ptr_array_index (records, 0))->changes);
  for (guint i = 0; i < 4; i++)
    {
      const GhJobRecord *first = g_ptr_array_index (records, 0);
      const GhJobRecord *second = g_ptr_array_index (records, 1);
      const GhJobTarget *target = g_ptr_array_index (first->targets, i);
      const GhJobTarget *untouched = g_ptr_array_index (second->targets, i);

      g_assert_cmpuint (target->state, ==, i);
      g_assert_cmpint (target->drafted, ==, i % 2 == 1);
      g_assert_cmpstr (target->message, ==, i == GH_JOB_TARGET_FAILED ? "no" : NULL);
      g_assert_cmpint (untouched->state, ==, GH_JOB_TARGET_WAITING);
    }
}

static void
test_removed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhJobRecord) record = make_record (NULL, 3);
  gint64 id = begin (fixture, record);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) records = NULL;

  gh_job_store_remove_async (fixture->database, id, NULL, await_ready, &result);
  g_assert_true (gh_job_store_remove_finish (fixture->database, await (&result), NULL));
  records = list (fixture);
  g_assert_cmpuint (records->len, ==, 0);
  test_assert_reads (fixture->database, "SELECT count(*) FROM job_targets", "0");
}

/* What a newer version wrote is neither understood nor touched. */
static void
test_unknown (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;

  test_execute (fixture->database,
                "INSERT INTO jobs (created_at, title, changes)"
                " VALUES (1, 'later', '{\"a-field-of-the-future\":1}')",
                &error);
  g_assert_no_error (error);
  records = list (fixture);
  g_assert_cmpuint (records->len, ==, 0);
  test_assert_reads (fixture->database, "SELECT count(*) FROM jobs", "1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/store/jobs/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("kept", test_kept);
  ADD ("followed", test_followed);
  ADD ("removed", test_removed);
  ADD ("unknown", test_unknown);
  return g_test_run ();
}
