/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A header block judged. */

#include "gh-cli-analysis.h"
#include "gh-cli-findings.h"
#include "gh-cli-output.h"
#include "gh-csp-evaluator.h"
#include "gh-csp-findings.h"
#include "gh-rules.h"
#include "gh-score.h"

#define CSP_VERSION 3

struct _GhCliAnalysis
{
  GhCspEvaluator *evaluator;
};

GhCliAnalysis *
gh_cli_analysis_new (void)
{
  GhCliAnalysis *self = g_new0 (GhCliAnalysis, 1);

  self->evaluator = gh_csp_evaluator_new ();

  return self;
}

void
gh_cli_analysis_free (GhCliAnalysis *self)
{
  gh_csp_evaluator_free (self->evaluator);
  g_free (self);
}

/* Of the first line that is enforced; none without one. */
static const GhCspWeakness *
evaluate (GhCliAnalysis *self, const GhHeaderBlock *block, guint *n_weaknesses)
{
  const char *policy = gh_header_block_lookup (block, "Content-Security-Policy");

  *n_weaknesses = 0;
  return policy == NULL
           ? NULL
           : gh_csp_evaluator_run (
             self->evaluator, policy, -1, GH_CSP_EVALUATE_DEFAULT, CSP_VERSION, n_weaknesses);
}

static void
add_findings (const GhHeaderBlock *block,
              const char *name,
              gboolean report_only,
              GPtrArray *findings)
{
  g_autofree char *policy = gh_header_block_dup_joined (block, name);
  GhCspSurroundings surroundings = {
    .policy = policy,
    .report_only = report_only,
    .frame_options = gh_header_block_lookup (block, "X-Frame-Options"),
    .reporting_endpoints = gh_header_block_lookup (block, "Reporting-Endpoints"),
  };

  if (policy != NULL)
    gh_csp_findings_add (&surroundings, findings);
}

/* The project's own, worst first; what CSP Evaluator says is told apart. */
static GPtrArray *
find (const GhHeaderBlock *block)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_finding_unref);

  add_findings (block, "Content-Security-Policy", FALSE, findings);
  add_findings (block, "Content-Security-Policy-Report-Only", TRUE, findings);
  for (guint i = findings->len; i > 0; i--)
    if (g_str_equal (((const GhFinding *) findings->pdata[i - 1])->id, "CSP-WEAK"))
      g_ptr_array_remove_index (findings, i - 1);
  gh_findings_sort (findings);

  return findings;
}

static JsonObject *
describe_tests (const GhScore *score)
{
  JsonObject *tests = json_object_new ();

  for (GhScoreTestId test = 0; test < GH_SCORE_N_TESTS; test++)
    {
      const GhScoreResult *result = &score->results[test];
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "result", result->result);
      json_object_set_boolean_member (object, "pass", result->pass);
      json_object_set_int_member (object, "modifier", result->modifier);
      json_object_set_object_member (tests, gh_score_test_get_name (test), object);
    }

  return tests;
}

static JsonArray *
describe_csp (const GhCspWeakness *weaknesses, guint n_weaknesses)
{
  JsonArray *array = json_array_sized_new (n_weaknesses);

  for (guint i = 0; i < n_weaknesses; i++)
    {
      const GhCspWeakness *weakness = &weaknesses[i];
      g_autofree char *directive = gh_csp_weakness_dup_directive (weakness);
      g_autofree char *value = gh_csp_weakness_dup_value (weakness);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (
        object, "type", gh_csp_weakness_type_to_string (weakness->type));
      json_object_set_string_member (
        object, "severity", gh_csp_weakness_severity_to_string (weakness->severity));
      json_object_set_string_member (object, "directive", directive);
      gh_cli_add_string (object, "value", value);
      json_array_add_object_element (array, object);
    }

  return array;
}

JsonObject *
gh_cli_analysis_to_json (GhCliAnalysis *self, const GhHeaderBlock *block)
{
  JsonObject *object = json_object_new ();
  g_autoptr (GPtrArray) findings = find (block);
  const GhCspWeakness *weaknesses;
  guint n_weaknesses;
  GhScore score;

  gh_score_compute (block, &score);
  weaknesses = evaluate (self, block, &n_weaknesses);
  json_object_set_int_member (object, "score", score.score);
  json_object_set_string_member (object, "grade", score.grade);
  json_object_set_object_member (object, "tests", describe_tests (&score));
  json_object_set_array_member (object, "csp", describe_csp (weaknesses, n_weaknesses));
  json_object_set_array_member (object, "findings", gh_cli_findings_to_json (findings));

  return object;
}

static void
print_score (const GhHeaderBlock *block)
{
  GhCliTable *table = gh_cli_table_new (3);
  GhScore score;

  gh_score_compute (block, &score);
  gh_cli_print_line ("%d  %s", score.score, score.grade);
  for (GhScoreTestId test = 0; test < GH_SCORE_N_TESTS; test++)
    {
      const GhScoreResult *result = &score.results[test];
      g_autofree char *points = g_strdup_printf ("%+d", result->modifier);

      gh_cli_table_add (
        table, points, gh_score_test_get_header (test), gh_score_get_reason (result->result), NULL);
    }
  gh_cli_table_print (table);
}

void
gh_cli_analysis_print (GhCliAnalysis *self,
                       const GhHeaderBlock *block,
                       const GArray *diagnostics,
                       const char *text)
{
  g_autoptr (GPtrArray) findings = find (block);
  const GhCspWeakness *weaknesses;
  guint n_weaknesses;

  print_score (block);
  weaknesses = evaluate (self, block, &n_weaknesses);
  for (guint i = 0; i < n_weaknesses; i++)
    {
      g_autofree char *message = gh_csp_weakness_dup_message (&weaknesses[i]);

      gh_cli_print_line ("%s %s: %s",
                         gh_severity_to_string (gh_csp_weakness_get_severity (&weaknesses[i])),
                         gh_csp_weakness_type_to_string (weaknesses[i].type),
                         message);
    }
  gh_cli_findings_print (findings);
  for (guint i = 0; i < diagnostics->len; i++)
    {
      const GhDiagnostic *diagnostic = gh_diagnostics_get_nth (diagnostics, i);
      g_autofree char *message = gh_diagnostic_dup_message (diagnostic, text);

      gh_cli_print_line ("%s: %s", gh_severity_to_string (diagnostic->severity), message);
    }
}
