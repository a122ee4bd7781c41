/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A policy: what was read passes every check, and comes back from each form it can take.
 * The same bytes as a merge patch are applied whole or refused with reasons. */

#include "fuzz.h"

#include "gh-policy-json.h"
#include "gh-rules.h"
#include "gh-strict-json.h"
#include "gh-value-type.h"

static void
check_values (const GhPolicy *policy)
{
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      GVariant *value = gh_policy_get (policy, setting);
      g_autofree char *text = gh_value_to_text (setting, value);
      g_autofree char *words = gh_value_describe (setting, value);
      g_autoptr (GVariant) again = gh_value_from_text (setting, text, NULL);

      g_assert_true (gh_value_check (setting, value, NULL));
      g_assert_true (again != NULL && gh_value_equal (value, again));
      g_assert_true (g_utf8_validate (words, -1, NULL));
    }
}

static void
check_round_trip (const GhPolicy *policy)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gh_policy_to_json_text (policy);
  g_autoptr (GhPolicy) again = gh_policy_from_json_text (text, -1, &error);
  g_autofree char *text_again = NULL;

  g_assert_no_error (error);
  g_assert_true (gh_policy_equal (policy, again));
  text_again = gh_policy_to_json_text (again);
  g_assert_cmpstr (text, ==, text_again);
}

static void
check_patch_between (const GhPolicy *before, const GhPolicy *after)
{
  g_autoptr (JsonNode) patch = gh_policy_make_patch (before, after);
  g_autoptr (GhPolicy) patched = gh_policy_apply_patch (before, json_node_get_object (patch), NULL);

  g_assert_nonnull (patched);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      g_assert_true (
        gh_value_equal (gh_policy_get (patched, setting), gh_policy_get (after, setting)));
    }
}

static void
check_as_patch (const GhPolicy *policy, const char *text, size_t size)
{
  g_autoptr (JsonNode) node = gh_strict_json_parse (text, size, NULL);
  g_autoptr (GPtrArray) errors = NULL;
  g_autoptr (GhPolicy) patched = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;

  patched = gh_policy_apply_patch (policy, json_node_get_object (node), &errors);
  g_assert_true ((patched != NULL) == (errors == NULL));
  if (patched != NULL)
    check_values (patched);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GhPolicy) defaults = gh_policy_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GhPolicy) policy = NULL;
  g_autoptr (GPtrArray) findings = NULL;

  check_as_patch (defaults, (const char *) data, size);

  policy = gh_policy_from_json_text ((const char *) data, (gssize) size, &error);
  g_assert_true ((policy == NULL) == (error != NULL));
  if (policy == NULL)
    return 0;

  check_values (policy);
  check_round_trip (policy);
  check_patch_between (defaults, policy);
  findings = gh_rules_check (defaults, policy);
  g_assert_nonnull (findings);
  return 0;
}
