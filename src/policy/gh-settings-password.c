/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings table: passwords. Data only. */

#include <glib/gi18n-lib.h>

#include "gh-settings-table.h"
#include "gh-value-type.h"

static const GhChoice password_policies[] = {
  { "basic", N_ ("Basic") },
  { "strong", N_ ("Strong") },
  { "strict", N_ ("Strict") },
};

static const GhSetting rows[] = {
  {
    .number = 1,
    .id = "password-policy",
    .group = "password",
    .type = &gh_value_type_enum,
    .title = N_ ("Password policy"),
    .help = N_ ("How demanding a new password must be; what each level asks for is set on the "
                "server. A change binds only members who join after it, and a lower level lets "
                "in passwords that are easy to guess."),
    .unit = "",
    .choices = password_policies,
    .n_choices = G_N_ELEMENTS (password_policies),
    .default_text = "strong",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_EARLIER_CHOICE,
    .recommended = N_ ("The strictest level; at least 15 characters, or 8 with two-step "
                       "authentication"),
    .recommended_value = "strict",
    .source = N_ ("NIST SP 800-63B-4 section 3.1.1.2; OWASP ASVS 5.0, 6.2.1 and 6.2.9"),
    .keywords = N_ ("strength complexity length characters passphrase rules"),
  },
  {
    .number = 8,
    .id = "password-reuse-limit",
    .group = "password",
    .type = &gh_value_type_integer,
    .title = N_ ("Password reuse limit"),
    .help = N_ ("How many of their last passwords members cannot choose again. With a small "
                "number an old password, perhaps one that leaked, soon comes back into use."),
    .unit = "passwords",
    .minimum = 0,
    .maximum = 50,
    .default_text = "5",
    .zero = N_ ("Reuse is not checked"),
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_LOWER,
    .recommended = N_ ("24 passwords; none is fine where new passwords are checked against "
                       "leaked ones"),
    .source = N_ ("CIS Windows Benchmark 1.1.1; OWASP ASVS 4.0.3, 2.1.10"),
    .keywords = N_ ("history previous old recycle repeat remembered"),
  },
  {
    .number = 33,
    .id = "forced-password-reset-interval",
    .group = "password",
    .type = &gh_value_type_integer,
    .title = N_ ("Force password reset"),
    .help = N_ ("After how many days every member must choose a new password. Short intervals "
                "lead people to predictable variants, and lowering the number sends a wave of "
                "resets."),
    .unit = "days",
    .minimum = 0,
    .maximum = 730,
    .default_text = "0",
    .zero = N_ ("Never forced"),
    .zero_is_unlimited = TRUE,
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_NEITHER,
    .recommended = N_ ("Never, or at most 365 days where a benchmark asks for rotation"),
    .source = N_ ("NIST SP 800-63B-4 section 3.1.1.2; OWASP ASVS 5.0, 6.2.10; CIS Windows "
                  "Benchmark 1.1.2"),
    .keywords = N_ ("expiry expiration rotation maximum password age change aging"),
  },
  {
    .number = 34,
    .id = "password-change-interval",
    .group = "password",
    .type = &gh_value_type_integer,
    .title = N_ ("Password change interval"),
    .help = N_ ("How many days must pass before members may change their password again. Above "
                "one day someone whose password leaked cannot replace it; without any the reuse "
                "limit can be walked through in one sitting."),
    .unit = "days",
    .minimum = 0,
    .maximum = 30,
    .default_text = "1",
    .zero = N_ ("Any time"),
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_NEITHER,
    .recommended = N_ ("1 day at most; 1 day where the reuse limit is on"),
    .recommended_value = "1",
    .source = N_ ("CIS Windows Benchmark 1.1.3"),
    .keywords = N_ ("minimum password age cooldown wait history"),
  },
};

const GhSettingsPart gh_settings_password = {
  .rows = rows,
  .n_rows = G_N_ELEMENTS (rows),
};
