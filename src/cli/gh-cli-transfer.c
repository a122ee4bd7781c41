/* SPDX-License-Identifier: GPL-3.0-or-later */

/* export, import: a policy as a file. */

#include <glib/gi18n-lib.h>

#include "gh-cli-commands.h"
#include "gh-cli-output.h"
#include "gh-cli-replace.h"
#include "gh-cli-transfer.h"
#include "gh-policy-file.h"
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
  g_autofree char *text = NULL;
  GError *error = NULL;
  GhWorkspace *workspace = gh_cli_find (cli, arguments[0], &error);
  GhDocument *document;

  if (workspace == NULL)
    return gh_cli_fail (error);

  document = gh_workspace_get_document (workspace);
  policy = with_draft ? gh_document_dup_policy (document)
                      : gh_policy_ref (gh_document_get_base (document));
  text = gh_policy_file_to_text (policy);
  gh_cli_print_line ("%s", text);

  return GH_CLI_DONE;
}

GhPolicy *
gh_cli_read_policy (const char *path, GError **error)
{
  gsize length;
  g_autofree char *text = gh_cli_read_file (path, GH_STRICT_JSON_MAXIMUM_SIZE, &length, error);

  return text != NULL ? gh_policy_file_parse (text, length, path, error) : NULL;
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
