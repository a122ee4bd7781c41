/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Would this load?", pair by pair, by hand from CSP3. */

#include "gh-csp-match.h"

#include <string.h>

#define SELF "https://self.test"
#define HASH_OF_X "'sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE='" /* of "x" */

/* In expected, "+" is allowed and "-" blocked, then the directive that decided and the source. */
typedef struct
{
  const char *policy;
  const char *load;
  const char *url;
  const char *expected;
} Case;

/* Sources against addresses: scheme, host, port, path (6.7.2.8 to 6.7.2.12). */
static const Case sources[] = {
  { "", "img", "https://a.b/", "+" },
  { "script-src 'self'", "img", "https://a.b/", "+" },
  { "img-src", "img", "https://a.b/", "-img-src" },
  { "img-src 'none'", "img", "https://a.b/", "-img-src" },
  { "img-src 'NONE'", "img", "https://self.test/", "-img-src" },
  { "img-src 'none' a.b", "img", "https://a.b/", "+img-src a.b" },
  { "img-src *", "img", "https://a.b/x", "+img-src *" },
  { "img-src *", "img", "http://a.b/x", "+img-src *" },
  { "img-src *", "img", "data:image/png,x", "-img-src" },
  { "img-src *", "img", "blob:https://self.test/1", "-img-src" },
  { "img-src *", "img", "filesystem:https://self.test/1", "-img-src" },
  { "img-src * data:", "img", "data:image/png,x", "+img-src data:" },
  { "img-src DATA:", "img", "data:image/png,x", "+img-src DATA:" },
  { "img-src blob:", "img", "blob:https://self.test/1", "+img-src blob:" },
  { "img-src https:", "img", "https://a.b:8443/x", "+img-src https:" },
  { "img-src https:", "img", "http://a.b/x", "-img-src" },
  { "img-src http:", "img", "https://a.b/x", "+img-src http:" },
  { "img-src http:", "img", "http://a.b/x", "+img-src http:" },
  { "img-src wss:", "img", "https://a.b/x", "+img-src wss:" },
  { "img-src ws:", "img", "http://a.b/x", "+img-src ws:" },
  { "img-src ftp:", "img", "https://a.b/x", "-img-src" },
  { "img-src a.b", "img", "https://a.b/x", "+img-src a.b" },
  { "img-src A.B", "img", "https://a.b/x", "+img-src A.B" },
  { "img-src a.b", "img", "https://A.B/x", "+img-src a.b" },
  { "img-src a.b", "img", "http://a.b/x", "-img-src a.b" },
  { "img-src a.b", "img", "https://c.a.b/x", "-img-src" },
  { "img-src a.b", "img", "https://xa.b/x", "-img-src" },
  { "img-src *.a.b", "img", "https://c.a.b/x", "+img-src *.a.b" },
  { "img-src *.a.b", "img", "https://d.c.a.b/x", "+img-src *.a.b" },
  { "img-src *.a.b", "img", "https://a.b/x", "-img-src" },
  { "img-src *.a.b", "img", "https://xa.b/x", "-img-src" },
  { "img-src *.A.b", "img", "https://c.a.B/x", "+img-src *.A.b" },
  { "img-src http://a.b", "img", "http://a.b/x", "+img-src http://a.b" },
  { "img-src http://a.b", "img", "https://a.b/x", "+img-src http://a.b" },
  { "img-src https://a.b", "img", "http://a.b/x", "-img-src https://a.b" },
  { "img-src HTTPS://a.b", "img", "https://a.b/x", "+img-src HTTPS://a.b" },
  { "img-src https://*", "img", "https://a.b/x", "+img-src https://*" },
  { "img-src https://*", "img", "http://a.b/x", "-img-src https://*" },
  { "img-src http://*", "img", "https://a.b/x", "+img-src http://*" },
  { "img-src ftp://a.b", "img", "https://a.b/x", "-img-src ftp://a.b" },
  { "img-src a.b:443", "img", "https://a.b/x", "+img-src a.b:443" },
  { "img-src a.b:443", "img", "https://a.b:443/x", "+img-src a.b:443" },
  { "img-src a.b:8443", "img", "https://a.b/x", "-img-src a.b:8443" },
  { "img-src a.b:8443", "img", "https://a.b:8443/x", "+img-src a.b:8443" },
  { "img-src a.b", "img", "https://a.b:8443/x", "-img-src a.b" },
  { "img-src a.b:*", "img", "https://a.b:8443/x", "+img-src a.b:*" },
  { "img-src a.b:*", "img", "https://a.b/x", "+img-src a.b:*" },
  { "img-src http://a.b:80", "img", "https://a.b/x", "+img-src http://a.b:80" },
  { "img-src http://a.b:80", "img", "https://a.b:8443/x", "-img-src http://a.b:80" },
  { "img-src https://a.b:80", "img", "https://a.b/x", "-img-src https://a.b:80" },
  { "img-src http://a.b:8080", "img", "https://a.b:8080/x", "+img-src http://a.b:8080" },
  { "img-src *:8080", "img", "https://a.b:8080/x", "+img-src *:8080" },
  { "img-src *:8080", "img", "https://a.b/x", "-img-src *:8080" },
  { "img-src a.b:0443", "img", "https://a.b/x", "+img-src a.b:0443" },
  { "img-src a.b:99999999999", "img", "https://a.b/x", "-img-src a.b:99999999999" },
  { "img-src a.b/", "img", "https://a.b/x/y", "+img-src a.b/" },
  { "img-src a.b/x", "img", "https://a.b/x", "+img-src a.b/x" },
  { "img-src a.b/x", "img", "https://a.b/x/", "-img-src a.b/x" },
  { "img-src a.b/x", "img", "https://a.b/x/y", "-img-src a.b/x" },
  { "img-src a.b/x", "img", "https://a.b/xy", "-img-src a.b/x" },
  { "img-src a.b/x/", "img", "https://a.b/x/y", "+img-src a.b/x/" },
  { "img-src a.b/x/", "img", "https://a.b/x/y/z", "+img-src a.b/x/" },
  { "img-src a.b/x/", "img", "https://a.b/x", "-img-src a.b/x/" },
  { "img-src a.b/x/", "img", "https://a.b/x/", "+img-src a.b/x/" },
  { "img-src a.b/X", "img", "https://a.b/x", "-img-src a.b/X" },
  { "img-src a.b/x", "img", "https://a.b/x?q=1#f", "+img-src a.b/x" },
  { "img-src a.b/x?q=2", "img", "https://a.b/x?q=1", "+img-src a.b/x?q=2" },
  { "img-src a.b/%78", "img", "https://a.b/x", "+img-src a.b/%78" },
  { "img-src a.b/x%2Fy", "img", "https://a.b/x/y", "-img-src a.b/x%2Fy" },
  { "img-src a.b/x%3By", "img", "https://a.b/x;y", "+img-src a.b/x%3By" },
  { "img-src a.b/", "img", "https://a.b", "+img-src a.b/" },
  { "img-src 127.0.0.1", "img", "https://127.0.0.1/", "+img-src 127.0.0.1" },
  { "img-src 10.0.0.1", "img", "https://10.0.0.1/", "-img-src" },
  { "img-src https://*", "img", "https://10.0.0.1/", "-img-src" },
  { "img-src *", "img", "https://10.0.0.1/", "+img-src *" },
  { "img-src [::1]", "img", "https://[::1]/", "-img-src" },
  { "img-src xn--mller-kva.de", "img", "https://m\xc3\xbcller.de/", "+img-src xn--mller-kva.de" },
  { "img-src m\xc3\xbcller.de", "img", "https://a.b/", "+" },
  { "img-src 'self'", "img", "https://self.test/x", "+img-src 'self'" },
  { "img-src 'SELF'", "img", "https://self.test:443/x", "+img-src 'SELF'" },
  { "img-src 'self'", "img", "http://self.test/x", "-img-src 'self'" },
  { "img-src 'self'", "img", "https://self.test:8443/x", "-img-src 'self'" },
  { "img-src 'self'", "img", "https://sub.self.test/x", "-img-src" },
  { "img-src 'self'", "img", "data:,x", "-img-src" },
  { "img-src self", "img", "https://self.test/x", "-img-src" },
  { "img-src self", "img", "https://self/x", "+img-src self" },
  { "img-src 'unsafe-inline' 'nonce-abc'", "img", "https://a.b/", "-img-src" },
  { "img-src c.d a.b e.f", "img", "https://a.b/", "+img-src a.b" },
  { "img-src a.b/x https://a.b:1", "img", "https://a.b/y", "-img-src a.b/x" },
};

/* Which directive is for what, and which stands in (6.8.3). */
static const Case directives[] = {
  { "default-src a.b", "img", "https://a.b/", "+default-src a.b" },
  { "default-src a.b; img-src c.d", "img", "https://a.b/", "-img-src" },
  { "img-src c.d; img-src a.b", "img", "https://a.b/", "-img-src" },
  { "IMG-SRC a.b", "img", "https://a.b/", "+img-src a.b" },
  { "font-src a.b; default-src 'none'", "font", "https://a.b/", "+font-src a.b" },
  { "connect-src a.b", "connect", "https://a.b/", "+connect-src a.b" },
  { "connect-src a.b", "connect", "wss://a.b/", "+connect-src a.b" },
  { "connect-src wss://a.b", "connect", "wss://a.b/", "+connect-src wss://a.b" },
  { "connect-src wss://a.b", "connect", "ws://a.b/", "-connect-src wss://a.b" },
  { "connect-src ws://a.b", "connect", "wss://a.b/", "+connect-src ws://a.b" },
  { "connect-src 'self'", "connect", "wss://self.test/", "+connect-src 'self'" },
  { "connect-src *", "connect", "wss://a.b/", "+connect-src *" },
  { "frame-src a.b; child-src 'none'", "frame", "https://a.b/", "+frame-src a.b" },
  { "child-src a.b; default-src 'none'", "frame", "https://a.b/", "+child-src a.b" },
  { "default-src a.b", "frame", "https://a.b/", "+default-src a.b" },
  { "frame-src a.b", "fenced-frame", "https://a.b/", "+frame-src a.b" },
  { "fenced-frame-src a.b; frame-src 'none'",
    "fenced-frame",
    "https://a.b/",
    "+fenced-frame-src a.b" },
  { "worker-src a.b; script-src 'none'", "worker", "https://a.b/", "+worker-src a.b" },
  { "child-src a.b; script-src 'none'", "worker", "https://a.b/", "+child-src a.b" },
  { "script-src a.b; default-src 'none'", "worker", "https://a.b/", "+script-src a.b" },
  { "default-src a.b", "worker", "https://a.b/", "+default-src a.b" },
  { "child-src a.b; frame-src 'none'", "child", "https://a.b/", "+child-src a.b" },
  { "object-src 'none'; default-src *", "object", "https://a.b/", "-object-src" },
  { "media-src a.b", "media", "https://a.b/", "+media-src a.b" },
  { "manifest-src 'self'", "manifest", "https://self.test/m", "+manifest-src 'self'" },
  { "script-src a.b; default-src 'none'", "script", "https://a.b/", "+script-src a.b" },
  { "script-src-elem c.d; script-src a.b", "script", "https://a.b/", "-script-src-elem" },
  { "script-src-attr a.b; script-src c.d", "script", "https://a.b/", "-script-src" },
  { "style-src-elem a.b; style-src 'none'", "style", "https://a.b/", "+style-src-elem a.b" },
  { "style-src a.b", "style", "https://a.b/", "+style-src a.b" },
  { "default-src 'none'", "prefetch", "https://a.b/", "-default-src" },
  { "default-src 'none'; img-src a.b", "prefetch", "https://a.b/", "+img-src a.b" },
  { "img-src 'none'", "prefetch", "https://a.b/", "+" },
  { "default-src 'none'", "base", "https://a.b/", "+" },
  { "base-uri 'self'", "base", "https://self.test/x/", "+base-uri 'self'" },
  { "base-uri 'self'", "base", "https://a.b/", "-base-uri" },
  { "default-src 'none'", "form", "https://a.b/", "+" },
  { "form-action 'self' a.b", "form", "https://a.b/post", "+form-action a.b" },
  { "form-action 'none'", "form", "https://self.test/", "-form-action" },
  { "default-src 'none'", "ancestor", "https://a.b/", "+" },
  { "frame-ancestors 'none'", "ancestor", "https://self.test/", "-frame-ancestors" },
  { "frame-ancestors https://*.a.b",
    "ancestor",
    "https://c.a.b/",
    "+frame-ancestors https://*.a.b" },
  { "frame-ancestors 'self'", "ancestor", "https://a.b/", "-frame-ancestors" },
  { "upgrade-insecure-requests; img-src a.b", "img", "http://a.b/", "+img-src a.b" },
  { "img-src a.b, img-src *", "img", "https://a.b/", "+img-src *" },
  { "img-src *, img-src c.d", "img", "https://a.b/", "-img-src" },
  { "img-src c.d, img-src *", "img", "https://a.b/", "-img-src" },
  { "default-src a.b, script-src 'none'", "img", "https://a.b/", "+default-src a.b" },
  { ",, img-src a.b", "img", "https://a.b/", "+img-src a.b" },
};

/* What stands in the page. */
static const Case inlines[] = {
  { "", "inline-script", NULL, "+" },
  { "img-src 'none'", "inline-script", NULL, "+" },
  { "script-src 'self'", "inline-script", NULL, "-script-src" },
  { "script-src 'none'", "inline-script", NULL, "-script-src" },
  { "script-src 'unsafe-inline'", "inline-script", NULL, "+script-src 'unsafe-inline'" },
  { "default-src 'unsafe-inline'", "inline-script", NULL, "+default-src 'unsafe-inline'" },
  { "script-src 'unsafe-inline' 'nonce-abc'",
    "inline-script",
    NULL,
    "-script-src 'unsafe-inline'" },
  { "script-src 'unsafe-inline' 'sha256-abc='",
    "inline-script",
    NULL,
    "-script-src 'unsafe-inline'" },
  { "script-src 'unsafe-inline' 'strict-dynamic'",
    "inline-script",
    NULL,
    "-script-src 'unsafe-inline'" },
  { "style-src 'unsafe-inline' 'strict-dynamic'",
    "inline-style",
    NULL,
    "+style-src 'unsafe-inline'" },
  { "script-src 'unsafe-inline' 'nonce-%'", "inline-script", NULL, "+script-src 'unsafe-inline'" },
  { "script-src " HASH_OF_X, "inline-script", NULL, "+script-src " HASH_OF_X },
  { "script-src 'sha256-LXEWQrcmsEQBYnyp-6wy9chTD7GQPMTbAiWHF5IaSIE='",
    "inline-script",
    NULL,
    "+script-src 'sha256-LXEWQrcmsEQBYnyp-6wy9chTD7GQPMTbAiWHF5IaSIE='" },
  { "script-src 'sha384-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE='",
    "inline-script",
    NULL,
    "-script-src" },
  { "script-src " HASH_OF_X, "inline-script-attribute", NULL, "-script-src" },
  { "script-src 'unsafe-hashes' " HASH_OF_X,
    "inline-script-attribute",
    NULL,
    "+script-src " HASH_OF_X },
  { "script-src 'unsafe-hashes' " HASH_OF_X, "javascript-url", NULL, "+script-src " HASH_OF_X },
  { "script-src-attr 'unsafe-inline'; script-src 'none'",
    "inline-script-attribute",
    NULL,
    "+script-src-attr 'unsafe-inline'" },
  { "script-src-attr 'none'; script-src 'unsafe-inline'",
    "inline-script",
    NULL,
    "+script-src 'unsafe-inline'" },
  { "script-src 'self'", "javascript-url", NULL, "-script-src" },
  { "style-src 'self'", "inline-style", NULL, "-style-src" },
  { "style-src-attr 'unsafe-inline'; style-src 'none'",
    "inline-style-attribute",
    NULL,
    "+style-src-attr 'unsafe-inline'" },
  { "style-src " HASH_OF_X, "inline-style", NULL, "+style-src " HASH_OF_X },
  { "", "eval", NULL, "+" },
  { "script-src 'self'", "eval", NULL, "-script-src" },
  { "default-src 'self'", "eval", NULL, "-default-src" },
  { "script-src 'unsafe-eval'", "eval", NULL, "+script-src 'unsafe-eval'" },
  { "script-src-elem 'none'", "eval", NULL, "+" },
  { "script-src 'wasm-unsafe-eval'", "eval", NULL, "-script-src" },
  { "script-src 'wasm-unsafe-eval'", "wasm-eval", NULL, "+script-src 'wasm-unsafe-eval'" },
  { "script-src 'unsafe-eval'", "wasm-eval", NULL, "+script-src 'unsafe-eval'" },
  { "script-src 'self'", "wasm-eval", NULL, "-script-src" },
};

static char *
ask (const char *policy, const GhCspRequest *request)
{
  g_autoptr (GhCsp) csp = gh_csp_new_from_text (policy);
  g_autoptr (GError) error = NULL;
  g_autoptr (GhCspVerdict) verdict = gh_csp_match (csp, request, &error);
  const char *name;

  g_assert_no_error (error);
  g_assert_null (strstr (verdict->message, "$s"));
  name = verdict->directive != GH_CSP_NO_DIRECTIVE ? gh_csp_directive_get_name (verdict->directive)
                                                   : "";

  return g_strdup_printf ("%s%s%s%s",
                          verdict->allowed ? "+" : "-",
                          name,
                          verdict->source != NULL ? " " : "",
                          verdict->source != NULL ? verdict->source : "");
}

static void
check_cases (const Case *cases, gsize n_cases)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      GhCspRequest request = { .self_origin = SELF, .url = cases[i].url, .content = "x" };
      g_autofree char *found = NULL;

      g_assert_true (gh_csp_load_from_string (cases[i].load, &request.load));
      g_assert_cmpint (gh_csp_load_needs_url (request.load), ==, cases[i].url != NULL);
      found = ask (cases[i].policy, &request);
      g_test_message (
        "%s: %s %s", cases[i].policy, cases[i].load, cases[i].url != NULL ? cases[i].url : "");
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

static void
test_sources (void)
{
  check_cases (sources, G_N_ELEMENTS (sources));
}

static void
test_directives (void)
{
  check_cases (directives, G_N_ELEMENTS (directives));
}

static void
test_inlines (void)
{
  check_cases (inlines, G_N_ELEMENTS (inlines));
}

/* Nonces, integrity, 'strict-dynamic', redirects, and a page that is not on https. */
static void
test_requests (void)
{
  static const char *const one_hash[] = { "sha256-abc=", NULL };
  static const char *const two_hashes[] = { "sha256-abc=", "sha384-def=", NULL };
  static const char *const odd_hash[] = { "md5-abc", NULL };
  static const struct
  {
    const char *policy;
    GhCspRequest request;
    const char *expected;
  } cases[] = {
    { "script-src 'nonce-abc'", { .nonce = "abc" }, "+script-src 'nonce-abc'" },
    { "script-src 'NONCE-abc'", { .nonce = "abc" }, "+script-src 'NONCE-abc'" },
    { "script-src 'nonce-abc'", { .nonce = "ABC" }, "-script-src" },
    { "script-src 'nonce-abc'", { .nonce = "" }, "-script-src" },
    { "script-src 'nonce-ab-'", { .nonce = "ab+" }, "-script-src" },
    { "script-src 'nonce-abc'", { .nonce = NULL }, "-script-src" },
    { "script-src-elem 'nonce-abc'; script-src 'none'",
      { .nonce = "abc" },
      "+script-src-elem 'nonce-abc'" },
    { "default-src 'nonce-abc'", { .nonce = "abc" }, "+default-src 'nonce-abc'" },
    { "style-src 'nonce-abc'",
      { .load = GH_CSP_LOAD_STYLE, .nonce = "abc" },
      "+style-src 'nonce-abc'" },
    { "img-src 'nonce-abc'", { .load = GH_CSP_LOAD_IMAGE, .nonce = "abc" }, "-img-src" },
    { "script-src 'nonce-abc'",
      { .load = GH_CSP_LOAD_INLINE_SCRIPT, .nonce = "abc" },
      "+script-src 'nonce-abc'" },
    { "script-src 'nonce-abc'",
      { .load = GH_CSP_LOAD_INLINE_SCRIPT_ATTRIBUTE, .nonce = "abc" },
      "-script-src" },
    { "script-src 'sha256-abc='", { .integrity = one_hash }, "+script-src" },
    { "script-src 'sha256-abc='", { .integrity = two_hashes }, "-script-src" },
    { "script-src 'sha384-def=' 'sha256-abc='", { .integrity = two_hashes }, "+script-src" },
    { "script-src 'sha256-abc='", { .integrity = odd_hash }, "-script-src" },
    { "style-src 'sha256-abc='",
      { .load = GH_CSP_LOAD_STYLE, .integrity = one_hash },
      "-style-src" },
    { "script-src 'strict-dynamic' https:",
      { .parser_inserted = FALSE },
      "+script-src 'strict-dynamic'" },
    { "script-src 'strict-dynamic' https:",
      { .parser_inserted = TRUE },
      "-script-src 'strict-dynamic'" },
    { "script-src 'strict-dynamic' 'nonce-abc'",
      { .parser_inserted = TRUE, .nonce = "abc" },
      "+script-src 'nonce-abc'" },
    { "script-src 'strict-dynamic'",
      { .load = GH_CSP_LOAD_WORKER, .parser_inserted = FALSE },
      "+script-src 'strict-dynamic'" },
    { "worker-src 'strict-dynamic'", { .load = GH_CSP_LOAD_WORKER }, "-worker-src" },
    { "script-src a.b/y", { .n_redirects = 0 }, "-script-src a.b/y" },
    { "script-src a.b/y", { .n_redirects = 1 }, "+script-src a.b/y" },
    { "script-src c.d/x", { .n_redirects = 1 }, "-script-src" },
    { "script-src a.b", { .self_origin = "http://self.test" }, "+script-src a.b" },
    { "script-src a.b",
      { .self_origin = "http://self.test", .url = "http://a.b/x" },
      "+script-src a.b" },
    { "script-src 'self'", { .self_origin = "http://a.b" }, "+script-src 'self'" },
    { "script-src 'self'", { .self_origin = "http://a.b:8080" }, "-script-src 'self'" },
    { "script-src 'self'",
      { .self_origin = "http://a.b:8080", .url = "https://a.b:8080/" },
      "+script-src 'self'" },
    { "script-src *", { .self_origin = "app://x", .url = "app://y/z" }, "+script-src *" },
    { "connect-src 'self'",
      { .load = GH_CSP_LOAD_CONNECT, .self_origin = "http://a.b", .url = "ws://a.b/" },
      "+connect-src 'self'" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GhCspRequest request = cases[i].request;
      g_autofree char *found = NULL;

      if (request.self_origin == NULL)
        request.self_origin = SELF;
      if (request.url == NULL)
        request.url = "https://a.b/x";
      found = ask (cases[i].policy, &request);
      g_test_message ("%u: %s", (guint) i, cases[i].policy);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

static void
test_words (void)
{
  static const struct
  {
    const char *policy;
    const char *message;
  } cases[] = {
    { "", "Allowed: nothing in the policy restricts it." },
    { "default-src a.b",
      "Allowed: “a.b” in default-src covers it. default-src stands in for img-src, which the "
      "policy "
      "does not have." },
    { "img-src a.b:1", "Blocked: “a.b:1” in img-src comes near, but the port is another." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GhCsp) csp = gh_csp_new_from_text (cases[i].policy);
      GhCspRequest request = { GH_CSP_LOAD_IMAGE, SELF, "https://a.b/", NULL };
      g_autoptr (GhCspVerdict) verdict = gh_csp_match (csp, &request, NULL);

      g_assert_cmpstr (verdict->message, ==, cases[i].message);
    }
}

/* Where browsers differ from CSP3, the note names the source, and the one that all understand. */
static void
test_notes (void)
{
  static const struct
  {
    const char *policy;
    GhCspLoad load;
    const char *url;
    const char *note; /* a part of it, or NULL */
    const char *addition;
  } cases[] = {
    { "connect-src a.b", GH_CSP_LOAD_CONNECT, "wss://a.b/", "“a.b” covers no", "wss://a.b" },
    { "connect-src a.b:*", GH_CSP_LOAD_CONNECT, "wss://a.b:1/", "“a.b:*”", "wss://a.b:1 to" },
    { "connect-src http:", GH_CSP_LOAD_CONNECT, "ws://a.b/", "“http:” covers no", " ws://a.b" },
    { "connect-src https:", GH_CSP_LOAD_CONNECT, "wss://a.b/", "“https:” covers no", "wss://a.b" },
    { "default-src https:", GH_CSP_LOAD_CONNECT, "wss://a.b/", "“https:”", "to default-src" },
    { "connect-src https: wss:", GH_CSP_LOAD_CONNECT, "wss://a.b/", NULL, NULL },
    { "connect-src https: WSS://a.b", GH_CSP_LOAD_CONNECT, "wss://a.b/", NULL, NULL },
    { "connect-src https: *", GH_CSP_LOAD_CONNECT, "wss://a.b/", NULL, NULL },
    { "connect-src *:443", GH_CSP_LOAD_CONNECT, "wss://a.b/", "“*:443” covers no", "wss://a.b" },
    { "connect-src https: wss://c.d", GH_CSP_LOAD_CONNECT, "wss://a.b/", "“https:”", "wss://a.b" },
    { "connect-src 'self'", GH_CSP_LOAD_CONNECT, "wss://self.test/", "Safari", "wss://self.test" },
    { "connect-src https: 'self'", GH_CSP_LOAD_CONNECT, "wss://self.test/", "Safari", "'self'" },
    { "connect-src 'self' wss:", GH_CSP_LOAD_CONNECT, "wss://self.test/", NULL, NULL },
    { "connect-src 'self'", GH_CSP_LOAD_CONNECT, "https://self.test/", NULL, NULL },
    { "connect-src https:", GH_CSP_LOAD_CONNECT, "https://a.b/", NULL, NULL },
    { "connect-src wss:",
      GH_CSP_LOAD_CONNECT,
      "https://a.b/",
      "“wss:” covers nothing",
      "https://a" },
    { "img-src ws://a.b", GH_CSP_LOAD_IMAGE, "https://a.b/", "covers nothing but", "https://a.b" },
    { "img-src ws: a.b", GH_CSP_LOAD_IMAGE, "https://a.b/", NULL, NULL },
    { "connect-src c.d", GH_CSP_LOAD_CONNECT, "wss://a.b/", NULL, NULL },
    { "connect-src 'none'", GH_CSP_LOAD_CONNECT, "wss://a.b/", NULL, NULL },
    { "img-src 'none'", GH_CSP_LOAD_CONNECT, "wss://a.b/", NULL, NULL },
    { "connect-src https:, connect-src wss:",
      GH_CSP_LOAD_CONNECT,
      "wss://a.b/",
      "“https:”",
      "wss" },
    { "connect-src https:, connect-src 'none'", GH_CSP_LOAD_CONNECT, "wss://a.b/", NULL, NULL },
    { "connect-src https:; upgrade-insecure-requests",
      GH_CSP_LOAD_CONNECT,
      "ws://a.b/",
      "“https:” covers no",
      "wss://a.b" },
    { "img-src data:", GH_CSP_LOAD_IMAGE, "data:,x", NULL, NULL },
    { "script-src 'unsafe-eval'", GH_CSP_LOAD_EVAL, NULL, NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GhCsp) csp = gh_csp_new_from_text (cases[i].policy);
      GhCspRequest request = { cases[i].load, SELF, cases[i].url, NULL };
      g_autoptr (GhCspVerdict) verdict = gh_csp_match (csp, &request, NULL);

      g_test_message ("%s: %s", cases[i].policy, verdict->note != NULL ? verdict->note : "");
      g_assert_cmpint (verdict->note != NULL, ==, cases[i].note != NULL);
      if (cases[i].note == NULL)
        continue;
      g_assert_true (verdict->allowed);
      g_assert_nonnull (strstr (verdict->note, cases[i].note));
      g_assert_nonnull (strstr (verdict->note, cases[i].addition));
      g_assert_null (strstr (verdict->note, "$s"));
    }
}

static void
test_bad_addresses (void)
{
  static const char *const urls[] = { "", "a.b", "/x", "https://a.b:x/", "://" };
  g_autoptr (GhCsp) csp = gh_csp_new_from_text ("img-src *");

  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      GhCspRequest request = { GH_CSP_LOAD_IMAGE, SELF, urls[i], NULL };
      g_autoptr (GError) error = NULL;

      g_assert_null (gh_csp_match (csp, &request, &error));
      g_assert_nonnull (error);
      request.url = "https://a.b/";
      request.self_origin = urls[i];
      g_assert_null (gh_csp_match (csp, &request, NULL));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/headers/csp-match/sources", test_sources);
  g_test_add_func ("/headers/csp-match/directives", test_directives);
  g_test_add_func ("/headers/csp-match/inlines", test_inlines);
  g_test_add_func ("/headers/csp-match/requests", test_requests);
  g_test_add_func ("/headers/csp-match/words", test_words);
  g_test_add_func ("/headers/csp-match/notes", test_notes);
  g_test_add_func ("/headers/csp-match/bad-addresses", test_bad_addresses);

  return g_test_run ();
}
