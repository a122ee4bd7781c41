/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules and findings about a Content-Security-Policy: each found where it should be, silent
 * where not, and taken away by its mend, which leaves the rest of the policy as it was. */

#include "gh-csp-rules.h"

#include <string.h>

#include "gh-csp-findings.h"
#include "gh-csp-services.h"
#include "gh-value-type.h"

#define ABSENT ((GhSeverity) -1)
#define CSP "content-security-policy=true"
#define POLICY "content-security-policy.policy="
#define FRAMED "frame-ancestors 'self'"

typedef struct
{
  const char *id;
  GhSeverity severity;  /* of the first of that id, or ABSENT */
  const char *policy;   /* stored and sent */
  const char *mended;   /* what its mend makes of it; NULL: it has none, "": of another field */
  const char *other[3]; /* FIELD=VALUE */
} Case;

static const Case cases[] = {
  { "CSP-SYNTAX", ABSENT, "default-src 'self'; " FRAMED, NULL },
  { "CSP-SYNTAX", GH_SEVERITY_ERROR, "", NULL },
  { "CSP-SYNTAX", GH_SEVERITY_ERROR, "img-src 'self'\ndata:", "img-src 'self' data:" },
  { "CSP-SYNTAX",
    GH_SEVERITY_ERROR,
    "img-src https://*.m\xc3\xbcller.de:1/\xc3\xa4",
    "img-src https://*.xn--mller-kva.de:1/%C3%A4" },
  { "CSP-SYNTAX", GH_SEVERITY_WARNING, "scriptsrc 'self'", NULL },
  { "CSP-SYNTAX", GH_SEVERITY_WARNING, "img-src: 'self'", "img-src 'self'" },
  { "CSP-SYNTAX", GH_SEVERITY_WARNING, "img-src a.b; img-src c.d; x y", "img-src a.b; x y" },
  { "CSP-SYNTAX", GH_SEVERITY_WARNING, "img-src a.b font-src c.d", "img-src a.b; font-src c.d" },
  { "CSP-SYNTAX", GH_SEVERITY_WARNING, "img-src  self;", "img-src  'self';" },
  { "CSP-SYNTAX", GH_SEVERITY_WARNING, "img-src 'none' a.b", "img-src a.b" },
  { "CSP-SYNTAX", GH_SEVERITY_WARNING, "script-src 'selv' a.b", "script-src a.b" },
  { "CSP-SYNTAX", GH_SEVERITY_WARNING, "webrtc; img-src a.b", "img-src a.b" },
  { "CSP-GA", ABSENT, "default-src 'self'", NULL },
  { "CSP-GA", ABSENT, "frame-src 'self'", NULL, { "google-analytics=true" } },
  { "CSP-GA",
    GH_SEVERITY_WARNING,
    "default-src  'self' ;IMG-SRC data:",
    "default-src  'self' ;IMG-SRC data: https://*.google-analytics.com "
    "https://*.googletagmanager.com; script-src 'self' https://*.googletagmanager.com; "
    "connect-src 'self' https://*.google-analytics.com https://*.analytics.google.com "
    "https://*.googletagmanager.com",
    { "google-analytics=true" } },
  { "CSP-GA",
    GH_SEVERITY_WARNING,
    "script-src-elem 'none'",
    "script-src-elem https://*.googletagmanager.com",
    { "google-analytics=true" } },
  { "CSP-GA",
    GH_SEVERITY_WARNING,
    "img-src *, img-src 'self'",
    "img-src *, img-src 'self' https://*.google-analytics.com https://*.googletagmanager.com",
    { "google-analytics=true" } },
  { "CSP-GA", ABSENT, "default-src https:", NULL, { "google-analytics=true" } },
  { "CSP-GA",
    ABSENT,
    "default-src 'self'",
    NULL,
    { "google-analytics=true", "content-security-policy.report-only=true" } },
  { "CSP-GRAVATAR", ABSENT, "img-src 'self'", NULL },
  { "CSP-GRAVATAR",
    GH_SEVERITY_WARNING,
    "img-src 'none'; x y",
    "img-src https://*.gravatar.com; x y",
    { "gravatar-enabled=true" } },
  { "CSP-GRAVATAR",
    ABSENT,
    "img-src https://secure.gravatar.com",
    NULL,
    { "gravatar-enabled=true" } },
  { "CSP-GRAVATAR", ABSENT, "img-src gravatar.com", NULL, { "gravatar-enabled=true" } },
  { "CSP-GRAVATAR", ABSENT, "img-src *.gravatar.com", NULL, { "gravatar-enabled=true" } },
  { "CSP-CAPTCHA", ABSENT, "default-src 'self'", NULL, { "captcha-enabled=false" } },
  { "CSP-CAPTCHA",
    GH_SEVERITY_HIGH,
    "script-src 'self'; frame-src 'self'",
    "script-src 'self' https://www.google.com/recaptcha/ https://www.gstatic.com/recaptcha/; "
    "frame-src 'self' https://www.google.com/recaptcha/",
    { "captcha-enabled=true" } },
  { "CSP-CAPTCHA",
    ABSENT,
    "script-src https://*.hcaptcha.com; frame-src https://*.hcaptcha.com",
    NULL,
    { "captcha-enabled=true" } },
  { "CSP-CAPTCHA",
    GH_SEVERITY_HIGH,
    "script-src https://*.hcaptcha.com; frame-src https://www.google.com/recaptcha/",
    "script-src https://*.hcaptcha.com https://www.google.com/recaptcha/ "
    "https://www.gstatic.com/recaptcha/; frame-src https://www.google.com/recaptcha/",
    { "captcha-enabled=true" } },
  { "CSP-CAPTCHA", ABSENT, "img-src 'self'", NULL, { "captcha-enabled=true" } },
  { "CSP-WEAK", GH_SEVERITY_HIGH, "script-src 'unsafe-inline'", NULL },
  { "CSP-WEAK", ABSENT, "script-src 'self'; object-src 'none'; base-uri 'self'", NULL },
  { "CSP-STATIC-NONCE",
    GH_SEVERITY_HIGH,
    "script-src 'self' 'nonce-YWJjZGVmZ2hpamtsbW5vcA=='; " FRAMED,
    "script-src 'self'; " FRAMED },
  { "CSP-STATIC-NONCE", ABSENT, "script-src 'self'", NULL },
  { "CSP-HASH-BROKEN",
    GH_SEVERITY_WARNING,
    "script-src 'sha256-abc=' 'self'",
    "script-src 'self'" },
  { "CSP-HASH-BROKEN",
    ABSENT,
    "script-src 'sha256-LXEWQrcmsEQBYnyp+6wy9chTD7GQPMTbAiWHF5IaSIE='",
    NULL },
  { "CSP-FRAMING",
    GH_SEVERITY_WARNING,
    "default-src 'self';",
    "default-src 'self'; frame-ancestors 'self';" },
  { "CSP-FRAMING", GH_SEVERITY_WARNING, "frame-ancestors *", "frame-ancestors 'self'" },
  { "CSP-FRAMING", GH_SEVERITY_WARNING, "frame-ancestors https:", "frame-ancestors 'self'" },
  { "CSP-FRAMING", ABSENT, "frame-ancestors https://a.b", NULL },
  { "CSP-REPORT-TO", GH_SEVERITY_WARNING, "img-src *; report-to x", "img-src *" },
  { "CSP-REPORT-BOTH", GH_SEVERITY_INFO, "img-src *; report-uri /x", NULL },
  { "CSP-REPORT-BOTH", ABSENT, "img-src *; report-uri /x; report-to x", NULL },
  { "CSP-REPORT-NOWHERE",
    GH_SEVERITY_WARNING,
    "img-src *",
    NULL,
    { "content-security-policy.report-only=true" } },
  { "CSP-REPORT-NOWHERE", ABSENT, "img-src *", NULL },
  { "CSP-ANALYTICS-LEFT",
    GH_SEVERITY_INFO,
    "img-src a.b https://*.google-analytics.com c.d; connect-src  *.analytics.google.com",
    "img-src a.b c.d; connect-src" },
  { "CSP-ANALYTICS-LEFT",
    ABSENT,
    "img-src https://*.google-analytics.com",
    NULL,
    { "google-analytics=true" } },
  { "CSP-EXTENSIONS",
    GH_SEVERITY_HIGH,
    "script-src 'self'",
    "",
    { "allowed-file-extensions=pdf,svg,JS" } },
  { "CSP-EXTENSIONS", ABSENT, "script-src 'self'", NULL },
  { "CSP-EXTENSIONS",
    ABSENT,
    "script-src 'self' 'strict-dynamic'",
    NULL,
    { "allowed-file-extensions=js" } },
  { "CSP-SELF-SNIFFED",
    GH_SEVERITY_WARNING,
    "script-src 'self'",
    "",
    { "content-type-options=false" } },
  { "CSP-SELF-SNIFFED", ABSENT, "script-src 'self'", NULL, { "content-type-options=true" } },
  { "CSP-INERT",
    GH_SEVERITY_INFO,
    "img-src *; sandbox",
    "img-src *",
    { "content-security-policy.report-only=true" } },
  { "CSP-INERT", ABSENT, "sandbox", NULL },
  { "CSP-DEPRECATED", GH_SEVERITY_INFO, "block-all-mixed-content; img-src *", "img-src *" },
  { "CSP-IP-SOURCE", GH_SEVERITY_WARNING, "img-src https://10.0.0.1:8080/x", NULL },
  { "CSP-IP-SOURCE", GH_SEVERITY_WARNING, "img-src https://[::1]:1", NULL },
  { "CSP-IP-SOURCE", ABSENT, "img-src 127.0.0.1 1.2.3", NULL },
  { "CSP-HTTP-SOURCE", GH_SEVERITY_INFO, "img-src http://a.b x", "img-src https://a.b x" },
  { "CSP-HTTP-SOURCE", GH_SEVERITY_INFO, "img-src http:", "img-src https:" },
  { "CSP-HTTP-SOURCE", ABSENT, "img-src https: https://a.b; report-uri http://a.b", NULL },
  { "CSP-STAR-SCHEMES", GH_SEVERITY_INFO, "img-src *", NULL },
  { "CSP-PATH-REDIRECT", GH_SEVERITY_INFO, "img-src a.b/x", NULL },
  { "CSP-PATH-REDIRECT", ABSENT, "img-src a.b/", NULL },
  { "CSP-SEVERAL", GH_SEVERITY_INFO, "img-src a.b, font-src c.d", NULL },
  { "CSP-SIZE", ABSENT, "img-src a.b", NULL },
};

static void
assign (GhPolicy *policy, const char *assignment)
{
  g_auto (GStrv) pair = g_strsplit (assignment, "=", 2);
  const GhSetting *setting = gh_settings_lookup (pair[0]);
  g_autoptr (GVariant) value = gh_value_from_text (setting, pair[1], NULL);

  gh_policy_set (policy, setting, value);
}

/* The text goes in as it is: a server may have stored what the program would refuse. */
static void
store_policy (GhPolicy *policy, const char *text)
{
  assign (policy, CSP);
  gh_policy_set (
    policy, gh_settings_lookup ("content-security-policy.policy"), g_variant_new_string (text));
}

static GPtrArray *
run (const GhPolicy *before, const GhPolicy *after)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_finding_unref);
  gsize n_rules;
  const GhRule *rules = gh_csp_rules_get_table (&n_rules);

  gh_rules_run (rules, n_rules, before, after, findings);
  for (guint i = 0; i < findings->len; i++)
    {
      const GhFinding *finding = g_ptr_array_index (findings, i);

      g_assert_true (g_utf8_validate (finding->message, -1, NULL));
      g_assert_null (strstr (finding->message, "%s"));
      g_assert_null (strstr (finding->message, "$s"));
      g_assert_cmpint (finding->mend != NULL, ==, finding->mend_title != NULL);
      for (guint j = 0; finding->fields[j] != NULL; j++)
        g_assert_nonnull (gh_settings_lookup (finding->fields[j]));
    }

  return findings;
}

static GhFinding *
find (GPtrArray *findings, const char *id)
{
  for (guint i = 0; i < findings->len; i++)
    if (strcmp (((GhFinding *) g_ptr_array_index (findings, i))->id, id) == 0)
      return g_ptr_array_index (findings, i);

  return NULL;
}

static guint
count (GPtrArray *findings, const char *id)
{
  guint n = 0;

  for (guint i = 0; i < findings->len; i++)
    n += strcmp (((GhFinding *) g_ptr_array_index (findings, i))->id, id) == 0;

  return n;
}

static void
check_mend (const Case *item, GhPolicy *policy, GPtrArray *findings)
{
  GhFinding *finding = find (findings, item->id);
  g_autoptr (GPtrArray) later = NULL;

  g_assert_cmpint (finding->mend != NULL, ==, item->mended != NULL);
  if (finding->mend == NULL)
    return;

  for (guint i = 0; i < finding->mend->len; i++)
    {
      GhMend *mend = g_ptr_array_index (finding->mend, i);

      gh_policy_set (policy, mend->setting, mend->value);
    }
  if (*item->mended != '\0')
    g_assert_cmpstr (
      gh_policy_get_string (policy, "content-security-policy.policy"), ==, item->mended);
  later = run (policy, policy);
  g_assert_cmpuint (count (later, item->id), <, count (findings, item->id));
}

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GhPolicy) policy = gh_policy_new ();
      g_autoptr (GPtrArray) findings = NULL;
      GhFinding *finding;

      g_test_message ("%s: %s", cases[i].id, cases[i].policy);
      store_policy (policy, cases[i].policy);
      for (guint j = 0; j < G_N_ELEMENTS (cases[i].other) && cases[i].other[j] != NULL; j++)
        assign (policy, cases[i].other[j]);

      findings = run (policy, policy);
      finding = find (findings, cases[i].id);
      g_assert_cmpint (finding != NULL, ==, cases[i].severity != ABSENT);
      if (finding == NULL)
        continue;
      g_assert_cmpint (finding->severity, ==, cases[i].severity);
      check_mend (&cases[i], policy, findings);

      assign (policy, "content-security-policy=false");
      g_clear_pointer (&findings, g_ptr_array_unref);
      findings = run (policy, policy);
      g_assert_cmpuint (findings->len, ==, 0);
    }
}

static void
test_lockout (void)
{
  static const struct
  {
    const char *before; /* NULL: off */
    const char *after;
    const char *words; /* in the message, or NULL when silent */
  } changes[] = {
    { NULL, "script-src 'self'", "blocks" },
    { "script-src 'self'", "script-src 'self'", NULL },
    { "script-src 'self'", NULL, NULL },
    { "script-src 'self'", "script-src 'self' a.b", NULL },
    { "script-src 'self'; img-src *", "script-src 'self'; img-src 'none'", NULL },
    { "img-src *", "script-src 'self'", "stand in a page" },
    { "script-src 'self'", "script-src 'none'", "itself" },
    { "default-src 'self'", "default-src 'none'", "itself" },
    { "script-src 'self' 'unsafe-inline'", "script-src 'self' 'nonce-abc'", "stand in a page" },
    { "script-src 'self' 'unsafe-eval'", "script-src 'self'", "into code" },
    { "script-src https:", "script-src 'self' https://a.b", "any host" },
    { "script-src 'self' https://*.a.b:8080/x/", "script-src 'self'", "https://*.a.b:8080/x/" },
    { "script-src 'self' a.b", "script-src 'self' *.a.b a.c", "a.b" },
    { "script-src 'self' g.a g.a; script-src-elem 'self' g.a", "script-src 'self'", " g.a " },
    { "script-src 'self' k.a f.a d.a e.a", "script-src 'self' k.a e.a", " f.a " },
    { "script-src 'self' a.b", "script-src 'self' https:", NULL },
    { "script-src 'self'", "script-src 'self', script-src 'none'", "itself" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GhPolicy) before = gh_policy_new ();
      g_autoptr (GhPolicy) after = gh_policy_new ();
      g_autoptr (GPtrArray) findings = NULL;
      GhFinding *finding;

      g_test_message ("%s -> %s", changes[i].before, changes[i].after);
      if (changes[i].before != NULL)
        store_policy (before, changes[i].before);
      if (changes[i].after != NULL)
        store_policy (after, changes[i].after);
      findings = run (before, after);
      finding = find (findings, "CSP-LOCKOUT");
      g_assert_cmpint (finding != NULL, ==, changes[i].words != NULL);
      if (finding == NULL)
        continue;
      g_assert_cmpint (finding->severity, ==, GH_SEVERITY_CONFIRM);
      g_assert_nonnull (strstr (finding->message, changes[i].words));
      assign (after, "content-security-policy.report-only=true");
      g_clear_pointer (&findings, g_ptr_array_unref);
      findings = run (before, after);
      g_assert_null (find (findings, "CSP-LOCKOUT"));
    }
}

/* What speaks of an answer's other headers. */
static void
test_answers (void)
{
  static const struct
  {
    GhCspSurroundings surroundings;
    const char *id;
    GhSeverity severity;
  } answers[] = {
    { { .policy = "script-src 'nonce-YWJj'" }, "CSP-NONCE-SHORT", GH_SEVERITY_WARNING },
    { { .policy = "script-src 'nonce-YWJjZGVmZ2hpamtsbW5vcA'" }, "CSP-NONCE-SHORT", ABSENT },
    { { .policy = "script-src 'nonce-YWJj'" }, "CSP-STATIC-NONCE", ABSENT },
    { { .policy = "img-src *", .frame_options = "DENY" }, "CSP-FRAMING", ABSENT },
    { { .policy = FRAMED, .frame_options = "DENY" }, "CSP-FRAME-OPTIONS", GH_SEVERITY_INFO },
    { { .policy = "frame-ancestors https:", .frame_options = "DENY" },
      "CSP-FRAME-OPTIONS",
      GH_SEVERITY_WARNING },
    { { .policy = "frame-ancestors https:", .frame_options = "DENY", .report_only = TRUE },
      "CSP-FRAME-OPTIONS",
      ABSENT },
    { { .policy = "report-to x", .reporting_endpoints = "x=\"https://a.b/\"" },
      "CSP-REPORT-TO",
      ABSENT },
    { { .policy = "report-to x", .reporting_endpoints = "y=\"https://a.b/\"" },
      "CSP-REPORT-TO",
      GH_SEVERITY_WARNING },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (GPtrArray) findings
        = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_finding_unref);
      GhFinding *finding;

      gh_csp_findings_add (&answers[i].surroundings, findings);
      finding = find (findings, answers[i].id);
      g_test_message ("%u: %s", (guint) i, answers[i].id);
      g_assert_cmpint (finding != NULL, ==, answers[i].severity != ABSENT);
      if (finding != NULL)
        g_assert_cmpint (finding->severity, ==, answers[i].severity);
    }
}

/* Size marks, and no more findings of a kind than anyone reads. */
static void
test_bounds (void)
{
  static const struct
  {
    guint length;
    GhSeverity severity;
  } sizes[] = { { 4096, ABSENT },
                { 4097, GH_SEVERITY_INFO },
                { 8193, GH_SEVERITY_WARNING },
                { 16385, GH_SEVERITY_WARNING } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GString) policy = g_string_new ("img-src");
      g_autoptr (GPtrArray) findings
        = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_finding_unref);
      GhCspSurroundings surroundings = { .is_stored = TRUE };
      GhFinding *finding;

      while (policy->len < sizes[i].length)
        g_string_append_printf (policy, " http://h%u.google-analytics.com/x", (guint) policy->len);
      g_string_truncate (policy, sizes[i].length);
      surroundings.policy = policy->str;
      gh_csp_findings_add (&surroundings, findings);
      finding = find (findings, "CSP-SIZE");
      g_assert_cmpint (finding != NULL ? finding->severity : ABSENT, ==, sizes[i].severity);
      g_assert_cmpuint (findings->len, <, 32);
    }
}

static void
test_missing (void)
{
  g_autoptr (GArray) none = gh_csp_missing_sources_for_analytics ("default-src https:");
  g_autoptr (GArray) some = gh_csp_missing_sources_for_analytics ("script-src 'self'");
  g_autofree char *text = gh_csp_missing_to_text (some);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpstr (text, ==, "script-src https://*.googletagmanager.com");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/headers/csp-rules/cases", test_cases);
  g_test_add_func ("/headers/csp-rules/lockout", test_lockout);
  g_test_add_func ("/headers/csp-rules/answers", test_answers);
  g_test_add_func ("/headers/csp-rules/bounds", test_bounds);
  g_test_add_func ("/headers/csp-rules/missing", test_missing);

  return g_test_run ();
}
