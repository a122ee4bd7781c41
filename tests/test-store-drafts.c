/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each edit is written down at once, two writers never lose one another's, and undo goes on
 * where it was left. */

#include "gh-value-type.h"
#include "store-workspace-support.h"

#define FIRST "global-session-timeout"
#define SECOND "max-failed-login-attempts"
#define THIRD "failed-login-window"

typedef TestStore Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_store_set_up (fixture, data);
  test_add_workspace (fixture->database, "work", "alpha");
}

static void
reopen (Fixture *fixture)
{
  test_close (fixture->database);
  fixture->database = test_open_well (fixture->path);
}

static GVariant *
make_value (const GhSetting *setting)
{
  const char *text = setting->recommended_value;
  GVariant *value = text == NULL ? NULL : gh_value_from_text (setting, text, NULL);

  return value == NULL ? g_variant_ref (gh_setting_get_default (setting)) : value;
}

static void
test_every_field (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhStep) step = gh_step_new (7);
  g_autoptr (GhDraft) draft = NULL;
  const GhStep *read;

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      g_autoptr (GVariant) value = make_value (setting);

      gh_step_add (step, setting, NULL, value);
    }
  g_assert_cmpint (
    test_record (fixture->database, fixture->key, GH_DOCUMENT_EDITED, step, NULL), ==, 1);

  reopen (fixture);
  draft = test_load_draft (fixture->database, fixture->key);
  g_assert_cmpuint (g_hash_table_size (draft->drafts), ==, GH_N_SETTINGS);
  g_assert_cmpuint (draft->steps->len, ==, 1);
  g_assert_cmpuint (draft->position, ==, 1);
  g_assert_cmpint (draft->generation, ==, 1);
  read = draft->steps->pdata[0];
  g_assert_cmpint (read->time, ==, 7);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      g_autoptr (GVariant) value = make_value (setting);
      const GhStepChange *change = read->changes->pdata[i];

      g_assert_true (gh_value_equal (g_hash_table_lookup (draft->drafts, setting), value));
      g_assert_true (change->setting == setting);
      g_assert_null (change->before);
      g_assert_true (gh_value_equal (change->after, value));
    }
}

static void
test_undo_after_restart (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestEditor) editor = test_editor_new (fixture->database, "work", "alpha");
  gint64 original = test_editor_get (editor, FIRST);

  test_editor_set (editor, FIRST, 15);
  test_editor_set (editor, SECOND, 4);
  test_editor_set (editor, FIRST, 20);
  g_assert_true (gh_document_undo (editor->document));
  g_assert_no_error (editor->error);

  g_clear_pointer (&editor, test_editor_free);
  reopen (fixture);
  editor = test_editor_new (fixture->database, "work", "alpha");
  g_assert_cmpint (test_editor_get (editor, FIRST), ==, 15);
  g_assert_cmpint (test_editor_get (editor, SECOND), ==, 4);
  g_assert_true (gh_document_redo (editor->document));
  g_assert_cmpint (test_editor_get (editor, FIRST), ==, 20);
  for (guint i = 0; i < 3; i++)
    g_assert_true (gh_document_undo (editor->document));
  g_assert_no_error (editor->error);
  g_assert_false (gh_document_can_undo (editor->document));

  g_clear_pointer (&editor, test_editor_free);
  reopen (fixture);
  editor = test_editor_new (fixture->database, "work", "alpha");
  g_assert_cmpint (test_editor_get (editor, FIRST), ==, original);
  g_assert_cmpuint (gh_document_get_n_drafted (editor->document), ==, 0);
  g_assert_true (gh_document_can_redo (editor->document));
}

/* An edit after an undo takes what could be redone away. */
static void
test_edit_drops_redo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestEditor) editor = test_editor_new (fixture->database, "work", "alpha");

  test_editor_set (editor, FIRST, 15);
  test_editor_set (editor, SECOND, 4);
  gh_document_undo (editor->document);
  test_editor_set (editor, THIRD, 9);
  g_assert_no_error (editor->error);
  test_editor_reload (editor);
  g_assert_false (gh_document_can_redo (editor->document));
  g_assert_cmpuint (gh_document_get_n_drafted (editor->document), ==, 2);
  test_assert_reads (fixture->database, "SELECT group_concat (number) FROM steps", "1,2");
}

static void
test_amend (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestEditor) editor = test_editor_new (fixture->database, "work", "alpha");

  test_editor_set (editor, FIRST, 15);
  test_editor_set (editor, FIRST, 16);
  test_editor_set (editor, FIRST, 17);
  g_assert_cmpint (editor->generation, ==, 3);
  test_assert_reads (fixture->database, "SELECT group_concat (number) FROM steps", "1");
  test_editor_reload (editor);
  g_assert_cmpint (test_editor_get (editor, FIRST), ==, 17);
  g_assert_true (gh_document_undo (editor->document));
  g_assert_no_error (editor->error);
  test_assert_reads (fixture->database, "SELECT count(*) FROM drafts", "0");
}

static void
test_bounded (Fixture *fixture, gconstpointer data)
{
  const GhSetting *setting = gh_settings_lookup (FIRST);
  g_autofree char *maximum = g_strdup_printf ("%d", GH_DOCUMENT_MAXIMUM_STEPS);
  g_autoptr (GhDraft) draft = NULL;

  for (guint i = 0; i < GH_DOCUMENT_MAXIMUM_STEPS + 20; i++)
    {
      g_autoptr (GhStep) step = gh_step_new (i);

      gh_step_add (step, setting, NULL, g_variant_new_int64 (5 + i % 50));
      test_record (fixture->database, fixture->key, GH_DOCUMENT_EDITED, step, NULL);
    }
  test_assert_reads (fixture->database, "SELECT count(*) FROM steps", maximum);
  draft = test_load_draft (fixture->database, fixture->key);
  g_assert_cmpuint (draft->steps->len, ==, GH_DOCUMENT_MAXIMUM_STEPS);
  g_assert_cmpuint (draft->position, ==, GH_DOCUMENT_MAXIMUM_STEPS);
  g_assert_cmpint (((GhStep *) draft->steps->pdata[0])->time, ==, 20);
}

static void
test_two_writers (Fixture *fixture, gconstpointer data)
{
  GhDatabase *other_database = test_open_well (fixture->path);
  g_autoptr (TestEditor) here = test_editor_new (fixture->database, "work", "alpha");
  g_autoptr (TestEditor) there = test_editor_new (other_database, "work", "alpha");

  test_editor_set (here, FIRST, 15);
  g_assert_cmpint (here->generation, ==, 1);
  test_editor_set (there, SECOND, 4); /* knows nothing of the first */
  g_assert_cmpint (there->generation, ==, 2);
  test_editor_reload (there);
  g_assert_cmpint (test_editor_get (there, FIRST), ==, 15);
  g_assert_cmpint (test_editor_get (there, SECOND), ==, 4);

  /* What is undone here is no longer the last: nothing is written. */
  gh_document_undo (here->document);
  g_assert_error (here->error, GH_STORE_ERROR, GH_STORE_ERROR_STALE);
  test_assert_reads (fixture->database, "SELECT count(*) FROM drafts", "2");
  test_editor_reload (here);
  gh_document_undo (here->document);
  g_assert_no_error (here->error);
  g_assert_cmpint (test_editor_get (here, FIRST), ==, 15);
  test_assert_reads (fixture->database, "SELECT field FROM drafts", FIRST);

  g_clear_pointer (&there, test_editor_free);
  test_close (other_database);
}

/* Both edit the same field: the later holds, and undo brings the earlier back. */
static void
test_same_field (Fixture *fixture, gconstpointer data)
{
  GhDatabase *other_database = test_open_well (fixture->path);
  g_autoptr (TestEditor) here = test_editor_new (fixture->database, "work", "alpha");
  g_autoptr (TestEditor) there = test_editor_new (other_database, "work", "alpha");

  test_editor_set (here, FIRST, 15);
  test_editor_set (there, FIRST, 20);
  test_editor_reload (here);
  g_assert_cmpint (test_editor_get (here, FIRST), ==, 20);
  gh_document_undo (here->document);
  g_assert_no_error (here->error);
  test_editor_reload (there);
  g_assert_cmpint (test_editor_get (there, FIRST), ==, 15);

  g_clear_pointer (&there, test_editor_free);
  test_close (other_database);
}

/* Typing here and there at once: no amendment swallows the other's step. */
static void
test_amend_elsewhere (Fixture *fixture, gconstpointer data)
{
  GhDatabase *other_database = test_open_well (fixture->path);
  g_autoptr (TestEditor) here = test_editor_new (fixture->database, "work", "alpha");
  g_autoptr (TestEditor) there = test_editor_new (other_database, "work", "alpha");

  test_editor_set (here, FIRST, 15);
  test_editor_set (there, SECOND, 4);
  test_editor_set (here, FIRST, 16);
  test_editor_reload (here);
  test_assert_reads (fixture->database, "SELECT count(*) FROM steps", "3");
  gh_document_undo (here->document);
  g_assert_cmpint (test_editor_get (here, FIRST), ==, 15);
  g_assert_cmpint (test_editor_get (here, SECOND), ==, 4);

  g_clear_pointer (&there, test_editor_free);
  test_close (other_database);
}

/* Steps that make no difference any more are gone over in one write. */
static void
test_undo_reaches_through (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestEditor) editor = test_editor_new (fixture->database, "work", "alpha");
  g_autoptr (GhPolicy) base = gh_policy_copy (gh_document_get_base (editor->document));
  gint64 generation;

  test_editor_set (editor, THIRD, 9);
  test_editor_set (editor, SECOND, 4);
  test_editor_set (editor, FIRST, 15);
  gh_policy_set (base, gh_settings_lookup (SECOND), g_variant_new_int64 (4));
  gh_policy_set (base, gh_settings_lookup (FIRST), g_variant_new_int64 (15));
  gh_document_set_base (editor->document, base);
  generation = editor->generation;

  g_assert_true (gh_document_undo (editor->document));
  g_assert_no_error (editor->error);
  g_assert_cmpint (editor->generation, ==, generation + 1);
  test_assert_reads (fixture->database, "SELECT position FROM workspaces WHERE id = 'alpha'", "0");
  test_assert_reads (fixture->database, "SELECT count(*) FROM drafts", "0");

  g_assert_true (gh_document_redo (editor->document));
  g_assert_cmpint (test_editor_get (editor, THIRD), ==, 9);
}

/* When one of them is not the next any more, none is undone. */
static void
test_undo_through_stale (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestEditor) editor = test_editor_new (fixture->database, "work", "alpha");
  g_autoptr (GhPolicy) base = gh_policy_copy (gh_document_get_base (editor->document));

  test_editor_set (editor, THIRD, 9);
  test_editor_set (editor, FIRST, 15);
  gh_policy_set (base, gh_settings_lookup (FIRST), g_variant_new_int64 (15));
  gh_document_set_base (editor->document, base);
  test_execute (fixture->database, "DELETE FROM steps WHERE number = 1", NULL);

  gh_document_undo (editor->document);
  g_assert_error (editor->error, GH_STORE_ERROR, GH_STORE_ERROR_STALE);
  test_assert_reads (fixture->database, "SELECT position FROM workspaces WHERE id = 'alpha'", "2");
  test_assert_reads (fixture->database, "SELECT count(*) FROM drafts", "2");
}

static void
test_unknown_survive (Fixture *fixture, gconstpointer data)
{
  GhDatabase *database = fixture->database;
  g_autoptr (TestEditor) editor = test_editor_new (database, "work", "alpha");
  g_autoptr (GhDraft) draft = NULL;
  g_autoptr (GPtrArray) records = NULL;

  test_editor_set (editor, FIRST, 15);
  test_execute (database,
                "INSERT INTO drafts VALUES ('work', 'alpha', 'of-the-future', '[1]');"
                "INSERT INTO drafts VALUES ('work', 'alpha', '" SECOND "', '\"many\"');"
                "INSERT INTO steps VALUES ('work', 'alpha', 2, 1,"
                "  '[[\"of-the-future\", null, [1]]]');"
                "UPDATE workspaces SET position = 2",
                NULL);
  test_editor_reload (editor);
  g_assert_cmpuint (gh_document_get_n_drafted (editor->document), ==, 1);
  g_assert_false (gh_document_can_undo (editor->document)); /* not past what is not understood */
  test_editor_set (editor, THIRD, 9);
  gh_document_undo (editor->document);
  g_assert_no_error (editor->error);

  draft = test_load_draft (database, fixture->key);
  g_assert_cmpuint (draft->steps->len, ==, 1);
  g_assert_cmpuint (draft->position, ==, 0);
  test_assert_reads (database, "SELECT value FROM drafts WHERE field = 'of-the-future'", "[1]");
  test_assert_reads (database, "SELECT value FROM drafts WHERE field = '" SECOND "'", "\"many\"");
  test_assert_reads (database, "SELECT count(*) FROM steps", "3");
}

static gint64
rebase (Fixture *fixture,
        const GhCachedPolicy *cached,
        GHashTable *drafts,
        GHashTable *conflicts,
        gint64 generation,
        GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_draft_store_rebase_async (fixture->database,
                               fixture->key,
                               cached,
                               drafts,
                               conflicts,
                               generation,
                               NULL,
                               await_ready,
                               &result);
  return gh_draft_store_rebase_finish (fixture->database, await (&result), error);
}

static void
test_rebase (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestEditor) editor = test_editor_new (fixture->database, "work", "alpha");
  g_autoptr (GHashTable) drafts = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) conflicts = g_hash_table_new (NULL, NULL);
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_int64 (15));
  g_autoptr (GVariant) base = g_variant_ref_sink (g_variant_new_int64 (60));
  GhCachedPolicy cached = { gh_policy_new (), (char *) "\"2\"", 2 };
  const GhSetting *first = gh_settings_lookup (FIRST);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GhDraft) draft = NULL;
  g_autoptr (GError) error = NULL;

  test_editor_set (editor, FIRST, 15);
  test_editor_set (editor, SECOND, 4);
  test_execute (
    fixture->database, "INSERT INTO drafts VALUES ('work', 'alpha', 'of-the-future', '[1]')", NULL);
  g_hash_table_insert (drafts, (gpointer) first, value);
  g_hash_table_insert (conflicts, (gpointer) first, base);

  g_assert_cmpint (rebase (fixture, &cached, drafts, conflicts, 1, &error), ==, 0);
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_STALE);
  test_assert_reads (fixture->database, "SELECT count(*) FROM policies", "0");
  test_assert_reads (fixture->database, "SELECT count(*) FROM drafts", "3");

  g_assert_cmpint (rebase (fixture, &cached, drafts, conflicts, 2, NULL), ==, 3);
  draft = test_load_draft (fixture->database, fixture->key);
  g_assert_cmpuint (g_hash_table_size (draft->drafts), ==, 1);
  g_assert_true (gh_value_equal (g_hash_table_lookup (draft->conflicts, first), base));
  g_assert_cmpuint (draft->steps->len, ==, 2);
  test_assert_reads (fixture->database, "SELECT count(*) FROM drafts", "2");
  test_assert_reads (fixture->database, "SELECT etag || revision FROM policies", "\"2\"2");
  records = test_list_workspaces (fixture->database);
  g_assert_true (((GhWorkspaceRecord *) records->pdata[0])->conflict);
  gh_policy_unref (cached.policy);
}

static void
test_settle_conflict (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestEditor) editor = test_editor_new (fixture->database, "work", "alpha");
  g_autoptr (GAsyncResult) result = NULL;

  test_editor_set (editor, FIRST, 15);
  test_editor_set (editor, SECOND, 4);
  test_execute (fixture->database,
                "INSERT INTO conflicts VALUES ('work', 'alpha', '" FIRST "', '1');"
                "INSERT INTO conflicts VALUES ('work', 'alpha', '" SECOND "', '1')",
                NULL);
  gh_draft_store_settle_async (
    fixture->database, fixture->key, gh_settings_lookup (FIRST), NULL, await_ready, &result);
  g_assert_cmpint (gh_draft_store_settle_finish (fixture->database, await (&result), NULL), ==, 3);
  test_assert_reads (fixture->database, "SELECT field FROM conflicts", SECOND);

  /* What is no longer drafted is no longer in conflict. */
  gh_document_revert (editor->document, gh_settings_lookup (SECOND));
  test_assert_reads (fixture->database, "SELECT count(*) FROM conflicts", "0");
}

static void
test_unknown_workspace (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhWorkspaceKey) key = gh_workspace_key_new ("work", "nowhere");
  g_autoptr (GhStep) step = gh_step_new (1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gh_draft_store_load_async (fixture->database, key, NULL, await_ready, &result);
  g_assert_null (gh_draft_store_load_finish (fixture->database, await (&result), &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  gh_step_add (step, gh_settings_lookup (FIRST), NULL, g_variant_new_int64 (15));
  g_assert_cmpint (test_record (fixture->database, key, GH_DOCUMENT_EDITED, step, &error), ==, 0);
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_NOT_FOUND);
}

#define add(path, function) g_test_add (path, Fixture, NULL, set_up, function, test_store_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/store/drafts/every-field", test_every_field);
  add ("/store/drafts/undo-after-restart", test_undo_after_restart);
  add ("/store/drafts/edit-drops-redo", test_edit_drops_redo);
  add ("/store/drafts/amend", test_amend);
  add ("/store/drafts/bounded", test_bounded);
  add ("/store/drafts/two-writers", test_two_writers);
  add ("/store/drafts/same-field", test_same_field);
  add ("/store/drafts/amend-elsewhere", test_amend_elsewhere);
  add ("/store/drafts/undo-reaches-through", test_undo_reaches_through);
  add ("/store/drafts/undo-through-stale", test_undo_through_stale);
  add ("/store/drafts/unknown-survive", test_unknown_survive);
  add ("/store/drafts/rebase", test_rebase);
  add ("/store/drafts/settle", test_settle_conflict);
  add ("/store/drafts/unknown-workspace", test_unknown_workspace);

  return g_test_run ();
}
