/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the real window says of the communities of a workspace. */

#include "await.h"
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

static void
draw (GtkWidget *widget, const char *name)
{
  const char *directory = g_getenv ("GATEHOUSE_PICTURES");

  if (directory != NULL)
    window_fixture_save_png (GTK_WINDOW (widget), directory, name);
}

/* As wide as it opens, dark, and as narrow as a phone. */
static void
check_fit (GtkWidget *widget, const char *name)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  g_autofree char *dark = g_strconcat (name, "-dark", NULL);
  g_autofree char *narrow = g_strconcat (name, "-narrow", NULL);

  walk_settle (widget);
  walk_assert_fits (widget);
  draw (widget, name);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  draw (widget, dark);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  window_fixture_resize (GTK_WINDOW (widget), 360, 640);
  walk_assert_fits (widget);
  draw (widget, narrow);
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
  check_fit (GTK_WIDGET (window), "communities-row");
  window_fixture_resize (GTK_WINDOW (window), 1180, 780);
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
  ADD ("row-fits", test_row_fits);
  run = window_fixture_run (run_tests, &status);
  return run != EXIT_SUCCESS ? run : status;
}
