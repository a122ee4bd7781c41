/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The policy API of one account: one SoupSession, one total deadline per request, answers
 * capped at GH_CLIENT_MAXIMUM_BODY decoded bytes, no redirect, cookie, cache or sniffing;
 * the credential goes to its own origin only. */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "gh-policy.h"
#include "gh-remote-error.h"

G_BEGIN_DECLS

#define GH_CLIENT_MAXIMUM_BODY (4 * 1024 * 1024)
#define GH_CLIENT_DEADLINE_SECONDS 30
#define GH_CLIENT_WINDOW 16 /* requests in flight at once */

#define GH_TYPE_CLIENT (gh_client_get_type ())

G_DECLARE_FINAL_TYPE (GhClient, gh_client, GH, CLIENT, GObject)

typedef struct
{
  char *name;
  char *role;
  char **scopes;
} GhIdentity;

typedef struct
{
  char *id;
  char *name;
  char *url;
  char **tags;
  char *role;
  gint64 revision;
} GhRemoteWorkspace;

typedef struct
{
  GhPolicy *policy; /* NULL when not modified */
  char *etag;
  gint64 revision; /* 0 when the server did not say */
  gboolean not_modified;
} GhRemotePolicy;

typedef struct
{
  gint64 revision;
  char *at; /* RFC 3339 */
  char *by;
  char *reason;
  char **changed_fields;
} GhRevision;

void gh_identity_free (GhIdentity *identity);
void gh_remote_workspace_free (GhRemoteWorkspace *workspace);
void gh_remote_policy_free (GhRemotePolicy *policy);
void gh_revision_free (GhRevision *revision);

/* https only, http for loopback hosts; no user name, query or fragment. Returns the
 * normalised base URL, or NULL with GH_REMOTE_ERROR_ADDRESS. */
char *gh_client_check_url (const char *url, GError **error);

GhClient *gh_client_new (const char *url, const char *token_header, const char *ca_file);
const char *gh_client_get_url (GhClient *self);
void gh_client_set_token (GhClient *self, const char *token); /* NULL forgets and wipes it */
gboolean gh_client_has_token (GhClient *self);
void gh_client_set_deadline (GhClient *self, guint seconds);

void gh_client_get_identity_async (GhClient *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GhIdentity *gh_client_get_identity_finish (GhClient *self, GAsyncResult *result, GError **error);

/* All pages; of GhRemoteWorkspace. */
void gh_client_list_workspaces_async (GhClient *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
GPtrArray *gh_client_list_workspaces_finish (GhClient *self, GAsyncResult *result, GError **error);

/* etag: If-None-Match, or NULL. */
void gh_client_get_policy_async (GhClient *self,
                                 const char *workspace,
                                 const char *etag,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GhRemotePolicy *gh_client_get_policy_finish (GhClient *self, GAsyncResult *result, GError **error);

/* One PATCH with If-Match and Idempotency-Key; dry_run checks without writing. Retried
 * only where that is safe (same key, before the deadline). */
void gh_client_patch_policy_async (GhClient *self,
                                   const char *workspace,
                                   JsonNode *patch,
                                   const char *etag,
                                   const char *idempotency_key,
                                   const char *reason,
                                   gboolean dry_run,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GhRemotePolicy *
gh_client_patch_policy_finish (GhClient *self, GAsyncResult *result, GError **error);

/* All pages, newest first; of GhRevision. */
void gh_client_list_revisions_async (GhClient *self,
                                     const char *workspace,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *gh_client_list_revisions_finish (GhClient *self, GAsyncResult *result, GError **error);

void gh_client_get_revision_async (GhClient *self,
                                   const char *workspace,
                                   gint64 revision,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GhRemotePolicy *
gh_client_get_revision_finish (GhClient *self, GAsyncResult *result, GError **error);

/* One POST that makes a new revision equal to an old one, with all that the server knows and
 * this program does not; otherwise as gh_client_patch_policy_async(). */
void gh_client_restore_revision_async (GhClient *self,
                                       const char *workspace,
                                       gint64 revision,
                                       const char *etag,
                                       const char *idempotency_key,
                                       const char *reason,
                                       gboolean dry_run,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
GhRemotePolicy *
gh_client_restore_revision_finish (GhClient *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhIdentity, gh_identity_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhRemoteWorkspace, gh_remote_workspace_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhRemotePolicy, gh_remote_policy_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhRevision, gh_revision_free)

G_END_DECLS
