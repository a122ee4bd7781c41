/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A table of editors, one per type of value, and the widget that holds one of them. */

#include "gh-setting-editors.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-number-editor.h"
#include "gh-string-list-editor.h"
#include "gh-value-type.h"

#define TALLEST_TEXT 260

typedef struct
{
  const GhValueType *type;
  gboolean wide;
  GtkWidget *(*create) (GhSettingEditor *self);
  void (*show) (GhSettingEditor *self, GVariant *value);
  GVariant *(*read) (GhSettingEditor *self, GError **error);
  void (*enter_text) (GhSettingEditor *self, const char *text);
} GhEditorKind;

struct _GhSettingEditor
{
  GtkWidget parent_instance;

  const GhSetting *setting;
  const GhEditorKind *kind;
  GtkWidget *field; /* borrowed: the child, or what it holds */
  gboolean showing; /* the widget changes because of set_value() */
};

enum
{
  SIGNAL_EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhSettingEditor, gh_setting_editor, GTK_TYPE_WIDGET)

static void
emit_edited (GhSettingEditor *self)
{
  if (!self->showing)
    g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static GVariant *
read_editable (GhSettingEditor *self, GError **error)
{
  return gh_value_from_text (
    self->setting, gtk_editable_get_text (GTK_EDITABLE (self->field)), error);
}

static void
enter_editable (GhSettingEditor *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->field), text);
}

/* Boolean: a switch. */

static GtkWidget *
create_switch (GhSettingEditor *self)
{
  self->field = gtk_switch_new ();
  g_signal_connect_swapped (self->field, "notify::active", G_CALLBACK (emit_edited), self);
  return self->field;
}

static void
show_switch (GhSettingEditor *self, GVariant *value)
{
  gtk_switch_set_active (GTK_SWITCH (self->field), g_variant_get_boolean (value));
}

static GVariant *
read_switch (GhSettingEditor *self, GError **error)
{
  return g_variant_ref_sink (
    g_variant_new_boolean (gtk_switch_get_active (GTK_SWITCH (self->field))));
}

static void
enter_switch (GhSettingEditor *self, const char *text)
{
  gtk_switch_set_active (GTK_SWITCH (self->field), g_str_equal (text, "true"));
}

/* Integer: a spin button with its unit. */

static GtkWidget *
create_number (GhSettingEditor *self)
{
  GtkWidget *number = gh_number_editor_new (self->setting);

  self->field = gh_number_editor_get_spin (GH_NUMBER_EDITOR (number));
  g_signal_connect_swapped (number, "edited", G_CALLBACK (emit_edited), self);
  return number;
}

static void
show_number (GhSettingEditor *self, GVariant *value)
{
  GtkWidget *number = gtk_widget_get_ancestor (self->field, GH_TYPE_NUMBER_EDITOR);

  gh_number_editor_set_number (GH_NUMBER_EDITOR (number), g_variant_get_int64 (value));
}

/* Enum: a drop-down of the choices' titles. The chosen one may be shortened, so that a long
 * title does not widen the form; the list shows them whole. */

static void
on_choice_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer shortened)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (GPOINTER_TO_INT (shortened))
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
on_choice_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkStringObject *title = gtk_list_item_get_item (item);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (title));
}

static GtkListItemFactory *
create_choice_factory (gboolean shortened)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_choice_setup), GINT_TO_POINTER (shortened));
  g_signal_connect (factory, "bind", G_CALLBACK (on_choice_bind), NULL);
  return factory;
}

static GtkWidget *
create_drop_down (GhSettingEditor *self)
{
  g_autoptr (GtkListItemFactory) short_titles = create_choice_factory (TRUE);
  g_autoptr (GtkListItemFactory) whole_titles = create_choice_factory (FALSE);
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->setting->n_choices; i++)
    gtk_string_list_append (titles, gh_choice_get_title (&self->setting->choices[i]));

  self->field = gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&titles)), NULL);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (self->field), short_titles);
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (self->field), whole_titles);
  g_signal_connect_swapped (self->field, "notify::selected", G_CALLBACK (emit_edited), self);
  return self->field;
}

static void
enter_drop_down (GhSettingEditor *self, const char *text)
{
  guint selected = 0;

  while (selected < self->setting->n_choices
         && !g_str_equal (self->setting->choices[selected].id, text))
    selected++;

  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->field),
                              selected < self->setting->n_choices ? selected
                                                                  : GTK_INVALID_LIST_POSITION);
}

static void
show_drop_down (GhSettingEditor *self, GVariant *value)
{
  enter_drop_down (self, g_variant_get_string (value, NULL));
}

static GVariant *
read_drop_down (GhSettingEditor *self, GError **error)
{
  guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->field));

  if (selected < self->setting->n_choices)
    return g_variant_ref_sink (g_variant_new_string (self->setting->choices[selected].id));

  return gh_value_from_text (self->setting, "", error);
}

/* String: an entry. */

static GtkWidget *
create_entry (GhSettingEditor *self)
{
  self->field = gtk_entry_new ();
  gtk_widget_set_hexpand (self->field, TRUE);
  g_object_set (self->field, "enable-undo", FALSE, NULL);
  g_signal_connect_swapped (self->field, "changed", G_CALLBACK (emit_edited), self);
  return self->field;
}

static void
show_entry (GhSettingEditor *self, GVariant *value)
{
  gtk_editable_set_text (GTK_EDITABLE (self->field), g_variant_get_string (value, NULL));
}

/* Text: a view that wraps and grows. */

static GtkTextBuffer *
get_buffer (GhSettingEditor *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->field));
}

/* A hyphen where a line is broken within a word would seem to be part of the word. */
static void
on_inserted (GtkTextBuffer *buffer, GtkTextIter *end, const char *text, int length)
{
  GtkTextIter start = *end;

  gtk_text_iter_backward_chars (&start, (int) g_utf8_strlen (text, length));
  gtk_text_buffer_apply_tag_by_name (buffer, "unhyphenated", &start, end);
}

static GtkWidget *
create_text_view (GhSettingEditor *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->field = gtk_text_view_new ();
  g_object_set (self->field,
                "accepts-tab",
                FALSE,
                "wrap-mode",
                GTK_WRAP_WORD_CHAR,
                "monospace",
                g_str_equal (self->setting->group, "headers"),
                "top-margin",
                8,
                "bottom-margin",
                8,
                "left-margin",
                10,
                "right-margin",
                10,
                NULL);
  gtk_text_buffer_set_enable_undo (get_buffer (self), FALSE);
  gtk_text_buffer_create_tag (get_buffer (self), "unhyphenated", "insert-hyphens", FALSE, NULL);
  g_signal_connect_after (get_buffer (self), "insert-text", G_CALLBACK (on_inserted), NULL);
  g_object_set (scrolled,
                "child",
                self->field,
                "hscrollbar-policy",
                GTK_POLICY_NEVER,
                "propagate-natural-height",
                TRUE,
                "max-content-height",
                TALLEST_TEXT,
                "hexpand",
                TRUE,
                NULL);
  gtk_widget_add_css_class (scrolled, "text-editor");
  g_signal_connect_swapped (get_buffer (self), "changed", G_CALLBACK (emit_edited), self);
  return scrolled;
}

static char *
dup_buffer_text (GhSettingEditor *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  return gtk_text_buffer_get_text (get_buffer (self), &start, &end, FALSE);
}

static void
enter_text_view (GhSettingEditor *self, const char *text)
{
  gtk_text_buffer_set_text (get_buffer (self), text, -1);
}

/* What is one line on the wire is read more easily, and laid out much faster, with one part
 * of it a line. Each such break stands for the space that it replaced. */
static gboolean
is_one_line (GhSettingEditor *self)
{
  return g_str_equal (self->setting->group, "headers");
}

static char *
break_lines (const char *text)
{
  g_autoptr (GString) lines = g_string_new (text);

  g_string_replace (lines, "; ", ";\n", 0);
  g_string_replace (lines, ", ", ",\n", 0);
  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
show_text_view (GhSettingEditor *self, GVariant *value)
{
  const char *text = g_variant_get_string (value, NULL);
  g_autofree char *lines = is_one_line (self) ? break_lines (text) : g_strdup (text);

  enter_text_view (self, lines);
}

static GVariant *
read_text_view (GhSettingEditor *self, GError **error)
{
  g_autofree char *text = dup_buffer_text (self);

  if (is_one_line (self))
    g_strdelimit (text, "\n", ' ');
  return gh_value_from_text (self->setting, text, error);
}

/* String list: entries that can be taken out, and a place to add some. */

static void
show_list (GhSettingEditor *self, GVariant *value)
{
  gh_string_list_editor_set_items (GH_STRING_LIST_EDITOR (self->field), value);
}

static GVariant *
read_list (GhSettingEditor *self, GError **error)
{
  g_autofree char *text = gh_string_list_editor_dup_text (GH_STRING_LIST_EDITOR (self->field));

  return gh_value_from_text (self->setting, text, error);
}

/* Shows the entries in the form in which they are stored: ".PDF" as "pdf". */
static void
on_list_edited (GhSettingEditor *self)
{
  g_autoptr (GVariant) value = gh_setting_editor_dup_value (self, NULL);

  if (value != NULL)
    show_list (self, value);
  emit_edited (self);
}

static GtkWidget *
create_list (GhSettingEditor *self)
{
  self->field = gh_string_list_editor_new (gh_setting_get_title (self->setting));
  g_signal_connect_swapped (self->field, "edited", G_CALLBACK (on_list_edited), self);
  return self->field;
}

static void
enter_list (GhSettingEditor *self, const char *text)
{
  gh_string_list_editor_enter_text (GH_STRING_LIST_EDITOR (self->field), text);
}

static const GhEditorKind kinds[] = {
  { &gh_value_type_boolean, FALSE, create_switch, show_switch, read_switch, enter_switch },
  { &gh_value_type_integer, FALSE, create_number, show_number, read_editable, enter_editable },
  { &gh_value_type_enum, FALSE, create_drop_down, show_drop_down, read_drop_down, enter_drop_down },
  { &gh_value_type_string, TRUE, create_entry, show_entry, read_editable, enter_editable },
  { &gh_value_type_text, TRUE, create_text_view, show_text_view, read_text_view, enter_text_view },
  { &gh_value_type_string_list, TRUE, create_list, show_list, read_list, enter_list },
};

static const GhEditorKind *
find_kind (const GhSetting *setting)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].type == setting->type)
      return &kinds[i];

  g_return_val_if_reached (NULL);
}

static void
gh_setting_editor_dispose (GObject *object)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (object));

  GH_SETTING_EDITOR (object)->showing = TRUE;
  g_clear_pointer (&child, gtk_widget_unparent);

  G_OBJECT_CLASS (gh_setting_editor_parent_class)->dispose (object);
}

static void
gh_setting_editor_class_init (GhSettingEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_setting_editor_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_EDITED] = g_signal_new (
    "edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gh_setting_editor_init (GhSettingEditor *self)
{
}

GtkWidget *
gh_setting_editor_new (const GhSetting *setting)
{
  GhSettingEditor *self = g_object_new (GH_TYPE_SETTING_EDITOR, NULL);
  const char *title = gh_setting_get_title (setting);
  GtkWidget *child;

  self->setting = setting;
  self->kind = find_kind (setting);
  self->showing = TRUE;
  child = self->kind->create (self);
  self->showing = FALSE;
  gtk_widget_set_valign (child, self->kind->wide ? GTK_ALIGN_FILL : GTK_ALIGN_CENTER);
  gtk_widget_set_halign (child, self->kind->wide ? GTK_ALIGN_FILL : GTK_ALIGN_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self), self->kind->wide);
  gtk_widget_set_parent (child, GTK_WIDGET (self));
  gh_accessible_set_name (self->field, title);
  return GTK_WIDGET (self);
}

void
gh_setting_editor_set_value (GhSettingEditor *self, GVariant *value)
{
  g_autoptr (GVariant) held = NULL;

  g_return_if_fail (GH_IS_SETTING_EDITOR (self));

  held = gh_setting_editor_dup_value (self, NULL);
  if (held != NULL && gh_value_equal (held, value))
    return;

  self->showing = TRUE;
  self->kind->show (self, value);
  self->showing = FALSE;
}

GVariant *
gh_setting_editor_dup_value (GhSettingEditor *self, GError **error)
{
  g_autoptr (GVariant) value = NULL;

  g_return_val_if_fail (GH_IS_SETTING_EDITOR (self), NULL);

  value = self->kind->read (self, error);
  if (value == NULL || !gh_value_check (self->setting, value, error))
    return NULL;

  return g_steal_pointer (&value);
}

GtkWidget *
gh_setting_editor_get_widget (GhSettingEditor *self)
{
  g_return_val_if_fail (GH_IS_SETTING_EDITOR (self), NULL);

  return self->field;
}

gboolean
gh_setting_editor_is_wide (GhSettingEditor *self)
{
  g_return_val_if_fail (GH_IS_SETTING_EDITOR (self), FALSE);

  return self->kind->wide;
}

void
gh_setting_editor_enter_text (GhSettingEditor *self, const char *text)
{
  g_return_if_fail (GH_IS_SETTING_EDITOR (self));

  self->kind->enter_text (self, text);
}
