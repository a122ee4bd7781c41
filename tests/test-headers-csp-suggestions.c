/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may be added to a policy: nothing that is there, nothing that browsers would trip over,
 * and a new directive changes nothing before it is edited. */

#include <string.h>

#include "gh-csp-edit.h"
#include "gh-csp-suggestions.h"

static gboolean
suggests (GPtrArray *suggestions, const char *text)
{
  for (guint i = 0; i < suggestions->len; i++)
    if (g_str_equal (((GhCspSuggestion *) g_ptr_array_index (suggestions, i))->text, text))
      return TRUE;

  return FALSE;
}

static const GhCspDirective *
get_only_directive (const GhCsp *csp)
{
  guint n_directives;
  const GhCspDirective *directives = gh_csp_get_directives (csp, &n_directives);

  g_assert_cmpuint (n_directives, ==, 1);
  return directives;
}

static void
test_each_directive_has_words (void)
{
  g_autoptr (GhCsp) csp = gh_csp_new ();
  g_autoptr (GPtrArray) all = gh_csp_suggest_directives (csp, 0);

  for (guint id = 0; id <= GH_CSP_N_DIRECTIVES; id++)
    {
      gboolean is_old
        = id < GH_CSP_N_DIRECTIVES && gh_csp_directive_get_flags (id) & GH_CSP_DIRECTIVE_DEPRECATED;

      g_assert_cmpstr (gh_csp_directive_get_help (id), !=, "");
      if (id < GH_CSP_N_DIRECTIVES)
        g_assert_cmpint (suggests (all, gh_csp_directive_get_name (id)), ==, !is_old);
    }
}

static void
test_directives_that_are_missing (void)
{
  g_autoptr (GhCsp) csp = gh_csp_new_from_text ("IMG-SRC *; font-src x, script-src y");
  g_autoptr (GPtrArray) first = gh_csp_suggest_directives (csp, 0);
  g_autoptr (GPtrArray) second = gh_csp_suggest_directives (csp, 1);

  g_assert_false (suggests (first, "img-src"));
  g_assert_false (suggests (first, "font-src"));
  g_assert_true (suggests (first, "script-src"));
  g_assert_true (suggests (second, "img-src"));
  g_assert_false (suggests (second, "script-src"));
}

static void
test_a_new_directive_changes_nothing (void)
{
  static const struct
  {
    const char *before;
    GhCspDirectiveId id;
    const char *after;
  } cases[] = {
    { "default-src 'self' https://a.example",
      GH_CSP_IMG_SRC,
      "default-src 'self' https://a.example; img-src 'self' https://a.example" },
    { "default-src", GH_CSP_IMG_SRC, "default-src; img-src 'none'" },
    { "script-src\t'self'  x",
      GH_CSP_SCRIPT_SRC_ELEM,
      "script-src\t'self'  x; script-src-elem 'self' x" },
    { "child-src x; default-src y", GH_CSP_FRAME_SRC, "child-src x; default-src y; frame-src x" },
    { "default-src *", GH_CSP_BASE_URI, "default-src *; base-uri 'none'" },
    { "", GH_CSP_SCRIPT_SRC, "script-src 'self'" },
    { "a", GH_CSP_UPGRADE_INSECURE_REQUESTS, "a; upgrade-insecure-requests" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GhCsp) csp = gh_csp_new_from_text (cases[i].before);
      g_autofree char *values = gh_csp_dup_first_values (csp, 0, cases[i].id);

      g_assert_true (gh_csp_add_directive (csp, 0, cases[i].id, values));
      g_assert_cmpstr (gh_csp_get_text (csp, NULL), ==, cases[i].after);
    }
}

/* Browsers know each suggestion and have no doubts about it where it is suggested. */
static void
test_suggestions_fit (void)
{
  for (guint id = 0; id < GH_CSP_N_DIRECTIVES; id++)
    {
      const char *name = gh_csp_directive_get_name (id);
      g_autoptr (GhCsp) bare = gh_csp_new_from_text (name);
      g_autoptr (GPtrArray) suggestions = gh_csp_suggest_values (bare, get_only_directive (bare));

      for (guint i = 0; i < suggestions->len; i++)
        {
          const GhCspSuggestion *suggestion = g_ptr_array_index (suggestions, i);
          g_autofree char *text = g_strconcat (name, " ", suggestion->text, NULL);
          g_autoptr (GhCsp) csp = gh_csp_new_from_text (text);
          g_autoptr (GPtrArray) fewer = gh_csp_suggest_values (csp, get_only_directive (csp));
          const GArray *diagnostics = gh_csp_get_diagnostics (csp);

          g_test_message ("%s", text);
          g_assert_cmpstr (suggestion->help, !=, "");
          g_assert_false (suggests (fewer, suggestion->text));
          g_assert_null (gh_diagnostics_lookup (diagnostics, "bad-source"));
          g_assert_null (gh_diagnostics_lookup (diagnostics, "bad-value"));
          g_assert_null (gh_diagnostics_lookup (diagnostics, "unknown-keyword"));
          g_assert_null (gh_diagnostics_lookup (diagnostics, "misplaced-keyword"));
        }
    }
}

static void
test_hosts_of_other_directives (void)
{
  g_autoptr (GString) text = g_string_new ("img-src https://a.example https://b.example; font-src "
                                           "https://B.example 'self' data:");
  g_autoptr (GhCsp) csp = gh_csp_new_from_text (text->str);
  g_autoptr (GhCsp) long_csp = NULL;
  guint n_directives;
  const GhCspDirective *directives = gh_csp_get_directives (csp, &n_directives);
  g_autoptr (GPtrArray) for_fonts = gh_csp_suggest_values (csp, &directives[1]);
  g_autoptr (GPtrArray) for_all = NULL;
  guint n_hosts = 0;

  g_assert_true (suggests (for_fonts, "https://a.example"));
  g_assert_false (suggests (for_fonts, "https://b.example"));
  g_assert_false (suggests (for_fonts, "'self'"));
  g_assert_false (suggests (for_fonts, "'none'"));

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text, " https://%u.example https://%u.example", i, i);
  g_string_append (text, "; media-src");
  long_csp = gh_csp_new_from_text (text->str);
  directives = gh_csp_get_directives (long_csp, &n_directives);
  for_all = gh_csp_suggest_values (long_csp, &directives[n_directives - 1]);
  for (guint i = 0; i < for_all->len; i++)
    n_hosts
      += strstr (((GhCspSuggestion *) g_ptr_array_index (for_all, i))->text, ".example") != NULL;
  g_assert_cmpuint (n_hosts, ==, GH_CSP_SUGGESTED_HOSTS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add_func ("/headers/csp-suggestions/" path, test)
  ADD ("each-directive-has-words", test_each_directive_has_words);
  ADD ("directives-that-are-missing", test_directives_that_are_missing);
  ADD ("a-new-directive-changes-nothing", test_a_new_directive_changes_nothing);
  ADD ("suggestions-fit", test_suggestions_fit);
  ADD ("hosts-of-other-directives", test_hosts_of_other_directives);

  return g_test_run ();
}
