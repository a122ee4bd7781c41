/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The windows that edit the Content-Security-Policy part by part, opened by the buttons of its
 * row in the real window. */

#include "gh-csp-draft.h"
#include "gh-csp-editor.h"
#include "gh-csp-presets.h"
#include "gh-hash-dialog.h"
#include "gh-preset-dialog.h"
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

static const char *
get_policy (void)
{
  return g_variant_get_string (
    gh_document_get_value (get_document (), gh_settings_lookup (GH_CSP_DRAFT_FIELD)), NULL);
}

/* Below an open dialog too, which follows. */
static void
change_to (const char *policy)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_string (policy));
  g_autoptr (GError) error = NULL;

  gh_document_set_value (get_document (), gh_settings_lookup (GH_CSP_DRAFT_FIELD), value, &error);
  g_assert_no_error (error);
  gh_form_context_refresh (gh_workspace_view_get_context (view));
}

static void
start_with (const char *policy)
{
  g_autoptr (GVariant) on = g_variant_ref_sink (g_variant_new_boolean (TRUE));

  gh_document_revert_all (get_document ());
  gh_document_set_value (get_document (), gh_settings_lookup ("content-security-policy"), on, NULL);
  change_to (policy);
}

/* As a person does: to the row, and a click on its button. */
static GtkWidget *
open_dialog (const char *field, const char *button)
{
  GtkWindow *dialog;

  walk_click (GTK_WIDGET (window_fixture_go_to (window, field)), button);
  dialog = gh_window_get_dialog (window);
  g_assert_nonnull (dialog);
  g_assert_true (gtk_window_get_modal (dialog));
  walk_assert_named (GTK_WIDGET (dialog));
  return GTK_WIDGET (dialog);
}

/* The hash is what openssl makes of the script. */
static void
test_hash_is_added (void)
{
  static const struct
  {
    const char *before;
    const char *directive;
    const char *after;
    const char *note;
  } cases[] = {
    { "script-src  'self';img-src *", "script-src", "script-src  'self' HASH;img-src *", "" },
    { "default-src 'none', script-src 'self'",
      "script-src",
      "default-src 'none'; script-src HASH, script-src 'self' HASH",
      "" },
    { "img-src *", "style-src", "img-src *; style-src HASH", "Nothing restricts this yet" },
    { "", "script-src", "script-src HASH", "Nothing restricts this yet" },
    { "script-src 'unsafe-inline'",
      "script-src-elem",
      "script-src 'unsafe-inline'; script-src-elem 'unsafe-inline' HASH",
      "'unsafe-inline' has no effect" },
    { "script-src 'self'",
      "script-src-attr",
      "script-src 'self'; script-src-attr 'self' HASH",
      "only where 'unsafe-hashes' stands" },
  };
  const char *hash = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='";
  GtkWidget *dialog;

  start_with ("img-src *");
  dialog = open_dialog (GH_CSP_DRAFT_FIELD, "Make a Hash…");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) wanted = g_string_new (cases[i].after);

      change_to (cases[i].before);
      gh_hash_dialog_paste (
        GH_HASH_DIALOG (dialog), "<script>alert('Hello, world.');</script>", cases[i].directive);
      g_assert_cmpstr (gh_hash_dialog_get_source (GH_HASH_DIALOG (dialog), "sha256"), ==, hash);
      g_test_message ("%s", gh_hash_dialog_get_note (GH_HASH_DIALOG (dialog)));
      g_assert_nonnull (strstr (gh_hash_dialog_get_note (GH_HASH_DIALOG (dialog)), cases[i].note));
      g_assert_cmpint (
        *gh_hash_dialog_get_note (GH_HASH_DIALOG (dialog)) != '\0', ==, *cases[i].note != '\0');

      g_string_replace (wanted, "HASH", hash, 0);
      walk_click (dialog, "Add the SHA-256 hash to the policy");
      g_assert_cmpstr (get_policy (), ==, wanted->str);
      gh_document_undo (get_document ());
      g_assert_cmpstr (get_policy (), ==, cases[i].before);
    }
  window_fixture_close_dialog (window);
}

static void
test_hash_is_added_once_and_copied (void)
{
  GtkWidget *dialog;

  start_with ("script-src 'self'");
  dialog = open_dialog (GH_CSP_DRAFT_FIELD, "Make a Hash…");
  g_assert_false (walk_finds_text (dialog, "hashed."));
  g_assert_null (gh_hash_dialog_get_source (GH_HASH_DIALOG (dialog), "sha512"));
  gh_hash_dialog_paste (GH_HASH_DIALOG (dialog), "a()", "script-src");
  g_assert_true (walk_finds_text (dialog, "3 bytes are hashed."));
  walk_click (dialog, "Add the SHA-384 hash to the policy");
  gh_form_context_refresh (gh_workspace_view_get_context (view));
  g_assert_false (walk_can_click (dialog, "Add the SHA-384 hash to the policy"));
  g_assert_true (walk_can_click (dialog, "Add the SHA-512 hash to the policy"));
  walk_click (dialog, "Copy the SHA-512 hash");
  g_assert_true (walk_finds_text (dialog, "Hash copied"));
  window_fixture_check_fit (dialog, "hash");
  window_fixture_close_dialog (window);
}

static gboolean
get_switch (const char *field)
{
  return g_variant_get_boolean (
    gh_document_get_value (get_document (), gh_settings_lookup (field)));
}

/* From whatever is there, one click and one undo. */
static void
test_preset_is_taken (void)
{
  gsize n_presets;
  const GhCspPreset *presets = gh_csp_presets_get_table (&n_presets);

  for (gsize i = 0; i < n_presets; i++)
    {
      g_autofree char *policy = gh_csp_preset_dup_policy (&presets[i], NULL);
      g_autofree char *changes = NULL;
      GtkWidget *dialog;

      start_with ("img-src *");
      gh_document_revert (get_document (), gh_settings_lookup ("content-security-policy"));
      dialog = open_dialog ("content-security-policy", "Choose a Preset…");
      gh_preset_dialog_choose (GH_PRESET_DIALOG (dialog), presets[i].id);
      g_assert_cmpstr (gh_preset_dialog_get_policy (GH_PRESET_DIALOG (dialog)), ==, policy);
      changes = gh_preset_dialog_dup_changes (GH_PRESET_DIALOG (dialog));
      g_test_message ("%s", changes);
      g_assert_nonnull (strstr (changes, policy));
      g_assert_cmpint (strstr (changes, "+Content-Security-Policy-Report-Only: ") != NULL,
                       ==,
                       presets[i].report_only);
      g_assert_cmpstr (get_policy (), ==, "img-src *");

      walk_click (dialog, "Use");
      window_fixture_wait (gh_window_get_dialog (window) == NULL);
      g_assert_cmpstr (get_policy (), ==, policy);
      g_assert_true (get_switch ("content-security-policy"));
      g_assert_cmpint (
        get_switch ("content-security-policy.report-only"), ==, presets[i].report_only);

      gh_document_undo (get_document ());
      g_assert_cmpstr (get_policy (), ==, "img-src *");
      g_assert_false (get_switch ("content-security-policy"));
    }
}

static void
test_preset_takes_hashes_of_the_draft (void)
{
  const char *hash = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='";
  g_autofree char *policy
    = g_strdup_printf ("script-src %s %s; style-src 'sha256-AAAA'", hash, hash);
  g_autofree char *wanted = g_strdup_printf ("script-src 'strict-dynamic' %s;", hash);
  GtkWidget *dialog;
  GhPresetDialog *presets;

  start_with ("script-src 'self'");
  dialog = open_dialog ("content-security-policy", "Choose a Preset…");
  presets = GH_PRESET_DIALOG (dialog);
  gh_preset_dialog_choose (presets, "strict");
  g_assert_nonnull (strstr (gh_preset_dialog_get_note (presets), "Make the hashes first"));
  gh_preset_dialog_choose (presets, "allowlist");
  g_assert_cmpstr (gh_preset_dialog_get_note (presets), ==, "");
  window_fixture_check_fit (dialog, "preset");
  window_fixture_close_dialog (window);

  start_with (policy);
  dialog = open_dialog ("content-security-policy", "Choose a Preset…");
  presets = GH_PRESET_DIALOG (dialog);
  gh_preset_dialog_choose (presets, "strict");
  g_assert_nonnull (strstr (gh_preset_dialog_get_policy (presets), wanted));
  g_assert_true (g_str_has_prefix (gh_preset_dialog_get_note (presets), "1 hash"));
  walk_click (dialog, "Use");
  window_fixture_wait (gh_window_get_dialog (window) == NULL);

  dialog = open_dialog ("content-security-policy", "Choose a Preset…");
  gh_preset_dialog_choose (GH_PRESET_DIALOG (dialog), "strict");
  g_assert_true (walk_finds_text (dialog, "The draft has this policy already."));
  g_assert_false (walk_can_click (dialog, "Use"));
  window_fixture_close_dialog (window);
}

typedef enum
{
  REMOVE_DIRECTIVE,
  REMOVE_VALUE,
  TYPE,
  CHOOSE,
  ADD_DIRECTIVE,
} Act;

/* What is done to the directive of that index, by its words. */
static gboolean
act_on (GhCspEditor *editor, Act act, guint index, const char *words)
{
  GhCspDirectiveRow *row = gh_csp_editor_get_row (editor, index);

  switch (act)
    {
    case REMOVE_DIRECTIVE:
    case REMOVE_VALUE:
      walk_click (GTK_WIDGET (row), words);
      return TRUE;
    case TYPE:
      gh_csp_directive_row_type (row, words);
      return TRUE;
    case CHOOSE:
      return gh_csp_directive_row_choose (row, words);
    case ADD_DIRECTIVE:
    default:
      return gh_csp_editor_add_directive (editor, words);
    }
}

static const struct
{
  const char *before;
  Act act;
  guint index;
  const char *words;
  const char *after;
} edits[] = {
  { "img-src  'self'   a ;;  X-Y z;font-src *",
    REMOVE_VALUE,
    0,
    "Remove a",
    "img-src  'self' ;;  X-Y z;font-src *" },
  { "img-src 'self'; FONT-SRC  *;; x y",
    REMOVE_DIRECTIVE,
    1,
    "Remove the directive FONT-SRC",
    "img-src 'self'; x y" },
  { "img-src a; img-src  b", REMOVE_DIRECTIVE, 1, "Remove the directive img-src", "img-src a" },
  { "img-src a; img-src  b", REMOVE_VALUE, 1, "Remove b", "img-src a; img-src" },
  { "img-src 'none' ;  x y", TYPE, 0, "https://a.example", "img-src https://a.example ;  x y" },
  { "img-src a",
    TYPE,
    0,
    "  self  https://b.example data: ",
    "img-src a 'self' https://b.example data:" },
  { "script-src a", TYPE, 0, "sha256-AAAA nonce", "script-src a 'sha256-AAAA' nonce" },
  { "x-y  z ; img-src a", TYPE, 0, "self", "x-y  z self ; img-src a" },
  { "img-src a; img-src  b", TYPE, 1, "c", "img-src a; img-src  b c" },
  { "img-src a,font-src  b", TYPE, 1, "c", "img-src a,font-src  b c" },
  { "img-src a;  font-src https://b.example",
    CHOOSE,
    0,
    "https://b.example",
    "img-src a https://b.example;  font-src https://b.example" },
  { "sandbox", CHOOSE, 0, "allow-forms", "sandbox allow-forms" },
  { "default-src  'self' a ;",
    ADD_DIRECTIVE,
    0,
    "img-src",
    "default-src  'self' a; img-src 'self' a ;" },
  { "", ADD_DIRECTIVE, 0, "object-src", "object-src 'none'" },
  { "img-src a, img-src b", ADD_DIRECTIVE, 0, "font-src", "img-src a, img-src b; font-src 'self'" },
};

static char *
dup_text (GhCspEditor *editor)
{
  g_autoptr (GVariant) value
    = gh_setting_editor_dup_value (gh_csp_editor_get_text_editor (editor), NULL);

  return value != NULL ? g_variant_dup_string (value, NULL) : NULL;
}

/* Looking changes nothing; an act changes what it says and no other byte; undo brings all back. */
static void
test_edits_by_directive_are_exact (void)
{
  GhCspEditor *editor;

  start_with ("img-src *");
  editor = GH_CSP_EDITOR (open_dialog (GH_CSP_DRAFT_FIELD, "Edit by Directive…"));
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autofree char *text = NULL;

      change_to (edits[i].before);
      g_assert_cmpstr (get_policy (), ==, edits[i].before);
      g_test_message ("%s, %s", edits[i].before, edits[i].words);
      g_assert_true (act_on (editor, edits[i].act, edits[i].index, edits[i].words));
      g_assert_cmpstr (gh_csp_editor_get_error (editor), ==, "");
      g_assert_cmpstr (get_policy (), ==, edits[i].after);
      walk_assert_named (GTK_WIDGET (editor));

      walk_click (GTK_WIDGET (editor), "Undo");
      g_assert_cmpstr (get_policy (), ==, edits[i].before);
      walk_click (GTK_WIDGET (editor), "Redo");
      g_assert_cmpstr (get_policy (), ==, edits[i].after);
      text = dup_text (editor);
      g_assert_cmpstr (text, ==, edits[i].after);
    }
  window_fixture_close_dialog (window);
}

static void
test_text_and_directives_follow_each_other (void)
{
  GhCspEditor *editor;
  GhSettingEditor *text;
  g_autofree char *followed = NULL;

  start_with ("img-src 'self'");
  editor = GH_CSP_EDITOR (open_dialog (GH_CSP_DRAFT_FIELD, "Edit by Directive…"));
  text = gh_csp_editor_get_text_editor (editor);
  g_assert_cmpuint (gh_csp_editor_get_n_rows (editor), ==, 1);

  gh_setting_editor_enter_text (text, "img-src 'self'; script-src self; img-src x");
  g_assert_cmpuint (gh_csp_editor_get_n_rows (editor), ==, 3);
  g_assert_cmpstr (gh_csp_directive_row_get_words (gh_csp_editor_get_row (editor, 0)), ==, "");
  g_assert_cmpstr (gh_csp_directive_row_get_words (gh_csp_editor_get_row (editor, 1)), !=, "");
  g_assert_cmpstr (gh_csp_directive_row_get_words (gh_csp_editor_get_row (editor, 2)), !=, "");
  g_assert_true (walk_finds_text (GTK_WIDGET (gh_csp_editor_get_row (editor, 1)), "Scripts"));

  gh_setting_editor_enter_text (text, "img-src ä");
  g_assert_cmpstr (gh_csp_editor_get_error (editor), !=, "");
  gh_setting_editor_enter_text (text, "img-src 'self'; script-src self; img-src x");
  g_assert_cmpstr (gh_csp_editor_get_error (editor), ==, "");
  gh_csp_directive_row_type (gh_csp_editor_get_row (editor, 0), "a;b");
  g_assert_nonnull (strstr (gh_csp_editor_get_error (editor), "semicolon"));
  gh_csp_directive_row_type (gh_csp_editor_get_row (editor, 0), "ä.example");
  g_assert_cmpstr (gh_csp_editor_get_error (editor), !=, "");
  g_assert_cmpstr (get_policy (), ==, "img-src 'self'; script-src self; img-src x");

  gh_csp_directive_row_type (gh_csp_editor_get_row (editor, 0), "data:");
  g_assert_cmpstr (gh_csp_editor_get_error (editor), ==, "");
  followed = dup_text (editor);
  g_assert_cmpstr (followed, ==, "img-src 'self' data:; script-src self; img-src x");
  g_assert_cmpstr (get_policy (), ==, followed);

  gh_setting_editor_enter_text (text, "");
  g_assert_true (walk_finds_text (GTK_WIDGET (editor), "No directive yet"));
  window_fixture_close_dialog (window);
}

/* Many times what the window shows. */
static void
test_a_huge_policy_is_bounded (void)
{
  g_autoptr (GString) directives = g_string_new ("a");
  g_autoptr (GString) values = g_string_new ("img-src");
  GhCspEditor *editor;

  while (directives->len < 4000)
    g_string_append (directives, ";a b");
  while (values->len < 4000)
    g_string_append (values, " a");

  start_with (directives->str);
  editor = GH_CSP_EDITOR (open_dialog (GH_CSP_DRAFT_FIELD, "Edit by Directive…"));
  g_assert_cmpuint (gh_csp_editor_get_n_rows (editor), ==, GH_CSP_EDITOR_MAXIMUM_ROWS);
  g_assert_true (walk_finds_text (GTK_WIDGET (editor), "more directives stand in the text."));
  gh_setting_editor_enter_text (gh_csp_editor_get_text_editor (editor), values->str);
  g_assert_cmpuint (gh_csp_editor_get_n_rows (editor), ==, 1);
  g_assert_true (walk_finds_text (GTK_WIDGET (editor), "more stand in the text."));
  window_fixture_close_dialog (window);
}

static void
test_editor_fits (void)
{
  GhCspEditor *editor;

  start_with (
    "default-src 'self'; script-src 'self' 'unsafe-inline' "
    "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=' https://www.google.com/recaptcha/ "
    "https://*.googletagmanager.com; img-src 'self' data: https:; object-src none; "
    "frame-ancestors 'none'; upgrade-insecure-requests");
  editor = GH_CSP_EDITOR (open_dialog (GH_CSP_DRAFT_FIELD, "Edit by Directive…"));
  window_fixture_check_fit (GTK_WIDGET (editor), "editor");
  window_fixture_wait (walk_can_click (GTK_WIDGET (editor), "Text"));
  walk_click (GTK_WIDGET (editor), "Text");
  walk_settle (GTK_WIDGET (editor));
  walk_assert_fits (GTK_WIDGET (editor));
  walk_assert_named (GTK_WIDGET (editor));
  window_fixture_close_dialog (window);
}

static void
test_text_in_the_row_grows (void)
{
  GtkWidget *text;
  int height;

  start_with ("img-src *");
  text = gh_setting_editor_get_widget (
    gh_setting_row_get_editor (window_fixture_go_to (window, GH_CSP_DRAFT_FIELD)));
  height = gtk_widget_get_height (text);
  change_to ("img-src *; font-src *; media-src *; frame-src *; object-src *");
  walk_settle (GTK_WIDGET (window));
  g_assert_cmpint (gtk_widget_get_height (text), >, height);
}

/* As the keys do in the dialog, whatever has the keyboard there. */
static void
press (GtkWidget *dialog, const char *keys)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (dialog);
  gboolean pressed = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; GTK_IS_SHORTCUT_CONTROLLER (controller)
                        && j < g_list_model_get_n_items (G_LIST_MODEL (controller));
           j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          g_autofree char *trigger
            = gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (g_str_equal (trigger, keys))
            pressed
              |= gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, dialog, NULL);
        }
    }

  g_assert_true (pressed);
  gh_form_context_refresh (gh_workspace_view_get_context (view));
}

static void
test_keys_undo_in_a_dialog (void)
{
  GtkWidget *dialog;

  start_with ("script-src 'self'");
  dialog = open_dialog (GH_CSP_DRAFT_FIELD, "Edit by Directive…");
  gh_csp_directive_row_type (gh_csp_editor_get_row (GH_CSP_EDITOR (dialog), 0), "a");
  g_assert_cmpstr (get_policy (), ==, "script-src 'self' a");
  press (dialog, "<Control>z");
  g_assert_cmpstr (get_policy (), ==, "script-src 'self'");
  press (dialog, "<Shift><Control>z");
  g_assert_cmpstr (get_policy (), ==, "script-src 'self' a");
  window_fixture_close_dialog (window);
}

static void
test_dialog_goes_with_its_document (void)
{
  start_with ("script-src 'self'");
  open_dialog (GH_CSP_DRAFT_FIELD, "Make a Hash…");
  gh_form_context_set_document (gh_workspace_view_get_context (view), NULL, FALSE);
  window_fixture_wait (gh_window_get_dialog (window) == NULL);
  gh_form_context_set_document (gh_workspace_view_get_context (view), get_document (), TRUE);
}

static void
run_tests (GhApplication *application, GhWindow *opened, gpointer status)
{
  window = opened;
  view = gh_window_get_view (window);
  window_fixture_start_demo (window);
  workspace = window_fixture_find_workspace (window, TRUE);
  window_fixture_open (window, workspace);
  *(int *) status = g_test_run ();
}

int
main (int argc, char **argv)
{
  int status = EXIT_FAILURE;
  int run;

  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/app/csp/" path, test)
  ADD ("hash-is-added", test_hash_is_added);
  ADD ("hash-is-added-once", test_hash_is_added_once_and_copied);
  ADD ("preset-is-taken", test_preset_is_taken);
  ADD ("preset-takes-hashes", test_preset_takes_hashes_of_the_draft);
  ADD ("edits-by-directive-are-exact", test_edits_by_directive_are_exact);
  ADD ("text-and-directives-follow", test_text_and_directives_follow_each_other);
  ADD ("huge-policy-is-bounded", test_a_huge_policy_is_bounded);
  ADD ("editor-fits", test_editor_fits);
  ADD ("text-in-the-row-grows", test_text_in_the_row_grows);
  ADD ("keys-undo-in-a-dialog", test_keys_undo_in_a_dialog);
  ADD ("dialog-goes-with-its-document", test_dialog_goes_with_its_document);
  run = window_fixture_run (run_tests, &status);
  return run != EXIT_SUCCESS ? run : status;
}
