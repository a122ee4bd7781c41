/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server says about itself and about the asker: health, capabilities, me, and the
 * schema of a policy, straight from the settings table. */

#include "gh-server-handlers.h"

#include "gh-server-reader.h"
#include "gh-value-type.h"

void
gh_server_handle_health (GhServerContext *context,
                         GhServerRequest *request,
                         GhServerResponse *response)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object;
  JsonNode *node;

  gh_server_database_get_number (
    context->database, 0, &error, "SELECT count (*) FROM (SELECT 1 FROM workspaces LIMIT 1)", "");
  if (error != NULL)
    {
      gh_server_response_fail (response, error);
      return;
    }
  object = json_object_new ();
  json_object_set_string_member (object, "status", "ok");
  node = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);
  gh_server_response_set_json (response, SOUP_STATUS_OK, node);
}

static void
add_strings (JsonBuilder *builder, const char *name, const char *const *strings)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; strings[i] != NULL; i++)
    json_builder_add_string_value (builder, strings[i]);
  json_builder_end_array (builder);
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_number (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
answer (JsonBuilder *builder, GhServerResponse *response)
{
  gh_server_response_set_json (response, SOUP_STATUS_OK, json_builder_get_root (builder));
}

static void
add_limits (JsonBuilder *builder, const GhServerOptions *options)
{
  json_builder_set_member_name (builder, "limits");
  json_builder_begin_object (builder);
  add_number (builder, "page", GH_SERVER_MAXIMUM_PAGE);
  add_number (builder, "body-bytes", GH_SERVER_MAXIMUM_BODY);
  add_number (builder, "reason-characters", GH_SERVER_MAXIMUM_REASON);
  add_number (builder, "idempotency-hours", GH_SERVER_IDEMPOTENCY_HOURS);
  if (options->rate_limit > 0)
    add_number (builder, "requests-a-second", options->rate_limit);
  json_builder_end_object (builder);
}

void
gh_server_handle_capabilities (GhServerContext *context,
                               GhServerRequest *request,
                               GhServerResponse *response)
{
  static const char *const versions[] = { "v1", NULL };
  static const char *const features[]
    = { "dry-run",       "idempotency-keys", "revisions",    "restore", "headers",
        "policy-schema", "communities",      "audit-events", NULL };
  const char *token_headers[] = { "Authorization", context->options->token_header, NULL };
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_strings (builder, "versions", versions);
  add_strings (builder, "features", features);
  add_strings (builder, "token-headers", token_headers);
  add_limits (builder, context->options);
  json_builder_end_object (builder);
  answer (builder, response);
}

static void
add_workspaces (JsonBuilder *builder, GHashTable *workspaces)
{
  g_autofree const char **ids = NULL;
  guint n_ids;

  if (workspaces == NULL)
    {
      add_string (builder, "workspaces", NULL);
      return;
    }
  ids = (const char **) g_hash_table_get_keys_as_array (workspaces, &n_ids);
  qsort (ids, n_ids, sizeof *ids, (GCompareFunc) g_strcmp0);
  add_strings (builder, "workspaces", ids);
}

void
gh_server_handle_me (GhServerContext *context, GhServerRequest *request, GhServerResponse *response)
{
  const GhServerIdentity *identity = request->identity;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_auto (GStrv) scopes = gh_server_scopes_to_strv (identity->scopes);
  g_autofree char *expires
    = identity->expires != 0 ? gh_server_format_time (identity->expires) : NULL;

  json_builder_begin_object (builder);
  add_string (builder, "name", identity->name);
  add_string (builder, "role", gh_server_role_to_string (identity->role));
  add_strings (builder, "scopes", (const char *const *) scopes);
  add_workspaces (builder, identity->workspaces);
  add_string (builder, "expires", expires);
  json_builder_end_object (builder);
  answer (builder, response);
}

static void
add_choices (JsonBuilder *builder, const GhSetting *setting)
{
  json_builder_set_member_name (builder, "choices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < setting->n_choices; i++)
    {
      json_builder_begin_object (builder);
      add_string (builder, "id", setting->choices[i].id);
      add_string (builder, "title", setting->choices[i].title);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_field (JsonBuilder *builder, const GhSetting *setting)
{
  json_builder_begin_object (builder);
  add_number (builder, "number", setting->number);
  add_string (builder, "id", setting->id);
  add_string (builder, "parent", setting->parent);
  add_string (builder, "group", setting->group);
  add_string (builder, "title", setting->title);
  add_string (builder, "help", setting->help);
  add_string (builder, "type", setting->type->id);
  add_string (builder, "unit", setting->unit);
  add_number (builder, "minimum", setting->minimum);
  add_number (builder, "maximum", setting->maximum);
  add_choices (builder, setting);
  json_builder_set_member_name (builder, "default");
  json_builder_add_value (builder, gh_value_to_json (setting, gh_setting_get_default (setting)));
  add_string (builder, "zero", setting->zero);
  add_string (builder, "scope", setting->scope == GH_SCOPE_COMMUNITY ? "community" : "workspace");
  add_string (builder, "recommended", setting->recommended);
  add_string (builder, "source", setting->source);
  json_builder_set_member_name (builder, "read-only");
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_end_object (builder);
}

static void
add_groups (JsonBuilder *builder)
{
  const GhGroup *groups = gh_groups_get_table ();

  json_builder_set_member_name (builder, "groups");
  json_builder_begin_array (builder);
  for (guint i = 0; i < GH_N_GROUPS; i++)
    {
      json_builder_begin_object (builder);
      add_string (builder, "id", groups[i].id);
      add_string (builder, "title", groups[i].title);
      add_string (builder, "description", groups[i].description);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
gh_server_handle_policy_schema (GhServerContext *context,
                                GhServerRequest *request,
                                GhServerResponse *response)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *tag = NULL;

  json_builder_begin_object (builder);
  add_groups (builder);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    add_field (builder, gh_settings_get_nth (i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  answer (builder, response);

  tag = gh_server_entity_tag (response->body);
  gh_server_response_validate (response, request, tag);
}
