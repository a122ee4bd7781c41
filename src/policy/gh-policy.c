/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole policy in memory: one value per row of the settings table. */

#include "gh-policy.h"
#include "gh-value-type.h"

struct _GhPolicy
{
  gatomicrefcount ref_count;
  GVariant *values[GH_N_SETTINGS]; /* owned, never NULL */
  JsonObject *unknown;             /* owned and sealed, or NULL; never empty */
};

G_DEFINE_BOXED_TYPE (GhPolicy, gh_policy, gh_policy_ref, gh_policy_unref)

static void
policy_free (GhPolicy *policy)
{
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    g_variant_unref (policy->values[i]);
  g_clear_pointer (&policy->unknown, json_object_unref);
  g_free (policy);
}

/* The value of the field with this id, which must be of this type. */
static GVariant *
get_by_id (const GhPolicy *policy, const char *id, const char *signature)
{
  const GhSetting *setting = gh_settings_lookup (id);

  g_return_val_if_fail (policy != NULL, NULL);
  g_return_val_if_fail (setting != NULL, NULL);
  g_return_val_if_fail (g_str_equal (setting->type->signature, signature), NULL);

  return policy->values[gh_setting_get_index (setting)];
}

GhPolicy *
gh_policy_new (void)
{
  GhPolicy *policy = g_new0 (GhPolicy, 1);

  g_atomic_ref_count_init (&policy->ref_count);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    policy->values[i] = g_variant_ref (gh_setting_get_default (gh_settings_get_nth (i)));

  return policy;
}

GhPolicy *
gh_policy_copy (const GhPolicy *policy)
{
  GhPolicy *copy;

  g_return_val_if_fail (policy != NULL, NULL);

  copy = g_new0 (GhPolicy, 1);
  g_atomic_ref_count_init (&copy->ref_count);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    copy->values[i] = g_variant_ref (policy->values[i]);
  if (policy->unknown != NULL)
    copy->unknown = json_object_ref (policy->unknown);

  return copy;
}

GhPolicy *
gh_policy_ref (GhPolicy *policy)
{
  g_return_val_if_fail (policy != NULL, NULL);

  g_atomic_ref_count_inc (&policy->ref_count);
  return policy;
}

void
gh_policy_unref (GhPolicy *policy)
{
  g_return_if_fail (policy != NULL);

  if (g_atomic_ref_count_dec (&policy->ref_count))
    policy_free (policy);
}

/* Same values, and same unknown members in any order. */
gboolean
gh_policy_equal (const GhPolicy *a, const GhPolicy *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    if (!gh_value_equal (a->values[i], b->values[i]))
      return FALSE;

  if (a->unknown == NULL || b->unknown == NULL)
    return a->unknown == b->unknown;

  return json_object_equal (a->unknown, b->unknown);
}

/* Returns the value, borrowed; never NULL. */
GVariant *
gh_policy_get (const GhPolicy *policy, const GhSetting *setting)
{
  g_return_val_if_fail (policy != NULL, NULL);

  return policy->values[gh_setting_get_index (setting)];
}

/* Takes the value if it is floating. It must be of the field's type; whether the field
 * accepts it is for gh_value_check() to say. */
void
gh_policy_set (GhPolicy *policy, const GhSetting *setting, GVariant *value)
{
  GVariant **place;
  GVariant *old;

  g_return_if_fail (policy != NULL);
  g_return_if_fail (setting != NULL);
  g_return_if_fail (g_variant_is_of_type (value, G_VARIANT_TYPE (setting->type->signature)));

  place = &policy->values[gh_setting_get_index (setting)];
  old = *place;
  *place = g_variant_ref_sink (value);
  g_variant_unref (old);
}

gboolean
gh_policy_get_boolean (const GhPolicy *policy, const char *id)
{
  GVariant *value = get_by_id (policy, id, "b");

  return value != NULL && g_variant_get_boolean (value);
}

gint64
gh_policy_get_integer (const GhPolicy *policy, const char *id)
{
  GVariant *value = get_by_id (policy, id, "x");

  return value != NULL ? g_variant_get_int64 (value) : 0;
}

/* Strings, texts and the ids of choices. */
const char *
gh_policy_get_string (const GhPolicy *policy, const char *id)
{
  GVariant *value = get_by_id (policy, id, "s");

  return value != NULL ? g_variant_get_string (value, NULL) : NULL;
}

/* Returns a NULL-terminated array to free; the strings in it are borrowed. */
const char **
gh_policy_dup_string_list (const GhPolicy *policy, const char *id)
{
  GVariant *value = get_by_id (policy, id, "as");

  return value != NULL ? g_variant_get_strv (value, NULL) : NULL;
}

JsonObject *
gh_policy_get_unknown (const GhPolicy *policy)
{
  g_return_val_if_fail (policy != NULL, NULL);

  return policy->unknown;
}

/* Seals the object, which policies share from now on. */
void
gh_policy_set_unknown (GhPolicy *policy, JsonObject *unknown)
{
  g_return_if_fail (policy != NULL);

  if (unknown != NULL)
    {
      json_object_seal (unknown);
      json_object_ref (unknown);
    }

  g_clear_pointer (&policy->unknown, json_object_unref);
  policy->unknown = unknown;
  if (unknown != NULL && json_object_get_size (unknown) == 0)
    g_clear_pointer (&policy->unknown, json_object_unref);
}
