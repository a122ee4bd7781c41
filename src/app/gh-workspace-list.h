/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All workspaces, with search and a tag filter; thousands scroll smoothly. */

#pragma once

#include <adwaita.h>

#include "gh-workspace.h"

G_BEGIN_DECLS

#define GH_TYPE_WORKSPACE_LIST (gh_workspace_list_get_type ())

G_DECLARE_FINAL_TYPE (GhWorkspaceList, gh_workspace_list, GH, WORKSPACE_LIST, AdwBin)

/* Signals: `opened` (GhWorkspace *), also when the selected one is clicked again. */
void gh_workspace_list_set_model (GhWorkspaceList *self, GListModel *workspaces);
GhWorkspace *gh_workspace_list_get_selected (GhWorkspaceList *self); /* or NULL */
void gh_workspace_list_select (GhWorkspaceList *self, GhWorkspace *workspace);
guint gh_workspace_list_get_n_shown (GhWorkspaceList *self);
void gh_workspace_list_search (GhWorkspaceList *self, const char *text);

G_END_DECLS
