/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules about headers, each from a table of policies, and what their mends do. */

#include <string.h>

#include "gh-header-rules.h"
#include "gh-permissions-policy.h"
#include "gh-value-type.h"

#define PIN_A "d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM="
#define PIN_B "E9CZ9INDbd+2eRQozYqqbQ2yXLVKB9+xcprMF+44U1g="
#define MAXIMUM_ASSIGNMENTS 5

static void
assign (GhPolicy *policy, const char *assignment)
{
  g_auto (GStrv) pair = g_strsplit (assignment, "=", 2);
  const GhSetting *setting = gh_settings_lookup (pair[0]);
  g_autoptr (GVariant) value = gh_value_from_text (setting, pair[1], NULL);

  gh_policy_set (policy, setting, value);
}

static GhFinding *
find (GPtrArray *findings, const char *id)
{
  for (guint i = 0; i < findings->len; i++)
    if (strcmp (((GhFinding *) g_ptr_array_index (findings, i))->id, id) == 0)
      return g_ptr_array_index (findings, i);

  return NULL;
}

static GPtrArray *
run (const GhPolicy *before, const GhPolicy *after)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_finding_unref);
  gsize n_rules;
  const GhRule *rules = gh_header_rules_get_table (&n_rules);

  gh_rules_run (rules, n_rules, before, after, findings);
  return findings;
}

typedef struct
{
  const char *id;
  gboolean expected;
  GhSeverity severity;
  gboolean mends; /* its mend takes it away */
  const char *after[MAXIMUM_ASSIGNMENTS];
  const char
    *before[MAXIMUM_ASSIGNMENTS]; /* what the policy was, where the rule is about a change */
} Case;

static const Case cases[] = {
  { "HSTS-ZERO", TRUE, GH_SEVERITY_WARNING, TRUE, { "strict-transport-security.max-age-days=0" } },
  { "HSTS-ZERO",
    FALSE,
    .after = { "strict-transport-security=false", "strict-transport-security.max-age-days=0" } },
  { "HSTS-RAMP",
    TRUE,
    GH_SEVERITY_CONFIRM,
    TRUE,
    { "strict-transport-security.max-age-days=180" },
    { "strict-transport-security=false" } },
  { "HSTS-RAMP",
    FALSE,
    .after = { "strict-transport-security.max-age-days=179" },
    .before = { "strict-transport-security=false" } },
  { "HSTS-RAMP", FALSE, .after = { "strict-transport-security.max-age-days=180" } },
  { "HSTS-SUBDOMAINS", TRUE, GH_SEVERITY_INFO, TRUE, { NULL } },
  { "HSTS-SUBDOMAINS", FALSE, .after = { "strict-transport-security=false" } },
  { "HSTS-PRELOAD", TRUE, GH_SEVERITY_ERROR, TRUE, { "strict-transport-security.preload=true" } },
  { "HSTS-PRELOAD",
    TRUE,
    GH_SEVERITY_ERROR,
    TRUE,
    { "strict-transport-security.preload=true",
      "strict-transport-security.include-subdomains=true",
      "strict-transport-security.max-age-days=364" } },
  { "HSTS-PRELOAD",
    FALSE,
    .after = { "strict-transport-security.preload=true",
               "strict-transport-security.include-subdomains=true" } },
  { "HSTS-PRELOAD-CONSENT",
    TRUE,
    GH_SEVERITY_CONFIRM,
    FALSE,
    { "strict-transport-security.preload=true" },
    { "strict-transport-security.preload=false" } },
  { "HSTS-PRELOAD-CONSENT", FALSE, .after = { "strict-transport-security.preload=true" } },
  { "DEPRECATED", TRUE, GH_SEVERITY_INFO, TRUE, { "xss-protection=true" } },
  { "XSS-FILTER",
    TRUE,
    GH_SEVERITY_WARNING,
    TRUE,
    { "xss-protection=true", "xss-protection.mode=block" } },
  { "XSS-FILTER", FALSE, .after = { "xss-protection=true", "xss-protection.mode=disable" } },
  { "XSS-FILTER", FALSE, .after = { "xss-protection=false", "xss-protection.mode=block" } },
  { "DEPRECATED", TRUE, GH_SEVERITY_INFO, TRUE, { "public-key-pins=true" } },
  { "DEPRECATED", TRUE, GH_SEVERITY_INFO, TRUE, { "expect-ct=true" } },
  { "DEPRECATED", FALSE },
  { "HPKP-BACKUP",
    TRUE,
    GH_SEVERITY_ERROR,
    TRUE,
    { "public-key-pins=true", "public-key-pins.pins=" PIN_A } },
  { "HPKP-BACKUP",
    TRUE,
    GH_SEVERITY_ERROR,
    TRUE,
    { "public-key-pins=true",
      "public-key-pins.pins=" PIN_A "," PIN_B,
      "public-key-pins.max-age-days=0" } },
  { "HPKP-BACKUP",
    FALSE,
    .after = { "public-key-pins=true", "public-key-pins.pins=" PIN_A "," PIN_B } },
  { "HPKP-CONSENT",
    TRUE,
    GH_SEVERITY_CONFIRM,
    FALSE,
    { "public-key-pins=true" },
    { "public-key-pins=false" } },
  { "HPKP-CONSENT", FALSE, .after = { "public-key-pins=true" } },
  { "PP-SYNTAX", FALSE },
  { "PP-SYNTAX",
    TRUE,
    GH_SEVERITY_ERROR,
    TRUE,
    { "permissions-policy.policy=camera 'none'; usb 'self' https://example.com" } },
  { "PP-SYNTAX", TRUE, GH_SEVERITY_ERROR, FALSE, { "permissions-policy.policy=camera=(" } },
  { "PP-SYNTAX", TRUE, GH_SEVERITY_WARNING, FALSE, { "permissions-policy.policy=levitation=()" } },
  { "PP-SYNTAX",
    FALSE,
    .after = { "permissions-policy=false", "permissions-policy.policy=camera=(" } },
  { "ISOLATION", FALSE },
  { "ISOLATION",
    TRUE,
    GH_SEVERITY_INFO,
    FALSE,
    { "cross-origin-embedder-policy=true", "cross-origin-opener-policy.policy=same-origin" } },
  { "ISOLATION", TRUE, GH_SEVERITY_INFO, FALSE, { "cross-origin-embedder-policy=true" } },
  { "ISOLATION",
    FALSE,
    .after
    = { "cross-origin-embedder-policy=true", "cross-origin-embedder-policy.policy=unsafe-none" } },
  { "COEP-THIRDPARTY",
    TRUE,
    GH_SEVERITY_WARNING,
    TRUE,
    { "cross-origin-embedder-policy=true", "captcha-enabled=true" } },
  { "COEP-THIRDPARTY",
    FALSE,
    .after = { "cross-origin-embedder-policy=true",
               "captcha-enabled=false",
               "gravatar-enabled=false",
               "google-analytics=false" } },
  { "COEP-CREDENTIALLESS",
    TRUE,
    GH_SEVERITY_INFO,
    FALSE,
    { "cross-origin-embedder-policy=true", "cross-origin-embedder-policy.policy=credentialless" } },
  { "COEP-CREDENTIALLESS", FALSE, .after = { "cross-origin-embedder-policy=true" } },
  { "COOP-SOCIAL",
    TRUE,
    GH_SEVERITY_WARNING,
    TRUE,
    { "cross-origin-opener-policy.policy=same-origin" } },
  { "COOP-SOCIAL", FALSE },
  { "CORP-EMBED",
    TRUE,
    GH_SEVERITY_INFO,
    TRUE,
    { "cross-origin-resource-policy.policy=same-origin" } },
  { "CORP-EMBED", FALSE },
  { "REFERRER-TOKEN", TRUE, GH_SEVERITY_HIGH, TRUE, { "referrer-policy=false" } },
  { "REFERRER-TOKEN", TRUE, GH_SEVERITY_HIGH, TRUE, { "referrer-policy.policy=unsafe-url" } },
  { "REFERRER-TOKEN",
    TRUE,
    GH_SEVERITY_HIGH,
    TRUE,
    { "referrer-policy.policy=no-referrer-when-downgrade" } },
  { "REFERRER-TOKEN", FALSE, .after = { "referrer-policy.policy=origin" } },
  { "NOSNIFF-UPLOADS", TRUE, GH_SEVERITY_HIGH, TRUE, { "content-type-options=false" } },
  { "NOSNIFF-UPLOADS",
    FALSE,
    .after = { "content-type-options=false", "allowed-file-extensions=png,pdf" } },
  { "NOSNIFF-UPLOADS", FALSE },
};

static void
check_mend (const Case *rule_case,
            const GhFinding *finding,
            const GhPolicy *before,
            GhPolicy *after)
{
  g_autoptr (GPtrArray) findings = NULL;

  g_assert_nonnull (finding->mend_title);
  for (guint i = 0; i < finding->mend->len; i++)
    {
      const GhMend *mend = g_ptr_array_index (finding->mend, i);

      g_assert_true (gh_value_check (mend->setting, mend->value, NULL));
      gh_policy_set (after, mend->setting, mend->value);
    }

  findings = run (before, after);
  g_assert_null (find (findings, rule_case->id));
}

static void
test_case (gconstpointer data)
{
  const Case *rule_case = data;
  g_autoptr (GhPolicy) before = gh_policy_new ();
  g_autoptr (GhPolicy) after = gh_policy_new ();
  g_autoptr (GPtrArray) findings = NULL;
  GhFinding *finding;

  for (guint i = 0; rule_case->after[i]; i++)
    assign (after, rule_case->after[i]);
  for (guint i = 0; rule_case->before[i]; i++)
    assign (before, rule_case->before[i]);

  findings = run (rule_case->before[0] ? before : after, after);
  finding = find (findings, rule_case->id);
  g_assert_cmpint (finding != NULL, ==, rule_case->expected);
  if (!finding)
    return;

  g_assert_cmpint (finding->severity, ==, rule_case->severity);
  g_assert_null (strstr (finding->message, "%s"));
  if (rule_case->mends)
    check_mend (rule_case, finding, rule_case->before[0] ? before : after, after);
}

/* Each rule has words, a source and fields that exist, and some case brings it up. */
static void
test_table (void)
{
  gsize n_rules;
  const GhRule *rules = gh_header_rules_get_table (&n_rules);

  g_assert_cmpuint (n_rules, >=, 18);
  for (gsize i = 0; i < n_rules; i++)
    {
      g_assert_nonnull (rules[i].message);
      g_assert_nonnull (rules[i].explanation);
      g_assert_nonnull (rules[i].source);
      g_assert_nonnull (rules[i].fields[0]);
      for (guint j = 0; rules[i].fields[j]; j++)
        g_assert_nonnull (gh_settings_lookup (rules[i].fields[j]));
    }
}

static void
test_unsafe (void)
{
  g_autoptr (GhPolicy) policy = gh_policy_new ();
  g_autoptr (GPtrArray) findings = NULL;

  gh_policy_set (policy,
                 gh_settings_lookup ("permissions-policy.policy"),
                 g_variant_new_string ("camera=()\r\nX: y"));
  findings = run (policy, policy);
  g_assert_cmpint (find (findings, "HEADER-UNSAFE")->severity, ==, GH_SEVERITY_ERROR);
  g_assert_nonnull (strstr (find (findings, "HEADER-UNSAFE")->message, "Permissions-Policy"));
}

static void
test_check (void)
{
  g_autoptr (GhPolicy) policy = gh_policy_new ();
  g_autoptr (GPtrArray) findings = NULL;

  assign (policy, "strict-transport-security.preload=true");
  assign (policy, "global-session-timeout=0");
  findings = gh_policy_check (policy, policy);
  g_assert_nonnull (find (findings, "HSTS-PRELOAD"));
  g_assert_nonnull (find (findings, "SESSION-FOREVER"));
  for (guint i = 1; i < findings->len; i++)
    g_assert_cmpint (((GhFinding *) g_ptr_array_index (findings, i - 1))->severity,
                     >=,
                     ((GhFinding *) g_ptr_array_index (findings, i))->severity);
}

static void
test_feature_policy (void)
{
  static const struct
  {
    const char *old;
    const char *present;
  } texts[] = {
    { "camera 'none'", "camera=()" },
    { "camera 'none'; microphone 'self' https://a.example; usb *;",
      "camera=(), microphone=(self \"https://a.example\"), usb=*" },
    { "camera='none', fullscreen='self'", "camera=(), fullscreen=(self)" },
    { "geolocation; camera 'none'", "geolocation=(self), camera=()" },
    { "camera=()", NULL },
    { "camera 'nobody'", NULL },
    { "Camera 'none'", NULL },
    { "camera \"x\" 'none'", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *present = gh_permissions_policy_from_feature_policy (texts[i].old);

      g_assert_cmpstr (present, ==, texts[i].present);
    }
}

static void
test_size (void)
{
  static const struct
  {
    guint features; /* times fifty bytes */
    guint policy;
    gboolean expected;
  } sizes[] = { { 60, 10, FALSE }, { 80, 10, TRUE }, { 10, 5000, FALSE }, { 70, 5000, TRUE } };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GhPolicy) policy = gh_policy_new ();
      g_autoptr (GPtrArray) findings = NULL;
      g_autofree char *text = g_strnfill (sizes[i].policy, 'a');
      g_autofree char *address = g_strnfill (sizes[i].features * 50, 'a');
      g_autofree char *features = g_strdup_printf ("camera=(\"https://%s\")", address);

      assign (policy, "content-security-policy=true");
      assign (policy, "permissions-policy=true");
      gh_policy_set (
        policy, gh_settings_lookup ("content-security-policy.policy"), g_variant_new_string (text));
      gh_policy_set (
        policy, gh_settings_lookup ("permissions-policy.policy"), g_variant_new_string (features));
      findings = run (policy, policy);
      g_assert_cmpint (find (findings, "HEADERS-SIZE") != NULL, ==, sizes[i].expected);
    }
}

/* Of a header with a thousand faults, some are told. */
static void
test_many_faults (void)
{
  g_autoptr (GhPolicy) policy = gh_policy_new ();
  g_autoptr (GString) features = g_string_new ("x=()");
  g_autoptr (GPtrArray) findings = NULL;
  guint n_faults = 0;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (features, ", x%u=()", i);
  assign (policy, "permissions-policy=true");
  gh_policy_set (
    policy, gh_settings_lookup ("permissions-policy.policy"), g_variant_new_string (features->str));
  findings = run (policy, policy);
  for (guint i = 0; i < findings->len; i++)
    n_faults += strcmp (((GhFinding *) g_ptr_array_index (findings, i))->id, "PP-SYNTAX") == 0;

  g_assert_cmpuint (n_faults, ==, 24);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/headers/rules/%s/%u", cases[i].id, i);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/headers/rules/table", test_table);
  g_test_add_func ("/headers/rules/unsafe", test_unsafe);
  g_test_add_func ("/headers/rules/size", test_size);
  g_test_add_func ("/headers/rules/many-faults", test_many_faults);
  g_test_add_func ("/headers/rules/check", test_check);
  g_test_add_func ("/headers/rules/feature-policy", test_feature_policy);
  return g_test_run ();
}
