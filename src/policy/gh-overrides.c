/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A community's own values, over those of its workspace. */

#include "gh-overrides.h"

#include <glib/gi18n-lib.h>

#include "gh-policy-error.h"
#include "gh-value-type.h"

GHashTable *
gh_overrides_new (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_variant_unref);
}

GHashTable *
gh_overrides_copy (GHashTable *overrides)
{
  GHashTable *copy = gh_overrides_new ();
  GHashTableIter iter;
  gpointer setting;
  gpointer value;

  g_hash_table_iter_init (&iter, overrides);
  while (g_hash_table_iter_next (&iter, &setting, &value))
    gh_overrides_set (copy, setting, value);
  return copy;
}

void
gh_overrides_set (GHashTable *overrides, const GhSetting *setting, GVariant *value)
{
  g_return_if_fail (overrides != NULL);
  g_return_if_fail (setting != NULL && setting->scope == GH_SCOPE_COMMUNITY);

  if (value != NULL)
    g_hash_table_replace (overrides, (gpointer) setting, g_variant_ref_sink (value));
  else
    g_hash_table_remove (overrides, setting);
}

GVariant *
gh_overrides_get (GHashTable *overrides, const GhSetting *setting)
{
  g_return_val_if_fail (overrides != NULL, NULL);
  return g_hash_table_lookup (overrides, setting);
}

GVariant *
gh_overrides_get_effective (GHashTable *overrides,
                            const GhPolicy *workspace,
                            const GhSetting *setting)
{
  GVariant *own = gh_overrides_get (overrides, setting);

  return own != NULL ? own : gh_policy_get (workspace, setting);
}

GhPolicy *
gh_overrides_dup_policy (GHashTable *overrides, const GhPolicy *workspace)
{
  GhPolicy *policy = gh_policy_copy (workspace);
  GHashTableIter iter;
  gpointer setting;
  gpointer value;

  g_hash_table_iter_init (&iter, overrides);
  while (g_hash_table_iter_next (&iter, &setting, &value))
    gh_policy_set (policy, setting, value);
  return policy;
}

gboolean
gh_overrides_value_equal (GVariant *a, GVariant *b)
{
  return a == NULL || b == NULL ? a == b : gh_value_equal (a, b);
}

static JsonNode *
to_node (const GhSetting *setting, GVariant *value)
{
  return value != NULL ? gh_value_to_json (setting, value) : json_node_new (JSON_NODE_NULL);
}

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

JsonNode *
gh_overrides_to_json (GHashTable *overrides)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      if (setting->scope == GH_SCOPE_COMMUNITY)
        json_object_set_member (
          object, setting->id, to_node (setting, gh_overrides_get (overrides, setting)));
    }
  return take_object (object);
}

static gboolean
read_member (GHashTable *overrides, const char *name, JsonNode *node, GError **error)
{
  const GhSetting *setting = gh_settings_lookup (name);
  g_autoptr (GVariant) value = NULL;

  if (setting == NULL || setting->scope != GH_SCOPE_COMMUNITY || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  value = gh_value_from_json (setting, node, error);
  if (value != NULL)
    {
      gh_overrides_set (overrides, setting, value);
      return TRUE;
    }
  g_prefix_error (error, "/%s: ", setting->id);
  return FALSE;
}

GHashTable *
gh_overrides_from_json (JsonNode *node, GError **error)
{
  g_autoptr (GHashTable) overrides = gh_overrides_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  g_return_val_if_fail (node != NULL, NULL);

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error,
                           GH_POLICY_ERROR,
                           GH_POLICY_ERROR_SCHEMA,
                           _ ("A policy is a JSON object, and this is something else"));
      return NULL;
    }
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    if (!read_member (overrides, name, member, error))
      return NULL;
  return g_steal_pointer (&overrides);
}

GhOverrideChange *
gh_override_change_new (const GhSetting *setting, GVariant *base, GVariant *value)
{
  GhOverrideChange *change = g_new0 (GhOverrideChange, 1);

  change->setting = setting;
  change->base = base != NULL ? g_variant_ref_sink (base) : NULL;
  change->value = value != NULL ? g_variant_ref_sink (value) : NULL;
  return change;
}

void
gh_override_change_free (GhOverrideChange *change)
{
  g_clear_pointer (&change->base, g_variant_unref);
  g_clear_pointer (&change->value, g_variant_unref);
  g_free (change);
}

gboolean
gh_override_change_conflicts (const GhOverrideChange *change, GHashTable *overrides)
{
  GVariant *theirs = gh_overrides_get (overrides, change->setting);

  return !gh_overrides_value_equal (theirs, change->base)
         && !gh_overrides_value_equal (theirs, change->value);
}

GHashTable *
gh_override_changes_apply (GPtrArray *changes, GHashTable *overrides)
{
  GHashTable *after = gh_overrides_copy (overrides);

  for (guint i = 0; i < changes->len; i++)
    {
      const GhOverrideChange *change = g_ptr_array_index (changes, i);

      gh_overrides_set (after, change->setting, change->value);
    }
  return after;
}

const GhOverrideChange *
gh_override_changes_find (GPtrArray *changes, const GhSetting *setting)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const GhOverrideChange *change = g_ptr_array_index (changes, i);

      if (change->setting == setting)
        return change;
    }
  return NULL;
}

JsonNode *
gh_override_changes_to_patch (GPtrArray *changes)
{
  JsonObject *patch = json_object_new ();

  for (guint i = 0; i < changes->len; i++)
    {
      const GhOverrideChange *change = g_ptr_array_index (changes, i);

      json_object_set_member (patch, change->setting->id, to_node (change->setting, change->value));
    }
  return take_object (patch);
}
