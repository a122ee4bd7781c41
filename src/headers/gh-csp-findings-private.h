/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of the findings share. */

#pragma once

#include "gh-csp-edit.h"
#include "gh-csp-findings.h"
#include "gh-csp-rules.h"

G_BEGIN_DECLS

typedef enum
{
  GH_CSP_FOUND_WEAK,
  GH_CSP_FOUND_STATIC_NONCE,
  GH_CSP_FOUND_NONCE_SHORT,
  GH_CSP_FOUND_HASH_BROKEN,
  GH_CSP_FOUND_NO_FRAME_ANCESTORS,
  GH_CSP_FOUND_OPEN_FRAME_ANCESTORS,
  GH_CSP_FOUND_FRAME_OPTIONS,
  GH_CSP_FOUND_FRAME_OPTIONS_CONFLICT,
  GH_CSP_FOUND_REPORT_TO,
  GH_CSP_FOUND_REPORT_BOTH,
  GH_CSP_FOUND_REPORT_NOWHERE,
  GH_CSP_FOUND_ANALYTICS_LEFT,
  GH_CSP_FOUND_EXTENSIONS,
  GH_CSP_FOUND_SELF_SNIFFED,
  GH_CSP_FOUND_INERT,
  GH_CSP_FOUND_DEPRECATED,
  GH_CSP_FOUND_IP_SOURCE,
  GH_CSP_FOUND_HTTP_SOURCE,
  GH_CSP_FOUND_STAR_SCHEMES,
  GH_CSP_FOUND_PATH_REDIRECT,
  GH_CSP_FOUND_SEVERAL,
  GH_CSP_FOUND_SEVERAL_LINES,
  GH_CSP_FOUND_SIZE,
  GH_CSP_N_FOUND,
} GhCspFound;

typedef struct
{
  const GhCspSurroundings *surroundings;
  const GhCsp *csp;
  GPtrArray *findings;
  guint reported[GH_CSP_N_FOUND]; /* how often each */
  const GhCspDirective *directives[GH_CSP_N_DIRECTIVES]; /* the first that is obeyed, or NULL */
} GhCspReview;

/* Adds one finding; first and second fill %1$s and %2$s of its message, and may be NULL. */
GhFinding *
gh_csp_review_report (GhCspReview *review, GhCspFound found, const char *first, const char *second);
gboolean gh_csp_review_has_reported (const GhCspReview *review, GhCspFound found);

/* There are as many of that kind as anyone will read. */
gboolean gh_csp_review_has_enough (const GhCspReview *review, GhCspFound found);

/* A copy of the policy, to be changed into a mend; NULL of one that is too long to be mended. */
GhCsp *gh_csp_review_copy (const GhCspReview *review);

/* Calls look for each value of each directive that browsers obey. */
typedef void (*GhCspLook) (GhCspReview *review,
                           guint policy,
                           const GhCspDirective *directive,
                           const GhCspValue *value);
void gh_csp_review_each_value (GhCspReview *review, GhCspLook look);

/* The parts. */
void gh_csp_review_values (GhCspReview *review);     /* nonces, hashes, sources */
void gh_csp_review_directives (GhCspReview *review); /* framing, reporting, the inert */
void gh_csp_review_settings (GhCspReview *review);   /* against other settings */

G_END_DECLS
