/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The settings table: complete, consistent and searchable, whatever rows it has. */

#include <string.h>

#include "gh-setting.h"
#include "gh-value-format.h"
#include "gh-value-type.h"

#define N_NUMBERED_SETTINGS 54
#define SHORTEST_SEARCH 3

static void
for_each_setting (void (*test) (const GhSetting *setting))
{
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      g_test_message ("%s", setting->id);
      test (setting);
    }
}

static void
assert_text (const char *text)
{
  g_assert_nonnull (text);
  g_assert_cmpstr (text, !=, "");
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_false (g_ascii_isspace (text[0]));
  g_assert_false (g_ascii_isspace (text[strlen (text) - 1]));
  g_assert_null (strstr (text, "  "));
}

static void
check_words (const GhSetting *setting)
{
  assert_text (setting->id);
  assert_text (gh_setting_get_title (setting));
  assert_text (gh_setting_get_help (setting));
  g_assert_true (g_str_has_suffix (gh_setting_get_help (setting), "."));
  g_assert_cmpint (strlen (gh_setting_get_help (setting)), <, 280);
  assert_text (setting->keywords);
  g_assert_nonnull (setting->unit);
  g_assert_nonnull (setting->default_text);
  g_assert_nonnull (gh_groups_lookup (setting->group));
  g_assert_true (gh_settings_lookup (setting->id) == setting);
}

static void
test_words (void)
{
  for_each_setting (check_words);
}

static void
test_numbers (void)
{
  guint last = 0;

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      g_assert_true (setting == &gh_settings_get_table ()[i]);
      g_assert_cmpuint (gh_setting_get_index (setting), ==, i);
      if (setting->parent == NULL)
        g_assert_cmpuint (setting->number, ==, ++last);
    }

  g_assert_cmpuint (last, ==, N_NUMBERED_SETTINGS);
}

static void
check_parent (const GhSetting *setting)
{
  const GhSetting *parent = gh_setting_get_parent (setting);
  const GhSetting *above;

  g_assert_cmpint (strchr (setting->id, '.') != NULL, ==, setting->parent != NULL);
  if (parent == NULL)
    return;

  above = setting - 1;
  g_assert_true (above == parent || gh_setting_get_parent (above) == parent);
  g_assert_true (g_str_has_prefix (setting->id, parent->id));
  g_assert_cmpint (setting->id[strlen (parent->id)], ==, '.');
  g_assert_true (parent->type == &gh_value_type_boolean);
  g_assert_null (parent->parent);
  g_assert_cmpuint (setting->number, ==, parent->number);
  g_assert_cmpstr (setting->group, ==, parent->group);
  g_assert_cmpint (setting->scope, ==, parent->scope);
}

static void
test_parents (void)
{
  for_each_setting (check_parent);
}

static void
test_unique (void)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) titles = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      g_test_message ("%s", setting->id);
      g_assert_true (g_hash_table_add (ids, (gpointer) setting->id));
      g_assert_true (g_hash_table_add (titles, (gpointer) setting->title));
    }
}

static void
check_type (const GhSetting *setting)
{
  gboolean is_integer = setting->type == &gh_value_type_integer;
  gboolean is_enum = setting->type == &gh_value_type_enum;
  gboolean has_length = !is_integer && !is_enum && setting->type != &gh_value_type_boolean;

  g_assert_cmpint (is_integer, ==, setting->unit[0] != '\0');
  g_assert_cmpint (is_enum, ==, setting->n_choices >= 2);
  g_assert_cmpint (has_length, ==, setting->format != NULL);
  if (is_integer || has_length)
    g_assert_cmpint (setting->minimum, <, setting->maximum);
  if (is_integer)
    {
      g_assert_cmpint (setting->minimum == 0, ==, setting->zero != NULL);
      g_assert_cmpint (setting->minimum, >=, 0);
    }
  if (setting->zero_is_unlimited)
    g_assert_nonnull (setting->zero);
  for (guint i = 0; i < setting->n_choices; i++)
    {
      assert_text (gh_choice_get_title (&setting->choices[i]));
      g_assert_true (gh_setting_get_choice (setting, setting->choices[i].id)
                     == &setting->choices[i]);
    }
}

static void
test_types (void)
{
  for_each_setting (check_type);
}

static void
check_weaker (const GhSetting *setting)
{
  switch (setting->weaker)
    {
    case GH_WEAKER_LOWER:
    case GH_WEAKER_HIGHER:
      g_assert_true (setting->type == &gh_value_type_integer);
      break;
    case GH_WEAKER_OFF:
    case GH_WEAKER_ON:
      g_assert_true (setting->type == &gh_value_type_boolean);
      break;
    case GH_WEAKER_EARLIER_CHOICE:
    case GH_WEAKER_LATER_CHOICE:
      g_assert_true (setting->type == &gh_value_type_enum);
      break;
    case GH_WEAKER_LONGER:
      g_assert_true (setting->type == &gh_value_type_string_list);
      break;
    case GH_WEAKER_NEITHER:
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
test_weaker_fits_type (void)
{
  for_each_setting (check_weaker);
}

static void
check_default (const GhSetting *setting)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = gh_setting_get_default (setting);

  g_assert_nonnull (value);
  gh_value_check (setting, value, &error);
  g_assert_no_error (error);
  g_assert_false (gh_setting_is_weaker (setting, value, value));
}

static void
test_defaults (void)
{
  for_each_setting (check_default);
}

static void
check_recommended (const GhSetting *setting)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = NULL;

  g_assert_cmpint (setting->recommended != NULL, ==, setting->source != NULL);
  if (setting->recommended == NULL)
    {
      g_assert_null (setting->recommended_value);
      return;
    }

  assert_text (gh_setting_get_recommended (setting));
  assert_text (gh_setting_get_source (setting));
  if (setting->recommended_value == NULL)
    return;

  value = gh_value_from_text (setting, setting->recommended_value, &error);
  g_assert_no_error (error);
  g_assert_false (gh_setting_is_weaker (setting, gh_setting_get_default (setting), value));
}

static void
test_recommended (void)
{
  for_each_setting (check_recommended);
}

static void
test_groups (void)
{
  for (guint i = 0; i < GH_N_GROUPS; i++)
    {
      const GhGroup *group = &gh_groups_get_table ()[i];
      guint n_rows = 0;

      g_test_message ("%s", group->id);
      assert_text (gh_group_get_title (group));
      assert_text (gh_group_get_description (group));
      g_assert_true (gh_groups_lookup (group->id) == group);
      for (guint j = 0; j < GH_N_SETTINGS; j++)
        n_rows += g_str_equal (gh_settings_get_nth (j)->group, group->id);
      g_assert_cmpuint (n_rows, >, 0);
    }

  g_assert_null (gh_groups_lookup ("no-such-group"));
}

static void
test_lookup (void)
{
  g_assert_null (gh_settings_lookup (""));
  g_assert_null (gh_settings_lookup ("no-such-setting"));
  g_assert_null (gh_settings_lookup ("PASSWORD-POLICY"));
}

static void
check_found_by_title (const GhSetting *setting)
{
  const char *title = gh_setting_get_title (setting);
  g_autofree char *upper = g_utf8_strup (title, -1);
  g_autofree char *start = g_utf8_substring (title, 0, SHORTEST_SEARCH);

  g_assert_true (gh_setting_matches (setting, title));
  g_assert_true (gh_setting_matches (setting, upper));
  g_assert_true (gh_setting_matches (setting, start));
  g_assert_true (gh_setting_matches (setting, setting->id));
  g_assert_true (gh_setting_matches (setting, ""));
  g_assert_false (gh_setting_matches (setting, "xylophone"));
}

static void
test_search_finds_titles (void)
{
  for_each_setting (check_found_by_title);
}

/* What people call a thing, and the setting they mean. */
static const struct
{
  const char *search;
  const char *id;
} searches[] = {
  { "2fa", "two-step-authenticator-enabled" },
  { "MFA", "two-step-email-enabled" },
  { "totp", "two-step-authenticator-enabled" },
  { "hsts", "strict-transport-security.max-age-days" },
  { "csp", "content-security-policy.policy" },
  { "session timeout", "global-session-timeout" },
  { "timeout session", "global-session-timeout" },
  { "logout", "global-session-timeout" },
  { "SSO popups", "cross-origin-opener-policy.policy" },
  { "nosniff", "content-type-options" },
  { "referer", "referrer-policy" },
  { "upload", "allowed-file-extensions" },
  { "brute force", "max-failed-login-attempts" },
  { "stay logged in", "remember-me" },
  { "camera", "permissions-policy.policy" },
  { "forgot password", "password-reset-link-expiry" },
  { "dormant", "max-inactive-days" },
  { "HPKP", "public-key-pins.pins" },
  { "tracking", "google-analytics" },
  { "avatar", "gravatar-enabled" },
  { "passwords history", "password-reuse-limit" },
};

static void
test_search_knows_synonyms (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_test_message ("%s", searches[i].search);
      g_assert_true (gh_setting_matches (gh_settings_lookup (searches[i].id), searches[i].search));
    }

  g_assert_false (gh_setting_matches (gh_settings_lookup ("remember-me"), "remember hsts"));
}

/* Pairs of values in text form, and whether going from one to the other weakens. */
static const struct
{
  const char *id;
  const char *before;
  const char *after;
  gboolean weaker;
} moves[] = {
  { "global-session-timeout", "60", "61", TRUE },
  { "global-session-timeout", "60", "15", FALSE },
  { "global-session-timeout", "43200", "0", TRUE },
  { "global-session-timeout", "0", "43200", FALSE },
  { "password-reuse-limit", "5", "0", TRUE },
  { "password-reuse-limit", "0", "5", FALSE },
  { "login-lockout-period", "30", "29", TRUE },
  { "remember-me", "false", "true", TRUE },
  { "remember-me", "true", "false", FALSE },
  { "captcha-enabled", "true", "false", TRUE },
  { "password-policy", "strict", "basic", TRUE },
  { "password-policy", "basic", "strict", FALSE },
  { "referrer-policy.policy", "no-referrer", "unsafe-url", TRUE },
  { "cross-origin-resource-policy.policy", "same-site", "same-origin", FALSE },
  { "allowed-file-extensions", "pdf,png", "png,pdf", FALSE },
  { "allowed-file-extensions", "pdf,png", "pdf", FALSE },
  { "allowed-file-extensions", "pdf,png", "exe", TRUE },
  { "expect-ct", "true", "false", FALSE },
  { "expect-ct", "false", "true", FALSE },
};

static void
test_is_weaker (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    {
      const GhSetting *setting = gh_settings_lookup (moves[i].id);
      g_autoptr (GVariant) before = gh_value_from_text (setting, moves[i].before, NULL);
      g_autoptr (GVariant) after = gh_value_from_text (setting, moves[i].after, NULL);

      g_test_message ("%s: %s to %s", moves[i].id, moves[i].before, moves[i].after);
      g_assert_cmpint (gh_setting_is_weaker (setting, before, after), ==, moves[i].weaker);
    }
}

static void
test_amounts (void)
{
  const GhSetting *setting = gh_settings_lookup ("global-session-timeout");
  g_autofree char *one = gh_setting_dup_amount (setting, 1);
  g_autofree char *many = gh_setting_dup_amount (setting, 15);
  g_autofree char *label_of_one = gh_setting_dup_unit_label (setting, 1);
  g_autofree char *label_of_many = gh_setting_dup_unit_label (setting, 0);
  g_autofree char *none = gh_setting_dup_unit_label (gh_settings_lookup ("captcha-enabled"), 3);

  g_assert_cmpstr (one, ==, "1 minute");
  g_assert_cmpstr (many, ==, "15 minutes");
  g_assert_cmpstr (label_of_one, ==, "minute");
  g_assert_cmpstr (label_of_many, ==, "minutes");
  g_assert_cmpstr (none, ==, "");
}

static void
check_unit_has_words (const GhSetting *setting)
{
  g_autofree char *label = gh_setting_dup_unit_label (setting, 2);

  g_assert_cmpstr (label, ==, setting->unit);
}

static void
test_units (void)
{
  for_each_setting (check_unit_has_words);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/policy/settings/words", test_words);
  g_test_add_func ("/policy/settings/numbers", test_numbers);
  g_test_add_func ("/policy/settings/parents", test_parents);
  g_test_add_func ("/policy/settings/unique", test_unique);
  g_test_add_func ("/policy/settings/types", test_types);
  g_test_add_func ("/policy/settings/weaker-fits-type", test_weaker_fits_type);
  g_test_add_func ("/policy/settings/defaults", test_defaults);
  g_test_add_func ("/policy/settings/recommended", test_recommended);
  g_test_add_func ("/policy/settings/groups", test_groups);
  g_test_add_func ("/policy/settings/lookup", test_lookup);
  g_test_add_func ("/policy/settings/search-finds-titles", test_search_finds_titles);
  g_test_add_func ("/policy/settings/search-knows-synonyms", test_search_knows_synonyms);
  g_test_add_func ("/policy/settings/is-weaker", test_is_weaker);
  g_test_add_func ("/policy/settings/amounts", test_amounts);
  g_test_add_func ("/policy/settings/units", test_units);

  return g_test_run ();
}
