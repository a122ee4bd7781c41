/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a policy to its headers: exact to the byte, in order, and never anything that
 * could break out of its line. */

#include <string.h>

#include "gh-header-set.h"
#include "gh-value-type.h"

#define PIN_A "d6qzRu9zOECb90Uez27xWltNsj0e1Md7GkYYkVoZWmM="
#define PIN_B "E9CZ9INDbd+2eRQozYqqbQ2yXLVKB9+xcprMF+44U1g="

/* "FIELD=TEXT" pairs, NULL-terminated, over the defaults. */
static GhPolicy *
make_policy (const char *const *assignments)
{
  GhPolicy *policy = gh_policy_new ();

  for (; *assignments; assignments++)
    {
      g_auto (GStrv) pair = g_strsplit (*assignments, "=", 2);
      const GhSetting *setting = gh_settings_lookup (pair[0]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) value = gh_value_from_text (setting, pair[1], &error);

      g_assert_no_error (error);
      gh_policy_set (policy, setting, value);
    }

  return policy;
}

static GhHeaderSet *
make_set (const char *const *assignments)
{
  g_autoptr (GhPolicy) policy = make_policy (assignments);

  return gh_header_set_new (policy);
}

static const char *const nothing[] = {
  "strict-transport-security=false",
  "content-type-options=false",
  "referrer-policy=false",
  "permissions-policy=false",
  "cross-origin-opener-policy=false",
  "cross-origin-resource-policy=false",
  NULL,
};

static void
test_defaults (void)
{
  static const char *const none[] = { NULL };
  g_autoptr (GhHeaderSet) set = make_set (none);
  g_autofree char *text = gh_header_set_to_text (set);

  g_assert_cmpstr (text,
                   ==,
                   "Strict-Transport-Security: max-age=31536000\n"
                   "X-Content-Type-Options: nosniff\n"
                   "Referrer-Policy: strict-origin-when-cross-origin\n"
                   "Permissions-Policy: geolocation=(), camera=(), microphone=()\n"
                   "Cross-Origin-Opener-Policy: same-origin-allow-popups\n"
                   "Cross-Origin-Resource-Policy: same-site\n");
  g_assert_cmpuint (gh_header_set_get_size (set), ==, strlen (text) + 6);
}

static void
test_nothing (void)
{
  g_autoptr (GhHeaderSet) set = make_set (nothing);
  g_autofree char *text = gh_header_set_to_text (set);

  g_assert_cmpstr (text, ==, "");
  g_assert_cmpuint (gh_header_set_get_n_headers (set), ==, 0);
  g_assert_cmpuint (gh_header_set_get_size (set), ==, 0);
}

static void
test_everything (void)
{
  static const char *const assignments[] = {
    "strict-transport-security.max-age-days=730",
    "strict-transport-security.include-subdomains=true",
    "strict-transport-security.preload=true",
    "xss-protection=true",
    "xss-protection.mode=block",
    "content-security-policy=true",
    "content-security-policy.policy=default-src 'self'; object-src 'none'",
    "public-key-pins=true",
    "public-key-pins.pins=" PIN_A "," PIN_B,
    "public-key-pins.include-subdomains=true",
    "public-key-pins.report-uri=https://example.com/pins",
    "cross-origin-embedder-policy=true",
    "expect-ct=true",
    "expect-ct.enforce=true",
    "expect-ct.report-uri=https://example.com/ct",
    NULL,
  };
  g_autoptr (GhHeaderSet) set = make_set (assignments);
  g_autofree char *text = gh_header_set_to_text (set);

  g_assert_cmpstr (text,
                   ==,
                   "Strict-Transport-Security: max-age=63072000; includeSubDomains; preload\n"
                   "X-XSS-Protection: 1; mode=block\n"
                   "X-Content-Type-Options: nosniff\n"
                   "Referrer-Policy: strict-origin-when-cross-origin\n"
                   "Content-Security-Policy: default-src 'self'; object-src 'none'\n"
                   "Public-Key-Pins: pin-sha256=\"" PIN_A "\"; pin-sha256=\"" PIN_B
                   "\"; max-age=5184000; includeSubDomains; "
                   "report-uri=\"https://example.com/pins\"\n"
                   "Permissions-Policy: geolocation=(), camera=(), microphone=()\n"
                   "Cross-Origin-Embedder-Policy: require-corp\n"
                   "Cross-Origin-Opener-Policy: same-origin-allow-popups\n"
                   "Cross-Origin-Resource-Policy: same-site\n"
                   "Expect-CT: max-age=86400, enforce, report-uri=\"https://example.com/ct\"\n");
}

/* One field at a time over a policy that sends nothing. */
static void
test_lines (void)
{
  static const struct
  {
    const char *assignments[4];
    const char *text;
  } cases[] = {
    { { "xss-protection=true" }, "X-XSS-Protection: 0\n" },
    { { "xss-protection=true", "xss-protection.mode=filter" }, "X-XSS-Protection: 1\n" },
    { { "content-security-policy=true" }, "" },
    { { "content-security-policy=true", "content-security-policy.policy=   " }, "" },
    { { "content-security-policy.policy=default-src 'self'" }, "" },
    { { "content-security-policy=true", "content-security-policy.policy= default-src * " },
      "Content-Security-Policy: default-src *\n" },
    { { "content-security-policy=true",
        "content-security-policy.policy=default-src *",
        "content-security-policy.report-only=true" },
      "Content-Security-Policy-Report-Only: default-src *\n" },
    { { "permissions-policy=true", "permissions-policy.policy=" }, "" },
    { { "public-key-pins=true" }, "" },
    { { "public-key-pins=true", "public-key-pins.pins=" PIN_A, "public-key-pins.max-age-days=0" },
      "Public-Key-Pins: pin-sha256=\"" PIN_A "\"; max-age=0\n" },
    { { "expect-ct=true" }, "Expect-CT: max-age=86400\n" },
    { { "strict-transport-security=true", "strict-transport-security.max-age-days=0" },
      "Strict-Transport-Security: max-age=0\n" },
    { { "cross-origin-embedder-policy=true", "cross-origin-embedder-policy.policy=credentialless" },
      "Cross-Origin-Embedder-Policy: credentialless\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) assignments = g_ptr_array_new ();
      g_autoptr (GhHeaderSet) set = NULL;
      g_autofree char *text = NULL;

      for (const char *const *assignment = nothing; *assignment; assignment++)
        g_ptr_array_add (assignments, (gpointer) *assignment);
      for (const char *const *assignment = cases[i].assignments; *assignment; assignment++)
        g_ptr_array_add (assignments, (gpointer) *assignment);
      g_ptr_array_add (assignments, NULL);

      set = make_set ((const char *const *) assignments->pdata);
      text = gh_header_set_to_text (set);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Each text field, each kind of hostile content, with every switch on. */
static void
test_hostile (void)
{
  static const char *const hostile[] = {
    "a\r\nSet-Cookie: b", "a\nb", "a\rb", "\x01", "\x7f", "caf\xc3\xa9", "a\tb", "a\x0b",
  };
  guint n_tried = 0;

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    for (guint j = 0; j < G_N_ELEMENTS (hostile); j++)
      {
        const GhSetting *setting = gh_settings_get_nth (i);
        const char *const list[] = { PIN_A, hostile[j], NULL };
        g_autoptr (GhPolicy) policy = gh_policy_new ();
        g_autoptr (GhHeaderSet) set = NULL;
        g_autofree char *text = NULL;

        if (!g_variant_type_equal (G_VARIANT_TYPE (setting->type->signature), G_VARIANT_TYPE_STRING)
            && !g_variant_type_equal (G_VARIANT_TYPE (setting->type->signature),
                                      G_VARIANT_TYPE_STRING_ARRAY))
          continue;

        for (guint k = 0; k < GH_N_SETTINGS; k++)
          if (gh_settings_get_nth (k)->type == &gh_value_type_boolean
              && !gh_settings_get_nth (k)->parent)
            gh_policy_set (policy, gh_settings_get_nth (k), g_variant_new_boolean (TRUE));

        if (*setting->type->signature == 'a')
          gh_policy_set (policy, setting, g_variant_new_strv (list, -1));
        else
          gh_policy_set (policy, setting, g_variant_new_take_string (g_strdup (hostile[j])));

        set = gh_header_set_new (policy);
        text = gh_header_set_to_text (set);
        n_tried++;
        g_assert_null (strstr (text, "\nSet-Cookie"));
        for (guint k = 0; k < gh_header_set_get_n_headers (set); k++)
          g_assert_true (gh_header_value_is_safe (gh_header_set_get_nth (set, k)->value));
      }

  g_assert_cmpuint (n_tried, >, 20);
}

static void
test_refused (void)
{
  g_autoptr (GhPolicy) policy = gh_policy_new ();
  g_autoptr (GhHeaderSet) set = NULL;

  gh_policy_set (policy,
                 gh_settings_lookup ("permissions-policy.policy"),
                 g_variant_new_string ("camera=()\nX: y"));
  set = gh_header_set_new (policy);
  g_assert_null (gh_header_set_lookup (set, "Permissions-Policy"));
  g_assert_cmpstr (gh_header_set_get_refused (set)[0], ==, "Permissions-Policy");
  g_assert_null (gh_header_set_get_refused (set)[1]);
}

/* Every field of the headers group shapes exactly the headers that say so. */
static void
test_fields (void)
{
  static const char *const assignments[] = {
    "xss-protection=true",
    "content-security-policy=true",
    "content-security-policy.policy=default-src *",
    "public-key-pins=true",
    "public-key-pins.pins=" PIN_A,
    "cross-origin-embedder-policy=true",
    "expect-ct=true",
    NULL,
  };
  g_autoptr (GhHeaderSet) set = make_set (assignments);
  const GhHeader *header = gh_header_set_lookup (set, "strict-transport-security");

  g_assert_true (g_strv_contains (header->fields, "strict-transport-security.preload"));
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      guint n_headers = 0;

      for (guint j = 0; j < gh_header_set_get_n_headers (set); j++)
        n_headers += g_strv_contains (gh_header_set_get_nth (set, j)->fields, setting->id);

      g_assert_cmpuint (n_headers, ==, strcmp (setting->group, "headers") == 0 ? 1 : 0);
    }

  g_assert_cmpuint (g_strv_length ((char **) gh_header_set_get_names ()), ==, 12);
}

static void
test_compare (void)
{
  static const char *const old[]
    = { "content-security-policy=true", "content-security-policy.policy=default-src *", NULL };
  static const char *const new[] = { "strict-transport-security=false",
                                     "referrer-policy.policy=no-referrer",
                                     "content-security-policy=true",
                                     "content-security-policy.policy=default-src *",
                                     "content-security-policy.report-only=true",
                                     NULL };
  static const struct
  {
    const char *name;
    GhHeaderChange change;
  } expected[] = {
    { "Strict-Transport-Security", GH_HEADER_REMOVED },
    { "X-Content-Type-Options", GH_HEADER_SAME },
    { "Referrer-Policy", GH_HEADER_CHANGED },
    { "Content-Security-Policy", GH_HEADER_REMOVED },
    { "Content-Security-Policy-Report-Only", GH_HEADER_ADDED },
    { "Permissions-Policy", GH_HEADER_SAME },
    { "Cross-Origin-Opener-Policy", GH_HEADER_SAME },
    { "Cross-Origin-Resource-Policy", GH_HEADER_SAME },
  };
  g_autoptr (GhHeaderSet) before = make_set (old);
  g_autoptr (GhHeaderSet) after = make_set (new);
  g_autoptr (GArray) differences = gh_header_set_compare (before, after);

  g_assert_cmpuint (differences->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < differences->len; i++)
    {
      const GhHeaderDifference *difference = &g_array_index (differences, GhHeaderDifference, i);
      const GhHeader *header = difference->after ? difference->after : difference->before;

      g_assert_cmpstr (header->name, ==, expected[i].name);
      g_assert_cmpint (difference->change, ==, expected[i].change);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/headers/header-set/defaults", test_defaults);
  g_test_add_func ("/headers/header-set/nothing", test_nothing);
  g_test_add_func ("/headers/header-set/everything", test_everything);
  g_test_add_func ("/headers/header-set/lines", test_lines);
  g_test_add_func ("/headers/header-set/hostile", test_hostile);
  g_test_add_func ("/headers/header-set/refused", test_refused);
  g_test_add_func ("/headers/header-set/fields", test_fields);
  g_test_add_func ("/headers/header-set/compare", test_compare);
  return g_test_run ();
}
