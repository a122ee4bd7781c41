/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values by way of their setting's type, and what the types share. */

#include <glib/gi18n-lib.h>

#include "gh-value-private.h"
#include "gh-value-type.h"

#define QUOTED_CHARACTERS 60

char *
gh_value_dup_quoted (const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);
  const char *p = text;

  for (guint i = 0; *p != '\0' && i < QUOTED_CHARACTERS; i++)
    {
      gunichar c = g_utf8_get_char_validated (p, -1);
      gboolean valid = c != (gunichar) -1 && c != (gunichar) -2;

      g_string_append_unichar (line, !valid ? 0xfffd : g_unichar_iscntrl (c) ? ' ' : c);
      p = valid ? g_utf8_next_char (p) : p + 1;
    }

  if (*p != '\0')
    g_string_append (line, "…");
  return g_strdup_printf (_ ("“%s”"), line->str);
}

char *
gh_value_dup_quoted_json (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  return gh_value_dup_quoted (text);
}

const char *
gh_value_peek_json_string (JsonNode *node)
{
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);

  return NULL;
}

/* Whether a value may stand in this field: type, range, choices, format. */
gboolean
gh_value_check (const GhSetting *setting, GVariant *value, GError **error)
{
  g_return_val_if_fail (setting != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE (setting->type->signature)))
    {
      g_set_error (error,
                   GH_POLICY_ERROR,
                   GH_POLICY_ERROR_TYPE,
                   _ ("The value given for “%s” is of another type than the field"),
                   gh_setting_get_title (setting));
      return FALSE;
    }

  return setting->type->check (setting, value, error);
}

gboolean
gh_value_equal (GVariant *a, GVariant *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a == b || g_variant_equal (a, b);
}

/* Returns a new node. */
JsonNode *
gh_value_to_json (const GhSetting *setting, GVariant *value)
{
  g_return_val_if_fail (setting != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  return setting->type->to_json (value);
}

/* Returns a checked value, not floating, or NULL with error set. */
GVariant *
gh_value_from_json (const GhSetting *setting, JsonNode *node, GError **error)
{
  g_autoptr (GVariant) value = NULL;

  g_return_val_if_fail (setting != NULL, NULL);
  g_return_val_if_fail (node != NULL, NULL);

  value = setting->type->from_json (setting, node, error);
  if (value == NULL || !setting->type->check (setting, value, error))
    return NULL;

  return g_steal_pointer (&value);
}

/* The value as gh_value_from_text() takes it back: true, 15, strict, pdf,docx. */
char *
gh_value_to_text (const GhSetting *setting, GVariant *value)
{
  g_return_val_if_fail (setting != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  return setting->type->to_text (value);
}

/* What a person typed, forgiving in form: spaces around it, on and off for true and false,
 * lists divided by commas or spaces. Returns a checked value, not floating, or NULL with
 * error set. */
GVariant *
gh_value_from_text (const GhSetting *setting, const char *text, GError **error)
{
  g_autoptr (GVariant) value = NULL;

  g_return_val_if_fail (setting != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error,
                   GH_POLICY_ERROR,
                   GH_POLICY_ERROR_FORMAT,
                   _ ("The value given for “%s” is not valid UTF-8 text"),
                   gh_setting_get_title (setting));
      return NULL;
    }

  value = setting->type->from_text (setting, text, error);
  if (value == NULL || !setting->type->check (setting, value, error))
    return NULL;

  return g_steal_pointer (&value);
}

/* The value in words for people: "15 minutes", "Never expires", "On". */
char *
gh_value_describe (const GhSetting *setting, GVariant *value)
{
  g_return_val_if_fail (setting != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  return setting->type->describe (setting, value);
}

/* As gh_value_describe() has it, but with every word of a long text and every entry of a list,
 * for values that are to be compared. */
char *
gh_value_describe_whole (const GhSetting *setting, GVariant *value)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (setting != NULL, NULL);
  g_return_val_if_fail (value != NULL, NULL);

  if (setting->type == &gh_value_type_string || setting->type == &gh_value_type_text
      || setting->type == &gh_value_type_string_list)
    text = gh_value_to_text (setting, value);

  return text != NULL && *text != '\0' ? g_steal_pointer (&text)
                                       : gh_value_describe (setting, value);
}
