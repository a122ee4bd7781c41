/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workspaces compared in the window, and values copied between them. */

#include <string.h>

#include "await.h"
#include "walk.h"
#include "window-fixture.h"

#define FIELD "login-lockout-period"

static GhWindow *window;
static GhCompareView *view;
static GhWorkspace *first;
static GhWorkspace *second;
static GhWorkspace *third;

static GhCompareSet *
get_set (void)
{
  return gh_compare_view_get_set (view);
}

/* The first workspace on its Compare page, compared with nothing. */
static void
start_afresh (void)
{
  GPtrArray *sources = gh_compare_set_get_sources (get_set ());

  window_fixture_open (window, first);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "page-compare");
  while (sources->len > 0)
    {
      g_autoptr (GhCompareSource) source
        = g_object_ref (GH_COMPARE_SOURCE (g_ptr_array_index (sources, 0)));

      gh_compare_set_remove (get_set (), source);
    }
  walk_settle (GTK_WIDGET (window));
}

static void
compare_with (GhWorkspace *workspace)
{
  g_autoptr (GhCompareSource) source = gh_compare_source_new_workspace (workspace);
  guint n_columns = gh_compare_view_get_n_columns (view);

  gh_compare_set_add (get_set (), source);
  window_fixture_wait (gh_compare_view_get_n_columns (view) == n_columns + 1);
  walk_settle (GTK_WIDGET (window));
}

static void
draft (GhWorkspace *workspace, gint64 minutes)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_int64 (minutes));
  g_autoptr (GError) error = NULL;

  gh_document_set_value (
    gh_workspace_get_document (workspace), gh_settings_lookup (FIELD), value, &error);
  g_assert_no_error (error);
}

static gint64
get_value (GhWorkspace *workspace)
{
  return g_variant_get_int64 (
    gh_document_get_value (gh_workspace_get_document (workspace), gh_settings_lookup (FIELD)));
}

static void
revert_all (void)
{
  GhWorkspace *const workspaces[] = { first, second, third };

  for (guint i = 0; i < G_N_ELEMENTS (workspaces); i++)
    if (gh_workspace_get_document (workspaces[i]) != NULL)
      gh_document_revert_all (gh_workspace_get_document (workspaces[i]));
}

static void
test_recommended_is_there_from_the_start (void)
{
  window_fixture_open (window, first);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "page-compare");
  walk_settle (GTK_WIDGET (window));
  g_assert_cmpuint (gh_compare_view_get_n_columns (view), ==, 2);
  g_assert_cmpuint (gh_compare_view_get_n_differences (view), >, 0);
  g_assert_true (walk_finds_text (GTK_WIDGET (view), "Recommended values"));
  walk_assert_named (GTK_WIDGET (view));
}

static void
test_only_what_differs_is_shown (void)
{
  guint n_differences;

  start_afresh ();
  g_assert_cmpuint (gh_compare_view_get_n_differences (view), ==, 0);
  g_assert_nonnull (strstr (gh_compare_view_get_summary (view), "Choose what"));
  compare_with (second);
  draft (first, get_value (second));
  walk_settle (GTK_WIDGET (window));
  n_differences = gh_compare_view_get_n_differences (view);
  g_assert_null (gh_compare_set_find (get_set (), FIELD));

  draft (first, 77);
  draft (second, 78);
  window_fixture_wait (gh_compare_view_get_n_differences (view) == n_differences + 1);
  g_assert_nonnull (gh_compare_set_find (get_set (), FIELD));
  revert_all ();
}

static void
test_a_value_is_copied_as_a_draft (void)
{
  start_afresh ();
  compare_with (second);
  draft (first, 77);
  draft (second, 78);
  window_fixture_wait (gh_compare_set_find (get_set (), FIELD) != NULL);
  g_assert_true (
    gtk_widget_activate_action (GTK_WIDGET (view), "compare.copy", "(suu)", FIELD, 0, 1));
  g_assert_cmpint (get_value (second), ==, 77);
  window_fixture_wait (gh_compare_set_find (get_set (), FIELD) == NULL);
  g_assert_true (gh_document_undo (gh_workspace_get_document (second)));
  g_assert_cmpint (get_value (second), !=, 77);
  revert_all ();
}

static void
test_a_menu_says_where_a_value_can_go (void)
{
  g_autofree char *words = NULL;
  GtkMenuButton *button;

  start_afresh ();
  compare_with (second);
  draft (first, 77);
  window_fixture_wait (gh_compare_set_find (get_set (), FIELD) != NULL);
  walk_settle (GTK_WIDGET (window));
  words = g_strdup_printf ("Draft in “%s”", gh_workspace_get_name (second));
  button = GTK_MENU_BUTTON (
    walk_find_type (walk_find_type (GTK_WIDGET (view), GTK_TYPE_LIST_VIEW), GTK_TYPE_MENU_BUTTON));
  gtk_menu_button_popup (button);
  walk_settle (GTK_WIDGET (window));
  g_assert_true (walk_finds_text (GTK_WIDGET (gtk_menu_button_get_popover (button)), words));
  gtk_menu_button_popdown (button);
  revert_all ();
}

static void
test_a_value_is_copied_to_all (void)
{
  start_afresh ();
  compare_with (second);
  compare_with (third);
  draft (second, 79);
  draft (first, 80);
  window_fixture_wait (gh_compare_set_find (get_set (), FIELD) != NULL);
  gtk_widget_activate_action (GTK_WIDGET (view), "compare.copy", "(suu)", FIELD, 1, GH_COMPARE_ALL);
  g_assert_cmpint (get_value (first), ==, 79);
  g_assert_cmpint (get_value (third), ==, 79);
  revert_all ();
}

static void
save_baseline (const char *name, GhPolicy *policy)
{
  GhDatabase *database = gh_fleet_get_database (gh_window_get_fleet (window));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gh_baseline_store_save_async (database, name, policy, NULL, await_ready, &result);
  gh_baseline_store_save_finish (database, await (&result), &error);
  g_assert_no_error (error);
}

static void
test_a_baseline_comes_first (void)
{
  GhBaseline baseline = { .name = (char *) "House rules", .policy = gh_policy_new () };
  g_autoptr (GhPolicy) policy = baseline.policy;
  g_autoptr (GhCompareSource) source = gh_compare_source_new_baseline (&baseline);
  GtkDropDown *chooser = GTK_DROP_DOWN (walk_find_type (GTK_WIDGET (view), GTK_TYPE_DROP_DOWN));
  GListModel *choices = gtk_drop_down_get_model (chooser);
  guint n_choices = g_list_model_get_n_items (choices);

  start_afresh ();
  save_baseline (baseline.name, policy);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "page-history");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "page-compare");
  window_fixture_wait (g_list_model_get_n_items (choices) == n_choices + 1);
  gtk_drop_down_set_selected (chooser, 1);
  compare_with (second);
  gtk_widget_activate_action (GTK_WIDGET (view), "compare.add", NULL);
  g_assert_cmpuint (gh_compare_view_get_n_columns (view), ==, 3);
  g_assert_true (gh_compare_source_equal (
    source, g_ptr_array_index (gh_compare_set_get_columns (get_set ()), 0)));
}

static void
test_opening_another_moves_on (void)
{
  start_afresh ();
  compare_with (second);
  window_fixture_open (window, second);
  g_assert_cmpuint (gh_compare_set_get_sources (get_set ())->len, ==, 0);
  g_assert_true (gh_compare_set_get_workspace (get_set ()) == second);
}

static GhWorkspace *
find_workspace (const char *account)
{
  GListModel *fleet = G_LIST_MODEL (gh_window_get_fleet (window));

  for (guint i = 0; i < g_list_model_get_n_items (fleet); i++)
    {
      g_autoptr (GhWorkspace) workspace = g_list_model_get_item (fleet, i);

      if (g_str_equal (gh_workspace_get_account (workspace), account))
        return workspace;
    }

  return NULL;
}

static void
test_what_is_gone_is_compared_no_longer (void)
{
  GhFleet *fleet = gh_window_get_fleet (window);
  g_autofree char *token = window_fixture_make_token ("reader");
  g_autoptr (GhAccount) account = gh_account_new ("reader", window_fixture_get_server_url (window));
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GAsyncResult) removed = NULL;

  start_afresh ();
  gh_fleet_add_account_async (fleet, account, token, TRUE, NULL, await_ready, &added);
  g_assert_true (gh_fleet_add_account_finish (fleet, await (&added), NULL));
  compare_with (find_workspace ("reader"));
  g_assert_cmpuint (gh_compare_set_get_sources (get_set ())->len, ==, 1);

  gh_fleet_remove_account_async (fleet, "reader", NULL, await_ready, &removed);
  g_assert_true (gh_fleet_remove_account_finish (fleet, await (&removed), NULL));
  g_assert_cmpuint (gh_compare_set_get_sources (get_set ())->len, ==, 0);
}

static gboolean
has_line (const char *path, const char *end)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && g_str_has_suffix (text, end);
}

static void
test_it_is_saved_as_csv (void)
{
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "c.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *text = NULL;

  start_afresh ();
  compare_with (second);
  draft (first, 77);
  window_fixture_wait (gh_compare_set_find (get_set (), FIELD) != NULL);
  gh_compare_view_export (view, file);
  window_fixture_wait (has_line (path, "\r\n"));
  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_true (g_str_has_prefix (text, "field,"));
  g_assert_nonnull (strstr (text, "\r\n" FIELD ",77,"));
  revert_all ();
}

static void
test_it_fits_a_phone (void)
{
  start_afresh ();
  compare_with (second);
  compare_with (third);
  window_fixture_resize (GTK_WINDOW (window), 360, 640);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "page-compare");
  walk_settle (GTK_WIDGET (window));
  walk_assert_fits (GTK_WIDGET (window));
  walk_assert_named (GTK_WIDGET (view));
  window_fixture_resize (GTK_WINDOW (window), 1180, 780);
}

static void
run_tests (GhApplication *application, GhWindow *opened, gpointer status)
{
  window = opened;
  view = gh_workspace_view_get_compare (gh_window_get_view (window));
  window_fixture_start_demo (window);
  first = window_fixture_get_workspace (window, 0);
  second = window_fixture_get_workspace (window, 1);
  third = window_fixture_get_workspace (window, 2);
  *(int *) status = g_test_run ();
}

int
main (int argc, char **argv)
{
  int status = EXIT_FAILURE;
  int run;

  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/app/compare/" path, test)
  ADD ("recommended", test_recommended_is_there_from_the_start);
  ADD ("only-what-differs", test_only_what_differs_is_shown);
  ADD ("copy", test_a_value_is_copied_as_a_draft);
  ADD ("menu", test_a_menu_says_where_a_value_can_go);
  ADD ("copy-to-all", test_a_value_is_copied_to_all);
  ADD ("baseline", test_a_baseline_comes_first);
  ADD ("open-another", test_opening_another_moves_on);
  ADD ("gone", test_what_is_gone_is_compared_no_longer);
  ADD ("csv", test_it_is_saved_as_csv);
  ADD ("fits", test_it_fits_a_phone);
  run = window_fixture_run (run_tests, &status);
  return run != EXIT_SUCCESS ? run : status;
}
