/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list in a popover. */

#include "gh-suggestion-popover.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"

#define TALLEST_LIST 320

struct _GhSuggestionPopover
{
  GtkPopover parent_instance;

  GtkListBox *list;       /* borrowed descendant */
  GtkWidget *empty_label; /* borrowed: what stands in an empty list */
  GPtrArray *texts;       /* owned, of char *: one for each row */
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhSuggestionPopover, gh_suggestion_popover, GTK_TYPE_POPOVER)

static void
on_row_activated (GhSuggestionPopover *self, GtkListBoxRow *row)
{
  g_autofree char *text
    = g_strdup (g_ptr_array_index (self->texts, gtk_list_box_row_get_index (row)));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, text);
}

static GtkWidget *
create_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
create_row (const GhCspSuggestion *suggestion)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *help = create_label (suggestion->help, "dim-label");

  gtk_widget_add_css_class (help, "caption");
  gtk_widget_add_css_class (box, "suggestion");
  gtk_box_append (GTK_BOX (box), create_label (suggestion->text, "monospace"));
  gtk_box_append (GTK_BOX (box), help);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gh_accessible_set_name (row, suggestion->text);
  gtk_accessible_update_property (
    GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, suggestion->help, -1);
  return row;
}

static void
gh_suggestion_popover_finalize (GObject *object)
{
  g_ptr_array_unref (GH_SUGGESTION_POPOVER (object)->texts);

  G_OBJECT_CLASS (gh_suggestion_popover_parent_class)->finalize (object);
}

static void
gh_suggestion_popover_class_init (GhSuggestionPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gh_suggestion_popover_finalize;
  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen",
                                         G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         G_TYPE_STRING);
}

static void
gh_suggestion_popover_init (GhSuggestionPopover *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->empty_label = gtk_label_new (_ ("Nothing is left to suggest"));
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_list_box_set_placeholder (self->list, self->empty_label);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  g_object_set (scrolled,
                "child",
                self->list,
                "hscrollbar-policy",
                GTK_POLICY_NEVER,
                "propagate-natural-height",
                TRUE,
                "propagate-natural-width",
                TRUE,
                "max-content-height",
                TALLEST_LIST,
                NULL);
  gtk_popover_set_child (GTK_POPOVER (self), scrolled);
  gtk_widget_add_css_class (GTK_WIDGET (self), "menu");
}

GtkWidget *
gh_suggestion_popover_new (const char *title)
{
  GhSuggestionPopover *self = g_object_new (GH_TYPE_SUGGESTION_POPOVER, NULL);

  gh_accessible_set_name (GTK_WIDGET (self->list), title);
  return GTK_WIDGET (self);
}

void
gh_suggestion_popover_fill (GhSuggestionPopover *self, GPtrArray *suggestions)
{
  GtkListBoxRow *row;

  g_return_if_fail (GH_IS_SUGGESTION_POPOVER (self));

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_ptr_array_set_size (self->texts, 0);
  for (guint i = 0; i < suggestions->len; i++)
    {
      const GhCspSuggestion *suggestion = g_ptr_array_index (suggestions, i);

      g_ptr_array_add (self->texts, g_strdup (suggestion->text));
      gtk_list_box_append (self->list, create_row (suggestion));
    }
}

gboolean
gh_suggestion_popover_choose (GhSuggestionPopover *self, const char *text)
{
  guint index;

  g_return_val_if_fail (GH_IS_SUGGESTION_POPOVER (self), FALSE);

  if (!g_ptr_array_find_with_equal_func (self->texts, text, g_str_equal, &index))
    return FALSE;

  on_row_activated (self, gtk_list_box_get_row_at_index (self->list, (int) index));
  return TRUE;
}
