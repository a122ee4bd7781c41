/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The communities of each workspace: what each had for itself when last read, and what is
 * drafted over that. Every call that writes is one transaction, durable when it finishes. */

#pragma once

#include "gh-database.h"
#include "gh-overrides.h"
#include "gh-workspace-store.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *name;
  gint64 revision; /* of its policy; 0 when that was never read */
  char *etag;
  GHashTable *overrides; /* see gh-overrides.h */
  GPtrArray *changes;    /* drafted; of GhOverrideChange, by field */
} GhCommunityRecord;

void gh_community_record_free (GhCommunityRecord *record);

/* Of GhCommunityRecord, by name. */
void gh_community_store_list_async (GhDatabase *database,
                                    const GhWorkspaceKey *key,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GPtrArray *
gh_community_store_list_finish (GhDatabase *database, GAsyncResult *result, GError **error);

/* The server's list becomes ours: new ones added, names updated, those gone from the server
 * removed unless something is drafted for them. ids and names are of the same length. */
void gh_community_store_replace_async (GhDatabase *database,
                                       const GhWorkspaceKey *key,
                                       const char *const *ids,
                                       const char *const *names,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
gboolean
gh_community_store_replace_finish (GhDatabase *database, GAsyncResult *result, GError **error);

/* What the server has for one of them. A drafted change that says the same is done with. */
void gh_community_store_save_async (GhDatabase *database,
                                    const GhWorkspaceKey *key,
                                    const char *community,
                                    GHashTable *overrides,
                                    const char *etag,
                                    gint64 revision,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean
gh_community_store_save_finish (GhDatabase *database, GAsyncResult *result, GError **error);

/* Drafts one value, NULL for "inherited", over what the server has now, which settles a
 * conflict too. What the server has already is no longer drafted. */
void gh_community_store_draft_async (GhDatabase *database,
                                     const GhWorkspaceKey *key,
                                     const char *community,
                                     const GhSetting *setting,
                                     GVariant *value,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean
gh_community_store_draft_finish (GhDatabase *database, GAsyncResult *result, GError **error);

/* Drops what is drafted for one setting, or with NULL for all. */
void gh_community_store_revert_async (GhDatabase *database,
                                      const GhWorkspaceKey *key,
                                      const char *community,
                                      const GhSetting *setting,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean
gh_community_store_revert_finish (GhDatabase *database, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhCommunityRecord, gh_community_record_free)

G_END_DECLS
