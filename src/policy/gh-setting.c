/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking things up in the settings table, and what can be said of one row. */

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-setting.h"
#include "gh-settings-table.h"
#include "gh-value-type.h"

/* The table in the order of numbers, put together once from the groups' parts. */
typedef struct
{
  GhSetting rows[GH_N_SETTINGS];
  GVariant *defaults[GH_N_SETTINGS];
  GHashTable *by_id; /* of borrowed ids to borrowed rows */
} Table;

/* A part keeps a switch and its sub-fields together, so a stable sort by number does too. */
static void
insert_row (Table *table, gsize n_rows, const GhSetting *row)
{
  gsize place = n_rows;

  while (place > 0 && table->rows[place - 1].number > row->number)
    place--;

  memmove (&table->rows[place + 1], &table->rows[place], (n_rows - place) * sizeof *row);
  table->rows[place] = *row;
}

static Table *
table_new (void)
{
  Table *table = g_new0 (Table, 1);
  gsize n_rows = 0;

  for (gsize i = 0; i < GH_N_GROUPS; i++)
    for (gsize j = 0; j < gh_settings_parts[i]->n_rows; j++)
      {
        g_assert (n_rows < GH_N_SETTINGS);
        insert_row (table, n_rows++, &gh_settings_parts[i]->rows[j]);
      }
  g_assert (n_rows == GH_N_SETTINGS);

  table->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = 0; i < GH_N_SETTINGS; i++)
    {
      GhSetting *row = &table->rows[i];

      g_hash_table_insert (table->by_id, (gpointer) row->id, row);
      table->defaults[i] = gh_value_from_text (row, row->default_text, NULL);
      g_assert (table->defaults[i] != NULL);
    }

  return table;
}

static const Table *
table_get (void)
{
  static Table *table = NULL;

  if (g_once_init_enter (&table))
    g_once_init_leave (&table, table_new ());

  return table;
}

/* Comparable without regard to case or to how accents are encoded. */
static char *
fold (const char *text)
{
  g_autofree char *normal = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);

  return normal != NULL ? g_utf8_casefold (normal, -1) : NULL;
}

/* Everything a person may look for in a row, folded. */
static char *
dup_searchable (const GhSetting *setting)
{
  const char *keywords = setting->keywords != NULL ? _ (setting->keywords) : "";
  g_autofree char *all = g_strjoin ("\n",
                                    setting->id,
                                    gh_setting_get_title (setting),
                                    gh_setting_get_help (setting),
                                    keywords,
                                    gh_group_get_title (gh_groups_lookup (setting->group)),
                                    NULL);

  return fold (all);
}

static guint
find_choice (const GhSetting *setting, const char *id)
{
  guint i = 0;

  while (i < setting->n_choices && !g_str_equal (setting->choices[i].id, id))
    i++;

  return i;
}

/* Where 0 means that there is no limit it stands above every number. */
static gint64
rank_integer (const GhSetting *setting, GVariant *value)
{
  gint64 number = g_variant_get_int64 (value);

  return number == 0 && setting->zero_is_unlimited ? G_MAXINT64 : number;
}

static gint64
rank (const GhSetting *setting, GVariant *value)
{
  if (setting->type == &gh_value_type_boolean)
    return g_variant_get_boolean (value);
  if (setting->type == &gh_value_type_integer)
    return rank_integer (setting, value);

  return find_choice (setting, g_variant_get_string (value, NULL));
}

static gboolean
has_additions (GVariant *before, GVariant *after)
{
  g_autofree const char **old = g_variant_get_strv (before, NULL);
  g_autofree const char **new = g_variant_get_strv (after, NULL);

  for (gsize i = 0; new[i] != NULL; i++)
    if (!g_strv_contains (old, new[i]))
      return TRUE;

  return FALSE;
}

/* GH_N_SETTINGS rows in the order of their numbers, each switch before its sub-fields. */
const GhSetting *
gh_settings_get_table (void)
{
  return table_get ()->rows;
}

/* Returns the row with this id, or NULL. */
const GhSetting *
gh_settings_lookup (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (table_get ()->by_id, id);
}

const GhSetting *
gh_settings_get_nth (guint index)
{
  g_return_val_if_fail (index < GH_N_SETTINGS, NULL);

  return &table_get ()->rows[index];
}

guint
gh_setting_get_index (const GhSetting *setting)
{
  g_return_val_if_fail (setting != NULL, 0);

  return (guint) (setting - table_get ()->rows);
}

/* Returns the switch that a sub-field belongs to, or NULL. */
const GhSetting *
gh_setting_get_parent (const GhSetting *setting)
{
  g_return_val_if_fail (setting != NULL, NULL);

  return setting->parent != NULL ? gh_settings_lookup (setting->parent) : NULL;
}

GVariant *
gh_setting_get_default (const GhSetting *setting)
{
  return table_get ()->defaults[gh_setting_get_index (setting)];
}

/* Whether every word of the search stands in the row's id, title, help, keywords or
 * group, in any case. An empty search matches all. */
gboolean
gh_setting_matches (const GhSetting *setting, const char *search)
{
  g_autofree char *searchable = NULL;
  g_autofree char *folded = NULL;
  g_auto (GStrv) words = NULL;

  g_return_val_if_fail (setting != NULL, FALSE);
  g_return_val_if_fail (search != NULL, FALSE);

  folded = fold (search);
  if (folded == NULL)
    return FALSE;

  searchable = dup_searchable (setting);
  words = g_strsplit_set (folded, " \t\r\n", -1);
  for (char **word = words; *word != NULL; word++)
    if (strstr (searchable, *word) == NULL)
      return FALSE;

  return TRUE;
}

/* Whether going from one value to the other weakens security, as the row has it. */
gboolean
gh_setting_is_weaker (const GhSetting *setting, GVariant *before, GVariant *after)
{
  g_return_val_if_fail (setting != NULL, FALSE);
  g_return_val_if_fail (before != NULL && after != NULL, FALSE);

  switch (setting->weaker)
    {
    case GH_WEAKER_LOWER:
    case GH_WEAKER_OFF:
    case GH_WEAKER_EARLIER_CHOICE:
      return rank (setting, after) < rank (setting, before);
    case GH_WEAKER_HIGHER:
    case GH_WEAKER_ON:
    case GH_WEAKER_LATER_CHOICE:
      return rank (setting, after) > rank (setting, before);
    case GH_WEAKER_LONGER:
      return has_additions (before, after);
    case GH_WEAKER_NEITHER:
    default:
      return FALSE;
    }
}

const char *
gh_setting_get_title (const GhSetting *setting)
{
  return _ (setting->title);
}

const char *
gh_setting_get_help (const GhSetting *setting)
{
  return _ (setting->help);
}

const char *
gh_setting_get_zero (const GhSetting *setting)
{
  return setting->zero != NULL ? _ (setting->zero) : NULL;
}

const char *
gh_setting_get_recommended (const GhSetting *setting)
{
  return setting->recommended != NULL ? _ (setting->recommended) : NULL;
}

const char *
gh_setting_get_source (const GhSetting *setting)
{
  return setting->source != NULL ? _ (setting->source) : NULL;
}

/* Returns the choice with this id, or NULL. */
const GhChoice *
gh_setting_get_choice (const GhSetting *setting, const char *id)
{
  guint i = find_choice (setting, id);

  return i < setting->n_choices ? &setting->choices[i] : NULL;
}

const char *
gh_choice_get_title (const GhChoice *choice)
{
  return _ (choice->title);
}

const GhGroup *
gh_groups_get_table (void)
{
  return gh_settings_groups;
}

/* Returns the group with this id, or NULL. */
const GhGroup *
gh_groups_lookup (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (gsize i = 0; i < GH_N_GROUPS; i++)
    if (g_str_equal (gh_settings_groups[i].id, id))
      return &gh_settings_groups[i];

  return NULL;
}

const char *
gh_group_get_title (const GhGroup *group)
{
  return _ (group->title);
}

const char *
gh_group_get_description (const GhGroup *group)
{
  return _ (group->description);
}
