/* SPDX-License-Identifier: GPL-3.0-or-later */

/* baseline save, list, apply, compare, remove. */

#include <glib/gi18n-lib.h>

#include "gh-cli-baseline.h"
#include "gh-cli-commands.h"
#include "gh-cli-compare.h"
#include "gh-cli-output.h"
#include "gh-cli-replace.h"

static gboolean with_draft;

static const GOptionEntry save_options[] = {
  { "draft",
    0,
    0,
    G_OPTION_ARG_NONE,
    &with_draft,
    N_ ("With the draft over what is applied"),
    NULL },
  { NULL },
};

static const GOptionEntry compare_options[] = {
  { "csv", 0, 0, G_OPTION_ARG_NONE, &gh_cli_compare_csv, N_ ("Print CSV"), NULL },
  { NULL },
};

static GPtrArray *
list (GhCli *cli, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GhDatabase *database;

  if (!gh_cli_open (cli, error))
    return NULL;

  database = gh_fleet_get_database (cli->fleet);
  gh_baseline_store_list_async (database, cli->cancellable, gh_cli_ready, &result);
  return gh_baseline_store_list_finish (database, gh_cli_wait (&result), error);
}

GhPolicy *
gh_cli_find_baseline (GhCli *cli, const char *name, GError **error)
{
  g_autoptr (GPtrArray) baselines = list (cli, error);

  if (baselines == NULL)
    return NULL;

  for (guint i = 0; i < baselines->len; i++)
    {
      const GhBaseline *baseline = baselines->pdata[i];

      if (g_str_equal (baseline->name, name))
        return gh_policy_ref (baseline->policy);
    }

  g_set_error (
    error, GH_STORE_ERROR, GH_STORE_ERROR_NOT_FOUND, _ ("There is no baseline “%s”."), name);
  return NULL;
}

static GhCliStatus
run_save (GhCli *cli, char **arguments)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GhPolicy) policy = NULL;
  GhDatabase *database;
  GhDocument *document;
  GError *error = NULL;
  GhWorkspace *workspace = gh_cli_find (cli, arguments[1], &error);

  if (workspace == NULL)
    return gh_cli_fail (error);

  document = gh_workspace_get_document (workspace);
  policy = with_draft ? gh_document_dup_policy (document)
                      : gh_policy_ref (gh_document_get_base (document));
  database = gh_fleet_get_database (cli->fleet);
  gh_baseline_store_save_async (
    database, arguments[0], policy, cli->cancellable, gh_cli_ready, &result);
  if (!gh_baseline_store_save_finish (database, gh_cli_wait (&result), &error))
    return gh_cli_fail (error);

  return GH_CLI_DONE;
}

static GhCliStatus
run_remove (GhCli *cli, char **arguments)
{
  g_autoptr (GAsyncResult) result = NULL;
  GhDatabase *database;
  GError *error = NULL;

  if (!gh_cli_open (cli, &error))
    return gh_cli_fail (error);

  database = gh_fleet_get_database (cli->fleet);
  gh_baseline_store_remove_async (database, arguments[0], cli->cancellable, gh_cli_ready, &result);
  if (!gh_baseline_store_remove_finish (database, gh_cli_wait (&result), &error))
    return gh_cli_fail (error);

  return GH_CLI_DONE;
}

static char *
format_time (gint64 microseconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (microseconds / G_USEC_PER_SEC);

  return g_date_time_format_iso8601 (time);
}

static GhCliStatus
run_list (GhCli *cli, char **arguments)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) baselines = list (cli, &error);
  JsonArray *array;
  GhCliTable *table;

  if (baselines == NULL)
    return gh_cli_fail (error);

  array = json_array_new ();
  table = gh_cli_table_new (2);
  for (guint i = 0; i < baselines->len; i++)
    {
      const GhBaseline *baseline = baselines->pdata[i];
      g_autofree char *saved_at = format_time (baseline->saved_at);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "name", baseline->name);
      json_object_set_string_member (object, "saved-at", saved_at);
      json_array_add_object_element (array, object);
      if (!cli->json)
        gh_cli_table_add (table, baseline->name, saved_at, NULL);
    }
  if (cli->json)
    gh_cli_print_array (json_array_ref (array));
  json_array_unref (array);
  gh_cli_table_print (table);

  return GH_CLI_DONE;
}

/* Drafts it in each workspace: apply then sends it. */
static GhCliStatus
run_apply (GhCli *cli, char **arguments)
{
  GError *error = NULL;
  g_autoptr (GhPolicy) policy = gh_cli_find_baseline (cli, arguments[0], &error);
  GhCliStatus worst = GH_CLI_NOTHING;

  if (policy == NULL)
    return gh_cli_fail (error);

  for (guint i = 1; arguments[i] != NULL; i++)
    {
      GhWorkspace *workspace = gh_cli_find (cli, arguments[i], &error);
      GhCliStatus status;

      if (workspace == NULL)
        return gh_cli_fail (error);
      status = gh_cli_replace (cli, workspace, policy);
      if (status > GH_CLI_NOTHING)
        return status;
      worst = MIN (worst, status);
    }

  return worst;
}

static GhCliStatus
run_compare (GhCli *cli, char **arguments)
{
  return gh_cli_compare (cli, arguments[0], arguments + 1);
}

const GhCliCommand gh_cli_baseline_commands[] = {
  { "baseline save",
    "NAME WORKSPACE",
    N_ ("Keep a workspace's policy as the measure of others"),
    2,
    2,
    GH_CLI_PLAIN,
    save_options,
    run_save },
  { "baseline list", "", N_ ("List the baselines"), 0, 0, GH_CLI_READS, NULL, run_list },
  { "baseline apply",
    "NAME WORKSPACE…",
    N_ ("Draft a baseline in workspaces"),
    2,
    G_MAXUINT,
    GH_CLI_PLAIN,
    NULL,
    run_apply },
  { "baseline compare",
    "NAME WORKSPACE…",
    N_ ("Show where workspaces differ from a baseline"),
    2,
    G_MAXUINT,
    GH_CLI_READS,
    compare_options,
    run_compare },
  { "baseline remove", "NAME", N_ ("Forget a baseline"), 1, 1, GH_CLI_PLAIN, NULL, run_remove },
  { NULL },
};
