/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From checked JSON to structures of this room. */

#include "gh-answers.h"

#include <glib/gi18n-lib.h>

#include "gh-json-reader.h"
#include "gh-policy-json.h"
#include "gh-wire.h"

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error (error,
               GH_REMOTE_ERROR,
               GH_REMOTE_ERROR_PROTOCOL,
               _ ("The server's answer is not of the policy API: %s"),
               why);
  return FALSE;
}

static JsonObject *
get_object (const GhAnswer *answer, GError **error)
{
  if (answer->root != NULL && JSON_NODE_HOLDS_OBJECT (answer->root))
    return json_node_get_object (answer->root);
  refuse (error, _ ("an object was expected."));
  return NULL;
}

GhIdentity *
gh_answers_read_identity (const GhAnswer *answer, GError **error)
{
  g_autoptr (GhIdentity) identity = NULL;
  JsonObject *object = get_object (answer, error);

  if (object == NULL)
    return NULL;
  identity = g_new0 (GhIdentity, 1);
  identity->name = gh_json_reader_dup_text (object, "name");
  identity->role = gh_json_reader_dup_text (object, "role");
  identity->scopes = gh_json_reader_dup_texts (object, "scopes");
  if (identity->name != NULL && identity->role != NULL && identity->scopes != NULL)
    return g_steal_pointer (&identity);
  refuse (error, _ ("it does not say who the token is for."));
  return NULL;
}

static GhRemoteWorkspace *
read_workspace (JsonNode *node)
{
  g_autoptr (GhRemoteWorkspace) workspace = NULL;
  JsonObject *object;
  const char *id;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  object = json_node_get_object (node);
  id = gh_json_reader_get_string (object, "id");
  if (id == NULL || !gh_wire_is_id (id))
    return NULL;
  workspace = g_new0 (GhRemoteWorkspace, 1);
  workspace->id = g_strdup (id);
  workspace->name = gh_json_reader_dup_text (object, "name");
  workspace->url = gh_json_reader_dup_text (object, "url");
  workspace->tags = gh_json_reader_dup_texts (object, "tags");
  workspace->role = gh_json_reader_dup_text (object, "role");
  gh_json_reader_get_integer (object, "revision", &workspace->revision);
  if (workspace->name == NULL || workspace->role == NULL || workspace->revision < 0)
    return NULL;
  if (workspace->tags == NULL)
    workspace->tags = g_new0 (char *, 1);
  if (workspace->url == NULL)
    workspace->url = g_strdup ("");
  return g_steal_pointer (&workspace);
}

static GhRevision *
read_revision_entry (JsonNode *node)
{
  g_autoptr (GhRevision) revision = NULL;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  object = json_node_get_object (node);
  revision = g_new0 (GhRevision, 1);
  revision->at = gh_json_reader_dup_text (object, "at");
  revision->by = gh_json_reader_dup_text (object, "by");
  revision->reason = gh_json_reader_dup_text (object, "reason");
  revision->changed_fields = gh_json_reader_dup_texts (object, "changed-fields");
  if (!gh_json_reader_get_integer (object, "revision", &revision->revision)
      || revision->revision <= 0 || revision->at == NULL || revision->by == NULL)
    return NULL;
  if (revision->reason == NULL)
    revision->reason = g_strdup ("");
  if (revision->changed_fields == NULL)
    revision->changed_fields = g_new0 (char *, 1);
  return g_steal_pointer (&revision);
}

static GhRemoteCommunity *
read_community (JsonNode *node)
{
  g_autoptr (GhRemoteCommunity) community = NULL;
  JsonObject *object;
  const char *id;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  object = json_node_get_object (node);
  id = gh_json_reader_get_string (object, "id");
  if (id == NULL || !gh_wire_is_id (id))
    return NULL;
  community = g_new0 (GhRemoteCommunity, 1);
  community->id = g_strdup (id);
  community->name = gh_json_reader_dup_text (object, "name");
  if (!gh_json_reader_get_integer (object, "revision", &community->revision)
      || community->revision <= 0 || community->name == NULL)
    return NULL;
  return g_steal_pointer (&community);
}

/* An event need not be about a workspace, nor have been made by somebody the server knows. */
static GhAuditEvent *
read_audit_event (JsonNode *node)
{
  g_autoptr (GhAuditEvent) event = NULL;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  object = json_node_get_object (node);
  event = g_new0 (GhAuditEvent, 1);
  event->at = gh_json_reader_dup_text (object, "at");
  event->by = gh_json_reader_dup_text (object, "by");
  event->action = gh_json_reader_dup_text (object, "action");
  event->workspace = gh_json_reader_dup_text (object, "workspace");
  event->community = gh_json_reader_dup_text (object, "community");
  event->reason = gh_json_reader_dup_text (object, "reason");
  event->changed_fields = gh_json_reader_dup_texts (object, "changed-fields");
  gh_json_reader_get_integer (object, "revision", &event->revision);
  if (!gh_json_reader_get_integer (object, "id", &event->id) || event->at == NULL
      || event->action == NULL || event->revision < 0)
    return NULL;
  if (event->by == NULL)
    event->by = g_strdup ("");
  if (event->reason == NULL)
    event->reason = g_strdup ("");
  if (event->changed_fields == NULL)
    event->changed_fields = g_new0 (char *, 1);
  return g_steal_pointer (&event);
}

static gboolean
read_list (const GhAnswer *answer,
           const char *member,
           gpointer (*read_item) (JsonNode *node),
           guint maximum,
           GPtrArray *list,
           GError **error)
{
  JsonObject *object = get_object (answer, error);
  JsonArray *array;

  if (object == NULL)
    return FALSE;
  array = gh_json_reader_get_array (object, member);
  if (array == NULL)
    return refuse (error, _ ("it has no list."));
  if (json_array_get_length (array) > maximum - list->len)
    return refuse (error, _ ("the list is longer than this program accepts."));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      gpointer item = read_item (json_array_get_element (array, i));

      if (item == NULL)
        return refuse (error, _ ("an entry of the list lacks a part or has a wrong one."));
      g_ptr_array_add (list, item);
    }
  return TRUE;
}

gboolean
gh_answers_read_workspaces (const GhAnswer *answer, GPtrArray *workspaces, GError **error)
{
  return read_list (answer,
                    "workspaces",
                    (gpointer (*) (JsonNode *)) read_workspace,
                    GH_ANSWERS_MAXIMUM_WORKSPACES,
                    workspaces,
                    error);
}

gboolean
gh_answers_read_revisions (const GhAnswer *answer, GPtrArray *revisions, GError **error)
{
  return read_list (answer,
                    "revisions",
                    (gpointer (*) (JsonNode *)) read_revision_entry,
                    GH_ANSWERS_MAXIMUM_REVISIONS,
                    revisions,
                    error);
}

gboolean
gh_answers_read_communities (const GhAnswer *answer, GPtrArray *communities, GError **error)
{
  return read_list (answer,
                    "communities",
                    (gpointer (*) (JsonNode *)) read_community,
                    GH_ANSWERS_MAXIMUM_COMMUNITIES,
                    communities,
                    error);
}

gboolean
gh_answers_read_audit_events (const GhAnswer *answer, GPtrArray *events, GError **error)
{
  return read_list (answer,
                    "events",
                    (gpointer (*) (JsonNode *)) read_audit_event,
                    GH_ANSWERS_MAXIMUM_AUDIT_EVENTS,
                    events,
                    error);
}

static gint64
read_revision_header (const GhAnswer *answer)
{
  const char *value = soup_message_headers_get_one (answer->headers, "Gatehouse-Revision");
  guint64 revision = 0;

  if (value != NULL)
    g_ascii_string_to_unsigned (value, 10, 1, G_MAXINT64, &revision, NULL);
  return (gint64) revision;
}

static gboolean
read_tag (const GhAnswer *answer, char **tag, GError **error)
{
  const char *etag = soup_message_headers_get_one (answer->headers, "ETag");

  if (etag == NULL || !gh_wire_is_etag (etag))
    return refuse (error, _ ("the policy comes without a usable version mark (strong ETag)."));
  *tag = g_strdup (etag);
  return TRUE;
}

GhRemotePolicy *
gh_answers_read_policy (const GhAnswer *answer, gboolean tagged, GError **error)
{
  g_autoptr (GhRemotePolicy) policy = g_new0 (GhRemotePolicy, 1);
  g_autoptr (GError) cause = NULL;

  policy->not_modified = answer->status == 304;
  policy->revision = read_revision_header (answer);
  if (policy->not_modified)
    return g_steal_pointer (&policy);
  if (tagged && !read_tag (answer, &policy->etag, error))
    return NULL;
  policy->policy = gh_policy_from_json (answer->root, &cause);
  if (policy->policy != NULL)
    return g_steal_pointer (&policy);
  refuse (error, cause->message);
  return NULL;
}

GhRemoteOverrides *
gh_answers_read_overrides (const GhAnswer *answer, gboolean tagged, GError **error)
{
  g_autoptr (GhRemoteOverrides) overrides = g_new0 (GhRemoteOverrides, 1);
  g_autoptr (GError) cause = NULL;

  overrides->not_modified = answer->status == 304;
  overrides->revision = read_revision_header (answer);
  if (overrides->not_modified)
    return g_steal_pointer (&overrides);
  if (tagged && !read_tag (answer, &overrides->etag, error))
    return NULL;
  overrides->overrides = gh_overrides_from_json (answer->root, &cause);
  if (overrides->overrides != NULL)
    return g_steal_pointer (&overrides);
  refuse (error, cause->message);
  return NULL;
}

GhRemotePolicy *
gh_answers_read_revision (const GhAnswer *answer, GError **error)
{
  g_autoptr (GhRemotePolicy) policy = g_new0 (GhRemotePolicy, 1);
  g_autoptr (GError) cause = NULL;
  JsonObject *object = get_object (answer, error);
  const char *etag = soup_message_headers_get_one (answer->headers, "ETag");
  JsonNode *node;

  if (object == NULL)
    return NULL;
  node = json_object_get_member (object, "policy");
  if (!gh_json_reader_get_integer (object, "revision", &policy->revision) || node == NULL)
    {
      refuse (error, _ ("it is not a revision of a policy."));
      return NULL;
    }
  if (etag != NULL && gh_wire_is_etag (etag))
    policy->etag = g_strdup (etag);
  policy->policy = gh_policy_from_json (node, &cause);
  if (policy->policy != NULL)
    return g_steal_pointer (&policy);
  refuse (error, cause->message);
  return NULL;
}

void
gh_identity_free (GhIdentity *identity)
{
  g_free (identity->name);
  g_free (identity->role);
  g_strfreev (identity->scopes);
  g_free (identity);
}

void
gh_remote_workspace_free (GhRemoteWorkspace *workspace)
{
  g_free (workspace->id);
  g_free (workspace->name);
  g_free (workspace->url);
  g_strfreev (workspace->tags);
  g_free (workspace->role);
  g_free (workspace);
}

void
gh_remote_policy_free (GhRemotePolicy *policy)
{
  g_clear_pointer (&policy->policy, gh_policy_unref);
  g_free (policy->etag);
  g_free (policy);
}

void
gh_revision_free (GhRevision *revision)
{
  g_free (revision->at);
  g_free (revision->by);
  g_free (revision->reason);
  g_strfreev (revision->changed_fields);
  g_free (revision);
}

void
gh_remote_community_free (GhRemoteCommunity *community)
{
  g_free (community->id);
  g_free (community->name);
  g_free (community);
}

void
gh_remote_overrides_free (GhRemoteOverrides *overrides)
{
  g_clear_pointer (&overrides->overrides, g_hash_table_unref);
  g_free (overrides->etag);
  g_free (overrides);
}

void
gh_audit_event_free (GhAuditEvent *event)
{
  g_free (event->at);
  g_free (event->by);
  g_free (event->action);
  g_free (event->workspace);
  g_free (event->community);
  g_free (event->reason);
  g_strfreev (event->changed_fields);
  g_free (event);
}

void
gh_answer_free (GhAnswer *answer)
{
  soup_message_headers_unref (answer->headers);
  g_clear_pointer (&answer->root, json_node_unref);
  g_free (answer);
}
