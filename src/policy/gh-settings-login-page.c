/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings table: login page. Data only. */

#include <glib/gi18n-lib.h>

#include "gh-settings-table.h"
#include "gh-value-format.h"
#include "gh-value-type.h"

static const GhSetting rows[] = {
  {
    .number = 40,
    .id = "auth-page-banner",
    .group = "login-page",
    .type = &gh_value_type_boolean,
    .title = N_ ("Authentication page banner"),
    .help = N_ ("Shows a notice on the sign-in page. Where a legal notice is required, leaving "
                "it out makes misuse harder to pursue."),
    .unit = "",
    .default_text = "false",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_OFF,
    .recommended = N_ ("On where a legal notice is required"),
    .source = N_ ("NIST SP 800-53, AC-8; CIS Windows Benchmark 2.3.7.4 and 2.3.7.5"),
    .keywords = N_ ("login sign-in message notice legal warning terms disclaimer"),
  },
  {
    .number = 40,
    .id = "auth-page-banner.text",
    .parent = "auth-page-banner",
    .group = "login-page",
    .type = &gh_value_type_text,
    .title = N_ ("Banner text"),
    .help = N_ ("The words of the notice on the sign-in page, at most 2000 characters. It is "
                "shown only while the banner is on."),
    .unit = "",
    .minimum = 0,
    .maximum = 2000,
    .format = &gh_format_prose,
    .default_text = "",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_NEITHER,
    .keywords = N_ ("login sign-in message notice legal warning"),
  },
  {
    .number = 41,
    .id = "captcha-enabled",
    .group = "login-page",
    .type = &gh_value_type_boolean,
    .title = N_ ("Captcha"),
    .help = N_ ("Asks visitors to prove that they are human when they register or sign in. "
                "Without it programs can register and try stolen passwords freely."),
    .unit = "",
    .default_text = "true",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_OFF,
    .recommended = N_ ("On"),
    .recommended_value = "true",
    .source = N_ ("OWASP ASVS 5.0, 6.1.1 and 6.3.1; OWASP Credential Stuffing Prevention Cheat "
                  "Sheet"),
    .keywords = N_ ("recaptcha robot bot bots human challenge spam"),
  },
};

const GhSettingsPart gh_settings_login_page = {
  .rows = rows,
  .n_rows = G_N_ELEMENTS (rows),
};
