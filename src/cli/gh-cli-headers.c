/* SPDX-License-Identifier: GPL-3.0-or-later */

/* headers: the header block of the draft, or of what is applied. */

#include <glib/gi18n-lib.h>

#include "gh-cli-commands.h"
#include "gh-cli-output.h"
#include "gh-export.h"

static gboolean applied;
static char *format_id;

static const GOptionEntry options[] = {
  { "applied", 0, 0, G_OPTION_ARG_NONE, &applied, N_ ("What is applied, without the draft"), NULL },
  { "format",
    0,
    0,
    G_OPTION_ARG_STRING,
    &format_id,
    N_ ("http, nginx, apache, caddy, haproxy, curl or json"),
    N_ ("FORMAT") },
  { NULL },
};

static gboolean
choose_format (const GhCli *cli, GhExportFormat *format)
{
  *format = cli->json ? GH_EXPORT_JSON : GH_EXPORT_HTTP;

  return format_id == NULL || gh_export_format_from_id (format_id, format);
}

static GhCliStatus
run_headers (GhCli *cli, char **arguments)
{
  g_autoptr (GhPolicy) policy = NULL;
  g_autoptr (GhHeaderSet) headers = NULL;
  g_autofree char *text = NULL;
  GhExportFormat format;
  GhDocument *document;
  GhWorkspace *workspace;
  GError *error = NULL;

  if (!choose_format (cli, &format))
    return gh_cli_usage (_ ("There is no format “%s”."), format_id);

  workspace = gh_cli_find (cli, arguments[0], &error);
  if (workspace == NULL)
    return gh_cli_fail (error);

  document = gh_workspace_get_document (workspace);
  policy
    = applied ? gh_policy_ref (gh_document_get_base (document)) : gh_document_dup_policy (document);
  headers = gh_header_set_new (policy);
  text = format == GH_EXPORT_HTTP ? gh_header_set_to_text (headers) : gh_export (headers, format);
  gh_cli_print (text);

  return GH_CLI_DONE;
}

const GhCliCommand gh_cli_headers_commands[] = {
  { "headers",
    "WORKSPACE",
    N_ ("Print the headers that the draft makes"),
    1,
    1,
    GH_CLI_READS,
    options,
    run_headers },
  { NULL },
};
