/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of a workspace share with each other and with the fleet that owns it.
 *
 * The store is the truth and the document a view of it: an edit goes to the store at once,
 * and whatever else changes the draft (a merge, an apply, another process) changes the store
 * first and is then read back by gh_workspace_reload_async(). */

#pragma once

#include "gh-account-session.h"
#include "gh-apply-lock.h"
#include "gh-snapshot.h"
#include "gh-workspace.h"

G_BEGIN_DECLS

struct _GhWorkspace
{
  GObject parent_instance;

  GhDatabase *database;
  GRefString *database_path;
  GhAccountSession *session;
  GhWorkspaceRecord *record;

  GhDocument *document;   /* NULL until loaded */
  GhCachedPolicy *base;   /* what document stands on, or NULL */
  GPtrArray *conflicts;   /* of GhConflict */
  GPtrArray *communities; /* of GhCommunityRecord, or NULL until loaded */
  gint64 generation;      /* of the draft that document shows */
  gboolean behind;        /* another process wrote before that: document does not show it */
  guint64 n_edits;        /* made here since the start */
  GCancellable *closing;  /* cancelled in dispose */

  GQueue unsaved;     /* of Edit: not durable yet; the first may be on its way */
  gboolean recording; /* the first of them is on its way */
  guint retry;        /* source id, 0 for none */
  char *save_error;   /* or NULL */
  GPtrArray *flushes; /* of GTask that wait for unsaved to be empty */

  gboolean applying;
  int lock; /* held while applying, GH_APPLY_LOCK_NONE otherwise */
  gboolean offline;
  gboolean sign_in;
  char *notice; /* or NULL */

  GhWorkspaceState told_state; /* as last notified */
  GhCredentialState told_credential_state;
  guint told_n_drafted;
  guint told_n_community_drafts;
  gint64 told_revision;
};

/* Takes the record. */
GhWorkspace *gh_workspace_new (GhDatabase *database,
                               GRefString *database_path,
                               GhAccountSession *session,
                               GhWorkspaceRecord *record);

/* What a list of the server or another process says of it; takes the record. */
void gh_workspace_update (GhWorkspace *self, GhWorkspaceRecord *record);
void gh_workspace_set_session (GhWorkspace *self, GhAccountSession *session);
const GhWorkspaceKey *gh_workspace_get_key (GhWorkspace *self);
GhAccountSession *gh_workspace_get_session (GhWorkspace *self);

/* state, state-text, n-drafted, revision, saving and save-error, each where it changed. */
void gh_workspace_notify_all (GhWorkspace *self);
void gh_workspace_set_notice (GhWorkspace *self, const char *notice);

/* After a call of the server: what its error, or NULL, says of the way there. */
void gh_workspace_note_contact (GhWorkspace *self, const GError *error);

/* gh-workspace-draft.c */
void gh_workspace_drop_edits (GhWorkspace *self);
void gh_workspace_reload_async (GhWorkspace *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean gh_workspace_reload_finish (GhWorkspace *self, GAsyncResult *result, GError **error);

/* Saves all edits, then reads the store. */
void gh_workspace_take_snapshot_async (GhWorkspace *self,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GhSnapshot *
gh_workspace_take_snapshot_finish (GhWorkspace *self, GAsyncResult *result, GError **error);

/* gh-workspace-communities.c: another process wrote to the store. */
void gh_workspace_refresh_communities (GhWorkspace *self);

/* gh-workspace-settle.c: asks the server how writes ended of which no answer came, tells
 * the person, and gives the last one's state: SENDING when there were none. */
void gh_workspace_settle_async (GhWorkspace *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean gh_workspace_settle_finish (GhWorkspace *self,
                                     GAsyncResult *result,
                                     GhJournalState *state,
                                     GError **error);

/* gh-workspace-write.c. Of GH_FLEET_ERROR; the first %s in format becomes the workspace's name. */
GError *gh_workspace_make_error (GhWorkspace *self, GhFleetError code, const char *format);

/* GH_FLEET_ERROR_READ_ONLY where the role permits no writing, or NULL. */
GError *gh_workspace_check_can_write (GhWorkspace *self);

/* Begins the one write that there may be, or says why not: GH_FLEET_ERROR_READ_ONLY, or
 * GH_FLEET_ERROR_BUSY while this or another program writes. */
GError *gh_workspace_begin_write (GhWorkspace *self);

/* Ends the write that began, and its task. Takes task and error; with none, outcome holds. */
void gh_workspace_end_write (GTask *task, GhApplyOutcome outcome, GError *error);

/* The same where no write began. */
void gh_workspace_return_outcome (GTask *task, GhApplyOutcome outcome, GError *error);
GhApplyOutcome
gh_workspace_finish_outcome (GhWorkspace *self, GAsyncResult *result, GError **error);

/* gh-workspace-sync.c: one policy read from the server becomes the base, the draft merged
 * over it. Takes remote. */
void gh_workspace_absorb_async (GhWorkspace *self,
                                GhRemotePolicy *remote,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean gh_workspace_absorb_finish (GhWorkspace *self, GAsyncResult *result, GError **error);

/* Sync without settling first. */
void gh_workspace_read_async (GhWorkspace *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean gh_workspace_read_finish (GhWorkspace *self, GAsyncResult *result, GError **error);

G_END_DECLS
