/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The project's own findings about a Content-Security-Policy, beyond what CSP Evaluator knows:
 * each in words, with its source and, where one step mends it, the change that does. */

#pragma once

#include "gh-csp.h"
#include "gh-finding.h"

G_BEGIN_DECLS

/* What a policy is judged in the light of. */
typedef struct
{
  const char *policy;   /* the header's value; the values of several lines joined by ", " */
  const GhCsp *csp;     /* the same where it has been read already, or NULL */
  gboolean report_only; /* it came as Content-Security-Policy-Report-Only */
  gboolean is_stored;   /* it is a setting, sent as it is with every page, and not one answer's */
  gboolean told_apart;  /* what CSP Evaluator says is told elsewhere: no CSP-WEAK */

  /* Of an answer: how many lines it came in. Its other headers, joined like these, or NULL. A stored policy has no
   * such settings beside it. */
  guint n_lines;
  const char *frame_options;
  const char *reporting_endpoints;

  gboolean legacy_endpoints; /* Report-To stands in for the latter, which Chromium still reads */
  gboolean nosniff;          /* sent beside it */

  /* Settings, of a stored policy only. */
  const char *const *extensions; /* that members may attach, or NULL */
  gboolean analytics;
} GhCspSurroundings;

/* Appends GhFinding:
 *
 *   CSP-WEAK            what CSP Evaluator calls HIGH or MEDIUM
 *   CSP-STATIC-NONCE    CSP-NONCE-SHORT    CSP-HASH-BROKEN
 *   CSP-FRAMING         CSP-FRAME-OPTIONS
 *   CSP-REPORT-TO       CSP-REPORT-BOTH    CSP-REPORT-NOWHERE
 *   CSP-ANALYTICS-LEFT  CSP-EXTENSIONS     CSP-SELF-SNIFFED
 *   CSP-INERT           CSP-DEPRECATED     CSP-IP-SOURCE
 *   CSP-HTTP-SOURCE     CSP-STAR-SCHEMES   CSP-PATH-REDIRECT
 *   CSP-SEVERAL         CSP-SIZE */
void gh_csp_findings_add (const GhCspSurroundings *surroundings, GPtrArray *findings);

G_END_DECLS
