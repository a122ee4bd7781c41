/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A thread that accepts and answers. */

#include "gh-server-worker.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "gh-server-connection.h"

#define SWEEP_MILLISECONDS 500
#define PAUSE_MILLISECONDS 100 /* when no more sockets can be had */
#define STOP_SECONDS 5

/* Connections take themselves off the list, so the next one is looked up first. */
static void
check_connections (GhServerWorker *self)
{
  gint64 now = g_get_monotonic_time ();
  GList *next;

  for (GList *place = self->connections.head; place != NULL; place = next)
    {
      next = place->next;
      gh_server_connection_check (place->data, now);
    }
  if (self->stopping && self->connections.length == 0)
    g_main_loop_quit (self->loop);
}

static gboolean
on_sweep (gpointer data)
{
  check_connections (data);
  return G_SOURCE_CONTINUE;
}

static GSource *
attach_timeout (GhServerWorker *self, guint milliseconds, GSourceFunc function)
{
  GSource *source = g_timeout_source_new (milliseconds);

  g_source_set_callback (source, function, self, NULL);
  g_source_attach (source, self->main_context);
  return source;
}

static void
stop_accepting (GhServerWorker *self)
{
  if (self->accepting != NULL)
    g_source_destroy (self->accepting);
  g_clear_pointer (&self->accepting, g_source_unref);
}

static gboolean
is_full (GhServerWorker *self)
{
  guint maximum = self->context->options->n_connections;

  return maximum > 0 ? (guint) g_atomic_int_get (self->n_connections) >= maximum
                     : self->connections.length >= GH_SERVER_MAXIMUM_CONNECTIONS;
}

/* FALSE when the system has no more sockets for now. */
static gboolean
accept_one (GhServerWorker *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = g_socket_accept (self->listener, NULL, &error);

  if (socket == NULL)
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)
           || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  if (is_full (self))
    return TRUE;
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  gh_server_connection_open (self, socket);
  return TRUE;
}

static gboolean
on_connection (GSocket *listener, GIOCondition condition, gpointer data)
{
  GhServerWorker *self = data;

  if (accept_one (self))
    return G_SOURCE_CONTINUE;
  g_usleep (PAUSE_MILLISECONDS * 1000);
  return G_SOURCE_CONTINUE;
}

static void
start_accepting (GhServerWorker *self)
{
  self->accepting = g_socket_create_source (self->listener, G_IO_IN, NULL);
  g_source_set_callback (self->accepting, G_SOURCE_FUNC (on_connection), self, NULL);
  g_source_attach (self->accepting, self->main_context);
}

typedef struct
{
  GSource source;
  GhServerWorker *worker;
} Turn;

/* Called before each poll; it is never ready itself. */
static gboolean
begin_turn (GSource *source, gint *timeout)
{
  ((Turn *) source)->worker->fresh = FALSE;
  *timeout = -1;
  return FALSE;
}

static void
watch_turns (GhServerWorker *self)
{
  static GSourceFuncs functions = { .prepare = begin_turn };

  self->turn = g_source_new (&functions, sizeof (Turn));
  ((Turn *) self->turn)->worker = self;
  g_source_attach (self->turn, self->main_context);
}

static gpointer
run (gpointer data)
{
  GhServerWorker *self = data;
  GSource *sweep;

  g_main_context_push_thread_default (self->main_context);
  sweep = attach_timeout (self, SWEEP_MILLISECONDS, on_sweep);
  watch_turns (self);
  start_accepting (self);
  g_main_loop_run (self->loop);

  while (g_main_context_iteration (self->main_context, FALSE))
    continue;
  g_source_destroy (self->turn);
  g_source_unref (self->turn);
  g_source_destroy (sweep);
  g_source_unref (sweep);
  g_main_context_pop_thread_default (self->main_context);
  return NULL;
}

GhServerWorker *
gh_server_worker_new (const GhServerOptions *options,
                      GhServerWriter *writer,
                      GSocket *listener,
                      GTlsCertificate *certificate,
                      gint *n_connections,
                      GError **error)
{
  GhServerContext *context = gh_server_context_new (options, error);
  GhServerWorker *self;

  if (context == NULL)
    return NULL;
  self = g_new0 (GhServerWorker, 1);
  self->context = context;
  self->writer = writer;
  self->listener = listener;
  self->certificate = certificate;
  self->n_connections = n_connections;
  self->main_context = g_main_context_new ();
  self->loop = g_main_loop_new (self->main_context, FALSE);
  return self;
}

void
gh_server_worker_start (GhServerWorker *self)
{
  self->thread = g_thread_new ("worker", run, self);
}

/* The loop ends with the last connection. */
static gboolean
on_stop (gpointer data)
{
  GhServerWorker *self = data;

  self->stopping = TRUE;
  self->give_up = g_get_monotonic_time () + STOP_SECONDS * G_USEC_PER_SEC;
  stop_accepting (self);
  check_connections (self);
  return G_SOURCE_REMOVE;
}

void
gh_server_worker_ask_to_stop (GhServerWorker *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_stop, self, NULL);
  g_source_attach (source, self->main_context);
}

void
gh_server_worker_free (GhServerWorker *self)
{
  if (self->thread != NULL)
    g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->main_context);
  gh_server_context_free (self->context);
  g_free (self);
}
