/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The JSON text that values, steps and tags have in the database. */

#include "gh-store-codec.h"
#include "gh-strict-json.h"
#include "gh-value-type.h"

static JsonNode *
make_optional (const GhSetting *setting, GVariant *value)
{
  return value == NULL ? json_node_new (JSON_NODE_NULL) : gh_value_to_json (setting, value);
}

/* FALSE when this version does not understand it. */
static gboolean
read_optional (const GhSetting *setting, JsonNode *node, GVariant **value)
{
  *value = JSON_NODE_HOLDS_NULL (node) ? NULL : gh_value_from_json (setting, node, NULL);

  return *value != NULL || JSON_NODE_HOLDS_NULL (node);
}

static gboolean
read_change (GhStep *step, JsonNode *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  const GhSetting *setting = NULL;
  g_autoptr (GVariant) before = NULL;
  g_autoptr (GVariant) after = NULL;

  if (array != NULL && json_array_get_length (array) == 3
      && JSON_NODE_HOLDS_VALUE (json_array_get_element (array, 0)))
    setting = gh_settings_lookup (json_array_get_string_element (array, 0));

  if (setting == NULL || !read_optional (setting, json_array_get_element (array, 1), &before)
      || !read_optional (setting, json_array_get_element (array, 2), &after))
    return FALSE;

  gh_step_add (step, setting, before, after);
  return TRUE;
}

static JsonArray *
parse_array (const char *text, JsonNode **root)
{
  *root = gh_strict_json_parse (text, strlen (text), NULL);

  return *root != NULL && JSON_NODE_HOLDS_ARRAY (*root) ? json_node_get_array (*root) : NULL;
}

char *
gh_store_encode_value (const GhSetting *setting, GVariant *value)
{
  g_autoptr (JsonNode) node = gh_value_to_json (setting, value);

  return gh_strict_json_to_text (node);
}

GVariant *
gh_store_decode_value (const GhSetting *setting, const char *text)
{
  g_autoptr (JsonNode) node = gh_strict_json_parse (text, strlen (text), NULL);

  return node == NULL ? NULL : gh_value_from_json (setting, node, NULL);
}

char *
gh_store_encode_step (const GhStep *step)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_ARRAY);
  JsonArray *changes = json_array_sized_new (step->changes->len);

  json_node_take_array (root, changes);
  for (guint i = 0; i < step->changes->len; i++)
    {
      const GhStepChange *change = step->changes->pdata[i];
      JsonArray *array = json_array_sized_new (3);

      json_array_add_string_element (array, change->setting->id);
      json_array_add_element (array, make_optional (change->setting, change->before));
      json_array_add_element (array, make_optional (change->setting, change->after));
      json_array_add_array_element (changes, array);
    }

  return gh_strict_json_to_text (root);
}

GhStep *
gh_store_decode_step (gint64 time, const char *text)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *changes = parse_array (text, &root);
  g_autoptr (GhStep) step = gh_step_new (time);

  for (guint i = 0; changes != NULL && i < json_array_get_length (changes); i++)
    if (!read_change (step, json_array_get_element (changes, i)))
      return NULL;

  return changes == NULL ? NULL : g_steal_pointer (&step);
}

char *
gh_store_encode_values (GHashTable *values)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  GHashTableIter iter;
  gpointer setting;
  gpointer value;

  json_node_take_object (root, object);
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &setting, &value))
    json_object_set_member (
      object, ((const GhSetting *) setting)->id, gh_value_to_json (setting, value));

  return gh_strict_json_to_text (root);
}

GHashTable *
gh_store_decode_values (const char *text)
{
  g_autoptr (JsonNode) root = gh_strict_json_parse (text, strlen (text), NULL);
  g_autoptr (GHashTable) values
    = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_variant_unref);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;

  json_object_iter_init (&iter, json_node_get_object (root));
  while (json_object_iter_next (&iter, &name, &node))
    {
      const GhSetting *setting = gh_settings_lookup (name);
      GVariant *value = setting != NULL ? gh_value_from_json (setting, node, NULL) : NULL;

      if (value == NULL)
        return NULL;
      g_hash_table_insert (values, (gpointer) setting, value);
    }

  return g_steal_pointer (&values);
}

char *
gh_store_encode_override (const GhSetting *setting, GVariant *value)
{
  g_autoptr (JsonNode) node = make_optional (setting, value);

  return gh_strict_json_to_text (node);
}

GHashTable *
gh_store_decode_overrides (const char *text)
{
  g_autoptr (JsonNode) root = gh_strict_json_parse (text, strlen (text), NULL);

  return root == NULL ? NULL : gh_overrides_from_json (root, NULL);
}

GhOverrideChange *
gh_store_decode_change (const char *field, const char *base, const char *value)
{
  const GhSetting *setting = gh_settings_lookup (field);
  g_autoptr (JsonNode) base_node = gh_strict_json_parse (base, strlen (base), NULL);
  g_autoptr (JsonNode) value_node = gh_strict_json_parse (value, strlen (value), NULL);
  g_autoptr (GVariant) old = NULL;
  g_autoptr (GVariant) new = NULL;

  if (setting == NULL || setting->scope != GH_SCOPE_COMMUNITY || base_node == NULL
      || value_node == NULL || !read_optional (setting, base_node, &old)
      || !read_optional (setting, value_node, &new))
    return NULL;
  return gh_override_change_new (setting, old, new);
}

char *
gh_store_encode_strings (char **strings)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  json_node_take_array (root, array);
  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);

  return gh_strict_json_to_text (root);
}

char **
gh_store_decode_strings (const char *text)
{
  g_autoptr (JsonNode) root = NULL;
  JsonArray *array = parse_array (text, &root);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (json_node_get_value_type (json_array_get_element (array, i)) == G_TYPE_STRING)
      g_strv_builder_add (builder, json_array_get_string_element (array, i));

  return g_strv_builder_end (builder);
}
