/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The envelope around a policy, and what may stand in it. */

#include <glib/gi18n-lib.h>

#include "gh-policy-error.h"
#include "gh-policy-file.h"
#include "gh-policy-json.h"
#include "gh-strict-json.h"
#include "gh-value-private.h"

char *
gh_policy_file_to_text (const GhPolicy *policy)
{
  g_autoptr (GhPolicy) known = gh_policy_copy (policy);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  JsonObject *object = json_object_new ();

  gh_policy_set_unknown (known, NULL);
  json_object_set_string_member (object, "schema", GH_POLICY_FILE_SCHEMA);
  json_object_set_member (object, "policy", gh_policy_to_json (known));
  json_node_take_object (node, object);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, node);
  return json_generator_to_data (generator, NULL);
}

static gboolean
refuse_schema (GError **error, const char *reason)
{
  g_set_error_literal (error, GH_POLICY_ERROR, GH_POLICY_ERROR_SCHEMA, reason);
  return FALSE;
}

static gboolean
has_schema (JsonObject *object)
{
  JsonNode *schema = json_object_get_member (object, "schema");

  return schema != NULL && json_node_get_value_type (schema) == G_TYPE_STRING
         && g_str_equal (json_node_get_string (schema), GH_POLICY_FILE_SCHEMA);
}

/* The member "policy" of an envelope with nothing else in it. */
static JsonNode *
open_envelope (JsonNode *root, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;

  if (object == NULL || !has_schema (object))
    {
      g_autofree char *words
        = g_strdup_printf (_ ("This is not a policy that was exported: its schema is not “%s”."),
                           GH_POLICY_FILE_SCHEMA);

      refuse_schema (error, words);
      return NULL;
    }
  if (json_object_get_size (object) != 2 || !json_object_has_member (object, "policy"))
    {
      refuse_schema (error, _ ("Beside “schema” there is one member, “policy”."));
      return NULL;
    }

  return json_object_get_member (object, "policy");
}

static gboolean
check_known (JsonNode *node, GError **error)
{
  g_autoptr (GList) members = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse_schema (error, _ ("The member “policy” is not an object."));

  members = json_object_get_members (json_node_get_object (node));
  for (GList *member = members; member != NULL; member = member->next)
    if (gh_settings_lookup (member->data) == NULL)
      {
        g_autofree char *quoted = gh_value_dup_quoted (member->data);

        g_set_error (error,
                     GH_POLICY_ERROR,
                     GH_POLICY_ERROR_UNKNOWN_FIELD,
                     _ ("There is no setting %s."),
                     quoted);
        return FALSE;
      }

  return TRUE;
}

static GhPolicy *
parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonNode) root = gh_strict_json_parse (text, length, error);
  JsonNode *node = root != NULL ? open_envelope (root, error) : NULL;

  return node != NULL && check_known (node, error) ? gh_policy_from_json (node, error) : NULL;
}

GhPolicy *
gh_policy_file_parse (const char *text, gsize length, const char *name, GError **error)
{
  GhPolicy *policy;

  g_return_val_if_fail (text != NULL && name != NULL, NULL);

  policy = parse (text, length, error);
  if (policy == NULL)
    g_prefix_error (error, "%s: ", name);

  return policy;
}
