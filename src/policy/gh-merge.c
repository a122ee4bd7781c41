/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Three-way merge of policies. */

#include "gh-merge.h"
#include "gh-merge-list.h"
#include "gh-value-type.h"

void
gh_conflict_free (GhConflict *conflict)
{
  g_variant_unref (conflict->base);
  g_variant_unref (conflict->theirs);
  g_variant_unref (conflict->yours);
  g_free (conflict);
}

void
gh_merge_free (GhMerge *merge)
{
  gh_policy_unref (merge->theirs);
  g_ptr_array_unref (merge->taken);
  g_hash_table_unref (merge->drafts);
  g_ptr_array_unref (merge->conflicts);
  g_free (merge);
}

static GhMerge *
merge_new (GhPolicy *theirs)
{
  GhMerge *merge = g_new0 (GhMerge, 1);

  merge->theirs = gh_policy_ref (theirs);
  merge->taken = g_ptr_array_new ();
  merge->drafts = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_variant_unref);
  merge->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_conflict_free);
  return merge;
}

static void
keep_draft (GhMerge *merge, const GhSetting *setting, GVariant *draft)
{
  g_hash_table_insert (merge->drafts, (gpointer) setting, g_variant_ref (draft));
}

static void
add_conflict (GhMerge *merge,
              const GhSetting *setting,
              GVariant *base,
              GVariant *theirs,
              GVariant *yours)
{
  GhConflict *conflict = g_new0 (GhConflict, 1);

  conflict->setting = setting;
  conflict->base = g_variant_ref (base);
  conflict->theirs = g_variant_ref (theirs);
  conflict->yours = g_variant_ref (yours);
  g_ptr_array_add (merge->conflicts, conflict);
}

/* Both changed the field, each to something else. */
static void
merge_both_changed (GhMerge *merge,
                    const GhSetting *setting,
                    GVariant *base,
                    GVariant *theirs,
                    GVariant *yours)
{
  g_autoptr (GVariant) merged = NULL;

  if (setting->type == &gh_value_type_string_list)
    merged = gh_merge_list (base, theirs, yours);

  if (merged == NULL || !gh_value_check (setting, merged, NULL))
    add_conflict (merge, setting, base, theirs, yours);
  else if (!gh_value_equal (merged, theirs))
    keep_draft (merge, setting, merged);
}

static void
merge_field (GhMerge *merge,
             const GhSetting *setting,
             GVariant *base,
             GVariant *theirs,
             GVariant *draft)
{
  gboolean they_changed = !gh_value_equal (base, theirs);
  gboolean you_changed = draft != NULL && !gh_value_equal (base, draft);

  if (they_changed && !you_changed)
    g_ptr_array_add (merge->taken, (gpointer) setting);
  else if (you_changed && !they_changed)
    keep_draft (merge, setting, draft);
  else if (you_changed && !gh_value_equal (theirs, draft))
    merge_both_changed (merge, setting, base, theirs, draft);
}

GhMerge *
gh_merge (const GhPolicy *base, GhPolicy *theirs, GHashTable *drafts)
{
  GhMerge *merge;

  g_return_val_if_fail (base != NULL && theirs != NULL, NULL);
  g_return_val_if_fail (drafts != NULL, NULL);

  merge = merge_new (theirs);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      merge_field (merge,
                   setting,
                   gh_policy_get (base, setting),
                   gh_policy_get (theirs, setting),
                   g_hash_table_lookup (drafts, setting));
    }

  return merge;
}
