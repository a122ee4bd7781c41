/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of rules about headers share. */

#include "gh-config.h"

#include "gh-header-set.h"
#include "gh-rule-parts.h"

const GhRule *
gh_rule_find (const GhRule *rules, gsize n_rules, const char *id)
{
  for (gsize i = 0; i < n_rules; i++)
    if (g_str_equal (rules[i].id, id))
      return &rules[i];

  g_return_val_if_reached (NULL);
}

void
gh_rule_name_headers (GPtrArray *findings, const GhPolicy *policy)
{
  for (guint i = 0; i < findings->len; i++)
    {
      GhFinding *finding = g_ptr_array_index (findings, i);

      for (const char *const *field = finding->fields; *field && !finding->header; field++)
        finding->header = gh_header_set_get_name_of (policy, *field);
    }
}

void
gh_rule_mend (GhFinding *finding, const char *title, const char *id, GVariant *value)
{
  g_free (finding->mend_title);
  finding->mend_title = g_strdup (title);
  gh_finding_add_mend (finding, gh_settings_lookup (id), value);
}

void
gh_rule_say (GhFinding *finding, char *message)
{
  g_free (finding->message);
  finding->message = message;
}

gboolean
gh_rule_is_on (const GhPolicy *policy, const char *id)
{
  return gh_policy_get_boolean (policy, id);
}

gboolean
gh_rule_is_turned_on (const GhPolicy *before, const GhPolicy *after, const char *id)
{
  return !gh_rule_is_on (before, id) && gh_rule_is_on (after, id);
}

const char *
gh_rule_get_sent (const GhPolicy *policy, const char *switch_id, const char *policy_id)
{
  return gh_rule_is_on (policy, switch_id) ? gh_policy_get_string (policy, policy_id) : NULL;
}

gboolean
gh_rule_sends (const GhPolicy *policy,
               const char *switch_id,
               const char *policy_id,
               const char *value)
{
  return g_strcmp0 (gh_rule_get_sent (policy, switch_id, policy_id), value) == 0;
}
