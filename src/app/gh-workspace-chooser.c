/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Says the account too, because two accounts may have workspaces of the same name. */

#include "gh-workspace-chooser.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"

static char *
dup_title (gpointer item, gpointer user_data)
{
  GhWorkspace *workspace = item;

  if (workspace == NULL)
    return g_strdup ("");
  /* Translators: a workspace and the account that it is seen with. */
  return g_strdup_printf (
    _ ("%s (%s)"), gh_workspace_get_name (workspace), gh_workspace_get_account (workspace));
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  g_autofree char *title = dup_title (gtk_list_item_get_item (item), NULL);

  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)), title);
}

void
gh_workspace_chooser_set_up (GtkDropDown *chooser, GListModel *workspaces, const char *name)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkExpression) title = gtk_cclosure_expression_new (
    G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (dup_title), NULL, NULL);

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  gtk_drop_down_set_factory (chooser, factory);
  gtk_drop_down_set_expression (chooser, title);
  gtk_drop_down_set_enable_search (chooser, TRUE);
  gtk_drop_down_set_model (chooser, workspaces);
  gh_accessible_set_name (GTK_WIDGET (chooser), name);
}

void
gh_workspace_chooser_select (GtkDropDown *chooser, GhWorkspace *workspace)
{
  GListModel *model = gtk_drop_down_get_model (chooser);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GhWorkspace) item = g_list_model_get_item (model, i);

      if (item == workspace)
        gtk_drop_down_set_selected (chooser, i);
    }
}
