/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Positioned diagnostics: kept in order, bounded, and put into words. */

#include "gh-diagnostic.h"

static void
test_message (void)
{
  static const struct
  {
    GhDiagnostic diagnostic;
    const char *text;
    const char *message;
  } cases[] = {
    { { "a", GH_SEVERITY_ERROR, 0, 0, "Nothing to show." }, "", "Nothing to show." },
    { { "b", GH_SEVERITY_ERROR, 2, 3, "“%s” is odd." }, "a=b%s;c", "“b%s” is odd." },
    { { "c", GH_SEVERITY_ERROR, 0, 2, "“%s” is odd." }, "\r\xff", "“\\x0D\\xFF” is odd." },
    { { "d", GH_SEVERITY_ERROR, 0, 64, "%s" },
      "0123456789012345678901234567890123456789012345678901234567890123",
      "012345678901234567890123456789012345678901234567890123456789…" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *message = gh_diagnostic_dup_message (&cases[i].diagnostic, cases[i].text);

      g_assert_cmpstr (message, ==, cases[i].message);
    }
}

static void
test_collect (void)
{
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();

  g_assert_cmpint (gh_diagnostics_get_worst (diagnostics), ==, GH_SEVERITY_INFO);
  gh_diagnostics_add (NULL, "ignored", GH_SEVERITY_ERROR, 0, 0, "");
  gh_diagnostics_add (diagnostics, "first", GH_SEVERITY_HIGH, 0, 1, "");
  for (guint i = 0; i < 2 * GH_DIAGNOSTICS_MAXIMUM; i++)
    gh_diagnostics_add (diagnostics, "more", GH_SEVERITY_WARNING, i, 1, "");

  g_assert_cmpuint (diagnostics->len, ==, GH_DIAGNOSTICS_MAXIMUM);
  g_assert_cmpstr (gh_diagnostics_get_nth (diagnostics, 0)->code, ==, "first");
  g_assert_cmpuint (gh_diagnostics_lookup (diagnostics, "more")->offset, ==, 0);
  g_assert_null (gh_diagnostics_lookup (diagnostics, "ignored"));
  g_assert_cmpint (gh_diagnostics_get_worst (diagnostics), ==, GH_SEVERITY_HIGH);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/headers/diagnostic/message", test_message);
  g_test_add_func ("/headers/diagnostic/collect", test_collect);
  return g_test_run ();
}
