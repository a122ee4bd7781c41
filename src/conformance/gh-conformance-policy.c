/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checks of reading: the schema, a policy, its tag, and its headers. */

#include "gh-check.h"

#include <string.h>

#include "gh-keyed-hash.h"
#include "gh-value-type.h"

#define POLICY "/v1/workspaces/{workspace}/policy"
#define HEADERS "/v1/workspaces/{workspace}/headers"

static const char *const types[]
  = { "boolean", "integer", "enum", "string", "text", "string-list", NULL };

static const char *
get_text (JsonObject *object, const char *name)
{
  return object != NULL ? json_object_get_string_member_with_default (object, name, "") : "";
}

static void
schema_describes_fields (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", "/v1/policy-schema", NULL, NULL);
  g_autoptr (GHashTable) ids = gh_keyed_hash_table_new (NULL, NULL);
  JsonArray *fields = gh_check_array (self, answer, "fields");

  gh_check_status (self, answer, 200);
  gh_check_expect (self, fields != NULL && json_array_get_length (fields) > 0, "no field");
  for (guint i = 0; fields != NULL && i < json_array_get_length (fields); i++)
    {
      JsonObject *field = json_array_get_object_element (fields, i);
      const char *id = get_text (field, "id");

      gh_check_expect (self, *id != '\0', "field %u has no id", i);
      gh_check_expect (
        self, g_hash_table_add (ids, (gpointer) id), "the field %s is there twice", id);
    }
}

static void
schema_types_are_known (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", "/v1/policy-schema", NULL, NULL);
  JsonArray *fields = gh_check_array (self, answer, "fields");

  for (guint i = 0; fields != NULL && i < json_array_get_length (fields); i++)
    {
      const char *type = get_text (json_array_get_object_element (fields, i), "type");

      gh_check_expect (self, g_strv_contains (types, type), "there is no type \"%s\"", type);
    }
}

/* All 54 settings of this program: a server may know more. */
static void
schema_has_every_setting (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", "/v1/policy-schema", NULL, NULL);
  g_autoptr (GHashTable) ids = gh_keyed_hash_table_new (NULL, NULL);
  JsonArray *fields = gh_check_array (self, answer, "fields");

  for (guint i = 0; fields != NULL && i < json_array_get_length (fields); i++)
    g_hash_table_add (ids, (gpointer) get_text (json_array_get_object_element (fields, i), "id"));
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    gh_check_expect (self,
                     g_hash_table_contains (ids, gh_settings_get_nth (i)->id),
                     "the field %s is missing",
                     gh_settings_get_nth (i)->id);
}

/* A second GET with the first one's tag. */
static void
expect_304 (GhConformance *self, const char *path, const char *before, const char *after)
{
  g_autoptr (GhCheckAnswer) first = gh_check_ask (self, "GET", path, NULL, NULL);
  const char *tag = gh_check_header (first, "ETag");
  g_autofree char *tags = g_strconcat (before, tag, after, NULL);
  g_autoptr (GhCheckAnswer) second = NULL;

  if (!gh_check_expect (self, *tag != '\0', "there is no ETag"))
    return;
  second = gh_check_ask (self, "GET", path, NULL, "If-None-Match", tags, NULL);
  gh_check_status (self, second, 304);
}

static void
schema_can_be_cached (GhConformance *self)
{
  expect_304 (self, "/v1/policy-schema", "", "");
}

static void
policy_can_be_cached (GhConformance *self)
{
  expect_304 (self, POLICY, "", "");
}

static void
any_tag_of_a_list_will_do (GhConformance *self)
{
  expect_304 (self, POLICY, "\"gatehouse\", ", ", \"conformance\"");
}

static void
weak_comparison_for_reading (GhConformance *self)
{
  expect_304 (self, POLICY, "W/", "");
}

static void
other_tag_gets_the_policy (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer
    = gh_check_ask (self, "GET", POLICY, NULL, "If-None-Match", "\"gatehouse-other\"", NULL);

  gh_check_status (self, answer, 200);
}

static void
policy_is_flat (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", POLICY, NULL, NULL);
  JsonObject *object = gh_check_object (self, answer);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  gh_check_status (self, answer, 200);
  if (object == NULL)
    return;
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    gh_check_expect (self, !JSON_NODE_HOLDS_OBJECT (node), "%s is an object", name);
}

static void
tag_is_strong (GhConformance *self)
{
  g_autofree char *tag = gh_check_get_tag (self);
  gsize length = strlen (tag);

  gh_check_expect (self,
                   length > 2 && tag[0] == '"' && tag[length - 1] == '"',
                   "%s is not a strong entity tag",
                   tag);
}

static void
policy_has_every_field (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", POLICY, NULL, NULL);
  JsonObject *object = gh_check_object (self, answer);

  for (guint i = 0; object != NULL && i < GH_N_SETTINGS; i++)
    gh_check_expect (self,
                     json_object_has_member (object, gh_settings_get_nth (i)->id),
                     "the field %s is missing",
                     gh_settings_get_nth (i)->id);
}

static void
policy_values_fit (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer = gh_check_ask (self, "GET", POLICY, NULL, NULL);
  JsonObject *object = gh_check_object (self, answer);

  for (guint i = 0; object != NULL && i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      JsonNode *node = json_object_get_member (object, setting->id);
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = node != NULL ? gh_value_from_json (setting, node, &error) : NULL;

      if (error != NULL)
        gh_check_expect (self, FALSE, "%s: %s", setting->id, error->message);
    }
}

static void
head_is_get_without_body (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) head = gh_check_ask (self, "HEAD", POLICY, NULL, NULL);
  g_autofree char *tag = gh_check_get_tag (self);

  gh_check_status (self, head, 200);
  gh_check_expect (
    self, g_str_equal (gh_check_header (head, "ETag"), tag), "HEAD does not have the ETag of GET");
}

static void
headers_come_as_text (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer
    = gh_check_ask (self, "GET", HEADERS, NULL, "Accept", "text/plain", NULL);

  gh_check_status (self, answer, 200);
  gh_check_expect (self,
                   g_str_has_prefix (gh_check_header (answer, "Content-Type"), "text/plain"),
                   "Content-Type is not text/plain");
}

static void
headers_are_lines (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer
    = gh_check_ask (self, "GET", HEADERS, NULL, "Accept", "text/plain", NULL);
  g_auto (GStrv) lines = g_strsplit (answer->body != NULL ? answer->body : "", "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      gh_check_expect (
        self, strstr (lines[i], ": ") != NULL, "line %u is not \"Name: value\"", i + 1);
}

static void
headers_come_as_json (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) answer
    = gh_check_ask (self, "GET", HEADERS, NULL, "Accept", "application/json", NULL);
  JsonArray *list = gh_check_array (self, answer, "headers");

  gh_check_status (self, answer, 200);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *header = json_array_get_object_element (list, i);

      gh_check_expect (self,
                       *get_text (header, "name") != '\0' && *get_text (header, "value") != '\0',
                       "header %u has no name or value",
                       i);
    }
}

static void
headers_are_alike (GhConformance *self)
{
  g_autoptr (GhCheckAnswer) text
    = gh_check_ask (self, "GET", HEADERS, NULL, "Accept", "text/plain", NULL);
  g_autoptr (GhCheckAnswer) json
    = gh_check_ask (self, "GET", HEADERS, NULL, "Accept", "application/json", NULL);
  JsonArray *list = gh_check_array (self, json, "headers");
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *header = json_array_get_object_element (list, i);

      g_string_append_printf (
        lines, "%s: %s\n", get_text (header, "name"), get_text (header, "value"));
    }
  gh_check_expect (
    self, g_strcmp0 (text->body, lines->str) == 0, "text and JSON give different headers");
}

const GhCheck gh_checks_policy[] = {
  { "schema/describes-fields", FALSE, schema_describes_fields },
  { "schema/types-are-known", FALSE, schema_types_are_known },
  { "schema/has-every-setting", FALSE, schema_has_every_setting },
  { "schema/can-be-cached", FALSE, schema_can_be_cached },
  { "policy/is-flat", FALSE, policy_is_flat },
  { "policy/tag-is-strong", FALSE, tag_is_strong },
  { "policy/can-be-cached", FALSE, policy_can_be_cached },
  { "policy/any-tag-of-a-list-will-do", FALSE, any_tag_of_a_list_will_do },
  { "policy/weak-comparison-for-reading", FALSE, weak_comparison_for_reading },
  { "policy/other-tag-gets-the-policy", FALSE, other_tag_gets_the_policy },
  { "policy/has-every-field", FALSE, policy_has_every_field },
  { "policy/values-fit", FALSE, policy_values_fit },
  { "policy/head-is-get-without-body", FALSE, head_is_get_without_body },
  { "headers/come-as-text", FALSE, headers_come_as_text },
  { "headers/are-lines", FALSE, headers_are_lines },
  { "headers/come-as-json", FALSE, headers_come_as_json },
  { "headers/are-alike", FALSE, headers_are_alike },
  { NULL },
};
