/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The communities of a workspace: what each has for itself, what it inherits, and what is
 * drafted for it. What is drafted is durable when the call that drafts it finishes, works
 * without network, and stays until the server has it or it is reverted. The workspace emits
 * `communities-changed` whenever what is said here may have become another. */

#pragma once

#include "gh-community-store.h"
#include "gh-workspace.h"

G_BEGIN_DECLS

/* Borrowed, of GhCommunityRecord, by name; NULL until loaded. */
GPtrArray *gh_workspace_get_communities (GhWorkspace *self);

/* By id. Borrowed until the next `communities-changed`; GH_FLEET_ERROR_UNKNOWN. */
const GhCommunityRecord *
gh_workspace_find_community (GhWorkspace *self, const char *id, GError **error);

/* What the drafted changes would break or weaken in the community, over the workspace's policy
 * as it is applied; of GhFinding, those alone that speak of a changed field. The workspace is
 * loaded. */
GPtrArray *gh_workspace_check_community (GhWorkspace *self, const GhCommunityRecord *community);

/* From the store; works without network. */
void gh_workspace_load_communities_async (GhWorkspace *self,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean
gh_workspace_load_communities_finish (GhWorkspace *self, GAsyncResult *result, GError **error);

/* Asks the server for the list, and for the policies that changed since they were read. */
void gh_workspace_sync_communities_async (GhWorkspace *self,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean
gh_workspace_sync_communities_finish (GhWorkspace *self, GAsyncResult *result, GError **error);

/* value NULL: to be inherited from the workspace. Also decides a conflict. */
void gh_workspace_draft_community_async (GhWorkspace *self,
                                         const char *community,
                                         const GhSetting *setting,
                                         GVariant *value,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean
gh_workspace_draft_community_finish (GhWorkspace *self, GAsyncResult *result, GError **error);

/* Drops what is drafted for one setting, or with NULL for all. */
void gh_workspace_revert_community_async (GhWorkspace *self,
                                          const char *community,
                                          const GhSetting *setting,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer user_data);
gboolean
gh_workspace_revert_community_finish (GhWorkspace *self, GAsyncResult *result, GError **error);

/* Sends what is drafted. A lost answer is classified by reading the server: its changes are
 * values and not steps, so that what it has tells whether they arrived. dry_run only asks
 * whether they would be accepted. */
void gh_workspace_apply_community_async (GhWorkspace *self,
                                         const char *community,
                                         const char *reason,
                                         gboolean dry_run,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
GhApplyOutcome
gh_workspace_apply_community_finish (GhWorkspace *self, GAsyncResult *result, GError **error);

G_END_DECLS
