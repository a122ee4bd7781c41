/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A screen reader says a widget's type where it finds no name. */

#include "gh-accessible.h"

#include <adwaita.h>

void
gh_accessible_set_name (GtkWidget *widget, const char *name)
{
  /* What takes the keyboard is a button within. */
  if (GTK_IS_MENU_BUTTON (widget) || GTK_IS_DROP_DOWN (widget))
    gh_accessible_set_name (gtk_widget_get_first_child (widget), name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
name_lists (GtkWidget *widget, const char *name)
{
  if (ADW_IS_PREFERENCES_GROUP (widget))
    name = adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (widget));
  else if (GTK_IS_LIST_BOX (widget) && name != NULL)
    gh_accessible_set_name (widget, name);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_lists (child, name);
}

void
gh_accessible_name_groups (GtkWidget *widget)
{
  name_lists (widget, NULL);
}
