/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the real window says of the communities of a workspace. */

#include "await.h"
#include "gh-audit-dialog.h"
#include "gh-communities-dialog.h"
#include "gh-community-note.h"
#include "gh-workspace-communities.h"
#include "walk.h"
#include "window-fixture.h"

#define LINK "rank-assessment-link-expiry"
#define ANALYTICS "google-analytics"

static GhWindow *window;
static GhWorkspace *workspace;
static char *token;

static void
sync_communities (GhWorkspace *which)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gh_workspace_sync_communities_async (which, NULL, await_ready, &result);
  gh_workspace_sync_communities_finish (which, await (&result), &error);
  g_assert_no_error (error);
}

static const GhCommunityRecord *
get_community (guint index)
{
  return g_ptr_array_index (gh_workspace_get_communities (workspace), index);
}

/* What somebody else does to a community, on the server. */
static void
change_past (guint index, const char *body)
{
  g_autofree char *path = g_strdup_printf ("/v1/workspaces/%s/communities/%s/policy",
                                           gh_workspace_get_id (workspace),
                                           get_community (index)->id);
  g_autofree char *answer = window_fixture_ask (window, token, "PATCH", path, "*", body);

  g_assert_nonnull (answer);
}

static void
start_with (const char *first, const char *others)
{
  for (guint i = 0; i < gh_workspace_get_communities (workspace)->len; i++)
    change_past (i, i == 0 ? first : others);
  sync_communities (workspace);
}

/* One that may be changed and has several. */
static GhWorkspace *
find_workspace (void)
{
  GListModel *fleet = G_LIST_MODEL (gh_window_get_fleet (window));

  for (guint i = 0; i < g_list_model_get_n_items (fleet); i++)
    {
      g_autoptr (GhWorkspace) candidate = g_list_model_get_item (fleet, i);

      sync_communities (candidate);
      if (gh_workspace_get_can_write (candidate)
          && gh_workspace_get_communities (candidate)->len >= 3)
        return candidate; /* the fleet keeps it */
    }
  g_assert_not_reached ();
}

static const char *
get_note (const char *field)
{
  GtkWidget *row = GTK_WIDGET (window_fixture_go_to (window, field));
  GtkWidget *note = walk_find_type (row, GH_TYPE_COMMUNITY_NOTE);

  return note != NULL ? gh_community_note_get_text (GH_COMMUNITY_NOTE (note)) : "";
}

/* The row says in words which communities differ, and by what. */
static void
test_row_says_which_differ (void)
{
  guint n = gh_workspace_get_communities (workspace)->len;
  g_autofree char *all = g_strdup_printf ("Inherited by all %u communities.", n);
  g_autofree char *one
    = g_strdup_printf ("1 of %u communities has a value of its own: %s: 2880 minutes (2 days)",
                       n,
                       get_community (0)->name);

  start_with ("{\"" LINK "\": null, \"" ANALYTICS "\": null}",
              "{\"" LINK "\": null, \"" ANALYTICS "\": null}");
  g_assert_cmpstr (get_note (LINK), ==, all);
  g_assert_cmpstr (get_note (ANALYTICS), ==, all);
  g_assert_cmpstr (get_note ("idea-view-link-expiry"), ==, "");
  start_with ("{\"" LINK "\": 2880}", "{\"" LINK "\": null}");
  g_assert_cmpstr (get_note (LINK), ==, one);
  start_with ("{\"" LINK "\": 2880}", "{\"" LINK "\": 0}");
  g_assert_true (g_str_has_suffix (get_note (LINK), n > 3 ? "1 more" : "Unlimited"));
}

static void
test_row_fits (void)
{
  start_with ("{\"" LINK "\": 2880}", "{\"" LINK "\": 1440}");
  window_fixture_go_to (window, LINK);
  window_fixture_check_fit (GTK_WIDGET (window), "communities-row");
  window_fixture_go_to (window, LINK);
  window_fixture_draw (GTK_WIDGET (window), "communities-row-narrow");
  window_fixture_resize (GTK_WINDOW (window), 1180, 780);
}

static GhCommunitiesDialog *
open_dialog (const char *field)
{
  GtkWidget *dialog;

  walk_click (GTK_WIDGET (window_fixture_go_to (window, field)), "Communities…");
  dialog = GTK_WIDGET (gh_window_get_dialog (window));
  g_assert_true (GH_IS_COMMUNITIES_DIALOG (dialog));
  window_fixture_wait (!gh_communities_dialog_is_waiting (GH_COMMUNITIES_DIALOG (dialog)));
  walk_settle (dialog);
  walk_assert_named (dialog);
  return GH_COMMUNITIES_DIALOG (dialog);
}

static GhCommunityRow *
get_row (GhCommunitiesDialog *dialog, guint index)
{
  GhCommunityRow *row = gh_communities_dialog_find_row (dialog, get_community (index)->id);

  g_assert_nonnull (row);
  return row;
}

static void
wait_until_saved (GhCommunityRow *row)
{
  window_fixture_wait (!gh_community_row_is_saving (row));
}

static void
enter (GhCommunityRow *row, const char *text)
{
  gh_setting_editor_enter_text (gh_community_row_get_editor (row), text);
  wait_until_saved (row);
}

static void
apply (GhCommunitiesDialog *dialog)
{
  walk_click (GTK_WIDGET (dialog), "Apply");
  window_fixture_wait (!gh_communities_dialog_is_waiting (dialog));
}

/* What the server has of a community. */
static gboolean
server_has (guint index, const char *text)
{
  g_autofree char *path = g_strdup_printf ("/v1/workspaces/%s/communities/%s/policy",
                                           gh_workspace_get_id (workspace),
                                           get_community (index)->id);
  g_autofree char *answer = window_fixture_ask (window, token, "GET", path, NULL, NULL);

  return strstr (answer, text) != NULL;
}

/* Inherited, then a value of its own, applied, and given back to the workspace. */
static void
test_value_is_edited (void)
{
  GhCommunitiesDialog *dialog;
  GhCommunityRow *row;

  start_with ("{\"" LINK "\": null}", "{\"" LINK "\": 1440}");
  dialog = open_dialog (LINK);
  row = get_row (dialog, 0);
  g_assert_false (gh_community_row_is_own (row));
  g_assert_true (g_str_has_prefix (gh_community_row_get_words (row), "Inherited"));
  g_assert_true (gh_community_row_is_own (get_row (dialog, 1)));
  g_assert_false (walk_can_click (GTK_WIDGET (dialog), "Apply"));

  gh_community_row_choose (row, TRUE);
  wait_until_saved (row);
  enter (row, "2881");
  g_assert_true (gh_community_row_is_own (row));
  g_assert_nonnull (strstr (get_note (LINK), "Drafted for 1 community"));
  gh_communities_dialog_set_reason (dialog, "They need it");
  apply (dialog);
  g_assert_cmpstr (gh_communities_dialog_get_message (dialog), ==, "");
  g_assert_true (server_has (0, "\"" LINK "\":2881"));
  g_assert_false (walk_can_click (GTK_WIDGET (dialog), "Apply"));

  gh_community_row_choose (row, FALSE);
  wait_until_saved (row);
  apply (dialog);
  g_assert_true (server_has (0, "\"" LINK "\":null"));
  g_assert_false (gh_community_row_is_own (row));
  window_fixture_close_dialog (window);
}

/* What is no value says so, stays as typed and drafts nothing; what weakens warns. */
static void
test_words_beside_the_value (void)
{
  GhCommunitiesDialog *dialog;
  GhCommunityRow *row;

  start_with ("{\"" LINK "\": 60}", "{\"" LINK "\": null}");
  dialog = open_dialog (LINK);
  row = get_row (dialog, 0);
  enter (row, "many");
  g_assert_cmpstr (gh_community_row_get_error_text (row), !=, "");
  g_assert_cmpuint (get_community (0)->changes->len, ==, 0);
  enter (row, "0");
  g_assert_cmpstr (gh_community_row_get_error_text (row), ==, "");
  g_assert_cmpstr (gh_community_row_get_warning_text (row), !=, "");
  gh_community_row_revert (row);
  wait_until_saved (row);
  g_assert_cmpuint (get_community (0)->changes->len, ==, 0);
  g_assert_cmpstr (gh_community_row_get_warning_text (row), ==, "");
  window_fixture_close_dialog (window);
}

static void
test_conflict_is_told (void)
{
  GhCommunitiesDialog *dialog;
  GhCommunityRow *row;

  start_with ("{\"" LINK "\": 60}", "{\"" LINK "\": 60}");
  dialog = open_dialog (LINK);
  row = get_row (dialog, 0);
  enter (row, "61");
  change_past (0, "{\"" LINK "\": 62}");
  apply (dialog);
  g_assert_nonnull (strstr (gh_communities_dialog_get_message (dialog), "Somebody else"));
  g_assert_nonnull (strstr (gh_community_row_get_error_text (row), "62"));
  g_assert_true (server_has (0, "\"" LINK "\":62"));
  apply (dialog);
  g_assert_true (server_has (0, "\"" LINK "\":62"));
  enter (row, "63");
  g_assert_cmpstr (gh_community_row_get_error_text (row), ==, "");
  apply (dialog);
  g_assert_true (server_has (0, "\"" LINK "\":63"));
  window_fixture_close_dialog (window);
}

static void
test_switch_and_search (void)
{
  GhCommunitiesDialog *dialog;
  GhCommunityRow *row;

  start_with ("{\"" ANALYTICS "\": null}", "{\"" ANALYTICS "\": null}");
  dialog = open_dialog (ANALYTICS);
  row = get_row (dialog, 1);
  gh_community_row_choose (row, TRUE);
  wait_until_saved (row);
  enter (row, "true");
  apply (dialog);
  g_assert_true (server_has (1, "\"" ANALYTICS "\":true"));
  gh_communities_dialog_search (dialog, get_community (1)->name);
  g_assert_null (gh_communities_dialog_find_row (dialog, get_community (0)->id));
  g_assert_nonnull (gh_communities_dialog_find_row (dialog, get_community (1)->id));
  gh_communities_dialog_search (dialog, "no such name");
  g_assert_true (walk_finds_text (GTK_WIDGET (dialog), "There is no such community."));
  window_fixture_close_dialog (window);
}

/* What is drafted for another setting is not hidden. */
static void
test_other_settings_are_told (void)
{
  GhCommunitiesDialog *dialog;
  GhCommunityRow *row;

  start_with ("{\"" LINK "\": 60, \"" ANALYTICS "\": true}", "{\"" LINK "\": null}");
  dialog = open_dialog (ANALYTICS);
  gh_community_row_choose (get_row (dialog, 0), FALSE);
  wait_until_saved (get_row (dialog, 0));
  window_fixture_close_dialog (window);
  dialog = open_dialog (LINK);
  row = get_row (dialog, 0);
  enter (row, "61");
  g_assert_true (walk_finds_text (GTK_WIDGET (dialog), "2 changes drafted for communities"));
  g_assert_true (walk_finds_text (GTK_WIDGET (dialog), "1 of them is of another setting"));
  apply (dialog);
  g_assert_true (server_has (0, "\"" LINK "\":61"));
  g_assert_true (server_has (0, "\"" ANALYTICS "\":null"));
  window_fixture_close_dialog (window);
}

/* Who may only read looks at them. */
static void
test_reader_looks (void)
{
  GhFormContext *context = gh_workspace_view_get_context (gh_window_get_view (window));
  GhDocument *document = gh_workspace_get_document (workspace);
  GhCommunitiesDialog *dialog;
  GhCommunityRow *row;

  start_with ("{\"" LINK "\": 60}", "{\"" LINK "\": null}");
  gh_form_context_set_document (context, document, FALSE);
  dialog = open_dialog (LINK);
  row = get_row (dialog, 0);
  g_assert_true (gh_community_row_is_own (row));
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (gh_community_row_get_editor (row))));
  g_assert_false (walk_can_click (GTK_WIDGET (dialog), "Apply"));
  gh_form_context_set_document (context, document, TRUE);
  window_fixture_wait (gh_window_get_dialog (window) == NULL);
}

/* Who changes the workspace's value is told whom it does not reach. */
static void
test_review_says_who_keeps (void)
{
  GtkWidget *dialog;

  start_with ("{\"" LINK "\": 60}", "{\"" LINK "\": null}");
  window_fixture_type (window, LINK, "120");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.review", NULL);
  dialog = GTK_WIDGET (gh_window_get_dialog (window));
  walk_settle (dialog);
  g_assert_true (walk_finds_text (dialog, "1 community keeps a value of its own."));
  window_fixture_draw (dialog, "communities-review");
  window_fixture_close_dialog (window);
  gh_document_revert_all (gh_workspace_get_document (workspace));
}

/* What was done to a community is in the audit trail, beside what was done to the policy. */
static void
test_audit_trail (void)
{
  GhWorkspaceView *view = gh_window_get_view (window);
  g_autofree char *title = NULL;
  GhAuditDialog *dialog;

  start_with ("{\"" LINK "\": 60}", "{\"" LINK "\": null}");
  change_past (1, "{\"" LINK "\": 61}");
  title = g_strdup_printf ("Community “%s” changed", get_community (1)->name);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "page-history");
  window_fixture_wait (gh_history_view_get_n_revisions (gh_workspace_view_get_history (view)) > 0);
  walk_settle (GTK_WIDGET (window));
  window_fixture_draw (GTK_WIDGET (window), "communities-history");
  walk_click (GTK_WIDGET (window), "Audit Trail…");
  dialog = GH_AUDIT_DIALOG (gh_window_get_dialog (window));
  window_fixture_wait (gh_audit_dialog_get_n_events (dialog) > 0);
  walk_settle (GTK_WIDGET (dialog));
  walk_assert_named (GTK_WIDGET (dialog));
  g_assert_true (walk_finds_text (GTK_WIDGET (dialog), title));
  g_assert_true (walk_finds_text (GTK_WIDGET (dialog), "Rank assessment link"));
  window_fixture_check_fit (GTK_WIDGET (dialog), "communities-audit");
  window_fixture_close_dialog (window);
}

/* Without the server what was read is shown, and the draft is kept. */
static void
test_offline (void)
{
  GhCommunitiesDialog *dialog;
  GhCommunityRow *row;

  start_with ("{\"" LINK "\": 60}", "{\"" LINK "\": null}");
  window_fixture_stop_server ();
  dialog = open_dialog (LINK);
  g_assert_true (g_str_has_prefix (gh_communities_dialog_get_message (dialog),
                                   "What is shown is as last read."));
  row = get_row (dialog, 0);
  enter (row, "61");
  apply (dialog);
  g_assert_cmpstr (gh_communities_dialog_get_message (dialog), !=, "");
  g_assert_cmpuint (get_community (0)->changes->len, ==, 1);
  window_fixture_close_dialog (window);
}

static void
test_dialog_fits (void)
{
  GhCommunitiesDialog *dialog;

  start_with ("{\"" LINK "\": 2880}", "{\"" LINK "\": null}");
  dialog = open_dialog (LINK);
  enter (get_row (dialog, 0), "0");
  gh_community_row_choose (get_row (dialog, 2), TRUE);
  wait_until_saved (get_row (dialog, 2));
  window_fixture_check_fit (GTK_WIDGET (dialog), "communities-dialog");
  gh_community_row_revert (get_row (dialog, 0));
  gh_community_row_revert (get_row (dialog, 2));
  wait_until_saved (get_row (dialog, 2));
  window_fixture_close_dialog (window);
}

static void
run_tests (GhApplication *application, GhWindow *opened, gpointer status)
{
  window = opened;
  window_fixture_start_demo (window);
  token = window_fixture_make_token ("administrator");
  workspace = find_workspace ();
  window_fixture_open (window, workspace);
  *(int *) status = g_test_run ();
  g_free (token);
}

int
main (int argc, char **argv)
{
  int status = EXIT_FAILURE;
  int run;

  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/app/communities/" path, test)
  ADD ("row-says-which-differ", test_row_says_which_differ);
  ADD ("value-is-edited", test_value_is_edited);
  ADD ("words-beside-the-value", test_words_beside_the_value);
  ADD ("conflict-is-told", test_conflict_is_told);
  ADD ("switch-and-search", test_switch_and_search);
  ADD ("other-settings-are-told", test_other_settings_are_told);
  ADD ("reader-looks", test_reader_looks);
  ADD ("dialog-fits", test_dialog_fits);
  ADD ("row-fits", test_row_fits);
  ADD ("review-says-who-keeps", test_review_says_who_keeps);
  ADD ("audit-trail", test_audit_trail);
  ADD ("offline", test_offline);
  run = window_fixture_run (run_tests, &status);
  return run != EXIT_SUCCESS ? run : status;
}
