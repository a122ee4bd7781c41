/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tests of the rules table, one file for each subject. */

#pragma once

#include "gh-rules.h"

G_BEGIN_DECLS

#define GH_RULE_TEST(name)                                                                         \
  void name (const GhRule *rule, const GhPolicy *before, const GhPolicy *after, GPtrArray *findings)

/* gh-rules-password.c */
GH_RULE_TEST (gh_rule_password_new_only);
GH_RULE_TEST (gh_rule_password_composition);
GH_RULE_TEST (gh_rule_password_history_cycle);
GH_RULE_TEST (gh_rule_password_age_order);
GH_RULE_TEST (gh_rule_password_mass_reset);
GH_RULE_TEST (gh_rule_session_forever);
GH_RULE_TEST (gh_rule_inactive_mass);

/* gh-rules-links.c */
GH_RULE_TEST (gh_rule_link_umbrella);
GH_RULE_TEST (gh_rule_link_unlimited);
GH_RULE_TEST (gh_rule_passwordless_outlives_reset);
GH_RULE_TEST (gh_rule_unlock_before_lockout_ends);
GH_RULE_TEST (gh_rule_pair_approve_reject);
GH_RULE_TEST (gh_rule_autologin_long_link);

/* gh-rules-lockout.c */
GH_RULE_TEST (gh_rule_guess_rate);
GH_RULE_TEST (gh_rule_lockout_shorter_than_window);
GH_RULE_TEST (gh_rule_lockout_denies_service);
GH_RULE_TEST (gh_rule_prompt_outlives_lockout);
GH_RULE_TEST (gh_rule_no_second_factor);
GH_RULE_TEST (gh_rule_mail_as_second_factor);
GH_RULE_TEST (gh_rule_code_outlives_window);
GH_RULE_TEST (gh_rule_code_odds);

/* gh-rules-uploads.c */
GH_RULE_TEST (gh_rule_dangerous_extensions);
GH_RULE_TEST (gh_rule_malformed_extensions);

/* A number that may stand for "never ends" as one that can be compared. */
gint64 gh_rule_get_limit (const GhPolicy *policy, const char *id);
/* A mend that sets one integer. */
void gh_rule_mend_integer (GhFinding *finding, const char *title, const char *id, gint64 value);

G_END_DECLS
