/* SPDX-License-Identifier: GPL-3.0-or-later */

/* conformance: whether a server keeps to the policy API. */

#include <glib/gi18n-lib.h>

#include "gh-cli-commands.h"
#include "gh-cli-output.h"
#include "gh-conformance.h"

static char *token_header;
static char *workspace;
static char *only;
static gboolean read_only;

static const GOptionEntry options[] = {
  { "workspace",
    0,
    0,
    G_OPTION_ARG_STRING,
    &workspace,
    N_ ("Look at this workspace, which may be changed and is put back; the first one if not "
        "given, which is changed on this computer alone"),
    N_ ("ID") },
  { "read-only", 0, 0, G_OPTION_ARG_NONE, &read_only, N_ ("Skip the checks that change"), NULL },
  { "only",
    0,
    0,
    G_OPTION_ARG_STRING,
    &only,
    N_ ("Only the checks whose name begins so"),
    N_ ("NAME") },
  { "token-header",
    0,
    0,
    G_OPTION_ARG_STRING,
    &token_header,
    N_ ("Send the token in this header instead of Authorization"),
    N_ ("NAME") },
  { NULL },
};

typedef struct
{
  gboolean json;
  JsonArray *array;
  guint counts[GH_CHECK_SKIP + 1];
} Report;

static const char *const results[] = {
  [GH_CHECK_PASS] = "pass",
  [GH_CHECK_FAIL] = "fail",
  [GH_CHECK_SKIP] = "skipped",
};

static void
report_check (const char *name, GhCheckResult result, const char *reason, gpointer data)
{
  Report *report = data;
  JsonObject *object;

  report->counts[result]++;
  if (!report->json)
    {
      gh_cli_print_line ("%-8s %s%s%s",
                         results[result],
                         name,
                         reason != NULL ? ": " : "",
                         reason != NULL ? reason : "");
      return;
    }
  object = json_object_new ();
  gh_cli_add_string (object, "name", name);
  gh_cli_add_string (object, "result", results[result]);
  gh_cli_add_string (object, "reason", reason);
  json_array_add_object_element (report->array, object);
}

static GhCliStatus
finish (GhCli *cli, Report *report)
{
  if (report->json)
    gh_cli_print_array (report->array);
  gh_cli_say (_ ("%u passed, %u failed, %u skipped."),
              report->counts[GH_CHECK_PASS],
              report->counts[GH_CHECK_FAIL],
              report->counts[GH_CHECK_SKIP]);
  if (g_cancellable_is_cancelled (cli->cancellable))
    return GH_CLI_INTERRUPTED;
  if (report->counts[GH_CHECK_FAIL] > 0)
    return GH_CLI_REFUSED;
  return report->counts[GH_CHECK_PASS] > 0 ? GH_CLI_DONE : GH_CLI_NOTHING;
}

static GhCliStatus
run (GhCli *cli, char **arguments)
{
  g_autoptr (GhConformance) conformance = NULL;
  g_autofree char *url = NULL;
  Report report = { .json = cli->json };
  GError *error = NULL;
  char *token;

  url = gh_client_check_url (arguments[0], &error);
  if (url == NULL)
    return gh_cli_fail (error);
  token = gh_cli_read_token (&error);
  if (token == NULL)
    return gh_cli_fail (error);

  conformance = gh_conformance_new (url, token, token_header, cli->cancellable);
  gh_credentials_free_secret (token);
  if (!read_only && (workspace != NULL || gh_conformance_is_on_this_computer (conformance)))
    gh_conformance_allow_writes (conformance);
  if (!gh_conformance_prepare (conformance, workspace, &error))
    {
      gh_cli_say ("%s", error->message);
      g_error_free (error);
      return GH_CLI_NETWORK;
    }
  if (report.json)
    report.array = json_array_new ();
  gh_conformance_run (conformance, only, report_check, &report);
  return finish (cli, &report);
}

const GhCliCommand gh_cli_conformance_commands[] = {
  { "conformance",
    "URL",
    N_ ("Check whether a server keeps to the policy API"),
    1,
    1,
    GH_CLI_READS | GH_CLI_NETWORKS,
    options,
    run },
  { NULL },
};
