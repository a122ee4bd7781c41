/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings table: two-step authentication. Data only. */

#include <glib/gi18n-lib.h>

#include "gh-settings-table.h"
#include "gh-value-type.h"

static const GhSetting rows[] = {
  {
    .number = 29,
    .id = "max-failed-two-factor-attempts",
    .group = "two-step",
    .type = &gh_value_type_integer,
    .title = N_ ("Failed two-factor before lockdown"),
    .help = N_ ("How many wrong two-step codes within the counting time lock the account. Every "
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
    .keywords = N_ ("2fa mfa otp code lockout brute force guess guessing tries threshold limit "
                    "lock"),
  },
  {
    .number = 30,
    .id = "failed-two-factor-window",
    .group = "two-step",
    .type = &gh_value_type_integer,
    .title = N_ ("Failed two-factor counted within"),
    .help = N_ ("How far back wrong two-step codes are counted. With a short time slow guessing "
                "goes on for ever without a lock."),
    .unit = "minutes",
    .minimum = 1,
    .maximum = 1440,
    .default_text = "15",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_LOWER,
    .recommended = N_ ("15 to 60 minutes"),
    .recommended_value = "15",
    .source = N_ ("CIS Windows Benchmark 1.2.4"),
    .keywords = N_ ("2fa mfa otp code attempts lockout window period counter reset observation "
                    "brute force"),
  },
  {
    .number = 31,
    .id = "two-factor-lockout-period",
    .group = "two-step",
    .type = &gh_value_type_integer,
    .title = N_ ("Two-factor lockdown period"),
    .help = N_ ("How long two-step sign-in stays locked after too many failures. When it is "
                "short guessing resumes soon; when it is very long anyone can shut a member out "
                "on purpose."),
    .unit = "minutes",
    .minimum = 1,
    .maximum = 10080,
    .default_text = "30",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_LOWER,
    .recommended = N_ ("15 to 60 minutes"),
    .recommended_value = "30",
    .source = N_ ("CIS Windows Benchmark 1.2.1; OWASP Authentication Cheat Sheet"),
    .keywords = N_ ("2fa mfa otp code lockout lock locked out duration denial of service brute "
                    "force"),
  },
  {
    .number = 35,
    .id = "two-step-email-enabled",
    .group = "two-step",
    .type = &gh_value_type_boolean,
    .title = N_ ("Two-step by email"),
    .help = N_ ("Offers a code sent by mail as the second step; whether members must use a "
                "second step is set elsewhere on the site. A mailbox is a weak second factor, "
                "but without any a password alone opens the account."),
    .unit = "",
    .default_text = "false",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_OFF,
    .recommended = N_ ("On only as a fallback beside an authenticator app"),
    .source = N_ ("NIST SP 800-63B-4 section 3.1.3.1; OWASP ASVS 5.0, 6.3.6"),
    .keywords = N_ ("2fa mfa two-factor otp second factor code e-mail mail"),
  },
  {
    .number = 36,
    .id = "email-otp-expiry",
    .group = "two-step",
    .type = &gh_value_type_integer,
    .title = N_ ("Email OTP expiry"),
    .help = N_ ("How long a mailed one-time code works. A six-digit code can be guessed, or read"
                " in the mailbox, for as long."),
    .unit = "seconds",
    .minimum = 30,
    .maximum = 3600,
    .default_text = "300",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_HIGHER,
    .recommended = N_ ("60 to 600 seconds"),
    .recommended_value = "300",
    .source = N_ ("OWASP ASVS 5.0, 6.5.5; NIST SP 800-63B-4 section 3.1.3.2"),
    .keywords = N_ ("2fa mfa two-factor one-time password passcode code e-mail lifetime validity"),
  },
  {
    .number = 37,
    .id = "two-step-authenticator-enabled",
    .group = "two-step",
    .type = &gh_value_type_boolean,
    .title = N_ ("Two-step by authenticator app"),
    .help = N_ ("Offers codes from an authenticator app as the second step. Without it a stolen "
                "or guessed password is enough, or the mailbox is the only second factor."),
    .unit = "",
    .default_text = "true",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_OFF,
    .recommended = N_ ("On"),
    .recommended_value = "true",
    .source = N_ ("OWASP ASVS 5.0, 6.3.3"),
    .keywords = N_ ("2fa mfa two-factor totp otp second factor phone"),
  },
};

const GhSettingsPart gh_settings_two_step = {
  .rows = rows,
  .n_rows = G_N_ELEMENTS (rows),
};
