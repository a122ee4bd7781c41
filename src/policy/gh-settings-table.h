/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The settings table as it is written down: one file of rows per group. Everybody else
 * sees one table, in the order of the settings' numbers, through gh-setting.h. */

#pragma once

#include "gh-setting.h"

G_BEGIN_DECLS

typedef struct
{
  const GhSetting *rows; /* a switch is followed by its sub-fields */
  gsize n_rows;
} GhSettingsPart;

extern const GhSettingsPart gh_settings_password;
extern const GhSettingsPart gh_settings_sessions;
extern const GhSettingsPart gh_settings_account_links;
extern const GhSettingsPart gh_settings_community_links;
extern const GhSettingsPart gh_settings_login_lockout;
extern const GhSettingsPart gh_settings_claim_lockout;
extern const GhSettingsPart gh_settings_two_step;
extern const GhSettingsPart gh_settings_login_page;
extern const GhSettingsPart gh_settings_headers;
extern const GhSettingsPart gh_settings_privacy_content;

/* In the order of the groups. */
extern const GhSettingsPart *const gh_settings_parts[GH_N_GROUPS];
extern const GhGroup gh_settings_groups[GH_N_GROUPS];

G_END_DECLS
