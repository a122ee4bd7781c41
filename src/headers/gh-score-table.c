/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What each result of a test is worth: MDN HTTP Observatory, algorithm 6. Sorted by the
 * name of the result. Those of the Content-Security-Policy are in gh-csp-observatory.c. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "gh-score-private.h"

static const GhScoreRow results[] = {
  { "coep-header-invalid",
    -5,
    FALSE,
    N_ ("The Cross-Origin-Embedder-Policy cannot be read, so browsers ignore it.") },
  { "coep-implemented-with-credentialless",
    10,
    TRUE,
    N_ ("Files of other sites are loaded without cookies, or with their consent.") },
  { "coep-implemented-with-require-corp",
    10,
    TRUE,
    N_ ("Files of other sites are loaded with their consent only.") },
  { "coep-implemented-with-unsafe-none",
    0,
    TRUE,
    N_ ("The Cross-Origin-Embedder-Policy allows everything, as if it were not there.") },
  { "coep-not-implemented", 0, TRUE, N_ ("There is no Cross-Origin-Embedder-Policy.") },
  { "coop-header-invalid",
    -5,
    FALSE,
    N_ ("The Cross-Origin-Opener-Policy cannot be read, so browsers ignore it.") },
  { "coop-implemented-with-noopener-allow-popups",
    10,
    TRUE,
    N_ ("Pages are cut off from the windows that open them.") },
  { "coop-implemented-with-same-origin",
    10,
    TRUE,
    N_ ("Pages share their window group with pages of the same origin only.") },
  { "coop-implemented-with-same-origin-allow-popups",
    10,
    TRUE,
    N_ ("Pages are cut off from other sites, but for the pop-ups they open.") },
  { "coop-implemented-with-unsafe-none",
    0,
    TRUE,
    N_ ("The Cross-Origin-Opener-Policy allows everything, as if it were not there.") },
  { "coop-not-implemented", 0, TRUE, N_ ("There is no Cross-Origin-Opener-Policy.") },
  { "corp-header-invalid",
    -5,
    FALSE,
    N_ ("The Cross-Origin-Resource-Policy cannot be read, so browsers ignore it.") },
  { "corp-implemented-with-cross-origin",
    0,
    TRUE,
    N_ ("The Cross-Origin-Resource-Policy lets every site embed the files.") },
  { "corp-implemented-with-same-origin", 10, TRUE, N_ ("No other origin can embed the files.") },
  { "corp-implemented-with-same-site", 10, TRUE, N_ ("No other site can embed the files.") },
  { "corp-not-implemented", 0, TRUE, N_ ("There is no Cross-Origin-Resource-Policy.") },
  { "hsts-header-invalid", -20, FALSE, N_ ("Strict-Transport-Security cannot be read.") },
  { "hsts-implemented-max-age-at-least-six-months",
    0,
    TRUE,
    N_ ("Browsers keep to HTTPS for six months at least.") },
  { "hsts-implemented-max-age-less-than-six-months",
    -10,
    FALSE,
    N_ ("Browsers keep to HTTPS for less than six months.") },
  { "hsts-not-implemented", -20, FALSE, N_ ("There is no Strict-Transport-Security.") },
  { "referrer-policy-header-invalid", -5, FALSE, N_ ("No value of the Referrer-Policy is known.") },
  { "referrer-policy-not-implemented",
    0,
    TRUE,
    N_ ("There is no Referrer-Policy; current browsers then tell other sites the origin only.") },
  { "referrer-policy-private", 5, TRUE, N_ ("Other sites learn no more than the origin.") },
  { "referrer-policy-unsafe",
    -5,
    FALSE,
    N_ ("The Referrer-Policy gives away more than it has to.") },
  { "x-content-type-options-header-invalid",
    -5,
    FALSE,
    N_ ("X-Content-Type-Options is not nosniff.") },
  { "x-content-type-options-nosniff", 0, TRUE, N_ ("Browsers do not guess the type of files.") },
  { "x-content-type-options-not-implemented",
    -5,
    FALSE,
    N_ ("There is no X-Content-Type-Options, so browsers may guess the type of files.") },
  { "x-frame-options-allow-from-origin",
    0,
    TRUE,
    N_ ("X-Frame-Options names a site that may frame the pages; browsers no longer read that.") },
  { "x-frame-options-header-invalid",
    -20,
    FALSE,
    N_ ("X-Frame-Options cannot be read, so every site may frame the pages.") },
  { "x-frame-options-implemented-via-csp",
    5,
    TRUE,
    N_ ("The frame-ancestors directive says who may frame the pages.") },
  { "x-frame-options-not-implemented",
    -20,
    FALSE,
    N_ ("Every site may frame the pages: there is neither frame-ancestors nor X-Frame-Options.") },
  { "x-frame-options-sameorigin-or-deny",
    5,
    TRUE,
    N_ ("X-Frame-Options keeps other sites from framing the pages.") },
};

static int
compare_result (const void *name, const void *result)
{
  return strcmp (name, ((const GhScoreRow *) result)->result);
}

const GhScoreRow *
gh_score_row_lookup (const char *result)
{
  return bsearch (result, results, G_N_ELEMENTS (results), sizeof (GhScoreRow), compare_result);
}
