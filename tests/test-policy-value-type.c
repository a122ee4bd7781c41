/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values: there and back in every form, words for people, and what is refused with
 * which words. */

#include <string.h>

#include "gh-policy-error.h"
#include "gh-value-format.h"
#include "gh-value-type.h"

#define PIN_A "d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM="
#define PIN_B "E9CZ9INDbd+2eRQozYqqbQ2yXLVKB9+xcprMF+44U1g="

/* Values in text form that a field takes, beside its default. */
static const struct
{
  const char *id;
  const char *text;
} accepted[] = {
  { "global-session-timeout", "0" },
  { "global-session-timeout", "43200" },
  { "email-otp-expiry", "30" },
  { "captcha-enabled", "false" },
  { "password-policy", "basic" },
  { "auth-page-banner.text", "First line\nsecond\tline, with ü and 漢" },
  { "content-security-policy.policy", "default-src 'self'; script-src https: 'nonce-abc=='" },
  { "public-key-pins.pins", PIN_A "," PIN_B },
  { "public-key-pins.report-uri", "https://reports.example:8443/pins?site=1" },
  { "expect-ct.report-uri", "HTTP://[::1]/" },
  { "google-analytics.measurement-id", "G-AB12CD34EF" },
  { "allowed-file-extensions", "7z,mp4" },
  { "allowed-file-extensions", "" },
};

static void
assert_round_trip (const GhSetting *setting, GVariant *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = gh_value_to_json (setting, value);
  g_autofree char *text = gh_value_to_text (setting, value);
  g_autofree char *words = gh_value_describe (setting, value);
  g_autoptr (GVariant) from_json = gh_value_from_json (setting, node, &error);
  g_autoptr (GVariant) from_text = NULL;

  g_test_message ("%s = %s", setting->id, text);
  g_assert_no_error (error);
  g_assert_true (gh_value_equal (value, from_json));
  g_assert_false (g_variant_is_floating (from_json));

  from_text = gh_value_from_text (setting, text, &error);
  g_assert_no_error (error);
  g_assert_true (gh_value_equal (value, from_text));
  g_assert_false (g_variant_is_floating (from_text));
  g_assert_cmpstr (words, !=, "");
}

static void
test_round_trips (void)
{
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    assert_round_trip (gh_settings_get_nth (i), gh_setting_get_default (gh_settings_get_nth (i)));

  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr (GError) error = NULL;
      const GhSetting *setting = gh_settings_lookup (accepted[i].id);
      g_autoptr (GVariant) value = gh_value_from_text (setting, accepted[i].text, &error);

      g_assert_no_error (error);
      assert_round_trip (setting, value);
    }
}

/* What people type, and what is kept. */
static const struct
{
  const char *id;
  const char *typed;
  const char *kept;
} forgiven[] = {
  { "captcha-enabled", " Off ", "false" },
  { "captcha-enabled", "YES", "true" },
  { "captcha-enabled", "1", "true" },
  { "captcha-enabled", "no", "false" },
  { "global-session-timeout", " 15 ", "15" },
  { "password-policy", " strict\n", "strict" },
  { "allowed-file-extensions", ".PDF, docx\n  png", "pdf,docx,png" },
};

static void
test_forgiving_text (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forgiven); i++)
    {
      g_autoptr (GError) error = NULL;
      const GhSetting *setting = gh_settings_lookup (forgiven[i].id);
      g_autoptr (GVariant) value = gh_value_from_text (setting, forgiven[i].typed, &error);
      g_autofree char *kept = NULL;

      g_assert_no_error (error);
      kept = gh_value_to_text (setting, value);
      g_assert_cmpstr (kept, ==, forgiven[i].kept);
    }
}

static const struct
{
  const char *id;
  const char *text;
  const char *words;
} described[] = {
  { "global-session-timeout", "15", "15 minutes" },
  { "global-session-timeout", "1", "1 minute" },
  { "global-session-timeout", "60", "60 minutes" },
  { "global-session-timeout", "0", "Never ends" },
  { "global-session-timeout", "90", "90 minutes" },
  { "global-session-timeout", "120", "120 minutes (2 hours)" },
  { "global-session-timeout", "1440", "1440 minutes (1 day)" },
  { "global-session-timeout", "10080", "10080 minutes (7 days)" },
  { "password-reset-link-expiry", "0", "Never expires" },
  { "email-otp-expiry", "300", "300 seconds (5 minutes)" },
  { "email-otp-expiry", "60", "60 seconds (1 minute)" },
  { "email-otp-expiry", "90", "90 seconds" },
  { "forced-password-reset-interval", "90", "90 days" },
  { "max-failed-login-attempts", "5", "5 attempts" },
  { "password-reuse-limit", "24", "24 passwords" },
  { "captcha-enabled", "true", "On" },
  { "captcha-enabled", "false", "Off" },
  { "password-policy", "strict", "Strict" },
  { "google-analytics.measurement-id", "G-AB12CD34EF", "“G-AB12CD34EF”" },
  { "google-analytics.measurement-id", "", "Empty" },
  { "auth-page-banner.text", "Two\nlines", "“Two lines”" },
  { "allowed-file-extensions", "", "Nothing can be attached" },
  { "allowed-file-extensions", "pdf,png", "pdf, png" },
  { "allowed-file-extensions", "a,b,c,d,e,f,g", "7 entries" },
  { "public-key-pins.pins", "", "Empty" },
};

static void
test_descriptions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (described); i++)
    {
      const GhSetting *setting = gh_settings_lookup (described[i].id);
      g_autoptr (GVariant) value = gh_value_from_text (setting, described[i].text, NULL);
      g_autofree char *words = gh_value_describe (setting, value);

      g_assert_cmpstr (words, ==, described[i].words);
    }
}

static void
test_long_strings_are_cut (void)
{
  const GhSetting *setting = gh_settings_lookup ("auth-page-banner.text");
  g_autofree char *text = g_strnfill (2000, 'x');
  g_autoptr (GVariant) value = gh_value_from_text (setting, text, NULL);
  g_autofree char *words = gh_value_describe (setting, value);

  g_assert_cmpint (g_utf8_strlen (words, -1), <, 70);
  g_assert_true (g_str_has_suffix (words, "x…”"));
}

static void
test_nothing_is_cut_from_the_whole (void)
{
  g_autofree char *text = g_strnfill (2000, 'x');
  const struct
  {
    const char *id;
    const char *text;
    const char *words;
  } whole[] = {
    { "auth-page-banner.text", text, text },
    { "auth-page-banner.text", "Two\nlines", "Two\nlines" },
    { "auth-page-banner.text", "", "Empty" },
    { "allowed-file-extensions", "a,b,c,d,e,f,g", "a,b,c,d,e,f,g" },
    { "allowed-file-extensions", "", "Nothing can be attached" },
    { "global-session-timeout", "15", "15 minutes" },
    { "password-policy", "strict", "Strict" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (whole); i++)
    {
      const GhSetting *setting = gh_settings_lookup (whole[i].id);
      g_autoptr (GVariant) value = gh_value_from_text (setting, whole[i].text, NULL);
      g_autofree char *words = gh_value_describe_whole (setting, value);

      g_assert_cmpstr (words, ==, whole[i].words);
    }
}

typedef struct
{
  const char *id;
  const char *given;
  int code;
  const char *message;
} Refused;

static const Refused refused_texts[] = {
  { "global-session-timeout",
    "43201",
    GH_POLICY_ERROR_RANGE,
    "“Global session timeout” can be from 0 to 43200 minutes, not 43201" },
  { "global-session-timeout",
    "-1",
    GH_POLICY_ERROR_RANGE,
    "“Global session timeout” can be from 0 to 43200 minutes, not -1" },
  { "max-failed-login-attempts",
    "0",
    GH_POLICY_ERROR_RANGE,
    "“Failed logins before lockdown” can be from 1 to 100 attempts, not 0" },
  { "global-session-timeout",
    "soon",
    GH_POLICY_ERROR_TYPE,
    "“Global session timeout” takes a whole number, and “soon” is not one" },
  { "global-session-timeout",
    "15.5",
    GH_POLICY_ERROR_TYPE,
    "“Global session timeout” takes a whole number, and “15.5” is not one" },
  { "global-session-timeout",
    "9223372036854775808",
    GH_POLICY_ERROR_TYPE,
    "“Global session timeout” takes a whole number, and “9223372036854775808” is not one" },
  { "global-session-timeout",
    "",
    GH_POLICY_ERROR_TYPE,
    "“Global session timeout” takes a whole number, and “” is not one" },
  { "captcha-enabled",
    "maybe",
    GH_POLICY_ERROR_TYPE,
    "“Captcha” takes true or false, and “maybe” is neither" },
  { "password-policy",
    "weak",
    GH_POLICY_ERROR_CHOICE,
    "“Password policy” takes one of these: basic, strong, strict; “weak” is not among them" },
  { "content-security-policy.policy",
    "default-src\n'self'",
    GH_POLICY_ERROR_FORMAT,
    "Character 12 of “CSP policy” is a line break, and a header is one line; "
    "put everything on one line" },
  { "content-security-policy.policy",
    "img-src bücher.example",
    GH_POLICY_ERROR_FORMAT,
    "Character 10 of “CSP policy” is not plain ASCII, which is all a header can carry; "
    "write it percent-encoded, or a domain name as Punycode" },
  { "permissions-policy.policy",
    "camera=()\x7f",
    GH_POLICY_ERROR_FORMAT,
    "Character 10 of “Permissions to allow” is a control character; remove it" },
  { "auth-page-banner.text",
    "bell\a",
    GH_POLICY_ERROR_FORMAT,
    "Character 5 of “Banner text” is a control character; remove it" },
  { "auth-page-banner.text",
    "\xff",
    GH_POLICY_ERROR_FORMAT,
    "The value given for “Banner text” is not valid UTF-8 text" },
  { "google-analytics.measurement-id",
    "UA-123456",
    GH_POLICY_ERROR_FORMAT,
    "“Measurement ID” takes G- and 4 to 16 capital letters or digits, such as G-AB12CD34EF, "
    "and “UA-123456” is not that" },
  { "google-analytics.measurement-id", "G-abc1", GH_POLICY_ERROR_FORMAT, NULL },
  { "google-analytics.measurement-id", "G-ABC", GH_POLICY_ERROR_FORMAT, NULL },
  { "google-analytics.measurement-id", "G", GH_POLICY_ERROR_FORMAT, NULL },
  { "google-analytics.measurement-id",
    "G-ABCD\n",
    GH_POLICY_ERROR_FORMAT,
    "“Measurement ID” is a single line; take the line breaks out" },
  { "google-analytics.measurement-id",
    "G-ABCDEFGHIJKLMNOPQ",
    GH_POLICY_ERROR_RANGE,
    "“Measurement ID” holds 18 characters at most, and this has 19" },
  { "public-key-pins.report-uri",
    "reports.example/pins",
    GH_POLICY_ERROR_FORMAT,
    "“Pins report address” takes a whole address such as https://reports.example/csp, "
    "and “reports.example/pins” is not one" },
  { "public-key-pins.report-uri", "ftp://reports.example/", GH_POLICY_ERROR_FORMAT, NULL },
  { "public-key-pins.report-uri", "https://", GH_POLICY_ERROR_FORMAT, NULL },
  { "public-key-pins.report-uri", "https:///path", GH_POLICY_ERROR_FORMAT, NULL },
  { "public-key-pins.report-uri", "https://a.example/\"; max-age=0", GH_POLICY_ERROR_FORMAT, NULL },
  { "public-key-pins.report-uri", "javascript:alert(1)", GH_POLICY_ERROR_FORMAT, NULL },
  { "public-key-pins.pins",
    "c2hvcnQ=",
    GH_POLICY_ERROR_FORMAT,
    "“Key pins” takes SHA-256 fingerprints in base64, 44 characters ending in =, "
    "and “c2hvcnQ=” is not one" },
  { "public-key-pins.pins",
    "d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmN=",
    GH_POLICY_ERROR_FORMAT,
    NULL },
  { "public-key-pins.pins",
    "d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWm\"=",
    GH_POLICY_ERROR_FORMAT,
    NULL },
  { "allowed-file-extensions",
    "tar.gz",
    GH_POLICY_ERROR_FORMAT,
    "“Allowed file extensions” takes file extensions of 1 to 16 small letters or digits without "
    "a dot, such as pdf, and “tar.gz” is not one" },
  { "allowed-file-extensions", "a2345678901234567", GH_POLICY_ERROR_FORMAT, NULL },
  { "allowed-file-extensions",
    "pdf,png,PDF",
    GH_POLICY_ERROR_FORMAT,
    "“Allowed file extensions” has “pdf” more than once; leave one" },
};

static const Refused refused_json[] = {
  { "global-session-timeout",
    "\"15\"",
    GH_POLICY_ERROR_TYPE,
    "“Global session timeout” takes a whole number, and “\"15\"” is not one" },
  { "global-session-timeout", "15.0", GH_POLICY_ERROR_TYPE, NULL },
  { "global-session-timeout",
    "null",
    GH_POLICY_ERROR_TYPE,
    "“Global session timeout” takes a whole number, and “null” is not one" },
  { "global-session-timeout", "[15]", GH_POLICY_ERROR_TYPE, NULL },
  { "captcha-enabled",
    "1",
    GH_POLICY_ERROR_TYPE,
    "“Captcha” takes true or false, and “1” is neither" },
  { "captcha-enabled", "\"true\"", GH_POLICY_ERROR_TYPE, NULL },
  { "password-policy", "7", GH_POLICY_ERROR_TYPE, NULL },
  { "password-policy", "\"Strict\"", GH_POLICY_ERROR_CHOICE, NULL },
  { "auth-page-banner.text",
    "{}",
    GH_POLICY_ERROR_TYPE,
    "“Banner text” takes a string, and “{}” is not one" },
  { "allowed-file-extensions",
    "\"pdf\"",
    GH_POLICY_ERROR_TYPE,
    "“Allowed file extensions” takes a list of strings, and “\"pdf\"” is not one" },
  { "allowed-file-extensions", "[\"pdf\", 7]", GH_POLICY_ERROR_TYPE, NULL },
  { "allowed-file-extensions", "[\"\"]", GH_POLICY_ERROR_FORMAT, NULL },
  { "allowed-file-extensions", "[\".pdf\"]", GH_POLICY_ERROR_FORMAT, NULL },
  { "allowed-file-extensions", "[\"PDF\"]", GH_POLICY_ERROR_FORMAT, NULL },
  { "allowed-file-extensions", "[\"pdf\", \"pdf\"]", GH_POLICY_ERROR_FORMAT, NULL },
};

static void
assert_refused (const Refused *refused, GVariant *value, GError *error)
{
  g_autofree char *given = g_strescape (refused->given, NULL);

  g_test_message ("%s = %s", refused->id, given);
  g_assert_null (value);
  g_assert_error (error, GH_POLICY_ERROR, refused->code);
  if (refused->message != NULL)
    g_assert_cmpstr (error->message, ==, refused->message);
}

static void
test_refused_texts (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused_texts); i++)
    {
      const Refused *refused = &refused_texts[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value
        = gh_value_from_text (gh_settings_lookup (refused->id), refused->given, &error);

      assert_refused (refused, value, error);
    }
}

static void
test_refused_json (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused_json); i++)
    {
      const Refused *refused = &refused_json[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node = json_from_string (refused->given, NULL);
      g_autoptr (GVariant) value
        = gh_value_from_json (gh_settings_lookup (refused->id), node, &error);

      assert_refused (refused, value, error);
    }
}

static void
test_limits_of_texts (void)
{
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      g_autofree char *text = NULL;
      g_autoptr (GVariant) value = NULL;
      g_autoptr (GError) error = NULL;

      if (setting->type != &gh_value_type_text)
        continue;

      text = g_strnfill ((gsize) setting->maximum + 1, 'a');
      value = gh_value_from_text (setting, text, &error);
      g_assert_error (error, GH_POLICY_ERROR, GH_POLICY_ERROR_RANGE);
      g_assert_null (value);
      g_clear_error (&error);

      text[setting->maximum] = '\0';
      value = gh_value_from_text (setting, text, &error);
      g_assert_no_error (error);
      g_assert_nonnull (value);
    }
}

static void
test_limits_of_lists (void)
{
  const GhSetting *setting = gh_settings_lookup ("allowed-file-extensions");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;

  for (gint64 i = 0; i < setting->maximum; i++)
    g_string_append_printf (text, "x%" G_GINT64_FORMAT " ", i);

  value = gh_value_from_text (setting, text->str, &error);
  g_assert_no_error (error);
  g_clear_pointer (&value, g_variant_unref);

  g_string_append (text, "more");
  value = gh_value_from_text (setting, text->str, &error);
  g_assert_null (value);
  g_assert_error (error, GH_POLICY_ERROR, GH_POLICY_ERROR_RANGE);
  g_assert_cmpstr (
    error->message, ==, "“Allowed file extensions” holds from 0 to 256 entries, and this has 257");
}

static void
test_wrong_variant_type (void)
{
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_uint32 (0));
      g_autoptr (GError) error = NULL;

      g_assert_false (gh_value_check (gh_settings_get_nth (i), value, &error));
      g_assert_error (error, GH_POLICY_ERROR, GH_POLICY_ERROR_TYPE);
    }
}

/* The patterns that schemas carry say the same as the checks. */
static void
test_patterns (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      const GhSetting *setting = gh_settings_lookup (accepted[i].id);
      g_auto (GStrv) items = NULL;

      if (setting->format == NULL || accepted[i].text[0] == '\0')
        continue;

      items = setting->type == &gh_value_type_string_list
                ? g_strsplit (accepted[i].text, ",", -1)
                : g_strsplit (accepted[i].text, "\x01", -1);
      for (char **item = items; *item != NULL; item++)
        g_assert_true (g_regex_match_simple (setting->format->pattern, *item, 0, 0));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/policy/value-type/round-trips", test_round_trips);
  g_test_add_func ("/policy/value-type/forgiving-text", test_forgiving_text);
  g_test_add_func ("/policy/value-type/descriptions", test_descriptions);
  g_test_add_func ("/policy/value-type/long-strings-are-cut", test_long_strings_are_cut);
  g_test_add_func ("/policy/value-type/whole", test_nothing_is_cut_from_the_whole);
  g_test_add_func ("/policy/value-type/refused-texts", test_refused_texts);
  g_test_add_func ("/policy/value-type/refused-json", test_refused_json);
  g_test_add_func ("/policy/value-type/limits-of-texts", test_limits_of_texts);
  g_test_add_func ("/policy/value-type/limits-of-lists", test_limits_of_lists);
  g_test_add_func ("/policy/value-type/wrong-variant-type", test_wrong_variant_type);
  g_test_add_func ("/policy/value-type/patterns", test_patterns);

  return g_test_run ();
}
