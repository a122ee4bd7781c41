/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Expect-CT: reading and writing. */

#include "gh-config.h"

#include "gh-directive-list.h"
#include "gh-expect-ct.h"

static const GhDirectiveRule rules[] = {
  { "max-age", GH_DIRECTIVE_SECONDS },
  { "enforce", GH_DIRECTIVE_BARE },
  { "report-uri", GH_DIRECTIVE_TEXT },
};

GhExpectCt *
gh_expect_ct_parse (const char *text, gssize length, GArray *diagnostics)
{
  g_autoptr (GhDirectiveList) list = gh_directive_list_parse (text, length, ',', diagnostics);
  GhExpectCt *expect_ct = g_new0 (GhExpectCt, 1);
  const GhDirective *directive;

  gh_directive_list_check (list, rules, G_N_ELEMENTS (rules), diagnostics);
  expect_ct->max_age = gh_directive_list_get_seconds (list, "max-age", diagnostics);
  directive = gh_directive_list_lookup (list, "enforce");
  expect_ct->enforce = directive && !directive->value;
  directive = gh_directive_list_lookup (list, "report-uri");
  expect_ct->report_uri = g_strdup (directive ? directive->value : NULL);
  return expect_ct;
}

void
gh_expect_ct_free (GhExpectCt *expect_ct)
{
  g_free (expect_ct->report_uri);
  g_free (expect_ct);
}

char *
gh_expect_ct_to_text (gint64 max_age, gboolean enforce, const char *report_uri)
{
  g_autofree char *quoted = NULL;

  if (report_uri && *report_uri != '\0')
    quoted = gh_quoted_string (report_uri);

  return g_strdup_printf ("max-age=%" G_GINT64_FORMAT "%s%s%s",
                          max_age,
                          enforce ? ", enforce" : "",
                          quoted ? ", report-uri=" : "",
                          quoted ? quoted : "");
}
