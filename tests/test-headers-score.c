/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Score and grade against the Observatory's rules, one header at a time and together; and in
 * cases that were kept from a run of it. More come by way of tests/oracle/score.sh, which names a
 * file of its own. */

#include <json-glib/json-glib.h>
#include <string.h>

#include "gh-score.h"

static void
test_results (void)
{
  static const struct
  {
    const char *block;
    GhScoreTestId test;
    const char *result;
  } cases[] = {
#define HSTS GH_SCORE_STRICT_TRANSPORT_SECURITY
#define HSTS_NAME "Strict-Transport-Security: "
    { "", HSTS, "hsts-not-implemented" },
    { HSTS_NAME, HSTS, "hsts-header-invalid" },
    { HSTS_NAME "max-age=15552000", HSTS, "hsts-implemented-max-age-at-least-six-months" },
    { HSTS_NAME "MAX-AGE=15552000", HSTS, "hsts-implemented-max-age-at-least-six-months" },
    { HSTS_NAME "max-age=15551999", HSTS, "hsts-implemented-max-age-less-than-six-months" },
    { HSTS_NAME "max-age=99999999999999999999999999",
      HSTS,
      "hsts-implemented-max-age-at-least-six-months" },
    { HSTS_NAME "max-age= 5x", HSTS, "hsts-implemented-max-age-less-than-six-months" },
    { HSTS_NAME "max-age=-5", HSTS, "hsts-implemented-max-age-less-than-six-months" },
    { HSTS_NAME "max-age=x", HSTS, "hsts-implemented-max-age-at-least-six-months" },
    { HSTS_NAME "max-age =5", HSTS, "hsts-header-invalid" },
    { HSTS_NAME "max-age=5; max-age=15552000",
      HSTS,
      "hsts-implemented-max-age-at-least-six-months" },
    { HSTS_NAME "max-age=15552000, x", HSTS, "hsts-header-invalid" },
    { HSTS_NAME "preload", HSTS, "hsts-header-invalid" },
    { HSTS_NAME "max-age=1\n" HSTS_NAME "max-age=15552000",
      HSTS,
      "hsts-implemented-max-age-less-than-six-months" },
#define SNIFF GH_SCORE_X_CONTENT_TYPE_OPTIONS
    { "", SNIFF, "x-content-type-options-not-implemented" },
    { "X-Content-Type-Options:", SNIFF, "x-content-type-options-not-implemented" },
    { "x-content-type-options: NoSniff", SNIFF, "x-content-type-options-nosniff" },
    { "X-Content-Type-Options: nosniff, nosniff", SNIFF, "x-content-type-options-header-invalid" },
#define FRAME GH_SCORE_X_FRAME_OPTIONS
    { "", FRAME, "x-frame-options-not-implemented" },
    { "X-Frame-Options:", FRAME, "x-frame-options-not-implemented" },
    { "X-Frame-Options: Deny", FRAME, "x-frame-options-sameorigin-or-deny" },
    { "X-Frame-Options: SAMEORIGIN", FRAME, "x-frame-options-sameorigin-or-deny" },
    { "X-Frame-Options: allow-from https://a", FRAME, "x-frame-options-allow-from-origin" },
    { "X-Frame-Options: allow", FRAME, "x-frame-options-header-invalid" },
    { "X-Frame-Options: allow\nContent-Security-Policy: frame-ancestors *",
      FRAME,
      "x-frame-options-implemented-via-csp" },
#define REFERRER GH_SCORE_REFERRER_POLICY
    { "", REFERRER, "referrer-policy-not-implemented" },
    { "Referrer-Policy:", REFERRER, "referrer-policy-header-invalid" },
    { "Referrer-Policy: No-Referrer", REFERRER, "referrer-policy-private" },
    { "Referrer-Policy: origin", REFERRER, "referrer-policy-unsafe" },
    { "Referrer-Policy: origin, same-origin, x", REFERRER, "referrer-policy-private" },
    { "Referrer-Policy: same-origin\nReferrer-Policy: unsafe-url",
      REFERRER,
      "referrer-policy-unsafe" },
    { "Referrer-Policy: same-origin\nReferrer-Policy: x", REFERRER, "referrer-policy-private" },
    { "Referrer-Policy: x\nReferrer-Policy: same-origin", REFERRER, "referrer-policy-private" },
#define RESOURCE GH_SCORE_CROSS_ORIGIN_RESOURCE_POLICY
    { "", RESOURCE, "corp-not-implemented" },
    { "Cross-Origin-Resource-Policy: Same-Site", RESOURCE, "corp-implemented-with-same-site" },
    { "Cross-Origin-Resource-Policy: same-origin", RESOURCE, "corp-implemented-with-same-origin" },
    { "Cross-Origin-Resource-Policy: cross-origin",
      RESOURCE,
      "corp-implemented-with-cross-origin" },
    { "Cross-Origin-Resource-Policy: same-site\nCross-Origin-Resource-Policy: same-site",
      RESOURCE,
      "corp-header-invalid" },
#define EMBEDDER GH_SCORE_CROSS_ORIGIN_EMBEDDER_POLICY
    { "", EMBEDDER, "coep-not-implemented" },
    { "Cross-Origin-Embedder-Policy: require-corp; report-to=\"x\"",
      EMBEDDER,
      "coep-implemented-with-require-corp" },
    { "Cross-Origin-Embedder-Policy: credentialless",
      EMBEDDER,
      "coep-implemented-with-credentialless" },
    { "Cross-Origin-Embedder-Policy: unsafe-none", EMBEDDER, "coep-implemented-with-unsafe-none" },
    { "Cross-Origin-Embedder-Policy: Require-Corp", EMBEDDER, "coep-header-invalid" },
    { "Cross-Origin-Embedder-Policy: \"require-corp\"", EMBEDDER, "coep-header-invalid" },
    { "Cross-Origin-Embedder-Policy: require-corp\nCross-Origin-Embedder-Policy: require-corp",
      EMBEDDER,
      "coep-header-invalid" },
#define OPENER GH_SCORE_CROSS_ORIGIN_OPENER_POLICY
    { "", OPENER, "coop-not-implemented" },
    { "Cross-Origin-Opener-Policy: same-origin", OPENER, "coop-implemented-with-same-origin" },
    { "Cross-Origin-Opener-Policy: same-origin-allow-popups",
      OPENER,
      "coop-implemented-with-same-origin-allow-popups" },
    { "Cross-Origin-Opener-Policy: noopener-allow-popups",
      OPENER,
      "coop-implemented-with-noopener-allow-popups" },
    { "Cross-Origin-Opener-Policy: same-origin;", OPENER, "coop-header-invalid" },
#define CSP GH_SCORE_CONTENT_SECURITY_POLICY
    { "", CSP, "csp-not-implemented" },
    { "Content-Security-Policy: default-src 'none'",
      CSP,
      "csp-implemented-with-no-unsafe-default-src-none" },
    { "Content-Security-Policy-Report-Only: default-src 'none'",
      CSP,
      "csp-not-implemented-but-reporting-enabled" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GhHeaderBlock) block = gh_header_block_parse (cases[i].block, -1, NULL);
      GhScore score;

      gh_score_compute (block, &score);
      g_assert_cmpstr (score.results[cases[i].test].result, ==, cases[i].result);
      for (guint j = 0; j < GH_SCORE_N_TESTS; j++)
        g_assert_nonnull (gh_score_get_reason (score.results[j].result));
    }
}

static void
test_sums (void)
{
  static const struct
  {
    const char *block;
    int score;
    const char *grade;
  } cases[] = {
    /* 100 - 25 - 20 - 5 - 20 */
    { "", 30, "D" },
    /* bonuses do not count below 90 */
    { "Strict-Transport-Security: max-age=63072000\nX-Content-Type-Options: nosniff\n"
      "Referrer-Policy: no-referrer\nX-Frame-Options: DENY",
      75,
      "B" },
    { "Strict-Transport-Security: max-age=63072000\nX-Content-Type-Options: nosniff\n"
      "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\n"
      "Referrer-Policy: no-referrer\nCross-Origin-Opener-Policy: same-origin\n"
      "Cross-Origin-Embedder-Policy: require-corp\nCross-Origin-Resource-Policy: same-origin",
      150,
      "A+" },
    /* -10 is still curved: 90 + 10 + 5 + 5 */
    { "Strict-Transport-Security: max-age=1\nX-Content-Type-Options: nosniff\n"
      "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\n"
      "Referrer-Policy: no-referrer",
      110,
      "A+" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GhHeaderBlock) block = gh_header_block_parse (cases[i].block, -1, NULL);
      GhScore score;

      gh_score_compute (block, &score);
      g_assert_cmpint (score.score, ==, cases[i].score);
      g_assert_cmpstr (score.grade, ==, cases[i].grade);
    }
}

static void
test_grades (void)
{
  static const struct
  {
    int score;
    const char *grade;
  } cases[] = {
    { 165, "A+" }, { 100, "A+" }, { 99, "A" },  { 90, "A" },  { 85, "A-" },
    { 80, "B+" },  { 75, "B" },   { 70, "B" },  { 65, "B-" }, { 60, "C+" },
    { 55, "C" },   { 50, "C" },   { 45, "C-" }, { 40, "D+" }, { 35, "D" },
    { 30, "D" },   { 25, "D-" },  { 24, "F" },  { 0, "F" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (gh_grade_from_score (cases[i].score), ==, cases[i].grade);
}

static void
test_set (void)
{
  g_autoptr (GhPolicy) policy = gh_policy_new ();
  g_autoptr (GhHeaderSet) set = gh_header_set_new (policy);
  GhScore score;

  gh_score_compute_set (set, &score);
  g_assert_cmpstr (
    score.results[GH_SCORE_X_CONTENT_TYPE_OPTIONS].result, ==, "x-content-type-options-nosniff");
  g_assert_cmpstr (gh_score_test_get_name (GH_SCORE_X_FRAME_OPTIONS), ==, "x-frame-options");
  g_assert_cmpstr (gh_score_test_get_header (GH_SCORE_X_FRAME_OPTIONS), ==, "X-Frame-Options");
}

static GhHeaderBlock *
read_lines (JsonArray *lines)
{
  GhHeaderBlock *block = gh_header_block_new ();

  for (guint i = 0; i < json_array_get_length (lines); i++)
    {
      JsonArray *line = json_array_get_array_element (lines, i);

      gh_header_block_add (block,
                           json_array_get_string_element (line, 0),
                           json_array_get_string_element (line, 1),
                           -1);
    }

  return block;
}

static gboolean
check_test (JsonObject *expected, const GhScore *score, GhScoreTestId test)
{
  const GhScoreResult *result = &score->results[test];
  const char *wanted = json_object_get_string_member (expected, gh_score_test_get_name (test));
  g_autofree char *found = g_strdup_printf (
    "%s %d %s", result->result, result->modifier, result->pass ? "pass" : "fail");

  if (g_str_equal (wanted, found))
    return TRUE;

  g_test_message ("expected %s, found %s", wanted, found);

  return FALSE;
}

static gboolean
check_case (const char *line)
{
  g_autoptr (JsonNode) node = json_from_string (line, NULL);
  JsonObject *object = json_node_get_object (node);
  g_autoptr (GhHeaderBlock) block = read_lines (json_object_get_array_member (object, "headers"));
  gboolean same = TRUE;
  GhScore score;

  gh_score_compute (block, &score);
  for (GhScoreTestId test = 0; test < GH_SCORE_N_TESTS; test++)
    same &= check_test (json_object_get_object_member (object, "tests"), &score, test);
  same &= score.score == json_object_get_int_member (object, "score");
  same &= g_str_equal (score.grade, json_object_get_string_member (object, "grade"));
  if (!same)
    g_test_message ("%s\nfound %d %s", line, score.score, score.grade);

  return same;
}

static void
test_golden (void)
{
  const char *other = g_getenv ("GH_SCORE_CASES");
  g_autofree char *path
    = other ? g_strdup (other) : g_test_build_filename (G_TEST_DIST, "golden", "score.jsonl", NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint n_cases = 0;
  guint n_different = 0;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i] && n_different < 20; i++)
    if (lines[i][0] != '\0')
      {
        n_cases++;
        n_different += !check_case (lines[i]);
      }

  g_test_message ("%u cases, %u differences", n_cases, n_different);
  g_assert_cmpuint (n_cases, >=, 200);
  g_assert_cmpuint (n_different, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/headers/score/results", test_results);
  g_test_add_func ("/headers/score/golden", test_golden);
  g_test_add_func ("/headers/score/sums", test_sums);
  g_test_add_func ("/headers/score/grades", test_grades);
  g_test_add_func ("/headers/score/set", test_set);
  return g_test_run ();
}
