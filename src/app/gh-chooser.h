/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A drop-down of many things, searched by typing, whose lines are cut where room is short. */

#pragma once

#include <gtk/gtk.h>

#include "gh-workspace.h"

G_BEGIN_DECLS

/* What is said of an item, which may be NULL; user_data is always NULL. */
typedef char *(*GhChooserTitle) (gpointer item, gpointer user_data);

/* name is the accessible one. */
void gh_chooser_set_up (GtkDropDown *chooser,
                        GListModel *model,
                        GhChooserTitle dup_title,
                        const char *name);
void gh_chooser_select (GtkDropDown *chooser, gpointer item);

/* Titles of GhWorkspace and of GtkStringObject. */
char *gh_chooser_dup_workspace_title (gpointer workspace, gpointer user_data);
char *gh_chooser_dup_string (gpointer string, gpointer user_data);

G_END_DECLS
