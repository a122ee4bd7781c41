/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Editing a policy: drafts, undo and redo, and who is told what. */

#include "gh-document.h"
#include "gh-policy-error.h"
#include "gh-value-type.h"

typedef struct
{
  GhDocument *document;
  GString *log; /* what was emitted, a word each */
} Fixture;

static const GhSetting *
timeout (void)
{
  return gh_settings_lookup ("global-session-timeout");
}

static const GhSetting *
captcha (void)
{
  return gh_settings_lookup ("captcha-enabled");
}

static const GhSetting *
banner (void)
{
  return gh_settings_lookup ("auth-page-banner.text");
}

static void
on_changed (GhDocument *document, const GhSetting *setting, Fixture *fixture)
{
  g_string_append_printf (fixture->log, "changed:%s ", setting->id);
}

static void
on_steps (GhDocument *document, GhDocumentEvent event, GPtrArray *steps, Fixture *fixture)
{
  static const char *const names[] = { "edited", "amended", "undone", "redone" };
  const char *separator = ":";

  g_string_append (fixture->log, names[event]);
  for (guint i = 0; i < steps->len; i++, separator = "+")
    g_string_append_printf (
      fixture->log, "%s%u", separator, ((const GhStep *) steps->pdata[i])->changes->len);
  g_string_append_c (fixture->log, ' ');
}

static void
on_notify (GhDocument *document, GParamSpec *pspec, Fixture *fixture)
{
  g_string_append_printf (fixture->log, "%s ", pspec->name);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhPolicy) base = gh_policy_new ();

  fixture->log = g_string_new (NULL);
  fixture->document = gh_document_new (base);
  g_signal_connect (fixture->document, "changed", G_CALLBACK (on_changed), fixture);
  g_signal_connect (fixture->document, "steps", G_CALLBACK (on_steps), fixture);
  g_signal_connect (fixture->document, "notify", G_CALLBACK (on_notify), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->document);
  g_string_free (fixture->log, TRUE);
}

static void
set (Fixture *fixture, const GhSetting *setting, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = gh_value_from_text (setting, text, &error);

  g_assert_no_error (error);
  gh_document_set_value (fixture->document, setting, value, &error);
  g_assert_no_error (error);
}

static void
assert_value (Fixture *fixture, const GhSetting *setting, const char *text)
{
  g_autofree char *actual
    = gh_value_to_text (setting, gh_document_get_value (fixture->document, setting));

  g_assert_cmpstr (actual, ==, text);
}

static void
assert_log (Fixture *fixture, const char *log)
{
  g_assert_cmpstr (fixture->log->str, ==, log);
  g_string_truncate (fixture->log, 0);
}

static void
assert_undo_label (Fixture *fixture, const char *label)
{
  g_autofree char *actual = gh_document_dup_undo_label (fixture->document);

  g_assert_cmpstr (actual, ==, label);
}

static void
test_edit (Fixture *fixture, gconstpointer data)
{
  GhDocument *document = fixture->document;
  g_autoptr (GhPolicy) policy = NULL;
  guint n_drafted;
  gboolean can_undo;

  set (fixture, timeout (), "15");
  assert_log (fixture, "n-drafted can-undo edited:1 changed:global-session-timeout ");
  assert_value (fixture, timeout (), "15");
  g_assert_true (gh_document_is_drafted (document, timeout ()));
  g_assert_cmpuint (gh_document_get_n_drafted (document), ==, 1);
  g_assert_cmpint (g_variant_get_int64 (gh_document_get_base_value (document, timeout ())), ==, 60);

  policy = gh_document_dup_policy (document);
  g_assert_cmpint (gh_policy_get_integer (policy, "global-session-timeout"), ==, 15);
  g_assert_cmpint (
    gh_policy_get_integer (gh_document_get_base (document), "global-session-timeout"), ==, 60);

  g_object_get (document, "n-drafted", &n_drafted, "can-undo", &can_undo, NULL);
  g_assert_cmpuint (n_drafted, ==, 1);
  g_assert_true (can_undo);
}

static void
test_same_value_is_no_edit (Fixture *fixture, gconstpointer data)
{
  set (fixture, timeout (), "60");
  assert_log (fixture, "");
  set (fixture, timeout (), "15");
  g_string_truncate (fixture->log, 0);
  set (fixture, timeout (), "15");
  assert_log (fixture, "");
}

static void
test_draft_equal_to_base_is_dropped (Fixture *fixture, gconstpointer data)
{
  set (fixture, captcha (), "false");
  set (fixture, captcha (), "true");
  g_assert_false (gh_document_is_drafted (fixture->document, captcha ()));
  g_assert_null (gh_document_get_draft (fixture->document, captcha ()));
  g_assert_cmpuint (gh_document_get_n_drafted (fixture->document), ==, 0);
}

static void
test_refused_value (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (
    gh_document_set_value (fixture->document, timeout (), g_variant_new_int64 (-1), &error));
  g_assert_error (error, GH_POLICY_ERROR, GH_POLICY_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_false (
    gh_document_set_value (fixture->document, timeout (), g_variant_new_string ("15"), &error));
  g_assert_error (error, GH_POLICY_ERROR, GH_POLICY_ERROR_TYPE);
  assert_log (fixture, "");
}

static void
test_undo_and_redo (Fixture *fixture, gconstpointer data)
{
  GhDocument *document = fixture->document;

  g_assert_false (gh_document_undo (document));
  g_assert_false (gh_document_redo (document));
  set (fixture, timeout (), "15");
  set (fixture, captcha (), "false");
  g_string_truncate (fixture->log, 0);

  g_assert_true (gh_document_undo (document));
  assert_log (fixture, "n-drafted can-redo undone:1 changed:captcha-enabled ");
  assert_value (fixture, captcha (), "true");
  assert_value (fixture, timeout (), "15");

  g_assert_true (gh_document_undo (document));
  assert_value (fixture, timeout (), "60");
  g_assert_false (gh_document_can_undo (document));
  g_assert_cmpuint (gh_document_get_n_drafted (document), ==, 0);

  g_string_truncate (fixture->log, 0);
  g_assert_true (gh_document_redo (document));
  assert_log (fixture, "n-drafted can-undo redone:1 changed:global-session-timeout ");
  g_assert_true (gh_document_redo (document));
  g_assert_false (gh_document_redo (document));
  assert_value (fixture, timeout (), "15");
  assert_value (fixture, captcha (), "false");
}

static void
test_edit_after_undo_drops_redo (Fixture *fixture, gconstpointer data)
{
  set (fixture, timeout (), "15");
  gh_document_undo (fixture->document);
  set (fixture, captcha (), "false");
  g_assert_false (gh_document_can_redo (fixture->document));
  gh_document_undo (fixture->document);
  assert_value (fixture, captcha (), "true");
  assert_value (fixture, timeout (), "60");
  g_assert_false (gh_document_can_undo (fixture->document));
}

static void
test_typing_is_one_step (Fixture *fixture, gconstpointer data)
{
  set (fixture, banner (), "H");
  set (fixture, banner (), "He");
  g_string_truncate (fixture->log, 0);
  set (fixture, banner (), "Hey");
  assert_log (fixture, "amended:1 changed:auth-page-banner.text ");

  gh_document_undo (fixture->document);
  assert_value (fixture, banner (), "");
  g_assert_false (gh_document_can_undo (fixture->document));
  gh_document_redo (fixture->document);
  assert_value (fixture, banner (), "Hey");

  set (fixture, banner (), "Hey!");
  gh_document_undo (fixture->document);
  assert_value (fixture, banner (), "Hey");
}

static void
test_what_is_not_grouped (Fixture *fixture, gconstpointer data)
{
  set (fixture, timeout (), "15");
  set (fixture, banner (), "H");
  set (fixture, timeout (), "16");
  gh_document_undo (fixture->document);
  assert_value (fixture, timeout (), "15");
  gh_document_undo (fixture->document);
  gh_document_undo (fixture->document);

  set (fixture, gh_settings_lookup ("password-policy"), "basic");
  set (fixture, gh_settings_lookup ("password-policy"), "strict");
  gh_document_undo (fixture->document);
  assert_value (fixture, gh_settings_lookup ("password-policy"), "basic");
}

/* Coming back to where the step began is a step of its own, so that no step is empty. */
static void
test_typing_back (Fixture *fixture, gconstpointer data)
{
  set (fixture, banner (), "H");
  set (fixture, banner (), "");
  gh_document_undo (fixture->document);
  assert_value (fixture, banner (), "H");
  gh_document_undo (fixture->document);
  assert_value (fixture, banner (), "");
}

static void
make_old (GhDocument *document, GhDocumentEvent event, GPtrArray *steps)
{
  ((GhStep *) steps->pdata[0])->time -= (GH_DOCUMENT_GROUPING_SECONDS + 1) * G_USEC_PER_SEC;
}

static void
test_grouping_ends_with_time (Fixture *fixture, gconstpointer data)
{
  g_signal_connect (fixture->document, "steps", G_CALLBACK (make_old), NULL);
  set (fixture, banner (), "H");
  set (fixture, banner (), "He");
  gh_document_undo (fixture->document);
  assert_value (fixture, banner (), "H");
}

static void
test_grouping_ends_with_undo (Fixture *fixture, gconstpointer data)
{
  set (fixture, banner (), "H");
  set (fixture, captcha (), "false");
  gh_document_undo (fixture->document);
  set (fixture, banner (), "He");
  g_assert_false (gh_document_can_redo (fixture->document));
  gh_document_undo (fixture->document);
  assert_value (fixture, banner (), "H");
}

static void
test_step_of_several (Fixture *fixture, gconstpointer data)
{
  GhDocument *document = fixture->document;

  gh_document_begin_step (document);
  set (fixture, timeout (), "15");
  gh_document_begin_step (document);
  set (fixture, captcha (), "false");
  gh_document_end_step (document);
  set (fixture, timeout (), "20");
  set (fixture, gh_settings_lookup ("remember-me"), "true");
  set (fixture, gh_settings_lookup ("remember-me"), "false");
  g_assert_false (gh_document_can_undo (document));
  g_string_truncate (fixture->log, 0);
  gh_document_end_step (document);

  assert_log (fixture, "can-undo edited:2 ");
  assert_undo_label (fixture, "Undo: 2 changes");
  gh_document_undo (document);
  assert_value (fixture, timeout (), "60");
  assert_value (fixture, captcha (), "true");
  gh_document_redo (document);
  assert_value (fixture, timeout (), "20");
  assert_value (fixture, captcha (), "false");
}

static void
test_empty_step_is_none (Fixture *fixture, gconstpointer data)
{
  gh_document_begin_step (fixture->document);
  set (fixture, captcha (), "false");
  set (fixture, captcha (), "true");
  g_string_truncate (fixture->log, 0);
  gh_document_end_step (fixture->document);
  assert_log (fixture, "");
  g_assert_false (gh_document_can_undo (fixture->document));
}

static void
test_revert (Fixture *fixture, gconstpointer data)
{
  set (fixture, timeout (), "15");
  set (fixture, captcha (), "false");
  g_string_truncate (fixture->log, 0);
  gh_document_revert (fixture->document, timeout ());
  assert_log (fixture, "n-drafted edited:1 changed:global-session-timeout ");
  assert_value (fixture, timeout (), "60");
  gh_document_revert (fixture->document, timeout ());
  assert_log (fixture, "");

  gh_document_undo (fixture->document);
  gh_document_revert_all (fixture->document);
  g_assert_cmpuint (gh_document_get_n_drafted (fixture->document), ==, 0);
  gh_document_undo (fixture->document);
  g_assert_cmpuint (gh_document_get_n_drafted (fixture->document), ==, 2);
}

static void
test_set_base (Fixture *fixture, gconstpointer data)
{
  GhDocument *document = fixture->document;
  g_autoptr (GhPolicy) base = gh_policy_new ();

  set (fixture, timeout (), "15");
  set (fixture, captcha (), "false");
  gh_policy_set (base, timeout (), g_variant_new_int64 (15));
  gh_policy_set (base, gh_settings_lookup ("remember-me"), g_variant_new_boolean (TRUE));
  g_string_truncate (fixture->log, 0);
  gh_document_set_base (document, base);

  assert_log (fixture, "n-drafted changed:remember-me changed:global-session-timeout ");
  g_assert_false (gh_document_is_drafted (document, timeout ()));
  g_assert_true (gh_document_is_drafted (document, captcha ()));
  assert_value (fixture, timeout (), "15");
  assert_value (fixture, gh_settings_lookup ("remember-me"), "true");

  gh_document_undo (document);
  assert_value (fixture, captcha (), "true");
  g_assert_false (gh_document_undo (document));
  assert_value (fixture, timeout (), "15");
}

/* What has been applied is not undone in the draft, and is not offered. */
static void
test_applied_steps_are_passed_over (Fixture *fixture, gconstpointer data)
{
  GhDocument *document = fixture->document;
  g_autoptr (GhPolicy) base = NULL;

  set (fixture, captcha (), "false");
  set (fixture, timeout (), "15");
  set (fixture, banner (), "Hello");
  gh_document_undo (document);
  base = gh_document_dup_policy (document);
  g_string_truncate (fixture->log, 0);
  gh_document_set_base (document, base);
  assert_log (fixture,
              "n-drafted can-undo changed:global-session-timeout "
              "changed:captcha-enabled ");
  assert_undo_label (fixture, NULL);
  g_assert_false (gh_document_undo (document));

  g_assert_true (gh_document_redo (document));
  assert_value (fixture, banner (), "Hello");
  assert_undo_label (fixture, "Undo: Banner text edited");
}

/* A step further down that still matters is reached through those that do not. */
static void
test_undo_reaches_through (Fixture *fixture, gconstpointer data)
{
  GhDocument *document = fixture->document;
  g_autoptr (GhPolicy) base = gh_policy_new ();

  set (fixture, captcha (), "false");
  set (fixture, timeout (), "15");
  gh_policy_set (base, timeout (), g_variant_new_int64 (15));
  gh_document_set_base (document, base);
  assert_undo_label (fixture, "Undo: Captcha On to Off");
  g_string_truncate (fixture->log, 0);
  g_assert_true (gh_document_undo (document));
  assert_log (fixture, "n-drafted can-undo can-redo undone:1+1 changed:captcha-enabled ");
  assert_value (fixture, captcha (), "true");
  g_assert_true (gh_document_redo (document));
  assert_value (fixture, captcha (), "false");
}

static void
test_labels (Fixture *fixture, gconstpointer data)
{
  g_autofree char *redo = NULL;

  assert_undo_label (fixture, NULL);
  set (fixture, timeout (), "15");
  assert_undo_label (fixture, "Undo: Global session timeout 60 minutes to 15 minutes");
  set (fixture, banner (), "Hello");
  assert_undo_label (fixture, "Undo: Banner text edited");
  set (fixture, timeout (), "0");
  assert_undo_label (fixture, "Undo: Global session timeout 15 minutes to Never ends");
  gh_document_undo (fixture->document);
  redo = gh_document_dup_redo_label (fixture->document);
  g_assert_cmpstr (redo, ==, "Redo: Global session timeout 15 minutes to Never ends");
}

static void
test_step_label (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhStep) step = gh_step_new (0);
  g_autoptr (GhStep) copy = NULL;
  g_autofree char *label = NULL;

  gh_step_add (step, timeout (), NULL, g_variant_new_int64 (15));
  copy = gh_step_copy (step);
  label = gh_step_dup_label (copy, fixture->document);
  g_assert_cmpstr (label, ==, "Global session timeout: 60 minutes to 15 minutes");
}

static void
test_steps_are_bounded (Fixture *fixture, gconstpointer data)
{
  guint n_undone = 0;

  for (guint i = 0; i <= GH_DOCUMENT_MAXIMUM_STEPS; i++)
    set (fixture, captcha (), i % 2 == 0 ? "false" : "true");

  while (gh_document_undo (fixture->document))
    n_undone++;
  g_assert_cmpuint (n_undone, ==, GH_DOCUMENT_MAXIMUM_STEPS);
  assert_value (fixture, captcha (), "false");
}

static void
test_restore (Fixture *fixture, gconstpointer data)
{
  GhDocument *document = fixture->document;
  g_autoptr (GHashTable) drafts = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_step_free);
  g_autoptr (GVariant) fifteen = g_variant_ref_sink (g_variant_new_int64 (15));
  g_autoptr (GVariant) twenty = g_variant_ref_sink (g_variant_new_int64 (20));
  g_autoptr (GVariant) wrong = g_variant_ref_sink (g_variant_new_string ("on"));

  g_ptr_array_add (steps, gh_step_new (1));
  gh_step_add (g_ptr_array_index (steps, 0), timeout (), NULL, fifteen);
  g_ptr_array_add (steps, gh_step_new (2));
  gh_step_add (g_ptr_array_index (steps, 1), timeout (), fifteen, twenty);
  g_hash_table_insert (drafts, (gpointer) timeout (), fifteen);
  g_hash_table_insert (drafts, (gpointer) captcha (), wrong);
  gh_document_restore (document, drafts, steps, 1);

  assert_log (fixture, "n-drafted can-undo can-redo changed:global-session-timeout ");
  assert_value (fixture, timeout (), "15");
  g_assert_cmpuint (gh_document_get_n_drafted (document), ==, 1);
  gh_document_redo (document);
  assert_value (fixture, timeout (), "20");
  gh_document_undo (document);
  gh_document_undo (document);
  assert_value (fixture, timeout (), "60");
}

static void
test_detail (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  Fixture only_captcha = { .log = log };

  g_signal_connect (
    fixture->document, "changed::captcha-enabled", G_CALLBACK (on_changed), &only_captcha);
  set (fixture, timeout (), "15");
  set (fixture, captcha (), "false");
  g_assert_cmpstr (log->str, ==, "changed:captcha-enabled ");
}

/* Random edits, undos and redos end where a list of whole policies says they must. */
static void
test_random_walk (Fixture *fixture, gconstpointer data)
{
  GhDocument *document = fixture->document;
  g_autoptr (GPtrArray) history = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_policy_unref);
  guint place = 0;

  g_ptr_array_add (history, gh_document_dup_policy (document));
  for (guint i = 0; i < 2000; i++)
    {
      guint choice = (guint) g_test_rand_int_range (0, 4);
      g_autoptr (GhPolicy) now = NULL;

      if (choice == 0 && gh_document_undo (document))
        place--;
      else if (choice == 1 && gh_document_redo (document))
        place++;
      else if (choice > 1)
        {
          const GhSetting *setting
            = gh_settings_get_nth ((guint) g_test_rand_int_range (0, GH_N_SETTINGS));

          if (setting->type != &gh_value_type_boolean)
            continue;
          set (fixture,
               setting,
               g_variant_get_boolean (gh_document_get_value (document, setting)) ? "off" : "on");
          g_ptr_array_set_size (history, (int) ++place);
          g_ptr_array_add (history, gh_document_dup_policy (document));
        }

      now = gh_document_dup_policy (document);
      g_assert_true (gh_policy_equal (now, g_ptr_array_index (history, place)));
    }
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/policy/document/edit", test_edit);
  ADD ("/policy/document/same-value-is-no-edit", test_same_value_is_no_edit);
  ADD ("/policy/document/draft-equal-to-base-is-dropped", test_draft_equal_to_base_is_dropped);
  ADD ("/policy/document/refused-value", test_refused_value);
  ADD ("/policy/document/undo-and-redo", test_undo_and_redo);
  ADD ("/policy/document/edit-after-undo-drops-redo", test_edit_after_undo_drops_redo);
  ADD ("/policy/document/typing-is-one-step", test_typing_is_one_step);
  ADD ("/policy/document/what-is-not-grouped", test_what_is_not_grouped);
  ADD ("/policy/document/typing-back", test_typing_back);
  ADD ("/policy/document/grouping-ends-with-time", test_grouping_ends_with_time);
  ADD ("/policy/document/grouping-ends-with-undo", test_grouping_ends_with_undo);
  ADD ("/policy/document/step-of-several", test_step_of_several);
  ADD ("/policy/document/empty-step-is-none", test_empty_step_is_none);
  ADD ("/policy/document/revert", test_revert);
  ADD ("/policy/document/set-base", test_set_base);
  ADD ("/policy/document/applied-steps-are-passed-over", test_applied_steps_are_passed_over);
  ADD ("/policy/document/undo-reaches-through", test_undo_reaches_through);
  ADD ("/policy/document/labels", test_labels);
  ADD ("/policy/document/step-label", test_step_label);
  ADD ("/policy/document/steps-are-bounded", test_steps_are_bounded);
  ADD ("/policy/document/restore", test_restore);
  ADD ("/policy/document/detail", test_detail);
  ADD ("/policy/document/random-walk", test_random_walk);

  return g_test_run ();
}
