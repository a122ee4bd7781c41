/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any two revisions of a workspace compared in the window. */

#include <string.h>

#include "gh-revisions-dialog.h"
#include "walk.h"
#include "window-fixture.h"

#define FIELD "max-failed-login-attempts"

static GhWindow *window;
static GhWorkspaceView *view;
static GhWorkspace *workspace;

static GhHistoryView *
get_history (void)
{
  return gh_workspace_view_get_history (view);
}

/* Four revisions, the newest first: 12 attempts, a header less, 11 attempts, 10 attempts. */
static void
make_history (void)
{
  guint n_before;

  window_fixture_open (window, workspace);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "page-history");
  window_fixture_wait (gh_history_view_get_n_revisions (get_history ()) > 0);
  n_before = gh_history_view_get_n_revisions (get_history ());
  window_fixture_write_past (window, workspace, FIELD, "10");
  window_fixture_write_past (window, workspace, FIELD, "11");
  window_fixture_write_past (window, workspace, "content-type-options", "false");
  window_fixture_write_past (window, workspace, FIELD, "12");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.sync", NULL);
  window_fixture_wait (gh_history_view_get_n_revisions (get_history ()) == n_before + 4);
}

static GhRevisionsDialog *
get_dialog (void)
{
  g_assert_true (GH_IS_REVISIONS_DIALOG (gh_window_get_dialog (window)));
  return GH_REVISIONS_DIALOG (gh_window_get_dialog (window));
}

static void
wait_for_difference (const char *words)
{
  char *text = NULL;

  window_fixture_wait ((g_free (text),
                        text = gh_revisions_dialog_dup_text (get_dialog ()),
                        strstr (text, words) != NULL));
  g_free (text);
}

static void
test_row_compares_with_now (void)
{
  GtkWidget *list;

  g_assert_true (walk_finds_text (GTK_WIDGET (get_history ()), "Compare Revisions…"));
  list = walk_find_type (GTK_WIDGET (get_history ()), GTK_TYPE_LIST_BOX);
  g_signal_emit_by_name (
    list, "row-activated", gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 2));
  wait_for_difference ("11 attempts → 12 attempts");
  walk_assert_named (GTK_WIDGET (get_dialog ()));
  window_fixture_close_dialog (window);
}

static void
test_any_two_are_compared (void)
{
  g_autofree char *text = NULL;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.compare-revisions", "(uu)", 1, 0);
  wait_for_difference ("11 attempts → 12 attempts");
  gh_revisions_dialog_choose (get_dialog (), 3, 1);
  wait_for_difference ("10 attempts → 11 attempts");
  text = gh_revisions_dialog_dup_text (get_dialog ());
  g_assert_nonnull (strstr (text, "\n-X-Content-Type-Options: nosniff"));

  gh_revisions_dialog_choose (get_dialog (), 0, 3);
  wait_for_difference ("12 attempts → 10 attempts");
  gh_revisions_dialog_choose (get_dialog (), 2, 2);
  window_fixture_wait (strstr (gh_revisions_dialog_get_message (get_dialog ()), "the same")
                       != NULL);
  window_fixture_close_dialog (window);
}

static void
test_it_fits_a_phone (void)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.compare-revisions", "(uu)", 3, 0);
  wait_for_difference ("10 attempts → 12 attempts");
  walk_settle (GTK_WIDGET (get_dialog ()));
  window_fixture_resize (GTK_WINDOW (get_dialog ()), 360, 640);
  walk_assert_fits (GTK_WIDGET (get_dialog ()));
  window_fixture_close_dialog (window);
}

static void
test_server_out_of_reach_is_said (void)
{
  window_fixture_stop_server ();
  gtk_widget_activate_action (GTK_WIDGET (window), "win.compare-revisions", "(uu)", 3, 0);
  window_fixture_wait (
    *gh_revisions_dialog_get_message (get_dialog ()) != '\0'
    && !g_str_equal (gh_revisions_dialog_get_message (get_dialog ()), "Reading…"));
  window_fixture_close_dialog (window);
}

static void
run_tests (GhApplication *application, GhWindow *opened, gpointer status)
{
  window = opened;
  view = gh_window_get_view (window);
  window_fixture_start_demo (window);
  workspace = window_fixture_find_workspace (window, TRUE);
  make_history ();
  *(int *) status = g_test_run ();
}

int
main (int argc, char **argv)
{
  int status = EXIT_FAILURE;
  int run;

  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/app/history/" path, test)
  ADD ("row-compares-with-now", test_row_compares_with_now);
  ADD ("any-two", test_any_two_are_compared);
  ADD ("fits", test_it_fits_a_phone);
  ADD ("out-of-reach", test_server_out_of_reach_is_said);
  run = window_fixture_run (run_tests, &status);
  return run != EXIT_SUCCESS ? run : status;
}
