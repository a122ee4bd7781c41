/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Binds one field of the open document to its editor and its words. */

#include "gh-setting-row.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-row-box.h"
#include "gh-setting-help.h"
#include "gh-setting-tools.h"
#include "gh-value-type.h"

#define HIGHLIGHT_MILLISECONDS 1600

struct _GhSettingRow
{
  AdwPreferencesRow parent_instance;

  const GhSetting *setting;
  GhFormContext *context;  /* owned, or NULL */
  GhDocument *document;    /* owned: the one that is shown, or NULL */
  GhSettingEditor *editor; /* borrowed child of controls */
  gulong changed_handler;
  guint highlight_source;
  gboolean writing; /* the document changes because of the editor */

  /* Template */
  GhRowBox *row_box;
  GtkWidget *heading;
  GtkWidget *controls;
  GhSettingTools *tools;
  GtkWidget *drafted_dot;
  GtkWidget *lock_icon;
  GtkWidget *revert_button;
  GtkMenuButton *advice_button;
  GtkPopover *advice_popover;
  GtkLabel *title_label;
  GtkLabel *help_label;
  GtkLabel *more_label;
  GtkWidget *advice_box;
  GtkLabel *advice_label;
  GtkLabel *source_label;
  GtkButton *recommend_button;
  GtkLabel *error_label;
  GtkWidget *warning_box;
  GtkLabel *warning_label;
};

enum
{
  PROP_SETTING = 1,
  PROP_CONTEXT,
  PROP_ACTIVE,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (GhSettingRow, gh_setting_row, ADW_TYPE_PREFERENCES_ROW)

static void
show_error (GhSettingRow *self, const GError *error)
{
  gtk_label_set_label (self->error_label, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), error != NULL);
  gtk_accessible_update_state (GTK_ACCESSIBLE (gh_setting_editor_get_widget (self->editor)),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               error != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                             : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

static void
append_sentence (GString *text, const char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, sentence);
}

/* Said only when no finding says it better. */
static void
append_weaker (GhSettingRow *self, GString *text)
{
  GVariant *before = gh_document_get_base_value (self->document, self->setting);
  GVariant *after = gh_document_get_value (self->document, self->setting);
  g_autofree char *words = NULL;
  g_autofree char *sentence = NULL;

  if (text->len > 0 || !gh_setting_is_weaker (self->setting, before, after))
    return;

  words = gh_value_describe (self->setting, before);
  sentence = g_strdup_printf (_ ("Weaker than what is applied now: %s."), words);
  append_sentence (text, sentence);
}

static void
show_warnings (GhSettingRow *self)
{
  GPtrArray *findings = gh_form_context_get_findings (self->context);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      const GhFinding *finding = g_ptr_array_index (findings, i);

      if (finding->severity >= GH_SEVERITY_WARNING && gh_finding_concerns (finding, self->setting))
        append_sentence (text, finding->message);
    }

  if (self->document != NULL)
    append_weaker (self, text);

  gtk_label_set_label (self->warning_label, text->str);
  gtk_widget_set_visible (self->warning_box, text->len > 0);
}

static void
show_drafted (GhSettingRow *self)
{
  gboolean drafted = gh_setting_row_is_drafted (self);

  gtk_widget_set_visible (self->drafted_dot, drafted);
  gtk_widget_set_visible (self->revert_button, drafted);
  gtk_widget_action_set_enabled (
    GTK_WIDGET (self), "setting.revert", drafted && gh_form_context_get_can_write (self->context));

  if (drafted)
    {
      GVariant *before = gh_document_get_base_value (self->document, self->setting);
      g_autofree char *words = gh_value_describe (self->setting, before);
      g_autofree char *tooltip = g_strdup_printf (_ ("Back to what is applied now: %s"), words);

      gtk_widget_add_css_class (GTK_WIDGET (self), "drafted");
      gtk_widget_set_tooltip_text (self->revert_button, tooltip);
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "drafted");
    }
}

static void
show_value (GhSettingRow *self)
{
  if (self->document == NULL)
    return;

  if (!self->writing)
    {
      gh_setting_editor_set_value (self->editor,
                                   gh_document_get_value (self->document, self->setting));
      show_error (self, NULL);
    }
  show_drafted (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
on_edited (GhSettingRow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = gh_setting_editor_dup_value (self->editor, &error);

  if (self->document == NULL)
    return;

  self->writing = TRUE;
  if (value != NULL)
    gh_document_set_value (self->document, self->setting, value, &error);
  self->writing = FALSE;
  show_error (self, error);
}

static void
on_context_changed (GhSettingRow *self)
{
  GhDocument *document = gh_form_context_get_document (self->context);
  gboolean can_write = gh_form_context_get_can_write (self->context);

  if (self->document != NULL)
    g_clear_signal_handler (&self->changed_handler, self->document);
  g_set_object (&self->document, document);
  if (document != NULL)
    {
      g_autofree char *signal = g_strconcat ("changed::", self->setting->id, NULL);

      self->changed_handler
        = g_signal_connect_swapped (document, signal, G_CALLBACK (show_value), self);
    }

  gtk_widget_set_visible (self->lock_icon, document != NULL && !can_write);
  gtk_widget_set_sensitive (GTK_WIDGET (self->editor), document != NULL && can_write);
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "setting.recommend",
                                 document != NULL && can_write
                                   && self->setting->recommended_value != NULL);
  show_value (self);
}

static void
revert (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhSettingRow *self = GH_SETTING_ROW (widget);

  if (self->document != NULL)
    gh_document_revert (self->document, self->setting);
}

static void
take_recommended (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhSettingRow *self = GH_SETTING_ROW (widget);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value
    = gh_value_from_text (self->setting, self->setting->recommended_value, &error);

  if (self->document != NULL && value != NULL)
    gh_document_set_value (self->document, self->setting, value, &error);
  if (error != NULL)
    show_error (self, error);
  gtk_popover_popdown (self->advice_popover);
}

static void
fill_help (GhSettingRow *self)
{
  g_autofree char *line = gh_setting_dup_help_line (self->setting);

  gtk_label_set_label (self->help_label, line);
  gtk_label_set_label (self->more_label, gh_setting_get_help (self->setting));
}

static void
fill_advice (GhSettingRow *self)
{
  const char *recommended = gh_setting_get_recommended (self->setting);
  const char *source = gh_setting_get_source (self->setting);
  g_autofree char *name = NULL;

  gtk_widget_set_visible (self->advice_box, recommended != NULL);
  gtk_label_set_label (self->advice_label, recommended != NULL ? recommended : "");
  gtk_label_set_label (self->source_label, source != NULL ? source : "");
  name = g_strdup_printf (_ ("More about %s"), gh_setting_get_title (self->setting));
  gh_accessible_set_name (GTK_WIDGET (self->advice_button), name);
  gtk_widget_set_visible (GTK_WIDGET (self->recommend_button),
                          self->setting->recommended_value != NULL);

  if (self->setting->recommended_value != NULL)
    {
      g_autoptr (GVariant) value
        = gh_value_from_text (self->setting, self->setting->recommended_value, NULL);
      g_autofree char *words = value ? gh_value_describe (self->setting, value) : g_strdup ("");
      g_autofree char *label = g_strdup_printf (_ ("Use “%s”"), words);

      gtk_button_set_label (self->recommend_button, label);
    }
}

/* Where the editor fills the row, the button that takes a change back stands beside the title: a
 * long text keeps its width when it is changed, and so need not be laid out again. */
static void
place_editor (GhSettingRow *self)
{
  gboolean wide = gh_setting_editor_is_wide (self->editor);

  if (wide)
    {
      g_object_ref (self->revert_button);
      gtk_box_remove (GTK_BOX (self->controls), self->revert_button);
      gtk_box_append (GTK_BOX (self->heading), self->revert_button);
      g_object_unref (self->revert_button);
    }

  gtk_box_insert_child_after (
    GTK_BOX (self->controls), GTK_WIDGET (self->editor), wide ? NULL : self->revert_button);
  gh_row_box_set_stacked (self->row_box, wide);
  gtk_widget_set_halign (self->controls, wide ? GTK_ALIGN_FILL : GTK_ALIGN_END);
}

static void
fill (GhSettingRow *self)
{
  const char *title = gh_setting_get_title (self->setting);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_label_set_label (self->title_label, title);
  self->editor = GH_SETTING_EDITOR (gh_setting_editor_new (self->setting));
  gtk_widget_set_sensitive (GTK_WIDGET (self->editor), FALSE);
  place_editor (self);
  fill_help (self);
  fill_advice (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gh_setting_editor_get_widget (self->editor)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  gh_setting_get_help (self->setting),
                                  -1);
  g_signal_connect_swapped (self->editor, "edited", G_CALLBACK (on_edited), self);
}

static gboolean
end_highlight (gpointer user_data)
{
  GhSettingRow *self = user_data;

  self->highlight_source = 0;
  gtk_widget_remove_css_class (GTK_WIDGET (self), "found");
  return G_SOURCE_REMOVE;
}

static gboolean
is_active (GhSettingRow *self)
{
  GVariant *value
    = self->document != NULL ? gh_document_get_value (self->document, self->setting) : NULL;

  return value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN)
         && g_variant_get_boolean (value);
}

static void
gh_setting_row_dispose (GObject *object)
{
  GhSettingRow *self = GH_SETTING_ROW (object);

  g_clear_handle_id (&self->highlight_source, g_source_remove);
  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  if (self->document != NULL)
    g_clear_signal_handler (&self->changed_handler, self->document);
  g_clear_object (&self->document);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gh_setting_row_parent_class)->dispose (object);
}

static void
gh_setting_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GhSettingRow *self = GH_SETTING_ROW (object);

  if (id == PROP_SETTING)
    g_value_set_string (value, self->setting->id);
  else if (id == PROP_CONTEXT)
    g_value_set_object (value, self->context);
  else if (id == PROP_ACTIVE)
    g_value_set_boolean (value, is_active (self));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gh_setting_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GhSettingRow *self = GH_SETTING_ROW (object);

  if (id == PROP_SETTING)
    {
      self->setting = gh_settings_lookup (g_value_get_string (value));
      if (self->setting == NULL)
        g_error ("A form names the setting “%s”, which is not in the table",
                 g_value_get_string (value));
      fill (self);
    }
  else if (id == PROP_CONTEXT)
    gh_setting_row_set_context (self, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-setting-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GhSettingRow, row_box);
  gtk_widget_class_bind_template_child (widget_class, GhSettingRow, heading);
  gtk_widget_class_bind_template_child (widget_class, GhSettingRow, controls);
  gtk_widget_class_bind_template_child (widget_class, GhSettingRow, tools);
  gtk_widget_class_bind_template_child (widget_class, GhSettingRow, drafted_dot);
  gtk_widget_class_bind_template_child (widget_class, GhSettingRow, lock_icon);
  gtk_widget_class_bind_template_child (widget_class, GhSettingRow, revert_button);
  gtk_widget_class_bind_template_child (widget_class, GhSettingRow, advice_button);
  gtk_widget_class_bind_template_child (widget_class, GhSettingRow, advice_popover);
  gtk_widget_class_bind_template_child (widget_class, GhSettingRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, GhSettingRow, help_label);
  gtk_widget_class_bind_template_child (widget_class, GhSettingRow, more_label);
  gtk_widget_class_bind_template_child (widget_class, GhSettingRow, advice_box);
  gtk_widget_class_bind_template_child (widget_class, GhSettingRow, advice_label);
  gtk_widget_class_bind_template_child (widget_class, GhSettingRow, source_label);
  gtk_widget_class_bind_template_child (widget_class, GhSettingRow, recommend_button);
  gtk_widget_class_bind_template_child (widget_class, GhSettingRow, error_label);
  gtk_widget_class_bind_template_child (widget_class, GhSettingRow, warning_box);
  gtk_widget_class_bind_template_child (widget_class, GhSettingRow, warning_label);
}

static void
gh_setting_row_class_init (GhSettingRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gh_setting_row_dispose;
  object_class->get_property = gh_setting_row_get_property;
  object_class->set_property = gh_setting_row_set_property;

  properties[PROP_SETTING]
    = g_param_spec_string ("setting",
                           NULL,
                           NULL,
                           NULL,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CONTEXT] = g_param_spec_object (
    "context", NULL, NULL, GH_TYPE_FORM_CONTEXT, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACTIVE]
    = g_param_spec_boolean ("active", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  g_type_ensure (GH_TYPE_ROW_BOX);
  g_type_ensure (GH_TYPE_SETTING_TOOLS);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "setting.revert", NULL, revert);
  gtk_widget_class_install_action (widget_class, "setting.recommend", NULL, take_recommended);
}

static void
gh_setting_row_init (GhSettingRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

const GhSetting *
gh_setting_row_get_setting (GhSettingRow *self)
{
  g_return_val_if_fail (GH_IS_SETTING_ROW (self), NULL);

  return self->setting;
}

void
gh_setting_row_set_context (GhSettingRow *self, GhFormContext *context)
{
  g_return_if_fail (GH_IS_SETTING_ROW (self));
  g_return_if_fail (self->context == NULL);

  if (context == NULL)
    return;

  self->context = g_object_ref (context);
  g_signal_connect_swapped (context, "notify::document", G_CALLBACK (on_context_changed), self);
  g_signal_connect_swapped (context, "refreshed", G_CALLBACK (show_warnings), self);
  gh_setting_tools_offer (self->tools, self->setting, context);
  on_context_changed (self);
  show_warnings (self);
}

GhSettingEditor *
gh_setting_row_get_editor (GhSettingRow *self)
{
  g_return_val_if_fail (GH_IS_SETTING_ROW (self), NULL);

  return self->editor;
}

const char *
gh_setting_row_get_error_text (GhSettingRow *self)
{
  g_return_val_if_fail (GH_IS_SETTING_ROW (self), NULL);

  return gtk_label_get_label (self->error_label);
}

const char *
gh_setting_row_get_warning_text (GhSettingRow *self)
{
  g_return_val_if_fail (GH_IS_SETTING_ROW (self), NULL);

  return gtk_label_get_label (self->warning_label);
}

gboolean
gh_setting_row_is_drafted (GhSettingRow *self)
{
  g_return_val_if_fail (GH_IS_SETTING_ROW (self), FALSE);

  return self->document != NULL && gh_document_is_drafted (self->document, self->setting);
}

void
gh_setting_row_highlight (GhSettingRow *self)
{
  g_return_if_fail (GH_IS_SETTING_ROW (self));

  g_clear_handle_id (&self->highlight_source, g_source_remove);
  gtk_widget_add_css_class (GTK_WIDGET (self), "found");
  self->highlight_source = g_timeout_add (HIGHLIGHT_MILLISECONDS, end_highlight, self);
  gtk_widget_grab_focus (gh_setting_editor_get_widget (self->editor));
}
