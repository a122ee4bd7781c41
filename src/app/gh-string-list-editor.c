/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words in a flow box, and an entry below them. */

#include "gh-string-list-editor.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-word-flow.h"

#define DIVIDERS ", \t\r\n"

struct _GhStringListEditor
{
  GtkWidget parent_instance;

  char *title;      /* owned */
  GPtrArray *items; /* owned, of char * */
  GhWordFlow *flow; /* borrowed child of box */
  GtkWidget *entry; /* borrowed child of box */
  GtkWidget *box;   /* the child */
};

enum
{
  SIGNAL_EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhStringListEditor, gh_string_list_editor, GTK_TYPE_WIDGET)

static void
emit_edited (GhStringListEditor *self)
{
  g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

static void
on_remove (GhStringListEditor *self, guint index)
{
  g_ptr_array_remove_index (self->items, index);
  gh_word_flow_remove (self->flow, index);
  emit_edited (self);
}

static void
append_word (GhStringListEditor *self, const char *word)
{
  g_ptr_array_add (self->items, g_strdup (word));
  gh_word_flow_append (self->flow, word);
}

static void
append_words (GhStringListEditor *self, const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, DIVIDERS, -1);

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      append_word (self, *word);
}

/* What was typed becomes items by Enter or by leaving the entry: half a word is none. */
static void
add_typed_words (GhStringListEditor *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  if (*text == '\0')
    return;

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  append_words (self, text);
  emit_edited (self);
}

static GtkWidget *
create_entry (GhStringListEditor *self)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Add one or more"));
  gtk_entry_set_icon_from_icon_name (
    GTK_ENTRY (entry), GTK_ENTRY_ICON_SECONDARY, "list-add-symbolic");
  gtk_entry_set_icon_tooltip_text (GTK_ENTRY (entry), GTK_ENTRY_ICON_SECONDARY, _ ("Add"));
  g_object_set (entry, "enable-undo", FALSE, NULL);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (add_typed_words), self);
  g_signal_connect_swapped (entry, "icon-press", G_CALLBACK (add_typed_words), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (add_typed_words), self);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

static gboolean
gh_string_list_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GH_STRING_LIST_EDITOR (widget)->entry);
}

static void
gh_string_list_editor_dispose (GObject *object)
{
  GhStringListEditor *self = GH_STRING_LIST_EDITOR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (gh_string_list_editor_parent_class)->dispose (object);
}

static void
gh_string_list_editor_finalize (GObject *object)
{
  GhStringListEditor *self = GH_STRING_LIST_EDITOR (object);

  g_ptr_array_unref (self->items);
  g_free (self->title);

  G_OBJECT_CLASS (gh_string_list_editor_parent_class)->finalize (object);
}

static void
gh_string_list_editor_class_init (GhStringListEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_string_list_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = gh_string_list_editor_finalize;
  widget_class->grab_focus = gh_string_list_editor_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_EDITED] = g_signal_new (
    "edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gh_string_list_editor_init (GhStringListEditor *self)
{
  self->items = g_ptr_array_new_with_free_func (g_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->flow = GH_WORD_FLOW (gh_word_flow_new (""));
  self->entry = create_entry (self);
  g_signal_connect_swapped (self->flow, "remove", G_CALLBACK (on_remove), self);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->flow));
  gtk_box_append (GTK_BOX (self->box), self->entry);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
gh_string_list_editor_new (const char *title)
{
  GhStringListEditor *self = g_object_new (GH_TYPE_STRING_LIST_EDITOR, NULL);
  g_autofree char *adding = g_strdup_printf (_ ("Add to %s"), title);

  self->title = g_strdup (title);
  gh_accessible_set_name (GTK_WIDGET (self), title);
  gh_word_flow_set_title (self->flow, title);
  gh_accessible_set_name (self->entry, adding);
  return GTK_WIDGET (self);
}

void
gh_string_list_editor_set_items (GhStringListEditor *self, GVariant *items)
{
  GVariantIter iter;
  const char *item;

  g_return_if_fail (GH_IS_STRING_LIST_EDITOR (self));

  gh_word_flow_clear (self->flow);
  g_ptr_array_set_size (self->items, 0);
  g_variant_iter_init (&iter, items);
  while (g_variant_iter_next (&iter, "&s", &item))
    append_word (self, item);
}

char *
gh_string_list_editor_dup_text (GhStringListEditor *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (GH_IS_STRING_LIST_EDITOR (self), NULL);

  for (guint i = 0; i < self->items->len; i++)
    g_string_append_printf (text, "%s,", (char *) g_ptr_array_index (self->items, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
gh_string_list_editor_enter_text (GhStringListEditor *self, const char *text)
{
  g_return_if_fail (GH_IS_STRING_LIST_EDITOR (self));

  gh_word_flow_clear (self->flow);
  g_ptr_array_set_size (self->items, 0);
  append_words (self, text);
  emit_edited (self);
}
