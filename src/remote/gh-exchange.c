/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The life of one call: attempt, read, judge; then answer, retry or give up. */

#include "gh-exchange.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-client.h"
#include "gh-remote-error-private.h"
#include "gh-retry.h"
#include "gh-strict-json.h"
#include "gh-trust.h"
#include "gh-wire.h"

#define READ_SIZE (32 * 1024)
#define MAXIMUM_PROBLEM (256 * 1024)
#define PARSE_HERE (128 * 1024) /* larger answers are parsed off the main thread */
#define PATCH_TYPE "application/merge-patch+json"

struct _GhExchange
{
  const char *method; /* static */
  GUri *uri;
  char *server; /* as people are told */
  SoupMessageHeaders *headers;
  GBytes *body; /* or NULL */
  gboolean writes;

  SoupSession *session;
  GTlsDatabase *trust; /* or NULL */
  GSource *deadline;
  GSource *cancelled; /* the caller's cancellable, or NULL */
  GSource *pause;
  GCancellable *stop; /* ends whatever is going on */
  gint64 ends_at;     /* monotonic */
  gboolean timed_out;

  SoupMessage *message; /* of this attempt */
  GInputStream *stream;
  GByteArray *received;
  guint attempts;
  gboolean left;      /* this attempt was written to a connection */
  gboolean unsettled; /* an attempt left and nothing definite came back */
};

/* A retry leads back to the start, so this one is named before it is defined. */
static void attempt (GTask *task);

static void
drop_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
drop_attempt (GhExchange *self)
{
  if (self->stream != NULL)
    g_input_stream_close (self->stream, NULL, NULL);
  g_clear_object (&self->stream);
  g_clear_object (&self->message);
  g_clear_pointer (&self->received, g_byte_array_unref);
}

static void
release (GhExchange *self)
{
  drop_source (&self->deadline);
  drop_source (&self->cancelled);
  drop_source (&self->pause);
  drop_attempt (self);
  g_clear_object (&self->session);
  g_clear_object (&self->trust);
}

/* Ends the call with an error, which it takes. */
static void
give_up (GTask *task, GError *error)
{
  GhExchange *self = g_task_get_task_data (task);

  if (self->unsettled && error->domain == GH_REMOTE_ERROR)
    gh_remote_error_set_ambiguous (&error);
  release (self);
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* What to say when the call was stopped from here, by its deadline or by its caller. */
static GError *
make_stop_error (GhExchange *self)
{
  if (!self->timed_out)
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("The request was cancelled."));
  return g_error_new (GH_REMOTE_ERROR,
                      GH_REMOTE_ERROR_TIMED_OUT,
                      _ ("%s did not answer in time. Try again later."),
                      self->server);
}

/* Whether an error tells for sure that the attempt changed nothing: refusals do, and so do
 * 429 and 503, which RFC 6585 and RFC 9110 define as "not handled". */
static gboolean
is_definite (const GError *error)
{
  guint status = gh_remote_error_get_status (error);

  return status == 503 || (status >= 400 && status < 500 && status != 408 && status != 409);
}

static gboolean
pause_cb (gpointer data)
{
  GTask *task = data;
  GhExchange *self = g_task_get_task_data (task);

  drop_source (&self->pause);
  if (g_cancellable_is_cancelled (self->stop))
    give_up (task, make_stop_error (self));
  else
    attempt (task);
  return G_SOURCE_REMOVE;
}

static void
wait_for (GTask *task, guint milliseconds)
{
  GhExchange *self = g_task_get_task_data (task);
  g_autoptr (GSource) stop = g_cancellable_source_new (self->stop);

  self->pause = g_timeout_source_new (milliseconds);
  g_source_set_dummy_callback (stop);
  g_source_add_child_source (self->pause, stop);
  g_source_set_callback (self->pause, pause_cb, task, NULL);
  g_source_attach (self->pause, g_task_get_context (task));
}

/* One attempt ended badly; takes error. */
static void
fail_attempt (GTask *task, GError *error, guint retry_after)
{
  GhExchange *self = g_task_get_task_data (task);
  gboolean safe = !self->writes || soup_message_headers_get_one (self->headers, "Idempotency-Key");
  guint delay = gh_retry_get_delay (self->attempts, retry_after);
  gint64 resumes_at = g_get_monotonic_time () + (gint64) delay * 1000;

  if (self->writes && self->left && !is_definite (error))
    self->unsettled = TRUE;
  drop_attempt (self);
  if (self->attempts >= GH_RETRY_MAXIMUM_ATTEMPTS || resumes_at >= self->ends_at
      || !gh_retry_is_worth (error, self->left, safe))
    {
      give_up (task, error);
      return;
    }
  g_error_free (error);
  wait_for (task, delay);
}

static void
fail_transport (GTask *task, const GError *cause)
{
  GhExchange *self = g_task_get_task_data (task);
  GTlsCertificateFlags tls = soup_message_get_tls_peer_certificate_errors (self->message);

  if (!g_cancellable_is_cancelled (self->stop))
    {
      fail_attempt (task, gh_remote_error_new_for_transport (self->server, cause, tls), 0);
      return;
    }
  if (self->writes && self->left)
    self->unsettled = TRUE;
  give_up (task, make_stop_error (self));
}

static void
fail_protocol (GTask *task, const char *why)
{
  GhExchange *self = g_task_get_task_data (task);

  fail_attempt (task,
                g_error_new (GH_REMOTE_ERROR,
                             GH_REMOTE_ERROR_PROTOCOL,
                             _ ("%s sent an answer that is not of the policy API: %s"),
                             self->server,
                             why),
                0);
}

static void
succeed (GTask *task, JsonNode *root)
{
  GhExchange *self = g_task_get_task_data (task);
  GhAnswer *answer = g_new0 (GhAnswer, 1);

  answer->status = soup_message_get_status (self->message);
  answer->headers = soup_message_headers_ref (soup_message_get_response_headers (self->message));
  answer->root = root;
  release (self);
  g_task_return_pointer (task, answer, (GDestroyNotify) gh_answer_free);
  g_object_unref (task);
}

static void
parse_in_thread (GTask *parsing, gpointer source, gpointer data, GCancellable *cancellable)
{
  GBytes *bytes = data;
  GError *error = NULL;
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  JsonNode *root = gh_strict_json_parse (text, size, &error);

  if (root != NULL)
    g_task_return_pointer (parsing, root, (GDestroyNotify) json_node_unref);
  else
    g_task_return_error (parsing, error);
}

static void
parsed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  JsonNode *root = g_task_propagate_pointer (G_TASK (result), &error);

  if (root != NULL)
    succeed (data, root);
  else
    fail_protocol (data, error->message);
}

static void
parse (GTask *task)
{
  GhExchange *self = g_task_get_task_data (task);
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (g_steal_pointer (&self->received));
  g_autoptr (GTask) parsing = g_task_new (NULL, NULL, parsed_cb, task);

  g_task_set_task_data (parsing, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  if (g_bytes_get_size (bytes) > PARSE_HERE)
    g_task_run_in_thread (parsing, parse_in_thread);
  else
    parse_in_thread (parsing, NULL, bytes, NULL);
}

static gboolean
has_type (GhExchange *self, const char *wanted)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  return type != NULL && g_ascii_strcasecmp (type, wanted) == 0;
}

static void
judge_refusal (GTask *task)
{
  GhExchange *self = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);
  guint retry_after = gh_retry_parse_after (soup_message_headers_get_one (headers, "Retry-After"),
                                            g_get_real_time () / G_USEC_PER_SEC);
  g_autoptr (GhProblem) problem = NULL;

  if (has_type (self, "application/problem+json"))
    problem = gh_problem_parse ((const char *) self->received->data, self->received->len);
  fail_attempt (task,
                gh_remote_error_new_for_status (
                  self->server, soup_message_get_status (self->message), problem, retry_after),
                retry_after);
}

static void
judge (GTask *task)
{
  GhExchange *self = g_task_get_task_data (task);
  guint status = soup_message_get_status (self->message);

  if (status == 304 && soup_message_headers_get_one (self->headers, "If-None-Match") != NULL)
    succeed (task, NULL);
  else if (status >= 300)
    judge_refusal (task);
  else if (status != 200)
    fail_protocol (task, _ ("it has a status that makes no sense here."));
  else if (!has_type (self, "application/json"))
    fail_protocol (task, _ ("it is not JSON."));
  else
    parse (task);
}

/* How much of the body is read. What is left of a refusal's is not worth having. */
static gsize
get_cap (GhExchange *self)
{
  return soup_message_get_status (self->message) == 200 ? GH_CLIENT_MAXIMUM_BODY : MAXIMUM_PROBLEM;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhExchange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
    = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL)
    {
      fail_transport (task, error);
      return;
    }
  g_byte_array_append (self->received, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  if (g_bytes_get_size (bytes) == 0)
    judge (task);
  else if (self->received->len <= get_cap (self))
    g_input_stream_read_bytes_async (
      self->stream, READ_SIZE, G_PRIORITY_DEFAULT, self->stop, read_cb, task);
  else if (soup_message_get_status (self->message) == 200)
    fail_protocol (task, _ ("it is larger than this program accepts."));
  else
    judge (task);
}

static void
send_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhExchange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (self->stream == NULL)
    {
      fail_transport (task, error);
      return;
    }
  self->received = g_byte_array_new ();
  g_input_stream_read_bytes_async (
    self->stream, READ_SIZE, G_PRIORITY_DEFAULT, self->stop, read_cb, task);
}

static void
starting_cb (SoupMessage *message, gpointer data)
{
  GhExchange *self = data;

  self->left = TRUE;
}

static void
copy_header_cb (const char *name, const char *value, gpointer data)
{
  soup_message_headers_replace (data, name, value);
}

/* IDEMPOTENT makes libsoup use a kept connection for PATCH too; it does not make it repeat
 * one. Redirects are answers like any other. */
static SoupMessage *
make_message (GhExchange *self)
{
  SoupMessage *message = soup_message_new_from_uri (self->method, self->uri);

  soup_message_set_flags (
    message, SOUP_MESSAGE_NO_REDIRECT | (self->body != NULL ? SOUP_MESSAGE_IDEMPOTENT : 0));
  soup_message_headers_foreach (
    self->headers, copy_header_cb, soup_message_get_request_headers (message));
  if (self->body != NULL && g_bytes_get_size (self->body) > 0)
    soup_message_set_request_body_from_bytes (message, PATCH_TYPE, self->body);
  if (self->trust != NULL)
    gh_trust_watch (message, self->trust);
  g_signal_connect (message, "starting", G_CALLBACK (starting_cb), self);
  return message;
}

static void
attempt (GTask *task)
{
  GhExchange *self = g_task_get_task_data (task);

  self->attempts++;
  self->left = FALSE;
  self->message = make_message (self);
  soup_session_send_async (
    self->session, self->message, G_PRIORITY_DEFAULT, self->stop, send_cb, task);
}

static gboolean
deadline_cb (gpointer data)
{
  GhExchange *self = data;

  self->timed_out = TRUE;
  g_cancellable_cancel (self->stop);
  return G_SOURCE_REMOVE;
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  GhExchange *self = data;

  g_cancellable_cancel (self->stop);
  return G_SOURCE_REMOVE;
}

/* The cancellable is watched by a source rather than a handler, because a handler must not
 * be disconnected while it runs, and a call may end inside it. */
static void
watch_clock_and_caller (GTask *task, guint milliseconds)
{
  GhExchange *self = g_task_get_task_data (task);

  self->ends_at = g_get_monotonic_time () + (gint64) milliseconds * 1000;
  self->deadline = g_timeout_source_new (milliseconds);
  g_source_set_callback (self->deadline, deadline_cb, self, NULL);
  g_source_attach (self->deadline, g_task_get_context (task));
  if (g_task_get_cancellable (task) == NULL)
    return;
  self->cancelled = g_cancellable_source_new (g_task_get_cancellable (task));
  g_source_set_callback (self->cancelled, G_SOURCE_FUNC (cancelled_cb), self, NULL);
  g_source_attach (self->cancelled, g_task_get_context (task));
}

GhExchange *
gh_exchange_new (const char *method, GUri *uri)
{
  GhExchange *self = g_new0 (GhExchange, 1);

  self->method = method;
  self->uri = g_uri_ref (uri);
  self->server = gh_wire_dup_origin (uri);
  self->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  self->stop = g_cancellable_new ();
  gh_exchange_set_header (self, "Accept", "application/json, application/problem+json");
  return self;
}

void
gh_exchange_free (GhExchange *self)
{
  release (self);
  g_uri_unref (self->uri);
  g_free (self->server);
  soup_message_headers_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_object_unref (self->stop);
  g_free (self);
}

GUri *
gh_exchange_get_uri (GhExchange *self)
{
  return self->uri;
}

void
gh_exchange_set_header (GhExchange *self, const char *name, const char *value)
{
  soup_message_headers_replace (self->headers, name, value);
}

void
gh_exchange_set_patch (GhExchange *self, GBytes *body, gboolean writes)
{
  self->body = g_bytes_ref (body);
  self->writes = writes;
}

void
gh_exchange_run_async (GhExchange *self,
                       SoupSession *session,
                       GTlsDatabase *trust,
                       guint deadline_milliseconds,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, gh_exchange_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, (GDestroyNotify) gh_exchange_free);
  self->session = g_object_ref (session);
  g_set_object (&self->trust, trust);
  watch_clock_and_caller (task, deadline_milliseconds);
  attempt (task);
}

GhAnswer *
gh_exchange_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
