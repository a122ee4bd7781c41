/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules that tie several fields together, as a table. The headers room brings a table
 * of its own for the rules that need to understand a header; the engine is this one. */

#pragma once

#include "gh-finding.h"

G_BEGIN_DECLS

#define GH_RULE_MAXIMUM_FIELDS 16

typedef struct _GhRule GhRule;

/* Appends what the rule finds to findings. before is what is applied now, after what
 * would be; both are the same for a check of a policy at rest, where rules about a
 * change stay silent. */
typedef void (*GhRuleTest) (const GhRule *rule,
                            const GhPolicy *before,
                            const GhPolicy *after,
                            GPtrArray *findings);

struct _GhRule
{
  const char *id;
  GhSeverity severity; /* the usual one; a test that computes a figure may give another */
  const char *fields[GH_RULE_MAXIMUM_FIELDS + 1];
  const char *message; /* translatable, a whole sentence; may have %s for a test that fills it */
  const char *explanation; /* translatable, or NULL */
  const char *source;
  GhRuleTest test;
};

void gh_rules_run (const GhRule *rules,
                   gsize n_rules,
                   const GhPolicy *before,
                   const GhPolicy *after,
                   GPtrArray *findings);

/* For a rule's test: each adds a finding with the rule's words, translated, and returns it
 * borrowed. The second fills the %s of the message; the third also speaks of that one
 * field alone and fills in its title. */
GhFinding *gh_rule_report (const GhRule *rule, GPtrArray *findings);
GhFinding *gh_rule_report_with (const GhRule *rule, GPtrArray *findings, const char *words);
GhFinding *gh_rule_report_field (const GhRule *rule, GPtrArray *findings, const GhSetting *setting);

const GhRule *gh_rules_get_table (gsize *n_rules);
/* The rules of this table alone. Of GhFinding, worst first. */
GPtrArray *gh_rules_check (const GhPolicy *before, const GhPolicy *after);
/* Worst first, and as they were among equals. */
void gh_findings_sort (GPtrArray *findings);

G_END_DECLS
