/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The findings about one answer's headers, put together. */

#include "gh-findings.h"

#include "gh-csp-findings.h"
#include "gh-rules.h"

static void
add_csp (const GhHeaderBlock *block, const char *name, gboolean report_only, GPtrArray *findings)
{
  g_autofree char *policy = gh_header_block_dup_joined (block, name);
  g_autofree char *endpoints = gh_header_block_dup_joined (block, "Reporting-Endpoints");
  GhCspSurroundings surroundings = {
    .policy = policy,
    .report_only = report_only,
    .told_apart = TRUE,
    .frame_options = gh_header_block_lookup (block, "X-Frame-Options"),
    .reporting_endpoints = endpoints,
  };

  if (policy != NULL)
    gh_csp_findings_add (&surroundings, findings);
}

GPtrArray *
gh_findings_of_block (const GhHeaderBlock *block)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_finding_unref);

  add_csp (block, "Content-Security-Policy", FALSE, findings);
  add_csp (block, "Content-Security-Policy-Report-Only", TRUE, findings);
  gh_findings_sort (findings);

  return findings;
}
