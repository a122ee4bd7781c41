/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One expression gives the lines that are shown and the words that are searched. */

#include "gh-chooser.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, GtkExpression *title)
{
  g_auto (GValue) value = G_VALUE_INIT;

  if (gtk_expression_evaluate (title, gtk_list_item_get_item (item), &value))
    gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), g_value_get_string (&value));
}

static void
drop_expression (gpointer expression, GClosure *closure)
{
  gtk_expression_unref (expression);
}

void
gh_chooser_set_up (GtkDropDown *chooser,
                   GListModel *model,
                   GhChooserTitle dup_title,
                   const char *name)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkExpression) title = gtk_cclosure_expression_new (
    G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (dup_title), NULL, NULL);

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect_data (
    factory, "bind", G_CALLBACK (on_bind), gtk_expression_ref (title), drop_expression, 0);
  /* In this order: an expression brings GTK's own lines back, which do not shorten. */
  gtk_drop_down_set_expression (chooser, title);
  gtk_drop_down_set_factory (chooser, factory);
  gtk_drop_down_set_enable_search (chooser, TRUE);
  gtk_drop_down_set_model (chooser, model);
  gh_accessible_set_name (GTK_WIDGET (chooser), name);
}

void
gh_chooser_select (GtkDropDown *chooser, gpointer item)
{
  GListModel *model = gtk_drop_down_get_model (chooser);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) other = g_list_model_get_item (model, i);

      if (other == item)
        gtk_drop_down_set_selected (chooser, i);
    }
}

/* The account too, because two accounts may have workspaces of the same name. */
char *
gh_chooser_dup_workspace_title (gpointer workspace, gpointer user_data)
{
  if (workspace == NULL)
    return g_strdup ("");
  /* Translators: a workspace and the account that it is seen with. */
  return g_strdup_printf (
    _ ("%s (%s)"), gh_workspace_get_name (workspace), gh_workspace_get_account (workspace));
}

char *
gh_chooser_dup_string (gpointer string, gpointer user_data)
{
  return g_strdup (string != NULL ? gtk_string_object_get_string (string) : "");
}
