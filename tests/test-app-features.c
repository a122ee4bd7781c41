/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window that edits the Permissions-Policy feature by feature, opened by the button of its
 * row in the real window. */

#include <string.h>

#include "gh-feature-editor.h"
#include "walk.h"
#include "window-fixture.h"

#define FIELD "permissions-policy.policy"

static GhWindow *window;
static GhWorkspace *workspace;

static GhDocument *
get_document (void)
{
  return gh_workspace_get_document (workspace);
}

static const char *
get_policy (void)
{
  return g_variant_get_string (gh_document_get_value (get_document (), gh_settings_lookup (FIELD)),
                               NULL);
}

static void
change_to (const char *policy)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_string (policy));
  g_autoptr (GError) error = NULL;

  gh_document_set_value (get_document (), gh_settings_lookup (FIELD), value, &error);
  g_assert_no_error (error);
}

/* As a person does: to the row, and a click on its button. */
static GhFeatureEditor *
open_dialog (void)
{
  GtkWidget *dialog;

  walk_click (GTK_WIDGET (window_fixture_go_to (window, FIELD)), "Edit by Feature…");
  dialog = GTK_WIDGET (gh_window_get_dialog (window));
  g_assert_nonnull (dialog);
  walk_settle (dialog);
  g_assert_true (gtk_window_get_modal (GTK_WINDOW (dialog)));
  walk_assert_named (dialog);
  return GH_FEATURE_EDITOR (dialog);
}

/* Its many rows are laid out once: the window stays open from test to test. */
static GhFeatureEditor *
open_with (const char *policy)
{
  GtkWindow *dialog = gh_window_get_dialog (window);

  if (dialog == NULL)
    {
      gh_document_revert_all (get_document ());
      window_fixture_type (window, "permissions-policy", "true");
      change_to (policy);
      return open_dialog ();
    }

  gh_feature_editor_search (GH_FEATURE_EDITOR (dialog), "", FALSE);
  change_to (policy);
  return GH_FEATURE_EDITOR (dialog);
}

static void
choose (GhFeatureEditor *editor, const char *feature, const char *choice)
{
  GtkWidget *row = GTK_WIDGET (gh_feature_editor_find_row (editor, feature));

  g_assert_true (gtk_widget_activate_action (row, "feature.choice", "s", choice));
}

static void
assert_choice (GhFeatureEditor *editor, const char *feature, const char *expected)
{
  g_autofree char *choice = NULL;

  g_object_get (gh_feature_editor_find_row (editor, feature), "choice", &choice, NULL);
  g_assert_cmpstr (choice, ==, expected);
}

/* Each click is a step that touches its own feature and no other byte. */
static void
test_each_choice_is_written (void)
{
  static const struct
  {
    const char *before;
    const char *feature;
    const char *shown;
    const char *choice;
    const char *after;
  } cases[] = {
    { "", "camera", "default", "nobody", "camera=()" },
    { "", "camera", "default", "self", "camera=(self)" },
    { "", "camera", "default", "everybody", "camera=*" },
    { "usb=( self ) ,camera=*;report-to=\"e\"",
      "camera",
      "everybody",
      "nobody",
      "usb=( self ) ,camera=();report-to=\"e\"" },
    { "usb=( self ) ,camera=*", "usb", "self", "default", "camera=*" },
    { "camera=(self \"https://a.example\"),  usb=()",
      "camera",
      "named",
      "everybody",
      "camera=*,  usb=()" },
    { "levitation=(), usb=()", "levitation", "nobody", "default", "usb=()" },
    { "vr=(self)", "vr", "self", "nobody", "vr=()" },
  };
  GhFeatureEditor *editor = open_with ("");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      change_to (cases[i].before);
      assert_choice (editor, cases[i].feature, cases[i].shown);
      choose (editor, cases[i].feature, cases[i].choice);
      g_assert_cmpstr (get_policy (), ==, cases[i].after);
      assert_choice (editor, cases[i].feature, cases[i].choice);
      walk_click (GTK_WIDGET (editor), "Undo");
      g_assert_cmpstr (get_policy (), ==, cases[i].before);
      assert_choice (editor, cases[i].feature, cases[i].shown);
      walk_click (GTK_WIDGET (editor), "Redo");
      g_assert_cmpstr (get_policy (), ==, cases[i].after);
    }

  change_to ("usb=()");
  g_assert_null (gh_feature_editor_find_row (editor, "levitation"));
}

static void
test_origins_are_named (void)
{
  GhFeatureEditor *editor = open_with ("usb=*, camera=*");
  GhFeatureRow *row = gh_feature_editor_find_row (editor, "camera");
  GtkWidget *widget = GTK_WIDGET (row);

  choose (editor, "camera", "named");
  g_assert_cmpstr (get_policy (), ==, "usb=*, camera=*");
  g_assert_nonnull (strstr (gh_feature_row_get_words (row), "until an origin is added"));
  gh_feature_row_type_origin (row, "https://a.example/path");
  g_assert_nonnull (strstr (gh_feature_row_get_words (row), "no origin"));
  g_assert_cmpstr (get_policy (), ==, "usb=*, camera=*");
  gh_feature_row_type_origin (row, " https://a.example ");
  g_assert_cmpstr (get_policy (), ==, "usb=*, camera=(\"https://a.example\")");
  g_assert_cmpstr (gh_feature_row_get_words (row), ==, "");
  gh_feature_row_type_origin (row, "https://*.b.example");
  gh_feature_row_type_origin (row, "https://a.example");
  g_assert_cmpstr (
    get_policy (), ==, "usb=*, camera=(\"https://a.example\" \"https://*.b.example\")");
  assert_choice (editor, "camera", "named");

  walk_settle (GTK_WIDGET (editor));
  walk_click (widget, "Remove https://a.example");
  g_assert_cmpstr (get_policy (), ==, "usb=*, camera=(\"https://*.b.example\")");
  walk_click (widget, "Remove https://*.b.example");
  g_assert_cmpstr (get_policy (), ==, "usb=*, camera=()");
  assert_choice (editor, "camera", "named");
  choose (editor, "camera", "nobody");
  assert_choice (editor, "camera", "nobody");
  g_assert_cmpstr (get_policy (), ==, "usb=*, camera=()");
}

/* What is typed on one side is on the other at once. */
static void
test_both_ways (void)
{
  GhFeatureEditor *editor = open_with ("camera=()");
  GhEditorFrame *frame = gh_feature_editor_get_frame (editor);
  GhSettingEditor *text = gh_editor_frame_get_text_editor (frame);
  g_autoptr (GVariant) shown = NULL;

  gh_setting_editor_enter_text (text, "camera=(self \"https://a.example\"),\nmidi=*, flight=()");
  assert_choice (editor, "camera", "named");
  assert_choice (editor, "midi", "everybody");
  assert_choice (editor, "flight", "nobody");
  g_assert_nonnull (
    strstr (gh_feature_row_get_words (gh_feature_editor_find_row (editor, "flight")), "ignore"));
  choose (editor, "midi", "self");
  shown = gh_setting_editor_dup_value (text, NULL);
  g_assert_cmpstr (g_variant_get_string (shown, NULL), ==, get_policy ());
  g_assert_nonnull (strstr (get_policy (), "midi=(self)"));
  g_assert_cmpstr (gh_editor_frame_get_error (frame), ==, "");
}

/* Browsers drop a header for one fault: no choice is offered that would be lost with it. */
static void
test_faults_are_said_and_mended (void)
{
  GhFeatureEditor *editor = open_with ("camera 'none'; usb 'self'");

  g_assert_nonnull (strstr (gh_feature_editor_get_fault (editor), "Feature-Policy"));
  g_assert_false (
    gtk_widget_is_sensitive (GTK_WIDGET (gh_feature_editor_find_row (editor, "camera"))));
  assert_choice (editor, "camera", "default");
  walk_click (GTK_WIDGET (editor), "Rewrite It in the Present Syntax");
  g_assert_cmpstr (get_policy (), ==, "camera=(), usb=(self)");
  g_assert_cmpstr (gh_feature_editor_get_fault (editor), ==, "");
  assert_choice (editor, "camera", "nobody");

  change_to ("camera=(),");
  g_assert_cmpstr (gh_feature_editor_get_fault (editor), !=, "");
  g_assert_false (walk_can_click (GTK_WIDGET (editor), "Rewrite It in the Present Syntax"));
  walk_assert_fits (GTK_WIDGET (editor));
}

static gboolean
is_shown (GhFeatureEditor *editor, const char *feature)
{
  return gtk_widget_get_child_visible (GTK_WIDGET (gh_feature_editor_find_row (editor, feature)));
}

static void
test_search (void)
{
  GhFeatureEditor *editor = open_with ("camera=(), usb=(self)");

  g_assert_true (is_shown (editor, "camera"));
  g_assert_null (gh_feature_editor_find_row (editor, "vr"));
  gh_feature_editor_search (editor, "SMART c", FALSE);
  g_assert_false (is_shown (editor, "camera"));
  g_assert_true (is_shown (editor, "smart-card"));
  gh_feature_editor_search (editor, "", TRUE);
  g_assert_true (is_shown (editor, "camera"));
  g_assert_false (is_shown (editor, "midi"));
}

/* However many the text names, the window stays usable. */
static void
test_hostile_text (void)
{
  g_autoptr (GString) text = g_string_new ("camera=()");
  GhFeatureEditor *editor;

  for (guint i = 0; i < 600; i++)
    g_string_append_printf (text, ", x%u=()", i);
  editor = open_with (text->str);
  assert_choice (editor, "camera", "nobody");
  g_assert_true (walk_finds_text (GTK_WIDGET (editor), "more features stand in the text."));
  choose (editor, "camera", "everybody");
  g_assert_true (g_str_has_prefix (get_policy (), "camera=*, x0=(), "));
}

/* The choices stand in a menu that is made when it is asked for. */
static void
test_menu_offers_choices (void)
{
  static const char *const titles[]
    = { "By Default: Everybody", "Nobody", "This Site", "Named Origins", "Everybody" };
  GhFeatureEditor *editor = open_with ("gamepad=*");
  GtkWidget *menu = gh_feature_row_get_menu (gh_feature_editor_find_row (editor, "gamepad"));

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    g_assert_true (walk_finds_text (menu, titles[i]));
}

static void
test_fit (void)
{
  GhFeatureEditor *editor
    = open_with ("camera=(self \"https://a-rather-long-name.example.com:8443\" "
                 "\"https://*.b.example\"), autoplay=*, a-feature-of-another-time=(), "
                 "bluetooth=(none), battery=()");
  GtkWidget *dialog = GTK_WIDGET (editor);

  window_fixture_check_fit (dialog, "features");
  gh_feature_editor_search (editor, "", TRUE);
  choose (editor, "battery", "named");
  walk_settle (dialog);
  walk_assert_fits (dialog);
  walk_assert_named (dialog);
  window_fixture_draw (dialog, "features-narrow-named");
  walk_click (dialog, "Text");
  walk_settle (dialog);
  walk_assert_fits (dialog);
  window_fixture_draw (dialog, "features-narrow-text");
  window_fixture_close_dialog (window);
}

static void
run (GhApplication *application, GhWindow *application_window, gpointer user_data)
{
  window = application_window;
  window_fixture_start_demo (window);
  workspace = window_fixture_find_workspace (window, TRUE);
  window_fixture_open (window, workspace);
  *(int *) user_data = g_test_run ();
}

int
main (int argc, char *argv[])
{
  int status = EXIT_FAILURE;
  int finished;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/features/each-choice-is-written", test_each_choice_is_written);
  g_test_add_func ("/app/features/origins-are-named", test_origins_are_named);
  g_test_add_func ("/app/features/both-ways", test_both_ways);
  g_test_add_func ("/app/features/faults-are-said-and-mended", test_faults_are_said_and_mended);
  g_test_add_func ("/app/features/search", test_search);
  g_test_add_func ("/app/features/hostile-text", test_hostile_text);
  g_test_add_func ("/app/features/menu-offers-choices", test_menu_offers_choices);
  g_test_add_func ("/app/features/fit", test_fit);
  finished = window_fixture_run (run, &status);

  return finished != EXIT_SUCCESS ? finished : status;
}
