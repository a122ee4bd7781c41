/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules that need to understand a header, as a second table for the rule engine
 * (CSP-*, PP-SYNTAX, HPKP-BACKUP, COEP-THIRDPARTY …), and the whole check of a policy. */

#pragma once

#include "gh-rules.h"

G_BEGIN_DECLS

const GhRule *gh_header_rules_get_table (gsize *n_rules);

/* Every rule of both tables. Of GhFinding, worst first. */
GPtrArray *gh_policy_check (const GhPolicy *before, const GhPolicy *after);

G_END_DECLS
