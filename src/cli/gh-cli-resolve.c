/* SPDX-License-Identifier: GPL-3.0-or-later */

/* resolve: what both you and somebody else changed. */

#include <glib/gi18n-lib.h>

#include "gh-cli-assignment.h"
#include "gh-cli-commands.h"
#include "gh-cli-output.h"
#include "gh-cli-replace.h"

static const GhConflict *
find_conflict (GhWorkspace *workspace, const GhSetting *setting)
{
  GPtrArray *conflicts = gh_workspace_get_conflicts (workspace);

  for (guint i = 0; i < conflicts->len; i++)
    {
      const GhConflict *conflict = conflicts->pdata[i];

      if (conflict->setting == setting)
        return conflict;
    }

  return NULL;
}

/* "ours", "theirs", or a value. */
static gboolean
choose (GhWorkspace *workspace, GhCliAssignment *assignment, GError **error)
{
  const GhConflict *conflict = find_conflict (workspace, assignment->setting);

  if (conflict == NULL)
    {
      g_set_error (error,
                   G_OPTION_ERROR,
                   G_OPTION_ERROR_FAILED,
                   _ ("%s is not in conflict."),
                   assignment->setting->id);
      return FALSE;
    }

  if (g_str_equal (assignment->text, "ours"))
    assignment->value = g_variant_ref (conflict->yours);
  else if (g_str_equal (assignment->text, "theirs"))
    assignment->value = g_variant_ref (conflict->theirs);
  else
    return gh_cli_assignment_read (assignment, error);

  return TRUE;
}

static GPtrArray *
parse (GhWorkspace *workspace, char **arguments, GError **error)
{
  g_autoptr (GPtrArray) choices = gh_cli_assignments_new ();

  for (guint i = 0; arguments[i] != NULL; i++)
    {
      g_autoptr (GhCliAssignment) choice = gh_cli_assignment_split (arguments[i], error);

      if (choice == NULL || !choose (workspace, choice, error))
        return NULL;
      g_ptr_array_add (choices, g_steal_pointer (&choice));
    }

  return g_steal_pointer (&choices);
}

static void
print (const GhCli *cli, GhWorkspace *workspace)
{
  GPtrArray *conflicts = gh_workspace_get_conflicts (workspace);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < conflicts->len; i++)
    {
      const GhConflict *conflict = conflicts->pdata[i];
      const GhSetting *setting = conflict->setting;
      g_autofree char *before = gh_cli_dup_value_text (setting, conflict->base);
      g_autofree char *theirs = gh_cli_dup_value_text (setting, conflict->theirs);
      g_autofree char *yours = gh_cli_dup_value_text (setting, conflict->yours);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "field", setting->id);
      gh_cli_add_value (object, "before", setting, conflict->base);
      gh_cli_add_value (object, "theirs", setting, conflict->theirs);
      gh_cli_add_value (object, "ours", setting, conflict->yours);
      json_array_add_object_element (array, object);
      if (!cli->json)
        gh_cli_print_line ("%s\n  %s %s\n  %s %s\n  %s %s",
                           setting->id,
                           _ ("before:"),
                           before,
                           _ ("theirs:"),
                           theirs,
                           _ ("ours:"),
                           yours);
    }
  if (cli->json)
    gh_cli_print_array (json_array_ref (array));
  json_array_unref (array);
}

static GhCliStatus
run_resolve (GhCli *cli, char **arguments)
{
  g_autoptr (GPtrArray) choices = NULL;
  GError *error = NULL;
  GhWorkspace *workspace = gh_cli_find (cli, arguments[0], &error);

  if (workspace == NULL)
    return gh_cli_fail (error);
  if (arguments[1] == NULL)
    {
      print (cli, workspace);
      return gh_workspace_get_conflicts (workspace)->len > 0 ? GH_CLI_DONE : GH_CLI_NOTHING;
    }

  choices = parse (workspace, arguments + 1, &error);
  for (guint i = 0; choices != NULL && error == NULL && i < choices->len; i++)
    {
      const GhCliAssignment *choice = choices->pdata[i];

      gh_workspace_resolve (workspace, choice->setting, choice->value, &error);
    }
  if (error != NULL)
    return gh_cli_fail (error);

  return gh_cli_keep (cli, workspace);
}

const GhCliCommand gh_cli_resolve_commands[] = {
  { "resolve",
    "WORKSPACE [FIELD=ours|theirs|VALUE…]",
    N_ ("Show what both you and somebody else changed, or settle it"),
    1,
    G_MAXUINT,
    GH_CLI_READS,
    NULL,
    run_resolve },
  { NULL },
};
