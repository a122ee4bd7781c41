/* SPDX-License-Identifier: GPL-3.0-or-later */

/* community apply: what is drafted for communities goes to the server. */

#include <glib/gi18n-lib.h>

#include "gh-cli-commands.h"
#include "gh-cli-community.h"
#include "gh-cli-findings.h"
#include "gh-cli-outcome.h"
#include "gh-cli-output.h"

static gboolean dry_run;
static gboolean yes;
static char *reason;

static const GOptionEntry options[] = {
  { "dry-run",
    0,
    0,
    G_OPTION_ARG_NONE,
    &dry_run,
    N_ ("Only ask whether the server would accept"),
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

/* How it went for all of them. */
typedef struct
{
  GhWorkspace *workspace;
  JsonArray *results; /* or NULL: lines for people */
  guint n_nothing;
  guint n_failed;
  GhCliStatus status; /* of the last that failed */
} Tally;

static void
report (Tally *tally, const char *community, const char *outcome, const char *words)
{
  const GhCommunityRecord *record = gh_workspace_find_community (tally->workspace, community, NULL);
  JsonObject *object;

  if (tally->results == NULL)
    {
      gh_cli_print_line ("%s/%s/%s: %s",
                         gh_workspace_get_account (tally->workspace),
                         gh_workspace_get_id (tally->workspace),
                         community,
                         words);
      return;
    }

  object = json_object_new ();
  json_object_set_string_member (object, "id", community);
  json_object_set_string_member (object, "workspace", gh_workspace_get_id (tally->workspace));
  json_object_set_string_member (object, "account", gh_workspace_get_account (tally->workspace));
  json_object_set_string_member (object, "outcome", outcome);
  json_object_set_string_member (object, "message", words);
  json_object_set_int_member (object, "revision", record != NULL ? record->revision : 0);
  json_array_add_object_element (tally->results, object);
}

static void
fail (Tally *tally, GhCliStatus status)
{
  tally->n_failed++;
  tally->status = status;
}

static void
report_outcome (Tally *tally, const char *community, GhApplyOutcome outcome)
{
  const char *words = outcome == GH_APPLY_CONFLICT
                        ? _ ("The server has changed meanwhile. Look at it again with community "
                             "show, then apply.")
                        : gh_cli_outcome_describe (outcome, dry_run);
  GhCliStatus status = gh_cli_outcome_get_status (outcome);

  report (tally, community, gh_cli_outcome_to_string (outcome, dry_run), words);
  if (status == GH_CLI_NOTHING)
    tally->n_nothing++;
  else if (status != GH_CLI_DONE)
    fail (tally, status);
}

static void
apply_one (GhCli *cli, Tally *tally, const char *community)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GhApplyOutcome outcome;

  gh_workspace_apply_community_async (
    tally->workspace, community, reason, dry_run, cli->cancellable, gh_cli_ready, &result);
  outcome = gh_workspace_apply_community_finish (tally->workspace, gh_cli_wait (&result), &error);
  if (error == NULL)
    {
      report_outcome (tally, community, outcome);
      return;
    }
  if (tally->results != NULL)
    report (tally, community, "failed", error->message);
  gh_cli_say ("%s/%s/%s: %s",
              gh_workspace_get_account (tally->workspace),
              gh_workspace_get_id (tally->workspace),
              community,
              error->message);
  fail (tally, gh_cli_get_status (error));
}

/* The ids that are named, or of all with something drafted; NULL with error set when one is
 * not known. */
static GPtrArray *
choose (GhWorkspace *workspace, char **names, GError **error)
{
  GPtrArray *communities = gh_workspace_get_communities (workspace);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (gh_workspace_find_community (workspace, names[i], error) == NULL)
        return NULL;
      g_ptr_array_add (ids, g_strdup (names[i]));
    }
  for (guint i = 0; names[0] == NULL && i < communities->len; i++)
    {
      const GhCommunityRecord *community = communities->pdata[i];

      if (community->changes->len > 0)
        g_ptr_array_add (ids, g_strdup (community->id));
    }
  return g_steal_pointer (&ids);
}

/* What the change does, before anything is asked. TRUE when something stands against it. */
static gboolean
show (GhWorkspace *workspace, GPtrArray *ids)
{
  gboolean has_errors = FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = ids->pdata[i];
      g_autofree char *about = g_strjoin (
        "/", gh_workspace_get_account (workspace), gh_workspace_get_id (workspace), id, NULL);
      g_autoptr (GPtrArray) findings = gh_workspace_check_community (
        workspace, gh_workspace_find_community (workspace, id, NULL));

      if (gh_cli_findings_warn (findings, about))
        has_errors = TRUE;
    }
  return has_errors;
}

static gboolean
is_agreed (guint n)
{
  g_autofree char *question = NULL;

  if (yes || dry_run || !gh_cli_is_terminal ())
    return TRUE;
  question = g_strdup_printf (ngettext ("Apply what is drafted for %u community? [y/N]",
                                        "Apply what is drafted for %u communities? [y/N]",
                                        n),
                              n);
  return gh_cli_confirm (question);
}

static GhCliStatus
apply (GhCli *cli, GhWorkspace *workspace, GPtrArray *ids)
{
  Tally tally = { workspace, cli->json ? json_array_new () : NULL, 0, 0, GH_CLI_DONE };

  for (guint i = 0; i < ids->len && !g_cancellable_is_cancelled (cli->cancellable); i++)
    apply_one (cli, &tally, ids->pdata[i]);
  if (tally.results != NULL)
    gh_cli_print_array (tally.results);
  if (g_cancellable_is_cancelled (cli->cancellable))
    return GH_CLI_INTERRUPTED;
  if (tally.n_failed > 0)
    return ids->len > 1 ? GH_CLI_PARTIAL : tally.status;
  return tally.n_nothing == ids->len ? GH_CLI_NOTHING : GH_CLI_DONE;
}

static GhCliStatus
run_apply (GhCli *cli, char **arguments)
{
  g_autoptr (GPtrArray) ids = NULL;
  GError *error = NULL;
  GhWorkspace *workspace = gh_cli_community_open (cli, arguments[0], FALSE, &error);

  if (workspace != NULL && gh_cli_take_token (cli, gh_workspace_get_account (workspace), &error))
    ids = choose (workspace, arguments + 1, &error);
  if (ids == NULL)
    return gh_cli_fail (error);
  if (ids->len == 0)
    return GH_CLI_NOTHING;

  if (show (workspace, ids))
    {
      gh_cli_say (_ ("Nothing was applied: mend what is marked as error first."));
      return GH_CLI_REFUSED;
    }
  return is_agreed (ids->len) ? apply (cli, workspace, ids) : GH_CLI_NOTHING;
}

const GhCliCommand gh_cli_community_apply_commands[] = {
  { "community apply",
    "WORKSPACE [COMMUNITY…]",
    N_ ("Send what is drafted for communities, for all of them if none is named"),
    1,
    G_MAXUINT,
    GH_CLI_READS | GH_CLI_NETWORKS,
    options,
    run_apply },
  { NULL },
};
