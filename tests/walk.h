/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Walks over trees of widgets, for tests of the window. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Whether a visible label below widget says this, alone or among other words. */
gboolean walk_finds_text (GtkWidget *widget, const char *text);
gboolean walk_finds_tooltip (GtkWidget *widget, const char *text);
gboolean walk_finds_class (GtkWidget *widget, const char *css_class);
GtkWidget *walk_find_type (GtkWidget *widget, GType type); /* the first that is seen, or NULL */
gboolean walk_finds_name (GtkWidget *widget, const char *name); /* the accessible name */

/* Clicks the first visible button that says this or is called so; fails when there is none, or
 * when it cannot be clicked. */
void walk_click (GtkWidget *widget, const char *words);
gboolean walk_can_click (GtkWidget *widget, const char *words);

/* Fails with the path of the first widget that takes input and has no accessible name. */
void walk_assert_named (GtkWidget *widget);

/* Fails with the path of the first widget that stands out of the window at a side. */
void walk_assert_fits (GtkWidget *window);

/* Runs the main loop for some frames of the window, so that what was asked for is laid out. */
void walk_settle (GtkWidget *window);

G_END_DECLS
