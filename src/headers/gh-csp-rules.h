/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules that tie the Content-Security-Policy to the other settings and to itself. */

#pragma once

#include "gh-csp.h"
#include "gh-header-block.h"
#include "gh-rules.h"

G_BEGIN_DECLS

#define GH_CSP_FIELD "content-security-policy"
#define GH_CSP_POLICY_FIELD "content-security-policy.policy"
#define GH_CSP_REPORT_ONLY_FIELD "content-security-policy.report-only"

/* CSP-SYNTAX, CSP-GA, CSP-GRAVATAR, CSP-CAPTCHA, CSP-LOCKOUT, and what gh-csp-findings.h finds. */
const GhRule *gh_csp_rules_get_table (gsize *n_rules);

/* No one step makes a text beyond this fit the setting: no mend is tried. Bytes. */
#define GH_CSP_MENDABLE_SIZE (32 * 1024)

/* Makes the text the mend of a finding, unless it could not be stored as it is. */
void gh_csp_mend (GhFinding *finding, const char *title, const GhCsp *changed);

/* One finding for each oddity of the text, with what mends it (the test of CSP-SYNTAX). */
void gh_csp_report_syntax (const GhRule *rule, const GhCsp *csp, GPtrArray *findings);

/* Names what is missing, of GhCspMissing, in the place of the %s of the rule's message. */
GhFinding *gh_csp_report_missing (const GhRule *rule, const GArray *missing, GPtrArray *findings);

/* What is found in the Content-Security-Policy lines of an answer, enforced and only reported. */
void gh_csp_answer_findings_add (const GhHeaderBlock *block, GPtrArray *findings);

/* Which scripts ran under the one and would not under the other, as a translated sentence; NULL
 * when none. */
char *gh_csp_find_lost_script (const GhCsp *before, const GhCsp *after);

G_END_DECLS
