/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls of the API about the communities of a workspace and what each has for itself. */

#pragma once

#include "gh-client.h"
#include "gh-overrides.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;
  char *name;
  gint64 revision; /* grows with each change of its policy */
} GhRemoteCommunity;

typedef struct
{
  GHashTable *overrides; /* see gh-overrides.h; NULL when not modified */
  char *etag;
  gint64 revision; /* 0 when the server did not say */
  gboolean not_modified;
} GhRemoteOverrides;

void gh_remote_community_free (GhRemoteCommunity *community);
void gh_remote_overrides_free (GhRemoteOverrides *overrides);

/* All pages, by id; of GhRemoteCommunity. */
void gh_client_list_communities_async (GhClient *self,
                                       const char *workspace,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GPtrArray *gh_client_list_communities_finish (GhClient *self, GAsyncResult *result, GError **error);

/* etag: If-None-Match, or NULL. */
void gh_client_get_overrides_async (GhClient *self,
                                    const char *workspace,
                                    const char *community,
                                    const char *etag,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
GhRemoteOverrides *
gh_client_get_overrides_finish (GhClient *self, GAsyncResult *result, GError **error);

/* As gh_client_patch_policy_async(); null in the patch takes a community's own value away. */
void gh_client_patch_overrides_async (GhClient *self,
                                      const char *workspace,
                                      const char *community,
                                      JsonNode *patch,
                                      const char *etag,
                                      const char *idempotency_key,
                                      const char *reason,
                                      gboolean dry_run,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GhRemoteOverrides *
gh_client_patch_overrides_finish (GhClient *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhRemoteCommunity, gh_remote_community_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhRemoteOverrides, gh_remote_overrides_free)

G_END_DECLS
