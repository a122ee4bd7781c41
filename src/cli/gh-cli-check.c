/* SPDX-License-Identifier: GPL-3.0-or-later */

/* check: rules, risks and findings of a draft, or of a policy in a file. */

#include <glib/gi18n-lib.h>

#include "gh-cli-commands.h"
#include "gh-cli-findings.h"
#include "gh-cli-transfer.h"
#include "gh-header-rules.h"

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

static GPtrArray *
check_file (GError **error)
{
  g_autoptr (GhPolicy) policy = gh_cli_read_policy (policy_file, error);

  return policy == NULL ? NULL : gh_policy_check (policy, policy);
}

static GPtrArray *
check_workspace (GhCli *cli, const char *name, GError **error)
{
  GhWorkspace *workspace = gh_cli_find (cli, name, error);

  return workspace == NULL ? NULL : gh_workspace_check (workspace);
}

static void
print (const GhCli *cli, GPtrArray *findings)
{
  JsonObject *object;

  if (!cli->json)
    {
      gh_cli_findings_print (findings);
      return;
    }

  object = json_object_new ();
  json_object_set_array_member (object, "findings", gh_cli_findings_to_json (findings));
  gh_cli_print_object (object);
}

static GhCliStatus
run_check (GhCli *cli, char **arguments)
{
  g_autoptr (GPtrArray) findings = NULL;
  GhSeverity limit = GH_SEVERITY_WARNING;
  GError *error = NULL;

  if ((arguments[0] == NULL) == (policy_file == NULL))
    return gh_cli_usage (_ ("Name a workspace, or a file with --policy."));
  if (fail_on != NULL && !gh_severity_from_string (fail_on, &limit))
    return gh_cli_usage (_ ("There is no severity “%s”."), fail_on);

  findings
    = policy_file != NULL ? check_file (&error) : check_workspace (cli, arguments[0], &error);
  if (findings == NULL)
    return gh_cli_fail (error);

  print (cli, findings);
  return findings->len > 0 && gh_findings_get_worst (findings) >= limit ? GH_CLI_NOTHING
                                                                        : GH_CLI_DONE;
}

const GhCliCommand gh_cli_check_commands[] = {
  { "check",
    "WORKSPACE | --policy FILE",
    N_ ("Show broken rules, risks and findings"),
    0,
    1,
    GH_CLI_READS,
    options,
    run_check },
  { NULL },
};
