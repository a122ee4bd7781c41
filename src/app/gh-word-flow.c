/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each word is a label and a button. */

#include "gh-word-flow.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-flow-layout.h"

#define LONGEST_WORD 34 /* characters; longer ones are shortened in the middle */

struct _GhWordFlow
{
  GtkWidget parent_instance;
};

enum
{
  SIGNAL_REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhWordFlow, gh_word_flow, GTK_TYPE_WIDGET)

static void
on_remove_clicked (GtkWidget *button, GhWordFlow *self)
{
  GtkWidget *word = gtk_widget_get_parent (button);
  guint index = 0;

  while ((word = gtk_widget_get_prev_sibling (word)) != NULL)
    index++;
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0, index);
}

static GtkWidget *
create_label (const char *word)
{
  GtkWidget *label = gtk_label_new (word);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LONGEST_WORD);
  gtk_widget_set_hexpand (label, TRUE);
  if (g_utf8_strlen (word, -1) > LONGEST_WORD)
    gtk_widget_set_tooltip_text (label, word);
  return label;
}

static GtkWidget *
create_remove_button (GhWordFlow *self, const char *word)
{
  g_autofree char *words = g_strdup_printf (_ ("Remove %s"), word);
  GtkWidget *button = gh_accessible_icon_button_new ("window-close-symbolic", words);

  gtk_widget_add_css_class (button, "circular");
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove_clicked), self);
  return button;
}

static void
gh_word_flow_dispose (GObject *object)
{
  gh_word_flow_clear (GH_WORD_FLOW (object));

  G_OBJECT_CLASS (gh_word_flow_parent_class)->dispose (object);
}

static void
gh_word_flow_class_init (GhWordFlowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_word_flow_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GH_TYPE_FLOW_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
  signals[SIGNAL_REMOVE] = g_signal_new ("remove",
                                         G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         G_TYPE_UINT);
}

static void
gh_word_flow_init (GhWordFlow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
gh_word_flow_new (const char *title)
{
  GhWordFlow *self = g_object_new (GH_TYPE_WORD_FLOW, NULL);

  gh_word_flow_set_title (self, title);
  return GTK_WIDGET (self);
}

void
gh_word_flow_set_title (GhWordFlow *self, const char *title)
{
  g_return_if_fail (GH_IS_WORD_FLOW (self));

  gh_accessible_set_name (GTK_WIDGET (self), title);
}

void
gh_word_flow_append (GhWordFlow *self, const char *word)
{
  GtkWidget *box = g_object_new (
    GTK_TYPE_BOX, "spacing", 2, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);

  g_return_if_fail (GH_IS_WORD_FLOW (self));

  gtk_widget_add_css_class (box, "word");
  gtk_box_append (GTK_BOX (box), create_label (word));
  gtk_box_append (GTK_BOX (box), create_remove_button (self, word));
  gh_accessible_set_name (box, word);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
gh_word_flow_remove (GhWordFlow *self, guint index)
{
  GtkWidget *word;

  g_return_if_fail (GH_IS_WORD_FLOW (self));

  word = gtk_widget_get_first_child (GTK_WIDGET (self));
  while (word != NULL && index-- > 0)
    word = gtk_widget_get_next_sibling (word);
  g_return_if_fail (word != NULL);

  gtk_widget_unparent (word);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          gtk_widget_get_first_child (GTK_WIDGET (self)) != NULL);
}

void
gh_word_flow_clear (GhWordFlow *self)
{
  GtkWidget *word;

  g_return_if_fail (GH_IS_WORD_FLOW (self));

  while ((word = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (word);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
