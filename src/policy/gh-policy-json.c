/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Policies and merge patches as JSON. */

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-policy-error.h"
#include "gh-policy-json.h"
#include "gh-strict-json.h"
#include "gh-value-private.h"
#include "gh-value-type.h"

/* RFC 6901: ~ and / stand for something else in a pointer. */
static char *
dup_pointer (const char *member)
{
  g_autoptr (GString) pointer = g_string_new (member);

  g_string_replace (pointer, "~", "~0", 0);
  g_string_replace (pointer, "/", "~1", 0);
  g_string_prepend_c (pointer, '/');
  return g_string_free (g_steal_pointer (&pointer), FALSE);
}

static void
append_unknown (JsonObject *object, JsonObject *unknown)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, unknown);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    json_object_set_member (object, name, json_node_ref (member));
}

JsonNode *
gh_policy_to_json (const GhPolicy *policy)
{
  JsonNode *node;
  JsonObject *object;

  g_return_val_if_fail (policy != NULL, NULL);

  object = json_object_new ();
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      json_object_set_member (
        object, setting->id, gh_value_to_json (setting, gh_policy_get (policy, setting)));
    }
  if (gh_policy_get_unknown (policy) != NULL)
    append_unknown (object, gh_policy_get_unknown (policy));

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

char *
gh_policy_to_json_text (const GhPolicy *policy)
{
  g_autoptr (JsonNode) node = gh_policy_to_json (policy);

  return gh_strict_json_to_text (node);
}

static gboolean
read_member (GhPolicy *policy, const GhSetting *setting, JsonNode *member, GError **error)
{
  g_autofree char *pointer = NULL;
  g_autoptr (GVariant) value = gh_value_from_json (setting, member, error);

  if (value != NULL)
    {
      gh_policy_set (policy, setting, value);
      return TRUE;
    }

  pointer = dup_pointer (setting->id);
  g_prefix_error (error, "%s: ", pointer);
  return FALSE;
}

/* Sets GH_POLICY_ERROR_SCHEMA when the node is no object, or the error of the first
 * member that does not fit its field, with its JSON pointer before the message. */
GhPolicy *
gh_policy_from_json (JsonNode *node, GError **error)
{
  g_autoptr (GhPolicy) policy = NULL;
  g_autoptr (JsonObject) unknown = NULL;
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

  policy = gh_policy_new ();
  unknown = json_object_new ();
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      const GhSetting *setting = gh_settings_lookup (name);

      if (setting == NULL)
        json_object_set_member (unknown, name, json_node_ref (member));
      else if (!read_member (policy, setting, member, error))
        return NULL;
    }

  gh_policy_set_unknown (policy, unknown);
  return g_steal_pointer (&policy);
}

/* length is in bytes, or -1 when the text ends with NUL. Also sets
 * GH_POLICY_ERROR_SYNTAX. */
GhPolicy *
gh_policy_from_json_text (const char *text, gssize length, GError **error)
{
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  node = gh_strict_json_parse (text, length < 0 ? strlen (text) : (gsize) length, error);
  return node != NULL ? gh_policy_from_json (node, error) : NULL;
}

static GhFieldError *
field_error_new (const char *field, GError *error)
{
  GhFieldError *field_error = g_new0 (GhFieldError, 1);

  field_error->field = g_strdup (field);
  field_error->error = error;
  return field_error;
}

void
gh_field_error_free (GhFieldError *field_error)
{
  g_free (field_error->field);
  g_clear_error (&field_error->error);
  g_free (field_error);
}

/* Applies one member of a patch, or says what is wrong with it. */
static GError *
patch_member (GhPolicy *policy, const char *name, JsonNode *member)
{
  const GhSetting *setting = gh_settings_lookup (name);
  g_autoptr (GVariant) value = NULL;
  GError *error = NULL;

  if (setting == NULL)
    {
      g_autofree char *quoted = gh_value_dup_quoted (name);

      return g_error_new (
        GH_POLICY_ERROR, GH_POLICY_ERROR_UNKNOWN_FIELD, _ ("There is no field %s"), quoted);
    }

  value = JSON_NODE_HOLDS_NULL (member) ? g_variant_ref (gh_setting_get_default (setting))
                                        : gh_value_from_json (setting, member, &error);
  if (value != NULL)
    gh_policy_set (policy, setting, value);
  return error;
}

/* Returns the patched policy, or NULL with every fault in errors when there is one. */
GhPolicy *
gh_policy_apply_patch (const GhPolicy *policy, JsonObject *patch, GPtrArray **errors)
{
  g_autoptr (GPtrArray) faults = NULL;
  g_autoptr (GhPolicy) patched = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  g_return_val_if_fail (policy != NULL, NULL);
  g_return_val_if_fail (patch != NULL, NULL);

  faults = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_field_error_free);
  patched = gh_policy_copy (policy);
  json_object_iter_init_ordered (&iter, patch);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      GError *error = patch_member (patched, name, member);

      if (error != NULL)
        g_ptr_array_add (faults, field_error_new (name, error));
    }

  if (faults->len == 0)
    return g_steal_pointer (&patched);

  if (errors != NULL)
    *errors = g_steal_pointer (&faults);
  return NULL;
}

/* The object that gh_policy_apply_patch() needs to go from one to the other: a member for
 * each field that differs. Unknown members are the server's and never patched. */
JsonNode *
gh_policy_make_patch (const GhPolicy *before, const GhPolicy *after)
{
  JsonNode *node;
  JsonObject *patch;

  g_return_val_if_fail (before != NULL && after != NULL, NULL);

  patch = json_object_new ();
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      GVariant *value = gh_policy_get (after, setting);

      if (!gh_value_equal (gh_policy_get (before, setting), value))
        json_object_set_member (patch, setting->id, gh_value_to_json (setting, value));
    }

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, patch);
  return node;
}
