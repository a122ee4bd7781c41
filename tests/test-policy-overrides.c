/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A community's own values: wire form, inheritance, changes and their conflicts. */

#include "gh-overrides.h"

#include "gh-policy-error.h"

#define LINK "rank-assessment-link-expiry"

static GHashTable *
read_text (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return gh_overrides_from_json (node, error);
}

static GVariant *
number (const char *text)
{
  return g_str_equal (text, "-") ? NULL : g_variant_new_int64 (g_ascii_strtoll (text, NULL, 10));
}

/* Every setting of community scope is there and no other; what was read is written. */
static void
test_wire (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) overrides
    = read_text ("{\"" LINK "\": 60, \"google-analytics\": true, \"rank-reviewscale-link-expiry\":"
                 " null, \"global-session-timeout\": 5, \"of-tomorrow\": [1]}",
                 &error);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;
  guint n = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (overrides), ==, 2);
  node = gh_overrides_to_json (overrides);
  object = json_node_get_object (node);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      g_assert_cmpint (
        json_object_has_member (object, setting->id), ==, setting->scope == GH_SCOPE_COMMUNITY);
      n += setting->scope == GH_SCOPE_COMMUNITY;
    }
  g_assert_cmpuint (json_object_get_size (object), ==, n);
  g_assert_cmpint (json_object_get_int_member (object, LINK), ==, 60);
  g_assert_true (json_object_get_null_member (object, "rank-reviewscale-link-expiry"));
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    int code; /* GhPolicyError */
  } cases[] = {
    { "[]", GH_POLICY_ERROR_SCHEMA },
    { "5", GH_POLICY_ERROR_SCHEMA },
    { "{\"" LINK "\": \"60\"}", GH_POLICY_ERROR_TYPE },
    { "{\"" LINK "\": true}", GH_POLICY_ERROR_TYPE },
    { "{\"google-analytics\": 1}", GH_POLICY_ERROR_TYPE },
    { "{\"google-analytics.measurement-id\": []}", GH_POLICY_ERROR_TYPE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_null (read_text (cases[i].text, &error));
      g_assert_error (error, GH_POLICY_ERROR, cases[i].code);
    }
}

static void
test_inheritance (void)
{
  const GhSetting *setting = gh_settings_lookup (LINK);
  g_autoptr (GHashTable) overrides = gh_overrides_new ();
  g_autoptr (GhPolicy) workspace = gh_policy_new ();
  g_autoptr (GVariant) theirs = g_variant_ref_sink (g_variant_new_int64 (7));

  gh_policy_set (workspace, setting, theirs);
  g_assert_null (gh_overrides_get (overrides, setting));
  g_assert_cmpint (
    g_variant_get_int64 (gh_overrides_get_effective (overrides, workspace, setting)), ==, 7);
  gh_overrides_set (overrides, setting, g_variant_new_int64 (9));
  g_assert_cmpint (
    g_variant_get_int64 (gh_overrides_get_effective (overrides, workspace, setting)), ==, 9);
  gh_overrides_set (overrides, setting, NULL);
  g_assert_cmpuint (g_hash_table_size (overrides), ==, 0);
}

/* What is drafted over what a community has over what the workspace has. */
static void
test_layers (void)
{
  const GhSetting *setting = gh_settings_lookup (LINK);
  g_autoptr (GHashTable) overrides = gh_overrides_new ();
  g_autoptr (GHashTable) after = NULL;
  g_autoptr (GPtrArray) changes
    = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_override_change_free);
  g_autoptr (GhPolicy) workspace = gh_policy_new ();
  g_autoptr (GhPolicy) policy = NULL;
  g_autoptr (GhPolicy) policy_after = NULL;
  gint64 inherited = gh_policy_get_integer (workspace, LINK);

  gh_overrides_set (overrides, setting, g_variant_new_int64 (11));
  g_ptr_array_add (changes,
                   gh_override_change_new (setting, gh_overrides_get (overrides, setting), NULL));
  g_assert_nonnull (gh_override_changes_find (changes, setting));
  g_assert_null (gh_override_changes_find (changes, gh_settings_lookup ("google-analytics")));
  policy = gh_overrides_dup_policy (overrides, workspace);
  g_assert_cmpint (gh_policy_get_integer (policy, LINK), ==, 11);
  after = gh_override_changes_apply (changes, overrides);
  policy_after = gh_overrides_dup_policy (after, workspace);
  g_assert_cmpint (gh_policy_get_integer (policy_after, LINK), ==, inherited);
  g_assert_cmpuint (g_hash_table_size (overrides), ==, 1);
}

/* "-" is "inherited". */
static void
test_conflicts (void)
{
  static const struct
  {
    const char *base;
    const char *theirs;
    const char *yours;
    gboolean conflict;
  } cases[] = {
    { "-", "-", "5", FALSE }, { "5", "5", "-", FALSE }, { "-", "5", "5", FALSE },
    { "5", "-", "-", FALSE }, { "-", "6", "5", TRUE },  { "5", "6", "-", TRUE },
    { "5", "-", "6", TRUE },  { "5", "6", "7", TRUE },
  };
  const GhSetting *setting = gh_settings_lookup (LINK);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) overrides = gh_overrides_new ();
      g_autoptr (GhOverrideChange) change
        = gh_override_change_new (setting, number (cases[i].base), number (cases[i].yours));

      g_test_message ("%s %s %s", cases[i].base, cases[i].theirs, cases[i].yours);
      gh_overrides_set (overrides, setting, number (cases[i].theirs));
      g_assert_cmpint (gh_override_change_conflicts (change, overrides), ==, cases[i].conflict);
    }
}

static void
test_patch (void)
{
  g_autoptr (GPtrArray) changes
    = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_override_change_free);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  g_ptr_array_add (
    changes, gh_override_change_new (gh_settings_lookup (LINK), NULL, g_variant_new_int64 (0)));
  g_ptr_array_add (changes,
                   gh_override_change_new (
                     gh_settings_lookup ("google-analytics"), g_variant_new_boolean (TRUE), NULL));
  node = gh_override_changes_to_patch (changes);
  text = json_to_string (node, FALSE);
  g_assert_cmpstr (text, ==, "{\"" LINK "\":0,\"google-analytics\":null}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/policy/overrides/wire", test_wire);
  g_test_add_func ("/policy/overrides/refused", test_refused);
  g_test_add_func ("/policy/overrides/inheritance", test_inheritance);
  g_test_add_func ("/policy/overrides/layers", test_layers);
  g_test_add_func ("/policy/overrides/conflicts", test_conflicts);
  g_test_add_func ("/policy/overrides/patch", test_patch);
  return g_test_run ();
}
