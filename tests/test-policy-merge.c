/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Three-way merge: cases by hand, and properties that hold for any three policies. */

#include "gh-merge.h"
#include "sample-policy.h"

#define N_TRIPLES 100000
#define N_BASES 64
#define SEED 20240229

static GHashTable *
drafts_new (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_variant_unref);
}

static GVariant *
parse (const GhSetting *setting, const char *text)
{
  GVariant *value = gh_value_from_text (setting, text, NULL);

  g_assert_nonnull (value);
  return value;
}

/* One field, in text form; what comes out is the draft, NULL for none, or a conflict. */
static const struct
{
  const char *id;
  const char *base;
  const char *theirs;
  const char *yours;
  const char *draft;
  gboolean taken;
  gboolean conflict;
} cases[] = {
  { "global-session-timeout", "60", "60", "60", NULL, FALSE, FALSE },
  { "global-session-timeout", "60", "30", NULL, NULL, TRUE, FALSE },
  { "global-session-timeout", "60", "30", "60", NULL, TRUE, FALSE },
  { "global-session-timeout", "60", "60", "15", "15", FALSE, FALSE },
  { "global-session-timeout", "60", "15", "15", NULL, FALSE, FALSE },
  { "global-session-timeout", "60", "30", "15", NULL, FALSE, TRUE },
  { "captcha-enabled", "on", "off", "off", NULL, FALSE, FALSE },
  { "auth-page-banner.text", "a", "b", "c", NULL, FALSE, TRUE },
  { "allowed-file-extensions", "a,b", "a,b,c", "a,b,d", "a,b,d,c", FALSE, FALSE },
  { "allowed-file-extensions", "a,b,c", "a,b", "b,c", "b", FALSE, FALSE },
  { "allowed-file-extensions", "a,b,c", "a,c", "a,c,d", "a,c,d", FALSE, FALSE },
  { "allowed-file-extensions", "a,b,c", "b,c,d", "b,c", NULL, FALSE, FALSE },
  { "allowed-file-extensions", "a,b", "x,a,b", "a,y,b", "x,a,y,b", FALSE, FALSE },
  { "allowed-file-extensions", "a,b", "b,a", "a,b,c", "b,c,a", FALSE, FALSE },
  { "allowed-file-extensions", "a,b", "a,b,c", "b,a", "b,c,a", FALSE, FALSE },
  { "allowed-file-extensions", "a,b", "b,a", "a,b", NULL, TRUE, FALSE },
  { "allowed-file-extensions", "a,b,c", "c,b,a", "b,a,c", NULL, FALSE, FALSE },
  { "allowed-file-extensions", "a,b", "", "a,b,c", NULL, FALSE, TRUE },
  { "allowed-file-extensions", "a,b", "a,b,c", "d", NULL, FALSE, TRUE },
  { "allowed-file-extensions", "a,b", "", "a", NULL, FALSE, FALSE },
  { "allowed-file-extensions", "", "a", "b", "b,a", FALSE, FALSE },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GhSetting *setting = gh_settings_lookup (cases[i].id);
      g_autoptr (GhPolicy) base = gh_policy_new ();
      g_autoptr (GhPolicy) theirs = gh_policy_new ();
      g_autoptr (GHashTable) drafts = drafts_new ();
      g_autoptr (GVariant) base_value = parse (setting, cases[i].base);
      g_autoptr (GVariant) their_value = parse (setting, cases[i].theirs);
      g_autoptr (GhMerge) merge = NULL;
      g_autofree char *draft = NULL;

      g_test_message (
        "%s: %s, %s, %s", setting->id, cases[i].base, cases[i].theirs, cases[i].yours);
      gh_policy_set (base, setting, base_value);
      gh_policy_set (theirs, setting, their_value);
      if (cases[i].yours != NULL)
        g_hash_table_insert (drafts, (gpointer) setting, parse (setting, cases[i].yours));
      merge = gh_merge (base, theirs, drafts);

      if (g_hash_table_contains (merge->drafts, setting))
        draft = gh_value_to_text (setting, g_hash_table_lookup (merge->drafts, setting));
      g_assert_true (merge->theirs == theirs);
      g_assert_cmpstr (draft, ==, cases[i].draft);
      g_assert_cmpuint (merge->taken->len, ==, cases[i].taken ? 1 : 0);
      g_assert_cmpuint (merge->conflicts->len, ==, cases[i].conflict ? 1 : 0);
    }
}

static void
test_conflict_has_all_three (void)
{
  const GhSetting *setting = gh_settings_lookup ("global-session-timeout");
  g_autoptr (GhPolicy) base = sample_policy ("global-session-timeout=10");
  g_autoptr (GhPolicy) theirs = sample_policy ("global-session-timeout=20");
  g_autoptr (GHashTable) drafts = drafts_new ();
  g_autoptr (GhMerge) merge = NULL;
  const GhConflict *conflict;

  g_hash_table_insert (drafts, (gpointer) setting, parse (setting, "30"));
  merge = gh_merge (base, theirs, drafts);
  g_assert_cmpuint (merge->conflicts->len, ==, 1);
  conflict = g_ptr_array_index (merge->conflicts, 0);
  g_assert_true (conflict->setting == setting);
  g_assert_cmpint (g_variant_get_int64 (conflict->base), ==, 10);
  g_assert_cmpint (g_variant_get_int64 (conflict->theirs), ==, 20);
  g_assert_cmpint (g_variant_get_int64 (conflict->yours), ==, 30);
}

/* Lists that are fine by themselves may be too long together. */
static void
test_list_too_long (void)
{
  const GhSetting *setting = gh_settings_lookup ("allowed-file-extensions");
  g_autoptr (GhPolicy) base = sample_policy ("allowed-file-extensions=a");
  g_autoptr (GhPolicy) theirs = gh_policy_new ();
  g_autoptr (GHashTable) drafts = drafts_new ();
  g_autoptr (GString) first = g_string_new ("a");
  g_autoptr (GString) second = g_string_new ("a");
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GhMerge) merge = NULL;

  for (gint64 i = 1; i < setting->maximum; i++)
    {
      g_string_append_printf (first, ",x%" G_GINT64_FORMAT, i);
      g_string_append_printf (second, ",y%" G_GINT64_FORMAT, i);
    }
  value = parse (setting, first->str);
  gh_policy_set (theirs, setting, value);
  g_hash_table_insert (drafts, (gpointer) setting, parse (setting, second->str));
  merge = gh_merge (base, theirs, drafts);
  g_assert_cmpuint (merge->conflicts->len, ==, 1);
}

static gboolean
list_has (GVariant *list, const char *item)
{
  g_autofree const char **items = g_variant_get_strv (list, NULL);

  return g_strv_contains (items, item);
}

/* By the definition for one element: in if either added it or neither removed it. */
static gboolean
belongs (GVariant *base, GVariant *theirs, GVariant *yours, const char *item)
{
  if (list_has (base, item))
    return list_has (theirs, item) && list_has (yours, item);

  return list_has (theirs, item) || list_has (yours, item);
}

static void
assert_holds_what_belongs (GVariant *candidates,
                           GVariant *base,
                           GVariant *theirs,
                           GVariant *yours,
                           GVariant *merged)
{
  GVariantIter iter;
  const char *item;

  g_variant_iter_init (&iter, candidates);
  while (g_variant_iter_next (&iter, "&s", &item))
    g_assert_cmpint (list_has (merged, item), ==, belongs (base, theirs, yours, item));
}

/* Whether the items that both lists have stand in the same order. */
static gboolean
keeps_order (GVariant *list, GVariant *merged)
{
  g_autofree const char **items = g_variant_get_strv (list, NULL);
  GVariantIter iter;
  const char *item;
  gsize place = 0;

  g_variant_iter_init (&iter, merged);
  while (g_variant_iter_next (&iter, "&s", &item))
    {
      if (!g_strv_contains (items, item))
        continue;
      while (items[place] != NULL && !g_str_equal (items[place], item))
        place++;
      if (items[place] == NULL)
        return FALSE;
    }

  return TRUE;
}

static void
assert_list_merged (GVariant *base, GVariant *theirs, GVariant *yours, GVariant *merged)
{
  assert_holds_what_belongs (base, base, theirs, yours, merged);
  assert_holds_what_belongs (theirs, base, theirs, yours, merged);
  assert_holds_what_belongs (yours, base, theirs, yours, merged);
  assert_holds_what_belongs (merged, base, theirs, yours, merged);
  g_assert_true (keeps_order (theirs, merged) || keeps_order (yours, merged));
}

static gboolean
removed_all (GVariant *base, GVariant *list)
{
  GVariantIter iter;
  const char *item;

  g_variant_iter_init (&iter, base);
  while (g_variant_iter_next (&iter, "&s", &item))
    if (list_has (list, item))
      return FALSE;

  return TRUE;
}

static gboolean
has_additions (GVariant *base, GVariant *list)
{
  GVariantIter iter;
  const char *item;

  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "&s", &item))
    if (!list_has (base, item))
      return TRUE;

  return FALSE;
}

/* The only reason for which short lists conflict. */
static void
assert_list_conflicts (GVariant *base, GVariant *theirs, GVariant *yours)
{
  g_assert_true ((removed_all (base, theirs) && has_additions (base, yours))
                 || (removed_all (base, yours) && has_additions (base, theirs)));
}

static const GhConflict *
find_conflict (GhMerge *merge, const GhSetting *setting)
{
  for (guint i = 0; i < merge->conflicts->len; i++)
    {
      const GhConflict *conflict = g_ptr_array_index (merge->conflicts, i);

      if (conflict->setting == setting)
        return conflict;
    }

  return NULL;
}

/* What must hold of one field, whatever the three values are. */
static void
assert_field (GhMerge *merge,
              const GhPolicy *base_policy,
              const GhSetting *setting,
              GVariant *draft)
{
  GVariant *base = gh_policy_get (base_policy, setting);
  GVariant *theirs = gh_policy_get (merge->theirs, setting);
  GVariant *yours = draft != NULL ? draft : base;
  GVariant *kept = g_hash_table_lookup (merge->drafts, setting);
  GVariant *result = kept != NULL ? kept : theirs;
  const GhConflict *conflict = find_conflict (merge, setting);
  gboolean taken = g_ptr_array_find (merge->taken, setting, NULL);

  g_assert_false (kept != NULL && gh_value_equal (kept, theirs));
  if (conflict != NULL)
    {
      g_assert_false (gh_value_equal (base, theirs) || gh_value_equal (base, yours)
                      || gh_value_equal (theirs, yours));
      g_assert_null (kept);
      g_assert_false (taken);
      if (setting->type == &gh_value_type_string_list)
        assert_list_conflicts (base, theirs, yours);
    }
  else if (gh_value_equal (base, yours))
    g_assert_true (gh_value_equal (result, theirs));
  else if (gh_value_equal (base, theirs) || gh_value_equal (theirs, yours))
    g_assert_true (gh_value_equal (result, yours));
  else
    {
      g_assert_true (setting->type == &gh_value_type_string_list);
      assert_list_merged (base, theirs, yours, result);
    }

  g_assert_cmpint (taken, ==, !gh_value_equal (base, theirs) && gh_value_equal (base, yours));
}

static void
assert_same (GhMerge *a, GhMerge *b)
{
  GHashTableIter iter;
  gpointer setting;
  gpointer draft;

  g_assert_cmpuint (g_hash_table_size (a->drafts), ==, g_hash_table_size (b->drafts));
  g_assert_cmpuint (a->conflicts->len, ==, b->conflicts->len);
  g_assert_cmpuint (a->taken->len, ==, b->taken->len);
  g_hash_table_iter_init (&iter, a->drafts);
  while (g_hash_table_iter_next (&iter, &setting, &draft))
    g_assert_true (gh_value_equal (draft, g_hash_table_lookup (b->drafts, setting)));
}

/* Mostly fields that matter most here: those that both sides change, and lists. */
static const GhSetting *
pick_setting (GRand *random)
{
  if (g_rand_int_range (random, 0, 4) == 0)
    return gh_settings_lookup ("allowed-file-extensions");

  return gh_settings_get_nth ((guint) g_rand_int_range (random, 0, GH_N_SETTINGS));
}

static void
check_triple (GRand *random, GhPolicy *base)
{
  g_autoptr (GhPolicy) theirs = gh_policy_copy (base);
  g_autoptr (GHashTable) drafts = drafts_new ();
  g_autoptr (GhMerge) merge = NULL;
  g_autoptr (GhMerge) again = NULL;
  gint32 n_changes = g_rand_int_range (random, 0, 6);

  for (gint32 i = 0; i < n_changes; i++)
    {
      const GhSetting *setting = pick_setting (random);
      g_autoptr (GVariant) value = sample_value (setting, random);
      gint32 side = g_rand_int_range (random, 0, 4);

      if (side != 1)
        gh_policy_set (theirs, setting, value);
      if (side == 1 || side == 2)
        g_hash_table_insert (drafts, (gpointer) setting, g_variant_ref (value));
      if (side == 3)
        g_hash_table_insert (drafts, (gpointer) setting, sample_value (setting, random));
    }

  merge = gh_merge (base, theirs, drafts);
  again = gh_merge (base, theirs, drafts);
  assert_same (merge, again);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      assert_field (merge, base, setting, g_hash_table_lookup (drafts, setting));
    }
}

static void
test_properties (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  g_autoptr (GPtrArray) bases = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_policy_unref);

  g_test_message ("%d triples from seed %d", N_TRIPLES, SEED);
  for (guint i = 0; i < N_BASES; i++)
    g_ptr_array_add (bases, sample_random_policy (random, 2));
  for (guint i = 0; i < N_TRIPLES; i++)
    check_triple (random, g_ptr_array_index (bases, i % N_BASES));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/policy/merge/cases", test_cases);
  g_test_add_func ("/policy/merge/conflict-has-all-three", test_conflict_has_all_three);
  g_test_add_func ("/policy/merge/list-too-long", test_list_too_long);
  g_test_add_func ("/policy/merge/properties", test_properties);

  return g_test_run ();
}
