/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of a Content-Security-Policy: its weaknesses and its score. */

#include "fuzz.h"

#include "gh-csp-evaluator.h"
#include "gh-csp-observatory.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  const char *headers[] = { text, NULL };
  GhCspEvaluator *evaluator = gh_csp_evaluator_new ();
  GhCspObservatory score;
  guint n_weaknesses;

  for (guint version = 1; version <= 3; version++)
    gh_csp_evaluator_run (
      evaluator, (const char *) data, size, GH_CSP_EVALUATE_STRICT, version, &n_weaknesses);
  gh_csp_evaluator_free (evaluator);

  score = gh_csp_observatory_evaluate (headers, NULL, TRUE);
  g_assert_nonnull (gh_csp_observatory_get_reason (score.result));
  return 0;
}
