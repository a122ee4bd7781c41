/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a call's arguments to its exchange, and from its answer to the caller. */

#include "gh-calls.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-remote-error-private.h"
#include "gh-wire.h"

#define MAXIMUM_PAGES 1000

/* An id may come from a file and a URL from a person, so that what must never reach the wire
 * is an error and not a crash. */
GTask *
gh_calls_begin (GhClient *self,
                const char *workspace,
                const char *community,
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
  else if (community != NULL && !gh_wire_is_id (community))
    g_task_return_new_error (task,
                             GH_REMOTE_ERROR,
                             GH_REMOTE_ERROR_NOT_FOUND,
                             _ ("“%s” cannot be the id of a community."),
                             community);
  else
    return task;
  g_object_unref (task);
  return NULL;
}

void
gh_calls_end (GTask *task, gpointer value, GDestroyNotify free_value, GError *error)
{
  if (error == NULL)
    {
      g_task_return_pointer (task, value, free_value);
    }
  else
    {
      if (value != NULL)
        free_value (value);
      g_task_return_error (task, error);
    }
  g_object_unref (task);
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
      gh_calls_end (
        task, g_ptr_array_ref (listing->list), (GDestroyNotify) g_ptr_array_unref, error);
      return;
    }
  g_uri_unref (listing->uri);
  listing->uri = g_steal_pointer (&next);
  gh_client_call_async (
    self, gh_exchange_new ("GET", listing->uri), g_task_get_cancellable (task), page_cb, task);
}

void
gh_calls_list (GTask *task,
               GUri *uri,
               gboolean (*read_page) (const GhAnswer *answer, GPtrArray *list, GError **error),
               GDestroyNotify free_item)
{
  Listing *listing = g_new0 (Listing, 1);

  listing->read_page = read_page;
  listing->list = g_ptr_array_new_with_free_func (free_item);
  listing->uri = uri;
  g_task_set_task_data (task, listing, (GDestroyNotify) listing_free);
  gh_client_call_async (g_task_get_source_object (task),
                        gh_exchange_new ("GET", uri),
                        g_task_get_cancellable (task),
                        page_cb,
                        task);
}

typedef struct
{
  gpointer (*read) (const GhAnswer *answer, gboolean tagged, GError **error);
  GDestroyNotify free_value;
  gboolean dry_run;
} Writing;

/* An answer to a write that cannot be read says nothing of the write. */
static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  const Writing *writing = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GhAnswer) answer = gh_client_call_finish (GH_CLIENT (source), result, &error);
  gpointer value = NULL;

  if (answer != NULL)
    value = writing->read (answer, !writing->dry_run, &error);
  if (answer != NULL && value == NULL && !writing->dry_run)
    gh_remote_error_set_ambiguous (&error);
  gh_calls_end (task, value, writing->free_value, error);
}

static GhExchange *
make_write (GUri *uri, JsonNode *patch, gboolean dry_run)
{
  char *text = patch != NULL ? json_to_string (patch, FALSE) : g_strdup ("");
  g_autoptr (GBytes) body = g_bytes_new_take (text, strlen (text));
  GhExchange *exchange = gh_exchange_new (patch != NULL ? "PATCH" : "POST", uri);

  gh_exchange_set_patch (exchange, body, !dry_run);
  return exchange;
}

void
gh_calls_write (GTask *task,
                GUri *uri,
                JsonNode *patch,
                const char *etag,
                const char *idempotency_key,
                const char *reason,
                gboolean dry_run,
                gpointer (*read) (const GhAnswer *answer, gboolean tagged, GError **error),
                GDestroyNotify free_value)
{
  Writing *writing = g_new0 (Writing, 1);
  GhExchange *exchange;

  *writing = (Writing){ read, free_value, dry_run };
  g_task_set_task_data (task, writing, g_free);
  if (etag == NULL || !gh_wire_is_etag (etag) || !gh_wire_is_key (idempotency_key))
    {
      gh_calls_end (
        task,
        NULL,
        NULL,
        g_error_new_literal (GH_REMOTE_ERROR,
                             GH_REMOTE_ERROR_CONFLICT,
                             _ ("It is not known which version the change was made from. Read "
                                "the policy from the server first.")));
      return;
    }
  exchange = make_write (uri, patch, dry_run);
  gh_exchange_set_header (exchange, "If-Match", etag);
  gh_exchange_set_header (exchange, "Idempotency-Key", idempotency_key);
  if (reason != NULL && *reason != '\0')
    {
      g_autofree char *encoded = gh_wire_encode_reason (reason);

      gh_exchange_set_header (exchange, "Gatehouse-Reason", encoded);
    }
  gh_client_call_async (
    g_task_get_source_object (task), exchange, g_task_get_cancellable (task), written_cb, task);
}
