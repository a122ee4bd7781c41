/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings table: sessions and accounts. Data only. */

#include <glib/gi18n-lib.h>

#include "gh-settings-table.h"
#include "gh-value-type.h"

static const GhSetting rows[] = {
  {
    .number = 2,
    .id = "allow-concurrent-login",
    .group = "sessions",
    .type = &gh_value_type_boolean,
    .title = N_ ("Allow concurrent login"),
    .help = N_ ("Lets a member be signed in from several devices at once. A stolen session can "
                "then run beside the real one unnoticed."),
    .unit = "",
    .default_text = "true",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_ON,
    .recommended = N_ ("Off where administrators or regulated data are involved"),
    .source = N_ ("OWASP ASVS 5.0, 7.1.2"),
    .keywords = N_ ("simultaneous parallel multiple sessions devices single sign-in"),
  },
  {
    .number = 3,
    .id = "remember-me",
    .group = "sessions",
    .type = &gh_value_type_boolean,
    .title = N_ ("Remember me"),
    .help = N_ ("Offers to stay signed in after the browser is closed. On shared computers the "
                "next person then finds the account open."),
    .unit = "",
    .default_text = "false",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_ON,
    .recommended = N_ ("Off where devices are shared"),
    .recommended_value = "false",
    .source = N_ ("OWASP ASVS 4.0.3, 3.3.2; NIST SP 800-63B-4 section 2.1.3"),
    .keywords = N_ ("stay logged in keep signed in persistent cookie"),
  },
  {
    .number = 4,
    .id = "global-session-timeout",
    .group = "sessions",
    .type = &gh_value_type_integer,
    .title = N_ ("Global session timeout"),
    .help = N_ ("How long a member may be idle before having to sign in again. The longer it is,"
                " the longer an unattended computer or a stolen session can be used."),
    .unit = "minutes",
    .minimum = 0,
    .maximum = 43200,
    .default_text = "60",
    .zero = N_ ("Never ends"),
    .zero_is_unlimited = TRUE,
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_HIGHER,
    .recommended = N_ ("15 to 30 minutes; 60 at most"),
    .recommended_value = "30",
    .source = N_ ("OWASP Session Management Cheat Sheet; NIST SP 800-63B-4 section 2.2.3; OWASP "
                  "ASVS 4.0.3, 3.3.2"),
    .keywords = N_ ("idle inactivity logout log out expire expiry"),
  },
  {
    .number = 32,
    .id = "max-inactive-days",
    .group = "sessions",
    .type = &gh_value_type_integer,
    .title = N_ ("Maximum allowed inactive days"),
    .help = N_ ("After how many days without signing in an account is deactivated. Forgotten "
                "accounts with old passwords stay open for longer when the number is high."),
    .unit = "days",
    .minimum = 0,
    .maximum = 3650,
    .default_text = "180",
    .zero = N_ ("Never deactivated"),
    .zero_is_unlimited = TRUE,
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_HIGHER,
    .recommended = N_ ("90 days at most; 45 for CIS Controls"),
    .recommended_value = "90",
    .source = N_ ("CIS Controls v8, safeguard 5.3"),
    .keywords = N_ ("dormant unused stale accounts deactivate disable inactivity"),
  },
  {
    .number = 38,
    .id = "email-token-auto-login",
    .group = "sessions",
    .type = &gh_value_type_boolean,
    .title = N_ ("Allow auto-login for actions by email token"),
    .help = N_ ("Signs people in when they follow a link in a notification mail. Every such mail"
                " then works like a password for as long as its link lives."),
    .unit = "",
    .default_text = "false",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_ON,
    .recommended = N_ ("Off"),
    .recommended_value = "false",
    .source = N_ ("OWASP ASVS 5.0, 6.3.6; NIST SP 800-63B-4 section 3.1.3.1"),
    .keywords = N_ ("magic link automatic sign-in sign in mail notification passwordless"),
  },
};

const GhSettingsPart gh_settings_sessions = {
  .rows = rows,
  .n_rows = G_N_ELEMENTS (rows),
};
