/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tests of the rules about mailed links. */

#include <glib/gi18n-lib.h>

#include "gh-rules-private.h"
#include "gh-value-type.h"

#define UMBRELLA "email-verification-link-expiry"
#define LONGEST_WITH_AUTO_LOGIN 1440

static const char *const umbrella_fields[][3] = {
  { "password-reset-link-expiry", UMBRELLA, NULL },
  { "email-claim-link-expiry", UMBRELLA, NULL },
  { "identity-verification-link-expiry", UMBRELLA, NULL },
};

static const char *const pair_fields[][3] = {
  { "member-approve-link-expiry", "member-reject-link-expiry", NULL },
  { "idea-approve-link-expiry", "idea-reject-link-expiry", NULL },
};

GH_RULE_TEST (gh_rule_link_umbrella)
{
  gint64 general = gh_rule_get_limit (after, UMBRELLA);

  for (gsize i = 0; i < G_N_ELEMENTS (umbrella_fields); i++)
    {
      const GhSetting *setting = gh_settings_lookup (umbrella_fields[i][0]);
      GhFinding *finding;

      if (gh_rule_get_limit (after, setting->id) <= general)
        continue;

      finding = gh_rule_report_field (rule, findings, setting);
      finding->fields = umbrella_fields[i];
      gh_rule_mend_integer (finding,
                            _ ("Shorten it to the general limit"),
                            setting->id,
                            MIN (general, setting->maximum));
    }
}

GH_RULE_TEST (gh_rule_link_unlimited)
{
  for (gsize i = 0; rule->fields[i] != NULL; i++)
    {
      const GhSetting *setting = gh_settings_lookup (rule->fields[i]);
      g_autoptr (GVariant) value = NULL;
      g_autofree char *words = NULL;
      g_autofree char *title = NULL;
      GhFinding *finding;

      if (gh_policy_get_integer (after, setting->id) != 0)
        continue;

      value = gh_value_from_text (setting, setting->recommended_value, NULL);
      words = gh_value_describe (setting, value);
      /* Translators: an amount of time. */
      title = g_strdup_printf (_ ("Let it expire after %s"), words);
      finding = gh_rule_report_field (rule, findings, setting);
      gh_finding_set_mend_title (finding, title);
      gh_finding_add_mend (finding, setting, value);
    }
}

GH_RULE_TEST (gh_rule_passwordless_outlives_reset)
{
  gint64 reset = gh_rule_get_limit (after, "password-reset-link-expiry");

  if (gh_policy_get_integer (after, "member-passwordless-authorization-expiry") > reset)
    gh_rule_mend_integer (gh_rule_report (rule, findings),
                          _ ("Shorten it to the reset link’s time"),
                          "member-passwordless-authorization-expiry",
                          reset);
}

GH_RULE_TEST (gh_rule_unlock_before_lockout_ends)
{
  gint64 lockout = gh_policy_get_integer (after, "login-lockout-period");

  if (gh_rule_get_limit (after, "identity-verification-link-expiry") < lockout)
    gh_rule_mend_integer (gh_rule_report (rule, findings),
                          _ ("Let the link work as long as the lock"),
                          "identity-verification-link-expiry",
                          lockout);
}

GH_RULE_TEST (gh_rule_pair_approve_reject)
{
  for (gsize i = 0; i < G_N_ELEMENTS (pair_fields); i++)
    {
      const GhSetting *approve = gh_settings_lookup (pair_fields[i][0]);
      const GhSetting *reject = gh_settings_lookup (pair_fields[i][1]);
      gint64 shorter
        = MIN (gh_rule_get_limit (after, approve->id), gh_rule_get_limit (after, reject->id));
      GhFinding *finding;

      if (gh_policy_get_integer (after, approve->id) == gh_policy_get_integer (after, reject->id))
        continue;

      finding = gh_rule_report_field (rule, findings, approve);
      finding->fields = pair_fields[i];
      gh_finding_set_mend_title (finding, _ ("Give both the shorter time"));
      gh_finding_add_mend (finding, approve, g_variant_new_int64 (shorter));
      gh_finding_add_mend (finding, reject, g_variant_new_int64 (shorter));
    }
}

GH_RULE_TEST (gh_rule_autologin_long_link)
{
  gint64 longest = MAX (gh_rule_get_limit (after, "idea-view-link-expiry"),
                        gh_rule_get_limit (after, "conversation-view-link-expiry"));
  GhFinding *finding;

  if (!gh_policy_get_boolean (after, "email-token-auto-login")
      || longest <= LONGEST_WITH_AUTO_LOGIN)
    return;

  finding = gh_rule_report (rule, findings);
  gh_finding_set_mend_title (finding, _ ("Turn auto-login off"));
  gh_finding_add_mend (
    finding, gh_settings_lookup ("email-token-auto-login"), g_variant_new_boolean (FALSE));
}
