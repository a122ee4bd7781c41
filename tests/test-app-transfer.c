/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Policies that come into the window from files. */

#include <string.h>

#include "await.h"
#include "gh-baseline-store.h"
#include "gh-import-dialog.h"
#include "gh-policy-file.h"
#include "gh-review-dialog.h"
#include "gh-strict-json.h"
#include "gh-window-policy.h"
#include "walk.h"
#include "window-fixture.h"

static GhApplication *application;
static GhWindow *window;
static GhWorkspace *first;
static GhWorkspace *second;

/* As the desktop does it when somebody opens the file. */
static void
open_file (const char *name, const char *contents, gssize length)
{
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  if (contents != NULL)
    {
      g_file_set_contents (path, contents, length, &error);
      g_assert_no_error (error);
    }
  g_application_open (G_APPLICATION (application), &file, 1, "");
  window_fixture_wait (gh_window_get_dialog (window) != NULL);
  walk_settle (GTK_WIDGET (gh_window_get_dialog (window)));
}

static void
open_policy (GhPolicy *policy)
{
  g_autofree char *text = gh_policy_file_to_text (policy);

  open_file ("strict.gatehouse-policy.json", text, -1);
}

/* The policy that the first workspace has, with one field changed. */
static GhPolicy *
dup_changed_policy (const char *field, gint64 value)
{
  GhPolicy *policy = gh_policy_copy (gh_document_get_base (gh_workspace_get_document (first)));
  g_autoptr (GVariant) number = g_variant_ref_sink (g_variant_new_int64 (value));

  gh_policy_set (policy, gh_settings_lookup (field), number);
  return policy;
}

static gint64
get_value (GhWorkspace *workspace, const char *field)
{
  return g_variant_get_int64 (
    gh_document_get_value (gh_workspace_get_document (workspace), gh_settings_lookup (field)));
}

static GhImportDialog *
get_import (void)
{
  g_assert_true (GH_IS_IMPORT_DIALOG (gh_window_get_dialog (window)));
  return GH_IMPORT_DIALOG (gh_window_get_dialog (window));
}

static void
test_open_workspace_is_chosen_and_drafted (void)
{
  g_autoptr (GhPolicy) policy = NULL;
  g_autofree char *text = NULL;

  window_fixture_open (window, first);
  gh_document_revert_all (gh_workspace_get_document (first));
  policy = dup_changed_policy ("login-lockout-period", 77);
  open_policy (policy);
  window_fixture_wait (gh_import_dialog_can_import (get_import ()));
  walk_assert_named (GTK_WIDGET (get_import ()));
  text = gh_import_dialog_dup_text (get_import ());
  g_assert_nonnull (strstr (text, "→ 77 minutes"));
  g_assert_cmpuint (gh_document_get_n_drafted (gh_workspace_get_document (first)), ==, 0);

  gtk_widget_activate_action (GTK_WIDGET (get_import ()), "import.draft", NULL);
  window_fixture_wait (gh_window_get_dialog (window) == NULL);
  g_assert_cmpint (get_value (first, "login-lockout-period"), ==, 77);
  g_assert_cmpuint (gh_document_get_n_drafted (gh_workspace_get_document (first)), ==, 1);
  walk_settle (GTK_WIDGET (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  g_assert_cmpuint (gh_document_get_n_drafted (gh_workspace_get_document (first)), ==, 0);
}

static void
test_another_workspace_is_chosen (void)
{
  GhWorkspaceView *view = gh_window_get_view (window);
  g_autoptr (GhPolicy) policy = NULL;

  window_fixture_open (window, first);
  policy = dup_changed_policy ("login-lockout-period", 78);
  open_policy (policy);
  gh_import_dialog_choose (get_import (), second);
  window_fixture_wait (gh_import_dialog_can_import (get_import ()));
  gtk_widget_activate_action (GTK_WIDGET (get_import ()), "import.draft", NULL);
  window_fixture_wait (gh_window_get_dialog (window) == NULL);

  g_assert_true (gh_workspace_view_get_workspace (view) == second);
  g_assert_cmpint (get_value (second, "login-lockout-period"), ==, 78);
  g_assert_cmpint (get_value (first, "login-lockout-period"), !=, 78);
  gh_document_revert_all (gh_workspace_get_document (second));
}

static void
test_nothing_to_change_is_said (void)
{
  g_autoptr (GhPolicy) policy = NULL;

  window_fixture_open (window, first);
  gh_document_revert_all (gh_workspace_get_document (first));
  policy = dup_changed_policy ("login-lockout-period", get_value (first, "login-lockout-period"));
  open_policy (policy);
  window_fixture_wait (walk_finds_text (GTK_WIDGET (get_import ()), "has these values already"));
  g_assert_false (gh_import_dialog_can_import (get_import ()));
  window_fixture_close_dialog (window);
}

/* What is drafted while the dialog stands open counts as there. */
static void
test_a_draft_made_meanwhile_is_seen (void)
{
  g_autoptr (GhPolicy) policy = NULL;
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_int64 (79));

  window_fixture_open (window, first);
  policy = dup_changed_policy ("login-lockout-period", 79);
  open_policy (policy);
  window_fixture_wait (gh_import_dialog_can_import (get_import ()));
  gh_document_set_value (
    gh_workspace_get_document (first), gh_settings_lookup ("login-lockout-period"), value, NULL);
  window_fixture_wait (!gh_import_dialog_can_import (get_import ()));
  window_fixture_close_dialog (window);
  gh_document_revert_all (gh_workspace_get_document (first));
}

static const struct
{
  const char *contents; /* NULL: there is no such file */
  const char *words;
} refused[] = {
  { NULL, "absent" },
  { "", "bad.json: " },
  { "{}", GH_POLICY_FILE_SCHEMA },
  { "{\"schema\": \"" GH_POLICY_FILE_SCHEMA "\", \"policy\": {\"no-such\": 1}}", "“no-such”" },
  { "{\"schema\": \"" GH_POLICY_FILE_SCHEMA "\", \"policy\": {\"remember-me\": 1}}",
    "remember-me" },
};

static void
test_bad_files_are_refused_in_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      open_file (refused[i].contents != NULL ? "bad.json" : "absent", refused[i].contents, -1);
      g_assert_true (ADW_IS_MESSAGE_DIALOG (gh_window_get_dialog (window)));
      g_assert_true (
        walk_finds_text (GTK_WIDGET (gh_window_get_dialog (window)), refused[i].words));
      window_fixture_close_dialog (window);
    }
}

static void
test_too_long_and_no_file_are_refused (void)
{
  g_autofree char *much = g_malloc (GH_STRICT_JSON_MAXIMUM_SIZE + 1);

  memset (much, ' ', GH_STRICT_JSON_MAXIMUM_SIZE + 1);
  open_file ("much.json", much, GH_STRICT_JSON_MAXIMUM_SIZE + 1);
  g_assert_true (walk_finds_text (GTK_WIDGET (gh_window_get_dialog (window)), "is longer than"));
  window_fixture_close_dialog (window);

  open_file (".", NULL, 0);
  g_assert_true (
    walk_finds_text (GTK_WIDGET (gh_window_get_dialog (window)), "is not a regular file"));
  window_fixture_close_dialog (window);
}

static gboolean
is_written (const char *path)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && g_str_has_suffix (text, "\n}");
}

/* What is exported comes back as what it was, draft and all. */
static void
test_export_comes_back (void)
{
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "out.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GhPolicy) shown = NULL;
  g_autoptr (GhPolicy) policy = NULL;
  gsize length = 0;
  g_autofree char *text = NULL;

  window_fixture_open (window, first);
  window_fixture_type (window, "login-lockout-period", "83");
  shown = gh_document_dup_policy (gh_workspace_get_document (first));
  gh_window_export (window, file);
  window_fixture_wait (is_written (path));
  g_file_get_contents (path, &text, &length, NULL);
  policy = gh_policy_file_parse (text, length, path, NULL);
  g_assert_nonnull (policy);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    g_assert_true (g_variant_equal (gh_policy_get (policy, gh_settings_get_nth (i)),
                                    gh_policy_get (shown, gh_settings_get_nth (i))));
  gh_document_revert_all (gh_workspace_get_document (first));
}

static GPtrArray *
list_baselines (void)
{
  GhDatabase *database = gh_fleet_get_database (gh_window_get_fleet (window));
  g_autoptr (GAsyncResult) result = NULL;

  gh_baseline_store_list_async (database, NULL, await_ready, &result);
  return gh_baseline_store_list_finish (database, await (&result), NULL);
}

static void
test_a_baseline_is_saved_under_a_name (void)
{
  g_autoptr (GPtrArray) baselines = NULL;
  AdwMessageDialog *dialog;
  GtkEditable *entry;

  window_fixture_open (window, first);
  gtk_widget_activate_action (GTK_WIDGET (window), "policy.save-baseline", NULL);
  dialog = ADW_MESSAGE_DIALOG (gh_window_get_dialog (window));
  walk_settle (GTK_WIDGET (dialog));
  walk_assert_named (GTK_WIDGET (dialog));
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "save"));
  entry = GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));
  gtk_editable_set_text (entry, "  ");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "save"));
  gtk_editable_set_text (entry, " House rules ");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "save"));
  adw_message_dialog_response (dialog, "save");
  gtk_window_close (GTK_WINDOW (dialog));

  baselines = list_baselines ();
  g_assert_cmpuint (baselines->len, ==, 1);
  g_assert_cmpstr (((GhBaseline *) g_ptr_array_index (baselines, 0))->name, ==, "House rules");
}

static void
test_import_fits_a_phone (void)
{
  g_autoptr (GhPolicy) policy = gh_policy_new ();

  window_fixture_open (window, first);
  open_policy (policy);
  window_fixture_wait (gh_import_dialog_can_import (get_import ()));
  window_fixture_resize (GTK_WINDOW (get_import ()), 360, 640);
  walk_assert_fits (GTK_WIDGET (get_import ()));
  walk_assert_named (GTK_WIDGET (get_import ()));
  window_fixture_close_dialog (window);
}

static void
run_tests (GhApplication *running, GhWindow *opened, gpointer status)
{
  application = running;
  window = opened;
  window_fixture_start_demo (window);
  first = window_fixture_get_workspace (window, 0);
  second = window_fixture_get_workspace (window, 1);
  *(int *) status = g_test_run ();
}

/* Before there is an account. */
static void
refuse_without_workspaces (GhApplication *running, GhWindow *opened, gpointer user_data)
{
  application = running;
  window = opened;
  open_file ("early.json", "{}", -1);
  g_assert_true (walk_finds_text (GTK_WIDGET (gh_window_get_dialog (window)), "Add an account"));
  window_fixture_close_dialog (window);
}

int
main (int argc, char **argv)
{
  int status = EXIT_FAILURE;
  int run;

  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/app/transfer/" path, test)
  ADD ("open-workspace-is-chosen", test_open_workspace_is_chosen_and_drafted);
  ADD ("another-workspace", test_another_workspace_is_chosen);
  ADD ("nothing-to-change", test_nothing_to_change_is_said);
  ADD ("draft-meanwhile", test_a_draft_made_meanwhile_is_seen);
  ADD ("bad-files", test_bad_files_are_refused_in_words);
  ADD ("too-long", test_too_long_and_no_file_are_refused);
  ADD ("export", test_export_comes_back);
  ADD ("baseline", test_a_baseline_is_saved_under_a_name);
  ADD ("fits", test_import_fits_a_phone);
  run = window_fixture_run (refuse_without_workspaces, NULL);
  g_assert_cmpint (run, ==, EXIT_SUCCESS);
  run = window_fixture_run (run_tests, &status);
  return run != EXIT_SUCCESS ? run : status;
}
