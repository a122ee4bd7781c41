/* SPDX-License-Identifier: GPL-3.0-or-later */

/* get, set, revert, undo, redo, diff: the draft. */

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-cli-assignment.h"
#include "gh-cli-commands.h"
#include "gh-cli-output.h"
#include "gh-cli-replace.h"
#include "gh-value-type.h"

static JsonObject *
describe_value (GhWorkspace *workspace, const GhSetting *setting)
{
  GhDocument *document = gh_workspace_get_document (workspace);
  JsonObject *object = json_object_new ();

  gh_cli_add_value (object, "value", setting, gh_document_get_value (document, setting));
  gh_cli_add_value (object, "base", setting, gh_document_get_base_value (document, setting));
  json_object_set_boolean_member (object, "drafted", gh_document_is_drafted (document, setting));
  gh_cli_add_value (object, "default", setting, gh_setting_get_default (setting));
  gh_cli_add_string (object, "unit", setting->unit);

  return object;
}

static void
print_values (GhWorkspace *workspace, const GhSetting *only)
{
  GhDocument *document = gh_workspace_get_document (workspace);
  GhCliTable *table = gh_cli_table_new (3);

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      g_autofree char *text = NULL;

      if (only != NULL && only != setting)
        continue;
      text = gh_cli_dup_value_text (setting, gh_document_get_value (document, setting));
      gh_cli_table_add (
        table, gh_document_is_drafted (document, setting) ? "*" : " ", setting->id, text, NULL);
    }
  gh_cli_table_print (table);
}

static void
print_values_json (GhWorkspace *workspace, const GhSetting *only)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      if (only == NULL || only == setting)
        json_object_set_object_member (object, setting->id, describe_value (workspace, setting));
    }
  gh_cli_print_object (object);
}

static GhCliStatus
run_get (GhCli *cli, char **arguments)
{
  const GhSetting *only = NULL;
  GhWorkspace *workspace;
  GError *error = NULL;

  if (arguments[1] != NULL && (only = gh_cli_find_setting (arguments[1], &error)) == NULL)
    return gh_cli_fail (error);

  workspace = gh_cli_find (cli, arguments[0], &error);
  if (workspace == NULL)
    return gh_cli_fail (error);

  if (cli->json)
    print_values_json (workspace, only);
  else
    print_values (workspace, only);

  return GH_CLI_DONE;
}

static GhCliStatus
run_set (GhCli *cli, char **arguments)
{
  g_autoptr (GPtrArray) assignments = gh_cli_assignments_new ();
  GhDocument *document;
  GhWorkspace *workspace;
  GError *error = NULL;

  if (!gh_cli_assignments_parse (assignments, arguments + 1, &error))
    return gh_cli_fail (error);

  workspace = gh_cli_find (cli, arguments[0], &error);
  if (workspace == NULL)
    return gh_cli_fail (error);

  document = gh_workspace_get_document (workspace);
  gh_document_begin_step (document);
  for (guint i = 0; i < assignments->len; i++)
    {
      const GhCliAssignment *assignment = assignments->pdata[i];

      gh_document_set_value (document, assignment->setting, assignment->value, NULL);
    }
  gh_document_end_step (document);

  return gh_cli_keep (cli, workspace);
}

static gboolean
revert_some (GhDocument *document, char **fields, GError **error)
{
  for (guint i = 0; fields[i] != NULL; i++)
    if (gh_cli_find_setting (fields[i], error) == NULL)
      return FALSE;

  gh_document_begin_step (document);
  for (guint i = 0; fields[i] != NULL; i++)
    gh_document_revert (document, gh_settings_lookup (fields[i]));
  gh_document_end_step (document);

  return TRUE;
}

static GhCliStatus
run_revert (GhCli *cli, char **arguments)
{
  GError *error = NULL;
  GhWorkspace *workspace = gh_cli_find (cli, arguments[0], &error);

  if (workspace == NULL)
    return gh_cli_fail (error);

  if (arguments[1] == NULL)
    gh_document_revert_all (gh_workspace_get_document (workspace));
  else if (!revert_some (gh_workspace_get_document (workspace), arguments + 1, &error))
    return gh_cli_fail (error);

  return gh_cli_keep (cli, workspace);
}

/* Says what it takes back, as the window does. */
static GhCliStatus
move (GhCli *cli,
      const char *name,
      char *(*dup_label) (GhDocument *),
      gboolean (*go) (GhDocument *))
{
  g_autofree char *label = NULL;
  GError *error = NULL;
  GhWorkspace *workspace = gh_cli_find (cli, name, &error);
  GhCliStatus status;

  if (workspace == NULL)
    return gh_cli_fail (error);

  label = dup_label (gh_workspace_get_document (workspace));
  if (!go (gh_workspace_get_document (workspace)))
    return GH_CLI_NOTHING;

  status = gh_cli_keep (cli, workspace);
  if (status == GH_CLI_DONE)
    gh_cli_print_line ("%s", label);

  return status;
}

static GhCliStatus
run_undo (GhCli *cli, char **arguments)
{
  return move (cli, arguments[0], gh_document_dup_undo_label, gh_document_undo);
}

static GhCliStatus
run_redo (GhCli *cli, char **arguments)
{
  return move (cli, arguments[0], gh_document_dup_redo_label, gh_document_redo);
}

static JsonObject *
describe_change (GhChange *change)
{
  const GhSetting *setting = gh_change_get_setting (change);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "field", setting->id);
  json_object_set_string_member (object, "title", gh_setting_get_title (setting));
  gh_cli_add_value (object, "before", setting, gh_change_get_before (change));
  gh_cli_add_value (object, "after", setting, gh_change_get_after (change));
  json_object_set_boolean_member (object, "weaker", gh_change_is_weaker (change));

  return object;
}

static void
print_change (GhChange *change)
{
  const GhSetting *setting = gh_change_get_setting (change);
  g_autofree char *before = gh_cli_dup_value_text (setting, gh_change_get_before (change));
  g_autofree char *after = gh_cli_dup_value_text (setting, gh_change_get_after (change));

  gh_cli_print_line ("%s", setting->id);
  gh_cli_print_line ("- %s", before);
  gh_cli_print_line (gh_change_is_weaker (change) ? "+ %s  (%s)" : "+ %s", after, _ ("weaker"));
}

static GhCliStatus
run_diff (GhCli *cli, char **arguments)
{
  g_autoptr (GhChanges) changes = NULL;
  JsonArray *array = json_array_new ();
  GError *error = NULL;
  GhWorkspace *workspace = gh_cli_find (cli, arguments[0], &error);
  guint n;

  if (workspace == NULL)
    return gh_cli_fail (error);

  changes = gh_changes_new (gh_workspace_get_document (workspace));
  n = g_list_model_get_n_items (G_LIST_MODEL (changes));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GhChange) change = g_list_model_get_item (G_LIST_MODEL (changes), i);

      if (cli->json)
        json_array_add_object_element (array, describe_change (change));
      else
        print_change (change);
    }
  if (cli->json)
    gh_cli_print_array (json_array_ref (array));
  json_array_unref (array);

  return n > 0 ? GH_CLI_DONE : GH_CLI_NOTHING;
}

const GhCliCommand gh_cli_draft_commands[] = {
  { "get",
    "WORKSPACE [FIELD]",
    N_ ("Show the values in effect, drafted ones marked"),
    1,
    2,
    GH_CLI_READS,
    NULL,
    run_get },
  { "set",
    "WORKSPACE FIELD=VALUE…",
    N_ ("Draft new values, as one edit"),
    2,
    G_MAXUINT,
    GH_CLI_PLAIN,
    NULL,
    run_set },
  { "revert",
    "WORKSPACE [FIELD…]",
    N_ ("Drop drafted values, all of them if no field is named"),
    1,
    G_MAXUINT,
    GH_CLI_PLAIN,
    NULL,
    run_revert },
  { "undo", "WORKSPACE", N_ ("Take the last edit back"), 1, 1, GH_CLI_PLAIN, NULL, run_undo },
  { "redo",
    "WORKSPACE",
    N_ ("Make an edit again that was taken back"),
    1,
    1,
    GH_CLI_PLAIN,
    NULL,
    run_redo },
  { "diff", "WORKSPACE", N_ ("Show what the draft changes"), 1, 1, GH_CLI_READS, NULL, run_diff },
  { NULL },
};
