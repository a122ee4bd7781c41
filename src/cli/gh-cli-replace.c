/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits as commands make them. */

#include <glib/gi18n-lib.h>

#include "gh-cli-output.h"
#include "gh-cli-replace.h"

GhCliStatus
gh_cli_keep (GhCli *cli, GhWorkspace *workspace)
{
  g_autofree char *notice = g_strdup (gh_workspace_get_notice (workspace));
  GError *error = NULL;

  if (!gh_workspace_get_saving (workspace))
    return GH_CLI_NOTHING;
  if (!gh_cli_flush (cli, workspace, &error))
    return gh_cli_fail (error);

  /* The notice, which is told at the end, says what happened. */
  return g_strcmp0 (notice, gh_workspace_get_notice (workspace)) == 0 ? GH_CLI_DONE
                                                                      : GH_CLI_REFUSED;
}

GhCliStatus
gh_cli_replace (GhCli *cli, GhWorkspace *workspace, GhPolicy *policy)
{
  GhDocument *document = gh_workspace_get_document (workspace);
  GhCliStatus status;
  guint n_drafted;

  gh_document_set_policy (document, policy);
  status = gh_cli_keep (cli, workspace);
  n_drafted = gh_document_get_n_drafted (document);
  if (status == GH_CLI_DONE)
    gh_cli_print_line (ngettext ("%u value is drafted.", "%u values are drafted.", n_drafted),
                       n_drafted);

  return status;
}
