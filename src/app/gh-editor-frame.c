/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text and parts both show the document and write into it; neither knows the other. */

#include "gh-editor-frame.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"

#define NARROWEST_SIDE 340
#define LOWEST_TEXT 240

struct _GhEditorFrame
{
  AdwBin parent_instance;

  GhDocument *document;         /* owned, or NULL until there is a field */
  const GhSetting *setting;     /* or NULL */
  GhSettingEditor *text_editor; /* borrowed descendant, or NULL */
  GtkWidget *parts;             /* borrowed descendant, or NULL */
  GtkWidget *below;             /* borrowed descendant, or NULL */
  guint fold_source;
  gboolean typing; /* the document changes because of text_editor */

  /* Template */
  GtkWidget *undo_button;
  GtkWidget *redo_button;
  GtkToggleButton *text_button;
  GtkLabel *error_label;
  AdwLeaflet *leaflet;
  GtkWidget *text_page;
  AdwPreferencesGroup *text_group;
};

enum
{
  PROP_PARTS = 1,
  PROP_DESCRIPTION,
  PROP_BELOW,
  N_PROPERTIES,
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhEditorFrame, gh_editor_frame, ADW_TYPE_BIN)

static void
show_undo (GhEditorFrame *self)
{
  g_autofree char *undo = gh_document_dup_undo_label (self->document);
  g_autofree char *redo = gh_document_dup_redo_label (self->document);

  gtk_widget_set_sensitive (self->undo_button, undo != NULL);
  gtk_widget_set_sensitive (self->redo_button, redo != NULL);
  gtk_widget_set_tooltip_text (self->undo_button, undo != NULL ? undo : _ ("Undo"));
  gtk_widget_set_tooltip_text (self->redo_button, redo != NULL ? redo : _ ("Redo"));
}

static void
on_changed (GhEditorFrame *self)
{
  if (!self->typing)
    {
      gh_setting_editor_set_value (self->text_editor,
                                   gh_document_get_value (self->document, self->setting));
      gh_editor_frame_show_error (self, NULL);
    }
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_text_edited (GhEditorFrame *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = gh_setting_editor_dup_value (self->text_editor, &error);

  self->typing = TRUE;
  if (value != NULL)
    gh_document_set_value (self->document, self->setting, value, &error);
  self->typing = FALSE;
  gh_editor_frame_show_error (self, error);
}

static void
on_undo (GhEditorFrame *self)
{
  gh_document_undo (self->document);
}

static void
on_redo (GhEditorFrame *self)
{
  gh_document_redo (self->document);
}

static void
on_text_toggled (GhEditorFrame *self)
{
  adw_leaflet_set_visible_child (self->leaflet,
                                 gtk_toggle_button_get_active (self->text_button) ? self->text_page
                                                                                  : self->parts);
}

static void
on_visible_child (GhEditorFrame *self)
{
  gtk_toggle_button_set_active (self->text_button,
                                adw_leaflet_get_visible_child (self->leaflet) == self->text_page);
}

static gboolean
on_show_text_button (gpointer user_data)
{
  GhEditorFrame *self = user_data;

  self->fold_source = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->text_button), adw_leaflet_get_folded (self->leaflet));
  return G_SOURCE_REMOVE;
}

/* Folding happens while the window is laid out, too late for the header bar, which
 * follows before the next frame. */
static void
on_folded (GhEditorFrame *self)
{
  if (self->fold_source == 0)
    self->fold_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_show_text_button, self, NULL);
}

static void
set_parts (GhEditorFrame *self, GtkWidget *parts)
{
  if (parts == NULL)
    return;

  self->parts = parts;
  gtk_widget_set_size_request (parts, NARROWEST_SIDE, -1);
  gtk_widget_set_hexpand (parts, TRUE);
  adw_leaflet_prepend (self->leaflet, parts);
  adw_leaflet_set_visible_child (self->leaflet, parts);
}

static void
set_below (GhEditorFrame *self, GtkWidget *below)
{
  if (below == NULL)
    return;

  self->below = below;
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->text_page), ADW_PREFERENCES_GROUP (below));
}

static void
gh_editor_frame_dispose (GObject *object)
{
  GhEditorFrame *self = GH_EDITOR_FRAME (object);

  g_clear_handle_id (&self->fold_source, g_source_remove);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);

  G_OBJECT_CLASS (gh_editor_frame_parent_class)->dispose (object);
}

static void
gh_editor_frame_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GhEditorFrame *self = GH_EDITOR_FRAME (object);

  if (id == PROP_PARTS)
    g_value_set_object (value, self->parts);
  else if (id == PROP_DESCRIPTION)
    g_value_set_string (value, adw_preferences_group_get_description (self->text_group));
  else if (id == PROP_BELOW)
    g_value_set_object (value, self->below);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gh_editor_frame_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GhEditorFrame *self = GH_EDITOR_FRAME (object);

  if (id == PROP_PARTS)
    set_parts (self, g_value_get_object (value));
  else if (id == PROP_DESCRIPTION)
    adw_preferences_group_set_description (self->text_group, g_value_get_string (value));
  else if (id == PROP_BELOW)
    set_below (self, g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-editor-frame.ui");
  gtk_widget_class_bind_template_child (widget_class, GhEditorFrame, undo_button);
  gtk_widget_class_bind_template_child (widget_class, GhEditorFrame, redo_button);
  gtk_widget_class_bind_template_child (widget_class, GhEditorFrame, text_button);
  gtk_widget_class_bind_template_child (widget_class, GhEditorFrame, error_label);
  gtk_widget_class_bind_template_child (widget_class, GhEditorFrame, leaflet);
  gtk_widget_class_bind_template_child (widget_class, GhEditorFrame, text_page);
  gtk_widget_class_bind_template_child (widget_class, GhEditorFrame, text_group);
  gtk_widget_class_bind_template_callback (widget_class, on_undo);
  gtk_widget_class_bind_template_callback (widget_class, on_redo);
  gtk_widget_class_bind_template_callback (widget_class, on_text_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_visible_child);
  gtk_widget_class_bind_template_callback (widget_class, on_folded);
}

static void
gh_editor_frame_class_init (GhEditorFrameClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gh_editor_frame_dispose;
  object_class->get_property = gh_editor_frame_get_property;
  object_class->set_property = gh_editor_frame_set_property;
  properties[PROP_PARTS] = g_param_spec_object (
    "parts", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_DESCRIPTION] = g_param_spec_string (
    "description", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_BELOW] = g_param_spec_object (
    "below", NULL, NULL, ADW_TYPE_PREFERENCES_GROUP, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[SIGNAL_CHANGED] = g_signal_new (
    "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
gh_editor_frame_init (GhEditorFrame *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
gh_editor_frame_set_field (GhEditorFrame *self, GhDocument *document, const GhSetting *setting)
{
  g_autofree char *signal = g_strconcat ("changed::", setting->id, NULL);

  g_return_if_fail (GH_IS_EDITOR_FRAME (self));
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  self->setting = setting;
  self->text_editor = GH_SETTING_EDITOR (gh_setting_editor_new (setting));
  adw_preferences_group_add (self->text_group, GTK_WIDGET (self->text_editor));
  gh_accessible_set_name (gh_setting_editor_get_widget (self->text_editor), _ ("Text"));
  gtk_widget_set_size_request (GTK_WIDGET (self->text_editor), -1, LOWEST_TEXT);
  g_signal_connect_swapped (document, signal, G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (document, "steps", G_CALLBACK (show_undo), self);
  on_changed (self);
  show_undo (self);
  g_signal_connect_swapped (self->text_editor, "edited", G_CALLBACK (on_text_edited), self);
}

const char *
gh_editor_frame_get_text (GhEditorFrame *self)
{
  g_return_val_if_fail (GH_IS_EDITOR_FRAME (self), NULL);
  g_return_val_if_fail (self->document != NULL, NULL);

  return g_variant_get_string (gh_document_get_value (self->document, self->setting), NULL);
}

gboolean
gh_editor_frame_write (GhEditorFrame *self, const char *text)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_string (text));
  g_autoptr (GError) error = NULL;
  gboolean good;

  g_return_val_if_fail (GH_IS_EDITOR_FRAME (self), FALSE);
  g_return_val_if_fail (self->document != NULL, FALSE);

  gh_document_begin_step (self->document);
  good = gh_document_set_value (self->document, self->setting, value, &error);
  gh_document_end_step (self->document);
  gh_editor_frame_show_error (self, error);

  return good;
}

void
gh_editor_frame_show_error (GhEditorFrame *self, const GError *error)
{
  g_return_if_fail (GH_IS_EDITOR_FRAME (self));

  gtk_label_set_label (self->error_label, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), error != NULL);
}

GhSettingEditor *
gh_editor_frame_get_text_editor (GhEditorFrame *self)
{
  g_return_val_if_fail (GH_IS_EDITOR_FRAME (self), NULL);

  return self->text_editor;
}

const char *
gh_editor_frame_get_error (GhEditorFrame *self)
{
  g_return_val_if_fail (GH_IS_EDITOR_FRAME (self), NULL);

  return gtk_label_get_label (self->error_label);
}
