/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of routes and what follows from it. */

#include "gh-server-routes.h"

#include <string.h>

#include "gh-server-handlers.h"

#define READ GH_SERVER_SCOPE_POLICY_READ
#define WRITE GH_SERVER_SCOPE_POLICY_WRITE
#define WORKSPACE "/v1/workspaces/{workspace}"

static const GhServerRoute routes[] = {
  { "GET", "/v1/health", .handler = gh_server_handle_health, .open = TRUE },
  { "GET", "/v1/capabilities", .handler = gh_server_handle_capabilities, .open = TRUE },
  { "GET", "/v1/me", .handler = gh_server_handle_me },
  { "GET", "/v1/policy-schema", READ, gh_server_handle_policy_schema },
  { "GET", "/v1/workspaces", READ, gh_server_handle_workspaces },
  { "GET", WORKSPACE, READ, gh_server_handle_workspace },
  { "GET", WORKSPACE "/policy", READ, gh_server_handle_get_policy },
  { "PATCH", WORKSPACE "/policy", WRITE, gh_server_handle_patch_policy, .writes = TRUE },
  { "GET",
    WORKSPACE "/headers",
    READ,
    gh_server_handle_headers,
    .produces = { "text/plain", "application/json" } },
  { "GET", WORKSPACE "/revisions", READ, gh_server_handle_revisions },
  { "GET", WORKSPACE "/revisions/{revision}", READ, gh_server_handle_revision },
  { "POST",
    WORKSPACE "/revisions/{revision}/restore",
    WRITE,
    gh_server_handle_restore,
    .writes = TRUE },
  { "GET", WORKSPACE "/communities", READ, gh_server_handle_communities },
  { "GET",
    WORKSPACE "/communities/{community}/policy",
    READ,
    gh_server_handle_get_community_policy },
  { "PATCH",
    WORKSPACE "/communities/{community}/policy",
    WRITE,
    gh_server_handle_patch_community_policy,
    .writes = TRUE },
  { "GET", "/v1/audit-events", GH_SERVER_SCOPE_AUDIT_READ, gh_server_handle_audit_events },
};

const GhServerRoute *
gh_server_routes_get_table (gsize *n_routes)
{
  *n_routes = G_N_ELEMENTS (routes);
  return routes;
}

static gsize
segment_length (const char *place)
{
  return strcspn (place, "/");
}

static gboolean
match (const char *pattern, const char *path, char *parameters[GH_SERVER_MAXIMUM_PARAMETERS])
{
  guint n_parameters = 0;

  while (*pattern == '/' && *path == '/')
    {
      gsize wanted = segment_length (++pattern);
      gsize length = segment_length (++path);

      if (*pattern == '{')
        parameters[n_parameters++] = g_uri_unescape_segment (path, path + length, "/");
      else if (wanted != length || strncmp (pattern, path, length) != 0)
        return FALSE;
      if (*pattern == '{' && (length == 0 || parameters[n_parameters - 1] == NULL))
        return FALSE;
      pattern += wanted;
      path += length;
    }
  return *pattern == '\0' && *path == '\0';
}

static void
clear_parameters (GhServerRequest *request)
{
  for (guint i = 0; i < GH_SERVER_MAXIMUM_PARAMETERS; i++)
    g_clear_pointer (&request->parameters[i], g_free);
}

/* GET routes answer HEAD too; the connection leaves the body away. */
static gboolean
method_fits (const GhServerRoute *route, const char *method)
{
  return g_str_equal (route->method, method)
         || (g_str_equal (route->method, "GET") && g_str_equal (method, "HEAD"));
}

static void
refuse_method (GPtrArray *allowed, GhServerResponse *response)
{
  g_autofree char *allow = NULL;

  g_ptr_array_add (allowed, NULL);
  allow = g_strjoinv (", ", (char **) allowed->pdata);
  gh_server_response_refuse (
    response, GH_PROBLEM_METHOD_NOT_ALLOWED, "This address takes the methods %s.", allow);
  gh_server_response_set_header (response, "Allow", allow);
}

static const GhServerRoute *
find (GhServerRequest *request, GhServerResponse *response)
{
  g_autoptr (GPtrArray) allowed = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      clear_parameters (request);
      if (!match (routes[i].pattern, request->path, request->parameters))
        continue;
      if (method_fits (&routes[i], request->method))
        return &routes[i];
      g_ptr_array_add (allowed, (gpointer) routes[i].method);
      if (g_str_equal (routes[i].method, "GET"))
        g_ptr_array_add (allowed, (gpointer) "HEAD");
    }
  if (allowed->len > 0)
    refuse_method (allowed, response);
  else
    gh_server_response_refuse (
      response, GH_PROBLEM_NOT_FOUND, "There is nothing at this address of the API.");
  return NULL;
}

static const char *
get_token (GhServerContext *context, GhServerRequest *request)
{
  const char *authorization = gh_server_request_get_header (request, "Authorization");

  if (authorization != NULL && g_ascii_strncasecmp (authorization, "Bearer ", 7) == 0)
    return authorization + 7 + strspn (authorization + 7, " ");
  if (authorization == NULL && context->options->token_header != NULL)
    return gh_server_request_get_header (request, context->options->token_header);
  return NULL;
}

static gboolean
refuse_credentials (GhServerResponse *response, gboolean given)
{
  gh_server_response_refuse (
    response,
    GH_PROBLEM_UNAUTHORIZED,
    given ? "This token is not known here, has expired or was revoked. Sign in with another one."
          : "Send a token: Authorization: Bearer TOKEN.");
  gh_server_response_set_header (response,
                                 "WWW-Authenticate",
                                 given ? "Bearer realm=\"gatehouse\", error=\"invalid_token\""
                                       : "Bearer realm=\"gatehouse\"");
  return FALSE;
}

static gboolean
authenticate (GhServerContext *context, GhServerRequest *request, GhServerResponse *response)
{
  const char *token = get_token (context, request);
  g_autoptr (GError) error = NULL;

  if (token == NULL)
    return refuse_credentials (response, FALSE);
  request->identity = gh_server_context_dup_identity (context, token, &error);
  if (error != NULL)
    gh_server_response_fail (response, error);
  else if (request->identity == NULL || !gh_server_identity_is_current (request->identity))
    refuse_credentials (response, TRUE);
  else
    return TRUE;
  return FALSE;
}

static void
refuse_scope (const GhServerRoute *route, GhServerResponse *response)
{
  g_auto (GStrv) names = gh_server_scopes_to_strv (route->scope);

  gh_server_response_refuse (
    response, GH_PROBLEM_FORBIDDEN, "This token lacks the scope %s.", names[0]);
}

static gboolean
authorise (const GhServerRoute *route, GhServerRequest *request, GhServerResponse *response)
{
  const GhServerIdentity *identity = request->identity;

  if (g_str_has_prefix (route->pattern, WORKSPACE)
      && !gh_server_identity_may_see (identity, request->parameters[0]))
    gh_server_refuse_unknown ("workspace", response);
  else if ((identity->scopes & route->scope) != route->scope)
    refuse_scope (route, response);
  else if (route->writes && identity->role != GH_SERVER_ROLE_ADMINISTRATOR)
    gh_server_response_refuse (
      response, GH_PROBLEM_FORBIDDEN, "The role reader may look, but not change anything.");
  else
    return TRUE;
  return FALSE;
}

static gboolean
is_slow_enough (GhServerContext *context, GhServerRequest *request, GhServerResponse *response)
{
  guint wait = context->limiter != NULL
                 ? gh_server_limiter_take (context->limiter, request->identity->id)
                 : 0;
  g_autofree char *seconds = NULL;

  if (wait == 0)
    return TRUE;
  seconds = g_strdup_printf ("%u", wait);
  gh_server_response_refuse (response,
                             GH_PROBLEM_TOO_MANY_REQUESTS,
                             "This token may make %u requests a second. Nothing was changed.",
                             context->options->rate_limit);
  gh_server_response_set_header (response, "Retry-After", seconds);
  return FALSE;
}

static gboolean
read_arguments (GhServerRequest *request, GhServerResponse *response)
{
  if (request->query == NULL)
    return TRUE;
  request->arguments = g_uri_parse_params (request->query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  if (request->arguments != NULL)
    return TRUE;
  gh_server_response_refuse (
    response, GH_PROBLEM_MALFORMED, "The query is not a list of NAME=VALUE in UTF-8.");
  return FALSE;
}

static gboolean
range_matches (const char *range, const char *type)
{
  gsize major = strcspn (type, "/") + 1;
  gsize length = strcspn (range, "; ");

  return strncmp (range, "*/*", length) == 0
         || (length == strlen (type) && g_ascii_strncasecmp (range, type, length) == 0)
         || (length == major + 1 && range[major] == '*'
             && g_ascii_strncasecmp (range, type, major) == 0);
}

static gboolean
any_range_matches (GSList *ranges, const char *type)
{
  for (GSList *place = ranges; place != NULL; place = place->next)
    if (range_matches (place->data, type))
      return TRUE;
  return FALSE;
}

/* libsoup sorts the ranges by their quality and puts those of quality 0 aside. */
const char *
gh_server_routes_negotiate (const GhServerRoute *route, GhServerRequest *request)
{
  static const char *const json[] = { "application/json", NULL };
  const char *const *types = route->produces[0] != NULL ? route->produces : json;
  const char *accept = gh_server_request_get_header (request, "Accept");
  GSList *refused = NULL;
  GSList *ranges = accept != NULL ? soup_header_parse_quality_list (accept, &refused) : NULL;
  const char *chosen = accept == NULL || *accept == '\0' ? types[0] : NULL;

  for (GSList *place = ranges; place != NULL && chosen == NULL; place = place->next)
    for (guint i = 0; types[i] != NULL && chosen == NULL; i++)
      if (range_matches (place->data, types[i]) && !any_range_matches (refused, types[i]))
        chosen = types[i];
  soup_header_free_list (ranges);
  soup_header_free_list (refused);
  return chosen;
}

const GhServerRoute *
gh_server_routes_prepare (GhServerContext *context,
                          GhServerRequest *request,
                          GhServerResponse *response)
{
  const GhServerRoute *route = find (request, response);

  if (route == NULL)
    return NULL;
  if (!route->open
      && (!authenticate (context, request, response) || !is_slow_enough (context, request, response)
          || !authorise (route, request, response)))
    return NULL;
  if (!read_arguments (request, response))
    return NULL;
  if (gh_server_routes_negotiate (route, request) == NULL)
    {
      gh_server_response_refuse (response,
                                 GH_PROBLEM_NOT_ACCEPTABLE,
                                 "This address answers with %s.",
                                 route->produces[0] != NULL ? "text/plain or application/json"
                                                            : "application/json");
      return NULL;
    }
  return route;
}

void
gh_server_routes_answer (const GhServerRoute *route,
                         GhServerContext *context,
                         GhServerRequest *request,
                         GhServerResponse *response)
{
  g_autoptr (GError) error = NULL;

  if (!route->writes)
    {
      route->handler (context, request, response);
      return;
    }
  if (!gh_server_database_execute (context->database, "SAVEPOINT request", &error))
    {
      gh_server_response_fail (response, error);
      return;
    }
  gh_server_idempotency_run (route->handler, context, request, response);
  if (!gh_server_database_execute (context->database,
                                   response->roll_back ? "ROLLBACK TO request; RELEASE request"
                                                       : "RELEASE request",
                                   &error))
    {
      gh_server_response_clear (response);
      gh_server_response_fail (response, error);
    }
}
