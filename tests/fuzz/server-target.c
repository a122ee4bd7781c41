/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's handlers without a socket, on a database in memory. */

#include "server-target.h"

#include <string.h>

#include "gh-server-demo.h"
#include "gh-server-routes.h"
#include "gh-server-serialise.h"
#include "gh-strict-json.h"

#define N_WORKSPACES 2

static GhServerContext *
make_context (char **bearer)
{
  static GhServerOptions options = { .database = (char *) ":memory:" };
  GhServerContext *context = gh_server_context_new (&options, NULL);
  g_autoptr (GhServerIdentity) template = gh_server_identity_new ();
  g_autofree char *token = NULL;

  g_assert_nonnull (context);
  g_assert_true (gh_server_demo_fill (context->database, N_WORKSPACES, NULL));
  template->name = g_strdup ("Fuzzer");
  template->role = GH_SERVER_ROLE_ADMINISTRATOR;
  template->scopes = GH_SERVER_SCOPES_ALL;
  token = gh_server_token_make (context->database, template, NULL, NULL);
  g_assert_nonnull (token);
  *bearer = g_strconcat ("Bearer ", token, NULL);
  return context;
}

static void
check_answer (GhServerRequest *request, GhServerResponse *response)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  GhServerDate date = { 0 };

  g_assert_cmpuint (response->status, >=, 200);
  g_assert_cmpuint (response->status, <, 500); /* nothing a client sends is our fault */
  if (response->content_type != NULL && strstr (response->content_type, "json") != NULL)
    {
      gsize length;
      const char *body = g_bytes_get_data (response->body, &length);

      g_assert_true (gh_strict_json_check (body, length, NULL));
    }
  gh_server_serialise (bytes, request, response, (GhServerFraming){ FALSE, FALSE }, &date);
}

guint
server_target_answer (GhServerRequest *request)
{
  static GhServerContext *context;
  static char *bearer;
  g_autoptr (GhServerResponse) response = gh_server_response_new ();
  const GhServerRoute *route;

  if (context == NULL)
    context = make_context (&bearer);

  /* A fuzzer cannot guess a token: it is let in unless it brings one of its own. */
  if (soup_message_headers_get_one (request->headers, "Authorization") == NULL)
    soup_message_headers_append (request->headers, "Authorization", bearer);
  g_assert_true (gh_server_database_execute (context->database, "BEGIN", NULL));
  route = gh_server_routes_prepare (context, request, response);
  if (route != NULL)
    gh_server_routes_answer (route, context, request, response);
  check_answer (request, response);
  g_assert_true (gh_server_database_execute (context->database, "ROLLBACK", NULL));

  return response->status;
}
