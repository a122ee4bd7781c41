/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one line of help under the title of a setting. */

#pragma once

#include "gh-setting.h"

G_BEGIN_DECLS

/* What the setting does, what 0 means, and whose value it is. */
char *gh_setting_dup_help_line (const GhSetting *setting);

G_END_DECLS
