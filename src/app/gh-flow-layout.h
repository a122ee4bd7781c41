/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lays children out as words in a text: one after the other, each as wide as it needs to be, in
 * as many lines as that takes. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define GH_TYPE_FLOW_LAYOUT (gh_flow_layout_get_type ())

G_DECLARE_FINAL_TYPE (GhFlowLayout, gh_flow_layout, GH, FLOW_LAYOUT, GtkLayoutManager)

GtkLayoutManager *gh_flow_layout_new (void);

G_END_DECLS
