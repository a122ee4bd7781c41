/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's calls, awaited. */

#pragma once

#include "await.h"
#include "gh-client-audit.h"
#include "gh-client-communities.h"

static inline GhIdentity *
get_identity (GhClient *client, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_client_get_identity_async (client, NULL, await_ready, &result);
  return gh_client_get_identity_finish (client, await (&result), error);
}

static inline GPtrArray *
list_workspaces (GhClient *client, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_client_list_workspaces_async (client, NULL, await_ready, &result);
  return gh_client_list_workspaces_finish (client, await (&result), error);
}

static inline GhRemotePolicy *
get_policy (GhClient *client, const char *workspace, const char *etag, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_client_get_policy_async (client, workspace, etag, NULL, await_ready, &result);
  return gh_client_get_policy_finish (client, await (&result), error);
}

static inline GhRemotePolicy *
patch_policy (GhClient *client,
              const char *workspace,
              const char *patch,
              const char *etag,
              const char *key,
              const char *reason,
              gboolean dry_run,
              GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonNode) node = json_from_string (patch, NULL);

  gh_client_patch_policy_async (
    client, workspace, node, etag, key, reason, dry_run, NULL, await_ready, &result);
  return gh_client_patch_policy_finish (client, await (&result), error);
}

static inline GPtrArray *
list_communities (GhClient *client, const char *workspace, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_client_list_communities_async (client, workspace, NULL, await_ready, &result);
  return gh_client_list_communities_finish (client, await (&result), error);
}

static inline GhRemoteOverrides *
get_overrides (GhClient *client,
               const char *workspace,
               const char *community,
               const char *etag,
               GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_client_get_overrides_async (client, workspace, community, etag, NULL, await_ready, &result);
  return gh_client_get_overrides_finish (client, await (&result), error);
}

static inline GhRemoteOverrides *
patch_overrides (GhClient *client,
                 const char *workspace,
                 const char *community,
                 const char *patch,
                 const char *etag,
                 const char *key,
                 gboolean dry_run,
                 GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonNode) node = json_from_string (patch, NULL);

  gh_client_patch_overrides_async (
    client, workspace, community, node, etag, key, "Why", dry_run, NULL, await_ready, &result);
  return gh_client_patch_overrides_finish (client, await (&result), error);
}

static inline GPtrArray *
list_audit_events (GhClient *client, const char *workspace, const char *since, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_client_list_audit_events_async (client, workspace, since, NULL, await_ready, &result);
  return gh_client_list_audit_events_finish (client, await (&result), error);
}
