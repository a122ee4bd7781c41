/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fields that are on or off. */

#include <glib/gi18n-lib.h>

#include "gh-value-private.h"
#include "gh-value-type.h"

static const char *const words_for_true[] = { "true", "on", "yes", "1", NULL };
static const char *const words_for_false[] = { "false", "off", "no", "0", NULL };

static gboolean
boolean_check (const GhSetting *setting, GVariant *value, GError **error)
{
  return TRUE;
}

static JsonNode *
boolean_to_json (GVariant *value)
{
  return json_node_init_boolean (json_node_alloc (), g_variant_get_boolean (value));
}

static GVariant *
refuse (const GhSetting *setting, char *quoted, GError **error)
{
  g_set_error (error,
               GH_POLICY_ERROR,
               GH_POLICY_ERROR_TYPE,
               _ ("“%s” takes true or false, and %s is neither"),
               gh_setting_get_title (setting),
               quoted);
  g_free (quoted);
  return NULL;
}

static GVariant *
boolean_from_json (const GhSetting *setting, JsonNode *node, GError **error)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return refuse (setting, gh_value_dup_quoted_json (node), error);

  return g_variant_ref_sink (g_variant_new_boolean (json_node_get_boolean (node)));
}

static char *
boolean_to_text (GVariant *value)
{
  return g_strdup (g_variant_get_boolean (value) ? "true" : "false");
}

static GVariant *
boolean_from_text (const GhSetting *setting, const char *text, GError **error)
{
  g_autofree char *copy = g_strdup (text);
  g_autofree char *word = g_ascii_strdown (g_strstrip (copy), -1);

  if (g_strv_contains (words_for_true, word))
    return g_variant_ref_sink (g_variant_new_boolean (TRUE));
  if (g_strv_contains (words_for_false, word))
    return g_variant_ref_sink (g_variant_new_boolean (FALSE));

  return refuse (setting, gh_value_dup_quoted (text), error);
}

static char *
boolean_describe (const GhSetting *setting, GVariant *value)
{
  return g_strdup (g_variant_get_boolean (value) ? _ ("On") : _ ("Off"));
}

const GhValueType gh_value_type_boolean = {
  .id = "boolean",
  .signature = "b",
  .check = boolean_check,
  .to_json = boolean_to_json,
  .from_json = boolean_from_json,
  .to_text = boolean_to_text,
  .from_text = boolean_from_text,
  .describe = boolean_describe,
};
