/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The findings about one answer's headers, put together; and those that no setting has, because
 * a policy cannot do it: lines that are missing, repeated or unreadable. */

#include "gh-findings.h"

#include <glib/gi18n-lib.h>

#include "gh-content-type-options.h"
#include "gh-cross-origin.h"
#include "gh-csp-rules.h"
#include "gh-findings-private.h"
#include "gh-frame-options.h"
#include "gh-hsts.h"
#include "gh-referrer-policy.h"
#include "gh-reporting-endpoints.h"
#include "gh-rule-parts.h"

/* Of one header; beyond it a list helps nobody. */
#define MAXIMUM_REPORTED 12

typedef enum
{
  READS_JOINED, /* the lines count as one list */
  READS_FIRST,  /* of several lines the first counts */
  READS_ONE,    /* several lines, and none counts */
} Reading;

typedef void (*Read) (const char *text, GArray *diagnostics);

static void
read_hsts (const char *text, GArray *diagnostics)
{
  GhHsts hsts;

  gh_hsts_parse (text, -1, &hsts, diagnostics);
}

static void
read_content_type_options (const char *text, GArray *diagnostics)
{
  gh_content_type_options_parse (text, -1, diagnostics);
}

static void
read_frame_options (const char *text, GArray *diagnostics)
{
  gh_frame_options_parse (text, -1, diagnostics);
}

static void
read_referrer_policy (const char *text, GArray *diagnostics)
{
  gh_referrer_policy_parse (text, -1, diagnostics);
}

static void
read_endpoints (const char *text, GArray *diagnostics)
{
  g_autoptr (GhStructuredField) endpoints = gh_reporting_endpoints_parse (text, -1, diagnostics);
}

static void
read_embedder (const char *text, GArray *diagnostics)
{
  g_autoptr (GhCrossOriginPolicy) policy
    = gh_cross_origin_parse (GH_CROSS_ORIGIN_EMBEDDER, text, -1, diagnostics);
}

static void
read_opener (const char *text, GArray *diagnostics)
{
  g_autoptr (GhCrossOriginPolicy) policy
    = gh_cross_origin_parse (GH_CROSS_ORIGIN_OPENER, text, -1, diagnostics);
}

static void
read_resource (const char *text, GArray *diagnostics)
{
  g_autoptr (GhCrossOriginPolicy) policy
    = gh_cross_origin_parse (GH_CROSS_ORIGIN_RESOURCE, text, -1, diagnostics);
}

static const struct
{
  const char *name;
  Reading reading;
  Read read;
} headers[] = {
  { "Strict-Transport-Security", READS_FIRST, read_hsts },
  { "X-Content-Type-Options", READS_JOINED, read_content_type_options },
  { "X-Frame-Options", READS_JOINED, read_frame_options },
  { "Referrer-Policy", READS_JOINED, read_referrer_policy },
  { "Reporting-Endpoints", READS_JOINED, read_endpoints },
  { "Cross-Origin-Embedder-Policy", READS_ONE, read_embedder },
  { "Cross-Origin-Embedder-Policy-Report-Only", READS_ONE, read_embedder },
  { "Cross-Origin-Opener-Policy", READS_ONE, read_opener },
  { "Cross-Origin-Opener-Policy-Report-Only", READS_ONE, read_opener },
  { "Cross-Origin-Resource-Policy", READS_ONE, read_resource },
};

static void
report_diagnostics (const char *name,
                    const char *text,
                    const GArray *diagnostics,
                    GPtrArray *findings)
{
  for (guint i = 0; i < MIN (diagnostics->len, MAXIMUM_REPORTED); i++)
    {
      const GhDiagnostic *diagnostic = gh_diagnostics_get_nth (diagnostics, i);
      GhFinding *finding = gh_found_report (GH_FOUND_SYNTAX, name, findings);

      finding->severity = diagnostic->severity;
      gh_rule_say (finding, gh_diagnostic_dup_message (diagnostic, text));
    }
}

static void
read_header (const GhHeaderBlock *block, gsize index, GPtrArray *findings)
{
  const char *name = headers[index].name;
  guint n_lines = gh_header_block_count (block, name);
  g_autoptr (GArray) diagnostics = NULL;
  g_autofree char *text = NULL;

  if (n_lines > 1 && headers[index].reading != READS_JOINED)
    gh_found_report (headers[index].reading == READS_FIRST ? GH_FOUND_FIRST_COUNTS
                                                           : GH_FOUND_NONE_COUNTS,
                     name,
                     findings);
  if (n_lines == 0 || (n_lines > 1 && headers[index].reading == READS_ONE))
    return;

  diagnostics = gh_diagnostics_new ();
  text = headers[index].reading == READS_FIRST ? g_strdup (gh_header_block_lookup (block, name))
                                               : gh_header_block_dup_joined (block, name);
  headers[index].read (text, diagnostics);
  report_diagnostics (name, text, diagnostics, findings);
}

GPtrArray *
gh_findings_of_block (const GhHeaderBlock *block)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_finding_unref);

  gh_csp_answer_findings_add (block, findings);
  gh_transport_findings_add (block, findings);
  gh_content_findings_add (block, findings);
  gh_isolation_findings_add (block, findings);
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    read_header (block, i, findings);
  gh_found_add_lines (block, findings);
  gh_rule_name_headers (findings, NULL);
  gh_findings_sort (findings);

  return findings;
}
