/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A screen reader says a widget's type where it finds no name. */

#include "gh-accessible.h"

#include <adwaita.h>

void
gh_accessible_set_name (GtkWidget *widget, const char *name)
{
  /* What takes the keyboard is a button or a text within. */
  if (GTK_IS_EDITABLE (widget) && gtk_editable_get_delegate (GTK_EDITABLE (widget)) != NULL)
    gh_accessible_set_name (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (widget))), name);
  if (GTK_IS_MENU_BUTTON (widget) || GTK_IS_DROP_DOWN (widget))
    gh_accessible_set_name (gtk_widget_get_first_child (widget), name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

GtkWidget *
gh_accessible_icon_button_new (const char *icon_name, const char *words)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, words);
  gtk_widget_add_css_class (button, "flat");
  gh_accessible_set_name (button, words);
  return button;
}

void
gh_accessible_name_split_button (GtkWidget *button, const char *name, const char *menu_name)
{
  for (GtkWidget *child = gtk_widget_get_first_child (button); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_MENU_BUTTON (child))
      gh_accessible_set_name (child, menu_name);
    else if (GTK_IS_BUTTON (child))
      gh_accessible_set_name (child, name);
}

/* The text in an entry row is called what the row is, and so is what stands beside it. */
static void
name_entry (GtkWidget *widget, const char *name)
{
  const char *tooltip = gtk_widget_get_tooltip_text (widget);

  if (GTK_IS_TEXT (widget) || GTK_IS_BUTTON (widget))
    gh_accessible_set_name (widget, tooltip != NULL ? tooltip : name);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    name_entry (child, name);
}

static void
name_lists (GtkWidget *widget, const char *name)
{
  if (ADW_IS_PREFERENCES_GROUP (widget))
    name = adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (widget));
  else if (ADW_IS_ENTRY_ROW (widget))
    name_entry (widget, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)));
  else if (ADW_IS_COMBO_ROW (widget))
    name = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));
  else if ((GTK_IS_LIST_BOX (widget) || GTK_IS_LIST_VIEW (widget)) && name != NULL)
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
