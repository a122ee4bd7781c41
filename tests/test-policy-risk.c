/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Derived figures, against figures worked out by hand. */

#include "gh-risk.h"
#include "sample-policy.h"

static const struct
{
  const char *policy;
  GhLockout lockout;
  gint64 guesses;
} guesses[] = {
  { "", GH_LOCKOUT_LOGIN, 384 },
  { "", GH_LOCKOUT_CLAIM, 384 },
  { "", GH_LOCKOUT_TWO_FACTOR, 384 },
  { "max-failed-login-attempts=10;failed-login-window=60;login-lockout-period=15",
    GH_LOCKOUT_LOGIN,
    960 },
  { "max-failed-login-attempts=100;failed-login-window=1;login-lockout-period=1",
    GH_LOCKOUT_LOGIN,
    144000 },
  { "max-failed-login-attempts=1;failed-login-window=1;login-lockout-period=10080",
    GH_LOCKOUT_LOGIN,
    0 },
  { "max-failed-claim-attempts=4;failed-claim-window=10;claim-lockout-period=1440",
    GH_LOCKOUT_CLAIM,
    432 },
  { "max-failed-two-factor-attempts=5;failed-two-factor-window=1440;two-factor-lockout-period=7",
    GH_LOCKOUT_TWO_FACTOR,
    1028 },
};

static void
test_guesses (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (guesses); i++)
    {
      g_autoptr (GhPolicy) policy = sample_policy (guesses[i].policy);

      g_test_message ("%s", guesses[i].policy);
      g_assert_cmpint (
        gh_risk_get_guesses_a_day (policy, guesses[i].lockout), ==, guesses[i].guesses);
    }
}

static const struct
{
  const char *policy;
  gint64 odds;
} odds[] = {
  { "", 2604 },
  { "max-failed-two-factor-attempts=100;failed-two-factor-window=1;two-factor-lockout-period=1",
    6 },
  { "max-failed-two-factor-attempts=1;two-factor-lockout-period=10080", 7000000 },
  { "max-failed-two-factor-attempts=1;two-factor-lockout-period=1", 694 },
};

static void
test_odds (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (odds); i++)
    {
      g_autoptr (GhPolicy) policy = sample_policy (odds[i].policy);

      g_test_message ("%s", odds[i].policy);
      g_assert_cmpint (gh_risk_get_code_odds_a_day (policy), ==, odds[i].odds);
    }
}

static void
test_fields (void)
{
  for (guint i = 0; i < GH_N_LOCKOUTS; i++)
    {
      const char *const *ids = gh_lockout_get_fields (i);

      g_assert_cmpstr (gh_settings_lookup (ids[0])->unit, ==, "attempts");
      g_assert_cmpstr (gh_settings_lookup (ids[1])->unit, ==, "minutes");
      g_assert_cmpstr (gh_settings_lookup (ids[2])->unit, ==, "minutes");
      g_assert_null (ids[3]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/policy/risk/guesses", test_guesses);
  g_test_add_func ("/policy/risk/odds", test_odds);
  g_test_add_func ("/policy/risk/fields", test_fields);

  return g_test_run ();
}
