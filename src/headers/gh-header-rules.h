/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules that need to understand a header, as a second table for the rule engine
 * (CSP-*, PP-SYNTAX, HPKP-BACKUP, COEP-THIRDPARTY …), and the whole check of a policy. */

#pragma once

#include "gh-rules.h"

G_BEGIN_DECLS

const GhRule *gh_header_rules_get_table (gsize *n_rules);

/* Every rule of both tables. Of GhFinding, worst first. */
GPtrArray *gh_policy_check (const GhPolicy *before, const GhPolicy *after);

/* Whether a change is one that cannot be taken back at will, so that its apply is to be
 * confirmed by typing: a finding asks for it, or browsers would be told what they do not
 * forget (HSTS preload, public key pins). findings are those of gh_policy_check(). */
gboolean
gh_policy_is_irreversible (const GhPolicy *before, const GhPolicy *after, GPtrArray *findings);

G_END_DECLS
