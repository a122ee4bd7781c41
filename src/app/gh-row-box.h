/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Puts its first child beside its second one where there is room, above it where there is
 * not. What makes one form fit a phone and a desktop. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GH_TYPE_ROW_BOX (gh_row_box_get_type ())

G_DECLARE_FINAL_TYPE (GhRowBox, gh_row_box, GH, ROW_BOX, GtkWidget)

/* stacked: the second child always takes the whole width below the first. */
void gh_row_box_set_stacked (GhRowBox *self, gboolean stacked);

G_END_DECLS
