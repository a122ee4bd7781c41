/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules about headers are written down in parts, one table each; gh-header-rules.h
 * puts them together. Here is what the parts have in common. */

#pragma once

#include "gh-header-block.h"
#include "gh-rules.h"

G_BEGIN_DECLS

const GhRule *gh_transport_rules_get_table (gsize *n_rules);
const GhRule *gh_content_rules_get_table (gsize *n_rules);
const GhRule *gh_isolation_rules_get_table (gsize *n_rules);

/* The same about the headers of one answer, told in the words of the same rules. */
void gh_transport_findings_add (const GhHeaderBlock *block, GPtrArray *findings);
void gh_content_findings_add (const GhHeaderBlock *block, GPtrArray *findings);
void gh_isolation_findings_add (const GhHeaderBlock *block, GPtrArray *findings);

/* The first rule of that id. */
const GhRule *gh_rule_find (const GhRule *rules, gsize n_rules, const char *id);

/* Says of each finding which header it is about, unless it knows better: by the first of its
 * fields that shapes one. policy, or NULL: see gh_header_set_get_name_of(). */
void gh_rule_name_headers (GPtrArray *findings, const GhPolicy *policy);

/* Adds one field to the mend of a finding, and names the mend. */
void gh_rule_mend (GhFinding *finding, const char *title, const char *id, GVariant *value);
void gh_rule_say (GhFinding *finding, char *message); /* takes the message */

gboolean gh_rule_is_on (const GhPolicy *policy, const char *id);
gboolean gh_rule_is_turned_on (const GhPolicy *before, const GhPolicy *after, const char *id);

/* What a switched header says, or NULL while it is off. */
const char *gh_rule_get_sent (const GhPolicy *policy, const char *switch_id, const char *policy_id);
gboolean gh_rule_sends (const GhPolicy *policy,
                        const char *switch_id,
                        const char *policy_id,
                        const char *value);

G_END_DECLS
