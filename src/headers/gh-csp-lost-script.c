/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which scripts ran under one policy and would not under another: what locks people, and the
 * administrator first, out of the pages that need them. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-csp-match.h"
#include "gh-csp-rules.h"
#include "gh-keyed-hash.h"

#define SOME_ORIGIN "https://workspace.invalid"
#define SOME_HOST "https://elsewhere.invalid/script.js"

/* Each try goes through both policies: enough for a sentence, not for a keystroke's time. */
#define MAXIMUM_TRIED 32

static const struct
{
  GhCspLoad load;
  const char *url;
  const char *message;
} probes[] = {
  { GH_CSP_LOAD_SCRIPT,
    SOME_ORIGIN "/script.js",
    N_ ("The policy gets tighter: scripts of the workspace itself would no longer run.") },
  { GH_CSP_LOAD_INLINE_SCRIPT,
    NULL,
    N_ ("The policy gets tighter: scripts that stand in a page would no longer run.") },
  { GH_CSP_LOAD_INLINE_SCRIPT_ATTRIBUTE,
    NULL,
    N_ ("The policy gets tighter: event handlers that stand in a page would no longer run.") },
  { GH_CSP_LOAD_EVAL,
    NULL,
    N_ ("The policy gets tighter: scripts would no longer turn text into code.") },
  { GH_CSP_LOAD_SCRIPT,
    SOME_HOST,
    N_ ("The policy gets tighter: scripts from just any host would no longer run.") },
};

static gboolean
allows (const GhCsp *csp, GhCspLoad load, const char *url)
{
  GhCspRequest request
    = { .load = load, .self_origin = SOME_ORIGIN, .url = url, .parser_inserted = TRUE };
  g_autoptr (GhCspVerdict) verdict = gh_csp_match (csp, &request, NULL);

  return verdict == NULL || verdict->allowed;
}

/* An address that the source covers. */
static char *
dup_example_url (const GhCspSource *source)
{
  g_autofree char *scheme = source->scheme.start != NULL
                              ? g_strndup (source->scheme.start, source->scheme.length)
                              : g_strdup ("https");
  g_autofree char *host = g_strndup (source->host.start, source->host.length);
  g_autofree char *port = NULL;
  g_autofree char *path = g_strndup (source->path.start, source->path.length);

  if (source->port.start != NULL && source->port.start[0] != '*')
    port = g_strdup_printf (":%.*s", (int) source->port.length, source->port.start);

  return g_strconcat (scheme,
                      "://",
                      host[0] == '*' ? "some" : "",
                      host[0] == '*' ? host + 1 : host,
                      port != NULL ? port : "",
                      path,
                      NULL);
}

static gboolean
is_for_scripts (const GhCspDirective *directive)
{
  return (gh_csp_directive_get_flags (directive->id) & GH_CSP_DIRECTIVE_SCRIPT) != 0;
}

/* Adds to the set the hosts that stand in directives for scripts, and returns those that it
 * lacked, which belong to the set, in the order of the policy. */
static GPtrArray *
collect_hosts (const GhCsp *csp, GHashTable *known)
{
  GPtrArray *hosts = g_ptr_array_new ();
  guint n_directives;
  const GhCspDirective *directives = gh_csp_get_directives (csp, &n_directives);
  const GhCspValue *values = gh_csp_get_values (csp, NULL);

  for (guint i = 0; i < n_directives; i++)
    for (guint j = directives[i].first_value;
         is_for_scripts (&directives[i]) && j < directives[i].first_value + directives[i].n_values;
         j++)
      if (values[j].kind == GH_CSP_SOURCE_HOST)
        {
          g_autofree char *host = gh_csp_dup_span (csp, values[j].span);

          if (g_hash_table_contains (known, host))
            continue;
          g_ptr_array_add (hosts, host);
          g_hash_table_add (known, g_steal_pointer (&host));
        }

  return hosts;
}

static gboolean
is_lost (const GhCsp *before, const GhCsp *after, const char *host)
{
  GhCspSource source;
  g_autofree char *url = NULL;

  gh_csp_source_parse (&source, host, strlen (host));
  url = dup_example_url (&source);

  return allows (before, GH_CSP_LOAD_SCRIPT, url) && !allows (after, GH_CSP_LOAD_SCRIPT, url);
}

/* A host that was allowed by its name; what still stands in the policy is taken as allowed. */
static char *
find_lost_host (const GhCsp *before, const GhCsp *after)
{
  g_autoptr (GHashTable) known = gh_keyed_hash_table_new (g_free, NULL);
  g_autoptr (GPtrArray) kept = collect_hosts (after, known);
  g_autoptr (GPtrArray) gone = collect_hosts (before, known);

  for (guint i = 0; i < MIN (gone->len, MAXIMUM_TRIED); i++)
    if (is_lost (before, after, gone->pdata[i]))
      return g_strdup_printf (_ ("The policy gets tighter: scripts from %s would no longer run."),
                              (const char *) gone->pdata[i]);

  return NULL;
}

char *
gh_csp_find_lost_script (const GhCsp *before, const GhCsp *after)
{
  for (guint i = 0; i < G_N_ELEMENTS (probes); i++)
    if (allows (before, probes[i].load, probes[i].url)
        && !allows (after, probes[i].load, probes[i].url))
      return g_strdup (_ (probes[i].message));

  return find_lost_host (before, after);
}
