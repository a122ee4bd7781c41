/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Findings by themselves. */

#include "gh-finding.h"
#include "gh-rules.h"

static const char *const fields[] = { "captcha-enabled", "remember-me", NULL };

static void
test_concerns (void)
{
  g_autoptr (GhFinding) finding = gh_finding_new ("SOMETHING", GH_SEVERITY_HIGH, fields);

  g_assert_true (gh_finding_concerns (finding, gh_settings_lookup ("remember-me")));
  g_assert_false (gh_finding_concerns (finding, gh_settings_lookup ("gravatar-enabled")));
}

static void
test_mend (void)
{
  g_autoptr (GhFinding) finding = gh_finding_new ("SOMETHING", GH_SEVERITY_HIGH, fields);
  g_autoptr (GhFinding) same = gh_finding_ref (finding);
  const GhMend *mend;

  g_assert_null (finding->mend);
  gh_finding_set_mend_title (finding, "Mend it");
  gh_finding_set_mend_title (finding, "Mend it well");
  gh_finding_add_mend (
    finding, gh_settings_lookup ("captcha-enabled"), g_variant_new_boolean (TRUE));
  gh_finding_add_mend (finding, gh_settings_lookup ("remember-me"), g_variant_new_boolean (FALSE));

  g_assert_cmpstr (same->mend_title, ==, "Mend it well");
  g_assert_cmpuint (same->mend->len, ==, 2);
  mend = g_ptr_array_index (same->mend, 1);
  g_assert_cmpstr (mend->setting->id, ==, "remember-me");
  g_assert_false (g_variant_get_boolean (mend->value));
}

static void
test_severities (void)
{
  static const char *const names[] = { "info", "warning", "confirm", "high", "error" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GhSeverity severity = GH_SEVERITY_INFO;

      g_assert_cmpstr (gh_severity_to_string (i), ==, names[i]);
      g_assert_true (gh_severity_from_string (names[i], &severity));
      g_assert_cmpint (severity, ==, i);
    }

  g_assert_false (gh_severity_from_string ("fatal", &(GhSeverity){ 0 }));
}

static void
test_sort_is_stable (void)
{
  static const struct
  {
    const char *id;
    GhSeverity severity;
  } given[] = {
    { "A", GH_SEVERITY_INFO }, { "B", GH_SEVERITY_HIGH },  { "C", GH_SEVERITY_INFO },
    { "D", GH_SEVERITY_HIGH }, { "E", GH_SEVERITY_ERROR },
  };
  g_autoptr (GPtrArray) findings
    = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_finding_unref);
  g_autoptr (GString) order = g_string_new (NULL);

  g_assert_cmpint (gh_findings_get_worst (findings), ==, GH_SEVERITY_INFO);
  for (gsize i = 0; i < G_N_ELEMENTS (given); i++)
    g_ptr_array_add (findings, gh_finding_new (given[i].id, given[i].severity, fields));

  gh_findings_sort (findings);
  for (guint i = 0; i < findings->len; i++)
    g_string_append (order, ((GhFinding *) g_ptr_array_index (findings, i))->id);
  g_assert_cmpstr (order->str, ==, "EBDAC");
  g_assert_cmpint (gh_findings_get_worst (findings), ==, GH_SEVERITY_ERROR);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/policy/finding/concerns", test_concerns);
  g_test_add_func ("/policy/finding/mend", test_mend);
  g_test_add_func ("/policy/finding/severities", test_severities);
  g_test_add_func ("/policy/finding/sort-is-stable", test_sort_is_stable);

  return g_test_run ();
}
