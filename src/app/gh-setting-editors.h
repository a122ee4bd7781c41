/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one place that knows which widget edits which type of value. */

#pragma once

#include <gtk/gtk.h>

#include "gh-setting.h"

G_BEGIN_DECLS

#define GH_TYPE_SETTING_EDITOR (gh_setting_editor_get_type ())

G_DECLARE_FINAL_TYPE (GhSettingEditor, gh_setting_editor, GH, SETTING_EDITOR, GtkWidget)

/* Signal `edited`: the person changed what the widget holds; not emitted by set_value(). */
GtkWidget *gh_setting_editor_new (const GhSetting *setting);

/* Shows a value. Text that stands for the same value already is left as it was typed. */
void gh_setting_editor_set_value (GhSettingEditor *self, GVariant *value);

/* What the widget holds, checked; NULL with the reason in words where it is no value of
 * the setting. What was typed stays. */
GVariant *gh_setting_editor_dup_value (GhSettingEditor *self, GError **error);

/* The widget that takes the keyboard and carries the accessible name. */
GtkWidget *gh_setting_editor_get_widget (GhSettingEditor *self);
gboolean gh_setting_editor_is_wide (GhSettingEditor *self); /* wants the whole width of the row */

/* Types text as a person would, for tests and tools: a number, a choice's id, "true", a text,
 * or a list with commas. It need not be valid. */
void gh_setting_editor_enter_text (GhSettingEditor *self, const char *text);

G_END_DECLS
