/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list view of what is planned for many workspaces, or of what became of them. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void gh_bulk_list_set_up (GtkListView *list_view);

/* A GhPlan or a GhJob. */
void gh_bulk_list_set_model (GtkListView *list_view, GListModel *items);

G_END_DECLS
