/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings table: claim lockout. Data only. */

#include <glib/gi18n-lib.h>

#include "gh-settings-table.h"
#include "gh-value-type.h"

static const GhSetting rows[] = {
  {
    .number = 26,
    .id = "max-failed-claim-attempts",
    .group = "claim-lockout",
    .type = &gh_value_type_integer,
    .title = N_ ("Failed claims before lockdown"),
    .help = N_ ("How many failed attempts to claim an account within the counting time lock the "
                "account. Every further attempt is one more guess for an attacker."),
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
    .keywords = N_ ("account take over lockout brute force guess guessing tries threshold limit "
                    "lock"),
  },
  {
    .number = 27,
    .id = "failed-claim-window",
    .group = "claim-lockout",
    .type = &gh_value_type_integer,
    .title = N_ ("Failed claims counted within"),
    .help = N_ ("How far back failed claims are counted. With a short time slow guessing goes on"
                " for ever without a lock."),
    .unit = "minutes",
    .minimum = 1,
    .maximum = 1440,
    .default_text = "15",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_LOWER,
    .recommended = N_ ("15 to 60 minutes"),
    .recommended_value = "15",
    .source = N_ ("CIS Windows Benchmark 1.2.4"),
    .keywords = N_ ("attempts account take over lockout window period counter reset observation "
                    "brute force"),
  },
  {
    .number = 28,
    .id = "claim-lockout-period",
    .group = "claim-lockout",
    .type = &gh_value_type_integer,
    .title = N_ ("Claim lockdown period"),
    .help = N_ ("How long claiming stays locked after too many failures. When it is short "
                "guessing resumes soon; when it is very long anyone can shut a member out on "
                "purpose."),
    .unit = "minutes",
    .minimum = 1,
    .maximum = 10080,
    .default_text = "60",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_LOWER,
    .recommended = N_ ("15 to 60 minutes"),
    .recommended_value = "60",
    .source = N_ ("CIS Windows Benchmark 1.2.1; OWASP Authentication Cheat Sheet"),
    .keywords = N_ ("account take over lockout lock locked out duration denial of service brute "
                    "force"),
  },
};

const GhSettingsPart gh_settings_claim_lockout = {
  .rows = rows,
  .n_rows = G_N_ELEMENTS (rows),
};
