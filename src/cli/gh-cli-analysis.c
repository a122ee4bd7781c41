/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A judged header block as the command prints it. */

#include "gh-cli-analysis.h"
#include "gh-cli-findings.h"
#include "gh-cli-output.h"
#include "gh-keyed-hash.h"

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
describe_csp (const GhAnalysis *analysis)
{
  JsonArray *array = json_array_sized_new (analysis->n_weaknesses);

  for (guint i = 0; i < analysis->n_weaknesses; i++)
    {
      const GhCspWeakness *weakness = &analysis->weaknesses[i];
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
gh_cli_analysis_to_json (const GhAnalysis *analysis)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "score", analysis->score.score);
  json_object_set_string_member (object, "grade", analysis->score.grade);
  json_object_set_object_member (object, "tests", describe_tests (&analysis->score));
  json_object_set_array_member (object, "csp", describe_csp (analysis));
  json_object_set_array_member (object, "findings", gh_cli_findings_to_json (analysis->findings));

  return object;
}

static void
print_score (const GhScore *score)
{
  GhCliTable *table = gh_cli_table_new (3);

  gh_cli_print_line ("%d  %s", score->score, score->grade);
  for (GhScoreTestId test = 0; test < GH_SCORE_N_TESTS; test++)
    {
      const GhScoreResult *result = &score->results[test];
      g_autofree char *points = g_strdup_printf ("%+d", result->modifier);

      gh_cli_table_add (
        table, points, gh_score_test_get_header (test), gh_score_get_reason (result->result), NULL);
    }
  gh_cli_table_print (table);
}

/* Each sentence once: CSP Evaluator repeats itself for directives that stand in for others. */
static void
print_weaknesses (const GhAnalysis *analysis)
{
  g_autoptr (GHashTable) printed = gh_keyed_hash_table_new (g_free, NULL);

  for (guint i = 0; i < analysis->n_weaknesses; i++)
    {
      const GhCspWeakness *weakness = &analysis->weaknesses[i];
      char *message = gh_csp_weakness_dup_message (weakness);

      if (!g_hash_table_contains (printed, message))
        gh_cli_print_line ("%s %s: %s",
                           gh_severity_to_string (gh_csp_weakness_get_severity (weakness)),
                           gh_csp_weakness_type_to_string (weakness->type),
                           message);
      g_hash_table_add (printed, message);
    }
}

void
gh_cli_analysis_print (const GhAnalysis *analysis, const GArray *diagnostics, const char *text)
{
  print_score (&analysis->score);
  print_weaknesses (analysis);
  gh_cli_findings_print (analysis->findings);
  for (guint i = 0; i < diagnostics->len; i++)
    {
      const GhDiagnostic *diagnostic = gh_diagnostics_get_nth (diagnostics, i);
      g_autofree char *message = gh_diagnostic_dup_message (diagnostic, text);

      gh_cli_print_line ("%s: %s", gh_severity_to_string (diagnostic->severity), message);
    }
}
