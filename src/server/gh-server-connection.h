/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One client's connection: requests in, answers out, one after the other, each step with a
 * deadline. Lives in its worker's thread. */

#pragma once

#include "gh-server-worker.h"

G_BEGIN_DECLS

/* Adds itself to the worker's connections, and takes itself off at its end. */
void gh_server_connection_open (GhServerWorker *worker, GSocket *socket);

/* Ends it when its step has taken too long, or when it only waits while the worker stops. */
void gh_server_connection_check (GhServerConnection *self, gint64 now);
void gh_server_connection_close (GhServerConnection *self);

G_END_DECLS
