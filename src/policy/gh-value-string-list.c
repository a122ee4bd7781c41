/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of strings, in the order they were given and without duplicates. */

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "gh-keyed-hash.h"
#include "gh-value-format.h"
#include "gh-value-private.h"
#include "gh-value-type.h"

#define DIVIDERS ", \t\r\n"
#define DESCRIBED_ITEMS 6

static gboolean
check_count (const GhSetting *setting, gsize n_items, GError **error)
{
  if ((gint64) n_items >= setting->minimum && (gint64) n_items <= setting->maximum)
    return TRUE;

  g_set_error (error,
               GH_POLICY_ERROR,
               GH_POLICY_ERROR_RANGE,
               _ ("“%s” holds from %" PRId64 " to %" PRId64 " entries, and this has %zu"),
               gh_setting_get_title (setting),
               setting->minimum,
               setting->maximum,
               n_items);
  return FALSE;
}

static gboolean
check_item (const GhSetting *setting, const char *item, GHashTable *seen, GError **error)
{
  g_autofree char *quoted = NULL;

  if (setting->format != NULL && !setting->format->check (setting, item, error))
    return FALSE;
  if (g_hash_table_add (seen, (gpointer) item))
    return TRUE;

  quoted = gh_value_dup_quoted (item);
  g_set_error (error,
               GH_POLICY_ERROR,
               GH_POLICY_ERROR_FORMAT,
               _ ("“%s” has %s more than once; leave one"),
               gh_setting_get_title (setting),
               quoted);
  return FALSE;
}

static gboolean
string_list_check (const GhSetting *setting, GVariant *value, GError **error)
{
  g_autoptr (GHashTable) seen = gh_keyed_hash_table_new (NULL, NULL);
  gsize n_items = g_variant_n_children (value);

  if (!check_count (setting, n_items, error))
    return FALSE;

  for (gsize i = 0; i < n_items; i++)
    {
      const char *item = NULL;

      g_variant_get_child (value, i, "&s", &item);
      if (!check_item (setting, item, seen, error))
        return FALSE;
    }

  return TRUE;
}

static JsonNode *
string_list_to_json (GVariant *value)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_sized_new (g_variant_n_children (value));
  GVariantIter iter;
  const char *item;

  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "&s", &item))
    json_array_add_string_element (array, item);

  json_node_take_array (node, array);
  return node;
}

static GVariant *
refuse (const GhSetting *setting, JsonNode *node, GError **error)
{
  g_autofree char *quoted = gh_value_dup_quoted_json (node);

  g_set_error (error,
               GH_POLICY_ERROR,
               GH_POLICY_ERROR_TYPE,
               _ ("“%s” takes a list of strings, and %s is not one"),
               gh_setting_get_title (setting),
               quoted);
  return NULL;
}

static GVariant *
string_list_from_json (const GhSetting *setting, JsonNode *node, GError **error)
{
  g_autoptr (GVariantBuilder) builder = g_variant_builder_new (G_VARIANT_TYPE_STRING_ARRAY);
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse (setting, node, error);

  array = json_node_get_array (node);
  if (!check_count (setting, json_array_get_length (array), error))
    return NULL;

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      const char *item = gh_value_peek_json_string (json_array_get_element (array, i));

      if (item == NULL)
        return refuse (setting, node, error);
      g_variant_builder_add (builder, "s", item);
    }

  return g_variant_ref_sink (g_variant_builder_end (builder));
}

static char *
join (GVariant *value, const char *divider)
{
  g_autofree const char **items = g_variant_get_strv (value, NULL);

  return g_strjoinv (divider, (char **) items);
}

static char *
string_list_to_text (GVariant *value)
{
  return join (value, ",");
}

static GVariant *
string_list_from_text (const GhSetting *setting, const char *text, GError **error)
{
  g_autoptr (GVariantBuilder) builder = g_variant_builder_new (G_VARIANT_TYPE_STRING_ARRAY);
  g_auto (GStrv) words = g_strsplit_set (text, DIVIDERS, -1);

  for (char **word = words; *word != NULL; word++)
    {
      g_autofree char *tidy = NULL;

      if (**word == '\0')
        continue;
      if (setting->format != NULL && setting->format->tidy != NULL)
        tidy = setting->format->tidy (*word);
      g_variant_builder_add (builder, "s", tidy != NULL ? tidy : *word);
    }

  return g_variant_ref_sink (g_variant_builder_end (builder));
}

static char *
string_list_describe (const GhSetting *setting, GVariant *value)
{
  gsize n_items = g_variant_n_children (value);

  if (n_items == 0)
    return g_strdup (setting->zero != NULL ? gh_setting_get_zero (setting) : _ ("Empty"));
  if (n_items <= DESCRIBED_ITEMS)
    return join (value, ", ");

  return g_strdup_printf (ngettext ("%zu entry", "%zu entries", n_items), n_items);
}

const GhValueType gh_value_type_string_list = {
  .id = "string-list",
  .signature = "as",
  .check = string_list_check,
  .to_json = string_list_to_json,
  .from_json = string_list_from_json,
  .to_text = string_list_to_text,
  .from_text = string_list_from_text,
  .describe = string_list_describe,
};
