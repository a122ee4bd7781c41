/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of workspaces, page by page, and one of them. */

#include "gh-server-handlers.h"

#include <string.h>

#define MAXIMUM_QUERY 200 /* bytes */
#define COLUMNS "w.id, w.name, w.url, w.tags, w.revision"

/* ?1 starts after an id, ?2 is the case-folded search, ?3 a token if it is limited. */
#define LIST_CONDITION                                                                             \
  " FROM workspaces w WHERE w.id > ?1 AND (?2 = '' OR instr (w.search, ?2) > 0)"                   \
  " AND (?3 = 0 OR EXISTS (SELECT 1 FROM token_workspaces t"                                       \
  "                        WHERE t.token = ?3 AND t.workspace = w.id))"                            \
  " ORDER BY w.id LIMIT ?4"

static JsonObject *
read_workspace (GhServerStatement *statement, GhServerRequest *request)
{
  const GhServerIdentity *identity = request->identity;
  JsonObject *object = json_object_new ();
  gboolean may_write = identity->role == GH_SERVER_ROLE_ADMINISTRATOR
                       && (identity->scopes & GH_SERVER_SCOPE_POLICY_WRITE);
  JsonNode *tags = json_from_string (gh_server_statement_get_text (statement, 3), NULL);

  json_object_set_string_member (object, "id", gh_server_statement_get_text (statement, 0));
  json_object_set_string_member (object, "name", gh_server_statement_get_text (statement, 1));
  json_object_set_string_member (object, "url", gh_server_statement_get_text (statement, 2));
  json_object_set_member (object, "tags", tags);
  json_object_set_string_member (
    object,
    "role",
    gh_server_role_to_string (may_write ? GH_SERVER_ROLE_ADMINISTRATOR : GH_SERVER_ROLE_READER));
  json_object_set_int_member (object, "revision", gh_server_statement_get_number (statement, 4));
  return object;
}

static char *
read_search (GhServerRequest *request, GhServerResponse *response)
{
  const char *search = gh_server_request_get_argument (request, "q");

  if (search == NULL)
    return g_strdup ("");
  if (strlen (search) <= MAXIMUM_QUERY)
    return g_utf8_casefold (search, -1);
  gh_server_response_refuse (
    response, GH_PROBLEM_MALFORMED, "q may have %d bytes at most.", MAXIMUM_QUERY);
  return NULL;
}

void
gh_server_handle_workspaces (GhServerContext *context,
                             GhServerRequest *request,
                             GhServerResponse *response)
{
  static const GhServerList list = { "workspaces", "workspaces", 0, read_workspace };
  g_auto (GhServerPage) page = { 0 };
  g_autofree char *search = read_search (request, response);
  g_autoptr (GError) error = NULL;
  GhServerStatement *statement;

  if (search == NULL || !gh_server_page_read (&page, list.kind, request, response))
    return;
  statement = gh_server_database_query (
    context->database,
    &error,
    "SELECT " COLUMNS LIST_CONDITION,
    "ssii",
    page.after != NULL ? page.after : "",
    search,
    request->identity->workspaces != NULL ? request->identity->id : (gint64) 0,
    (gint64) page.limit + 1);
  gh_server_page_answer (&page, &list, statement, error, request, response);
}

gboolean
gh_server_workspace_exists (GhServerContext *context, const char *id, GError **error)
{
  return gh_server_database_get_number (
           context->database, 0, error, "SELECT 1 FROM workspaces WHERE id = ?", "s", id)
         > 0;
}

void
gh_server_handle_workspace (GhServerContext *context,
                            GhServerRequest *request,
                            GhServerResponse *response)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GhServerStatement) statement
    = gh_server_database_query (context->database,
                                &error,
                                "SELECT " COLUMNS " FROM workspaces w WHERE w.id = ?",
                                "s",
                                request->parameters[0]);

  if (statement != NULL && gh_server_statement_next (statement, &error))
    {
      object = read_workspace (statement, request);
      gh_server_response_set_json (
        response, SOUP_STATUS_OK, json_node_init_object (json_node_alloc (), object));
    }
  else if (error != NULL)
    gh_server_response_fail (response, error);
  else
    gh_server_refuse_unknown ("workspace", response);
}
