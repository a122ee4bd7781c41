/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Content-Security-Policies to begin with: chosen, read, held against the draft, and taken into
 * it as one edit. */

#pragma once

#include <adwaita.h>

#include "gh-form-context.h"

G_BEGIN_DECLS

#define GH_TYPE_PRESET_DIALOG (gh_preset_dialog_get_type ())

G_DECLARE_FINAL_TYPE (GhPresetDialog, gh_preset_dialog, GH, PRESET_DIALOG, AdwWindow)

/* As a GhStructuredEditor creates its window. Action: preset.use, which works while the preset
 * would change the draft. */
GtkWindow *gh_preset_dialog_new (GhFormContext *context, const GhSetting *setting);

/* For tests: as if a person clicked on the preset of that id. */
void gh_preset_dialog_choose (GhPresetDialog *self, const char *id);
const char *gh_preset_dialog_get_policy (GhPresetDialog *self); /* on one line */
const char *gh_preset_dialog_get_note (GhPresetDialog *self);   /* "" when there is none */
char *gh_preset_dialog_dup_changes (GhPresetDialog *self);      /* of GhDifferenceView */

G_END_DECLS
