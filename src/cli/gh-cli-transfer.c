/* SPDX-License-Identifier: GPL-3.0-or-later */

/* export, import: a policy as a file. */

#include <glib/gi18n-lib.h>

#include "gh-cli-commands.h"
#include "gh-cli-output.h"
#include "gh-cli-replace.h"
#include "gh-cli-transfer.h"
#include "gh-policy-error.h"
#include "gh-policy-json.h"
#include "gh-strict-json.h"

static gboolean with_draft;

static const GOptionEntry export_options[] = {
  { "draft",
    0,
    0,
    G_OPTION_ARG_NONE,
    &with_draft,
    N_ ("With the draft over what is applied"),
    NULL },
  { NULL },
};

static GhCliStatus
run_export (GhCli *cli, char **arguments)
{
  g_autoptr (GhPolicy) policy = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autofree char *text = NULL;
  GhDocument *document;
  JsonObject *object;
  GError *error = NULL;
  GhWorkspace *workspace = gh_cli_find (cli, arguments[0], &error);

  if (workspace == NULL)
    return gh_cli_fail (error);

  document = gh_workspace_get_document (workspace);
  policy = with_draft ? gh_document_dup_policy (document)
                      : gh_policy_copy (gh_document_get_base (document));
  gh_policy_set_unknown (policy, NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "schema", GH_CLI_POLICY_SCHEMA);
  json_object_set_member (object, "policy", gh_policy_to_json (policy));
  json_node_take_object (node, object);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_root (generator, node);
  text = json_generator_to_data (generator, NULL);
  gh_cli_print_line ("%s", text);

  return GH_CLI_DONE;
}

static void
set_schema_error (GError **error, const char *path, const char *reason)
{
  g_set_error (error, GH_POLICY_ERROR, GH_POLICY_ERROR_SCHEMA, "%s: %s", path, reason);
}

/* The member "policy" of an envelope with nothing else in it. */
static JsonNode *
open_envelope (JsonNode *root, const char *path, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *schema = object == NULL ? NULL : json_object_get_member (object, "schema");

  if (schema == NULL || json_node_get_value_type (schema) != G_TYPE_STRING
      || !g_str_equal (json_node_get_string (schema), GH_CLI_POLICY_SCHEMA))
    {
      g_autofree char *words
        = g_strdup_printf (_ ("This is not a policy that was exported: its schema is not “%s”."),
                           GH_CLI_POLICY_SCHEMA);

      set_schema_error (error, path, words);
      return NULL;
    }
  if (json_object_get_size (object) != 2 || !json_object_has_member (object, "policy"))
    {
      set_schema_error (error, path, _ ("Beside “schema” there is one member, “policy”."));
      return NULL;
    }

  return json_object_get_member (object, "policy");
}

static gboolean
check_known (JsonNode *node, const char *path, GError **error)
{
  g_autoptr (GList) members = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      set_schema_error (error, path, _ ("The member “policy” is not an object."));
      return FALSE;
    }

  members = json_object_get_members (json_node_get_object (node));
  for (GList *member = members; member != NULL; member = member->next)
    if (gh_settings_lookup (member->data) == NULL)
      {
        g_set_error (error,
                     GH_POLICY_ERROR,
                     GH_POLICY_ERROR_UNKNOWN_FIELD,
                     _ ("%s: There is no setting “%s”."),
                     path,
                     (const char *) member->data);
        return FALSE;
      }

  return TRUE;
}

GhPolicy *
gh_cli_read_policy (const char *path, GError **error)
{
  gsize length;
  g_autofree char *text = gh_cli_read_file (path, GH_STRICT_JSON_MAXIMUM_SIZE, &length, error);
  g_autoptr (JsonNode) root = NULL;
  JsonNode *node;
  GhPolicy *policy;

  if (text == NULL)
    return NULL;

  root = gh_strict_json_parse (text, length, error);
  if (root == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }

  node = open_envelope (root, path, error);
  if (node == NULL || !check_known (node, path, error))
    return NULL;

  policy = gh_policy_from_json (node, error);
  if (policy == NULL)
    g_prefix_error (error, "%s: ", path);

  return policy;
}

static GhCliStatus
run_import (GhCli *cli, char **arguments)
{
  g_autoptr (GhPolicy) policy = NULL;
  GError *error = NULL;
  GhWorkspace *workspace;

  policy = gh_cli_read_policy (arguments[1], &error);
  if (policy == NULL)
    return gh_cli_fail (error);

  workspace = gh_cli_find (cli, arguments[0], &error);
  if (workspace == NULL)
    return gh_cli_fail (error);

  return gh_cli_replace (cli, workspace, policy);
}

const GhCliCommand gh_cli_transfer_commands[] = {
  { "export",
    "WORKSPACE",
    N_ ("Write a policy as JSON"),
    1,
    1,
    GH_CLI_PLAIN,
    export_options,
    run_export },
  { "import",
    "WORKSPACE FILE",
    N_ ("Read a policy into the draft; “-” reads standard input"),
    2,
    2,
    GH_CLI_PLAIN,
    NULL,
    run_import },
  { NULL },
};
