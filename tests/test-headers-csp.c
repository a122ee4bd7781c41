/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Content-Security-Policy is read without loss, and each oddity is found at its place. */

#include "gh-csp.h"

#include <string.h>

typedef struct
{
  const char *text;
  const char *oddities; /* "code@offset+length …", in order */
} Case;

static const Case cases[] = {
  { "default-src 'self'; img-src *", "" },
  { "", "empty@0+0" },
  { " ; ;", "empty@0+4" },
  { ",", "empty@0+1 empty-policy@0+0 empty-policy@1+0" },
  { "img-src *,", "empty-policy@10+0" },
  { "img-src *, ,font-src *", "empty-policy@10+1 several-policies@11+1" },
  { "img-src *,font-src *", "several-policies@9+1" },
  { "img-src *\r\nx", "control-character@9+2" },
  { "img-src\t*", "" },
  { "img-src a\x7f"
    "b",
    "bad-source@8+3 control-character@9+1" },
  { "img-src m\xc3\xbcller.de", "non-ascii@9+2" },
  { "scriptsrc *", "unknown-directive@0+9" },
  { "script-src: *", "unknown-directive@0+11" },
  { "IMG-SRC *; img-src a.b", "duplicate-directive@11+7" },
  { "foo a; bar b; FOO c",
    "unknown-directive@0+3 unknown-directive@7+3 "
    "duplicate-directive@14+3 unknown-directive@14+3" },
  { "img-src *, img-src *", "several-policies@9+1" },
  { "img-src * font-src *", "missing-semicolon@10+8 duplicate-value@19+1" },
  { "report-uri /x font-src", "missing-semicolon@14+8" },
  { "img-src", "empty-source-list@0+7" },
  { "report-to", "missing-value@0+9" },
  { "report-to a b", "bad-value@12+1" },
  { "sandbox", "" },
  { "sandbox allow-scripts allow-nothing", "bad-value@22+13" },
  { "upgrade-insecure-requests 1", "unexpected-value@26+1" },
  { "img-src 'none' a.b", "none-mixed@8+6" },
  { "img-src 'NONE'", "" },
  { "script-src self", "unquoted-keyword@11+4" },
  { "script-src unsafe-inline nonce-abc sha256-abc=",
    "unquoted-keyword@11+13 unquoted-keyword@25+9 unquoted-keyword@35+11" },
  { "script-src 'selv' 'self", "unknown-keyword@11+6 unknown-keyword@18+5" },
  { "img-src 'unsafe-inline' 'nonce-abc'", "misplaced-keyword@8+15 misplaced-keyword@24+11" },
  { "style-src 'unsafe-inline' 'strict-dynamic'", "misplaced-keyword@26+16" },
  { "default-src 'strict-dynamic' 'unsafe-eval' 'nonce-YQ=='", "" },
  { "script-src 'nonce-' 'nonce-a b'", "bad-nonce@11+8 bad-nonce@20+8 bad-source@29+2" },
  { "script-src 'nonce-a===' 'sha256-%' 'sha384-aa='", "bad-nonce@11+12 bad-hash@24+10" },
  { "script-src 'wasm-eval' 'script'", "unknown-keyword@11+11 unknown-keyword@23+8" },
  { "img-src https: data: http://*:* wss://a.b:1/c/ *.a a.b. localhost:8080 [::1]",
    "bad-source@71+5" },
  { "img-src .a a..b *.* ** *a http:// a:b a.b:/ a.b:80x //a.b a_b",
    "bad-source@8+2 bad-source@11+4 bad-source@16+3 bad-source@20+2 bad-source@23+2 "
    "bad-source@26+7 bad-source@34+3 bad-source@38+5 bad-source@44+7 bad-source@52+5 "
    "bad-source@58+3" },
  { "img-src a.b/c?d a.b/c#d", "query-in-source@8+7 query-in-source@16+7" },
  { "img-src a.b a.b A.B", "duplicate-value@12+3" },
  { "trusted-types * a-#=_/@.% 'allow-duplicates' 'none' a$", "bad-value@52+2" },
  { "require-trusted-types-for 'script'", "" },
  { "require-trusted-types-for script", "bad-value@26+6" },
  { "webrtc 'allow'; base-uri 'none'", "" },
  { "webrtc; frame-ancestors 'self' 'unsafe-inline'", "missing-value@0+6 misplaced-keyword@31+15" },
};

static void
test_oddities (void)
{
  g_autoptr (GhCsp) csp = gh_csp_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) found = g_string_new (NULL);
      const GArray *diagnostics;

      gh_csp_parse (csp, cases[i].text, -1);
      diagnostics = gh_csp_get_diagnostics (csp);
      for (guint j = 0; j < diagnostics->len; j++)
        {
          const GhDiagnostic *diagnostic = gh_diagnostics_get_nth (diagnostics, j);
          g_autofree char *message = gh_diagnostic_dup_message (diagnostic, cases[i].text);

          g_string_append_printf (found,
                                  "%s%s@%" G_GSIZE_FORMAT "+%" G_GSIZE_FORMAT,
                                  j > 0 ? " " : "",
                                  diagnostic->code,
                                  diagnostic->offset,
                                  diagnostic->length);
          g_assert_true (g_utf8_validate (message, -1, NULL));
        }
      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (found->str, ==, cases[i].oddities);
    }
}

/* Bytes and pieces that matter to the parser, in any order. */
static char *
make_noise (GRand *random, gsize *length)
{
  static const char *const pieces[]
    = { "script-src", "Default-Src", " ",    "\t",       "\r\n",    ";",    ",",
        "'self'",     "'nonce-",     "'",    "https://", "*.",      ":",    "/",
        "%",          "\xc3\xa4",    "\xff", "a.b",      "sha256-", "none", "=" };
  GString *noise = g_string_new (NULL);

  for (gint n = g_rand_int_range (random, 0, 60); n > 0; n--)
    if (g_rand_int_range (random, 0, 5) == 0)
      g_string_append_c (noise, (char) g_rand_int_range (random, 0, 256));
    else
      g_string_append (noise, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
  *length = noise->len;

  return g_string_free (noise, FALSE);
}

static void
assert_identity (GhCsp *csp, const char *text, gsize length)
{
  gsize written;
  g_autofree char *again = NULL;

  gh_csp_parse (csp, text, length);
  again = gh_csp_to_text (csp, &written);
  g_assert_cmpmem (again, written, text, length);
}

static void
test_identity (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20260101);
  g_autoptr (GhCsp) csp = gh_csp_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_identity (csp, cases[i].text, strlen (cases[i].text));
  for (guint i = 0; i < 20000; i++)
    {
      gsize length;
      g_autofree char *noise = make_noise (random, &length);

      assert_identity (csp, noise, length);
    }
}

static void
test_views (void)
{
  g_autoptr (GhCsp) csp
    = gh_csp_new_from_text ("default-src 'self'; SCRIPT-SRC a.b 'unsafe-INLINE'; script-src c.d; "
                            "img-src \xc3\xa4; child-src x.y, worker-src *");
  guint n_policies;
  const GhCspPolicy *policies = gh_csp_get_policies (csp, &n_policies);
  const GhCspDirective *script = gh_csp_lookup (csp, &policies[0], GH_CSP_SCRIPT_SRC);
  const GhCspValue *keyword;
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;

  g_assert_cmpuint (n_policies, ==, 2);
  g_assert_cmpuint (policies[0].n_directives, ==, 5);
  g_assert_nonnull (script);
  name = gh_csp_dup_span (csp, script->name);
  g_assert_cmpstr (name, ==, "SCRIPT-SRC");
  keyword = gh_csp_find_keyword (csp, script, GH_CSP_KEYWORD_UNSAFE_INLINE);
  g_assert_nonnull (keyword);
  value = gh_csp_dup_span (csp, keyword->span);
  g_assert_cmpstr (value, ==, "'unsafe-INLINE'");
  g_assert_null (gh_csp_find_keyword (csp, script, GH_CSP_KEYWORD_SELF));

  g_assert_true (gh_csp_lookup_effective (csp, &policies[0], GH_CSP_SCRIPT_SRC_ELEM) == script);
  g_assert_null (gh_csp_lookup (csp, &policies[0], GH_CSP_IMG_SRC));
  g_assert_cmpint (
    gh_csp_lookup_effective (csp, &policies[0], GH_CSP_IMG_SRC)->id, ==, GH_CSP_DEFAULT_SRC);
  g_assert_cmpint (
    gh_csp_lookup_effective (csp, &policies[0], GH_CSP_WORKER_SRC)->id, ==, GH_CSP_CHILD_SRC);
  g_assert_null (gh_csp_lookup_effective (csp, &policies[0], GH_CSP_BASE_URI));
  g_assert_null (gh_csp_lookup_effective (csp, &policies[1], GH_CSP_SCRIPT_SRC));
}

static void
test_names (void)
{
  for (guint id = 0; id < GH_CSP_N_DIRECTIVES; id++)
    {
      const char *name = gh_csp_directive_get_name (id);
      g_autofree char *upper = g_ascii_strup (name, -1);
      gboolean exact;

      g_assert_cmpint (gh_csp_directive_from_name (name, strlen (name), &exact), ==, id);
      g_assert_true (exact);
      g_assert_cmpint (gh_csp_directive_from_name (upper, strlen (upper), &exact), ==, id);
      g_assert_false (exact);
      g_assert_cmpint (gh_csp_directive_get_fallbacks (id)[0], ==, id);
    }
  for (guint i = 0; i < GH_CSP_N_KEYWORDS; i++)
    {
      const char *text = gh_csp_keyword_get_text (i);

      g_assert_cmpint (gh_csp_keyword_from_text (text, strlen (text)), ==, i);
      g_assert_cmpint (
        gh_csp_keyword_from_text (text + 1, strlen (text) - 1), ==, GH_CSP_NO_KEYWORD);
    }
}

/* What would take hours if each were compared with each. */
static void
test_flood (void)
{
  g_autoptr (GhCsp) csp = gh_csp_new ();
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) values = g_string_new ("img-src");
  guint n;

  for (guint i = 0; i < 100000; i++)
    {
      g_string_append_printf (names, "d%u;", i);
      g_string_append_printf (values, " h%u", i);
    }
  gh_csp_parse (csp, names->str, names->len);
  gh_csp_get_directives (csp, &n);
  g_assert_cmpuint (n, ==, 100000);
  g_assert_cmpuint (gh_csp_get_diagnostics (csp)->len, ==, GH_DIAGNOSTICS_MAXIMUM);
  g_string_append (values, " h99999\n");
  gh_csp_parse (csp, values->str, values->len);
  g_assert_nonnull (gh_diagnostics_lookup (gh_csp_get_diagnostics (csp), "duplicate-value"));
  g_assert_nonnull (gh_diagnostics_lookup (gh_csp_get_diagnostics (csp), "control-character"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/headers/csp/oddities", test_oddities);
  g_test_add_func ("/headers/csp/identity", test_identity);
  g_test_add_func ("/headers/csp/views", test_views);
  g_test_add_func ("/headers/csp/names", test_names);
  g_test_add_func ("/headers/csp/flood", test_flood);

  return g_test_run ();
}
