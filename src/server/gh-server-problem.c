/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of refusals and how one is written down. */

#include "gh-server-problem.h"

#define TYPE_PREFIX "urn:gatehouse:problem:"

typedef struct
{
  guint status;
  const char *type;
  const char *title;
} Problem;

static const Problem problems[GH_N_PROBLEMS] = {
  [GH_PROBLEM_MALFORMED] = { 400, TYPE_PREFIX "malformed", "Malformed request" },
  [GH_PROBLEM_UNAUTHORIZED] = { 401, TYPE_PREFIX "unauthorized", "Credentials needed" },
  [GH_PROBLEM_FORBIDDEN] = { 403, TYPE_PREFIX "forbidden", "Not permitted" },
  [GH_PROBLEM_NOT_FOUND] = { 404, TYPE_PREFIX "not-found", "Not found" },
  [GH_PROBLEM_METHOD_NOT_ALLOWED] = { 405, TYPE_PREFIX "method-not-allowed", "Method not allowed" },
  [GH_PROBLEM_NOT_ACCEPTABLE] = { 406, TYPE_PREFIX "not-acceptable", "Not acceptable" },
  [GH_PROBLEM_TIMEOUT] = { 408, TYPE_PREFIX "timeout", "Request took too long" },
  [GH_PROBLEM_KEY_IN_FLIGHT]
  = { 409, TYPE_PREFIX "key-in-flight", "A request with this key is being answered" },
  [GH_PROBLEM_STALE] = { 412, TYPE_PREFIX "stale", "The policy has changed since it was read" },
  [GH_PROBLEM_TOO_LARGE] = { 413, TYPE_PREFIX "too-large", "Body too large" },
  [GH_PROBLEM_TARGET_TOO_LONG] = { 414, TYPE_PREFIX "target-too-long", "Request target too long" },
  [GH_PROBLEM_MEDIA_TYPE] = { 415, TYPE_PREFIX "media-type", "Media type not supported" },
  [GH_PROBLEM_EXPECTATION] = { 417, TYPE_PREFIX "expectation", "Expectation not supported" },
  [GH_PROBLEM_INVALID] = { 422, TYPE_PREFIX "invalid", "Values refused" },
  [GH_PROBLEM_KEY_REUSED]
  = { 422, TYPE_PREFIX "key-reused", "Idempotency key used for another request" },
  [GH_PROBLEM_PRECONDITION_REQUIRED]
  = { 428, TYPE_PREFIX "precondition-required", "If-Match needed" },
  [GH_PROBLEM_TOO_MANY_REQUESTS] = { 429, TYPE_PREFIX "too-many-requests", "Too many requests" },
  [GH_PROBLEM_HEADERS_TOO_LARGE]
  = { 431, TYPE_PREFIX "headers-too-large", "Request header fields too large" },
  [GH_PROBLEM_INTERNAL] = { 500, TYPE_PREFIX "internal", "Internal error" },
  [GH_PROBLEM_NOT_IMPLEMENTED] = { 501, TYPE_PREFIX "not-implemented", "Not implemented" },
  [GH_PROBLEM_UNAVAILABLE] = { 503, TYPE_PREFIX "unavailable", "Service unavailable" },
  [GH_PROBLEM_VERSION] = { 505, TYPE_PREFIX "version", "HTTP version not supported" },
};

G_DEFINE_QUARK (gh - server - error - quark, gh_server_error)

guint
gh_problem_get_status (GhProblemKind kind)
{
  return problems[kind].status;
}

const char *
gh_problem_get_type (GhProblemKind kind)
{
  return problems[kind].type;
}

void
gh_server_response_refuse_with (GhServerResponse *response,
                                GhProblemKind kind,
                                JsonObject *members,
                                const char *detail)
{
  const Problem *problem = &problems[kind];
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_set_string_member (object, "type", problem->type);
  json_object_set_string_member (object, "title", problem->title);
  json_object_set_int_member (object, "status", problem->status);
  json_object_set_string_member (object, "detail", detail);
  if (members != NULL)
    {
      json_object_iter_init_ordered (&iter, members);
      while (json_object_iter_next_ordered (&iter, &name, &member))
        json_object_set_member (object, name, json_node_copy (member));
      json_object_unref (members);
    }
  json_node_set_object (node, object);

  gh_server_response_set_json (response, problem->status, node);
  response->content_type = "application/problem+json";
  gh_server_response_set_header (response, "Cache-Control", "no-store");
}

void
gh_server_response_refuse (GhServerResponse *response, GhProblemKind kind, const char *format, ...)
{
  g_autofree char *detail = NULL;
  va_list arguments;

  va_start (arguments, format);
  detail = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  gh_server_response_refuse_with (response, kind, NULL, detail);
}

void
gh_server_response_fail (GhServerResponse *response, const GError *error)
{
  g_printerr ("gatehouse-server: %s\n", error->message);
  if (g_error_matches (error, GH_SERVER_ERROR, GH_SERVER_ERROR_BUSY))
    {
      gh_server_response_refuse (response,
                                 GH_PROBLEM_UNAVAILABLE,
                                 "The database cannot be used right now. Nothing was changed; "
                                 "try again in a moment.");
      gh_server_response_set_header (response, "Retry-After", "2");
    }
  else
    gh_server_response_refuse (response,
                               GH_PROBLEM_INTERNAL,
                               "The server failed to answer; its log says why. Nothing was "
                               "changed.");
  response->roll_back = TRUE;
}

void
gh_problem_add_error (JsonArray *errors, const char *field, const char *code, const char *detail)
{
  JsonObject *item = json_object_new ();
  g_autoptr (GString) pointer = g_string_new (field);

  g_string_replace (pointer, "~", "~0", 0);
  g_string_replace (pointer, "/", "~1", 0);
  g_string_prepend_c (pointer, '/');

  json_object_set_string_member (item, "pointer", pointer->str);
  json_object_set_string_member (item, "code", code);
  json_object_set_string_member (item, "detail", detail);
  json_array_add_object_element (errors, item);
}
