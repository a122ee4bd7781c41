/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list of presets; what is chosen is held against the draft at once. */

#include "gh-preset-dialog.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-csp-draft.h"
#include "gh-csp-presets.h"
#include "gh-difference-view.h"

struct _GhPresetDialog
{
  AdwWindow parent_instance;

  GhFormContext *context;    /* owned */
  const GhCspPreset *preset; /* the chosen one */
  char *policy;              /* owned: of that preset, with the hashes of the draft */
  GtkWidget *first_button;   /* borrowed: leads the group of buttons */

  /* Template */
  AdwPreferencesGroup *presets_group;
  GtkLabel *policy_label;
  GtkLabel *source_label;
  GtkLabel *note_label;
  GtkSwitch *report_switch;
  GhDifferenceView *difference;
  GtkWidget *same_label;
};

G_DEFINE_FINAL_TYPE (GhPresetDialog, gh_preset_dialog, ADW_TYPE_WINDOW)

static void
set_policy (GhPolicy *policy, const char *id, GVariant *value)
{
  g_autoptr (GVariant) held = g_variant_ref_sink (value);

  gh_policy_set (policy, gh_settings_lookup (id), held);
}

/* The draft as it would be with the preset. */
static GhPolicy *
dup_policy_with_preset (GhPresetDialog *self, GhPolicy *before)
{
  GhPolicy *after = gh_policy_copy (before);

  set_policy (after, "content-security-policy", g_variant_new_boolean (TRUE));
  set_policy (after, GH_CSP_DRAFT_FIELD, g_variant_new_string (self->policy));
  set_policy (after,
              "content-security-policy.report-only",
              g_variant_new_boolean (gtk_switch_get_active (self->report_switch)));
  return after;
}

static void
show_changes (GhPresetDialog *self)
{
  GhDocument *document
    = self->context != NULL ? gh_form_context_get_document (self->context) : NULL;
  g_autoptr (GhPolicy) before = document != NULL ? gh_document_dup_policy (document) : NULL;
  g_autoptr (GhPolicy) after = NULL;
  gboolean differs;

  if (before == NULL)
    return;

  after = dup_policy_with_preset (self, before);
  gh_difference_view_set_policies (
    self->difference, before, after, gh_form_context_get_site (self->context));
  differs = gh_difference_view_get_n_changes (self->difference) > 0;
  gtk_widget_set_visible (self->same_label, !differs);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preset.use", differs);
}

/* What came of the hashes that the preset asks for; "" where it asks for none. */
static char *
dup_note (GhPresetDialog *self, guint n_hashes)
{
  g_autofree char *bare = gh_csp_preset_dup_policy (self->preset, NULL);

  if (g_str_equal (bare, self->preset->policy))
    return g_strdup ("");
  if (n_hashes == 0)
    return g_strdup (_ ("No hash of a script stands in the draft, so that scripts of the own host "
                        "are allowed in their place. Make the hashes first to have it strict."));

  return g_strdup_printf (ngettext ("%u hash of a script is taken from the draft.",
                                    "%u hashes of scripts are taken from the draft.",
                                    n_hashes),
                          n_hashes);
}

static void
show_preset (GhPresetDialog *self)
{
  GhDocument *document = gh_form_context_get_document (self->context);
  g_auto (GStrv) hashes
    = document != NULL ? gh_csp_draft_dup_script_hashes (document) : g_new0 (char *, 1);
  g_autofree char *note = dup_note (self, g_strv_length (hashes));
  g_autoptr (GString) lines = NULL;

  g_free (self->policy);
  self->policy = gh_csp_preset_dup_policy (self->preset, (const char *const *) hashes);
  lines = g_string_new (self->policy);
  g_string_replace (lines, "; ", ";\n", 0);
  gtk_label_set_label (self->policy_label, lines->str);
  gtk_label_set_label (self->source_label, self->preset->source);
  gtk_label_set_label (self->note_label, note);
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), *note != '\0');
}

static void
choose (GhPresetDialog *self, const GhCspPreset *preset)
{
  self->preset = preset;
  show_preset (self);
  if (gtk_switch_get_active (self->report_switch) == preset->report_only)
    show_changes (self);
  else
    gtk_switch_set_active (self->report_switch, preset->report_only);
}

static void
on_toggled (GtkCheckButton *button, GhPresetDialog *self)
{
  if (gtk_check_button_get_active (button))
    choose (self, gh_csp_presets_lookup (gtk_widget_get_name (GTK_WIDGET (button))));
}

static void
on_refreshed (GhPresetDialog *self)
{
  show_preset (self);
  show_changes (self);
}

static void
use (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhPresetDialog *self = GH_PRESET_DIALOG (widget);
  GhDocument *document = gh_form_context_get_document (self->context);
  g_autoptr (GhPolicy) before = NULL;
  g_autoptr (GhPolicy) after = NULL;

  if (document == NULL || !gh_form_context_get_can_write (self->context))
    return;

  before = gh_document_dup_policy (document);
  after = dup_policy_with_preset (self, before);
  gh_document_set_policy (document, after);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_go_to (GhPresetDialog *self, const char *field)
{
  g_autoptr (GhFormContext) context = g_object_ref (self->context);
  g_autofree char *wanted = g_strdup (field);

  gtk_window_close (GTK_WINDOW (self));
  gh_form_context_go_to (context, wanted);
}

static void
append_row (GhPresetDialog *self, const GhCspPreset *preset)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_check_button_new ();

  gtk_widget_set_name (button, preset->id);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gh_accessible_set_name (button, _ (preset->title));
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ (preset->description), -1);
  if (self->first_button == NULL)
    self->first_button = button;
  else
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button), GTK_CHECK_BUTTON (self->first_button));
  g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), self);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (preset->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (preset->description));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (self->presets_group, row);
}

static void
gh_preset_dialog_dispose (GObject *object)
{
  GhPresetDialog *self = GH_PRESET_DIALOG (object);

  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gh_preset_dialog_parent_class)->dispose (object);
}

static void
gh_preset_dialog_finalize (GObject *object)
{
  g_free (GH_PRESET_DIALOG (object)->policy);

  G_OBJECT_CLASS (gh_preset_dialog_parent_class)->finalize (object);
}

static void
gh_preset_dialog_class_init (GhPresetDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_preset_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = gh_preset_dialog_finalize;

  g_type_ensure (GH_TYPE_DIFFERENCE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-preset-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GhPresetDialog, presets_group);
  gtk_widget_class_bind_template_child (widget_class, GhPresetDialog, policy_label);
  gtk_widget_class_bind_template_child (widget_class, GhPresetDialog, source_label);
  gtk_widget_class_bind_template_child (widget_class, GhPresetDialog, note_label);
  gtk_widget_class_bind_template_child (widget_class, GhPresetDialog, report_switch);
  gtk_widget_class_bind_template_child (widget_class, GhPresetDialog, difference);
  gtk_widget_class_bind_template_child (widget_class, GhPresetDialog, same_label);
  gtk_widget_class_bind_template_callback (widget_class, show_changes);
  gtk_widget_class_bind_template_callback (widget_class, on_go_to);
  gtk_widget_class_install_action (widget_class, "preset.use", NULL, use);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
gh_preset_dialog_init (GhPresetDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
gh_preset_dialog_new (GhFormContext *context, const GhSetting *setting)
{
  GhPresetDialog *self = g_object_new (GH_TYPE_PRESET_DIALOG, NULL);
  gsize n_presets;
  const GhCspPreset *presets = gh_csp_presets_get_table (&n_presets);

  self->context = g_object_ref (context);
  for (gsize i = 0; i < n_presets; i++)
    append_row (self, &presets[i]);
  gh_accessible_name_groups (GTK_WIDGET (self));
  g_signal_connect_swapped (context, "refreshed", G_CALLBACK (on_refreshed), self);
  gh_preset_dialog_choose (self, presets[0].id);
  return GTK_WINDOW (self);
}

static GtkWidget *
find_button (GtkWidget *widget, const char *id)
{
  GtkWidget *found = NULL;

  if (GTK_IS_CHECK_BUTTON (widget))
    return g_str_equal (gtk_widget_get_name (widget), id) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, id);
  return found;
}

void
gh_preset_dialog_choose (GhPresetDialog *self, const char *id)
{
  GtkWidget *button;

  g_return_if_fail (GH_IS_PRESET_DIALOG (self));

  button = find_button (GTK_WIDGET (self->presets_group), id);
  g_return_if_fail (button != NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
}

const char *
gh_preset_dialog_get_policy (GhPresetDialog *self)
{
  g_return_val_if_fail (GH_IS_PRESET_DIALOG (self), NULL);

  return self->policy;
}

const char *
gh_preset_dialog_get_note (GhPresetDialog *self)
{
  g_return_val_if_fail (GH_IS_PRESET_DIALOG (self), NULL);

  return gtk_label_get_label (self->note_label);
}

char *
gh_preset_dialog_dup_changes (GhPresetDialog *self)
{
  g_return_val_if_fail (GH_IS_PRESET_DIALOG (self), NULL);

  return gh_difference_view_dup_text (self->difference);
}
