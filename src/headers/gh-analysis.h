/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A header block judged: score and grade, what CSP Evaluator says, what else is found. */

#pragma once

#include "gh-csp-evaluator.h"
#include "gh-finding.h"
#include "gh-header-block.h"
#include "gh-score.h"

G_BEGIN_DECLS

/* Keeps its memory from one block to the next. */
typedef struct _GhAnalyser GhAnalyser;

/* All of it the analyser's, and good until its next run. */
typedef struct
{
  GhScore score;

  /* CSP Evaluator's default checks of the first line that is enforced; none without one. */
  const GhCspWeakness *weaknesses;
  guint n_weaknesses;

  GPtrArray *findings; /* the project's own, of GhFinding, worst first */
} GhAnalysis;

GhAnalyser *gh_analyser_new (void);
void gh_analyser_free (GhAnalyser *self);
const GhAnalysis *gh_analyser_run (GhAnalyser *self, const GhHeaderBlock *block);

/* Whether a finding, or something that CSP Evaluator says, is at least as grave. */
gboolean gh_analysis_reaches (const GhAnalysis *analysis, GhSeverity severity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhAnalyser, gh_analyser_free)

G_END_DECLS
