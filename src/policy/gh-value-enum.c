/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One of a few choices, by its id. */

#include <glib/gi18n-lib.h>

#include "gh-value-private.h"
#include "gh-value-type.h"

static char *
dup_choices (const GhSetting *setting)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < setting->n_choices; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", setting->choices[i].id);

  return g_string_free (g_steal_pointer (&list), FALSE);
}

static GVariant *
refuse (const GhSetting *setting, GhPolicyError code, char *quoted, GError **error)
{
  g_autofree char *choices = dup_choices (setting);

  g_set_error (error,
               GH_POLICY_ERROR,
               code,
               _ ("“%s” takes one of these: %s; %s is not among them"),
               gh_setting_get_title (setting),
               choices,
               quoted);
  g_free (quoted);
  return NULL;
}

static gboolean
enum_check (const GhSetting *setting, GVariant *value, GError **error)
{
  const char *id = g_variant_get_string (value, NULL);

  if (gh_setting_get_choice (setting, id) != NULL)
    return TRUE;

  refuse (setting, GH_POLICY_ERROR_CHOICE, gh_value_dup_quoted (id), error);
  return FALSE;
}

static JsonNode *
enum_to_json (GVariant *value)
{
  return json_node_init_string (json_node_alloc (), g_variant_get_string (value, NULL));
}

static GVariant *
enum_from_json (const GhSetting *setting, JsonNode *node, GError **error)
{
  const char *id = gh_value_peek_json_string (node);

  if (id == NULL)
    return refuse (setting, GH_POLICY_ERROR_TYPE, gh_value_dup_quoted_json (node), error);

  return g_variant_ref_sink (g_variant_new_string (id));
}

static char *
enum_to_text (GVariant *value)
{
  return g_variant_dup_string (value, NULL);
}

static GVariant *
enum_from_text (const GhSetting *setting, const char *text, GError **error)
{
  g_autofree char *copy = g_strdup (text);

  return g_variant_ref_sink (g_variant_new_string (g_strstrip (copy)));
}

static char *
enum_describe (const GhSetting *setting, GVariant *value)
{
  const char *id = g_variant_get_string (value, NULL);
  const GhChoice *choice = gh_setting_get_choice (setting, id);

  return choice != NULL ? g_strdup (gh_choice_get_title (choice)) : gh_value_dup_quoted (id);
}

const GhValueType gh_value_type_enum = {
  .id = "enum",
  .signature = "s",
  .check = enum_check,
  .to_json = enum_to_json,
  .from_json = enum_from_json,
  .to_text = enum_to_text,
  .from_text = enum_from_text,
  .describe = enum_describe,
};
