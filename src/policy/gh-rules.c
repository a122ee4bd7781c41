/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rule engine. */

#include <glib/gi18n-lib.h>

#include "gh-rules.h"

/* For findings that speak of one field: its id and NULL, for every row. */
typedef const char *FieldAlone[2];

static const FieldAlone *
get_fields_alone (void)
{
  static FieldAlone *fields = NULL;

  if (g_once_init_enter (&fields))
    {
      FieldAlone *made = g_new0 (FieldAlone, GH_N_SETTINGS);

      for (guint i = 0; i < GH_N_SETTINGS; i++)
        made[i][0] = gh_settings_get_nth (i)->id;
      g_once_init_leave (&fields, made);
    }

  return fields;
}

void
gh_rules_run (const GhRule *rules,
              gsize n_rules,
              const GhPolicy *before,
              const GhPolicy *after,
              GPtrArray *findings)
{
  g_return_if_fail (rules != NULL || n_rules == 0);
  g_return_if_fail (before != NULL && after != NULL);
  g_return_if_fail (findings != NULL);

  for (gsize i = 0; i < n_rules; i++)
    rules[i].test (&rules[i], before, after, findings);
}

GhFinding *
gh_rule_report (const GhRule *rule, GPtrArray *findings)
{
  GhFinding *finding;

  g_return_val_if_fail (rule != NULL, NULL);
  g_return_val_if_fail (findings != NULL, NULL);

  finding = gh_finding_new (rule->id, rule->severity, rule->fields);
  finding->message = g_strdup (_ (rule->message));
  finding->explanation = rule->explanation != NULL ? g_strdup (_ (rule->explanation)) : NULL;
  finding->source = rule->source;
  g_ptr_array_add (findings, finding);
  return finding;
}

GhFinding *
gh_rule_report_with (const GhRule *rule, GPtrArray *findings, const char *words)
{
  GhFinding *finding = gh_rule_report (rule, findings);
  g_autoptr (GString) message = NULL;

  g_return_val_if_fail (finding != NULL, NULL);
  g_return_val_if_fail (words != NULL, finding);

  message = g_string_new (finding->message);
  g_string_replace (message, "%s", words, 1);
  g_free (finding->message);
  finding->message = g_string_free (g_steal_pointer (&message), FALSE);
  return finding;
}

GhFinding *
gh_rule_report_field (const GhRule *rule, GPtrArray *findings, const GhSetting *setting)
{
  GhFinding *finding = gh_rule_report_with (rule, findings, gh_setting_get_title (setting));

  finding->fields = get_fields_alone ()[gh_setting_get_index (setting)];
  return finding;
}

static int
compare_severity (gconstpointer a, gconstpointer b)
{
  const GhFinding *first = *(const GhFinding *const *) a;
  const GhFinding *second = *(const GhFinding *const *) b;

  return (int) second->severity - (int) first->severity;
}

void
gh_findings_sort (GPtrArray *findings)
{
  g_return_if_fail (findings != NULL);

  g_ptr_array_sort (findings, compare_severity);
}

GPtrArray *
gh_rules_check (const GhPolicy *before, const GhPolicy *after)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_finding_unref);
  gsize n_rules;
  const GhRule *rules = gh_rules_get_table (&n_rules);

  gh_rules_run (rules, n_rules, before, after, findings);
  gh_findings_sort (findings);
  return findings;
}
