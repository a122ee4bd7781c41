/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A thread that accepts connections, reads requests and answers them. All workers listen on
 * the same socket; each has a main context and a database connection of its own. */

#pragma once

#include "gh-server-context.h"
#include "gh-server-serialise.h"
#include "gh-server-writer.h"

G_BEGIN_DECLS

typedef struct _GhServerConnection GhServerConnection;

typedef struct
{
  GhServerContext *context;
  GhServerWriter *writer;       /* borrowed */
  GSocket *listener;            /* borrowed */
  GTlsCertificate *certificate; /* borrowed, or NULL */
  GMainContext *main_context;
  GMainLoop *loop;
  GThread *thread;
  GSource *accepting;
  GSource *turn;       /* says when a turn of the loop begins */
  gboolean fresh;      /* the context has been refreshed in this turn */
  GQueue connections;  /* of GhServerConnection */
  gint *n_connections; /* borrowed, atomic: of all workers */
  GhServerDate date;
  gboolean stopping;
  gint64 give_up; /* when stopping waits no longer */
} GhServerWorker;

GhServerWorker *gh_server_worker_new (const GhServerOptions *options,
                                      GhServerWriter *writer,
                                      GSocket *listener,
                                      GTlsCertificate *certificate,
                                      gint *n_connections,
                                      GError **error);
void gh_server_worker_start (GhServerWorker *self);
void gh_server_worker_ask_to_stop (GhServerWorker *self); /* from any thread */
void gh_server_worker_free (GhServerWorker *self);        /* waits for its end */

G_END_DECLS
