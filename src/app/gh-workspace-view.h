/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One workspace: its groups, the form of one of them, the header preview, history, and the
 * change bar. */

#pragma once

#include <adwaita.h>

#include "gh-change-bar.h"
#include "gh-banner.h"
#include "gh-compare-view.h"
#include "gh-form-context.h"
#include "gh-group-list.h"
#include "gh-headers-view.h"
#include "gh-history-view.h"
#include "gh-policy-form.h"
#include "gh-workspace.h"

G_BEGIN_DECLS

#define GH_TYPE_WORKSPACE_VIEW (gh_workspace_view_get_type ())

G_DECLARE_FINAL_TYPE (GhWorkspaceView, gh_workspace_view, GH, WORKSPACE_VIEW, AdwBin)

/* Reads what is kept of the workspace, shows it, then asks the server for news. */
void gh_workspace_view_set_workspace (GhWorkspaceView *self, GhWorkspace *workspace);
GhWorkspace *gh_workspace_view_get_workspace (GhWorkspaceView *self);
void gh_workspace_view_sync (GhWorkspaceView *self);

/* A group's id, "page-headers", "page-compare" or "page-history". */
void gh_workspace_view_show_page (GhWorkspaceView *self, const char *page);
const char *gh_workspace_view_get_page (GhWorkspaceView *self);

/* The outer window is folded too: the way back to the workspaces is shown. */
void gh_workspace_view_set_alone (GhWorkspaceView *self, gboolean alone);
gboolean gh_workspace_view_go_back (GhWorkspaceView *self); /* FALSE: nothing to go back to */

GhFormContext *gh_workspace_view_get_context (GhWorkspaceView *self);
GhGroupList *gh_workspace_view_get_groups (GhWorkspaceView *self);
GhChangeBar *gh_workspace_view_get_change_bar (GhWorkspaceView *self);
GhBanner *gh_workspace_view_get_banner (GhWorkspaceView *self);
GhCompareView *gh_workspace_view_get_compare (GhWorkspaceView *self);
GhHeadersView *gh_workspace_view_get_headers (GhWorkspaceView *self);
GhHistoryView *gh_workspace_view_get_history (GhWorkspaceView *self);
GhPolicyForm *gh_workspace_view_get_form (GhWorkspaceView *self, const char *group);
void gh_workspace_view_set_preview (GhWorkspaceView *self, gboolean shown);

G_END_DECLS
