/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names for widgets that the toolkit leaves without one. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void gh_accessible_set_name (GtkWidget *widget, const char *name);

/* A flat button that shows an icon alone: the words are its name and its tooltip. */
GtkWidget *gh_accessible_icon_button_new (const char *icon_name, const char *words);
void gh_accessible_name_split_button (GtkWidget *button, const char *name, const char *menu_name);

/* The list in each preference group below widget gets the group's title as its name. */
void gh_accessible_name_groups (GtkWidget *widget);

G_END_DECLS
