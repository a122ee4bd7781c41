/* SPDX-License-Identifier: GPL-3.0-or-later */

/* journey DIRECTORY: what a person does with the window, done by itself, on the real parts:
 * the application, its database, a server process. Says each step and saves what the window
 * shows into DIRECTORY. */

#include <string.h>

#include "gh-policy-json.h"
#include "gh-review-dialog.h"
#include "gh-value-type.h"
#include "walk.h"
#include "window-fixture.h"

typedef struct
{
  const char *field;
  const char *text;
} Edit;

static const Edit edits[] = {
  { "global-session-timeout", "25" },
  { "login-lockout-period", "45" },
  { "strict-transport-security.max-age-days", "500" },
};

static const char *directory;
static guint n_steps;

static void G_GNUC_PRINTF (1, 2) say (const char *format, ...)
{
  va_list arguments;
  g_autofree char *words = NULL;

  va_start (arguments, format);
  words = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_print ("%u. %s\n", ++n_steps, words);
}

static void
indent (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    if (**line != '\0')
      g_print ("   %s\n", *line);
}

static GhWorkspace *
open_workspace (GhWindow *window)
{
  GhWorkspace *workspace;

  window_fixture_wait (window_fixture_find_workspace (window, TRUE) != NULL);
  workspace = window_fixture_find_workspace (window, TRUE);
  window_fixture_open (window, workspace);
  window_fixture_wait (gh_workspace_get_state (workspace) == GH_WORKSPACE_SYNCED);
  return workspace;
}

static void
go_offline (GhWindow *window, GhWorkspace *workspace)
{
  GhBanner *banner = gh_workspace_view_get_banner (gh_window_get_view (window));

  window_fixture_stop_server ();
  gtk_widget_activate_action (GTK_WIDGET (window), "win.sync", NULL);
  window_fixture_wait (gh_workspace_get_state (workspace) == GH_WORKSPACE_OFFLINE);
  window_fixture_wait (*gh_banner_get_text (banner) != '\0');
  indent (gh_banner_get_text (banner));
}

static void
edit (GhWindow *window, GhWorkspace *workspace)
{
  GhChangeBar *bar = gh_workspace_view_get_change_bar (gh_window_get_view (window));

  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      const GhSetting *setting = gh_settings_lookup (edits[i].field);
      g_autofree char *line = NULL;

      window_fixture_type (window, edits[i].field, edits[i].text);
      g_assert_true (gh_document_is_drafted (gh_workspace_get_document (workspace), setting));
      line = g_strdup_printf ("%s: %s", gh_setting_get_title (setting), edits[i].text);
      indent (line);
    }

  window_fixture_wait (!gh_workspace_get_saving (workspace));
  indent (gh_change_bar_get_text (bar));
  indent (gh_change_bar_get_saved_text (bar));
}

static GhReviewDialog *
review (GhWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.review", NULL);
  window_fixture_wait (GH_IS_REVIEW_DIALOG (gh_window_get_dialog (window)));
  walk_settle (GTK_WIDGET (gh_window_get_dialog (window)));
  return GH_REVIEW_DIALOG (gh_window_get_dialog (window));
}

static void
look_at_review (GhWindow *window)
{
  GhReviewDialog *dialog = review (window);
  g_autofree char *text = gh_review_dialog_dup_text (dialog);

  g_assert_cmpuint (gh_review_dialog_get_n_changes (dialog), ==, G_N_ELEMENTS (edits));
  indent (text);
  window_fixture_save_png (GTK_WINDOW (dialog), directory, "review");
  gtk_window_close (GTK_WINDOW (dialog));
  window_fixture_wait (gh_window_get_dialog (window) == NULL);
}

static void
apply (GhWindow *window, GhWorkspace *workspace)
{
  GhReviewDialog *dialog = review (window);

  gh_review_dialog_set_reason (dialog, "Sessions end sooner, locks last longer");
  if (gh_review_dialog_asks_for_name (dialog))
    gh_review_dialog_type_name (dialog, gh_workspace_get_name (workspace));
  g_assert_true (gh_review_dialog_can_apply (dialog));
  gtk_widget_activate_action (GTK_WIDGET (dialog), "review.apply", NULL);
  window_fixture_wait (gh_window_get_dialog (window) == NULL);
  window_fixture_wait (gh_workspace_get_state (workspace) == GH_WORKSPACE_SYNCED);
  g_assert_cmpuint (gh_workspace_get_n_drafted (workspace), ==, 0);
}

/* Asked with a token of our own, past the application. */
static char *
ask_server (GhWindow *window, GhWorkspace *workspace, const char *token, const char *what)
{
  g_autofree char *path
    = g_strdup_printf ("/v1/workspaces/%s/%s", gh_workspace_get_id (workspace), what);

  return window_fixture_ask (window, token, "GET", path, NULL, NULL);
}

static void
read_back (GhWindow *window, GhWorkspace *workspace)
{
  g_autofree char *token = window_fixture_make_token ("reader");
  g_autofree char *json = ask_server (window, workspace, token, "policy");
  g_autofree char *headers = ask_server (window, workspace, token, "headers");
  g_autoptr (GError) error = NULL;
  g_autoptr (GhPolicy) policy = gh_policy_from_json_text (json, -1, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      const GhSetting *setting = gh_settings_lookup (edits[i].field);
      g_autofree char *text = gh_value_to_text (setting, gh_policy_get (policy, setting));
      g_autofree char *line = g_strdup_printf ("%s: %s", gh_setting_get_title (setting), text);

      g_assert_cmpstr (text, ==, edits[i].text);
      indent (line);
    }

  g_assert_nonnull (strstr (headers, "max-age=43200000"));
  indent (headers);
}

/* What the pages that present the program show: a draft with its risks. */
static void
take_presentable_pictures (GhWindow *window)
{
  window_fixture_type (window, "content-security-policy", "true");
  window_fixture_type (window,
                       "content-security-policy.policy",
                       "default-src 'self'; script-src 'self' https://cdn.example.net; "
                       "object-src 'none'; frame-ancestors 'self'; base-uri 'none'");
  window_fixture_type (window, "strict-transport-security.include-subdomains", "true");
  window_fixture_type (window, "global-session-timeout", "0");
  window_fixture_type (window, "remember-me", "true");
  window_fixture_resize (GTK_WINDOW (window), 1000, 700);
  /* The mark of what was just gone to fades. */
  window_fixture_wait (!walk_finds_class (GTK_WIDGET (window), "found"));
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  window_fixture_save_png (GTK_WINDOW (window), directory, "overview");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "page-headers");
  window_fixture_save_png (GTK_WINDOW (window), directory, "preview");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "page-history");
  window_fixture_wait (walk_finds_text (GTK_WIDGET (window), "Revision"));
  window_fixture_save_png (GTK_WINDOW (window), directory, "history");
}

static void
take_pictures (GhWindow *window)
{
  GhWorkspaceView *view = gh_window_get_view (window);

  /* The toast has said what it had to say. */
  window_fixture_wait (!walk_finds_text (GTK_WIDGET (window), "3 changes applied"));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "sessions");
  window_fixture_resize (GTK_WINDOW (window), 360, 720);
  window_fixture_save_png (GTK_WINDOW (window), directory, "narrow-form");
  walk_assert_fits (GTK_WIDGET (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.back", NULL);
  window_fixture_save_png (GTK_WINDOW (window), directory, "narrow-groups");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.back", NULL);
  window_fixture_save_png (GTK_WINDOW (window), directory, "narrow-workspaces");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "page-headers");
  window_fixture_open (window, gh_workspace_view_get_workspace (view));
  window_fixture_save_png (GTK_WINDOW (window), directory, "narrow-headers");
  window_fixture_resize (GTK_WINDOW (window), 1180, 780);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "sessions");
  window_fixture_save_png (GTK_WINDOW (window), directory, "dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
  take_presentable_pictures (window);
}

static void
travel (GhApplication *application, GhWindow *window, gpointer user_data)
{
  GhWorkspaceView *view = gh_window_get_view (window);
  GhWorkspace *workspace;
  g_autofree char *headers = NULL;

  say ("Open the window: nothing is set up yet, so it offers a demo");
  window_fixture_save_png (GTK_WINDOW (window), directory, "welcome");

  say ("Try the demo: a server of our own on loopback");
  window_fixture_start_demo (window);

  workspace = open_workspace (window);
  say ("Open the workspace “%s”", gh_workspace_get_name (workspace));
  window_fixture_save_png (GTK_WINDOW (window), directory, "opened");

  say ("The server goes away");
  go_offline (window, workspace);

  say ("Edit three settings of three groups, offline");
  edit (window, workspace);
  window_fixture_save_png (GTK_WINDOW (window), directory, "form");

  say ("Preview the headers");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.page", "s", "page-headers");
  walk_settle (GTK_WIDGET (window));
  headers
    = gh_header_list_dup_text (gh_headers_view_get_list (gh_workspace_view_get_headers (view)));
  g_assert_nonnull (strstr (headers, "+Strict-Transport-Security: max-age=43200000"));
  indent (headers);
  window_fixture_save_png (GTK_WINDOW (window), directory, "headers");

  say ("Review what would change");
  look_at_review (window);

  say ("The server is back");
  window_fixture_start_demo (window);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.sync", NULL);
  window_fixture_wait (gh_workspace_get_state (workspace) == GH_WORKSPACE_DRAFT);

  say ("Apply, with a reason");
  apply (window, workspace);

  say ("Read it back from the server over HTTP");
  read_back (window, workspace);

  say ("Look at it on a narrow screen and in the dark");
  take_pictures (window);
}

int
main (int argc, char **argv)
{
  int status;

  if (argc != 2)
    {
      g_printerr ("Usage: journey DIRECTORY\n");
      return EXIT_FAILURE;
    }

  directory = argv[1];
  g_mkdir_with_parents (directory, 0755);
  status = window_fixture_run (travel, NULL);
  if (status == EXIT_SUCCESS)
    g_print ("The journey is done; its pictures are in %s\n", directory);
  return status;
}
