/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The buttons of a setting's row that open the windows in which the setting is edited part by
 * part; for one that communities may have for themselves, what they have. Nothing where there
 * is neither. */

#pragma once

#include <adwaita.h>

#include "gh-form-context.h"

G_BEGIN_DECLS

#define GH_TYPE_SETTING_TOOLS (gh_setting_tools_get_type ())

G_DECLARE_FINAL_TYPE (GhSettingTools, gh_setting_tools, GH, SETTING_TOOLS, AdwBin)

/* Once. The buttons work while the context has a document that may be changed; what they open
 * is closed when it has another one, and knows the keys of undo and redo. */
void gh_setting_tools_offer (GhSettingTools *self, const GhSetting *setting, GhFormContext *context);

G_END_DECLS
