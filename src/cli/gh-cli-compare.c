/* SPDX-License-Identifier: GPL-3.0-or-later */

/* compare: only what differs, among workspaces or against a baseline. */

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-cli-baseline.h"
#include "gh-cli-commands.h"
#include "gh-cli-compare.h"
#include "gh-cli-output.h"
#include "gh-value-type.h"

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

/* One side of a comparison. */
typedef struct
{
  char *title;
  GhPolicy *policy;
} Side;

static void
side_free (Side *side)
{
  g_free (side->title);
  gh_policy_unref (side->policy);
  g_free (side);
}

/* Takes the policy. */
static void
add_side (GPtrArray *sides, char *title, GhPolicy *policy)
{
  Side *side = g_new (Side, 1);

  side->title = title;
  side->policy = policy;
  g_ptr_array_add (sides, side);
}

static GPtrArray *
gather (GhCli *cli, const char *baseline, char **names, GError **error)
{
  g_autoptr (GPtrArray) sides = g_ptr_array_new_with_free_func ((GDestroyNotify) side_free);

  if (baseline != NULL)
    {
      GhPolicy *policy = gh_cli_find_baseline (cli, baseline, error);

      if (policy == NULL)
        return NULL;
      add_side (sides, g_strdup (baseline), policy);
    }

  for (guint i = 0; names[i] != NULL; i++)
    {
      GhWorkspace *workspace = gh_cli_find (cli, names[i], error);

      if (workspace == NULL)
        return NULL;
      add_side (sides,
                g_strconcat (
                  gh_workspace_get_account (workspace), "/", gh_workspace_get_id (workspace), NULL),
                gh_document_dup_policy (gh_workspace_get_document (workspace)));
    }

  return g_steal_pointer (&sides);
}

static gboolean
differs (GPtrArray *sides, const GhSetting *setting)
{
  const Side *first = sides->pdata[0];

  for (guint i = 1; i < sides->len; i++)
    {
      const Side *side = sides->pdata[i];

      if (!gh_value_equal (gh_policy_get (first->policy, setting),
                           gh_policy_get (side->policy, setting)))
        return TRUE;
    }

  return FALSE;
}

/* RFC 4180, and nothing that a spreadsheet takes for a formula. */
static void
print_csv_cell (const char *text, gboolean last)
{
  g_autoptr (GString) cell = g_string_new (text);

  if (*text != '\0' && strchr ("=+-@\t\r", *text) != NULL)
    g_string_prepend_c (cell, '\'');
  g_string_replace (cell, "\"", "\"\"", 0);
  gh_cli_print ("\"");
  gh_cli_print (cell->str);
  gh_cli_print (last ? "\"\r\n" : "\",");
}

static void
print_csv_row (GPtrArray *sides, const GhSetting *setting)
{
  print_csv_cell (setting == NULL ? "field" : setting->id, FALSE);
  for (guint i = 0; i < sides->len; i++)
    {
      const Side *side = sides->pdata[i];
      g_autofree char *text = setting == NULL
                                ? g_strdup (side->title)
                                : gh_value_to_text (setting, gh_policy_get (side->policy, setting));

      print_csv_cell (text, i == sides->len - 1);
    }
}

static void
print_lines (GPtrArray *sides, const GhSetting *setting)
{
  GhCliTable *table = gh_cli_table_new (2);

  gh_cli_print_line ("%s", setting->id);
  for (guint i = 0; i < sides->len; i++)
    {
      const Side *side = sides->pdata[i];
      g_autofree char *title = g_strconcat ("  ", side->title, NULL);
      g_autofree char *text
        = gh_cli_dup_value_text (setting, gh_policy_get (side->policy, setting));

      gh_cli_table_add (table, title, text, NULL);
    }
  gh_cli_table_print (table);
}

static JsonObject *
describe (GPtrArray *sides, const GhSetting *setting)
{
  JsonObject *object = json_object_new ();
  JsonObject *values = json_object_new ();

  for (guint i = 0; i < sides->len; i++)
    {
      const Side *side = sides->pdata[i];

      gh_cli_add_value (values, side->title, setting, gh_policy_get (side->policy, setting));
    }
  json_object_set_string_member (object, "field", setting->id);
  json_object_set_object_member (object, "values", values);

  return object;
}

GhCliStatus
gh_cli_compare (GhCli *cli, const char *baseline, char **names)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) sides = gather (cli, baseline, names, &error);
  g_autoptr (JsonArray) array = json_array_new ();
  guint n_different = 0;

  if (sides == NULL)
    return gh_cli_fail (error);

  if (gh_cli_compare_csv)
    print_csv_row (sides, NULL);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      if (!differs (sides, setting))
        continue;
      n_different++;
      if (cli->json)
        json_array_add_object_element (array, describe (sides, setting));
      else if (gh_cli_compare_csv)
        print_csv_row (sides, setting);
      else
        print_lines (sides, setting);
    }
  if (cli->json)
    gh_cli_print_array (json_array_ref (array));

  return n_different > 0 ? GH_CLI_NOTHING : GH_CLI_DONE;
}

static GhCliStatus
run_compare (GhCli *cli, char **arguments)
{
  if (baseline_name == NULL && g_strv_length (arguments) < 2)
    return gh_cli_usage (_ ("Name at least two workspaces, or a baseline with --baseline."));
  if (cli->json && gh_cli_compare_csv)
    return gh_cli_usage (_ ("Print JSON or CSV, not both."));

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
