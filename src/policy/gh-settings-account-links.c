/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings table: account and verification links. Data only. */

#include <glib/gi18n-lib.h>

#include "gh-settings-table.h"
#include "gh-value-type.h"

static const GhSetting rows[] = {
  {
    .number = 5,
    .id = "email-verification-link-expiry",
    .group = "account-links",
    .type = &gh_value_type_integer,
    .title = N_ ("Email verification link"),
    .help = N_ ("How long links in invitations, address verifications and similar account mails "
                "work. A leaked, forwarded or archived mail opens the account for as long."),
    .unit = "minutes",
    .minimum = 0,
    .maximum = 43200,
    .default_text = "1440",
    .zero = N_ ("Never expires"),
    .zero_is_unlimited = TRUE,
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_HIGHER,
    .recommended = N_ ("1440 minutes (1 day) at most; 10 where two-step links use it"),
    .recommended_value = "1440",
    .source = N_ ("NIST SP 800-63A, 24 hours for mailed codes; OWASP ASVS 5.0, 6.5.5"),
    .keywords = N_ ("e-mail confirm confirmation invite invitation activation lifetime validity"),
  },
  {
    .number = 6,
    .id = "member-passwordless-authorization-expiry",
    .group = "account-links",
    .type = &gh_value_type_integer,
    .title = N_ ("Member passwordless authorization"),
    .help = N_ ("How long whoever opens a reset mail sent by an administrator may set a new "
                "password without the old one. More time gives a stranger who finds the mail "
                "more time too."),
    .unit = "minutes",
    .minimum = 1,
    .maximum = 1440,
    .default_text = "30",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_HIGHER,
    .recommended = N_ ("30 minutes at most, and not longer than the password reset link"),
    .recommended_value = "30",
    .source = N_ ("OWASP Forgot Password Cheat Sheet"),
    .keywords = N_ ("authorisation token reset admin lifetime validity expiry"),
  },
  {
    .number = 7,
    .id = "password-reset-link-expiry",
    .group = "account-links",
    .type = &gh_value_type_integer,
    .title = N_ ("Password reset link"),
    .help = N_ ("How long the link in a password reset mail works. A reset mail that is found "
                "later takes over the account."),
    .unit = "minutes",
    .minimum = 0,
    .maximum = 10080,
    .default_text = "30",
    .zero = N_ ("Never expires"),
    .zero_is_unlimited = TRUE,
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_HIGHER,
    .recommended = N_ ("60 minutes at most; 10 for high assurance"),
    .recommended_value = "30",
    .source = N_ ("OWASP Forgot Password Cheat Sheet; OWASP ASVS 5.0, 6.4.1 and 6.5.5"),
    .keywords = N_ ("forgot forgotten recovery recover e-mail lifetime validity expiry"),
  },
  {
    .number = 9,
    .id = "email-claim-link-expiry",
    .group = "account-links",
    .type = &gh_value_type_integer,
    .title = N_ ("Email claim link"),
    .help = N_ ("How long the link works with which someone claims an existing account by mail. "
                "A stranger who gets the mail can finish the claim while it lives."),
    .unit = "minutes",
    .minimum = 0,
    .maximum = 10080,
    .default_text = "60",
    .zero = N_ ("Never expires"),
    .zero_is_unlimited = TRUE,
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_HIGHER,
    .recommended = N_ ("1440 minutes (1 day) at most"),
    .recommended_value = "60",
    .source = N_ ("NIST SP 800-63A, 24 hours for mailed codes"),
    .keywords = N_ ("e-mail ownership take over address lifetime validity expiry"),
  },
  {
    .number = 21,
    .id = "identity-verification-link-expiry",
    .group = "account-links",
    .type = &gh_value_type_integer,
    .title = N_ ("Identity verification link"),
    .help = N_ ("How long the link works that is sent when a member joins, registers or is "
                "locked out. The mail can reopen a locked account for as long."),
    .unit = "minutes",
    .minimum = 0,
    .maximum = 10080,
    .default_text = "60",
    .zero = N_ ("Never expires"),
    .zero_is_unlimited = TRUE,
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_HIGHER,
    .recommended = N_ ("60 minutes at most, since it unlocks accounts"),
    .recommended_value = "60",
    .source = N_ ("OWASP Authentication Cheat Sheet"),
    .keywords = N_ ("unlock locked account join register e-mail lifetime validity expiry"),
  },
};

const GhSettingsPart gh_settings_account_links = {
  .rows = rows,
  .n_rows = G_N_ELEMENTS (rows),
};
