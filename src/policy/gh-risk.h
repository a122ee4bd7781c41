/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Figures derived from several settings. */

#pragma once

#include "gh-policy.h"

G_BEGIN_DECLS

typedef enum
{
  GH_LOCKOUT_LOGIN,
  GH_LOCKOUT_CLAIM,
  GH_LOCKOUT_TWO_FACTOR,
} GhLockout;

#define GH_N_LOCKOUTS 3

/* The ids of its three fields: attempts, the window they are counted within, and the
 * lockout period. NULL-terminated, static. */
const char *const *gh_lockout_get_fields (GhLockout lockout);

/* Best sustained guesses a day against one account: the larger of staying just under
 * the limit and of taking each lockout, max ((n - 1) * 1440 / window, n * 1440 / lockout). */
gint64 gh_risk_get_guesses_a_day (const GhPolicy *policy, GhLockout lockout);

/* One in how many: the odds that a day of guessing finds a six-digit code. */
gint64 gh_risk_get_code_odds_a_day (const GhPolicy *policy);

G_END_DECLS
