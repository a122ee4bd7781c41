/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is found in the headers of one answer: each where it should be, silent where not, with the
 * header it is about; and that no answer makes the list endless. */

#include <string.h>

#include "gh-analysis.h"
#include "gh-findings.h"
#include "gh-value-type.h"

#define ABSENT -1
#define CSP "Content-Security-Policy"
#define HSTS "Strict-Transport-Security"
#define COEP "Cross-Origin-Embedder-Policy"
#define COOP "Cross-Origin-Opener-Policy"
#define CORP "Cross-Origin-Resource-Policy"
#define PIN_A "pin-sha256=\"d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM=\""
#define PIN_B "pin-sha256=\"E9CZ9INDbd+2eRQozYqqbQ2yXLVKB9+xcprMF+44U1g=\""
#define GOOGLE                                                                                     \
  "https://*.googletagmanager.com https://*.google-analytics.com https://*.analytics.google.com"

typedef struct
{
  const char *block;
  const char *id;
  int severity;
  const char *header; /* NULL where it is about all of them */
  const char *mended; /* a field of the mend, or NULL */
} Case;

static const Case cases[] = {
  /* The policy. */
  { CSP ": script-src 'nonce-YWJj'", "CSP-NONCE-SHORT", GH_SEVERITY_WARNING, CSP, NULL },
  { CSP ": script-src 'nonce-YWJjZGVmZ2hpamtsbW5vcA'", "CSP-STATIC-NONCE", ABSENT, NULL, NULL },
  { CSP ": script-src 'sha256-YWJj'",
    "CSP-HASH-BROKEN",
    GH_SEVERITY_WARNING,
    CSP,
    "content-security-policy.policy" },
  { CSP ": img-src a; img-src b",
    "CSP-SYNTAX",
    GH_SEVERITY_WARNING,
    CSP,
    "content-security-policy.policy" },
  { CSP "-Report-Only: img-src a; img-src b",
    "CSP-SYNTAX",
    GH_SEVERITY_WARNING,
    CSP "-Report-Only",
    "content-security-policy.policy" },
  { CSP "-Report-Only: sandbox; report-uri /a",
    "CSP-INERT",
    GH_SEVERITY_INFO,
    CSP "-Report-Only",
    "content-security-policy.policy" },
  { CSP ": script-src 'unsafe-inline'", "CSP-WEAK", ABSENT, NULL, NULL },
  { CSP ": script-src 'self'",
    "CSP-SELF-SNIFFED",
    GH_SEVERITY_WARNING,
    CSP,
    "content-type-options" },
  { CSP ": script-src 'self'\nX-Content-Type-Options: nosniff",
    "CSP-SELF-SNIFFED",
    ABSENT,
    NULL,
    NULL },
  { CSP ": script-src " GOOGLE "; default-src 'self'",
    "CSP-GA",
    GH_SEVERITY_WARNING,
    CSP,
    "content-security-policy.policy" },
  { CSP ": default-src 'self' " GOOGLE, "CSP-GA", ABSENT, NULL, NULL },
  { CSP ": default-src 'self'", "CSP-GA", ABSENT, NULL, NULL },
  { CSP ": script-src 'self' https://secure.gravatar.com; img-src 'self'",
    "CSP-GRAVATAR",
    GH_SEVERITY_WARNING,
    CSP,
    "content-security-policy.policy" },
  { CSP ": script-src https://hcaptcha.com; frame-src 'none'",
    "CSP-CAPTCHA",
    GH_SEVERITY_WARNING,
    CSP,
    "content-security-policy.policy" },
  { CSP ": frame-ancestors https:\nX-Frame-Options: DENY",
    "CSP-FRAME-OPTIONS",
    GH_SEVERITY_WARNING,
    CSP,
    NULL },
  { CSP ": frame-ancestors https:\nX-Frame-Options: DENY\xea/",
    "CSP-FRAME-OPTIONS",
    ABSENT,
    NULL,
    NULL },
  { CSP ": frame-ancestors https:\n" CSP ": frame-ancestors 'self'",
    "CSP-FRAMING",
    ABSENT,
    NULL,
    NULL },
  { CSP ": frame-ancestors a.b\n" CSP ": frame-ancestors 'self'\nX-Frame-Options: SAMEORIGIN",
    "CSP-FRAME-OPTIONS",
    GH_SEVERITY_INFO,
    CSP,
    NULL },
  { CSP ": report-to a\n" CSP ": report-to b\nReporting-Endpoints: a=\"https://c.d\"",
    "CSP-REPORT-TO",
    GH_SEVERITY_WARNING,
    CSP,
    "content-security-policy.policy" },
  { CSP ": img-src a\nX-Frame-Options: ALLOW-FROM https://a.b",
    "CSP-FRAMING",
    GH_SEVERITY_WARNING,
    CSP,
    "content-security-policy.policy" },
  { CSP ": img-src a\nX-Frame-Options: DENY\nX-Frame-Options: SAMEORIGIN",
    "CSP-FRAMING",
    ABSENT,
    NULL,
    NULL },
  { CSP ": img-src a\n" CSP ": img-src b", "CSP-SEVERAL", GH_SEVERITY_INFO, CSP, NULL },
  { CSP ": report-to a\nReporting-Endpoints: b=\"https://c.d\"\nReporting-Endpoints: "
        "a=\"https://c.d\"",
    "CSP-REPORT-TO",
    ABSENT,
    NULL,
    NULL },

  /* What binds a site to HTTPS and to its certificates. */
  { HSTS ": max-age=0",
    "HSTS-ZERO",
    GH_SEVERITY_WARNING,
    HSTS,
    "strict-transport-security.max-age-days" },
  { HSTS ": max-age=31536000",
    "HSTS-SUBDOMAINS",
    GH_SEVERITY_INFO,
    HSTS,
    "strict-transport-security.include-subdomains" },
  { HSTS ": max-age=31535999; includeSubDomains; preload",
    "HSTS-PRELOAD",
    GH_SEVERITY_ERROR,
    HSTS,
    "strict-transport-security.max-age-days" },
  { HSTS ": max-age=31536000; includeSubDomains; preload", "HSTS-PRELOAD", ABSENT, NULL, NULL },
  { HSTS ": max-age=x", "HEADER-SYNTAX", GH_SEVERITY_ERROR, HSTS, NULL },
  { HSTS ": max-age=x", "HSTS-SUBDOMAINS", ABSENT, NULL, NULL },
  { HSTS ": max-age=1\n" HSTS ": max-age=2", "HEADER-REPEATED", GH_SEVERITY_WARNING, HSTS, NULL },
  { HSTS ": max-age=1\n" HSTS ": max-age=0", "HSTS-ZERO", ABSENT, NULL, NULL },
  { "", "HEADER-MISSING", GH_SEVERITY_WARNING, CSP, NULL },
  { CSP ": frame-ancestors 'none'\nX-Content-Type-Options: nosniff",
    "HEADER-MISSING",
    GH_SEVERITY_WARNING,
    HSTS,
    "strict-transport-security" },
  { CSP ": frame-ancestors 'none'\nX-Content-Type-Options: nosniff\n" HSTS ": max-age=1",
    "HEADER-MISSING",
    ABSENT,
    NULL,
    NULL },
  { "X-XSS-Protection: 1; mode=block",
    "XSS-FILTER",
    GH_SEVERITY_WARNING,
    "X-XSS-Protection",
    "xss-protection.mode" },
  { "X-XSS-Protection: 0", "XSS-FILTER", ABSENT, NULL, NULL },
  { "X-XSS-Protection: 0", "DEPRECATED", GH_SEVERITY_INFO, "X-XSS-Protection", "xss-protection" },
  { "Expect-CT: max-age=1", "DEPRECATED", GH_SEVERITY_INFO, "Expect-CT", "expect-ct" },
  { "feature-policy: camera 'none'", "DEPRECATED", GH_SEVERITY_INFO, "Feature-Policy", NULL },
  { "Report-To: {}\n" COEP ": require-corp; report-to=\"a\"",
    "ENDPOINT-MISSING",
    ABSENT,
    NULL,
    NULL },
  { "Report-To: {}\n" CSP ": report-to a", "CSP-REPORT-TO", ABSENT, NULL, NULL },
  { "Report-To: {}", "DEPRECATED", GH_SEVERITY_INFO, "Report-To", NULL },
  { "Report-To: {}\nReporting-Endpoints: a=\"/b\"", "DEPRECATED", ABSENT, NULL, NULL },
  { "Public-Key-Pins: " PIN_A "; max-age=5",
    "HPKP-BACKUP",
    GH_SEVERITY_ERROR,
    "Public-Key-Pins",
    "public-key-pins" },
  { "Public-Key-Pins: " PIN_A "; " PIN_B "; max-age=5", "HPKP-BACKUP", ABSENT, NULL, NULL },

  /* What pages give away and may use. */
  { "", "REFERRER-TOKEN", GH_SEVERITY_WARNING, "Referrer-Policy", "referrer-policy.policy" },
  { "Referrer-Policy: origin\nReferrer-Policy: unsafe-url",
    "REFERRER-TOKEN",
    GH_SEVERITY_HIGH,
    "Referrer-Policy",
    "referrer-policy.policy" },
  { "Referrer-Policy: unsafe-url, origin", "REFERRER-TOKEN", ABSENT, NULL, NULL },
  { "Referrer-Policy: nothing", "REFERRER-TOKEN", ABSENT, NULL, NULL },
  { "Permissions-Policy: camera 'none'",
    "PP-SYNTAX",
    GH_SEVERITY_ERROR,
    "Permissions-Policy",
    "permissions-policy.policy" },
  { "Permissions-Policy-Report-Only: camera=(",
    "PP-SYNTAX",
    GH_SEVERITY_ERROR,
    "Permissions-Policy-Report-Only",
    NULL },
  { "Permissions-Policy: camera=()", "PP-SYNTAX", ABSENT, NULL, NULL },
  { "X-Frame-Options: ALLOW-FROM https://a.b",
    "HEADER-SYNTAX",
    GH_SEVERITY_HIGH,
    "X-Frame-Options",
    NULL },
  { "X-Frame-Options: DENY\nX-Frame-Options: SAMEORIGIN",
    "HEADER-SYNTAX",
    GH_SEVERITY_WARNING,
    "X-Frame-Options",
    NULL },
  { "X-Content-Type-Options: none",
    "HEADER-SYNTAX",
    GH_SEVERITY_ERROR,
    "X-Content-Type-Options",
    NULL },

  /* Isolation and reports. */
  { COOP ": same-origin\n" COEP ": require-corp", "ISOLATION", GH_SEVERITY_INFO, COEP, NULL },
  { COEP ": require-corp",
    "ISOLATION",
    GH_SEVERITY_INFO,
    COEP,
    "cross-origin-opener-policy.policy" },
  { COEP ": Require-Corp", "ISOLATION", ABSENT, NULL, NULL },
  { COEP ": require-corp\n" COEP ": require-corp", "ISOLATION", ABSENT, NULL, NULL },
  { COEP ": require-corp\n" COEP ": require-corp",
    "HEADER-REPEATED",
    GH_SEVERITY_HIGH,
    COEP,
    NULL },
  { COOP ": same-origin",
    "COOP-SOCIAL",
    GH_SEVERITY_WARNING,
    COOP,
    "cross-origin-opener-policy.policy" },
  { CORP ": same-origin",
    "CORP-EMBED",
    GH_SEVERITY_INFO,
    CORP,
    "cross-origin-resource-policy.policy" },
  { CORP ": Same-Origin", "CORP-EMBED", ABSENT, NULL, NULL },
  { COEP ": credentialless", "COEP-CREDENTIALLESS", GH_SEVERITY_INFO, COEP, NULL },
  { COEP ": require-corp\n" CSP ": img-src https://*.gravatar.com",
    "COEP-THIRDPARTY",
    GH_SEVERITY_WARNING,
    COEP,
    "cross-origin-embedder-policy.policy" },
  { COEP ": require-corp\n" CSP ": img-src 'self'", "COEP-THIRDPARTY", ABSENT, NULL, NULL },
  { COEP ": require-corp; report-to=\"a\"", "ENDPOINT-MISSING", GH_SEVERITY_WARNING, COEP, NULL },
  { COEP ": require-corp; report-to=\"a\"\nReporting-Endpoints: a=\"https://b.c\"",
    "ENDPOINT-MISSING",
    ABSENT,
    NULL,
    NULL },
  { "Permissions-Policy: camera=();report-to=\"a\"",
    "ENDPOINT-MISSING",
    GH_SEVERITY_WARNING,
    "Permissions-Policy",
    NULL },
  { "Reporting-Endpoints: a=\"http://b.c\"",
    "HEADER-SYNTAX",
    GH_SEVERITY_ERROR,
    "Reporting-Endpoints",
    NULL },
};

static GhFinding *
find (GPtrArray *findings, const char *id)
{
  for (guint i = 0; i < findings->len; i++)
    if (strcmp (((GhFinding *) g_ptr_array_index (findings, i))->id, id) == 0)
      return g_ptr_array_index (findings, i);

  return NULL;
}

static GPtrArray *
find_in_text (const char *text)
{
  g_autoptr (GhHeaderBlock) block = gh_header_block_parse (text, -1, NULL);

  return gh_findings_of_block (block);
}

static gboolean
mends_field (const GhFinding *finding, const char *field)
{
  for (guint i = 0; finding->mend && i < finding->mend->len; i++)
    {
      const GhMend *mend = g_ptr_array_index (finding->mend, i);

      g_assert_true (gh_value_check (mend->setting, mend->value, NULL));
      if (g_str_equal (mend->setting->id, field))
        return TRUE;
    }

  return FALSE;
}

static void
test_each (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings = find_in_text (cases[i].block);
      g_autofree char *shown = g_strescape (cases[i].block, NULL);
      const GhFinding *finding = find (findings, cases[i].id);

      g_test_message ("%u: %s in %s", (guint) i, cases[i].id, shown);
      g_assert_cmpint (finding ? (int) finding->severity : ABSENT, ==, cases[i].severity);
      if (!finding)
        continue;
      g_assert_cmpstr (finding->header, ==, cases[i].header);
      g_assert_cmpstr (finding->source, !=, NULL);
      g_assert_null (strstr (finding->message, "%"));
      g_assert_cmpint (finding->mend != NULL, ==, cases[i].mended != NULL);
      if (cases[i].mended)
        g_assert_true (mends_field (finding, cases[i].mended));
    }
}

/* What an administrator can do at best leaves nothing but words about what it costs. */
static void
test_nothing (void)
{
  static const char good[] = HSTS
    ": max-age=63072000; includeSubDomains\nX-Content-Type-Options: nosniff\n"
    "Referrer-Policy: no-referrer\nX-Frame-Options: DENY\n" CSP
    ": default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\n" COOP
    ": same-origin-allow-popups\n" CORP ": same-site\nPermissions-Policy: camera=()";
  g_autoptr (GPtrArray) findings = find_in_text (good);

  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_nonnull (find (findings, "CSP-FRAME-OPTIONS"));
}

static void
test_size (void)
{
  static const struct
  {
    gsize policy;
    gsize other;
    const char *id;
    int severity;
  } sizes[] = {
    { 100, 3900, "HEADERS-SIZE", ABSENT },
    { 100, 4200, "HEADERS-SIZE", GH_SEVERITY_INFO },
    { 4200, 4200, "HEADERS-SIZE", GH_SEVERITY_WARNING },
    { 8300, 1000, "HEADERS-SIZE", ABSENT },
    { 8300, 1000, "CSP-SIZE", GH_SEVERITY_WARNING },
    { 100, 16500, "HEADERS-SIZE", GH_SEVERITY_WARNING },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GhHeaderBlock) block = gh_header_block_new ();
      g_autoptr (GPtrArray) findings = NULL;
      g_autofree char *policy = g_strnfill (sizes[i].policy, 'a');
      g_autofree char *other = g_strnfill (sizes[i].other, 'a');
      const GhFinding *finding;

      gh_header_block_add (block, CSP, policy, -1);
      gh_header_block_add (block, "X", other, -1);
      findings = gh_findings_of_block (block);
      finding = find (findings, sizes[i].id);
      g_assert_cmpint (finding ? (int) finding->severity : ABSENT, ==, sizes[i].severity);
    }
}

static void
check_words (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const GhFinding *finding = g_ptr_array_index (findings, i);

      g_assert_true (g_utf8_validate (finding->message, -1, NULL));
      g_assert_cmpuint (strlen (finding->message), <, 4096);
    }
}

/* The longest of each, made of what is found fault with; and one word that goes on and on. */
static void
test_bounds (void)
{
  static const struct
  {
    const char *name;
    const char *part;
    const char *start; /* or NULL */
  } floods[] = {
    { CSP, "img-src http://1.2.3.4/x 'nonce-a' 'sha256-b' 'selv' none \xc3\xa4 *; " },
    { CSP, "report-to nowhere, " },
    { CSP, "z", "report-to x" },
    { CSP, "z", "img-src http://" },
    { CSP, "z", "script-src 'sha256-" },
    { CSP "-Report-Only", "script-src https://www.googletagmanager.com/a " },
    { HSTS, "max-age=1; preload; what; " },
    { "Permissions-Policy", "camera=();report-to=\"x\", what=none, " },
    { "Public-Key-Pins", "pin-sha256=\"a\"; " },
    { "Referrer-Policy", "what, " },
    { "Reporting-Endpoints", "a=\"http://b\", " },
    { "X-Frame-Options", "DENY, ALLOW-FROM x, " },
    { COEP, "require-corp;a;b=" },
    { "X-XSS-Protection", "1; what; " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (floods); i++)
    {
      g_autoptr (GhHeaderBlock) block = gh_header_block_new ();
      g_autoptr (GString) value = g_string_new (floods[i].start);
      g_autoptr (GPtrArray) findings = NULL;

      while (value->len + 64 < GH_HEADER_BLOCK_MAXIMUM_SIZE)
        g_string_append_printf (value, "%s", floods[i].part);
      gh_header_block_add (block, floods[i].name, value->str, -1);
      findings = gh_findings_of_block (block);
      g_test_message ("%s: %u", floods[i].name, findings->len);
      g_assert_cmpuint (findings->len, >, 0);
      g_assert_cmpuint (findings->len, <, 300);
      check_words (findings);
    }
}

/* One analyser for many: nothing of an answer is left in the next. */
static void
test_analyser (void)
{
  g_autoptr (GhAnalyser) analyser = gh_analyser_new ();
  g_autoptr (GhHeaderBlock) weak
    = gh_header_block_parse (CSP ": script-src 'unsafe-inline'", -1, NULL);
  g_autoptr (GhHeaderBlock) none = gh_header_block_new ();

  for (guint i = 0; i < 3; i++)
    {
      const GhAnalysis *analysis = gh_analyser_run (analyser, weak);
      const char *result = analysis->score.results[GH_SCORE_CONTENT_SECURITY_POLICY].result;

      g_assert_cmpstr (result, ==, "csp-implemented-with-unsafe-inline");
      g_assert_cmpuint (analysis->n_weaknesses, >, 0);
      g_assert_nonnull (find (analysis->findings, "CSP-FRAMING"));

      analysis = gh_analyser_run (analyser, none);
      g_assert_cmpuint (analysis->n_weaknesses, ==, 0);
      g_assert_null (find (analysis->findings, "CSP-FRAMING"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/headers/findings/each", test_each);
  g_test_add_func ("/headers/findings/nothing", test_nothing);
  g_test_add_func ("/headers/findings/size", test_size);
  g_test_add_func ("/headers/findings/bounds", test_bounds);
  g_test_add_func ("/headers/findings/analyser", test_analyser);

  return g_test_run ();
}
