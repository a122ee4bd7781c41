/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One client's connection. */

#include "gh-server-connection.h"

#include <string.h>

#include "gh-server-fault.h"
#include "gh-server-log.h"
#include "gh-server-problem.h"
#include "gh-server-reader.h"
#include "gh-server-serialise.h"

#define READ_SIZE (16 * 1024)
#define ANSWER_SECONDS 60 /* for a client to take its answer */
#define LINGER_SECONDS 2  /* to read what a refused client still sends */

typedef enum
{
  STEP_READING,
  STEP_HANDLING, /* the writer has the request, or a fault delays its answer */
  STEP_WRITING,
  STEP_LINGERING, /* refused: what still comes is thrown away, so that the answer is read */
  STEP_DROPPED,   /* a fault: to be closed */
} Step;

struct _GhServerConnection
{
  GhServerWorker *worker; /* borrowed */
  GList link;             /* in the worker's connections */
  GSocket *socket;
  GIOStream *stream;
  GPollableInputStream *input;   /* borrowed from the stream */
  GPollableOutputStream *output; /* borrowed from the stream */
  GSource *source;               /* waits for input, or for room for output */
  gboolean source_writes;
  gboolean just_read; /* and no request of it handled yet */
  GhServerReader *reader;
  Step step;
  gint64 deadline;
  gboolean in_request; /* the deadline is that of the request's bytes */
  gboolean last;       /* close after this answer */
  gboolean refused;    /* the client may still be sending */
  GByteArray *pending; /* answer */
  gsize written;
  GhServerRequest *request;
  GhServerResponse *response;
  GhServerFaultPlan *plan; /* or NULL: nothing goes wrong */
  gint64 started;
  gboolean submitted; /* to the writer */
};

/* The steps form a circle, so one of them is named ahead. */
static void drive (GhServerConnection *self);

static void
set_deadline (GhServerConnection *self, guint seconds)
{
  self->deadline = g_get_monotonic_time () + (gint64) seconds * G_USEC_PER_SEC;
}

static guint
get_idle_seconds (GhServerConnection *self)
{
  guint seconds = self->worker->context->options->idle_seconds;

  return seconds > 0 ? seconds : GH_SERVER_IDLE_SECONDS;
}

static guint
get_request_seconds (GhServerConnection *self)
{
  guint seconds = self->worker->context->options->request_seconds;

  return seconds > 0 ? seconds : GH_SERVER_REQUEST_SECONDS;
}

static void
stop_waiting (GhServerConnection *self)
{
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

static void
forget_request (GhServerConnection *self)
{
  if (self->request != NULL && self->submitted)
    gh_server_writer_release (self->worker->writer, self->request);
  self->submitted = FALSE;
  g_clear_pointer (&self->request, gh_server_request_free);
  g_clear_pointer (&self->response, gh_server_response_free);
  g_clear_pointer (&self->plan, gh_server_fault_plan_free);
}

void
gh_server_connection_close (GhServerConnection *self)
{
  stop_waiting (self);
  forget_request (self);
  g_queue_unlink (&self->worker->connections, &self->link);
  g_atomic_int_add (self->worker->n_connections, -1);
  if (G_IS_TLS_CONNECTION (self->stream))
    g_io_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  else
    g_socket_close (self->socket, NULL);
  g_clear_object (&self->stream);
  g_clear_object (&self->socket);
  g_clear_pointer (&self->reader, gh_server_reader_free);
  g_clear_pointer (&self->pending, g_byte_array_unref);
  g_free (self);
}

static void
apply_plan (GhServerConnection *self)
{
  GhServerFaultPlan *plan = self->plan;

  if (plan->drop_after)
    self->step = STEP_DROPPED;
  if (plan->truncate && self->response->body != NULL)
    {
      gsize half = g_bytes_get_size (self->response->body) / 2;

      g_byte_array_set_size (self->pending, self->pending->len - (guint) half);
      self->last = TRUE;
    }
}

/* The response is ready: the next step is to send it. */
static void
begin_answer (GhServerConnection *self)
{
  gboolean endless = self->plan != NULL && self->plan->endless;

  self->last = self->last || self->worker->stopping || self->request == NULL
               || !self->request->keep_alive || endless;
  if (self->plan != NULL)
    gh_server_fault_plan_alter_response (self->plan, self->response);
  if (self->worker->context->options->request_log)
    gh_server_log_request (self->request, self->response, self->started);
  gh_server_serialise (self->pending,
                       self->request,
                       self->response,
                       (GhServerFraming){ self->last, endless },
                       &self->worker->date);
  self->step = STEP_WRITING;
  set_deadline (self, ANSWER_SECONDS);
  if (self->plan != NULL)
    apply_plan (self);
}

static gboolean
on_delayed (gpointer data)
{
  GhServerConnection *self = data;

  begin_answer (self);
  drive (self);
  return G_SOURCE_REMOVE;
}

static void
begin_answer_in_time (GhServerConnection *self)
{
  g_autoptr (GSource) source = NULL;

  if (self->plan == NULL || self->plan->delay == 0)
    {
      begin_answer (self);
      return;
    }
  self->step = STEP_HANDLING;
  source = g_timeout_source_new (self->plan->delay);
  g_source_set_callback (source, on_delayed, self, NULL);
  g_source_attach (source, self->worker->main_context);
}

static void
on_written (gpointer data)
{
  GhServerConnection *self = data;

  begin_answer_in_time (self);
  drive (self);
}

/* Whoever made the poll end had begun to ask before it did, so that one look at the database
 * after the poll serves all of them: none can have heard of a write that it does not show. A
 * request that came behind another one gets a look of its own. */
static void
refresh (GhServerConnection *self)
{
  if (!self->worker->fresh || !self->just_read)
    gh_server_context_refresh (self->worker->context);
  self->worker->fresh = TRUE;
  self->just_read = FALSE;
}

/* FALSE when the writer has to do it. */
static gboolean
answer (GhServerConnection *self)
{
  GhServerContext *context = self->worker->context;
  const GhServerRoute *route;

  refresh (self);
  route = gh_server_routes_prepare (context, self->request, self->response);
  if (route != NULL && route->writes)
    self->submitted = gh_server_writer_submit (self->worker->writer,
                                               route,
                                               self->request,
                                               self->response,
                                               self->worker->main_context,
                                               on_written,
                                               self);
  else if (route != NULL)
    gh_server_routes_answer (route, context, self->request, self->response);
  return !self->submitted;
}

static void
begin_response (GhServerConnection *self)
{
  GPtrArray *faults = self->worker->context->options->faults;

  self->started = g_get_monotonic_time ();
  self->response = gh_server_response_new ();
  self->plan = faults != NULL ? gh_server_fault_plan (faults, self->request) : NULL;
}

static void
handle (GhServerConnection *self)
{
  begin_response (self);
  if (self->plan != NULL && self->plan->drop_before)
    {
      self->step = STEP_DROPPED;
      return;
    }
  if (self->plan != NULL)
    gh_server_fault_plan_alter_request (self->plan, self->request);
  if ((self->plan != NULL && gh_server_fault_plan_answer (self->plan, self->response))
      || answer (self))
    begin_answer_in_time (self);
  else
    self->step = STEP_HANDLING;
}

static void
refuse (GhServerConnection *self, GhProblemKind kind, const char *detail)
{
  begin_response (self);
  self->last = self->refused = TRUE;
  gh_server_response_refuse (self->response, kind, "%s", detail);
  begin_answer (self);
}

static void
invite_body (GhServerConnection *self)
{
  static const char invitation[] = "HTTP/1.1 100 Continue\r\n\r\n";

  g_pollable_output_stream_write_nonblocking (
    self->output, invitation, strlen (invitation), NULL, NULL);
}

/* FALSE when more bytes are needed. */
static gboolean
read_request (GhServerConnection *self)
{
  GhProblemKind kind;
  const char *detail;

  switch (gh_server_reader_next (self->reader, &self->request, &kind, &detail))
    {
    case GH_READER_REQUEST:
      self->in_request = FALSE;
      handle (self);
      return TRUE;
    case GH_READER_REFUSED:
      refuse (self, kind, detail);
      return TRUE;
    case GH_READER_CONTINUE:
      invite_body (self);
      break;
    case GH_READER_MORE:
    default:
      break;
    }
  if (!self->in_request && !gh_server_reader_is_idle (self->reader))
    {
      self->in_request = TRUE;
      set_deadline (self, get_request_seconds (self));
    }
  return FALSE;
}

/* FALSE when the socket takes no more now; *broken when it never will. */
static gboolean
flush (GhServerConnection *self, gboolean *broken)
{
  while (self->written < self->pending->len)
    {
      g_autoptr (GError) error = NULL;
      gssize n = g_pollable_output_stream_write_nonblocking (self->output,
                                                             self->pending->data + self->written,
                                                             self->pending->len - self->written,
                                                             NULL,
                                                             &error);

      if (n < 0)
        {
          *broken = !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
          return FALSE;
        }
      self->written += (gsize) n;
    }
  g_byte_array_set_size (self->pending, 0);
  self->written = 0;
  return TRUE;
}

/* FALSE when the connection has been closed. */
static gboolean
end_answer (GhServerConnection *self)
{
  if (self->plan != NULL && self->plan->endless)
    {
      g_byte_array_set_size (self->pending, READ_SIZE);
      memset (self->pending->data, ' ', READ_SIZE);
      return TRUE;
    }
  forget_request (self);
  if (!self->last)
    {
      self->step = STEP_READING;
      set_deadline (self, get_idle_seconds (self));
    }
  else if (self->refused && !G_IS_TLS_CONNECTION (self->stream))
    {
      g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
      self->step = STEP_LINGERING;
      set_deadline (self, LINGER_SECONDS);
    }
  else
    {
      gh_server_connection_close (self);
      return FALSE;
    }
  return TRUE;
}

/* FALSE when the connection has been closed, or nothing came. */
static gboolean
take_input (GhServerConnection *self)
{
  guint8 bytes[READ_SIZE];
  g_autoptr (GError) error = NULL;
  gssize n
    = g_pollable_input_stream_read_nonblocking (self->input, bytes, sizeof bytes, NULL, &error);

  if (n > 0)
    {
      self->just_read = TRUE;
      if (self->step == STEP_READING)
        gh_server_reader_add (self->reader, bytes, (gsize) n);
      return TRUE;
    }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    gh_server_connection_close (self);
  return FALSE;
}

/* Whoever closes the connection or changes what it waits for has destroyed the source. */
static gboolean
on_ready (GObject *pollable, gpointer data)
{
  GhServerConnection *self = data;

  if (self->source_writes || take_input (self))
    drive (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_socket_ready (GSocket *socket, GIOCondition condition, gpointer data)
{
  return on_ready (NULL, data);
}

/* A socket of its own needs no stream to watch it. A source that may recurse is not taken out
 * of the poll while it is dispatched, which would wake the context up twice a request. */
static GSource *
make_source (GhServerConnection *self, gboolean writes)
{
  GSource *source;

  if (!G_IS_TLS_CONNECTION (self->stream))
    {
      source = g_socket_create_source (self->socket, writes ? G_IO_OUT : G_IO_IN, NULL);
      g_source_set_callback (source, G_SOURCE_FUNC (on_socket_ready), self, NULL);
      g_source_set_can_recurse (source, TRUE);
      return source;
    }
  source = writes ? g_pollable_output_stream_create_source (self->output, NULL)
                  : g_pollable_input_stream_create_source (self->input, NULL);
  g_source_set_callback (source, G_SOURCE_FUNC (on_ready), self, NULL);
  return source;
}

static void
wait (GhServerConnection *self, gboolean writes)
{
  if (self->source != NULL && self->source_writes == writes)
    return;
  stop_waiting (self);
  self->source_writes = writes;
  self->source = make_source (self, writes);
  g_source_attach (self->source, self->worker->main_context);
}

/* Goes on until something has to be waited for. */
static void
drive (GhServerConnection *self)
{
  gboolean broken = FALSE;

  while (self->step == STEP_WRITING || (self->step == STEP_READING && read_request (self)))
    {
      if (self->step == STEP_WRITING && !flush (self, &broken))
        break;
      if (self->step == STEP_WRITING && !end_answer (self))
        return;
    }
  if (broken || self->step == STEP_DROPPED)
    gh_server_connection_close (self);
  else if (self->step == STEP_HANDLING)
    stop_waiting (self);
  else
    wait (self, self->step == STEP_WRITING);
}

static void
refuse_late (GhServerConnection *self)
{
  g_autofree char *detail = g_strdup_printf ("The request did not arrive within %u s.",
                                             get_request_seconds (self));

  refuse (self, GH_PROBLEM_TIMEOUT, detail);
  drive (self);
}

void
gh_server_connection_check (GhServerConnection *self, gint64 now)
{
  gboolean idle = self->step == STEP_LINGERING || self->step == STEP_READING;
  gboolean unwanted = self->worker->stopping && (idle || now > self->worker->give_up);

  if (self->step == STEP_HANDLING || (!unwanted && now < self->deadline))
    return;
  if (unwanted)
    gh_server_connection_close (self);
  else if (self->step == STEP_READING && self->in_request)
    refuse_late (self);
  else
    gh_server_connection_close (self);
}

void
gh_server_connection_open (GhServerWorker *worker, GSocket *socket)
{
  GhServerConnection *self = g_new0 (GhServerConnection, 1);
  g_autoptr (GIOStream) plain
    = G_IO_STREAM (g_socket_connection_factory_create_connection (socket));

  self->worker = worker;
  self->link.data = self;
  g_queue_push_tail_link (&worker->connections, &self->link);
  g_atomic_int_inc (worker->n_connections);
  self->socket = g_object_ref (socket);
  if (worker->certificate != NULL)
    self->stream = g_tls_server_connection_new (plain, worker->certificate, NULL);
  if (self->stream == NULL)
    self->stream = g_steal_pointer (&plain);
  self->input = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->stream));
  self->output = G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->stream));
  self->reader = gh_server_reader_new ();
  self->pending = g_byte_array_new ();
  set_deadline (self, get_idle_seconds (self));
  wait (self, FALSE);
}
