/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One workspace's life: what the server had, what is drafted here, and what goes on. */

#pragma once

#include "gh-changes.h"
#include "gh-client.h"
#include "gh-credentials.h"
#include "gh-document.h"
#include "gh-draft-store.h"
#include "gh-fleet-error.h"
#include "gh-journal.h"
#include "gh-merge.h"
#include "gh-workspace-store.h"

G_BEGIN_DECLS

#define GH_TYPE_WORKSPACE (gh_workspace_get_type ())

G_DECLARE_FINAL_TYPE (GhWorkspace, gh_workspace, GH, WORKSPACE, GObject)

typedef enum
{
  GH_WORKSPACE_SYNCED,   /* as the server last had it, nothing drafted */
  GH_WORKSPACE_DRAFT,    /* drafted changes, of its own or for its communities, server not known
                            to have moved */
  GH_WORKSPACE_APPLYING, /* a write is on its way, or how it ended is not known yet */
  GH_WORKSPACE_CONFLICT, /* the server moved over drafted fields */
  GH_WORKSPACE_OFFLINE,  /* the last try did not reach the server; draft and cache work */
  GH_WORKSPACE_SIGN_IN,  /* the server wants a credential */
} GhWorkspaceState;

#define GH_TYPE_WORKSPACE_STATE (gh_workspace_state_get_type ())

GType gh_workspace_state_get_type (void);

/* How an apply ended. */
typedef enum
{
  GH_APPLY_APPLIED,
  GH_APPLY_NOTHING,     /* nothing was drafted */
  GH_APPLY_NOT_APPLIED, /* lost on the way and, as the server says, not applied; still drafted */
  GH_APPLY_CONFLICT,    /* the server moved meanwhile; merged, look at it again */
} GhApplyOutcome;

/* Properties, all read-only and notified: `account`, `id`, `name`, `url`, `tags` (GStrv),
 * `role`, `can-write` (gboolean), `revision` (gint64), `state` (GhWorkspaceState),
 * `state-text` (for people), `n-drafted` (guint), `document` (GhDocument, NULL until loaded),
 * `saving` (gboolean: an edit is not durable yet), `save-error` (string or NULL),
 * `synced-at` (gint64), `notice` (string or NULL: what the person should be told, such as
 * how an interrupted apply ended). Signal `communities-changed`: see
 * gh-workspace-communities.h. */
const char *gh_workspace_get_account (GhWorkspace *self);
const char *gh_workspace_get_id (GhWorkspace *self);
const char *gh_workspace_get_name (GhWorkspace *self);
const char *gh_workspace_get_url (GhWorkspace *self);
const char *const *gh_workspace_get_tags (GhWorkspace *self);
const char *gh_workspace_get_role (GhWorkspace *self);
gboolean gh_workspace_get_can_write (GhWorkspace *self);
gint64 gh_workspace_get_revision (GhWorkspace *self);
GhWorkspaceState gh_workspace_get_state (GhWorkspace *self);
guint gh_workspace_get_n_drafted (GhWorkspace *self);
guint gh_workspace_get_n_community_drafts (GhWorkspace *self); /* drafted for its communities */
/* In state SIGN_IN: why. FOUND: the server refuses the credential that there is. */
GhCredentialState gh_workspace_get_credential_state (GhWorkspace *self);
gboolean gh_workspace_get_saving (GhWorkspace *self);
char *gh_workspace_dup_state_text (GhWorkspace *self);
const char *gh_workspace_get_notice (GhWorkspace *self);
void gh_workspace_dismiss_notice (GhWorkspace *self);  /* the person has read it */
GhClient *gh_workspace_get_client (GhWorkspace *self); /* for its history, or NULL */

/* "synced", "draft", "applying", "conflict", "offline", "sign-in" */
const char *gh_workspace_state_to_string (GhWorkspaceState state);

/* Reads cached policy, draft, steps and journal from the store; works without network. */
void gh_workspace_load_async (GhWorkspace *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean gh_workspace_load_finish (GhWorkspace *self, GAsyncResult *result, GError **error);
GhDocument *gh_workspace_get_document (GhWorkspace *self);

/* Loads it, and asks the server before that when nothing of it is here yet. */
void gh_workspace_open_async (GhWorkspace *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean gh_workspace_open_finish (GhWorkspace *self, GAsyncResult *result, GError **error);

/* Asks the server for its policy; merges when it moved. */
void gh_workspace_sync_async (GhWorkspace *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean gh_workspace_sync_finish (GhWorkspace *self, GAsyncResult *result, GError **error);

/* Finishes when every edit made so far is durable. */
void gh_workspace_flush_async (GhWorkspace *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean gh_workspace_flush_finish (GhWorkspace *self, GAsyncResult *result, GError **error);

/* Journalled: what is sent is committed before it leaves; a lost answer is classified by
 * reading the server. dry_run only asks whether it would be accepted. */
void gh_workspace_apply_async (GhWorkspace *self,
                               const char *reason,
                               gboolean dry_run,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
GhApplyOutcome gh_workspace_apply_finish (GhWorkspace *self, GAsyncResult *result, GError **error);

/* Has the server make a new revision equal to an old one, over the revision that was last read
 * here. What is drafted stays drafted over it. A lost answer is classified by reading the
 * server. GH_APPLY_NOTHING: the policy is equal to it already. */
void gh_workspace_restore_async (GhWorkspace *self,
                                 gint64 revision,
                                 const char *reason,
                                 gboolean dry_run,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GhApplyOutcome
gh_workspace_restore_finish (GhWorkspace *self, GAsyncResult *result, GError **error);

/* Conflicts that wait for a choice; of GhConflict, empty when there are none. Choosing
 * theirs drops the draft of the field, any other value is drafted over the new base. */
GPtrArray *gh_workspace_get_conflicts (GhWorkspace *self);
gboolean
gh_workspace_resolve (GhWorkspace *self, const GhSetting *setting, GVariant *value, GError **error);

/* Of GhFinding: gh_policy_check() of the base against the draft. */
GPtrArray *gh_workspace_check (GhWorkspace *self);

G_END_DECLS
