/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What surrounds the parts of a text that is edited part by part: undo and redo, an error, and
 * the text itself beside the parts, or behind a button where there is no room. */

#pragma once

#include <adwaita.h>

#include "gh-document.h"
#include "gh-setting-editors.h"

G_BEGIN_DECLS

#define GH_TYPE_EDITOR_FRAME (gh_editor_frame_get_type ())

G_DECLARE_FINAL_TYPE (GhEditorFrame, gh_editor_frame, GH, EDITOR_FRAME, AdwBin)

/* Properties: `parts` (GtkWidget) shows the parts; `description` is what stands over the text,
 * and `below` (AdwPreferencesGroup) what stands under it.
 * Signal `changed`: the field has another value, whoever gave it. */

/* Once; emits `changed` for the value that is there. */
void
gh_editor_frame_set_field (GhEditorFrame *self, GhDocument *document, const GhSetting *setting);

/* The drafted text of the field, which is one of text. */
const char *gh_editor_frame_get_text (GhEditorFrame *self);

/* Drafts a text as one step: several clicks within a moment are several edits. FALSE, with the
 * reason on show, when the field cannot have it. */
gboolean gh_editor_frame_write (GhEditorFrame *self, const char *text);

/* Until something else is written; NULL shows none. */
void gh_editor_frame_show_error (GhEditorFrame *self, const GError *error);

/* For tests. */
GhSettingEditor *gh_editor_frame_get_text_editor (GhEditorFrame *self);
const char *gh_editor_frame_get_error (GhEditorFrame *self); /* "" when there is none */

G_END_DECLS
