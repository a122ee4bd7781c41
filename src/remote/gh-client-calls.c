/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls of the API about identity and workspaces, one after the other. */

#include "gh-answers.h"
#include "gh-calls.h"
#include "gh-wire.h"

static void
get_identity_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  g_autoptr (GhAnswer) answer = gh_client_call_finish (GH_CLIENT (source), result, &error);
  GhIdentity *identity = answer != NULL ? gh_answers_read_identity (answer, &error) : NULL;

  gh_calls_end (data, identity, (GDestroyNotify) gh_identity_free, error);
}

void
gh_client_get_identity_async (GhClient *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = gh_calls_begin (self, NULL, NULL, cancellable, callback, user_data);
  g_autoptr (GUri) uri = NULL;

  if (task == NULL)
    return;
  uri = gh_wire_build (gh_client_get_base (self), NULL, "v1", "me", NULL);
  gh_client_call_async (self, gh_exchange_new ("GET", uri), cancellable, get_identity_cb, task);
}

GhIdentity *
gh_client_get_identity_finish (GhClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
gh_client_list_workspaces_async (GhClient *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = gh_calls_begin (self, NULL, NULL, cancellable, callback, user_data);

  if (task != NULL)
    gh_calls_list (
      task,
      gh_wire_build (gh_client_get_base (self), GH_CALLS_PAGE_QUERY, "v1", "workspaces", NULL),
      gh_answers_read_workspaces,
      (GDestroyNotify) gh_remote_workspace_free);
}

GPtrArray *
gh_client_list_workspaces_finish (GhClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
gh_client_list_revisions_async (GhClient *self,
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
                                  "revisions",
                                  NULL),
                   gh_answers_read_revisions,
                   (GDestroyNotify) gh_revision_free);
}

GPtrArray *
gh_client_list_revisions_finish (GhClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
get_policy_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  g_autoptr (GhAnswer) answer = gh_client_call_finish (GH_CLIENT (source), result, &error);
  GhRemotePolicy *policy = answer != NULL ? gh_answers_read_policy (answer, TRUE, &error) : NULL;

  gh_calls_end (data, policy, (GDestroyNotify) gh_remote_policy_free, error);
}

void
gh_client_get_policy_async (GhClient *self,
                            const char *workspace,
                            const char *etag,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = gh_calls_begin (self, workspace, NULL, cancellable, callback, user_data);
  GhExchange *exchange;
  g_autoptr (GUri) uri = NULL;

  if (task == NULL)
    return;
  uri = gh_wire_build (
    gh_client_get_base (self), NULL, "v1", "workspaces", workspace, "policy", NULL);
  exchange = gh_exchange_new ("GET", uri);
  if (etag != NULL && gh_wire_is_etag (etag))
    gh_exchange_set_header (exchange, "If-None-Match", etag);
  gh_client_call_async (self, exchange, cancellable, get_policy_cb, task);
}

GhRemotePolicy *
gh_client_get_policy_finish (GhClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
gh_client_patch_policy_async (GhClient *self,
                              const char *workspace,
                              JsonNode *patch,
                              const char *etag,
                              const char *idempotency_key,
                              const char *reason,
                              gboolean dry_run,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = gh_calls_begin (self, workspace, NULL, cancellable, callback, user_data);
  g_autoptr (GUri) uri = NULL;

  if (task == NULL)
    return;
  uri = gh_wire_build (gh_client_get_base (self),
                       dry_run ? "dry-run=true" : NULL,
                       "v1",
                       "workspaces",
                       workspace,
                       "policy",
                       NULL);
  gh_calls_write (task,
                  uri,
                  patch,
                  etag,
                  idempotency_key,
                  reason,
                  dry_run,
                  (gpointer (*) (const GhAnswer *, gboolean, GError **)) gh_answers_read_policy,
                  (GDestroyNotify) gh_remote_policy_free);
}

GhRemotePolicy *
gh_client_patch_policy_finish (GhClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
gh_client_restore_revision_async (GhClient *self,
                                  const char *workspace,
                                  gint64 revision,
                                  const char *etag,
                                  const char *idempotency_key,
                                  const char *reason,
                                  gboolean dry_run,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task = gh_calls_begin (self, workspace, NULL, cancellable, callback, user_data);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, revision);
  g_autoptr (GUri) uri = NULL;

  if (task == NULL)
    return;
  uri = gh_wire_build (gh_client_get_base (self),
                       dry_run ? "dry-run=true" : NULL,
                       "v1",
                       "workspaces",
                       workspace,
                       "revisions",
                       number,
                       "restore",
                       NULL);
  gh_calls_write (task,
                  uri,
                  NULL,
                  etag,
                  idempotency_key,
                  reason,
                  dry_run,
                  (gpointer (*) (const GhAnswer *, gboolean, GError **)) gh_answers_read_policy,
                  (GDestroyNotify) gh_remote_policy_free);
}

GhRemotePolicy *
gh_client_restore_revision_finish (GhClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
get_revision_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  g_autoptr (GhAnswer) answer = gh_client_call_finish (GH_CLIENT (source), result, &error);
  GhRemotePolicy *policy = answer != NULL ? gh_answers_read_revision (answer, &error) : NULL;

  gh_calls_end (data, policy, (GDestroyNotify) gh_remote_policy_free, error);
}

void
gh_client_get_revision_async (GhClient *self,
                              const char *workspace,
                              gint64 revision,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = gh_calls_begin (self, workspace, NULL, cancellable, callback, user_data);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, revision);
  g_autoptr (GUri) uri = NULL;

  if (task == NULL)
    return;
  uri = gh_wire_build (
    gh_client_get_base (self), NULL, "v1", "workspaces", workspace, "revisions", number, NULL);
  gh_client_call_async (self, gh_exchange_new ("GET", uri), cancellable, get_revision_cb, task);
}

GhRemotePolicy *
gh_client_get_revision_finish (GhClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
