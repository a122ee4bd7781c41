/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Figures derived from several settings. */

#include "gh-risk.h"

#define MINUTES_A_DAY 1440
#define SIX_DIGIT_CODES 1000000

static const char *const fields[GH_N_LOCKOUTS][4] = {
  [GH_LOCKOUT_LOGIN]
  = { "max-failed-login-attempts", "failed-login-window", "login-lockout-period", NULL },
  [GH_LOCKOUT_CLAIM]
  = { "max-failed-claim-attempts", "failed-claim-window", "claim-lockout-period", NULL },
  [GH_LOCKOUT_TWO_FACTOR] = { "max-failed-two-factor-attempts",
                              "failed-two-factor-window",
                              "two-factor-lockout-period",
                              NULL },
};

const char *const *
gh_lockout_get_fields (GhLockout lockout)
{
  g_return_val_if_fail ((gsize) lockout < GH_N_LOCKOUTS, NULL);

  return fields[lockout];
}

gint64
gh_risk_get_guesses_a_day (const GhPolicy *policy, GhLockout lockout)
{
  const char *const *ids = gh_lockout_get_fields (lockout);
  gint64 attempts = gh_policy_get_integer (policy, ids[0]);
  gint64 window = MAX (gh_policy_get_integer (policy, ids[1]), 1);
  gint64 period = MAX (gh_policy_get_integer (policy, ids[2]), 1);

  return MAX ((attempts - 1) * MINUTES_A_DAY / window, attempts * MINUTES_A_DAY / period);
}

/* From the exact rate, not the whole guesses above, so that rare ones count too. */
gint64
gh_risk_get_code_odds_a_day (const GhPolicy *policy)
{
  const char *const *ids = gh_lockout_get_fields (GH_LOCKOUT_TWO_FACTOR);
  gint64 attempts = MAX (gh_policy_get_integer (policy, ids[0]), 1);
  gint64 window = MAX (gh_policy_get_integer (policy, ids[1]), 1);
  gint64 period = MAX (gh_policy_get_integer (policy, ids[2]), 1);
  gint64 odds = SIX_DIGIT_CODES * period / (attempts * MINUTES_A_DAY);

  if (attempts > 1)
    odds = MIN (odds, SIX_DIGIT_CODES * window / ((attempts - 1) * MINUTES_A_DAY));

  return MAX (odds, 1);
}
