/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tests of the rules about passwords, sessions and accounts. */

#include <glib/gi18n-lib.h>

#include "gh-rules-private.h"
#include "gh-value-type.h"

gint64
gh_rule_get_limit (const GhPolicy *policy, const char *id)
{
  gint64 number = gh_policy_get_integer (policy, id);

  return number == 0 ? G_MAXINT64 : number;
}

void
gh_rule_mend_integer (GhFinding *finding, const char *title, const char *id, gint64 value)
{
  gh_finding_set_mend_title (finding, title);
  gh_finding_add_mend (finding, gh_settings_lookup (id), g_variant_new_int64 (value));
}

/* Reports a limit that was lowered, with the amount it is now. */
static void
report_if_lowered (const GhRule *rule,
                   const GhPolicy *before,
                   const GhPolicy *after,
                   GPtrArray *findings)
{
  const GhSetting *setting = gh_settings_lookup (rule->fields[0]);
  g_autofree char *amount = NULL;

  if (gh_rule_get_limit (after, setting->id) >= gh_rule_get_limit (before, setting->id))
    return;

  amount = gh_setting_dup_amount (setting, gh_policy_get_integer (after, setting->id));
  gh_rule_report_with (rule, findings, amount);
}

GH_RULE_TEST (gh_rule_password_new_only)
{
  if (!g_str_equal (gh_policy_get_string (before, "password-policy"),
                    gh_policy_get_string (after, "password-policy")))
    gh_rule_report (rule, findings);
}

GH_RULE_TEST (gh_rule_password_composition)
{
  if (g_str_equal (gh_policy_get_string (after, "password-policy"), "strict"))
    gh_rule_report (rule, findings);
}

GH_RULE_TEST (gh_rule_password_history_cycle)
{
  GhFinding *finding;

  if (gh_policy_get_integer (after, "password-reuse-limit") == 0
      || gh_policy_get_integer (after, "password-change-interval") > 0)
    return;

  finding = gh_rule_report (rule, findings);
  if (gh_rule_get_limit (after, "forced-password-reset-interval") > 1)
    gh_rule_mend_integer (
      finding, _ ("Ask for one day between changes"), "password-change-interval", 1);
}

GH_RULE_TEST (gh_rule_password_age_order)
{
  gint64 forced = gh_policy_get_integer (after, "forced-password-reset-interval");
  GhFinding *finding;

  if (forced == 0 || gh_policy_get_integer (after, "password-change-interval") < forced)
    return;

  finding = gh_rule_report (rule, findings);
  gh_rule_mend_integer (finding,
                        _ ("Shorten the password change interval"),
                        "password-change-interval",
                        MIN (forced - 1, 1));
}

GH_RULE_TEST (gh_rule_password_mass_reset)
{
  report_if_lowered (rule, before, after, findings);
}

GH_RULE_TEST (gh_rule_session_forever)
{
  GhFinding *finding;

  if (gh_policy_get_integer (after, "global-session-timeout") != 0)
    return;

  finding = gh_rule_report (rule, findings);
  gh_rule_mend_integer (
    finding, _ ("End idle sessions after 30 minutes"), "global-session-timeout", 30);
  if (!gh_policy_get_boolean (after, "remember-me"))
    return;

  g_free (finding->explanation);
  finding->explanation = g_strdup (
    _ ("A computer left alone or a stolen session gives the account away for good. With "
       "“Remember me” on, closing the browser does not end the session either."));
}

GH_RULE_TEST (gh_rule_inactive_mass)
{
  report_if_lowered (rule, before, after, findings);
}
