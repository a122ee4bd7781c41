/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A flow box of labels and buttons. */

#include "gh-word-flow.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"

#define LONGEST_WORD 34 /* characters; longer ones are shortened in the middle */

struct _GhWordFlow
{
  GtkWidget parent_instance;

  GtkWidget *flow; /* the child */
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
  GtkWidget *child = gtk_widget_get_ancestor (button, GTK_TYPE_FLOW_BOX_CHILD);

  g_signal_emit (self,
                 signals[SIGNAL_REMOVE],
                 0,
                 (guint) gtk_flow_box_child_get_index (GTK_FLOW_BOX_CHILD (child)));
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
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *tooltip = g_strdup_printf (_ ("Remove %s"), word);

  gtk_widget_set_tooltip_text (button, tooltip);
  gh_accessible_set_name (button, tooltip);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove_clicked), self);
  return button;
}

static void
gh_word_flow_dispose (GObject *object)
{
  g_clear_pointer (&GH_WORD_FLOW (object)->flow, gtk_widget_unparent);

  G_OBJECT_CLASS (gh_word_flow_parent_class)->dispose (object);
}

static void
gh_word_flow_class_init (GhWordFlowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_word_flow_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
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
  self->flow = gtk_flow_box_new ();
  g_object_set (self->flow,
                "selection-mode",
                GTK_SELECTION_NONE,
                "homogeneous",
                TRUE,
                "column-spacing",
                6,
                "row-spacing",
                6,
                "max-children-per-line",
                8,
                NULL);
  gtk_widget_set_parent (self->flow, GTK_WIDGET (self));
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

  gh_accessible_set_name (self->flow, title);
}

void
gh_word_flow_append (GhWordFlow *self, const char *word)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *child = gtk_flow_box_child_new ();

  g_return_if_fail (GH_IS_WORD_FLOW (self));

  gtk_widget_add_css_class (box, "word");
  gtk_box_append (GTK_BOX (box), create_label (word));
  gtk_box_append (GTK_BOX (box), create_remove_button (self, word));
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gh_accessible_set_name (child, word);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_append (GTK_FLOW_BOX (self->flow), child);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
gh_word_flow_remove (GhWordFlow *self, guint index)
{
  GtkFlowBoxChild *child;

  g_return_if_fail (GH_IS_WORD_FLOW (self));

  child = gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (self->flow), (int) index);
  g_return_if_fail (child != NULL);

  gtk_flow_box_remove (GTK_FLOW_BOX (self->flow), GTK_WIDGET (child));
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (self->flow) != NULL);
}

void
gh_word_flow_clear (GhWordFlow *self)
{
  GtkWidget *child;

  g_return_if_fail (GH_IS_WORD_FLOW (self));

  while ((child = gtk_widget_get_first_child (self->flow)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->flow), child);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
gh_word_flow_set_homogeneous (GhWordFlow *self, gboolean homogeneous)
{
  g_return_if_fail (GH_IS_WORD_FLOW (self));

  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (self->flow), homogeneous);
  gtk_widget_set_halign (self->flow, homogeneous ? GTK_ALIGN_FILL : GTK_ALIGN_START);
}
