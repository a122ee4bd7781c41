/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The workspaces each account may see, and the policy each had when last read. */

#pragma once

#include "gh-database.h"
#include "gh-policy.h"

G_BEGIN_DECLS

typedef struct
{
  char *account;
  char *id;
} GhWorkspaceKey;

typedef struct
{
  GhWorkspaceKey key;
  char *name;
  char *url;
  char **tags;
  char *role;       /* "administrator", "editor", "reader" as the server has it */
  gint64 revision;  /* of the cached policy; 0 when none is cached */
  gint64 synced_at; /* microseconds since the epoch; 0 = never */
  guint n_drafted;
  guint n_community_drafts; /* drafted for its communities */
  gboolean sending;         /* an apply left this computer and was not resolved */
  gboolean conflict;        /* the server moved over a drafted field, not resolved yet */
} GhWorkspaceRecord;

typedef struct
{
  GhPolicy *policy;
  char *etag;
  gint64 revision;
} GhCachedPolicy;

GhWorkspaceKey *gh_workspace_key_new (const char *account, const char *id);
GhWorkspaceKey *gh_workspace_key_copy (const GhWorkspaceKey *key);
void gh_workspace_key_free (GhWorkspaceKey *key);
GhWorkspaceRecord *gh_workspace_record_new (const char *account, const char *id);
GhWorkspaceRecord *gh_workspace_record_copy (const GhWorkspaceRecord *record);
void gh_workspace_record_free (GhWorkspaceRecord *record);
void gh_cached_policy_free (GhCachedPolicy *cached);

void gh_workspace_store_list_async (GhDatabase *database,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* Of GhWorkspaceRecord, without their policies. */
GPtrArray *
gh_workspace_store_list_finish (GhDatabase *database, GAsyncResult *result, GError **error);

/* The server's list becomes ours: names and tags updated, new ones added, those gone from
 * the server removed unless they have a draft. */
void gh_workspace_store_replace_async (GhDatabase *database,
                                       const char *account,
                                       GPtrArray *records,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean
gh_workspace_store_replace_finish (GhDatabase *database, GAsyncResult *result, GError **error);

void gh_workspace_store_load_policy_async (GhDatabase *database,
                                           const GhWorkspaceKey *key,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
/* NULL without an error when none is cached. */
GhCachedPolicy *
gh_workspace_store_load_policy_finish (GhDatabase *database, GAsyncResult *result, GError **error);

/* For a workspace without a draft (with one: gh_draft_store_rebase_async()): when another
 * process drafted meanwhile and the policy is another one, GH_STORE_ERROR_STALE. cached NULL
 * notes only that the server was asked and had nothing new. */
void gh_workspace_store_save_policy_async (GhDatabase *database,
                                           const GhWorkspaceKey *key,
                                           const GhCachedPolicy *cached,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);
gboolean
gh_workspace_store_save_policy_finish (GhDatabase *database, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhWorkspaceKey, gh_workspace_key_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhWorkspaceRecord, gh_workspace_record_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhCachedPolicy, gh_cached_policy_free)

G_END_DECLS
