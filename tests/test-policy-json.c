/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The wire form of policies and merge patches. */

#include <string.h>

#include "gh-policy-error.h"
#include "gh-policy-json.h"
#include "gh-strict-json.h"
#include "gh-value-type.h"

static GhPolicy *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  GhPolicy *policy = gh_policy_from_json_text (text, -1, &error);

  g_assert_no_error (error);
  return policy;
}

static JsonObject *
parse_object (const char *text)
{
  g_autoptr (JsonNode) node = gh_strict_json_parse (text, strlen (text), NULL);

  g_assert_nonnull (node);
  return json_node_dup_object (node);
}

static void
test_empty_object_is_defaults (void)
{
  g_autoptr (GhPolicy) policy = parse (" {} ");
  g_autoptr (GhPolicy) defaults = gh_policy_new ();

  g_assert_true (gh_policy_equal (policy, defaults));
}

static void
test_round_trip (void)
{
  g_autoptr (GhPolicy) policy
    = parse ("{\"global-session-timeout\": 15, \"captcha-enabled\": false,"
             " \"password-policy\": \"strict\", \"allowed-file-extensions\": [\"png\", \"pdf\"],"
             " \"auth-page-banner.text\": \"Zeile \\\"1\\\"\\nZeile 2 \\u00fc\\t\"}");
  g_autofree char *text = gh_policy_to_json_text (policy);
  g_autoptr (GhPolicy) again = parse (text);
  g_autofree char *text_again = gh_policy_to_json_text (again);

  g_assert_true (gh_policy_equal (policy, again));
  g_assert_cmpstr (text, ==, text_again);
}

/* Every field stands there once, in table order. */
static void
test_order (void)
{
  g_autoptr (GhPolicy) policy = parse ("{\"z\": 1, \"remember-me\": true, \"a\": 2}");
  g_autoptr (JsonNode) node = gh_policy_to_json (policy);
  g_autoptr (GList) members = json_object_get_members (json_node_get_object (node));
  GList *member = members;

  for (guint i = 0; i < GH_N_SETTINGS; i++, member = member->next)
    g_assert_cmpstr (member->data, ==, gh_settings_get_nth (i)->id);
  g_assert_cmpstr (member->data, ==, "z");
  g_assert_cmpstr (member->next->data, ==, "a");
  g_assert_null (member->next->next);
}

static void
test_unknown_members_are_kept (void)
{
  const char *unknown = "\"later\":{\"deep\":[1,{\"x\":null,\"y\":[]},\"\\n\"]},\"big\":-1e+21,"
                        "\"tenth\":0.10000000000000001,\"whole\":1.0,"
                        "\"edge\":-9223372036854775808,\"no\":false}";
  g_autofree char *source = g_strdup_printf ("{\"remember-me\":true,%s", unknown);
  g_autoptr (GhPolicy) policy = parse (source);
  g_autofree char *text = gh_policy_to_json_text (policy);
  g_autoptr (GhPolicy) again = parse (text);

  g_assert_true (g_str_has_suffix (text, unknown));
  g_assert_true (gh_policy_equal (policy, again));
}

static const struct
{
  const char *text;
  int code;
  const char *message;
} refused[] = {
  { "[]", GH_POLICY_ERROR_SCHEMA, "A policy is a JSON object, and this is something else" },
  { "null", GH_POLICY_ERROR_SCHEMA, NULL },
  { "{\"remember-me\": true",
    GH_POLICY_ERROR_SYNTAX,
    "Not valid JSON at line 1, column 21: the text ends before it is complete" },
  { "{\"remember-me\": true, \"remember-me\": false}", GH_POLICY_ERROR_SYNTAX, NULL },
  { "{\"remember-me\": 1}",
    GH_POLICY_ERROR_TYPE,
    "/remember-me: “Remember me” takes true or false, and “1” is neither" },
  { "{\"global-session-timeout\": 50000, \"remember-me\": 1}",
    GH_POLICY_ERROR_RANGE,
    "/global-session-timeout: “Global session timeout” can be from 0 to 43200 minutes, "
    "not 50000" },
  { "{\"password-policy\": null}", GH_POLICY_ERROR_TYPE, NULL },
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GhPolicy) policy = gh_policy_from_json_text (refused[i].text, -1, &error);

      g_test_message ("%s", refused[i].text);
      g_assert_null (policy);
      g_assert_error (error, GH_POLICY_ERROR, refused[i].code);
      if (refused[i].message != NULL)
        g_assert_cmpstr (error->message, ==, refused[i].message);
    }
}

static void
test_patch (void)
{
  g_autoptr (GhPolicy) policy = parse ("{\"global-session-timeout\": 15, \"later\": 1}");
  g_autoptr (JsonObject) patch
    = parse_object ("{\"global-session-timeout\": null, \"remember-me\": true}");
  g_autoptr (GhPolicy) patched = gh_policy_apply_patch (policy, patch, NULL);

  g_assert_nonnull (patched);
  g_assert_cmpint (gh_policy_get_integer (policy, "global-session-timeout"), ==, 15);
  g_assert_cmpint (gh_policy_get_integer (patched, "global-session-timeout"), ==, 60);
  g_assert_true (gh_policy_get_boolean (patched, "remember-me"));
  g_assert_nonnull (gh_policy_get_unknown (patched));
}

static void
test_patch_names_every_fault (void)
{
  g_autoptr (GhPolicy) policy = gh_policy_new ();
  g_autoptr (JsonObject) patch = parse_object ("{\"captcha-enabled\": 0, \"no~such/field\": 1,"
                                               " \"remember-me\": true, \"email-otp-expiry\": 1}");
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (GhPolicy) patched = gh_policy_apply_patch (policy, patch, &errors);
  GhFieldError *fault;

  g_assert_null (patched);
  g_assert_cmpuint (errors->len, ==, 3);

  fault = g_ptr_array_index (errors, 0);
  g_assert_cmpstr (fault->field, ==, "captcha-enabled");
  g_assert_cmpstr (gh_policy_error_get_code (fault->error), ==, "type");

  fault = g_ptr_array_index (errors, 1);
  g_assert_cmpstr (fault->field, ==, "no~such/field");
  g_assert_cmpstr (gh_policy_error_get_code (fault->error), ==, "unknown-field");
  g_assert_cmpstr (fault->error->message, ==, "There is no field “no~such/field”");

  fault = g_ptr_array_index (errors, 2);
  g_assert_cmpstr (fault->field, ==, "email-otp-expiry");
  g_assert_cmpstr (gh_policy_error_get_code (fault->error), ==, "range");
}

static void
test_make_patch (void)
{
  g_autoptr (GhPolicy) before = parse ("{\"later\": 1, \"global-session-timeout\": 15}");
  g_autoptr (GhPolicy) after = parse ("{\"remember-me\": true, \"allowed-file-extensions\": []}");
  g_autoptr (JsonNode) patch = gh_policy_make_patch (before, after);
  g_autoptr (JsonNode) nothing = gh_policy_make_patch (before, before);
  g_autofree char *text = gh_strict_json_to_text (patch);
  g_autofree char *no_text = gh_strict_json_to_text (nothing);
  g_autoptr (GhPolicy) patched = gh_policy_apply_patch (before, json_node_get_object (patch), NULL);

  g_assert_cmpstr (text,
                   ==,
                   "{\"remember-me\":true,\"global-session-timeout\":60,"
                   "\"allowed-file-extensions\":[]}");
  g_assert_cmpstr (no_text, ==, "{}");
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    g_assert_true (gh_value_equal (gh_policy_get (patched, gh_settings_get_nth (i)),
                                   gh_policy_get (after, gh_settings_get_nth (i))));
}

static void
test_error_codes (void)
{
  static const char *const codes[] = {
    [GH_POLICY_ERROR_UNKNOWN_FIELD] = "unknown-field",
    [GH_POLICY_ERROR_TYPE] = "type",
    [GH_POLICY_ERROR_RANGE] = "range",
    [GH_POLICY_ERROR_CHOICE] = "choice",
    [GH_POLICY_ERROR_FORMAT] = "format",
    [GH_POLICY_ERROR_SYNTAX] = "syntax",
    [GH_POLICY_ERROR_SCHEMA] = "schema",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (GH_POLICY_ERROR, (int) i, "");

      g_assert_cmpstr (gh_policy_error_get_code (error), ==, codes[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/policy/json/empty-object-is-defaults", test_empty_object_is_defaults);
  g_test_add_func ("/policy/json/round-trip", test_round_trip);
  g_test_add_func ("/policy/json/order", test_order);
  g_test_add_func ("/policy/json/unknown-members-are-kept", test_unknown_members_are_kept);
  g_test_add_func ("/policy/json/refused", test_refused);
  g_test_add_func ("/policy/json/patch", test_patch);
  g_test_add_func ("/policy/json/patch-names-every-fault", test_patch_names_every_fault);
  g_test_add_func ("/policy/json/make-patch", test_make_patch);
  g_test_add_func ("/policy/json/error-codes", test_error_codes);

  return g_test_run ();
}
