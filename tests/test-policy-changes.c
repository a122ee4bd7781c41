/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of changes keeps up with its document. */

#include "gh-changes.h"
#include "gh-value-type.h"

typedef struct
{
  GhDocument *document;
  GhChanges *changes;
  GString *log;
} Fixture;

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  g_string_append_printf (fixture->log, "%u-%u+%u ", position, removed, added);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhPolicy) base = gh_policy_new ();

  fixture->log = g_string_new (NULL);
  fixture->document = gh_document_new (base);
  fixture->changes = gh_changes_new (fixture->document);
  g_signal_connect (fixture->changes, "items-changed", G_CALLBACK (on_items_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->changes);
  g_assert_finalize_object (fixture->document);
  g_string_free (fixture->log, TRUE);
}

static void
set (Fixture *fixture, const char *id, const char *text)
{
  const GhSetting *setting = gh_settings_lookup (id);
  g_autoptr (GVariant) value = gh_value_from_text (setting, text, NULL);

  g_assert_true (gh_document_set_value (fixture->document, setting, value, NULL));
}

static void
assert_item (Fixture *fixture,
             guint position,
             const char *field,
             const char *before,
             const char *after,
             gboolean weaker)
{
  g_autoptr (GhChange) change = g_list_model_get_item (G_LIST_MODEL (fixture->changes), position);
  g_autofree char *actual_field = NULL;
  g_autofree char *title = NULL;
  g_autofree char *actual_before = NULL;
  g_autofree char *actual_after = NULL;
  gboolean actual_weaker;

  g_assert_nonnull (change);
  g_object_get (change,
                "field",
                &actual_field,
                "title",
                &title,
                "before-text",
                &actual_before,
                "after-text",
                &actual_after,
                "weaker",
                &actual_weaker,
                NULL);
  g_assert_cmpstr (actual_field, ==, field);
  g_assert_cmpstr (title, ==, gh_setting_get_title (gh_settings_lookup (field)));
  g_assert_cmpstr (actual_before, ==, before);
  g_assert_cmpstr (actual_after, ==, after);
  g_assert_cmpint (actual_weaker, ==, weaker);
  g_assert_true (gh_change_get_setting (change) == gh_settings_lookup (field));
}

static void
test_keeps_up (Fixture *fixture, gconstpointer data)
{
  GListModel *model = G_LIST_MODEL (fixture->changes);

  set (fixture, "captcha-enabled", "false");
  set (fixture, "global-session-timeout", "15");
  g_assert_cmpstr (fixture->log->str, ==, "0-0+1 0-0+1 ");
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 2);
  g_assert_true (g_list_model_get_item_type (model) == GH_TYPE_CHANGE);
  assert_item (fixture, 0, "global-session-timeout", "60 minutes", "15 minutes", FALSE);
  assert_item (fixture, 1, "captcha-enabled", "On", "Off", TRUE);
  g_assert_null (g_list_model_get_item (model, 2));

  gh_document_undo (fixture->document);
  g_assert_cmpstr (fixture->log->str, ==, "0-0+1 0-0+1 0-1+0 ");
  assert_item (fixture, 0, "captcha-enabled", "On", "Off", TRUE);
}

static void
on_notify (GhChange *change, GParamSpec *pspec, guint *n_notified)
{
  (*n_notified)++;
}

static void
test_same_item_is_notified (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhChange) change = NULL;
  guint n_notified = 0;

  set (fixture, "global-session-timeout", "15");
  change = g_list_model_get_item (G_LIST_MODEL (fixture->changes), 0);
  g_signal_connect (change, "notify::after-text", G_CALLBACK (on_notify), &n_notified);
  set (fixture, "global-session-timeout", "90");

  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpstr (fixture->log->str, ==, "0-0+1 ");
  g_assert_cmpint (g_variant_get_int64 (gh_change_get_after (change)), ==, 90);
  g_assert_cmpint (g_variant_get_int64 (gh_change_get_before (change)), ==, 60);
  g_assert_true (gh_change_is_weaker (change));
  g_signal_handlers_disconnect_by_data (change, &n_notified);
}

static void
test_base_moves (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhPolicy) base = gh_policy_new ();

  set (fixture, "global-session-timeout", "15");
  set (fixture, "captcha-enabled", "false");
  gh_policy_set (base, gh_settings_lookup ("captcha-enabled"), g_variant_new_boolean (FALSE));
  gh_policy_set (base, gh_settings_lookup ("global-session-timeout"), g_variant_new_int64 (30));
  gh_document_set_base (fixture->document, base);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->changes)), ==, 1);
  assert_item (fixture, 0, "global-session-timeout", "30 minutes", "15 minutes", FALSE);
}

static void
test_starts_with_what_is_drafted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhChanges) changes = NULL;

  set (fixture, "captcha-enabled", "false");
  changes = gh_changes_new (fixture->document);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (changes)), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/policy/changes/keeps-up", Fixture, NULL, set_up, test_keeps_up, tear_down);
  g_test_add ("/policy/changes/same-item-is-notified",
              Fixture,
              NULL,
              set_up,
              test_same_item_is_notified,
              tear_down);
  g_test_add ("/policy/changes/base-moves", Fixture, NULL, set_up, test_base_moves, tear_down);
  g_test_add ("/policy/changes/starts-with-what-is-drafted",
              Fixture,
              NULL,
              set_up,
              test_starts_with_what_is_drafted,
              tear_down);

  return g_test_run ();
}
