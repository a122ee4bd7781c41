/* SPDX-License-Identifier: GPL-3.0-or-later */

/* json-glib's getters answer 0 and NULL for a wrong type; these ask first. */

#include "gh-json-reader.h"

/* Whether a character may stand in a sentence shown to people: no controls, no line or
 * paragraph separators, and none of the characters that turn the direction of a text. */
static gboolean
is_plain (gunichar character)
{
  return !g_unichar_iscntrl (character) && g_unichar_type (character) != G_UNICODE_FORMAT
         && character != 0x2028 && character != 0x2029;
}

static char *
clean (const char *text)
{
  GString *cleaned = g_string_new (NULL);
  guint length = 0;

  for (const char *at = text; *at != '\0' && length < GH_JSON_READER_MAXIMUM_TEXT;
       at = g_utf8_next_char (at), length++)
    {
      gunichar character = g_utf8_get_char (at);

      g_string_append_unichar (cleaned, is_plain (character) ? character : ' ');
    }
  return g_string_free (cleaned, FALSE);
}

static gboolean
is_string (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
         && json_node_get_value_type (node) == G_TYPE_STRING;
}

const char *
gh_json_reader_get_string (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return is_string (node) ? json_node_get_string (node) : NULL;
}

char *
gh_json_reader_dup_text (JsonObject *object, const char *member)
{
  const char *text = gh_json_reader_get_string (object, member);

  return text != NULL ? clean (text) : NULL;
}

gboolean
gh_json_reader_get_integer (JsonObject *object, const char *member, gint64 *value)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  *value = json_node_get_int (node);
  return TRUE;
}

JsonArray *
gh_json_reader_get_array (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

char **
gh_json_reader_dup_texts (JsonObject *object, const char *member)
{
  JsonArray *array = gh_json_reader_get_array (object, member);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (array == NULL || json_array_get_length (array) > GH_JSON_READER_MAXIMUM_ITEMS)
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *item = json_array_get_element (array, i);
      g_autofree char *text = NULL;

      if (!is_string (item))
        return NULL;
      text = clean (json_node_get_string (item));
      g_strv_builder_add (builder, text);
    }
  return g_strv_builder_end (builder);
}
