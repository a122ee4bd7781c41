/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Three-way merge of string lists by element. Lists are short, so places are searched. */

#include "gh-merge-list.h"

static gboolean
has (const char *const *list, const char *item)
{
  return g_strv_contains (list, item);
}

static gboolean
has_additions (const char *const *base, const char *const *list)
{
  for (gsize i = 0; list[i] != NULL; i++)
    if (!has (base, list[i]))
      return TRUE;

  return FALSE;
}

static gboolean
removed_all (const char *const *base, const char *const *list)
{
  for (gsize i = 0; base[i] != NULL; i++)
    if (has (list, base[i]))
      return FALSE;

  return base[0] != NULL;
}

/* Whether what the list kept of base stands in another order there. */
static gboolean
has_moves (const char *const *base, const char *const *list)
{
  gsize place = 0;

  for (gsize i = 0; list[i] != NULL; i++)
    {
      if (!has (base, list[i]))
        continue;
      while (base[place] != NULL && !g_str_equal (base[place], list[i]))
        place++;
      if (base[place] == NULL)
        return TRUE;
    }

  return FALSE;
}

/* The place after an item in the result, or the start when it is not there. */
static guint
find_place_after (GPtrArray *result, const char *item)
{
  guint place = 0;

  if (item == NULL || !g_ptr_array_find_with_equal_func (result, item, g_str_equal, &place))
    return 0;

  return place + 1;
}

/* The leading list without what the other removed, then what the other added. */
static GPtrArray *
weave (const char *const *base, const char *const *leading, const char *const *other)
{
  GPtrArray *result = g_ptr_array_new ();
  const char *last = NULL;

  for (gsize i = 0; leading[i] != NULL; i++)
    if (!has (base, leading[i]) || has (other, leading[i]))
      g_ptr_array_add (result, (gpointer) leading[i]);

  for (gsize i = 0; other[i] != NULL; i++)
    {
      if (!has (base, other[i]) && !has (leading, other[i]))
        g_ptr_array_insert (result, (int) find_place_after (result, last), (gpointer) other[i]);
      if (g_ptr_array_find_with_equal_func (result, other[i], g_str_equal, NULL))
        last = other[i];
    }

  return result;
}

GVariant *
gh_merge_list (GVariant *base, GVariant *theirs, GVariant *yours)
{
  g_autofree const char **common = g_variant_get_strv (base, NULL);
  g_autofree const char **their_list = g_variant_get_strv (theirs, NULL);
  g_autofree const char **your_list = g_variant_get_strv (yours, NULL);
  g_autoptr (GPtrArray) result = NULL;

  if ((removed_all (common, their_list) && has_additions (common, your_list))
      || (removed_all (common, your_list) && has_additions (common, their_list)))
    return NULL;

  if (has_moves (common, your_list) && !has_moves (common, their_list))
    result = weave (common, your_list, their_list);
  else
    result = weave (common, their_list, your_list);

  return g_variant_ref_sink (g_variant_new_strv ((const char *const *) result->pdata, result->len));
}
