/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ten forms against the settings table: each field in one row of its own group, named,
 * and edited by a widget that holds every value of it. */

#include <adwaita.h>

#include "gh-account-dialog.h"
#include "gh-application.h"
#include "gh-conflict-dialog.h"
#include "gh-flow-layout.h"
#include "gh-long-label.h"
#include "gh-plain-words.h"
#include "gh-policy-form.h"
#include "gh-structured-editors.h"
#include "gh-value-type.h"
#include "walk.h"

typedef struct
{
  GhPolicy *base;
  GhDocument *document;
  GhFormContext *context;
  GtkWindow *window;
  GtkWidget *stack;
} Fixture;

static GhPolicyForm *
get_form (Fixture *fixture, const GhGroup *group)
{
  return GH_POLICY_FORM (gtk_stack_get_child_by_name (GTK_STACK (fixture->stack), group->id));
}

static GhSettingRow *
find_row (Fixture *fixture, const GhSetting *setting)
{
  return gh_policy_form_find_row (get_form (fixture, gh_groups_lookup (setting->group)), setting);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const GhGroup *groups = gh_groups_get_table ();

  fixture->base = gh_policy_new ();
  fixture->document = gh_document_new (fixture->base);
  fixture->context = gh_form_context_new ();
  fixture->stack = gtk_stack_new ();
  fixture->window = GTK_WINDOW (adw_window_new ());
  for (guint i = 0; i < GH_N_GROUPS; i++)
    {
      GtkWidget *form = gh_policy_form_new (&groups[i], fixture->context);

      gtk_stack_add_named (GTK_STACK (fixture->stack), form, groups[i].id);
      gh_policy_form_get_rows (GH_POLICY_FORM (form));
    }

  adw_window_set_content (ADW_WINDOW (fixture->window), fixture->stack);
  gtk_window_set_default_size (fixture->window, 700, 700);
  gh_form_context_set_document (fixture->context, fixture->document, TRUE);
  gtk_window_present (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->context);
  g_clear_object (&fixture->document);
  g_clear_pointer (&fixture->base, gh_policy_unref);
}

static void
test_each_field_once (Fixture *fixture, gconstpointer data)
{
  const GhGroup *groups = gh_groups_get_table ();
  g_autofree guint *seen = g_new0 (guint, GH_N_SETTINGS);

  for (guint i = 0; i < GH_N_GROUPS; i++)
    {
      GPtrArray *rows = gh_policy_form_get_rows (get_form (fixture, &groups[i]));

      for (guint j = 0; j < rows->len; j++)
        {
          const GhSetting *setting = gh_setting_row_get_setting (g_ptr_array_index (rows, j));

          g_assert_cmpstr (setting->group, ==, groups[i].id);
          seen[gh_setting_get_index (setting)]++;
        }
    }

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      g_test_message ("%s", gh_settings_get_nth (i)->id);
      g_assert_cmpuint (seen[i], ==, 1);
    }
}

static void
test_rows_say_the_table (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      GhSettingRow *row = find_row (fixture, setting);
      GtkWidget *widget = gh_setting_editor_get_widget (gh_setting_row_get_editor (row));
      g_auto (GStrv) first = g_strsplit (gh_setting_get_help (setting), ". ", 2);

      g_assert_true (walk_finds_text (GTK_WIDGET (row), gh_setting_get_title (setting)));
      g_assert_true (walk_finds_text (GTK_WIDGET (row), first[0]));
      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (widget),
                                           GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                           gh_setting_get_help (setting));
      gtk_test_accessible_assert_property (
        GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, gh_setting_get_title (setting));
    }
}

static void
test_everything_is_named (Fixture *fixture, gconstpointer data)
{
  const GhGroup *groups = gh_groups_get_table ();

  for (guint i = 0; i < GH_N_GROUPS; i++)
    {
      gtk_stack_set_visible_child_name (GTK_STACK (fixture->stack), groups[i].id);
      g_test_message ("%s", groups[i].id);
      walk_assert_named (fixture->stack);
    }
}

/* A value of the setting that is not its default. */
static GVariant *
dup_other_value (const GhSetting *setting)
{
  g_autoptr (GVariant) fallback = g_variant_ref (gh_setting_get_default (setting));
  const char *const texts[] = {
    "1",
    "100",
    "2",
    "true",
    "false",
    "G-AB12CD34",
    "https://example.org/report",
    "camera=()",
    "default-src 'self'",
    "pdf,odt",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
  };

  for (guint i = 0; i < setting->n_choices; i++)
    {
      g_autoptr (GVariant) value = gh_value_from_text (setting, setting->choices[i].id, NULL);

      if (!gh_value_equal (value, fallback))
        return g_steal_pointer (&value);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GVariant) value = gh_value_from_text (setting, texts[i], NULL);

      if (value != NULL && gh_value_check (setting, value, NULL)
          && !gh_value_equal (value, fallback))
        return g_steal_pointer (&value);
    }

  g_assert_not_reached ();
}

static void
test_each_editor_holds_values (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      g_autoptr (GVariant) other = dup_other_value (setting);
      g_autofree char *text = gh_value_to_text (setting, other);
      GhSettingRow *row = find_row (fixture, setting);
      GhSettingEditor *editor = gh_setting_row_get_editor (row);
      g_autoptr (GVariant) shown = gh_setting_editor_dup_value (editor, NULL);
      g_autoptr (GVariant) entered = NULL;
      g_autoptr (GVariant) undone = NULL;

      g_test_message ("%s: %s", setting->id, text);
      g_assert_true (gh_value_equal (shown, gh_setting_get_default (setting)));

      gh_setting_editor_enter_text (editor, text);
      g_assert_true (gh_value_equal (gh_document_get_value (fixture->document, setting), other));
      g_assert_true (gh_setting_row_is_drafted (row));

      gtk_widget_activate_action (GTK_WIDGET (row), "setting.revert", NULL);
      g_assert_false (gh_setting_row_is_drafted (row));
      undone = gh_setting_editor_dup_value (editor, NULL);
      g_assert_true (gh_value_equal (undone, gh_setting_get_default (setting)));

      g_assert_true (gh_document_set_value (fixture->document, setting, other, NULL));
      entered = gh_setting_editor_dup_value (editor, NULL);
      g_assert_true (gh_value_equal (entered, other));
    }
}

static void
test_recommended_is_one_click (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      g_autoptr (GVariant) wanted = NULL;

      if (setting->recommended_value == NULL)
        continue;

      wanted = gh_value_from_text (setting, setting->recommended_value, NULL);
      gtk_widget_activate_action (
        GTK_WIDGET (find_row (fixture, setting)), "setting.recommend", NULL);
      g_assert_true (gh_value_equal (gh_document_get_value (fixture->document, setting), wanted));
    }
}

static void
test_bad_text_is_kept_and_said (Fixture *fixture, gconstpointer data)
{
  const GhSetting *setting = gh_settings_lookup ("login-lockout-period");
  GhSettingRow *row = find_row (fixture, setting);
  GhSettingEditor *editor = gh_setting_row_get_editor (row);
  GtkWidget *spin = gh_setting_editor_get_widget (editor);

  gtk_stack_set_visible_child_name (GTK_STACK (fixture->stack), setting->group);
  gh_setting_editor_enter_text (editor, "soon");
  g_assert_cmpstr (gh_setting_row_get_error_text (row), !=, "");
  g_assert_false (gh_setting_row_is_drafted (row));

  gtk_spin_button_update (GTK_SPIN_BUTTON (spin));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "soon");

  gh_setting_editor_enter_text (editor, "17");
  g_assert_cmpstr (gh_setting_row_get_error_text (row), ==, "");
  g_assert_true (gh_setting_row_is_drafted (row));
  gtk_spin_button_spin (GTK_SPIN_BUTTON (spin), GTK_SPIN_STEP_FORWARD, 1);
  g_assert_cmpint (
    g_variant_get_int64 (gh_document_get_value (fixture->document, setting)), ==, 18);
}

static void
test_weaker_is_said (Fixture *fixture, gconstpointer data)
{
  const GhSetting *setting = gh_settings_lookup ("global-session-timeout");
  GhSettingRow *row = find_row (fixture, setting);

  gh_form_context_refresh (fixture->context);
  g_assert_cmpstr (gh_setting_row_get_warning_text (row), ==, "");
  gh_setting_editor_enter_text (gh_setting_row_get_editor (row), "0");
  gh_form_context_refresh (fixture->context);
  g_assert_cmpstr (gh_setting_row_get_warning_text (row), !=, "");
  g_assert_true (walk_finds_text (GTK_WIDGET (row), "Unlimited"));
}

static void
test_switch_leads_its_parts (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      const GhSetting *parent = gh_setting_get_parent (setting);
      GtkWidget *row;

      if (parent == NULL)
        continue;

      row = GTK_WIDGET (find_row (fixture, setting));
      gh_document_set_value (fixture->document, parent, g_variant_new_boolean (FALSE), NULL);
      g_assert_false (gtk_widget_get_sensitive (row) && gtk_widget_get_visible (row));
      gh_document_set_value (fixture->document, parent, g_variant_new_boolean (TRUE), NULL);
      g_assert_true (gtk_widget_get_sensitive (row) && gtk_widget_get_visible (row));
    }
}

static void
test_reader_may_not_edit (Fixture *fixture, gconstpointer data)
{
  gh_form_context_set_document (fixture->context, fixture->document, FALSE);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      GhSettingRow *row = find_row (fixture, gh_settings_get_nth (i));

      g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (gh_setting_row_get_editor (row))));
      g_assert_true (
        walk_finds_tooltip (GTK_WIDGET (row), "Your role may only read this workspace"));
    }
}

static void
test_rows_offer_their_editors (Fixture *fixture, gconstpointer data)
{
  gsize n_editors;
  const GhStructuredEditor *editors = gh_structured_editors_get_table (&n_editors);

  for (gsize i = 0; i < n_editors; i++)
    {
      const GhSetting *setting = gh_settings_lookup (editors[i].field);

      g_assert_nonnull (setting);
      g_assert_true (walk_finds_text (GTK_WIDGET (find_row (fixture, setting)), editors[i].title));
      g_assert_true (
        walk_finds_tooltip (GTK_WIDGET (find_row (fixture, setting)), editors[i].tooltip));
    }
}

/* Two stand side by side where there is room, else one below the other, and what holds them is
 * as high as they are. */
static void
test_flow_is_as_high_as_its_lines (void)
{
  static const struct
  {
    int width;
    int n_lines;
  } cases[] = { { 200, 1 }, { 106, 1 }, { 105, 2 }, { 50, 2 } };
  GtkWidget *flow = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));

  gtk_widget_set_layout_manager (flow, gh_flow_layout_new ());
  for (guint i = 0; i < 3; i++)
    {
      GtkWidget *child = gtk_drawing_area_new ();

      gtk_widget_set_size_request (child, 50, 30);
      gtk_widget_set_visible (child, i < 2);
      gtk_box_append (GTK_BOX (flow), child);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *second = gtk_widget_get_next_sibling (gtk_widget_get_first_child (flow));
      graphene_rect_t bounds;
      int height;

      gtk_widget_measure (
        flow, GTK_ORIENTATION_VERTICAL, cases[i].width, &height, NULL, NULL, NULL);
      g_assert_cmpint (height, ==, 30 * cases[i].n_lines + 6 * (cases[i].n_lines - 1));
      gtk_widget_allocate (flow, cases[i].width, height, -1, NULL);
      g_assert_true (gtk_widget_compute_bounds (second, flow, &bounds));
      g_assert_cmpfloat (bounds.origin.y + bounds.size.height, ==, height);
      g_assert_cmpfloat (bounds.origin.x, ==, cases[i].n_lines == 1 ? 56 : 0);
    }
  g_object_unref (flow);
}

/* A long line beside its successor shows what was taken from it, and no more. */
static void
test_long_line_beside_another (void)
{
  GString *text = g_string_new ("Name: first");
  g_autofree char *other = NULL;
  GtkWidget *label = g_object_ref_sink (gh_long_label_new ());

  for (guint i = 0; i < 400; i++)
    g_string_append_printf (text, " word-%u", i);
  other = g_strdup (text->str);
  g_string_replace (text, "word-200", "old-200", 1);

  gh_long_label_set_text_beside (GH_LONG_LABEL (label), text->str, other);
  g_assert_cmpstr (gh_long_label_get_text (GH_LONG_LABEL (label)), ==, text->str);
  g_assert_true (walk_finds_text (label, "Name: …"));
  g_assert_true (walk_finds_text (label, "old-200"));
  g_assert_false (walk_finds_text (label, "word-20 "));
  g_assert_false (walk_finds_text (label, "word-399"));

  gh_long_label_set_text (GH_LONG_LABEL (label), text->str);
  g_assert_true (walk_finds_text (label, "word-399"));
  gh_long_label_set_text_beside (GH_LONG_LABEL (label), "Name: short", "Name: shorter");
  g_assert_true (walk_finds_text (label, "Name: short"));
  g_object_unref (label);
  g_string_free (text, TRUE);
}

/* What a server says is shown as it is, whatever the toolkit reads into it. */
static void
test_words_are_plain (void)
{
  const char *words = "Fish & <b>Chips</b>: see <a href=\"x\">";
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWindow *window = GTK_WINDOW (adw_window_new ());

  gtk_box_append (GTK_BOX (box), page);
  gtk_box_append (GTK_BOX (box), group);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_present (window);
  gh_plain_words_describe_page (ADW_STATUS_PAGE (page), words);
  gh_plain_words_describe_group (ADW_PREFERENCES_GROUP (group), words);
  g_assert_true (walk_finds_text (page, words));
  g_assert_true (walk_finds_text (group, words));
  gh_plain_words_describe_page (ADW_STATUS_PAGE (page), NULL);
  g_assert_false (walk_finds_text (page, words));
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
  gh_application_ensure_resources ();

#define ADD(path, test) g_test_add ("/app/forms/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("each-field-once", test_each_field_once);
  ADD ("rows-say-the-table", test_rows_say_the_table);
  ADD ("everything-is-named", test_everything_is_named);
  ADD ("each-editor-holds-values", test_each_editor_holds_values);
  ADD ("recommended-is-one-click", test_recommended_is_one_click);
  ADD ("bad-text-is-kept-and-said", test_bad_text_is_kept_and_said);
  ADD ("weaker-is-said", test_weaker_is_said);
  ADD ("switch-leads-its-parts", test_switch_leads_its_parts);
  ADD ("reader-may-not-edit", test_reader_may_not_edit);
  ADD ("rows-offer-their-editors", test_rows_offer_their_editors);
  g_test_add_func ("/app/forms/words-are-plain", test_words_are_plain);
  g_test_add_func ("/app/forms/flow-is-as-high-as-its-lines", test_flow_is_as_high_as_its_lines);
  g_test_add_func ("/app/forms/long-line-beside-another", test_long_line_beside_another);
  return g_test_run ();
}
