/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Permissions-Policy, and the other headers that are structured fields. */

#include <string.h>

#include "gh-cross-origin.h"
#include "gh-permissions-policy.h"
#include "gh-reporting-endpoints.h"

static void
assert_codes (const GArray *diagnostics, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < diagnostics->len; i++)
    g_string_append_printf (text,
                            "%s%s@%" G_GSIZE_FORMAT,
                            i > 0 ? " " : "",
                            gh_diagnostics_get_nth (diagnostics, i)->code,
                            gh_diagnostics_get_nth (diagnostics, i)->offset);

  g_assert_cmpstr (text->str, ==, expected);
}

static char *
describe (const GhPermission *permission)
{
  GString *text = g_string_new (permission->feature);

  g_string_append_printf (
    text, ":%s%s", permission->everyone ? "*" : "", permission->self ? "self" : "");
  for (guint i = 0; i < permission->origins->len; i++)
    g_string_append_printf (text, " %s", (const char *) g_ptr_array_index (permission->origins, i));
  if (permission->report_to)
    g_string_append_printf (text, " -> %s", permission->report_to);
  return g_string_free (text, FALSE);
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *permissions; /* joined by "|", NULL when the header is dropped */
    const char *codes;
  } cases[] = {
    { "geolocation=(), camera=*, microphone=self", "geolocation:|camera:*|microphone:self", "" },
    { "camera=(self \"https://*.example.com:8443\");report-to=\"main\"",
      "camera:self https://*.example.com:8443 -> main",
      "" },
    { "", "", "" },
    { "camera=\"https://a.example\"", "camera: https://a.example", "" },
    { "camera", "camera:", "no-allowlist@0" },
    { "camera=none", "camera:", "token@0" },
    { "camera=(self none)", "camera:self", "token@0" },
    { "camera=(\"https://a.example/path\")", "camera: https://a.example/path", "origin@0" },
    { "camera=(1)", "camera:", "origin@0" },
    { "usb=(), levitation=()", "usb:|levitation:", "unknown-feature@8" },
    { "vr=()", "vr:", "retired-feature@0" },
    { "camera=(), usb=(), camera=*", "camera:*|usb:", "repeated-feature@0" },
    { "camera=();report-to=main", "camera:", "report-to@0" },
    { "camera 'none'", NULL, "separator@7 feature-policy-syntax@7" },
    { "camera='none'", NULL, "value@7 feature-policy-syntax@7" },
    { "camera=(),", NULL, "trailing-comma@9" },
    { "Camera=()", NULL, "key@0" },
    { "camera=() usb=()", NULL, "separator@10" },
    { "camera=(", NULL, "inner-list@7" },
    { "camera=(\"https://a\",self)", NULL, "inner-list@19" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
      g_autoptr (GhPermissionsPolicy) policy
        = gh_permissions_policy_parse (cases[i].text, -1, diagnostics);
      g_autoptr (GString) text = g_string_new (NULL);

      g_assert_cmpint (policy != NULL, ==, cases[i].permissions != NULL);
      assert_codes (diagnostics, cases[i].codes);
      if (!policy)
        continue;

      for (guint j = 0; j < gh_permissions_policy_get_n_permissions (policy); j++)
        {
          g_autofree char *permission = describe (gh_permissions_policy_get_nth (policy, j));

          g_string_append_printf (text, "%s%s", j > 0 ? "|" : "", permission);
        }
      g_assert_cmpstr (text->str, ==, cases[i].permissions);
    }
}

static void
test_edit (void)
{
  static const char *const origins[]
    = { "https://a.example", "bad\n", "https://b.example/path", "b.example", "self", NULL };
  static const struct
  {
    const char *text;
    const char *feature;
    gboolean everyone;
    gboolean self;
    const char *const *origins;
    const char *edited;
  } cases[] = {
    { "", "camera", FALSE, FALSE, NULL, "camera=()" },
    { "usb=* ,camera=( self )", "camera", TRUE, FALSE, NULL, "usb=* ,camera=*" },
    { "usb=* ,camera=( self )", "usb", FALSE, TRUE, NULL, "usb=(self) ,camera=( self )" },
    { "usb=*", "hid", FALSE, TRUE, origins, "usb=*, hid=(self \"https://a.example\")" },
    { "usb=*", "hid", FALSE, FALSE, origins, "usb=*, hid=(\"https://a.example\")" },
    { "usb=*;report-to=\"e\"", "usb", FALSE, FALSE, NULL, "usb=();report-to=\"e\"" },
    { "usb=(self);a=1;  report-to=\"e\";b=?0 , hid=*",
      "usb",
      TRUE,
      FALSE,
      NULL,
      "usb=*;a=1;  report-to=\"e\";b=?0 , hid=*" },
    { "usb=(self \"https://b.example\";c);d", "usb", FALSE, TRUE, NULL, "usb=(self);d" },
    { "usb;d, hid", "usb", FALSE, TRUE, NULL, "usb=(self);d, hid" },
    { "usb=*;d, usb=();e", "usb", FALSE, TRUE, NULL, "usb=*;d, usb=(self);e" },
    { "levitation=*", "levitation", FALSE, TRUE, NULL, "levitation=(self)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GhPermissionsPolicy) policy
        = gh_permissions_policy_parse (cases[i].text, -1, NULL);
      g_autoptr (GhPermissionsPolicy) reread = NULL;
      g_autofree char *edited = gh_permissions_policy_replace (
        policy, cases[i].feature, cases[i].everyone, cases[i].self, cases[i].origins);
      g_autofree char *removed = NULL;

      g_assert_cmpstr (edited, ==, cases[i].edited);
      reread = gh_permissions_policy_parse (edited, -1, NULL);
      g_assert_nonnull (gh_permissions_policy_lookup (reread, cases[i].feature));
      removed = gh_permissions_policy_remove (reread, cases[i].feature);
      g_assert_null (strstr (removed, cases[i].feature));
    }
}

static void
test_allows_self (void)
{
  static const struct
  {
    const char *feature;
    gboolean allowed;
  } cases[] = {
    { "usb", FALSE },
    { "serial", FALSE },
    { "hid", TRUE },
    { "midi", TRUE },
    { "camera", TRUE },   /* self by default */
    { "sync-xhr", TRUE }, /* everybody by default */
    { "unload", FALSE },  /* nobody by default */
    { "document-domain", FALSE },
    { "vr", FALSE },
    { "levitation", FALSE },
    { "flight", FALSE },
  };
  g_autoptr (GhPermissionsPolicy) policy = gh_permissions_policy_parse (
    "usb=(), serial=(\"https://a.example\"), hid=self, midi=*, vr=*, levitation=*", -1, NULL);
  g_autoptr (GhPermissionsPolicy) unloading
    = gh_permissions_policy_parse ("unload=self, camera=(), sync-xhr=()", -1, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].feature);
      g_assert_cmpint (
        gh_permissions_policy_allows_self (policy, cases[i].feature), ==, cases[i].allowed);
    }

  g_assert_true (gh_permissions_policy_allows_self (unloading, "unload"));
  g_assert_false (gh_permissions_policy_allows_self (unloading, "camera"));
  g_assert_false (gh_permissions_policy_allows_self (unloading, "sync-xhr"));
}

static void
test_words (void)
{
  static const struct
  {
    const char *feature;
    const char *text; /* NULL: not named */
    const char *words;
  } cases[] = {
    { "usb", "usb=()", "" },
    { "serial", NULL, "" },
    { "levitation", "levitation=*", "“levitation”" },
    { "camera", "camera=(none \"x\");a", "“camera" },
  };
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
  g_autoptr (GhPermissionsPolicy) policy = gh_permissions_policy_parse (
    "usb=* ,levitation=*, camera=(none \"x\");a , usb=()", -1, diagnostics);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = gh_permissions_policy_dup_text (policy, cases[i].feature);
      g_autofree char *words
        = gh_permissions_policy_dup_words (policy, cases[i].feature, diagnostics);

      g_test_message ("%s: %s", cases[i].feature, words);
      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpint (*words == '\0', ==, *cases[i].words == '\0');
      g_assert_nonnull (strstr (words, cases[i].words));
      g_assert_cmpint (strchr (words, '\n') != NULL, ==, strcmp (cases[i].feature, "camera") == 0);
    }
}

static void
test_origins (void)
{
  static const char *const valid[] = {
    "https://a.example",
    "https://a.example:8443",
    "https://A.Example",
    "https://a.example.",
    "https://a.example.:1",
    "https://localhost",
    "https://my_host.example",
    "https://xn--mller-kva.example",
    "https://*.a.example",
    "https://*.a.example:8443",
    "https://a.example:*",
    "https://*",
    "https://*:443",
    "https:",
    "custom+scheme-1.0:",
    "app://x",
    "https://127.0.0.1",
    "https://127.0.0.1:8080",
    "https://1.example",
    "https://[::1]",
    "https://[2001:db8::1]:8443",
    "https://[::ffff:192.0.2.1]",
  };
  static const char *const invalid[] = {
    "",
    "*",
    "self",
    "a.example",
    "//a.example",
    "://a.example",
    "https",
    "https:/",
    "https://",
    "https:a.example",
    "1https://a.example",
    "+https://a.example",
    "ht_tps://a.example",
    "https://a.example/",
    "https://a.example/path",
    "https://a.example?x",
    "https://user@a.example",
    "https://a.example:",
    "https://a.example:65536",
    "https://a.example:000443",
    "https://a.example:80a",
    "https://a.example:**",
    "https://.",
    "https://.a.example",
    "https://a..example",
    "https://a.example..",
    "https://-a.example",
    "https://a-.example",
    "https://*.",
    "https://*a.example",
    "https://*.*.example",
    "https://a.*.example",
    "https://*.127.0.0.1",
    "https://*.[::1]",
    "https://256.0.0.1",
    "https://a.1",
    "https://[]",
    "https://[::1",
    "https://::1",
    "https://[1.2.3.4]",
    "https://[::1%25lo]",
    "https://[::1]x",
    "https://[:::]",
    "https://m\xc3\xbcller.example",
    "https://a example",
    "https://a.example https://b.example",
  };
  g_autofree char *label = g_strnfill (63, 'a');
  g_autofree char *longest = g_strjoin (".", label, label, label, label + 2, NULL);
  g_autofree char *fits = g_strconcat ("https://", longest, NULL);
  g_autofree char *too_long = g_strconcat ("https://a", longest, NULL);
  g_autofree char *long_label = g_strconcat ("https://a", label, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (valid); i++)
    {
      g_test_message ("%s", valid[i]);
      g_assert_true (gh_permission_origin_is_valid (valid[i]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      g_autofree char *escaped = g_strescape (invalid[i], NULL);

      g_test_message ("%s", escaped);
      g_assert_false (gh_permission_origin_is_valid (invalid[i]));
    }

  g_assert_cmpuint (strlen (longest), ==, 253);
  g_assert_true (gh_permission_origin_is_valid (fits));
  g_assert_false (gh_permission_origin_is_valid (too_long));
  g_assert_false (gh_permission_origin_is_valid (long_label));
}

/* One of each kind, as its specification has it. */
static void
test_defaults (void)
{
  static const struct
  {
    const char *feature;
    GhFeatureStatus status;
    GhFeatureDefault default_allowlist;
  } cases[] = {
    { "camera", GH_FEATURE_CURRENT, GH_FEATURE_FOR_SELF },
    { "ch-dpr", GH_FEATURE_CURRENT, GH_FEATURE_FOR_SELF },
    { "ch-save-data", GH_FEATURE_CURRENT, GH_FEATURE_FOR_EVERYONE },
    { "document-domain", GH_FEATURE_RETIRED, GH_FEATURE_FOR_EVERYONE },
    { "gamepad", GH_FEATURE_CURRENT, GH_FEATURE_FOR_EVERYONE },
    { "smart-card", GH_FEATURE_EXPERIMENTAL, GH_FEATURE_FOR_SELF },
    { "sync-xhr", GH_FEATURE_CURRENT, GH_FEATURE_FOR_EVERYONE },
    { "unload", GH_FEATURE_CURRENT, GH_FEATURE_FOR_NOBODY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GhFeature *feature = gh_features_lookup (cases[i].feature);

      g_test_message ("%s", cases[i].feature);
      g_assert_nonnull (feature);
      g_assert_cmpint (feature->status, ==, cases[i].status);
      g_assert_cmpint (feature->default_allowlist, ==, cases[i].default_allowlist);
    }
}

static void
test_features (void)
{
  gsize n_features;
  const GhFeature *features = gh_features_get_table (&n_features);

  for (gsize i = 0; i < n_features; i++)
    {
      g_assert_true (gh_structured_key_is_valid (features[i].name));
      g_assert_true (gh_features_lookup (features[i].name) == &features[i]);
      g_assert_true (g_str_has_suffix (features[i].description, "."));
      g_assert_cmpint (g_str_has_prefix (features[i].description, "Once let "),
                       ==,
                       features[i].status == GH_FEATURE_RETIRED);
      for (gsize j = 0; j < i; j++)
        g_assert_cmpstr (features[j].description, !=, features[i].description);
      if (i > 0)
        g_assert_cmpstr (features[i - 1].name, <, features[i].name);
    }

  g_assert_null (gh_features_lookup ("levitation"));
}

static void
test_cross_origin (void)
{
  static const struct
  {
    GhCrossOriginHeader header;
    const char *text;
    const char *policy;
    const char *report_to;
    const char *codes;
  } cases[] = {
    { GH_CROSS_ORIGIN_EMBEDDER, "require-corp", "require-corp", NULL, "" },
    { GH_CROSS_ORIGIN_EMBEDDER,
      " credentialless ; report-to=\"x\"",
      "unsafe-none",
      NULL,
      "trailing-text@16" },
    { GH_CROSS_ORIGIN_EMBEDDER, "credentialless; report-to=\"x\"", "credentialless", "x", "" },
    { GH_CROSS_ORIGIN_EMBEDDER, "require-corp;report-to=x", "require-corp", NULL, "report-to@0" },
    { GH_CROSS_ORIGIN_EMBEDDER, "Require-Corp", "unsafe-none", NULL, "value@0" },
    { GH_CROSS_ORIGIN_EMBEDDER,
      "require-corp, require-corp",
      "unsafe-none",
      NULL,
      "trailing-text@12" },
    { GH_CROSS_ORIGIN_OPENER, "same-origin", "same-origin", NULL, "" },
    { GH_CROSS_ORIGIN_OPENER, "noopener-allow-popups", "noopener-allow-popups", NULL, "" },
    { GH_CROSS_ORIGIN_OPENER, "same-origin;", "unsafe-none", NULL, "key@12" },
    { GH_CROSS_ORIGIN_OPENER, "same-origin-plus-COEP", "unsafe-none", NULL, "value@0" },
    { GH_CROSS_ORIGIN_OPENER, "\"same-origin\"", "unsafe-none", NULL, "value@0" },
    { GH_CROSS_ORIGIN_RESOURCE, " same-site\t", "same-site", NULL, "" },
    { GH_CROSS_ORIGIN_RESOURCE, "Same-Site", "cross-origin", NULL, "value@0" },
    { GH_CROSS_ORIGIN_RESOURCE, "same-site, same-site", "cross-origin", NULL, "value@0" },
    { GH_CROSS_ORIGIN_RESOURCE, "", "cross-origin", NULL, "value@0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
      g_autoptr (GhCrossOriginPolicy) policy
        = gh_cross_origin_parse (cases[i].header, cases[i].text, -1, diagnostics);

      g_assert_cmpstr (policy->policy, ==, cases[i].policy);
      g_assert_cmpstr (policy->report_to, ==, cases[i].report_to);
      assert_codes (diagnostics, cases[i].codes);
    }

  g_assert_true (gh_cross_origin_isolates ("credentialless", "same-origin"));
  g_assert_false (gh_cross_origin_isolates ("require-corp", "same-origin-allow-popups"));
  g_assert_false (gh_cross_origin_isolates ("unsafe-none", "same-origin"));
}

static void
test_reporting_endpoints (void)
{
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
  g_autoptr (GhStructuredField) endpoints
    = gh_reporting_endpoints_parse ("main=\"https://r.example/\", local=\"/r\", "
                                    "bad=\"http://r.example\", word=x, list=(\"https://a\")",
                                    -1,
                                    diagnostics);

  g_assert_nonnull (endpoints);
  assert_codes (diagnostics, "endpoint-not-secure@39 endpoint@63 endpoint@71");
  g_assert_cmpstr (gh_reporting_endpoints_lookup (endpoints, "main"), ==, "https://r.example/");
  g_assert_cmpstr (gh_reporting_endpoints_lookup (endpoints, "local"), ==, "/r");
  g_assert_null (gh_reporting_endpoints_lookup (endpoints, "bad"));
  g_assert_null (gh_reporting_endpoints_lookup (endpoints, "word"));
  g_assert_null (gh_reporting_endpoints_lookup (endpoints, "absent"));
  g_assert_null (gh_reporting_endpoints_parse ("main=", -1, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/headers/permissions-policy/parse", test_parse);
  g_test_add_func ("/headers/permissions-policy/edit", test_edit);
  g_test_add_func ("/headers/permissions-policy/allows-self", test_allows_self);
  g_test_add_func ("/headers/permissions-policy/words", test_words);
  g_test_add_func ("/headers/permissions-policy/origins", test_origins);
  g_test_add_func ("/headers/permissions-policy/defaults", test_defaults);
  g_test_add_func ("/headers/permissions-policy/features", test_features);
  g_test_add_func ("/headers/permissions-policy/cross-origin", test_cross_origin);
  g_test_add_func ("/headers/permissions-policy/reporting-endpoints", test_reporting_endpoints);
  return g_test_run ();
}
