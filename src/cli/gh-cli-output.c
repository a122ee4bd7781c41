/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What commands print on standard output. */

#include <stdio.h>
#include <string.h>

#include "gh-cli-output.h"
#include "gh-strict-json.h"
#include "gh-value-type.h"

struct _GhCliTable
{
  guint n_columns;
  GPtrArray *cells; /* of char *, row after row */
};

void
gh_cli_print (const char *text)
{
  fputs (text, stdout);
}

void
gh_cli_print_line (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  vfprintf (stdout, format, arguments);
  va_end (arguments);
  fputc ('\n', stdout);
}

void
gh_cli_print_json (JsonNode *node)
{
  g_autofree char *text = gh_strict_json_to_text (node);

  gh_cli_print (text);
  gh_cli_print ("\n");
  json_node_unref (node);
}

void
gh_cli_print_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  gh_cli_print_json (node);
}

void
gh_cli_print_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  gh_cli_print_json (node);
}

void
gh_cli_add_string (JsonObject *object, const char *name, const char *value)
{
  if (value == NULL)
    json_object_set_null_member (object, name);
  else
    json_object_set_string_member (object, name, value);
}

void
gh_cli_add_strings (JsonObject *object, const char *name, const char *const *values)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    json_array_add_string_element (array, values[i]);
  json_object_set_array_member (object, name, array);
}

void
gh_cli_add_value (JsonObject *object, const char *name, const GhSetting *setting, GVariant *value)
{
  if (value == NULL)
    json_object_set_null_member (object, name);
  else
    json_object_set_member (object, name, gh_value_to_json (setting, value));
}

GhCliTable *
gh_cli_table_new (guint n_columns)
{
  GhCliTable *table = g_new0 (GhCliTable, 1);

  table->n_columns = n_columns;
  table->cells = g_ptr_array_new_with_free_func (g_free);

  return table;
}

void
gh_cli_table_add (GhCliTable *table, ...)
{
  const char *cell;
  guint n = 0;
  va_list cells;

  va_start (cells, table);
  while ((cell = va_arg (cells, const char *)) != NULL)
    {
      g_ptr_array_add (table->cells, g_strdup (cell));
      n++;
    }
  va_end (cells);
  g_assert (n == table->n_columns);
}

static guint
get_width (const GhCliTable *table, guint column)
{
  glong width = 0;

  for (guint i = column; i < table->cells->len; i += table->n_columns)
    width = MAX (width, g_utf8_strlen (table->cells->pdata[i], -1));

  return (guint) width;
}

static void
print_cell (const char *cell, guint width)
{
  gh_cli_print (cell);
  for (glong i = g_utf8_strlen (cell, -1); i < (glong) width + 2; i++)
    gh_cli_print (" ");
}

void
gh_cli_table_print (GhCliTable *table)
{
  g_autofree guint *widths = g_new (guint, table->n_columns);

  for (guint column = 0; column < table->n_columns; column++)
    widths[column] = get_width (table, column);

  for (guint i = 0; i < table->cells->len; i++)
    if (i % table->n_columns == table->n_columns - 1)
      gh_cli_print_line ("%s", (const char *) table->cells->pdata[i]);
    else
      print_cell (table->cells->pdata[i], widths[i % table->n_columns]);

  g_ptr_array_unref (table->cells);
  g_free (table);
}

char *
gh_cli_dup_value_text (const GhSetting *setting, GVariant *value)
{
  g_autofree char *text = gh_value_to_text (setting, value);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  return g_strjoinv ("\\n", lines);
}
