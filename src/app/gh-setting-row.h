/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One setting in a form: title, help, editor, and all that is to be said about its value.
 * Everything comes from the settings table; the form only names the setting. */

#pragma once

#include <adwaita.h>

#include "gh-form-context.h"
#include "gh-setting-editors.h"

G_BEGIN_DECLS

#define GH_TYPE_SETTING_ROW (gh_setting_row_get_type ())

G_DECLARE_FINAL_TYPE (GhSettingRow, gh_setting_row, GH, SETTING_ROW, AdwPreferencesRow)

/* Properties: `setting` (the id, construct only), `context` (GhFormContext), and for the
 * rows that hang on a switch `active` (gboolean, read-only): the effective value is true.
 * Actions: setting.revert, setting.recommend. */
const GhSetting *gh_setting_row_get_setting (GhSettingRow *self);
void gh_setting_row_set_context (GhSettingRow *self, GhFormContext *context);
GhSettingEditor *gh_setting_row_get_editor (GhSettingRow *self);

/* What the row says below its help, for tests and for reading aloud; "" when nothing. */
const char *gh_setting_row_get_error_text (GhSettingRow *self);
const char *gh_setting_row_get_warning_text (GhSettingRow *self);
gboolean gh_setting_row_is_drafted (GhSettingRow *self);

/* Puts the keyboard into the editor and draws the eye to the row for a moment. */
void gh_setting_row_highlight (GhSettingRow *self);

G_END_DECLS
