/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The headers made of directives: what is read of them, what is odd and where, and that
 * nothing is lost on the way. */

#include "gh-content-type-options.h"
#include "gh-directive-list.h"
#include "gh-expect-ct.h"
#include "gh-frame-options.h"
#include "gh-hsts.h"
#include "gh-public-key-pins.h"
#include "gh-referrer-policy.h"
#include "gh-xss-protection.h"

#define PIN_A "d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM="
#define PIN_B "E9CZ9INDbd+2eRQozYqqbQ2yXLVKB9+xcprMF+44U1g="

/* "code@offset+length", joined by spaces. */
static void
assert_diagnostics (const GArray *diagnostics, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < diagnostics->len; i++)
    {
      const GhDiagnostic *diagnostic = gh_diagnostics_get_nth (diagnostics, i);

      g_string_append_printf (text,
                              "%s%s@%" G_GSIZE_FORMAT "+%" G_GSIZE_FORMAT,
                              i > 0 ? " " : "",
                              diagnostic->code,
                              diagnostic->offset,
                              diagnostic->length);
    }

  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_lossless (void)
{
  static const char *const texts[] = {
    "",
    " ",
    ";;",
    "max-age=1",
    " max-age = \"1\" ;  includeSubDomains;unknown=tok;; preload ",
    "a=\"un\\\"closed; b",
    "a b c = d ; =x",
    "caf\xc3\xa9=\x01; \x7f",
    "nosniff,,@#",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint j = 0; j < 2; j++)
      {
        g_autoptr (GhDirectiveList) list = gh_directive_list_parse (texts[i], -1, ";,"[j], NULL);
        g_autofree char *text = gh_directive_list_to_text (list);

        g_assert_cmpstr (text, ==, texts[i]);
      }
}

static void
test_list (void)
{
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
  g_autoptr (GhDirectiveList) list
    = gh_directive_list_parse ("A = \"x\\\";y\" ;b=c d;é", -1, ';', diagnostics);
  const GhDirective *directive = gh_directive_list_get_nth (list, 0);

  g_assert_cmpuint (gh_directive_list_get_n_directives (list), ==, 3);
  g_assert_cmpstr (directive->name, ==, "a");
  g_assert_cmpstr (directive->value, ==, "x\";y");
  g_assert_true (directive->quoted);
  g_assert_cmpuint (directive->length, ==, 11);
  g_assert_cmpstr (gh_directive_list_lookup (list, "b")->value, ==, "c");
  assert_diagnostics (diagnostics,
                      "character@19+1 character@20+1 trailing-text@17+1 directive-name@19+2");
}

static void
test_bounded (void)
{
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GhDirectiveList) list = NULL;

  for (guint i = 0; i < 1024 * 1024 / 2; i++)
    g_string_append (text, "a;");
  list = gh_directive_list_parse (text->str, text->len, ';', diagnostics);
  g_assert_cmpuint (gh_directive_list_get_n_directives (list), ==, GH_DIRECTIVE_LIST_MAXIMUM);
  g_assert_nonnull (gh_diagnostics_lookup (diagnostics, "too-many-directives"));
}

static void
test_hsts (void)
{
  static const struct
  {
    const char *text;
    GhHsts hsts;
    GhHstsPreload preload;
    const char *diagnostics;
  } cases[] = {
    { "max-age=63072000; includeSubDomains; preload", { 63072000, TRUE, TRUE }, 0, "" },
    { "MAX-AGE=\"31536000\" ; INCLUDESUBDOMAINS",
      { 31536000, TRUE, FALSE },
      GH_HSTS_NO_PRELOAD,
      "" },
    { "max-age=0",
      { 0, FALSE, FALSE },
      GH_HSTS_NO_PRELOAD | GH_HSTS_NO_SUBDOMAINS | GH_HSTS_TOO_SHORT,
      "" },
    { "includeSubDomains",
      { -1, TRUE, FALSE },
      GH_HSTS_NO_PRELOAD | GH_HSTS_TOO_SHORT,
      "missing-max-age@0+0" },
    { "max-age; preload",
      { -1, FALSE, TRUE },
      GH_HSTS_NO_SUBDOMAINS | GH_HSTS_TOO_SHORT,
      "missing-value@0+7" },
    { "max-age=1y",
      { -1, FALSE, FALSE },
      GH_HSTS_NO_PRELOAD | GH_HSTS_NO_SUBDOMAINS | GH_HSTS_TOO_SHORT,
      "not-a-number@8+2" },
    { "max-age=031536000; max-age=5; preload=1; x",
      { 31536000, FALSE, FALSE },
      GH_HSTS_NO_PRELOAD | GH_HSTS_NO_SUBDOMAINS,
      "repeated-directive@19+9 unexpected-value@30+9 unknown-directive@41+1 leading-zero@8+9" },
    { "max-age=99999999999999999999999;",
      { G_MAXINT64, FALSE, FALSE },
      GH_HSTS_NO_PRELOAD | GH_HSTS_NO_SUBDOMAINS | GH_HSTS_TOO_LONG,
      "empty-directive@32+0" },
    { "max-age=31536000, includeSubDomains",
      { -1, FALSE, FALSE },
      GH_HSTS_NO_PRELOAD | GH_HSTS_NO_SUBDOMAINS | GH_HSTS_TOO_SHORT,
      "value-not-token@8+9 trailing-text@18+17 not-a-number@8+9" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
      GhHsts hsts;

      gh_hsts_parse (cases[i].text, -1, &hsts, diagnostics);
      g_assert_cmpint (hsts.max_age, ==, cases[i].hsts.max_age);
      g_assert_cmpint (hsts.include_subdomains, ==, cases[i].hsts.include_subdomains);
      g_assert_cmpint (hsts.preload, ==, cases[i].hsts.preload);
      g_assert_cmpint (gh_hsts_check_preload (&hsts), ==, cases[i].preload);
      assert_diagnostics (diagnostics, cases[i].diagnostics);
    }
}

static void
test_public_key_pins (void)
{
  static const char *const pins[] = { PIN_A, PIN_B, NULL };
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
  g_autofree char *text
    = gh_public_key_pins_to_text (pins, 5184000, TRUE, "https://example.com/a\"b");
  g_autoptr (GhPublicKeyPins) parsed = gh_public_key_pins_parse (text, -1, diagnostics);
  g_autoptr (GhPublicKeyPins) poor = NULL;

  g_assert_cmpstr (text,
                   ==,
                   "pin-sha256=\"" PIN_A "\"; pin-sha256=\"" PIN_B
                   "\"; max-age=5184000; includeSubDomains; "
                   "report-uri=\"https://example.com/a\\\"b\"");
  assert_diagnostics (diagnostics, "");
  g_assert_cmpuint (parsed->pins->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (parsed->pins, 1), ==, PIN_B);
  g_assert_cmpint (parsed->max_age, ==, 5184000);
  g_assert_true (parsed->include_subdomains);
  g_assert_cmpstr (parsed->report_uri, ==, "https://example.com/a\"b");

  poor = gh_public_key_pins_parse ("pin-sha256=\"abc\"", -1, diagnostics);
  assert_diagnostics (diagnostics, "pin@11+5 backup-pin@0+0 missing-max-age@0+0");
  g_assert_true (gh_public_key_pin_is_valid (PIN_A));
  g_assert_false (gh_public_key_pin_is_valid ("d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM"));
  g_assert_false (gh_public_key_pin_is_valid ("d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZW==="));
  g_assert_false (gh_public_key_pin_is_valid ("d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZW\"M="));
}

static void
test_expect_ct (void)
{
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
  g_autofree char *text = gh_expect_ct_to_text (86400, TRUE, "https://example.com/ct");
  g_autofree char *plain = gh_expect_ct_to_text (0, FALSE, "");
  g_autoptr (GhExpectCt) parsed = gh_expect_ct_parse (text, -1, diagnostics);
  g_autoptr (GhExpectCt) early = NULL;

  g_assert_cmpstr (text, ==, "max-age=86400, enforce, report-uri=\"https://example.com/ct\"");
  g_assert_cmpstr (plain, ==, "max-age=0");
  assert_diagnostics (diagnostics, "");
  g_assert_cmpint (parsed->max_age, ==, 86400);
  g_assert_true (parsed->enforce);
  g_assert_cmpstr (parsed->report_uri, ==, "https://example.com/ct");

  early = gh_expect_ct_parse ("enforce; max-age=5", -1, diagnostics);
  assert_diagnostics (diagnostics,
                      "directive-name@0+8 trailing-text@9+9 unknown-directive@0+18 "
                      "missing-max-age@0+0");
}

static void
test_xss_protection (void)
{
  static const struct
  {
    const char *text;
    GhXssProtection protection;
    const char *diagnostics;
  } cases[] = {
    { "0", GH_XSS_PROTECTION_DISABLE, "" },
    { "1", GH_XSS_PROTECTION_FILTER, "" },
    { "1; mode=block", GH_XSS_PROTECTION_BLOCK, "" },
    { "1;MODE=Block", GH_XSS_PROTECTION_BLOCK, "" },
    { "1; mode=off", GH_XSS_PROTECTION_FILTER, "mode@8+3" },
    { "", GH_XSS_PROTECTION_INVALID, "empty-directive@0+0 switch@0+0" },
    { "2", GH_XSS_PROTECTION_INVALID, "unknown-directive@0+1 switch@0+0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) diagnostics = gh_diagnostics_new ();

      g_assert_cmpint (
        gh_xss_protection_parse (cases[i].text, -1, diagnostics), ==, cases[i].protection);
      assert_diagnostics (diagnostics, cases[i].diagnostics);
    }

  g_assert_cmpint (gh_xss_protection_from_mode ("block"), ==, GH_XSS_PROTECTION_BLOCK);
  g_assert_cmpint (gh_xss_protection_from_mode ("other"), ==, GH_XSS_PROTECTION_INVALID);
  g_assert_cmpstr (gh_xss_protection_to_text (GH_XSS_PROTECTION_BLOCK), ==, "1; mode=block");
}

/* After the table of the web platform tests, fetch/nosniff/parsing-nosniff.window.js. */
static void
test_content_type_options (void)
{
  static const struct
  {
    const char *text;
    gboolean nosniff;
  } cases[] = {
    { "NOSNIFF", TRUE },          { "nosniFF", TRUE },    { "nosniff,,@#", TRUE },
    { "nosniff, nosniff", TRUE }, { " nosniff\t", TRUE }, { "@#", FALSE },
    { ",nosniff", FALSE },        { "'NosniFF'", FALSE }, { "", FALSE },
    { "nosnif", FALSE },          { "nosniff;", FALSE },  { "nosniff x", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) diagnostics = gh_diagnostics_new ();

      g_assert_cmpint (
        gh_content_type_options_parse (cases[i].text, -1, diagnostics), ==, cases[i].nosniff);
      g_assert_cmpint (
        gh_diagnostics_get_worst (diagnostics) == GH_SEVERITY_ERROR, ==, !cases[i].nosniff);
    }
}

static void
test_frame_options (void)
{
  static const struct
  {
    const char *text;
    GhFrameOptions options;
    const char *diagnostics;
  } cases[] = {
    { "DENY", GH_FRAME_OPTIONS_DENY, "" },
    { "SameOrigin", GH_FRAME_OPTIONS_SAMEORIGIN, "" },
    { "deny, DENY", GH_FRAME_OPTIONS_DENY, "" },
    { "deny, sameorigin", GH_FRAME_OPTIONS_CONFLICT, "conflict@0+16" },
    { "deny, x", GH_FRAME_OPTIONS_CONFLICT, "value@6+1 conflict@0+7" },
    { "ALLOWALL", GH_FRAME_OPTIONS_ALLOWALL, "" },
    { "allow-from https://a", GH_FRAME_OPTIONS_NONE, "allow-from@0+20" },
    { "deny now", GH_FRAME_OPTIONS_NONE, "value@0+8" },
    { "", GH_FRAME_OPTIONS_NONE, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) diagnostics = gh_diagnostics_new ();

      g_assert_cmpint (
        gh_frame_options_parse (cases[i].text, -1, diagnostics), ==, cases[i].options);
      assert_diagnostics (diagnostics, cases[i].diagnostics);
    }

  g_assert_cmpstr (gh_frame_options_to_text (GH_FRAME_OPTIONS_DENY), ==, "DENY");
  g_assert_null (gh_frame_options_to_text (GH_FRAME_OPTIONS_CONFLICT));
}

static void
test_referrer_policy (void)
{
  static const struct
  {
    const char *text;
    const char *token;
    const char *diagnostics;
  } cases[] = {
    { "no-referrer", "no-referrer", "" },
    { "no-referrer, strict-origin-when-cross-origin", "strict-origin-when-cross-origin", "" },
    { "Same-Origin", "same-origin", "" },
    { "same-origin, new-thing", "same-origin", "unknown-policy@13+9" },
    { "same-origin origin", NULL, "trailing-text@12+6 unknown-policy@0+18 no-policy@0+0" },
    { "", NULL, "empty-directive@0+0 no-policy@0+0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
      const GhReferrerPolicy *policy = gh_referrer_policy_parse (cases[i].text, -1, diagnostics);

      g_assert_cmpstr (policy ? policy->token : NULL, ==, cases[i].token);
      assert_diagnostics (diagnostics, cases[i].diagnostics);
    }

  g_assert_cmpint (gh_referrer_policy_lookup ("unsafe-url")->exposure, ==, GH_REFERRER_ADDRESS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/headers/directives/lossless", test_lossless);
  g_test_add_func ("/headers/directives/list", test_list);
  g_test_add_func ("/headers/directives/bounded", test_bounded);
  g_test_add_func ("/headers/directives/hsts", test_hsts);
  g_test_add_func ("/headers/directives/public-key-pins", test_public_key_pins);
  g_test_add_func ("/headers/directives/expect-ct", test_expect_ct);
  g_test_add_func ("/headers/directives/xss-protection", test_xss_protection);
  g_test_add_func ("/headers/directives/content-type-options", test_content_type_options);
  g_test_add_func ("/headers/directives/frame-options", test_frame_options);
  g_test_add_func ("/headers/directives/referrer-policy", test_referrer_policy);
  return g_test_run ();
}
