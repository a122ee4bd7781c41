/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls of the API about communities, one after the other. */

#include "gh-client-communities.h"

#include "gh-answers.h"
#include "gh-calls.h"
#include "gh-wire.h"

void
gh_client_list_communities_async (GhClient *self,
                                  const char *workspace,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task = gh_calls_begin (self, workspace, NULL, cancellable, callback, user_data);

  if (task != NULL)
    gh_calls_list (task,
                   gh_wire_build (gh_client_get_base (self),
                                  GH_CALLS_PAGE_QUERY,
                                  "v1",
                                  "workspaces",
                                  workspace,
                                  "communities",
                                  NULL),
                   gh_answers_read_communities,
                   (GDestroyNotify) gh_remote_community_free);
}

GPtrArray *
gh_client_list_communities_finish (GhClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static GUri *
build_uri (GhClient *self, const char *workspace, const char *community, gboolean dry_run)
{
  return gh_wire_build (gh_client_get_base (self),
                        dry_run ? "dry-run=true" : NULL,
                        "v1",
                        "workspaces",
                        workspace,
                        "communities",
                        community,
                        "policy",
                        NULL);
}

static void
get_overrides_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  g_autoptr (GhAnswer) answer = gh_client_call_finish (GH_CLIENT (source), result, &error);
  GhRemoteOverrides *overrides
    = answer != NULL ? gh_answers_read_overrides (answer, TRUE, &error) : NULL;

  gh_calls_end (data, overrides, (GDestroyNotify) gh_remote_overrides_free, error);
}

void
gh_client_get_overrides_async (GhClient *self,
                               const char *workspace,
                               const char *community,
                               const char *etag,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = gh_calls_begin (self, workspace, community, cancellable, callback, user_data);
  GhExchange *exchange;
  g_autoptr (GUri) uri = NULL;

  if (task == NULL)
    return;
  uri = build_uri (self, workspace, community, FALSE);
  exchange = gh_exchange_new ("GET", uri);
  if (etag != NULL && gh_wire_is_etag (etag))
    gh_exchange_set_header (exchange, "If-None-Match", etag);
  gh_client_call_async (self, exchange, cancellable, get_overrides_cb, task);
}

GhRemoteOverrides *
gh_client_get_overrides_finish (GhClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
gh_client_patch_overrides_async (GhClient *self,
                                 const char *workspace,
                                 const char *community,
                                 JsonNode *patch,
                                 const char *etag,
                                 const char *idempotency_key,
                                 const char *reason,
                                 gboolean dry_run,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = gh_calls_begin (self, workspace, community, cancellable, callback, user_data);
  g_autoptr (GUri) uri = NULL;

  if (task == NULL)
    return;
  uri = build_uri (self, workspace, community, dry_run);
  gh_calls_write (task,
                  uri,
                  patch,
                  etag,
                  idempotency_key,
                  reason,
                  dry_run,
                  (gpointer (*) (const GhAnswer *, gboolean, GError **)) gh_answers_read_overrides,
                  (GDestroyNotify) gh_remote_overrides_free);
}

GhRemoteOverrides *
gh_client_patch_overrides_finish (GhClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
