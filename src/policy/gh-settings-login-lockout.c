/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings table: login lockout. Data only. */

#include <glib/gi18n-lib.h>

#include "gh-settings-table.h"
#include "gh-value-type.h"

static const GhSetting rows[] = {
  {
    .number = 22,
    .id = "max-failed-login-attempts",
    .group = "login-lockout",
    .type = &gh_value_type_integer,
    .title = N_ ("Failed logins before lockdown"),
    .help = N_ ("How many wrong passwords within the counting time lock the account. Every "
                "further attempt is one more guess for an attacker."),
    .unit = "attempts",
    .minimum = 1,
    .maximum = 100,
    .default_text = "5",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_HIGHER,
    .recommended = N_ ("4 to 10 attempts; 5 at most for CIS"),
    .recommended_value = "5",
    .source = N_ ("NIST SP 800-63B-4 section 3.2.2; CIS Windows Benchmark 1.2.2; OWASP "
                  "Authentication Cheat Sheet"),
    .keywords = N_ ("sign-in password lockout brute force guess guessing tries threshold limit "
                    "lock"),
  },
  {
    .number = 23,
    .id = "failed-login-window",
    .group = "login-lockout",
    .type = &gh_value_type_integer,
    .title = N_ ("Failed logins counted within"),
    .help = N_ ("How far back wrong passwords are counted. With a short time slow guessing goes "
                "on for ever without a lock."),
    .unit = "minutes",
    .minimum = 1,
    .maximum = 1440,
    .default_text = "15",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_LOWER,
    .recommended = N_ ("15 to 60 minutes"),
    .recommended_value = "15",
    .source = N_ ("CIS Windows Benchmark 1.2.4"),
    .keywords = N_ ("sign-in attempts lockout window period counter reset observation brute force"),
  },
  {
    .number = 24,
    .id = "login-lockout-period",
    .group = "login-lockout",
    .type = &gh_value_type_integer,
    .title = N_ ("Login lockdown period"),
    .help = N_ ("How long an account stays locked after too many failures. When it is short "
                "guessing resumes soon; when it is very long anyone can shut a member out on "
                "purpose."),
    .unit = "minutes",
    .minimum = 1,
    .maximum = 10080,
    .default_text = "30",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_LOWER,
    .recommended = N_ ("15 to 60 minutes"),
    .recommended_value = "30",
    .source = N_ ("CIS Windows Benchmark 1.2.1; OWASP Authentication Cheat Sheet"),
    .keywords = N_ ("sign-in lockout lock locked out duration denial of service brute force"),
  },
  {
    .number = 25,
    .id = "locked-user-login-prompt-duration",
    .group = "login-lockout",
    .type = &gh_value_type_integer,
    .title = N_ ("Locked user login prompt duration"),
    .help = N_ ("How long the sign-in prompt for a locked member lasts. It should not outlive "
                "the lock itself."),
    .unit = "seconds",
    .minimum = 1,
    .maximum = 3600,
    .default_text = "60",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_HIGHER,
    .recommended = N_ ("30 to 300 seconds"),
    .recommended_value = "60",
    .source = N_ ("No standard; a practical range"),
    .keywords = N_ ("lockout message dialog wait unlock sign-in"),
  },
};

const GhSettingsPart gh_settings_login_lockout = {
  .rows = rows,
  .n_rows = G_N_ELEMENTS (rows),
};
