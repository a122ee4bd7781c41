/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All workspaces, with search and a tag filter; thousands scroll smoothly. */

#pragma once

#include <adwaita.h>

#include "gh-workspace.h"

G_BEGIN_DECLS

#define GH_TYPE_WORKSPACE_LIST (gh_workspace_list_get_type ())

G_DECLARE_FINAL_TYPE (GhWorkspaceList, gh_workspace_list, GH, WORKSPACE_LIST, AdwBin)

/* Property, notified: selecting (gboolean): many can be selected, to do the same to all.
 * Signals:
 *   opened (GhWorkspace *)  also when the selected one is clicked again
 *   apply-to-many           what is selected is to get the same values
 *   compare-many            what is selected is to be compared
 * Actions: workspaces.select-all (those that are shown), workspaces.apply, workspaces.compare.
 * Ctrl+A selects all, Escape ends selecting. */
void gh_workspace_list_set_model (GhWorkspaceList *self, GListModel *workspaces);
GhWorkspace *gh_workspace_list_get_selected (GhWorkspaceList *self); /* or NULL */
void gh_workspace_list_select (GhWorkspaceList *self, GhWorkspace *workspace);
guint gh_workspace_list_get_n_shown (GhWorkspaceList *self);

/* Of GhWorkspace, in the list's order, whether the search shows them or not. */
GPtrArray *gh_workspace_list_dup_many (GhWorkspaceList *self);
void gh_workspace_list_set_selecting (GhWorkspaceList *self, gboolean selecting);
void gh_workspace_list_toggle (GhWorkspaceList *self, GhWorkspace *workspace);
void gh_workspace_list_search (GhWorkspaceList *self, const char *text);

G_END_DECLS
