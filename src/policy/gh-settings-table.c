/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings table: the groups, and where the rows of each are. Data only. */

#include <glib/gi18n-lib.h>

#include "gh-settings-table.h"

const GhGroup gh_settings_groups[GH_N_GROUPS] = {
  {
    .id = "password",
    .title = N_ ("Passwords"),
    .description = N_ ("How strong passwords are and how often they change."),
  },
  {
    .id = "sessions",
    .title = N_ ("Sessions and accounts"),
    .description = N_ ("How long people stay signed in and accounts stay open."),
  },
  {
    .id = "account-links",
    .title = N_ ("Account and verification links"),
    .description = N_ ("How long mailed links that give access to an account work."),
  },
  {
    .id = "community-links",
    .title = N_ ("Community and moderation links"),
    .description = N_ ("How long mailed links to ideas, members and conversations work."),
  },
  {
    .id = "login-lockout",
    .title = N_ ("Login lockout"),
    .description = N_ ("When too many wrong passwords lock an account, and for how long."),
  },
  {
    .id = "claim-lockout",
    .title = N_ ("Claim lockout"),
    .description = N_ ("When too many failed claims on an account lock it, and for how long."),
  },
  {
    .id = "two-step",
    .title = N_ ("Two-step authentication"),
    .description = N_ ("The second step after the password, and what stops guessing its codes."),
  },
  {
    .id = "login-page",
    .title = N_ ("Login page"),
    .description = N_ ("What visitors see and prove before they sign in."),
  },
  {
    .id = "headers",
    .title = N_ ("HTTP security headers"),
    .description = N_ ("What browsers are told to enforce on every page."),
  },
  {
    .id = "privacy-content",
    .title = N_ ("Privacy and content"),
    .description = N_ ("What goes to other companies, and what members may upload."),
  },
};

const GhSettingsPart *const gh_settings_parts[GH_N_GROUPS] = {
  &gh_settings_password,        &gh_settings_sessions,      &gh_settings_account_links,
  &gh_settings_community_links, &gh_settings_login_lockout, &gh_settings_claim_lockout,
  &gh_settings_two_step,        &gh_settings_login_page,    &gh_settings_headers,
  &gh_settings_privacy_content,
};
