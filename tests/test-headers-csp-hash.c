/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hashes for pasted scripts, the sanity of hashes and nonces, and the policies to begin with. */

#include "gh-csp-hash.h"

#include <string.h>

#include "gh-csp-evaluator.h"
#include "gh-csp-match.h"
#include "gh-csp-presets.h"

/* By `printf TEXT | openssl dgst -sha256 -binary | base64`, and so on. */
static void
test_make (void)
{
  static const struct
  {
    const char *content;
    const char *algorithm;
    const char *hash;
  } cases[] = {
    { "x", "sha256", "'sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE='" },
    { "", "sha256", "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='" },
    { "x", "SHA384", "'sha384-11LCxR+6DimqGQVwqdQlPkQHegWNMpf6OlYw1b0BJiL5fCisrtMTtcg7uZDKp9qF'" },
    { "x",
      "sha512",
      "'sha512-pKvURIxJVi2CgRXROh/M6pJ/"
      "UrTVRZKX+LQ+QtqJI4vBNibkPcs43bCCSIkn7JBPtCBXRDmD6IWFF51QVRr+Yg=='" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GChecksumType algorithm;
      g_autofree char *hash = NULL;

      g_assert_true (gh_csp_hash_algorithm_from_string (cases[i].algorithm, &algorithm));
      hash = gh_csp_hash_make (cases[i].content, -1, algorithm);
      g_assert_cmpstr (hash, ==, cases[i].hash);
    }
}

static void
test_inline (void)
{
  static const struct
  {
    const char *pasted;
    const char *content;
  } cases[] = {
    { "a()", "a()" },
    { "document.write(\"<script>b()</script>\")", "document.write(\"<script>b()</script>\")" },
    { "\n<style>\np { color: red }</style>", "\np { color: red }" },
    { "<style-guide>x</style-guide>", "<style-guide>x</style-guide>" },
    { "<style>p {}</style><script>a()</script>", "p {}" },
    { "<script>a()</script><style>p {}</style>", "a()" },
    { "<script>a()</script>", "a()" },
    { "<p>x</p>\n<SCRIPT type=module>\r\na()\r</SCRIPT >", "\na()\n" },
    { "<script>a < b", "a < b" },
    { "<scrip", "<scrip" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *content = gh_csp_hash_dup_inline (cases[i].pasted);

      g_assert_cmpstr (content, ==, cases[i].content);
    }
}

static void
test_sanity (void)
{
  static const struct
  {
    const char *source;
    gboolean is_sane;
  } cases[] = {
    { "'sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE='", TRUE },
    { "'sha256-LXEWQrcmsEQBYnyp-6wy9chTD7GQPMTbAiWHF5IaSIE='", TRUE },
    { "'sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE'", FALSE },
    { "'sha384-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE='", FALSE },
    { "'sha256-abc='", FALSE },
    { "'sha256-a==='", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GhCspSource source;
      GhCspSourceKind kind
        = gh_csp_source_parse (&source, cases[i].source, strlen (cases[i].source));

      g_assert_cmpint (
        kind == GH_CSP_SOURCE_HASH && gh_csp_hash_is_sane (&source), ==, cases[i].is_sane);
    }
}

static void
test_nonce_bits (void)
{
  GhCspSource source;

  gh_csp_source_parse (&source, "'nonce-YWJjZGVmZ2hpamtsbW5vcA=='", 32);
  g_assert_cmpuint (gh_csp_nonce_get_bits (&source), ==, 128);
  gh_csp_source_parse (&source, "'nonce-YQ=='", 12);
  g_assert_cmpuint (gh_csp_nonce_get_bits (&source), ==, 8);
}

static void
assert_runs (const char *policy, const char *script, gboolean allowed)
{
  g_autoptr (GhCsp) csp = gh_csp_new_from_text (policy);
  GhCspRequest request
    = { .load = GH_CSP_LOAD_INLINE_SCRIPT, .self_origin = "https://a.b", .content = script };
  g_autoptr (GhCspVerdict) verdict = gh_csp_match (csp, &request, NULL);

  g_assert_cmpint (verdict->allowed, ==, allowed);
}

/* Each is free of oddities, and none but the first step has a grave weakness. */
static void
test_presets (void)
{
  const char *const hashes[] = { "'sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE='", NULL };
  g_autoptr (GhCspEvaluator) evaluator = gh_csp_evaluator_new ();
  gsize n_presets;
  const GhCspPreset *presets = gh_csp_presets_get_table (&n_presets);

  g_assert_cmpuint (n_presets, ==, 3);
  for (gsize i = 0; i < n_presets; i++)
    {
      g_autofree char *bare = gh_csp_preset_dup_policy (&presets[i], NULL);
      g_autofree char *hashed = gh_csp_preset_dup_policy (&presets[i], hashes);
      const char *const policies[] = { bare, hashed };

      g_assert_true (gh_csp_presets_lookup (presets[i].id) == &presets[i]);
      for (guint j = 0; j < G_N_ELEMENTS (policies); j++)
        {
          g_autoptr (GhCsp) csp = gh_csp_new_from_text (policies[j]);
          guint n;
          const GhCspWeakness *weaknesses
            = gh_csp_evaluator_run (evaluator, policies[j], -1, GH_CSP_EVALUATE_DEFAULT, 3, &n);

          g_assert_cmpuint (gh_csp_get_diagnostics (csp)->len, ==, 0);
          for (guint k = 0; k < n && !presets[i].report_only; k++)
            g_assert_cmpint (weaknesses[k].severity, >, GH_CSP_WEAKNESS_HIGH_MAYBE);
        }
      assert_runs (bare, "x", presets[i].report_only);
      assert_runs (hashed, "x", presets[i].report_only || strcmp (presets[i].id, "strict") == 0);
    }
  g_assert_null (gh_csp_presets_lookup ("none such"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/headers/csp-hash/make", test_make);
  g_test_add_func ("/headers/csp-hash/inline", test_inline);
  g_test_add_func ("/headers/csp-hash/sanity", test_sanity);
  g_test_add_func ("/headers/csp-hash/nonce-bits", test_nonce_bits);
  g_test_add_func ("/headers/csp-hash/presets", test_presets);

  return g_test_run ();
}
