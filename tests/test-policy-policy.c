/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A policy in memory. */

#include "gh-policy.h"
#include "gh-value-type.h"

static GVariant *
parse (const char *id, const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = gh_value_from_text (gh_settings_lookup (id), text, &error);

  g_assert_no_error (error);
  return value;
}

static void
set (GhPolicy *policy, const char *id, const char *text)
{
  g_autoptr (GVariant) value = parse (id, text);

  gh_policy_set (policy, gh_settings_lookup (id), value);
}

static void
test_new_has_defaults (void)
{
  g_autoptr (GhPolicy) policy = gh_policy_new ();

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      g_assert_true (
        gh_value_equal (gh_policy_get (policy, setting), gh_setting_get_default (setting)));
    }
  g_assert_null (gh_policy_get_unknown (policy));
}

static void
test_by_id (void)
{
  g_autoptr (GhPolicy) policy = gh_policy_new ();
  g_autofree const char **list = NULL;

  set (policy, "captcha-enabled", "false");
  set (policy, "global-session-timeout", "15");
  set (policy, "password-policy", "strict");
  set (policy, "auth-page-banner.text", "Hello");
  set (policy, "allowed-file-extensions", "pdf,png");

  list = gh_policy_dup_string_list (policy, "allowed-file-extensions");
  g_assert_false (gh_policy_get_boolean (policy, "captcha-enabled"));
  g_assert_cmpint (gh_policy_get_integer (policy, "global-session-timeout"), ==, 15);
  g_assert_cmpstr (gh_policy_get_string (policy, "password-policy"), ==, "strict");
  g_assert_cmpstr (gh_policy_get_string (policy, "auth-page-banner.text"), ==, "Hello");
  g_assert_cmpstrv (list, ((const char *const[]){ "pdf", "png", NULL }));
}

static void
test_copy_is_independent (void)
{
  g_autoptr (GhPolicy) policy = gh_policy_new ();
  g_autoptr (GhPolicy) copy = gh_policy_copy (policy);

  g_assert_true (gh_policy_equal (policy, copy));
  set (copy, "remember-me", "true");
  g_assert_false (gh_policy_equal (policy, copy));
  g_assert_false (gh_policy_get_boolean (policy, "remember-me"));
}

static void
test_set_takes_floating (void)
{
  g_autoptr (GhPolicy) policy = gh_policy_new ();

  gh_policy_set (policy, gh_settings_lookup ("remember-me"), g_variant_new_boolean (TRUE));
  g_assert_true (gh_policy_get_boolean (policy, "remember-me"));
}

/* Each field counts in a comparison. */
static void
test_equal_looks_at_every_field (void)
{
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      g_autoptr (GhPolicy) a = gh_policy_new ();
      g_autoptr (GhPolicy) b = gh_policy_new ();
      const GhSetting *setting = gh_settings_get_nth (i);
      const char *signature = setting->type->signature;
      const char *none[] = { NULL };

      if (g_str_equal (signature, "b"))
        gh_policy_set (
          b, setting, g_variant_new_boolean (!g_variant_get_boolean (gh_policy_get (a, setting))));
      else if (g_str_equal (signature, "x"))
        gh_policy_set (b, setting, g_variant_new_int64 (-7));
      else if (g_str_equal (signature, "s"))
        gh_policy_set (b, setting, g_variant_new_string ("another"));
      else
        {
          gh_policy_set (a, setting, g_variant_new_strv (none, -1));
          gh_policy_set (b, setting, g_variant_new_parsed ("['another']"));
        }

      g_test_message ("%s", setting->id);
      g_assert_false (gh_policy_equal (a, b));
    }
}

static void
test_unknown (void)
{
  g_autoptr (GhPolicy) policy = gh_policy_new ();
  g_autoptr (GhPolicy) copy = NULL;
  g_autoptr (JsonObject) unknown = json_object_new ();
  g_autoptr (JsonObject) other = json_object_new ();
  g_autoptr (JsonObject) empty = json_object_new ();

  json_object_set_int_member (unknown, "later", 1);
  gh_policy_set_unknown (policy, unknown);
  copy = gh_policy_copy (policy);
  g_assert_true (gh_policy_equal (policy, copy));
  g_assert_cmpint (json_object_get_int_member (gh_policy_get_unknown (copy), "later"), ==, 1);

  json_object_set_int_member (other, "later", 2);
  gh_policy_set_unknown (copy, other);
  g_assert_false (gh_policy_equal (policy, copy));

  gh_policy_set_unknown (copy, empty);
  g_assert_null (gh_policy_get_unknown (copy));
  g_assert_false (gh_policy_equal (policy, copy));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/policy/policy/new-has-defaults", test_new_has_defaults);
  g_test_add_func ("/policy/policy/by-id", test_by_id);
  g_test_add_func ("/policy/policy/copy-is-independent", test_copy_is_independent);
  g_test_add_func ("/policy/policy/set-takes-floating", test_set_takes_floating);
  g_test_add_func ("/policy/policy/equal-looks-at-every-field", test_equal_looks_at_every_field);
  g_test_add_func ("/policy/policy/unknown", test_unknown);

  return g_test_run ();
}
