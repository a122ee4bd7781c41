/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a Content-Security-Policy lets load, what is found in it, and what mends do to it. The
 * first line is an address, the second a nonce, the rest the policy. */

#include "fuzz.h"

#include "gh-csp-findings.h"
#include "gh-csp-match.h"
#include "gh-csp-rules.h"
#include "gh-csp-services.h"

static void
match (const GhCsp *csp, const char *url, const char *nonce)
{
  const char *const integrity[] = { nonce, NULL };

  for (guint load = 0; load < GH_CSP_N_LOADS; load++)
    {
      GhCspRequest request = {
        .load = load,
        .self_origin = "https://a.b",
        .url = url,
        .nonce = nonce,
        .integrity = integrity,
        .content = nonce,
        .parser_inserted = load % 2,
        .n_redirects = load % 3,
      };
      g_autoptr (GhCspVerdict) verdict = gh_csp_match (csp, &request, NULL);

      if (verdict != NULL)
        g_assert_true (g_utf8_validate (verdict->message, -1, NULL));
    }
}

static void
review (const char *policy, gboolean is_stored)
{
  static const char *const extensions[] = { "js", "txt", NULL };
  GhCspSurroundings surroundings = {
    .policy = policy,
    .report_only = !is_stored,
    .is_stored = is_stored,
    .frame_options = is_stored ? NULL : "DENY",
    .reporting_endpoints = is_stored ? NULL : "x=\"https://a.b/\"",
    .extensions = extensions,
  };
  g_autoptr (GPtrArray) findings
    = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_finding_unref);
  g_autoptr (GhCsp) csp = gh_csp_new_from_text (policy);
  gsize n_rules;

  gh_csp_findings_add (&surroundings, findings);
  gh_csp_report_syntax (gh_csp_rules_get_table (&n_rules), csp, findings);
  for (guint i = 0; i < findings->len; i++)
    {
      const GhFinding *finding = g_ptr_array_index (findings, i);

      g_assert_true (g_utf8_validate (finding->message, -1, NULL));
    }
}

/* What is added is allowed from then on, and the rest stays readable. */
static void
allow (const char *policy)
{
  g_autoptr (GhCsp) before = gh_csp_new_from_text (policy);

  for (guint service = 0; service < GH_CSP_N_SERVICES; service++)
    {
      g_autoptr (GhCsp) csp = gh_csp_new_from_text (policy);
      g_autoptr (GArray) missing = NULL;
      guint n_policies;

      gh_csp_get_policies (csp, &n_policies);
      gh_csp_service_allow (service, csp);
      missing = gh_csp_service_get_missing (service, csp);
      if (n_policies <= 32)
        g_assert_cmpuint (missing->len, ==, 0);
      g_free (gh_csp_find_lost_script (csp, before));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_auto (GStrv) lines = g_strsplit (valid, "\n", 3);
  g_autoptr (GhCsp) csp = NULL;

  if (g_strv_length (lines) < 3)
    return 0;

  csp = gh_csp_new_from_text (lines[2]);
  match (csp, lines[0], lines[1]);
  review (lines[2], TRUE);
  review (lines[2], FALSE);
  allow (lines[2]);

  return 0;
}
