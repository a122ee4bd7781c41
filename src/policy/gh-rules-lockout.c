/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tests of the rules about guessing, lockouts and the second factor. */

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "gh-risk.h"
#include "gh-rules-private.h"

#define SECONDS_A_MINUTE 60
#define MANY_GUESSES_A_DAY 500
#define FAR_TOO_MANY_GUESSES_A_DAY 2000

/* Five attempts, counted and locked for fifteen minutes, are at most 480 guesses a day. */
#define FEW_ATTEMPTS 5
#define MINUTES_ENOUGH 15

#define ATTEMPTS_ANYONE_FAILS 3
#define LOCKOUT_OF_A_DAY 1440
#define LOCKOUT_OF_AN_HOUR 60

enum
{
  ATTEMPTS,
  WINDOW,
  PERIOD,
};

static GhFinding *
report_about (const GhRule *rule,
              GPtrArray *findings,
              const char *culprit,
              const char *const *fields)
{
  GhFinding *finding = gh_rule_report_field (rule, findings, gh_settings_lookup (culprit));

  finding->fields = fields;
  return finding;
}

static void
mend_to (GhFinding *finding, const GhPolicy *policy, const char *id, gint64 value)
{
  if (gh_policy_get_integer (policy, id) != value)
    gh_finding_add_mend (finding, gh_settings_lookup (id), g_variant_new_int64 (value));
}

/* The message names the lockout and the number. */
static char *
describe_guesses (GhLockout lockout, gint64 guesses)
{
  gulong n = (gulong) guesses;

  switch (lockout)
    {
    case GH_LOCKOUT_LOGIN:
      return g_strdup_printf (
        ngettext ("%" PRId64 " password a day can be tried against one account.",
                  "%" PRId64 " passwords a day can be tried against one account.",
                  n),
        guesses);
    case GH_LOCKOUT_CLAIM:
      return g_strdup_printf (
        ngettext ("%" PRId64 " attempt a day can be made to claim one account.",
                  "%" PRId64 " attempts a day can be made to claim one account.",
                  n),
        guesses);
    case GH_LOCKOUT_TWO_FACTOR:
    default:
      return g_strdup_printf (
        ngettext ("%" PRId64 " two-step code a day can be tried against one account.",
                  "%" PRId64 " two-step codes a day can be tried against one account.",
                  n),
        guesses);
    }
}

GH_RULE_TEST (gh_rule_guess_rate)
{
  for (guint i = 0; i < GH_N_LOCKOUTS; i++)
    {
      const char *const *ids = gh_lockout_get_fields (i);
      gint64 guesses = gh_risk_get_guesses_a_day (after, i);
      gint64 window = MAX (gh_policy_get_integer (after, ids[WINDOW]), MINUTES_ENOUGH);
      gint64 period = MAX (gh_policy_get_integer (after, ids[PERIOD]), MINUTES_ENOUGH);
      g_autofree char *words = NULL;
      GhFinding *finding;

      if (guesses <= MANY_GUESSES_A_DAY)
        continue;

      words = describe_guesses (i, guesses);
      finding = gh_rule_report_with (rule, findings, words);
      finding->fields = ids;
      if (guesses > FAR_TOO_MANY_GUESSES_A_DAY)
        finding->severity = GH_SEVERITY_HIGH;
      gh_finding_set_mend_title (finding, _ ("Allow fewer guesses"));
      mend_to (finding,
               after,
               ids[ATTEMPTS],
               MIN (gh_policy_get_integer (after, ids[ATTEMPTS]), FEW_ATTEMPTS));
      mend_to (finding, after, ids[WINDOW], window);
      mend_to (finding, after, ids[PERIOD], period);
    }
}

GH_RULE_TEST (gh_rule_lockout_shorter_than_window)
{
  for (guint i = 0; i < GH_N_LOCKOUTS; i++)
    {
      const char *const *ids = gh_lockout_get_fields (i);
      gint64 window = gh_policy_get_integer (after, ids[WINDOW]);
      GhFinding *finding;

      if (gh_policy_get_integer (after, ids[PERIOD]) >= window)
        continue;

      finding = report_about (rule, findings, ids[PERIOD], &ids[WINDOW]);
      gh_rule_mend_integer (
        finding, _ ("Lock for as long as failures are counted"), ids[PERIOD], window);
    }
}

GH_RULE_TEST (gh_rule_lockout_denies_service)
{
  for (guint i = 0; i < GH_N_LOCKOUTS; i++)
    {
      const char *const *ids = gh_lockout_get_fields (i);
      gint64 attempts = gh_policy_get_integer (after, ids[ATTEMPTS]);
      gint64 period = gh_policy_get_integer (after, ids[PERIOD]);
      gint64 shorter = MAX (LOCKOUT_OF_AN_HOUR, gh_policy_get_integer (after, ids[WINDOW]));
      GhFinding *finding;

      if (attempts > ATTEMPTS_ANYONE_FAILS && period < LOCKOUT_OF_A_DAY)
        continue;

      finding = report_about (
        rule, findings, ids[attempts <= ATTEMPTS_ANYONE_FAILS ? ATTEMPTS : PERIOD], ids);
      if (period >= LOCKOUT_OF_A_DAY && shorter >= LOCKOUT_OF_A_DAY)
        continue;

      gh_finding_set_mend_title (finding, _ ("Lock later and for a shorter time"));
      mend_to (
        finding, after, ids[ATTEMPTS], attempts <= ATTEMPTS_ANYONE_FAILS ? FEW_ATTEMPTS : attempts);
      mend_to (finding, after, ids[PERIOD], period >= LOCKOUT_OF_A_DAY ? shorter : period);
    }
}

GH_RULE_TEST (gh_rule_prompt_outlives_lockout)
{
  gint64 lockout = gh_policy_get_integer (after, "login-lockout-period") * SECONDS_A_MINUTE;

  if (gh_policy_get_integer (after, "locked-user-login-prompt-duration") > lockout)
    gh_rule_mend_integer (gh_rule_report (rule, findings),
                          _ ("Shorten the prompt to the lock"),
                          "locked-user-login-prompt-duration",
                          lockout);
}

static void
report_missing_authenticator (const GhRule *rule, GPtrArray *findings)
{
  GhFinding *finding = gh_rule_report (rule, findings);

  gh_finding_set_mend_title (finding, _ ("Offer authenticator apps"));
  gh_finding_add_mend (
    finding, gh_settings_lookup ("two-step-authenticator-enabled"), g_variant_new_boolean (TRUE));
}

GH_RULE_TEST (gh_rule_no_second_factor)
{
  if (!gh_policy_get_boolean (after, "two-step-email-enabled")
      && !gh_policy_get_boolean (after, "two-step-authenticator-enabled"))
    report_missing_authenticator (rule, findings);
}

GH_RULE_TEST (gh_rule_mail_as_second_factor)
{
  if (gh_policy_get_boolean (after, "two-step-email-enabled")
      && !gh_policy_get_boolean (after, "two-step-authenticator-enabled"))
    report_missing_authenticator (rule, findings);
}

GH_RULE_TEST (gh_rule_code_outlives_window)
{
  gint64 window = gh_policy_get_integer (after, "failed-two-factor-window") * SECONDS_A_MINUTE;

  if (gh_policy_get_integer (after, "email-otp-expiry") > window)
    gh_rule_mend_integer (gh_rule_report (rule, findings),
                          _ ("Let codes expire with the counting time"),
                          "email-otp-expiry",
                          window);
}

GH_RULE_TEST (gh_rule_code_odds)
{
  gint64 odds = gh_risk_get_code_odds_a_day (after);
  g_autofree char *words = g_strdup_printf ("%" PRId64, odds);

  if (gh_policy_get_boolean (after, "two-step-email-enabled")
      || gh_policy_get_boolean (after, "two-step-authenticator-enabled"))
    gh_rule_report_with (rule, findings, words);
}
