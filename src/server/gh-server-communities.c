/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Communities of a workspace: the settings of community scope may be given a value of their
 * own there; null stands for the workspace's value. */

#include "gh-server-handlers.h"

#include <string.h>

#include "gh-policy-error.h"
#include "gh-server-audit.h"
#include "gh-value-type.h"

#define TAG_DIGITS 16

typedef struct
{
  char *workspace;
  char *id;
  gint64 revision;
  JsonObject *overrides; /* what is not inherited */
  char *tag;
  GBytes *body;
} Community;

static void
community_free (Community *self)
{
  g_free (self->workspace);
  g_free (self->id);
  g_clear_pointer (&self->overrides, json_object_unref);
  g_free (self->tag);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Community, community_free)

/* Every field of community scope, in table order, null where it is inherited. */
static void
render (Community *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *digest = NULL;
  char *text;

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      if (setting->scope != GH_SCOPE_COMMUNITY)
        continue;
      if (json_object_has_member (self->overrides, setting->id))
        json_object_set_member (
          object, setting->id, json_object_dup_member (self->overrides, setting->id));
      else
        json_object_set_null_member (object, setting->id);
    }
  json_node_take_object (node, object);
  text = json_to_string (node, FALSE);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  g_free (self->tag);
  self->tag
    = g_strdup_printf ("\"c%" G_GINT64_FORMAT "-%.*s\"", self->revision, TAG_DIGITS, digest);
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_bytes_new_take (text, strlen (text));
}

/* The community in the path; NULL with the response made a problem. */
static Community *
load (GhServerContext *context, GhServerRequest *request, GhServerResponse *response)
{
  g_autoptr (Community) self = g_new0 (Community, 1);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GhServerStatement) statement = gh_server_database_query (
    context->database,
    &error,
    "SELECT revision, overrides FROM communities WHERE workspace = ? AND id = ?",
    "ss",
    request->parameters[0],
    request->parameters[1]);

  if (statement == NULL || !gh_server_statement_next (statement, &error))
    {
      if (error != NULL)
        gh_server_response_fail (response, error);
      else
        gh_server_refuse_unknown ("community", response);
      return NULL;
    }
  self->workspace = g_strdup (request->parameters[0]);
  self->id = g_strdup (request->parameters[1]);
  self->revision = gh_server_statement_get_number (statement, 0);
  node = json_from_string (gh_server_statement_get_text (statement, 1), NULL);
  self->overrides = json_node_dup_object (node);
  render (self);
  return g_steal_pointer (&self);
}

static void
answer (Community *self, GhServerResponse *response)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, self->revision);

  gh_server_response_set_body (response, SOUP_STATUS_OK, "application/json", self->body);
  gh_server_response_set_header (response, "ETag", self->tag);
  gh_server_response_set_header (response, "Gatehouse-Revision", number);
  gh_server_response_set_header (response, "Cache-Control", "private, no-cache");
}

void
gh_server_handle_get_community_policy (GhServerContext *context,
                                       GhServerRequest *request,
                                       GhServerResponse *response)
{
  g_autoptr (Community) community = load (context, request, response);

  if (community == NULL)
    return;
  answer (community, response);
  gh_server_response_validate (response, request, community->tag);
}

/* Who changed it last, and what, is in the audit trail. */
static void
refuse_stale (GhServerContext *context, Community *self, GhServerResponse *response)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GhServerStatement) statement = gh_server_database_query (
    context->database,
    &error,
    "SELECT at, by, changed FROM audit_events WHERE workspace = ? AND community = ?"
    " ORDER BY id DESC LIMIT 1",
    "ss",
    self->workspace,
    self->id);
  gboolean known = statement != NULL && gh_server_statement_next (statement, &error);

  if (error != NULL)
    gh_server_response_fail (response, error);
  else
    gh_server_refuse_stale (
      self->tag,
      self->revision,
      known ? gh_server_statement_get_number (statement, 0) : 0,
      known ? gh_server_statement_get_text (statement, 1) : "gatehouse-server",
      json_from_string (known ? gh_server_statement_get_text (statement, 2) : "[]", NULL),
      response);
}

/* One member of the patch. Adds to changed, or to errors. */
static void
take_member (Community *self,
             const char *name,
             JsonNode *node,
             JsonArray *changed,
             JsonArray *errors)
{
  const GhSetting *setting = gh_settings_lookup (name);
  JsonNode *now = json_object_get_member (self->overrides, name);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;

  if (setting == NULL || setting->scope != GH_SCOPE_COMMUNITY)
    {
      gh_problem_add_error (errors,
                            name,
                            setting == NULL ? "unknown-field" : "scope",
                            "A community has no such setting of its own.");
      return;
    }
  if (!JSON_NODE_HOLDS_NULL (node))
    {
      value = gh_value_from_json (setting, node, &error);
      if (value == NULL || !gh_value_check (setting, value, &error))
        {
          gh_problem_add_error (errors, name, gh_policy_error_get_code (error), error->message);
          return;
        }
    }
  if (now == NULL ? value == NULL : value != NULL && json_node_equal (now, node))
    return;
  json_array_add_string_element (changed, name);
  if (value != NULL)
    json_object_set_member (self->overrides, name, gh_value_to_json (setting, value));
  else
    json_object_remove_member (self->overrides, name);
}

static JsonArray *
apply (Community *self, JsonObject *patch, JsonArray **errors)
{
  JsonArray *changed = json_array_new ();
  g_autoptr (JsonObject) overrides = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, self->overrides);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    json_object_set_member (overrides, name, json_node_copy (node));
  json_object_unref (self->overrides);
  self->overrides = g_steal_pointer (&overrides);

  *errors = json_array_new ();
  json_object_iter_init_ordered (&iter, patch);
  while (json_object_iter_next_ordered (&iter, &name, &node))
    take_member (self, name, node, changed, *errors);
  return changed;
}

static char *
to_text (JsonNode *node)
{
  g_autoptr (JsonNode) owned = node;

  return json_to_string (owned, FALSE);
}

static gboolean
store (GhServerContext *context,
       Community *self,
       const char *by,
       const char *reason,
       const char *changed,
       GError **error)
{
  g_autofree char *overrides
    = to_text (json_node_init_object (json_node_alloc (), self->overrides));

  return gh_server_database_run (
           context->database,
           error,
           "UPDATE communities SET revision = ?, overrides = ? WHERE workspace = ? AND id = ?",
           "isss",
           self->revision,
           overrides,
           self->workspace,
           self->id)
         && gh_server_audit_add (context->database,
                                 &(GhServerAuditEvent){
                                   .at = g_get_real_time (),
                                   .by = by,
                                   .action = "community.changed",
                                   .workspace = self->workspace,
                                   .community = self->id,
                                   .revision = self->revision,
                                   .reason = reason,
                                   .changed = changed,
                                 },
                                 error);
}

static void
change (GhServerContext *context,
        Community *self,
        JsonObject *patch,
        GhServerRequest *request,
        GhServerResponse *response)
{
  g_autofree char *reason = gh_server_read_reason (request, response);
  JsonArray *errors = NULL;
  g_autoptr (JsonArray) changed = NULL;
  g_autofree char *changed_text = NULL;
  g_autoptr (GError) error = NULL;
  gboolean dry_run;

  if (reason == NULL || !gh_server_read_flag ("dry-run", &dry_run, request, response))
    return;
  changed = apply (self, patch, &errors);
  if (gh_server_refuse_values (errors, response))
    return;
  if (json_array_get_length (changed) > 0 && !dry_run)
    {
      self->revision++;
      changed_text = to_text (json_node_init_array (json_node_alloc (), changed));
      store (context, self, request->identity->name, reason, changed_text, &error);
    }
  render (self);
  if (error != NULL)
    gh_server_response_fail (response, error);
  else
    answer (self, response);
  if (dry_run)
    {
      soup_message_headers_remove (response->headers, "ETag");
      soup_message_headers_remove (response->headers, "Gatehouse-Revision");
      gh_server_response_set_header (response, "Gatehouse-Dry-Run", "true");
      gh_server_response_set_header (response, "Cache-Control", "no-store");
    }
}

void
gh_server_handle_patch_community_policy (GhServerContext *context,
                                         GhServerRequest *request,
                                         GhServerResponse *response)
{
  g_autoptr (JsonObject) patch = gh_server_read_patch (request, response);
  g_autoptr (Community) community = NULL;

  if (patch == NULL)
    return;
  community = load (context, request, response);
  if (community == NULL)
    return;
  switch (gh_server_check_if_match (community->tag, request, response))
    {
    case GH_PRECONDITION_HOLDS:
      change (context, community, patch, request, response);
      break;
    case GH_PRECONDITION_FAILED:
      refuse_stale (context, community, response);
      break;
    case GH_PRECONDITION_MISSING:
    default:
      break;
    }
}

static JsonObject *
read_row (GhServerStatement *statement, GhServerRequest *request)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", gh_server_statement_get_text (statement, 0));
  json_object_set_string_member (object, "name", gh_server_statement_get_text (statement, 1));
  json_object_set_int_member (object, "revision", gh_server_statement_get_number (statement, 2));
  return object;
}

void
gh_server_handle_communities (GhServerContext *context,
                              GhServerRequest *request,
                              GhServerResponse *response)
{
  static const GhServerList list = { "communities", "communities", 0, read_row };
  g_auto (GhServerPage) page = { 0 };
  g_autoptr (GError) error = NULL;
  GhServerStatement *statement = NULL;

  if (!gh_server_page_read (&page, list.kind, request, response))
    return;
  if (gh_server_workspace_exists (context, request->parameters[0], &error))
    statement = gh_server_database_query (
      context->database,
      &error,
      "SELECT id, name, revision FROM communities WHERE workspace = ? AND id > ?"
      " ORDER BY id LIMIT ?",
      "ssi",
      request->parameters[0],
      page.after != NULL ? page.after : "",
      (gint64) page.limit + 1);
  if (statement == NULL && error == NULL)
    gh_server_refuse_unknown ("workspace", response);
  else
    gh_server_page_answer (&page, &list, statement, error, request, response);
}
