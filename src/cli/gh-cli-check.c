/* SPDX-License-Identifier: GPL-3.0-or-later */

/* check: rules, risks and findings of a draft, or of a policy in a file. */

#include <glib/gi18n-lib.h>

#include "gh-cli-commands.h"
#include "gh-cli-findings.h"
#include "gh-cli-transfer.h"
#include "gh-header-rules.h"
#include "gh-score.h"

static char *policy_file;
static char *fail_on;

static const GOptionEntry options[] = {
  { "policy",
    0,
    0,
    G_OPTION_ARG_FILENAME,
    &policy_file,
    N_ ("Check this exported policy"),
    N_ ("FILE") },
  { "fail-on",
    0,
    0,
    G_OPTION_ARG_STRING,
    &fail_on,
    N_ ("Status 1 from this severity on: info, warning (the default), confirm, high, error"),
    N_ ("SEVERITY") },
  { NULL },
};

/* What is judged: a draft over what is applied, or one policy twice. */
typedef struct
{
  GhPolicy *before;
  GhPolicy *after;
} Pair;

static void
pair_clear (Pair *pair)
{
  g_clear_pointer (&pair->before, gh_policy_unref);
  g_clear_pointer (&pair->after, gh_policy_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static gboolean
read_pair (GhCli *cli, const char *name, Pair *pair, GError **error)
{
  GhWorkspace *workspace;

  if (policy_file != NULL)
    {
      pair->after = gh_cli_read_policy (policy_file, error);
      if (pair->after != NULL)
        pair->before = gh_policy_ref (pair->after);
      return pair->after != NULL;
    }

  workspace = gh_cli_find (cli, name, error);
  if (workspace == NULL)
    return FALSE;

  pair->before = gh_policy_ref (gh_document_get_base (gh_workspace_get_document (workspace)));
  pair->after = gh_document_dup_policy (gh_workspace_get_document (workspace));
  return TRUE;
}

static void
compute_score (const GhPolicy *policy, GhScore *score)
{
  g_autoptr (GhHeaderSet) headers = gh_header_set_new (policy);

  gh_score_compute_set (headers, score);
}

static JsonObject *
describe_score (const GhScore *score)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "score", score->score);
  json_object_set_string_member (object, "grade", score->grade);

  return object;
}

static void
print (const GhCli *cli, const Pair *pair, GPtrArray *findings)
{
  GhScore before;
  GhScore after;
  JsonObject *object;

  compute_score (pair->before, &before);
  compute_score (pair->after, &after);
  if (!cli->json)
    {
      gh_cli_findings_print (findings);
      gh_cli_print_line (_ ("Score of the headers: %d (%s), applied now: %d (%s)"),
                         after.score,
                         after.grade,
                         before.score,
                         before.grade);
      return;
    }

  object = json_object_new ();
  json_object_set_array_member (object, "findings", gh_cli_findings_to_json (findings));
  json_object_set_object_member (object, "before", describe_score (&before));
  json_object_set_object_member (object, "after", describe_score (&after));
  gh_cli_print_object (object);
}

static GhCliStatus
run_check (GhCli *cli, char **arguments)
{
  g_auto (Pair) pair = { NULL, NULL };
  g_autoptr (GPtrArray) findings = NULL;
  GhSeverity limit = GH_SEVERITY_WARNING;
  GError *error = NULL;

  if ((arguments[0] == NULL) == (policy_file == NULL))
    return gh_cli_usage (_ ("Name a workspace, or a file with --policy."));
  if (fail_on != NULL && !gh_severity_from_string (fail_on, &limit))
    return gh_cli_usage (_ ("There is no severity “%s”."), fail_on);
  if (!read_pair (cli, arguments[0], &pair, &error))
    return gh_cli_fail (error);

  findings = gh_policy_check (pair.before, pair.after);
  print (cli, &pair, findings);

  return findings->len > 0 && gh_findings_get_worst (findings) >= limit ? GH_CLI_NOTHING
                                                                        : GH_CLI_DONE;
}

const GhCliCommand gh_cli_check_commands[] = {
  { "check",
    "WORKSPACE | --policy FILE",
    N_ ("Show broken rules, risks, findings and the score"),
    0,
    1,
    GH_CLI_READS,
    options,
    run_check },
  { NULL },
};
