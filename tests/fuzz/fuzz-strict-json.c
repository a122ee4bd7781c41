/* SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON: what the scanner accepts json-glib reads as the same structure, token by token, and
 * what is written of it reads the same again. */

#include "fuzz.h"

#include "gh-strict-json.h"

/* Both sides are put into one list of tokens: the marks as they are, strings by what they
 * mean and numbers by their value. This side may trust that the text is valid. */
static void
append_number (GString *tokens, const char **p)
{
  gsize length = strspn (*p, "+-.eE0123456789");
  g_autofree char *number = g_strndup (*p, length);

  if (strpbrk (number, ".eE") == NULL)
    g_string_append_printf (tokens, "%" G_GINT64_FORMAT, g_ascii_strtoll (number, NULL, 10));
  else
    g_string_append_printf (tokens, "%a", g_ascii_strtod (number, NULL));
  *p += length;
}

static gunichar
read_unit (const char **p)
{
  g_autofree char *digits = g_strndup (*p, 4);

  *p += 4;
  return (gunichar) g_ascii_strtoull (digits, NULL, 16);
}

/* After the backslash. */
static void
append_escape (GString *tokens, const char **p)
{
  static const char letters[] = "bfnrt";
  static const char meanings[] = "\b\f\n\r\t";
  char letter = *(*p)++;
  const char *known = strchr (letters, letter);
  gunichar c;

  if (letter != 'u')
    {
      g_string_append_c (tokens, known != NULL ? meanings[known - letters] : letter);
      return;
    }

  c = read_unit (p);
  if (c >= 0xd800 && c < 0xdc00)
    {
      *p += 2;
      c = 0x10000 + ((c - 0xd800) << 10) + (read_unit (p) - 0xdc00);
    }
  g_string_append_unichar (tokens, c);
}

static void
append_string (GString *tokens, const char **p)
{
  g_string_append_c (tokens, '"');
  for ((*p)++; **p != '"';)
    if (**p == '\\')
      {
        (*p)++;
        append_escape (tokens, p);
      }
    else
      g_string_append_c (tokens, *(*p)++);
  g_string_append_c (tokens, '"');
  (*p)++;
}

static char *
tokenize_text (const char *text)
{
  g_autoptr (GString) tokens = g_string_new (NULL);

  for (const char *p = text; *p != '\0';)
    if (*p == '"')
      append_string (tokens, &p);
    else if (*p == '-' || g_ascii_isdigit (*p))
      append_number (tokens, &p);
    else if (g_ascii_isspace (*p))
      p++;
    else
      g_string_append_c (tokens, *p++);

  return g_string_free (g_steal_pointer (&tokens), FALSE);
}

static void
append_value (GString *tokens, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    g_string_append_printf (tokens, "\"%s\"", json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (tokens, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_INT64)
    g_string_append_printf (tokens, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else
    g_string_append_printf (tokens, "%a", json_node_get_double (node));
}

static void
append_node (GString *tokens, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;
      const char *mark = "{";

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        {
          g_string_append_printf (tokens, "%s\"%s\":", mark, name);
          append_node (tokens, member);
          mark = ",";
        }
      g_string_append (tokens, *mark == '{' ? "{}" : "}");
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      g_string_append_c (tokens, '[');
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_string_append (tokens, i > 0 ? "," : "");
          append_node (tokens, json_array_get_element (array, i));
        }
      g_string_append_c (tokens, ']');
    }
  else if (JSON_NODE_HOLDS_VALUE (node))
    append_value (tokens, node);
  else
    g_string_append (tokens, "null");
}

static void
assert_same (JsonNode *node, const char *text)
{
  g_autofree char *expected = tokenize_text (text);
  g_autoptr (GString) tokens = g_string_new (NULL);

  append_node (tokens, node);
  g_assert_cmpstr (tokens->str, ==, expected);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *written = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) again = NULL;

  if (!gh_strict_json_check ((const char *) data, size, NULL))
    return 0;

  node = gh_strict_json_parse ((const char *) data, size, &error);
  g_assert_no_error (error);
  assert_same (node, text);

  written = gh_strict_json_to_text (node);
  again = gh_strict_json_parse (written, strlen (written), &error);
  g_assert_no_error (error);
  assert_same (again, written);
  assert_same (node, written);
  return 0;
}
