/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings table: privacy and content. Data only. */

#include <glib/gi18n-lib.h>

#include "gh-settings-table.h"
#include "gh-value-format.h"
#include "gh-value-type.h"

static const GhSetting rows[] = {
  {
    .number = 39,
    .id = "gravatar-enabled",
    .group = "privacy-content",
    .type = &gh_value_type_boolean,
    .title = N_ ("Gravatar"),
    .help = N_ ("Loads members’ pictures from Gravatar. A fingerprint of each member’s address "
                "and the network address of each viewer go to another company."),
    .unit = "",
    .default_text = "false",
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_ON,
    .recommended = N_ ("Off"),
    .recommended_value = "false",
    .source = N_ ("No standard; a matter of privacy"),
    .keywords = N_ ("avatar avatars picture photo third party privacy"),
  },
  {
    .number = 48,
    .id = "google-analytics",
    .group = "privacy-content",
    .type = &gh_value_type_boolean,
    .title = N_ ("Google Analytics"),
    .help = N_ ("Counts visits with Google Analytics. Members’ page views go to another company,"
                " and the Content-Security-Policy must let its scripts in."),
    .unit = "",
    .default_text = "false",
    .scope = GH_SCOPE_COMMUNITY,
    .weaker = GH_WEAKER_ON,
    .recommended = N_ ("Off unless consent is asked for"),
    .recommended_value = "false",
    .source = N_ ("No standard; consent law"),
    .keywords = N_ ("tracking statistics third party privacy GA gtag"),
  },
  {
    .number = 48,
    .id = "google-analytics.measurement-id",
    .parent = "google-analytics",
    .group = "privacy-content",
    .type = &gh_value_type_string,
    .title = N_ ("Measurement ID"),
    .help = N_ ("The number under which Google Analytics keeps the counts, such as G-AB12CD34EF."),
    .unit = "",
    .minimum = 0,
    .maximum = 18,
    .format = &gh_format_measurement_id,
    .default_text = "",
    .scope = GH_SCOPE_COMMUNITY,
    .weaker = GH_WEAKER_NEITHER,
    .keywords = N_ ("GA GA4 tracking tag property"),
  },
  {
    .number = 54,
    .id = "allowed-file-extensions",
    .group = "privacy-content",
    .type = &gh_value_type_string_list,
    .title = N_ ("Allowed file extensions"),
    .help = N_ ("Which kinds of files members may attach; this is the whole list. Each further "
                "kind, above all one that browsers or Windows run, can carry an attack to other "
                "members."),
    .unit = "",
    .minimum = 0,
    .maximum = 256,
    .format = &gh_format_file_extension,
    .default_text = "pdf,doc,docx,xls,xlsx,ppt,pptx,csv,txt,png,jpg,jpeg,gif,webp,mp4,zip",
    .zero = N_ ("Nothing can be attached"),
    .scope = GH_SCOPE_WORKSPACE,
    .weaker = GH_WEAKER_LONGER,
    .recommended = N_ ("Only kinds that are needed, and none that browsers or Windows run"),
    .recommended_value = "pdf,doc,docx,xls,xlsx,ppt,pptx,csv,txt,png,jpg,jpeg,gif,webp,mp4,zip",
    .source = N_ ("OWASP ASVS 5.0, 5.2.2; OWASP File Upload Cheat Sheet"),
    .keywords = N_ ("upload uploads attachment attachments types whitelist allowlist"),
  },
};

const GhSettingsPart gh_settings_privacy_content = {
  .rows = rows,
  .n_rows = G_N_ELEMENTS (rows),
};
