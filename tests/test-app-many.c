/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The same applied to many workspaces from the window: chosen, planned and run. */

#include <string.h>

#include "await.h"
#include "gh-job-dialog.h"
#include "gh-plan-dialog.h"
#include "gh-window-dialogs.h"
#include "walk.h"
#include "window-fixture.h"

#define FIELD "login-lockout-period"
#define N_WORKSPACES 5 /* of the demo */

static GhWindow *window;
static GhWorkspaceList *list;
static GhWorkspace *first;

static void
take_window (GhWindow *opened)
{
  window = opened;
  list = gh_window_get_workspaces (window);
  window_fixture_start_demo (window);
  window_fixture_wait (g_list_model_get_n_items (G_LIST_MODEL (gh_window_get_fleet (window)))
                       == N_WORKSPACES);
  first = window_fixture_get_workspace (window, 0);
}

static void
draft (const char *field, const char *text)
{
  window_fixture_open (window, first);
  window_fixture_type (window, field, text);
}

static void
select_all (void)
{
  gh_workspace_list_set_selecting (list, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (list), "workspaces.select-all", NULL);
}

/* Nothing drafted, nothing selected, the first workspace open. */
static void
start_afresh (void)
{
  if (window_fixture_find_server () == 0)
    window_fixture_start_demo (window);
  gh_workspace_list_set_selecting (list, FALSE);
  window_fixture_open (window, first);
  gh_document_revert_all (gh_workspace_get_document (first));
  window_fixture_wait (gh_workspace_get_state (first) == GH_WORKSPACE_SYNCED);
  walk_settle (GTK_WIDGET (window));
}

static GhPlanDialog *
plan (void)
{
  gtk_widget_activate_action (GTK_WIDGET (list), "workspaces.apply", NULL);
  g_assert_true (GH_IS_PLAN_DIALOG (gh_window_get_dialog (window)));
  return GH_PLAN_DIALOG (gh_window_get_dialog (window));
}

static GhJobDialog *
apply (GhPlanDialog *dialog)
{
  gtk_widget_activate_action (GTK_WIDGET (dialog), "plan.apply", NULL);
  window_fixture_wait (GH_IS_JOB_DIALOG (gh_window_get_dialog (window)));
  return GH_JOB_DIALOG (gh_window_get_dialog (window));
}

static void
wait_for_plan (GhPlanDialog *dialog, const char *words)
{
  window_fixture_wait (strstr (gh_plan_dialog_get_summary (dialog), words) != NULL);
}

static void
wait_for_job (GhJobDialog *dialog, const char *words)
{
  window_fixture_wait (!gh_job_dialog_is_running (dialog));
  g_assert_nonnull (strstr (gh_job_dialog_get_summary (dialog), words));
}

static gint64
get_applied (GhWorkspace *workspace)
{
  GhDocument *document = gh_workspace_get_document (workspace);

  g_assert_nonnull (document);
  return g_variant_get_int64 (gh_document_get_base_value (document, gh_settings_lookup (FIELD)));
}

static guint
count_many (void)
{
  g_autoptr (GPtrArray) many = gh_workspace_list_dup_many (list);

  return many->len;
}

static void
test_many_are_selected (void)
{
  start_afresh ();
  gh_workspace_list_set_selecting (list, TRUE);
  g_assert_cmpuint (count_many (), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (list), "workspaces.apply", NULL);
  g_assert_null (gh_window_get_dialog (window));

  gh_workspace_list_toggle (list, first);
  g_assert_cmpuint (count_many (), ==, 1);
  walk_settle (GTK_WIDGET (window));
  g_assert_true (walk_finds_text (GTK_WIDGET (list), "1 selected"));
  walk_assert_named (GTK_WIDGET (list));
  gh_workspace_list_toggle (list, first);
  g_assert_cmpuint (count_many (), ==, 0);

  gh_workspace_list_search (list, gh_workspace_get_name (first));
  gtk_widget_activate_action (GTK_WIDGET (list), "workspaces.select-all", NULL);
  gh_workspace_list_search (list, "");
  g_assert_cmpuint (count_many (), <, N_WORKSPACES);
  gtk_widget_activate_action (GTK_WIDGET (list), "workspaces.select-all", NULL);
  g_assert_cmpuint (count_many (), ==, N_WORKSPACES);
  gh_workspace_list_set_selecting (list, FALSE);
  g_assert_cmpuint (count_many (), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (list), "workspaces.select-all", NULL);
  g_assert_cmpuint (count_many (), ==, N_WORKSPACES);
}

/* In selection mode a click selects; it does not open. */
static void
test_a_click_selects (void)
{
  GtkWidget *view = walk_find_type (GTK_WIDGET (list), GTK_TYPE_LIST_VIEW);

  start_afresh ();
  gh_workspace_list_set_selecting (list, TRUE);
  g_signal_emit_by_name (view, "activate", 1);
  g_assert_cmpuint (count_many (), ==, 1);
  g_assert_true (gh_workspace_view_get_workspace (gh_window_get_view (window)) == first);
  gh_workspace_list_set_selecting (list, FALSE);
  g_signal_emit_by_name (view, "activate", 1);
  g_assert_true (gh_workspace_view_get_workspace (gh_window_get_view (window)) != first);
}

static void
test_a_draft_goes_to_all (void)
{
  GhPlanDialog *dialog;
  GhJobDialog *job;

  start_afresh ();
  draft (FIELD, "77");
  select_all ();
  dialog = plan ();
  wait_for_plan (dialog, "5 workspaces would change.");
  g_assert_true (gh_plan_dialog_can_apply (dialog));
  walk_settle (GTK_WIDGET (dialog));
  g_assert_true (walk_finds_text (GTK_WIDGET (dialog), "→ 77 minutes"));
  walk_assert_named (GTK_WIDGET (dialog));

  gh_plan_dialog_set_reason (dialog, "Because");
  job = apply (dialog);
  wait_for_job (job, "5 of 5 workspaces are done.");
  walk_settle (GTK_WIDGET (job));
  walk_assert_named (GTK_WIDGET (job));
  for (guint i = 0; i < N_WORKSPACES; i++)
    g_assert_cmpint (get_applied (window_fixture_get_workspace (window, i)), ==, 77);
  g_assert_cmpuint (count_many (), ==, 0);
  window_fixture_close_dialog (window);
}

static void
test_nothing_to_change_is_said (void)
{
  GhPlanDialog *dialog;

  start_afresh ();
  select_all ();
  dialog = plan ();
  wait_for_plan (dialog, "5 have these values already.");
  g_assert_false (gh_plan_dialog_can_apply (dialog));
  window_fixture_close_dialog (window);
}

static void
test_a_baseline_goes_to_all (void)
{
  GhDatabase *database = gh_fleet_get_database (gh_window_get_fleet (window));
  g_autoptr (GhPolicy) policy = NULL;
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_int64 (78));
  g_autoptr (GAsyncResult) result = NULL;
  GhPlanDialog *dialog;

  start_afresh ();
  policy = gh_policy_copy (gh_document_get_base (gh_workspace_get_document (first)));
  gh_policy_set (policy, gh_settings_lookup (FIELD), value);
  gh_baseline_store_save_async (database, "House rules", policy, NULL, await_ready, &result);
  g_assert_true (gh_baseline_store_save_finish (database, await (&result), NULL));

  gh_workspace_list_set_selecting (list, TRUE);
  gh_workspace_list_toggle (list, first);
  dialog = plan ();
  wait_for_plan (dialog, "1 workspace would change.");
  g_assert_cmpuint (gh_plan_dialog_get_n_choices (dialog), ==, 2);
  gh_plan_dialog_choose (dialog, 1);
  wait_for_plan (dialog, "1 has these values already.");
  gh_plan_dialog_choose (dialog, 0);
  wait_for_plan (dialog, "1 workspace would change.");
  wait_for_job (apply (dialog), "1 of 1 workspace is done.");
  g_assert_cmpint (get_applied (first), ==, 78);
  window_fixture_close_dialog (window);
}

static void
test_what_is_hard_to_undo_is_confirmed (void)
{
  GhPlanDialog *dialog;

  start_afresh ();
  draft ("strict-transport-security", "true");
  window_fixture_type (window, "strict-transport-security.max-age-days", "730");
  window_fixture_type (window, "strict-transport-security.include-subdomains", "true");
  window_fixture_type (window, "strict-transport-security.preload", "true");
  select_all ();
  dialog = plan ();
  wait_for_plan (dialog, "5 workspaces would change.");
  g_assert_false (gh_plan_dialog_can_apply (dialog));
  gh_plan_dialog_confirm (dialog, "4");
  g_assert_false (gh_plan_dialog_can_apply (dialog));
  gh_plan_dialog_confirm (dialog, "5");
  g_assert_true (gh_plan_dialog_can_apply (dialog));
  window_fixture_close_dialog (window);
  gh_document_revert_all (gh_workspace_get_document (first));
}

static void
test_what_failed_is_tried_again (void)
{
  GhPlanDialog *dialog;
  GhJobDialog *job;

  start_afresh ();
  draft (FIELD, "81");
  select_all ();
  dialog = plan ();
  wait_for_plan (dialog, "5 workspaces would change.");
  window_fixture_stop_server ();
  job = apply (dialog);
  wait_for_job (job, "0 of 5 workspaces are done. The list says why");
  g_assert_cmpint (gh_workspace_get_state (first), ==, GH_WORKSPACE_OFFLINE);
  window_fixture_start_demo (window);
  window_fixture_wait (gh_workspace_get_state (first) == GH_WORKSPACE_DRAFT);
  gtk_widget_activate_action (GTK_WIDGET (job), "job.run", NULL);
  wait_for_job (job, "5 of 5 workspaces are done.");
  for (guint i = 0; i < N_WORKSPACES; i++)
    g_assert_cmpint (get_applied (window_fixture_get_workspace (window, i)), ==, 81);
  window_fixture_close_dialog (window);
}

static void
test_a_running_job_is_shown_again (void)
{
  GhPlanDialog *dialog;
  GhJobDialog *job;

  start_afresh ();
  draft (FIELD, "83");
  select_all ();
  dialog = plan ();
  wait_for_plan (dialog, "5 workspaces would change.");
  job = apply (dialog);
  g_assert_true (gh_job_dialog_is_running (job));
  gtk_window_close (GTK_WINDOW (job));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (job)));
  gtk_widget_activate_action (GTK_WIDGET (window), "many.unfinished", NULL);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (job)));
  g_assert_true (gh_window_get_dialog (window) == GTK_WINDOW (job));
  wait_for_job (job, "5 of 5 workspaces are done.");
  window_fixture_close_dialog (window);
}

static void
test_a_failed_job_is_forgotten_when_asked (void)
{
  GhPlanDialog *dialog;
  GhJobDialog *job;

  start_afresh ();
  draft (FIELD, "82");
  select_all ();
  dialog = plan ();
  wait_for_plan (dialog, "5 workspaces would change.");
  window_fixture_stop_server ();
  job = apply (dialog);
  wait_for_job (job, "0 of 5 workspaces are done. The list says why");
  gtk_widget_activate_action (GTK_WIDGET (job), "job.forget", NULL);
  window_fixture_wait (gh_window_get_dialog (window) == NULL);
  gtk_widget_activate_action (GTK_WIDGET (window), "many.unfinished", NULL);
  window_fixture_wait (
    walk_finds_text (GTK_WIDGET (window), "Nothing is being applied, and nothing was cut off"));
  for (guint i = 0; i < N_WORKSPACES; i++)
    if (gh_workspace_get_document (window_fixture_get_workspace (window, i)) != NULL)
      gh_document_revert_all (gh_workspace_get_document (window_fixture_get_workspace (window, i)));
}

static void
test_many_are_compared (void)
{
  GhCompareView *view = gh_workspace_view_get_compare (gh_window_get_view (window));

  start_afresh ();
  select_all ();
  gtk_widget_activate_action (GTK_WIDGET (list), "workspaces.compare", NULL);
  g_assert_cmpstr (gh_workspace_view_get_page (gh_window_get_view (window)), ==, "page-compare");
  window_fixture_wait (gh_compare_view_get_n_columns (view) == N_WORKSPACES + 1);
  g_assert_true (gh_workspace_view_get_workspace (gh_window_get_view (window)) == first);
}

static void
test_it_fits_a_phone (void)
{
  GhPlanDialog *dialog;

  start_afresh ();
  draft (FIELD, "83");
  select_all ();
  walk_settle (GTK_WIDGET (window));
  walk_assert_fits (GTK_WIDGET (window));
  dialog = plan ();
  wait_for_plan (dialog, "5 workspaces would change.");
  walk_settle (GTK_WIDGET (dialog));
  window_fixture_resize (GTK_WINDOW (dialog), 360, 640);
  walk_assert_fits (GTK_WIDGET (dialog));
  window_fixture_close_dialog (window);
  gh_document_revert_all (gh_workspace_get_document (first));
}

static void
run_tests (GhApplication *application, GhWindow *opened, gpointer status)
{
  take_window (opened);
  *(int *) status = g_test_run ();
}

int
main (int argc, char **argv)
{
  int status = EXIT_FAILURE;
  int run;

  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/app/many/" path, test)
  ADD ("selected", test_many_are_selected);
  ADD ("click", test_a_click_selects);
  ADD ("draft", test_a_draft_goes_to_all);
  ADD ("nothing", test_nothing_to_change_is_said);
  ADD ("baseline", test_a_baseline_goes_to_all);
  ADD ("hard-to-undo", test_what_is_hard_to_undo_is_confirmed);
  ADD ("again", test_what_failed_is_tried_again);
  ADD ("shown-again", test_a_running_job_is_shown_again);
  ADD ("forgotten", test_a_failed_job_is_forgotten_when_asked);
  ADD ("compared", test_many_are_compared);
  ADD ("fits", test_it_fits_a_phone);
  run = window_fixture_run (run_tests, &status);
  return run != EXIT_SUCCESS ? run : status;
}
