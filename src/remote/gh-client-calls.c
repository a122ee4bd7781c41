/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls of the API, one after the other. */

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-answers.h"
#include "gh-client-private.h"
#include "gh-remote-error-private.h"
#include "gh-wire.h"

#define PAGE_QUERY "limit=500"
#define MAXIMUM_PAGES 1000

/* Starts a call's task, or ends it at once: an id may come from a file and a URL from a
 * person, so that what must never reach the wire is an error and not a crash. */
static GTask *
begin (GhClient *self,
       const char *workspace,
       GCancellable *cancellable,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_check_cancellable (task, FALSE);
  if (gh_client_get_fault (self) != NULL)
    g_task_return_error (task, g_error_copy (gh_client_get_fault (self)));
  else if (workspace != NULL && !gh_wire_is_id (workspace))
    g_task_return_new_error (task,
                             GH_REMOTE_ERROR,
                             GH_REMOTE_ERROR_NOT_FOUND,
                             _ ("“%s” cannot be the id of a workspace."),
                             workspace);
  else
    return task;
  g_object_unref (task);
  return NULL;
}

/* Ends a call with what was read from its answer, or with why it could not be. */
static void
end (GTask *task, gpointer value, GDestroyNotify free_value, GError *error)
{
  if (error == NULL)
    g_task_return_pointer (task, value, free_value);
  else
    g_task_return_error (task, error);
  g_object_unref (task);
}

static void
get_identity_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  g_autoptr (GhAnswer) answer = gh_client_call_finish (GH_CLIENT (source), result, &error);
  GhIdentity *identity = answer != NULL ? gh_answers_read_identity (answer, &error) : NULL;

  end (data, identity, (GDestroyNotify) gh_identity_free, error);
}

void
gh_client_get_identity_async (GhClient *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = begin (self, NULL, cancellable, callback, user_data);
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

/* A list that comes in pages. */
typedef struct
{
  gboolean (*read_page) (const GhAnswer *answer, GPtrArray *list, GError **error);
  GPtrArray *list;
  GUri *uri; /* of the page being read */
  guint n_pages;
} Listing;

static void
listing_free (Listing *listing)
{
  g_ptr_array_unref (listing->list);
  g_uri_unref (listing->uri);
  g_free (listing);
}

static void
page_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GhClient *self = GH_CLIENT (source);
  GTask *task = data;
  Listing *listing = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GUri) next = NULL;
  g_autoptr (GhAnswer) answer = gh_client_call_finish (self, result, &error);

  if (answer != NULL && listing->read_page (answer, listing->list, &error))
    next = gh_wire_find_next (listing->uri, answer->headers, &error);
  if (next != NULL && ++listing->n_pages >= MAXIMUM_PAGES)
    g_set_error_literal (
      &error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_PROTOCOL, _ ("The server's list has no end."));
  if (error != NULL || next == NULL)
    {
      end (task, g_ptr_array_ref (listing->list), (GDestroyNotify) g_ptr_array_unref, error);
      return;
    }
  g_uri_unref (listing->uri);
  listing->uri = g_steal_pointer (&next);
  gh_client_call_async (
    self, gh_exchange_new ("GET", listing->uri), g_task_get_cancellable (task), page_cb, task);
}

static void
list_async (GhClient *self,
            GTask *task,
            GUri *uri,
            gboolean (*read_page) (const GhAnswer *, GPtrArray *, GError **),
            GDestroyNotify free_item)
{
  Listing *listing = g_new0 (Listing, 1);

  listing->read_page = read_page;
  listing->list = g_ptr_array_new_with_free_func (free_item);
  listing->uri = uri;
  g_task_set_task_data (task, listing, (GDestroyNotify) listing_free);
  gh_client_call_async (
    self, gh_exchange_new ("GET", uri), g_task_get_cancellable (task), page_cb, task);
}

void
gh_client_list_workspaces_async (GhClient *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = begin (self, NULL, cancellable, callback, user_data);

  if (task != NULL)
    list_async (self,
                task,
                gh_wire_build (gh_client_get_base (self), PAGE_QUERY, "v1", "workspaces", NULL),
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
  GTask *task = begin (self, workspace, cancellable, callback, user_data);

  if (task != NULL)
    list_async (
      self,
      task,
      gh_wire_build (
        gh_client_get_base (self), PAGE_QUERY, "v1", "workspaces", workspace, "revisions", NULL),
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

  end (data, policy, (GDestroyNotify) gh_remote_policy_free, error);
}

void
gh_client_get_policy_async (GhClient *self,
                            const char *workspace,
                            const char *etag,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = begin (self, workspace, cancellable, callback, user_data);
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

/* An answer to a write that cannot be read says nothing of the write. */
static void
patch_policy_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  gboolean dry_run = GPOINTER_TO_INT (g_task_get_task_data (task));
  GError *error = NULL;
  g_autoptr (GhAnswer) answer = gh_client_call_finish (GH_CLIENT (source), result, &error);
  GhRemotePolicy *policy = NULL;

  if (answer != NULL)
    policy = gh_answers_read_policy (answer, !dry_run, &error);
  if (answer != NULL && policy == NULL && !dry_run)
    gh_remote_error_set_ambiguous (&error);
  end (task, policy, (GDestroyNotify) gh_remote_policy_free, error);
}

static GhExchange *
make_patch (GhClient *self, const char *workspace, JsonNode *patch, gboolean dry_run)
{
  g_autoptr (GUri) uri = gh_wire_build (gh_client_get_base (self),
                                        dry_run ? "dry-run=true" : NULL,
                                        "v1",
                                        "workspaces",
                                        workspace,
                                        "policy",
                                        NULL);
  char *text = json_to_string (patch, FALSE);
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));
  GhExchange *exchange = gh_exchange_new ("PATCH", uri);

  gh_exchange_set_patch (exchange, body, !dry_run);
  return exchange;
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
  GTask *task = begin (self, workspace, cancellable, callback, user_data);
  GhExchange *exchange;

  if (task == NULL)
    return;
  if (!gh_wire_is_etag (etag) || !gh_wire_is_key (idempotency_key))
    {
      end (task,
           NULL,
           NULL,
           g_error_new_literal (GH_REMOTE_ERROR,
                                GH_REMOTE_ERROR_CONFLICT,
                                _ ("It is not known which version the change was made from. Read "
                                   "the policy from the server first.")));
      return;
    }
  g_task_set_task_data (task, GINT_TO_POINTER (dry_run), NULL);
  exchange = make_patch (self, workspace, patch, dry_run);
  gh_exchange_set_header (exchange, "If-Match", etag);
  gh_exchange_set_header (exchange, "Idempotency-Key", idempotency_key);
  if (reason != NULL && *reason != '\0')
    {
      g_autofree char *encoded = gh_wire_encode_reason (reason);

      gh_exchange_set_header (exchange, "Gatehouse-Reason", encoded);
    }
  gh_client_call_async (self, exchange, cancellable, patch_policy_cb, task);
}

GhRemotePolicy *
gh_client_patch_policy_finish (GhClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
get_revision_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  g_autoptr (GhAnswer) answer = gh_client_call_finish (GH_CLIENT (source), result, &error);
  GhRemotePolicy *policy = answer != NULL ? gh_answers_read_revision (answer, &error) : NULL;

  end (data, policy, (GDestroyNotify) gh_remote_policy_free, error);
}

void
gh_client_get_revision_async (GhClient *self,
                              const char *workspace,
                              gint64 revision,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = begin (self, workspace, cancellable, callback, user_data);
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
