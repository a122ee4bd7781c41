/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A header block judged as a whole. */

#include "gh-analysis.h"

#include "gh-findings.h"

#define CSP_VERSION 3

struct _GhAnalyser
{
  GhCspEvaluator *evaluator;
  GhAnalysis analysis;
};

GhAnalyser *
gh_analyser_new (void)
{
  GhAnalyser *self = g_new0 (GhAnalyser, 1);

  self->evaluator = gh_csp_evaluator_new ();

  return self;
}

void
gh_analyser_free (GhAnalyser *self)
{
  gh_csp_evaluator_free (self->evaluator);
  g_clear_pointer (&self->analysis.findings, g_ptr_array_unref);
  g_free (self);
}

const GhAnalysis *
gh_analyser_run (GhAnalyser *self, const GhHeaderBlock *block)
{
  GhAnalysis *analysis = &self->analysis;
  const char *policy = gh_header_block_lookup (block, "Content-Security-Policy");

  gh_score_compute (block, &analysis->score);
  analysis->weaknesses = NULL;
  analysis->n_weaknesses = 0;
  if (policy != NULL)
    analysis->weaknesses = gh_csp_evaluator_run (
      self->evaluator, policy, -1, GH_CSP_EVALUATE_DEFAULT, CSP_VERSION, &analysis->n_weaknesses);
  g_clear_pointer (&analysis->findings, g_ptr_array_unref);
  analysis->findings = gh_findings_of_block (block);

  return analysis;
}

gboolean
gh_analysis_reaches (const GhAnalysis *analysis, GhSeverity severity)
{
  for (guint i = 0; i < analysis->n_weaknesses; i++)
    if (gh_csp_weakness_get_severity (&analysis->weaknesses[i]) >= severity)
      return TRUE;

  return analysis->findings->len > 0 && gh_findings_get_worst (analysis->findings) >= severity;
}
