/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Our port judges as the Observatory did, in cases that were kept from a run of it; more come by
 * way of tests/oracle/csp-observatory.sh, which names a file of its own. */

#include <json-glib/json-glib.h>
#include <string.h>

#include "gh-csp-observatory-private.h"
#include "gh-csp-observatory.h"

#define N_SOURCES 4000

static const char **
dup_headers (JsonObject *object)
{
  JsonArray *array = json_object_get_array_member (object, "headers");
  guint n = json_array_get_length (array);
  const char **headers = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    headers[i] = json_array_get_string_element (array, i);

  return headers;
}

static void
append_if (GString *text, gboolean condition, const char *word)
{
  if (condition)
    g_string_append_printf (text, " %s", word);
}

static char *
describe (const GhCspObservatory *verdict)
{
  GString *text = g_string_new (NULL);

  g_string_printf (
    text, "%s %d %s", verdict->result, verdict->modifier, verdict->pass ? "pass" : "fail");
  append_if (text, verdict->has_frame_ancestors, "frameAncestors");
  append_if (text, verdict->anti_clickjacking, "antiClickjacking");
  append_if (text, verdict->default_none, "defaultNone");
  append_if (text, verdict->insecure_base_uri, "insecureBaseUri");
  append_if (text, verdict->insecure_form_action, "insecureFormAction");
  append_if (text, verdict->insecure_scheme_active, "insecureSchemeActive");
  append_if (text, verdict->insecure_scheme_passive, "insecureSchemePassive");
  append_if (text, verdict->strict_dynamic, "strictDynamic");
  append_if (text, verdict->unsafe_eval, "unsafeEval");
  append_if (text, verdict->unsafe_inline, "unsafeInline");
  append_if (text, verdict->unsafe_inline_style, "unsafeInlineStyle");
  append_if (text, verdict->unsafe_objects, "unsafeObjects");

  return g_string_free (text, FALSE);
}

static char *
describe_expected (JsonObject *object)
{
  GString *text = g_string_new (NULL);
  JsonArray *flags = json_object_get_array_member (object, "true");

  g_string_printf (text,
                   "%s %d %s",
                   json_object_get_string_member (object, "result"),
                   (int) json_object_get_int_member (object, "modifier"),
                   json_object_get_boolean_member (object, "pass") ? "pass" : "fail");
  append_if (text, json_object_get_boolean_member (object, "frameAncestors"), "frameAncestors");
  for (guint i = 0; i < json_array_get_length (flags); i++)
    append_if (text, TRUE, json_array_get_string_element (flags, i));

  return g_string_free (text, FALSE);
}

static gboolean
check_case (const char *line)
{
  static const char *const report_only[] = { "img-src *", NULL };
  g_autoptr (JsonNode) node = json_from_string (line, NULL);
  JsonObject *object = json_node_get_object (node);
  g_autofree const char **headers = dup_headers (object);
  g_autofree char *expected = describe_expected (object);
  g_autofree char *found = NULL;
  GhCspObservatory verdict = gh_csp_observatory_evaluate (
    headers,
    json_object_get_boolean_member (object, "reportOnly") ? report_only : NULL,
    json_object_get_boolean_member (object, "https"));

  found = describe (&verdict);
  if (strcmp (expected, found) == 0)
    return TRUE;

  g_test_message ("%s\nexpected %s\nfound    %s", line, expected, found);

  return FALSE;
}

static void
test_golden (void)
{
  const char *other = g_getenv ("GH_CSP_OBSERVATORY_CASES");
  g_autofree char *path
    = other != NULL ? g_strdup (other)
                    : g_test_build_filename (G_TEST_DIST, "golden", "csp-observatory.jsonl", NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint n_cases = 0;
  guint n_different = 0;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i] != NULL && n_different < 20; i++)
    if (lines[i][0] != '\0')
      {
        n_cases++;
        n_different += !check_case (lines[i]);
      }

  g_test_message ("%u cases, %u differences", n_cases, n_different);
  g_assert_cmpuint (n_cases, >=, 200);
  g_assert_cmpuint (n_different, ==, 0);
}

/* By hand, from the rules of the test. */
static void
test_rules (void)
{
  static const struct
  {
    const char *headers[4];
    gboolean reported;
    const char *result;
  } cases[] = {
    { { NULL }, FALSE, "csp-not-implemented" },
    { { NULL }, TRUE, "csp-not-implemented-but-reporting-enabled" },
    { { "" }, TRUE, "csp-header-invalid" },
    { { "img-src 'self'," }, FALSE, "csp-header-invalid" },
    { { "img-src a; img-src b" }, FALSE, "csp-header-invalid" },
    { { "default-src 'none'" }, FALSE, "csp-implemented-with-no-unsafe-default-src-none" },
    { { "default-src" }, FALSE, "csp-implemented-with-no-unsafe-default-src-none" },
    { { "default-src 'none'; report-uri /a; report-uri /b" },
      FALSE,
      "csp-implemented-but-duplicate-directives" },
    { { "default-src 'self'" }, FALSE, "csp-implemented-with-no-unsafe" },
    { { "default-src 'self'; style-src 'unsafe-inline'" },
      FALSE,
      "csp-implemented-with-unsafe-inline-in-style-src-only" },
    { { "default-src 'self'; img-src http://a.b" },
      FALSE,
      "csp-implemented-with-insecure-scheme-in-passive-content-only" },
    { { "default-src 'self'; font-src http://a.b" },
      FALSE,
      "csp-implemented-with-insecure-scheme" },
    { { "default-src 'self' 'unsafe-eval'" }, FALSE, "csp-implemented-with-unsafe-eval" },
    { { "default-src 'self'; script-src 'strict-dynamic'" }, FALSE, "csp-header-invalid" },
    { { "default-src 'self'; script-src 'strict-dynamic' 'nonce-a' https: 'unsafe-inline'" },
      FALSE,
      "csp-implemented-with-no-unsafe" },
    { { "img-src 'self'" }, FALSE, "csp-implemented-with-unsafe-inline" },
    { { "default-src *", "default-src 'self' *" }, FALSE, "csp-implemented-with-unsafe-inline" },
    { { "default-src *", "default-src 'self'" },
      FALSE,
      "csp-implemented-with-no-unsafe-default-src-none" },
    { { "default-src https://a.b/x/, default-src https://a.b/x/y" },
      FALSE,
      "csp-implemented-with-no-unsafe" },
    { { "default-src a/%, default-src a/%" }, FALSE, "csp-header-invalid" },
  };
  static const char *const report_only[] = { "img-src *", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GhCspObservatory verdict = gh_csp_observatory_evaluate (
        cases[i].headers, cases[i].reported ? report_only : NULL, TRUE);

      g_assert_cmpstr (verdict.result, ==, cases[i].result);
      g_assert_nonnull (gh_csp_observatory_get_reason (verdict.result));
    }
  g_assert_null (gh_csp_observatory_get_reason ("nothing"));
}

static GhCspObservatorySource
make_source (GRand *random, GStringChunk *texts, guint index)
{
  static const char letters[] = "ab*:/-\x01Z\xc3";
  gsize length = (gsize) g_rand_int_range (random, 1, index % 2 == 0 ? 3 : 13);
  g_autofree char *text = g_strnfill (length, 'a');
  GhCspObservatorySource source = { .length = (guint32) length, .policy = index, .keep = TRUE };

  for (gsize i = 0; i < length; i++)
    if (i > 9 || length < 10)
      text[i] = letters[g_rand_int_range (random, 0, sizeof letters - 1)];
  source.text = g_string_chunk_insert_len (texts, text, (gssize) length);
  gh_csp_observatory_source_set_key (&source);

  return source;
}

/* Few sources are sorted by comparing them, many by their keys first: any two neighbours of the
 * many stand as the two alone would, and those that are equal as they came. */
static void
test_sort (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GStringChunk) texts = g_string_chunk_new (1024);
  g_autofree GhCspObservatorySource *sources = g_new (GhCspObservatorySource, N_SOURCES);
  gboolean seen[N_SOURCES] = { FALSE };

  for (guint i = 0; i < N_SOURCES; i++)
    sources[i] = make_source (random, texts, i);
  gh_csp_observatory_sources_sort (sources, N_SOURCES);

  for (guint i = 0; i < N_SOURCES; i++)
    {
      g_assert_false (seen[sources[i].policy]);
      seen[sources[i].policy] = TRUE;
    }
  for (guint i = 1; i < N_SOURCES; i++)
    {
      GhCspObservatorySource pair[] = { sources[i], sources[i - 1] };
      guint second = sources[i].policy;

      gh_csp_observatory_sources_sort (pair, 2);
      if (pair[0].policy == second)
        g_assert_cmpuint (sources[i - 1].policy, <, second); /* equal */
      else
        g_assert_cmpuint (pair[0].policy, ==, sources[i - 1].policy);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/headers/csp-observatory/golden", test_golden);
  g_test_add_func ("/headers/csp-observatory/rules", test_rules);
  g_test_add_func ("/headers/csp-observatory/sort", test_sort);

  return g_test_run ();
}
