/* SPDX-License-Identifier: GPL-3.0-or-later */

/* apply: drafts go to their servers. */

#include <glib/gi18n-lib.h>

#include "gh-cli-commands.h"
#include "gh-cli-findings.h"
#include "gh-cli-many.h"
#include "gh-cli-outcome.h"

static gboolean all;
static gboolean dry_run;
static gboolean yes;
static char *reason;

static const GOptionEntry options[] = {
  { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_ ("Every workspace with a draft"), NULL },
  { "dry-run",
    0,
    0,
    G_OPTION_ARG_NONE,
    &dry_run,
    N_ ("Only ask whether the servers would accept"),
    NULL },
  { "reason",
    0,
    0,
    G_OPTION_ARG_STRING,
    &reason,
    N_ ("Why, for the server's record"),
    N_ ("TEXT") },
  { "yes", 'y', 0, G_OPTION_ARG_NONE, &yes, N_ ("Do not ask"), NULL },
  { NULL },
};

typedef struct
{
  JsonArray *results; /* or NULL: lines for people */
  guint n_nothing;
} Tally;

static void
report (Tally *tally, GhWorkspace *workspace, const char *outcome, const char *words)
{
  JsonObject *object;

  if (tally->results == NULL)
    {
      gh_cli_print_line (
        "%s/%s: %s", gh_workspace_get_account (workspace), gh_workspace_get_id (workspace), words);
      return;
    }

  object = json_object_new ();
  json_object_set_string_member (object, "id", gh_workspace_get_id (workspace));
  json_object_set_string_member (object, "account", gh_workspace_get_account (workspace));
  json_object_set_string_member (object, "outcome", outcome);
  json_object_set_string_member (object, "message", words);
  json_object_set_int_member (object, "revision", gh_workspace_get_revision (workspace));
  json_array_add_object_element (tally->results, object);
}

static void
start_apply (gpointer item,
             gpointer data,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  gh_workspace_apply_async (item, reason, dry_run, cancellable, callback, user_data);
}

static void
fail (GhCliMany *many, GhCliStatus status)
{
  many->n_failed++;
  many->status = status;
}

/* What is drafted for communities has a command of its own. */
static void
tell_of_communities (GhWorkspace *workspace)
{
  guint n = gh_workspace_get_n_community_drafts (workspace);

  if (n > 0)
    gh_cli_say (ngettext ("%s/%s: %u change is drafted for communities. Send it with: gatehousectl "
                          "community apply %s",
                          "%s/%s: %u changes are drafted for communities. Send them with: "
                          "gatehousectl community apply %s",
                          n),
                gh_workspace_get_account (workspace),
                gh_workspace_get_id (workspace),
                n,
                gh_workspace_get_id (workspace));
}

static void
report_outcome (GhCliMany *many, GhWorkspace *workspace, GhApplyOutcome outcome)
{
  Tally *tally = many->data;
  GhCliStatus status = gh_cli_outcome_get_status (outcome);

  report (tally,
          workspace,
          gh_cli_outcome_to_string (outcome, dry_run),
          gh_cli_outcome_describe (outcome, dry_run));
  if (outcome == GH_APPLY_APPLIED || outcome == GH_APPLY_NOTHING)
    tell_of_communities (workspace);
  if (status == GH_CLI_NOTHING)
    tally->n_nothing++;
  else if (status != GH_CLI_DONE)
    fail (many, status);
}

static void
end_apply (gpointer item, gpointer data, GObject *source, GAsyncResult *result)
{
  GhCliMany *many = data;
  GError *error = NULL;
  GhApplyOutcome outcome = gh_workspace_apply_finish (item, result, &error);

  if (error == NULL)
    {
      report_outcome (many, item, outcome);
      return;
    }

  if (((Tally *) many->data)->results != NULL)
    report (many->data, item, "failed", error->message);
  gh_cli_many_fail (many, item, error);
}

/* Every workspace with a draft, loaded. */
static GPtrArray *
find_drafted (GhCli *cli, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GListModel *model;

  if (!gh_cli_open (cli, error))
    return NULL;

  model = G_LIST_MODEL (cli->fleet);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GhWorkspace) workspace = g_list_model_get_item (model, i);

      if (gh_workspace_get_n_drafted (workspace) > 0)
        g_ptr_array_add (
          names,
          g_strconcat (
            gh_workspace_get_account (workspace), "/", gh_workspace_get_id (workspace), NULL));
    }
  if (names->len == 0)
    return g_ptr_array_new ();
  g_ptr_array_add (names, NULL);

  return gh_cli_many_find (cli, (char **) names->pdata, error);
}

static guint
count_drafted (GPtrArray *workspaces)
{
  guint n_drafted = 0;

  for (guint i = 0; i < workspaces->len; i++)
    n_drafted += gh_workspace_get_n_drafted (workspaces->pdata[i]) > 0;

  return n_drafted;
}

/* What stands against it, and what it does, before anything is asked. What is not drafted
 * is not applied, so that nothing stands against it. */
static gboolean
show (GPtrArray *workspaces)
{
  gboolean has_errors = FALSE;

  for (guint i = 0; i < workspaces->len; i++)
    {
      GhWorkspace *workspace = workspaces->pdata[i];
      g_autofree char *about = g_strconcat (
        gh_workspace_get_account (workspace), "/", gh_workspace_get_id (workspace), NULL);
      g_autoptr (GPtrArray) findings
        = gh_workspace_get_n_drafted (workspace) > 0 ? gh_workspace_check (workspace) : NULL;

      if (findings != NULL && gh_cli_findings_warn (findings, about))
        has_errors = TRUE;
    }

  return has_errors;
}

static gboolean
is_agreed (guint n_workspaces)
{
  g_autofree char *question = NULL;

  if (yes || dry_run || n_workspaces == 0 || !gh_cli_is_terminal ())
    return TRUE;

  question = g_strdup_printf (ngettext ("Apply the draft of %u workspace? [y/N]",
                                        "Apply the drafts of %u workspaces? [y/N]",
                                        n_workspaces),
                              n_workspaces);
  return gh_cli_confirm (question);
}

static GhCliStatus
apply (GhCli *cli, GPtrArray *workspaces)
{
  Tally tally = { cli->json ? json_array_new () : NULL, 0 };
  GhCliStatus status = gh_cli_many_run (cli, workspaces, 0, start_apply, end_apply, &tally);

  if (tally.results != NULL)
    gh_cli_print_array (tally.results);
  if (status == GH_CLI_DONE && tally.n_nothing == workspaces->len)
    return GH_CLI_NOTHING;

  return status;
}

static GhCliStatus
run_apply (GhCli *cli, char **arguments)
{
  g_autoptr (GPtrArray) workspaces = NULL;
  GError *error = NULL;

  if (all == (arguments[0] != NULL))
    return gh_cli_usage (_ ("Name workspaces, or all of them with --all."));

  workspaces = all ? find_drafted (cli, &error) : gh_cli_many_find (cli, arguments, &error);
  if (workspaces == NULL)
    return gh_cli_fail (error);
  if (workspaces->len == 0)
    return GH_CLI_NOTHING;

  if (show (workspaces))
    {
      gh_cli_say (_ ("Nothing was applied: mend what is marked as error first."));
      return GH_CLI_REFUSED;
    }
  if (!is_agreed (count_drafted (workspaces)))
    return GH_CLI_NOTHING;

  return apply (cli, workspaces);
}

const GhCliCommand gh_cli_apply_commands[] = {
  { "apply",
    "WORKSPACE… | --all",
    N_ ("Send drafts to their servers"),
    0,
    G_MAXUINT,
    GH_CLI_READS | GH_CLI_NETWORKS,
    options,
    run_apply },
  { NULL },
};
