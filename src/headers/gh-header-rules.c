/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules about headers in one table, and the check of a whole policy. */

#include "gh-config.h"

#include "gh-csp-rules.h"
#include "gh-header-rules.h"
#include "gh-rule-parts.h"

typedef const GhRule *(*GetTable) (gsize *n_rules);

static const GetTable parts[] = {
  gh_transport_rules_get_table,
  gh_content_rules_get_table,
  gh_isolation_rules_get_table,
  gh_csp_rules_get_table,
};

static GArray *
join_parts (void)
{
  GArray *table = g_array_new (FALSE, FALSE, sizeof (GhRule));

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      gsize n_rules;
      const GhRule *rules = parts[i](&n_rules);

      g_array_append_vals (table, rules, n_rules);
    }

  return table;
}

const GhRule *
gh_header_rules_get_table (gsize *n_rules)
{
  static GArray *table;

  if (g_once_init_enter (&table))
    g_once_init_leave (&table, join_parts ());

  *n_rules = table->len;
  return (const GhRule *) (gconstpointer) table->data;
}

GPtrArray *
gh_policy_check (const GhPolicy *before, const GhPolicy *after)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_finding_unref);
  const GetTable tables[] = { gh_rules_get_table, gh_header_rules_get_table };

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      gsize n_rules;
      const GhRule *rules = tables[i](&n_rules);

      gh_rules_run (rules, n_rules, before, after, findings);
    }

  gh_rule_name_headers (findings, after);
  gh_findings_sort (findings);
  return findings;
}

gboolean
gh_policy_is_irreversible (const GhPolicy *before, const GhPolicy *after, GPtrArray *findings)
{
  static const char *const remembered[]
    = { "strict-transport-security.preload", "public-key-pins" };

  for (gsize i = 0; i < G_N_ELEMENTS (remembered); i++)
    if (gh_policy_get_boolean (after, remembered[i])
        && !gh_policy_get_boolean (before, remembered[i]))
      return TRUE;
  for (guint i = 0; i < findings->len; i++)
    if (((const GhFinding *) g_ptr_array_index (findings, i))->severity == GH_SEVERITY_CONFIRM)
      return TRUE;

  return FALSE;
}
