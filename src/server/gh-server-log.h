/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The request log: a line for each answer on standard error, with nothing secret in it. */

#pragma once

#include "gh-server-message.h"

G_BEGIN_DECLS

/* TIME METHOD PATH STATUS BYTES MICROSECONDS TOKEN-NAME. Queries, headers and bodies are left
 * out; what a client chose is escaped, so that it cannot make lines of its own. request is
 * NULL when it could not be read. */
void gh_server_log_request (GhServerRequest *request, GhServerResponse *response, gint64 started);

G_END_DECLS
