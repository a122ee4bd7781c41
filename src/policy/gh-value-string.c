/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Strings of one line, and texts, which may have several where their format lets them. */

#include <inttypes.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-value-format.h"
#include "gh-value-private.h"
#include "gh-value-type.h"

static gboolean
check_length (const GhSetting *setting, const char *text, GError **error)
{
  glong length = g_utf8_strlen (text, -1);

  if (length > setting->maximum)
    {
      g_set_error (error,
                   GH_POLICY_ERROR,
                   GH_POLICY_ERROR_RANGE,
                   _ ("“%s” holds %" PRId64 " characters at most, and this has %ld"),
                   gh_setting_get_title (setting),
                   setting->maximum,
                   length);
      return FALSE;
    }

  if (length < setting->minimum)
    {
      g_set_error (error,
                   GH_POLICY_ERROR,
                   GH_POLICY_ERROR_RANGE,
                   _ ("“%s” needs %" PRId64 " characters at least, and this has %ld"),
                   gh_setting_get_title (setting),
                   setting->minimum,
                   length);
      return FALSE;
    }

  return TRUE;
}

static gboolean
text_check (const GhSetting *setting, GVariant *value, GError **error)
{
  const char *text = g_variant_get_string (value, NULL);

  if (!check_length (setting, text, error))
    return FALSE;

  return text[0] == '\0' || setting->format == NULL
         || setting->format->check (setting, text, error);
}

static gboolean
string_check (const GhSetting *setting, GVariant *value, GError **error)
{
  if (strpbrk (g_variant_get_string (value, NULL), "\r\n") != NULL)
    {
      g_set_error (error,
                   GH_POLICY_ERROR,
                   GH_POLICY_ERROR_FORMAT,
                   _ ("“%s” is a single line; take the line breaks out"),
                   gh_setting_get_title (setting));
      return FALSE;
    }

  return text_check (setting, value, error);
}

static JsonNode *
string_to_json (GVariant *value)
{
  return json_node_init_string (json_node_alloc (), g_variant_get_string (value, NULL));
}

static GVariant *
string_from_json (const GhSetting *setting, JsonNode *node, GError **error)
{
  const char *text = gh_value_peek_json_string (node);
  g_autofree char *quoted = NULL;

  if (text != NULL)
    return g_variant_ref_sink (g_variant_new_string (text));

  quoted = gh_value_dup_quoted_json (node);
  g_set_error (error,
               GH_POLICY_ERROR,
               GH_POLICY_ERROR_TYPE,
               _ ("“%s” takes a string, and %s is not one"),
               gh_setting_get_title (setting),
               quoted);
  return NULL;
}

static char *
string_to_text (GVariant *value)
{
  return g_variant_dup_string (value, NULL);
}

static GVariant *
string_from_text (const GhSetting *setting, const char *text, GError **error)
{
  return g_variant_ref_sink (g_variant_new_string (text));
}

static char *
string_describe (const GhSetting *setting, GVariant *value)
{
  const char *text = g_variant_get_string (value, NULL);

  return text[0] == '\0' ? g_strdup (_ ("Empty")) : gh_value_dup_quoted (text);
}

const GhValueType gh_value_type_string = {
  .id = "string",
  .signature = "s",
  .check = string_check,
  .to_json = string_to_json,
  .from_json = string_from_json,
  .to_text = string_to_text,
  .from_text = string_from_text,
  .describe = string_describe,
};

const GhValueType gh_value_type_text = {
  .id = "text",
  .signature = "s",
  .check = text_check,
  .to_json = string_to_json,
  .from_json = string_from_json,
  .to_text = string_to_text,
  .from_text = string_from_text,
  .describe = string_describe,
};
