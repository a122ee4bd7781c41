/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The evaluator finds what csp_evaluator found, in cases that were kept from a run of it; more
 * come by way of tests/oracle/csp-evaluator.sh, which names a file of its own. */

#include <json-glib/json-glib.h>
#include <string.h>

#include "gh-csp-bypass-hosts.h"
#include "gh-csp-evaluator.h"

static void
append_member (GString *text, JsonArray *finding, guint index)
{
  const char *member = json_array_get_null_element (finding, index)
                         ? "-"
                         : json_array_get_string_element (finding, index);

  g_string_append_printf (text, "%s%s", member, index < 3 ? " | " : "\n");
}

static char *
describe_expected (JsonArray *findings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (findings); i++)
    for (guint j = 0; j < 4; j++)
      append_member (text, json_array_get_array_element (findings, i), j);

  return g_string_free (text, FALSE);
}

static char *
describe_found (const GhCspWeakness *weaknesses, guint n_weaknesses)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_weaknesses; i++)
    {
      g_autofree char *directive = gh_csp_weakness_dup_directive (&weaknesses[i]);
      g_autofree char *value = gh_csp_weakness_dup_value (&weaknesses[i]);

      g_string_append_printf (text,
                              "%s | %s | %s | %s\n",
                              gh_csp_weakness_type_to_string (weaknesses[i].type),
                              gh_csp_weakness_severity_to_string (weaknesses[i].severity),
                              directive,
                              value != NULL ? value : "-");
    }

  return g_string_free (text, FALSE);
}

static gboolean
check_case (GhCspEvaluator *evaluator, const char *line)
{
  g_autoptr (JsonNode) node = json_from_string (line, NULL);
  JsonObject *object;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  const GhCspWeakness *weaknesses;
  guint n_weaknesses;

  g_assert_nonnull (node);
  object = json_node_get_object (node);
  expected = describe_expected (json_object_get_array_member (object, "findings"));
  weaknesses = gh_csp_evaluator_run (evaluator,
                                     json_object_get_string_member (object, "policy"),
                                     -1,
                                     json_object_get_boolean_member (object, "strict")
                                       ? GH_CSP_EVALUATE_STRICT
                                       : GH_CSP_EVALUATE_DEFAULT,
                                     json_object_get_int_member (object, "version"),
                                     &n_weaknesses);
  found = describe_found (weaknesses, n_weaknesses);
  if (strcmp (expected, found) == 0)
    return TRUE;

  g_test_message ("%s\nexpected\n%sfound\n%s", line, expected, found);

  return FALSE;
}

static void
test_golden (void)
{
  const char *other = g_getenv ("GH_CSP_EVALUATOR_CASES");
  g_autofree char *path
    = other != NULL ? g_strdup (other)
                    : g_test_build_filename (G_TEST_DIST, "golden", "csp-evaluator.jsonl", NULL);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GhCspEvaluator) evaluator = gh_csp_evaluator_new ();
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
        n_different += !check_case (evaluator, lines[i]);
      }

  g_test_message ("%u cases, %u differences", n_cases, n_different);
  g_assert_cmpuint (n_cases, >=, 300);
  g_assert_cmpuint (n_different, ==, 0);
}

/* Where csp_evaluator throws, which it does for one bad address anywhere. */
static void
test_answers (void)
{
  static const struct
  {
    const char *policy;
    const char *found;
  } cases[] = {
    { "script-src https://a.b:99999 'unsafe-inline'; object-src 'none'",
      "SCRIPT_UNSAFE_INLINE | HIGH | script-src | 'unsafe-inline'\n"
      "SCRIPT_ALLOWLIST_BYPASS | MEDIUM_MAYBE | script-src | https://a.b:99999\n" },
    { "default-src 'none'; img-src https:// 300.300.300.300 1.2.3.4",
      "IP_SOURCE | INFO | img-src | 1.2.3.4\n" },
    { "default-src 'none'; img-src a^b [zz] %", "" },
    { "default-src 'none'; \xff\xfe \xff",
      "UNKNOWN_DIRECTIVE | SYNTAX | \xef\xbf\xbd\xef\xbf\xbd | -\n" },
    { "",
      "MISSING_DIRECTIVES | HIGH | object-src | -\nMISSING_DIRECTIVES | HIGH | script-src | -\n" },
  };
  g_autoptr (GhCspEvaluator) evaluator = gh_csp_evaluator_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint n;
      const GhCspWeakness *weaknesses
        = gh_csp_evaluator_run (evaluator, cases[i].policy, -1, GH_CSP_EVALUATE_DEFAULT, 3, &n);
      g_autofree char *found = describe_found (weaknesses, n);

      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

static void
test_words (void)
{
  g_autoptr (GhCspEvaluator) evaluator = gh_csp_evaluator_new ();
  guint n;
  const GhCspWeakness *weaknesses
    = gh_csp_evaluator_run (evaluator,
                            "script-src vk.com ajax.googleapis.com self; foo: 'nonce-\xff'",
                            -1,
                            GH_CSP_EVALUATE_STRICT,
                            3,
                            &n);
  gboolean names_host = FALSE;

  g_assert_cmpuint (n, >, 5);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *message = gh_csp_weakness_dup_message (&weaknesses[i]);

      g_assert_true (g_utf8_validate (message, -1, NULL));
      g_assert_null (strchr (message, '$'));
      names_host |= strstr (message, "lets in ajax.googleapis.com") != NULL;
    }
  g_assert_true (names_host);
}

static void
test_table_order (void)
{
  for (guint kind = 0; kind < GH_CSP_N_BYPASSES; kind++)
    {
      gsize n_hosts;
      const GhCspBypassHost *hosts = gh_csp_bypass_hosts_get_table (kind, &n_hosts);

      for (gsize i = 0; i < n_hosts; i++)
        {
          g_autofree char *name = g_utf8_strreverse (hosts[i].host, -1);
          g_autofree char *previous = g_utf8_strreverse (hosts[i > 0 ? i - 1 : 0].host, -1);

          g_assert_cmpint (strcmp (previous, name), <=, 0);
          g_assert_nonnull (gh_csp_bypass_hosts_lookup (kind,
                                                        hosts[i].host,
                                                        strlen (hosts[i].host),
                                                        FALSE,
                                                        hosts[i].path,
                                                        strlen (hosts[i].path)));
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/headers/csp-evaluator/golden", test_golden);
  g_test_add_func ("/headers/csp-evaluator/answers", test_answers);
  g_test_add_func ("/headers/csp-evaluator/words", test_words);
  g_test_add_func ("/headers/csp-evaluator/table-order", test_table_order);

  return g_test_run ();
}
