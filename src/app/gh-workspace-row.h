/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One workspace in the list: name, state as an icon and in words, drafted count. */

#pragma once

#include <gtk/gtk.h>

#include "gh-workspace.h"

G_BEGIN_DECLS

#define GH_TYPE_WORKSPACE_ROW (gh_workspace_row_get_type ())

G_DECLARE_FINAL_TYPE (GhWorkspaceRow, gh_workspace_row, GH, WORKSPACE_ROW, GtkWidget)

GtkWidget *gh_workspace_row_new (void);
void gh_workspace_row_set_workspace (GhWorkspaceRow *self, GhWorkspace *workspace);

/* Whether the row has a check before it, and whether that is set. */
void gh_workspace_row_set_selecting (GhWorkspaceRow *self, gboolean selecting, gboolean selected);

G_END_DECLS
