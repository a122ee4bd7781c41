/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The history of a workspace's policy, and going back in it. */

#include "gh-server-handlers.h"

#define CURSOR_KIND "revisions"

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

static JsonArray *
read_page (GhServerContext *context,
           const char *workspace,
           const GhServerPage *page,
           gint64 *last,
           gboolean *more,
           GError **error)
{
  g_autoptr (JsonArray) list = json_array_new ();
  g_autoptr (GError) failure = NULL;
  g_autoptr (GhServerStatement) statement = gh_server_database_query (
    context->database,
    &failure,
    "SELECT revision, at, by, reason, changed FROM revisions"
    " WHERE workspace = ? AND revision < ? ORDER BY revision DESC LIMIT ?",
    "sii",
    workspace,
    page->after != NULL ? g_ascii_strtoll (page->after, NULL, 10) : G_MAXINT64,
    (gint64) page->limit + 1);

  while (statement != NULL && gh_server_statement_next (statement, &failure))
    {
      JsonObject *object;

      *more = json_array_get_length (list) == page->limit;
      if (*more)
        break;
      *last = gh_server_statement_get_number (statement, 0);
      object = json_object_new ();
      add_common_members (object,
                          *last,
                          gh_server_statement_get_number (statement, 1),
                          gh_server_statement_get_text (statement, 2),
                          gh_server_statement_get_text (statement, 3),
                          gh_server_statement_get_text (statement, 4));
      json_array_add_object_element (list, object);
    }
  if (failure == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

void
gh_server_handle_revisions (GhServerContext *context,
                            GhServerRequest *request,
                            GhServerResponse *response)
{
  g_auto (GhServerPage) page = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *after = NULL;
  gboolean more = FALSE;
  gint64 last = 0;
  JsonArray *list;

  if (!gh_server_page_read (&page, CURSOR_KIND, request, response))
    return;
  list = read_page (context, request->parameters[0], &page, &last, &more, &error);
  if (list == NULL)
    {
      gh_server_response_fail (response, error);
      return;
    }
  object = json_object_new ();
  json_object_set_array_member (object, "revisions", list);
  if (last == 0 && page.after == NULL)
    {
      gh_server_refuse_unknown ("workspace", response);
      return;
    }
  gh_server_response_set_json (
    response, SOUP_STATUS_OK, json_node_init_object (json_node_alloc (), object));
  after = g_strdup_printf ("%" G_GINT64_FORMAT, last);
  if (more)
    gh_server_page_link_next (CURSOR_KIND, after, request, response);
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
  else if (gh_server_check_if_match (context, current, request, response))
    gh_server_change_policy (context, current, old->policy, "policy.restored", request, response);
}
