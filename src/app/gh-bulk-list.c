/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nothing is selected or activated in it: it is there to be read. */

#include "gh-bulk-list.h"

#include "gh-bulk-row.h"

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gh_bulk_row_new ());
  gtk_list_item_set_activatable (item, FALSE);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gh_bulk_row_set_item (GH_BULK_ROW (gtk_list_item_get_child (item)),
                        gtk_list_item_get_item (item));
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gh_bulk_row_set_item (GH_BULK_ROW (gtk_list_item_get_child (item)), NULL);
}

void
gh_bulk_list_set_up (GtkListView *list_view)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  gtk_list_view_set_factory (list_view, factory);
}

void
gh_bulk_list_set_model (GtkListView *list_view, GListModel *items)
{
  g_autoptr (GtkNoSelection) model = gtk_no_selection_new (g_object_ref (items));

  gtk_list_view_set_model (list_view, GTK_SELECTION_MODEL (model));
}
