/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one thread that writes. Requests that wait together share a transaction, each in a
 * savepoint of its own, so one wait for the disk serves all of them; none is answered before
 * that wait is over. */

#pragma once

#include "gh-server-routes.h"

G_BEGIN_DECLS

typedef struct _GhServerWriter GhServerWriter;

/* Called in the main context that the request was submitted with, after the commit. */
typedef void (*GhServerWritten) (gpointer data);

GhServerWriter *gh_server_writer_new (const GhServerOptions *options, GError **error);

/* Finishes what was submitted, then ends the thread. */
void gh_server_writer_free (GhServerWriter *self);

/* Request and response stay the caller's and must last until written is called. FALSE with the
 * response made a problem when a request with the same Idempotency-Key is not answered yet. */
gboolean gh_server_writer_submit (GhServerWriter *self,
                                  const GhServerRoute *route,
                                  GhServerRequest *request,
                                  GhServerResponse *response,
                                  GMainContext *context,
                                  GhServerWritten written,
                                  gpointer data);

/* The answer has left: the request's key is free again. */
void gh_server_writer_release (GhServerWriter *self, GhServerRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhServerWriter, gh_server_writer_free)

G_END_DECLS
