/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window as a person uses it, on a demo server and a database of its own. */

#include <string.h>

#include "gh-account-dialog.h"
#include "gh-accounts-dialog.h"
#include "gh-conflict-dialog.h"
#include "gh-review-dialog.h"
#include "gh-value-type.h"
#include "gh-window-dialogs.h"
#include "walk.h"
#include "window-fixture.h"

static GhWindow *window;
static GhWorkspaceView *view;
static GhWorkspace *workspace;

static GhDocument *
get_document (void)
{
  return gh_workspace_get_document (workspace);
}

static void
act (const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), action, NULL));
}

static const char *
get_change_text (void)
{
  gh_form_context_refresh (gh_workspace_view_get_context (view));
  return gh_change_bar_get_text (gh_workspace_view_get_change_bar (view));
}

/* Each test starts with the workspace open, in reach, and nothing drafted. */
static void
start_afresh (void)
{
  if (window_fixture_find_server () == 0)
    window_fixture_start_demo (window);
  if (gh_workspace_view_get_workspace (view) != workspace)
    window_fixture_open (window, workspace);
  gh_document_revert_all (get_document ());
  act ("win.sync");
  window_fixture_wait (gh_workspace_get_state (workspace) == GH_WORKSPACE_SYNCED);
  gh_form_context_refresh (gh_workspace_view_get_context (view));
}

static void
test_three_letters_find_any_setting (void)
{
  GhGroupList *groups = gh_workspace_view_get_groups (view);

  start_afresh ();
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      g_autofree char *letters = g_utf8_substring (gh_setting_get_title (setting), 0, 3);
      g_autoptr (GPtrArray) found = NULL;
      guint index;

      gh_group_list_start_search (groups, letters);
      found = gh_group_list_dup_found (groups);
      g_assert_true (g_ptr_array_find (found, setting, &index));
      gh_group_list_open_found (groups, index);
      g_assert_cmpstr (gh_workspace_view_get_page (view), ==, setting->group);
    }

  gh_group_list_start_search (groups, "");
}

static void
test_edit_marks_and_undoes (void)
{
  GhSettingRow *row;

  start_afresh ();
  g_assert_cmpstr (get_change_text (), ==, "");
  window_fixture_type (window, "login-lockout-period", "77");
  row = window_fixture_go_to (window, "login-lockout-period");
  g_assert_true (gh_setting_row_is_drafted (row));
  g_assert_cmpstr (get_change_text (), ==, "1 change");
  g_assert_true (walk_finds_text (GTK_WIDGET (gh_workspace_view_get_groups (view)), "1"));
  g_assert_true (walk_finds_tooltip (GTK_WIDGET (window), "1 drafted change"));

  act ("win.undo");
  g_assert_false (gh_setting_row_is_drafted (row));
  g_assert_cmpstr (get_change_text (), ==, "");
  act ("win.redo");
  g_assert_true (gh_setting_row_is_drafted (row));
}

static void
test_warnings_are_counted (void)
{
  start_afresh ();
  window_fixture_type (window, "login-lockout-period", "77");
  window_fixture_type (window, "password-reset-link-expiry", "0");
  g_assert_nonnull (strstr (get_change_text (), "2 changes, "));
  g_assert_nonnull (strstr (get_change_text (), " warning"));
}

static void
test_headers_follow (void)
{
  GhHeadersView *headers = gh_workspace_view_get_headers (view);
  g_autofree char *lines = NULL;
  g_autofree char *findings = NULL;
  g_autofree char *blocked = NULL;
  const char *analytics;
  GhLoadTester *tester = gh_headers_view_get_tester (headers);

  start_afresh ();
  window_fixture_type (window, "content-security-policy", "true");
  window_fixture_type (window, "content-security-policy.policy", "default-src 'self'");
  window_fixture_type (window, "google-analytics", "true");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "page-headers"));
  walk_settle (GTK_WIDGET (window));

  lines = gh_header_list_dup_text (gh_headers_view_get_list (headers));
  g_assert_nonnull (strstr (lines, "+Content-Security-Policy: default-src 'self'"));
  findings = gh_finding_list_dup_text (gh_headers_view_get_findings (headers));
  analytics = strstr (findings, "Google Analytics is on, but");
  g_assert_nonnull (analytics);
  g_assert_nonnull (strstr (analytics, "script-src https://*.googletagmanager.com"));
  g_assert_nonnull (strstr (gh_headers_view_get_summary (headers), "headers"));

  gh_load_tester_ask (tester, "script", "https://cdn.example.net/a.js");
  blocked = g_strdup (gh_load_tester_get_answer (tester));
  g_assert_cmpstr (blocked, !=, "");
  window_fixture_type (window,
                       "content-security-policy.policy",
                       "default-src 'self'; script-src https://cdn.example.net");
  gh_form_context_refresh (gh_workspace_view_get_context (view));
  g_assert_cmpstr (gh_load_tester_get_answer (tester), !=, blocked);

  window_fixture_type (window, "content-security-policy.policy", "connect-src https:");
  gh_form_context_refresh (gh_workspace_view_get_context (view));
  gh_load_tester_ask (tester, "connect", "wss://live.example.net/");
  g_assert_nonnull (strstr (gh_load_tester_get_answer (tester), "add wss://live.example.net"));
}

static GhReviewDialog *
review (void)
{
  act ("win.review");
  window_fixture_wait (GH_IS_REVIEW_DIALOG (gh_window_get_dialog (window)));
  walk_settle (GTK_WIDGET (gh_window_get_dialog (window)));
  return GH_REVIEW_DIALOG (gh_window_get_dialog (window));
}

static void
test_score_follows (void)
{
  GhScoreView *score = gh_headers_view_get_score (gh_workspace_view_get_headers (view));
  g_autofree char *applied = NULL;
  g_autofree char *changed = NULL;
  g_autofree char *tests = NULL;
  g_autofree char *grade = NULL;
  g_autofree char *text = NULL;
  GhReviewDialog *dialog;

  start_afresh ();
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "page-headers"));
  walk_settle (GTK_WIDGET (window));
  applied = g_strdup (gh_score_view_get_grade (score));
  g_assert_true (g_str_has_prefix (applied, "Grade "));
  g_assert_null (strstr (applied, "→"));
  g_assert_false (walk_finds_class (GTK_WIDGET (score), "drafted"));

  window_fixture_type (window, "referrer-policy", "true");
  window_fixture_type (window, "referrer-policy.policy", "unsafe-url");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "page-headers"));
  walk_settle (GTK_WIDGET (window));
  g_test_message ("%s", gh_score_view_get_grade (score));
  changed = g_strconcat (applied, " → ", NULL);
  g_assert_true (g_str_has_prefix (gh_score_view_get_grade (score), changed));
  tests = gh_score_view_dup_text (score);
  g_assert_nonnull (strstr (tests, "\nReferrer-Policy: +5 → -5: The Referrer-Policy gives away"));
  g_assert_nonnull (strstr (tests, "\nX-Content-Type-Options: 0: "));
  g_assert_true (walk_finds_name (GTK_WIDGET (score),
                                  "Referrer-Policy. Not passed. Points: -5, as applied now +5. "
                                  "The Referrer-Policy gives away more than it has to.\n"
                                  "As applied now: Other sites learn no more than the origin."));
  walk_assert_named (GTK_WIDGET (score));
  g_assert_true (walk_finds_class (GTK_WIDGET (score), "drafted"));

  grade = g_strdup (gh_score_view_get_grade (score));
  dialog = review ();
  text = gh_review_dialog_dup_text (dialog);
  g_assert_nonnull (strstr (text, grade));
  g_assert_null (strstr (text, "X-Content-Type-Options"));
  walk_assert_named (GTK_WIDGET (dialog));
  window_fixture_close_dialog (window);
}

static void
test_review_passes_over_a_score_that_stays (void)
{
  g_autofree char *text = NULL;

  start_afresh ();
  window_fixture_type (window, "login-lockout-period", "77");
  text = gh_review_dialog_dup_text (review ());
  g_assert_null (strstr (text, "Grade "));
  window_fixture_close_dialog (window);
}

static void
test_review_asks_before_the_irreversible (void)
{
  GhReviewDialog *dialog;
  g_autofree char *text = NULL;

  start_afresh ();
  window_fixture_type (window, "strict-transport-security", "true");
  window_fixture_type (window, "strict-transport-security.max-age-days", "730");
  window_fixture_type (window, "strict-transport-security.include-subdomains", "true");
  window_fixture_type (window, "strict-transport-security.preload", "true");
  dialog = review ();
  walk_assert_named (GTK_WIDGET (dialog));
  text = gh_review_dialog_dup_text (dialog);
  g_assert_nonnull (strstr (text, "HSTS preload: "));
  g_assert_nonnull (strstr (text, "+Strict-Transport-Security: max-age=63072000; includeSub"));
  g_assert_true (gh_review_dialog_asks_for_name (dialog));
  g_assert_false (gh_review_dialog_can_apply (dialog));
  gh_review_dialog_type_name (dialog, "something else");
  g_assert_false (gh_review_dialog_can_apply (dialog));
  gh_review_dialog_type_name (dialog, gh_workspace_get_name (workspace));
  g_assert_true (gh_review_dialog_can_apply (dialog));
  window_fixture_close_dialog (window);
}

static void
test_review_refuses_errors (void)
{
  GhReviewDialog *dialog;

  start_afresh ();
  window_fixture_type (window, "forced-password-reset-interval", "10");
  window_fixture_type (window, "password-change-interval", "20");
  dialog = review ();
  g_assert_false (gh_review_dialog_can_apply (dialog));
  g_assert_cmpstr (gh_review_dialog_get_message (dialog), !=, "");
  window_fixture_close_dialog (window);
}

static void
test_offline_is_said_and_all_but_apply_works (void)
{
  GhReviewDialog *dialog;

  start_afresh ();
  window_fixture_stop_server ();
  act ("win.sync");
  window_fixture_wait (gh_workspace_get_state (workspace) == GH_WORKSPACE_OFFLINE);
  g_assert_true (
    g_str_has_prefix (gh_banner_get_text (gh_workspace_view_get_banner (view)), "Offline."));

  window_fixture_type (window, "login-lockout-period", "77");
  g_assert_cmpstr (get_change_text (), ==, "1 change");
  dialog = review ();
  gh_review_dialog_type_name (dialog, gh_workspace_get_name (workspace));
  gtk_widget_activate_action (GTK_WIDGET (dialog), "review.apply", NULL);
  window_fixture_wait (*gh_review_dialog_get_message (dialog) != '\0');
  window_fixture_close_dialog (window);
  g_assert_cmpuint (gh_workspace_get_n_drafted (workspace), ==, 1);
}

static void
test_conflict_is_chosen_per_field (void)
{
  const GhSetting *setting = gh_settings_lookup ("max-failed-login-attempts");
  GhConflictDialog *dialog;

  start_afresh ();
  window_fixture_type (window, setting->id, "6");
  window_fixture_write_past (window, workspace, setting->id, "9");
  act ("win.sync");
  window_fixture_wait (gh_workspace_get_state (workspace) == GH_WORKSPACE_CONFLICT);
  g_assert_cmpstr (gh_banner_get_text (gh_workspace_view_get_banner (view)), !=, "");

  window_fixture_wait (gh_workspace_get_conflicts (workspace)->len > 0);
  act ("win.resolve");
  dialog = GH_CONFLICT_DIALOG (gh_window_get_dialog (window));
  walk_assert_named (GTK_WIDGET (dialog));
  g_assert_cmpuint (gh_conflict_dialog_get_n_conflicts (dialog), ==, 1);
  gh_conflict_dialog_choose (dialog, 0, GH_CHOICE_THEIRS);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "conflict.use", NULL);
  window_fixture_wait (gh_window_get_dialog (window) == NULL);
  g_assert_cmpint (g_variant_get_int64 (gh_document_get_value (get_document (), setting)), ==, 9);
  window_fixture_wait (gh_workspace_get_state (workspace) == GH_WORKSPACE_SYNCED);
}

static void
test_history_restores_through_review (void)
{
  GhHistoryView *history = gh_workspace_view_get_history (view);
  const GhSetting *setting = gh_settings_lookup ("max-failed-login-attempts");

  start_afresh ();
  window_fixture_write_past (window, workspace, setting->id, "8");
  window_fixture_write_past (window, workspace, setting->id, "11");
  act ("win.sync");
  window_fixture_wait (g_variant_get_int64 (gh_document_get_base_value (get_document (), setting))
                       == 11);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "page-history");
  window_fixture_wait (gh_history_view_get_n_revisions (history) >= 3);
  walk_assert_named (GTK_WIDGET (history));

  gh_history_view_restore (history, 1);
  window_fixture_wait (GH_IS_REVIEW_DIALOG (gh_window_get_dialog (window)));
  g_assert_cmpint (g_variant_get_int64 (gh_document_get_value (get_document (), setting)), ==, 8);
  window_fixture_close_dialog (window);
}

static void
test_wrong_token_is_said (void)
{
  GhAccountDialog *dialog;

  start_afresh ();
  gh_window_add_account (window);
  dialog = GH_ACCOUNT_DIALOG (gh_window_get_dialog (window));
  walk_assert_named (GTK_WIDGET (dialog));
  gh_account_dialog_fill (
    dialog, window_fixture_get_server_url (window), "wrong", "stranger", TRUE);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "account.add", NULL);
  window_fixture_wait (*gh_account_dialog_get_error (dialog) != '\0');
  window_fixture_close_dialog (window);
}

static void
test_reader_sees_and_cannot_edit (void)
{
  g_autofree char *token = window_fixture_make_token ("reader");
  GhAccountDialog *dialog;
  GhWorkspace *locked;
  GhSettingRow *row;

  start_afresh ();
  gh_window_add_account (window);
  dialog = GH_ACCOUNT_DIALOG (gh_window_get_dialog (window));
  gh_account_dialog_fill (dialog, window_fixture_get_server_url (window), token, "reader", TRUE);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "account.add", NULL);
  window_fixture_wait (gh_window_get_dialog (window) == NULL);
  window_fixture_wait (window_fixture_find_workspace (window, FALSE) != NULL);

  locked = window_fixture_find_workspace (window, FALSE);
  window_fixture_open (window, locked);
  row = window_fixture_go_to (window, "global-session-timeout");
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (gh_setting_row_get_editor (row))));
  g_assert_cmpstr (gh_banner_get_text (gh_workspace_view_get_banner (view)),
                   ==,
                   "Your role may only read this workspace.");
  window_fixture_open (window, workspace);
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (gh_setting_row_get_editor (row))));

  act ("win.accounts");
  walk_assert_named (GTK_WIDGET (gh_window_get_dialog (window)));
  gh_accounts_dialog_remove (GH_ACCOUNTS_DIALOG (gh_window_get_dialog (window)), "reader");
  window_fixture_wait (gh_fleet_get_accounts (gh_window_get_fleet (window))->len == 1);
  window_fixture_close_dialog (window);
}

static void
test_workspaces_are_found (void)
{
  GhWorkspaceList *list = gh_window_get_workspaces (window);
  guint n_all = g_list_model_get_n_items (G_LIST_MODEL (gh_window_get_fleet (window)));

  start_afresh ();
  gh_workspace_list_search (list, gh_workspace_get_name (workspace));
  g_assert_cmpuint (gh_workspace_list_get_n_shown (list), >=, 1);
  g_assert_cmpuint (gh_workspace_list_get_n_shown (list), <, n_all);
  gh_workspace_list_search (list, "no workspace is called this");
  g_assert_cmpuint (gh_workspace_list_get_n_shown (list), ==, 0);
  gh_workspace_list_search (list, "");
  g_assert_cmpuint (gh_workspace_list_get_n_shown (list), ==, n_all);
}

static void
check_pages (void)
{
  const char *const others[] = { "page-headers", "page-compare", "page-history" };
  const GhGroup *groups = gh_groups_get_table ();

  for (guint i = 0; i < GH_N_GROUPS + G_N_ELEMENTS (others); i++)
    {
      const char *page = i < GH_N_GROUPS ? groups[i].id : others[i - GH_N_GROUPS];

      g_test_message ("%s", page);
      gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", page);
      walk_settle (GTK_WIDGET (window));
      walk_assert_named (GTK_WIDGET (window));
      walk_assert_fits (GTK_WIDGET (window));
    }
}

static void
test_everything_fits_wide_and_narrow (void)
{
  start_afresh ();
  window_fixture_type (window, "public-key-pins", "true");
  window_fixture_type (window, "expect-ct", "true");
  window_fixture_type (window, "xss-protection", "true");
  window_fixture_type (window, "cross-origin-opener-policy", "false");
  gh_score_view_set_expanded (gh_headers_view_get_score (gh_workspace_view_get_headers (view)),
                              TRUE);
  check_pages ();
  window_fixture_resize (GTK_WINDOW (window), 360, 640);
  check_pages ();
  act ("win.back");
  walk_settle (GTK_WIDGET (window));
  walk_assert_fits (GTK_WIDGET (window));
  act ("win.back");
  walk_settle (GTK_WIDGET (window));
  walk_assert_fits (GTK_WIDGET (window));
  window_fixture_resize (GTK_WINDOW (window), 1180, 780);
}

static void
run_tests (GhApplication *application, GhWindow *opened, gpointer status)
{
  window = opened;
  view = gh_window_get_view (window);
  window_fixture_start_demo (window);
  workspace = window_fixture_find_workspace (window, TRUE);
  *(int *) status = g_test_run ();
}

int
main (int argc, char **argv)
{
  int status = EXIT_FAILURE;
  int run;

  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/app/window/" path, test)
  ADD ("three-letters-find-any-setting", test_three_letters_find_any_setting);
  ADD ("edit-marks-and-undoes", test_edit_marks_and_undoes);
  ADD ("warnings-are-counted", test_warnings_are_counted);
  ADD ("headers-follow", test_headers_follow);
  ADD ("score-follows", test_score_follows);
  ADD ("review-passes-over-score", test_review_passes_over_a_score_that_stays);
  ADD ("review-asks-before-the-irreversible", test_review_asks_before_the_irreversible);
  ADD ("review-refuses-errors", test_review_refuses_errors);
  ADD ("offline-is-said", test_offline_is_said_and_all_but_apply_works);
  ADD ("conflict-is-chosen-per-field", test_conflict_is_chosen_per_field);
  ADD ("history-restores-through-review", test_history_restores_through_review);
  ADD ("wrong-token-is-said", test_wrong_token_is_said);
  ADD ("reader-cannot-edit", test_reader_sees_and_cannot_edit);
  ADD ("workspaces-are-found", test_workspaces_are_found);
  ADD ("everything-fits", test_everything_fits_wide_and_narrow);
  run = window_fixture_run (run_tests, &status);
  return run != EXIT_SUCCESS ? run : status;
}
