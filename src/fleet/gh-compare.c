/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Comparing policies, and writing the result down as a table. */

#include "gh-compare.h"

#include <string.h>

#include "gh-value-type.h"

static void
difference_free (gpointer data)
{
  GhDifference *difference = data;

  g_ptr_array_unref (difference->values);
  g_free (difference);
}

static void
value_free (gpointer value)
{
  if (value != NULL)
    g_variant_unref (value);
}

static GVariant *
dup_value (const GhPolicy *policy, const GhSetting *setting)
{
  if (policy != NULL)
    return g_variant_ref (gh_policy_get (policy, setting));

  return setting->recommended_value != NULL
           ? gh_value_from_text (setting, setting->recommended_value, NULL)
           : NULL;
}

/* The row of a field, or NULL when all have the same value. */
static GhDifference *
compare_field (const GhSetting *setting, GPtrArray *columns)
{
  GhDifference *difference = g_new0 (GhDifference, 1);
  gboolean differs = FALSE;

  difference->setting = setting;
  difference->values = g_ptr_array_new_with_free_func (value_free);
  for (guint i = 0; i < columns->len; i++)
    g_ptr_array_add (difference->values, dup_value (g_ptr_array_index (columns, i), setting));
  for (guint i = 0; i < columns->len; i++)
    differs |= gh_difference_is_odd (difference, i);

  if (!differs)
    g_clear_pointer (&difference, difference_free);
  return difference;
}

GhComparison *
gh_compare (GPtrArray *policies,
            const char *const *titles,
            const GhPolicy *baseline,
            const char *baseline_title)
{
  GhComparison *comparison = g_new0 (GhComparison, 1);
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();

  comparison->titles = g_ptr_array_new_with_free_func (g_free);
  comparison->differences = g_ptr_array_new_with_free_func (difference_free);
  comparison->has_baseline = baseline != NULL;
  if (baseline != NULL)
    {
      g_ptr_array_add (columns, (gpointer) baseline);
      g_ptr_array_add (comparison->titles, g_strdup (baseline_title));
    }
  for (guint i = 0; i < policies->len; i++)
    {
      g_ptr_array_add (columns, g_ptr_array_index (policies, i));
      g_ptr_array_add (comparison->titles, g_strdup (titles[i]));
    }
  for (guint i = 0; i < GH_N_SETTINGS && columns->len > 0; i++)
    {
      GhDifference *difference = compare_field (gh_settings_get_nth (i), columns);

      if (difference != NULL)
        g_ptr_array_add (comparison->differences, difference);
    }
  return comparison;
}

void
gh_comparison_free (GhComparison *comparison)
{
  g_ptr_array_unref (comparison->titles);
  g_ptr_array_unref (comparison->differences);
  g_free (comparison);
}

gboolean
gh_difference_is_odd (const GhDifference *difference, guint column)
{
  GVariant *value, *first = NULL;

  g_return_val_if_fail (column < difference->values->len, FALSE);

  for (guint i = 0; i <= column && first == NULL; i++)
    first = g_ptr_array_index (difference->values, i);
  value = g_ptr_array_index (difference->values, column);
  return value != NULL && !gh_value_equal (value, first);
}

static void
append_cell (GString *csv, const char *text)
{
  gboolean formula = *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
  gboolean quoted = strpbrk (text, ",\"\r\n") != NULL;

  if (csv->len > 0 && csv->str[csv->len - 1] != '\n')
    g_string_append_c (csv, ',');
  if (quoted)
    g_string_append_c (csv, '"');
  if (formula)
    g_string_append_c (csv, '\'');
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *at);
    }
  if (quoted)
    g_string_append_c (csv, '"');
}

char *
gh_comparison_to_csv (const GhComparison *comparison)
{
  GString *csv = g_string_new (NULL);

  append_cell (csv, "field");
  for (guint i = 0; i < comparison->titles->len; i++)
    append_cell (csv, g_ptr_array_index (comparison->titles, i));
  g_string_append (csv, "\r\n");
  for (guint i = 0; i < comparison->differences->len; i++)
    {
      const GhDifference *difference = g_ptr_array_index (comparison->differences, i);

      append_cell (csv, difference->setting->id);
      for (guint j = 0; j < difference->values->len; j++)
        {
          GVariant *value = g_ptr_array_index (difference->values, j);
          g_autofree char *text
            = value != NULL ? gh_value_to_text (difference->setting, value) : g_strdup ("");

          append_cell (csv, text);
        }
      g_string_append (csv, "\r\n");
    }
  return g_string_free (csv, FALSE);
}
