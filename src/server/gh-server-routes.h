/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of routes. What a method may do, who may call it and what comes back is one row;
 * 404, 405, 406, 401 and 403 follow from the table alone. */

#pragma once

#include "gh-server-context.h"
#include "gh-server-message.h"

G_BEGIN_DECLS

typedef struct _GhServerRoute GhServerRoute;

typedef void (*GhServerHandler) (GhServerContext *context,
                                 GhServerRequest *request,
                                 GhServerResponse *response);

struct _GhServerRoute
{
  const char *method;
  const char *pattern;     /* "/v1/workspaces/{workspace}/policy" */
  GhServerScopes scope;    /* needed; GH_SERVER_SCOPE_NONE: any token */
  GhServerHandler handler; /* of a write: inside a transaction, on the writing thread */
  gboolean open;           /* needs no token */
  gboolean writes;
  const char *produces[3]; /* media types, the usual one first; JSON alone when empty */
};

const GhServerRoute *gh_server_routes_get_table (gsize *n_routes);

/* Finds the route, the asker and the arguments. NULL when the response is the answer already. */
const GhServerRoute *gh_server_routes_prepare (GhServerContext *context,
                                               GhServerRequest *request,
                                               GhServerResponse *response);

/* Of the route's media types the one the client likes best. */
const char *gh_server_routes_negotiate (const GhServerRoute *route, GhServerRequest *request);

/* Answers a prepared request on this thread, within a transaction of its own if it writes. */
void gh_server_routes_answer (const GhServerRoute *route,
                              GhServerContext *context,
                              GhServerRequest *request,
                              GhServerResponse *response);

G_END_DECLS
