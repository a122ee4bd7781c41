/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The history of a workspace's policy, and going back in it. */

#include "gh-server-handlers.h"

static void
add_common_members (JsonObject *object,
                    gint64 revision,
                    gint64 at,
                    const char *by,
                    const char *reason,
                    const char *changed)
{
  g_autofree char *time = gh_server_format_time (at);

  json_object_set_int_member (object, "revision", revision);
  json_object_set_string_member (object, "at", time);
  json_object_set_string_member (object, "by", by);
  json_object_set_string_member (object, "reason", reason);
  json_object_set_member (object, "changed-fields", json_from_string (changed, NULL));
}

static JsonObject *
read_row (GhServerStatement *statement, GhServerRequest *request)
{
  JsonObject *object = json_object_new ();

  add_common_members (object,
                      gh_server_statement_get_number (statement, 0),
                      gh_server_statement_get_number (statement, 1),
                      gh_server_statement_get_text (statement, 2),
                      gh_server_statement_get_text (statement, 3),
                      gh_server_statement_get_text (statement, 4));
  return object;
}

void
gh_server_handle_revisions (GhServerContext *context,
                            GhServerRequest *request,
                            GhServerResponse *response)
{
  static const GhServerList list = { "revisions", "revisions", 0, read_row };
  g_auto (GhServerPage) page = { 0 };
  g_autoptr (GError) error = NULL;
  GhServerStatement *statement = NULL;

  if (!gh_server_page_read (&page, list.kind, request, response))
    return;
  if (gh_server_workspace_exists (context, request->parameters[0], &error))
    statement = gh_server_database_query (
      context->database,
      &error,
      "SELECT revision, at, by, reason, changed FROM revisions"
      " WHERE workspace = ? AND revision < ? ORDER BY revision DESC LIMIT ?",
      "sii",
      request->parameters[0],
      page.after != NULL ? g_ascii_strtoll (page.after, NULL, 10) : G_MAXINT64,
      (gint64) page.limit + 1);
  if (statement == NULL && error == NULL)
    gh_server_refuse_unknown ("workspace", response);
  else
    gh_server_page_answer (&page, &list, statement, error, request, response);
}

/* The revision in the path; NULL with the response made a problem. */
static GhServerRevision *
load_named (GhServerContext *context, GhServerRequest *request, GhServerResponse *response)
{
  g_autoptr (GError) error = NULL;
  GhServerRevision *revision = NULL;
  guint64 number;

  if (g_ascii_string_to_unsigned (request->parameters[1], 10, 1, G_MAXINT64, &number, NULL))
    revision = gh_server_revision_load (
      context->database, request->parameters[0], (gint64) number, &error);
  if (error != NULL)
    gh_server_response_fail (response, error);
  else if (revision == NULL)
    gh_server_refuse_unknown ("revision", response);
  return revision;
}

void
gh_server_handle_revision (GhServerContext *context,
                           GhServerRequest *request,
                           GhServerResponse *response)
{
  g_autoptr (GhServerRevision) revision = load_named (context, request, response);
  g_autoptr (JsonObject) object = NULL;

  if (revision == NULL)
    return;
  object = json_object_new ();
  add_common_members (
    object, revision->revision, revision->at, revision->by, revision->reason, revision->changed);
  json_object_set_member (
    object, "policy", json_from_string (g_bytes_get_data (revision->body, NULL), NULL));
  gh_server_response_set_json (
    response, SOUP_STATUS_OK, json_node_init_object (json_node_alloc (), object));
  gh_server_response_validate (response, request, revision->tag);
}

void
gh_server_handle_restore (GhServerContext *context,
                          GhServerRequest *request,
                          GhServerResponse *response)
{
  g_autoptr (GhServerRevision) old = load_named (context, request, response);
  g_autoptr (GhServerRevision) current = NULL;
  g_autoptr (GError) error = NULL;

  if (old == NULL)
    return;
  current = gh_server_revision_load (context->database, request->parameters[0], 0, &error);
  if (current == NULL)
    gh_server_response_fail (response, error);
  else if (gh_server_check_revision (context, current, request, response))
    gh_server_change_policy (context, current, old->policy, "policy.restored", request, response);
}
