/* SPDX-License-Identifier: GPL-3.0-or-later */

/* csp test: would this load? */

#include <glib/gi18n-lib.h>

#include "gh-cli-commands.h"
#include "gh-cli-output.h"
#include "gh-csp-match.h"
#include "gh-csp-names.h"

#define DEFAULT_ORIGIN "https://self.example"

static char *policy;
static char *url;
static char *kind;
static char *origin;
static char *nonce;

static const GOptionEntry options[] = {
  { "policy", 0, 0, G_OPTION_ARG_STRING, &policy, N_ ("The value of the header"), N_ ("TEXT") },
  { "url", 0, 0, G_OPTION_ARG_STRING, &url, N_ ("The address of what would load"), N_ ("URL") },
  { "as",
    0,
    0,
    G_OPTION_ARG_STRING,
    &kind,
    N_ ("What it is: script, style, img, font, …"),
    N_ ("KIND") },
  { "self",
    0,
    0,
    G_OPTION_ARG_STRING,
    &origin,
    N_ ("Where the page itself is from, https://self.example unless told"),
    N_ ("ORIGIN") },
  { "nonce", 0, 0, G_OPTION_ARG_STRING, &nonce, N_ ("The nonce of the element"), N_ ("TEXT") },
  { NULL },
};

static GhCliStatus
fail_kind (void)
{
  g_autoptr (GString) kinds = g_string_new (NULL);

  for (GhCspLoad load = 0; load < GH_CSP_N_LOADS; load++)
    g_string_append_printf (kinds, "%s%s", load == 0 ? "" : ", ", gh_csp_load_to_string (load));

  return gh_cli_usage (_ ("Say with --as what it is: %s."), kinds->str);
}

static const char *
get_directive (GhCspDirectiveId id)
{
  return id == GH_CSP_NO_DIRECTIVE ? NULL : gh_csp_directive_get_name (id);
}

static void
print (const GhCli *cli, const GhCspVerdict *verdict)
{
  JsonObject *object;

  if (!cli->json)
    {
      gh_cli_print_line ("%s", verdict->message);
      if (verdict->note != NULL)
        gh_cli_print_line ("%s", verdict->note);
      return;
    }

  object = json_object_new ();
  json_object_set_boolean_member (object, "allowed", verdict->allowed);
  gh_cli_add_string (object, "effective-directive", get_directive (verdict->effective));
  gh_cli_add_string (object, "directive", get_directive (verdict->directive));
  gh_cli_add_string (object, "source", verdict->source);
  json_object_set_string_member (object, "message", verdict->message);
  gh_cli_print_object (object);
}

static GhCliStatus
run_test (GhCli *cli, char **arguments)
{
  GhCspRequest request = { .self_origin = origin == NULL ? DEFAULT_ORIGIN : origin,
                           .url = url,
                           .nonce = nonce,
                           .parser_inserted = TRUE };
  g_autoptr (GhCsp) csp = NULL;
  g_autoptr (GhCspVerdict) verdict = NULL;
  GError *error = NULL;

  if (kind == NULL || !gh_csp_load_from_string (kind, &request.load))
    return fail_kind ();
  if (policy == NULL || (url == NULL && gh_csp_load_needs_url (request.load)))
    return gh_cli_usage (_ ("Give the policy with --policy, and the address with --url."));

  csp = gh_csp_new_from_text (policy);
  verdict = gh_csp_match (csp, &request, &error);
  if (verdict == NULL)
    return gh_cli_fail (error);

  print (cli, verdict);
  return verdict->allowed ? GH_CLI_DONE : GH_CLI_NOTHING;
}

const GhCliCommand gh_cli_csp_commands[] = {
  { "csp test",
    "--policy TEXT --url URL --as KIND",
    N_ ("Tell whether a policy would let something load"),
    0,
    0,
    GH_CLI_READS,
    options,
    run_test },
  { NULL },
};
