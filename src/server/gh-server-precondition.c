/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What must hold before a write: the right media type, a readable patch, and the revision
 * that the client has seen. */

#include "gh-server-handlers.h"

#include <string.h>

#include "gh-strict-json.h"

#define MERGE_PATCH "application/merge-patch+json"

static gboolean
is_merge_patch (GhServerRequest *request)
{
  const char *encoding = gh_server_request_get_header (request, "Content-Encoding");
  const char *type = gh_server_request_get_header (request, "Content-Type");
  gsize length = strlen (MERGE_PATCH);

  return (encoding == NULL || g_ascii_strcasecmp (encoding, "identity") == 0) && type != NULL
         && g_ascii_strncasecmp (type, MERGE_PATCH, length) == 0
         && strchr ("; \t", type[length]) != NULL;
}

static void
refuse_shape (GhServerResponse *response)
{
  JsonObject *members = json_object_new ();
  JsonArray *errors = json_array_new ();
  JsonObject *item = json_object_new ();

  json_object_set_string_member (item, "pointer", "");
  json_object_set_string_member (item, "code", "schema");
  json_object_set_string_member (item, "detail", "A patch is an object of fields.");
  json_array_add_object_element (errors, item);
  json_object_set_array_member (members, "errors", errors);
  gh_server_response_refuse_with (
    response, GH_PROBLEM_INVALID, members, "The body must be an object, {\"FIELD\": VALUE, …}.");
}

JsonObject *
gh_server_read_patch (GhServerRequest *request, GhServerResponse *response)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (request->body, &length);

  if (!is_merge_patch (request))
    {
      gh_server_response_refuse (
        response, GH_PROBLEM_MEDIA_TYPE, "Send the patch as " MERGE_PATCH ", not encoded.");
      gh_server_response_set_header (response, "Accept-Patch", MERGE_PATCH);
      return NULL;
    }
  node = gh_strict_json_parse (text != NULL ? text : "", length, &error);
  if (node == NULL)
    {
      gh_server_response_refuse (
        response, GH_PROBLEM_MALFORMED, "The body is not JSON: %s", error->message);
      return NULL;
    }
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_dup_object (node);
  refuse_shape (response);
  return NULL;
}

/* What was changed since the revision that the client knows; what the last revision changed
 * when the client knows none of ours. */
static JsonNode *
list_changed_since (GhServerContext *context, GhServerRevision *current, const char *tag)
{
  g_autoptr (GhServerRevision) known
    = gh_server_revision_find_tag (context->database, current->workspace, tag, NULL);
  JsonNode *node;

  if (known == NULL)
    return json_from_string (current->changed, NULL);
  node = json_node_new (JSON_NODE_ARRAY);
  json_node_take_array (node, gh_server_list_changed (known->policy, current->policy));
  return node;
}

void
gh_server_refuse_stale (const char *tag,
                        gint64 revision,
                        gint64 at,
                        const char *by,
                        JsonNode *changed_fields,
                        GhServerResponse *response)
{
  JsonObject *members = json_object_new ();
  g_autofree char *time = gh_server_format_time (at);

  json_object_set_string_member (members, "current-etag", tag);
  json_object_set_int_member (members, "current-revision", revision);
  json_object_set_member (members, "changed-fields", changed_fields);
  json_object_set_string_member (members, "changed-by", by);
  json_object_set_string_member (members, "changed-at", time);
  gh_server_response_refuse_with (
    response,
    GH_PROBLEM_STALE,
    members,
    "Nothing was changed: the policy is no longer the one that If-Match names. Read it again, "
    "bring both changes together, and send the result with the new tag.");
}

GhServerPrecondition
gh_server_check_if_match (const char *tag, GhServerRequest *request, GhServerResponse *response)
{
  const char *tags = gh_server_request_get_header (request, "If-Match");

  if (tags != NULL)
    return gh_server_entity_tags_contain (tags, tag, TRUE) ? GH_PRECONDITION_HOLDS
                                                           : GH_PRECONDITION_FAILED;
  gh_server_response_refuse (
    response,
    GH_PROBLEM_PRECONDITION_REQUIRED,
    "Send If-Match with the ETag of the policy that this change was made for.");
  return GH_PRECONDITION_MISSING;
}

gboolean
gh_server_check_revision (GhServerContext *context,
                          GhServerRevision *current,
                          GhServerRequest *request,
                          GhServerResponse *response)
{
  const char *tags = gh_server_request_get_header (request, "If-Match");
  GhServerPrecondition precondition = gh_server_check_if_match (current->tag, request, response);

  if (precondition == GH_PRECONDITION_FAILED)
    gh_server_refuse_stale (current->tag,
                            current->revision,
                            current->at,
                            current->by,
                            list_changed_since (context, current, tags),
                            response);
  return precondition == GH_PRECONDITION_HOLDS;
}

gboolean
gh_server_refuse_values (JsonArray *errors, GhServerResponse *response)
{
  JsonObject *members;
  guint n_errors = json_array_get_length (errors);
  g_autofree char *detail = g_strdup_printf (
    "Nothing was changed: %u of the values cannot be taken. See errors.", n_errors);

  if (n_errors == 0)
    {
      json_array_unref (errors);
      return FALSE;
    }
  members = json_object_new ();
  json_object_set_array_member (members, "errors", errors);
  gh_server_response_refuse_with (response, GH_PROBLEM_INVALID, members, detail);
  return TRUE;
}
