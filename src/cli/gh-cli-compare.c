/* SPDX-License-Identifier: GPL-3.0-or-later */

/* compare: only what differs, among workspaces or against a baseline. */

#include <glib/gi18n-lib.h>

#include "gh-cli-baseline.h"
#include "gh-cli-commands.h"
#include "gh-cli-compare.h"
#include "gh-cli-output.h"
#include "gh-compare.h"

gboolean gh_cli_compare_csv;

static char *baseline_name;

static const GOptionEntry options[] = {
  { "baseline",
    0,
    0,
    G_OPTION_ARG_STRING,
    &baseline_name,
    N_ ("Against this baseline"),
    N_ ("NAME") },
  { "csv", 0, 0, G_OPTION_ARG_NONE, &gh_cli_compare_csv, N_ ("Print CSV"), NULL },
  { NULL },
};

static gboolean
gather (GhCli *cli, char **names, GPtrArray *policies, GPtrArray *titles, GError **error)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      GhWorkspace *workspace = gh_cli_find (cli, names[i], error);

      if (workspace == NULL)
        return FALSE;
      g_ptr_array_add (policies, gh_document_dup_policy (gh_workspace_get_document (workspace)));
      g_ptr_array_add (
        titles,
        g_strconcat (
          gh_workspace_get_account (workspace), "/", gh_workspace_get_id (workspace), NULL));
    }
  g_ptr_array_add (titles, NULL);

  return TRUE;
}

static GhComparison *
compare (GhCli *cli, const char *baseline, char **names, GError **error)
{
  g_autoptr (GPtrArray) policies
    = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_policy_unref);
  g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GhPolicy) measure = NULL;

  if (!gh_cli_open (cli, error))
    return NULL;
  if (baseline != NULL && (measure = gh_cli_find_baseline (cli, baseline, error)) == NULL)
    return NULL;
  if (!gather (cli, names, policies, titles, error))
    return NULL;

  return gh_compare (policies, (const char *const *) titles->pdata, measure, baseline);
}

static void
print_lines (const GhComparison *comparison, const GhDifference *difference)
{
  GhCliTable *table = gh_cli_table_new (2);

  gh_cli_print_line ("%s", difference->setting->id);
  for (guint i = 0; i < comparison->titles->len; i++)
    {
      const char *mark = gh_difference_is_odd (difference, i) ? "*" : " ";
      g_autofree char *title
        = g_strdup_printf ("%s %s", mark, (char *) comparison->titles->pdata[i]);
      g_autofree char *text
        = gh_cli_dup_value_text (difference->setting, difference->values->pdata[i]);

      gh_cli_table_add (table, title, text, NULL);
    }
  gh_cli_table_print (table);
}

static JsonObject *
describe (const GhComparison *comparison, const GhDifference *difference)
{
  JsonObject *object = json_object_new ();
  JsonObject *values = json_object_new ();

  for (guint i = 0; i < comparison->titles->len; i++)
    gh_cli_add_value (
      values, comparison->titles->pdata[i], difference->setting, difference->values->pdata[i]);
  json_object_set_string_member (object, "field", difference->setting->id);
  json_object_set_object_member (object, "values", values);

  return object;
}

static void
print (const GhCli *cli, const GhComparison *comparison)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autofree char *csv = gh_cli_compare_csv ? gh_comparison_to_csv (comparison) : NULL;

  if (csv != NULL)
    {
      gh_cli_print (csv);
      return;
    }

  for (guint i = 0; i < comparison->differences->len; i++)
    if (cli->json)
      json_array_add_object_element (array,
                                     describe (comparison, comparison->differences->pdata[i]));
    else
      print_lines (comparison, comparison->differences->pdata[i]);
  if (cli->json)
    gh_cli_print_array (json_array_ref (array));
}

GhCliStatus
gh_cli_compare (GhCli *cli, const char *baseline, char **names)
{
  g_autoptr (GhComparison) comparison = NULL;
  GError *error = NULL;

  if (cli->json && gh_cli_compare_csv)
    return gh_cli_usage (_ ("Print JSON or CSV, not both."));

  comparison = compare (cli, baseline, names, &error);
  if (comparison == NULL)
    return gh_cli_fail (error);

  print (cli, comparison);
  return comparison->differences->len > 0 ? GH_CLI_NOTHING : GH_CLI_DONE;
}

static GhCliStatus
run_compare (GhCli *cli, char **arguments)
{
  if (baseline_name == NULL && g_strv_length (arguments) < 2)
    return gh_cli_usage (_ ("Name at least two workspaces, or a baseline with --baseline."));

  return gh_cli_compare (cli, baseline_name, arguments);
}

const GhCliCommand gh_cli_compare_commands[] = {
  { "compare",
    "WORKSPACE…",
    N_ ("Show only what differs"),
    1,
    G_MAXUINT,
    GH_CLI_READS,
    options,
    run_compare },
  { NULL },
};
