/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is weak, dead or contradictory in the headers of one answer, wherever they come from.
 * Of a stored policy gh_policy_check() tells the same, by the same tests. */

#pragma once

#include "gh-finding.h"
#include "gh-header-block.h"

G_BEGIN_DECLS

/* Of GhFinding, each with its header, worst first. What CSP Evaluator says is left to
 * gh-csp-evaluator.h. */
GPtrArray *gh_findings_of_block (const GhHeaderBlock *block);

G_END_DECLS
