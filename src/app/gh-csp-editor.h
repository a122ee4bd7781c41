/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The drafted Content-Security-Policy directive by directive, with its text beside it: what is
 * changed on one side is there on the other at once, and every byte that was not touched stays. */

#pragma once

#include <adwaita.h>

#include "gh-csp-directive-row.h"
#include "gh-form-context.h"
#include "gh-setting-editors.h"

G_BEGIN_DECLS

#define GH_TYPE_CSP_EDITOR (gh_csp_editor_get_type ())

G_DECLARE_FINAL_TYPE (GhCspEditor, gh_csp_editor, GH, CSP_EDITOR, AdwWindow)

/* Directives beyond are in the text only. */
#define GH_CSP_EDITOR_MAXIMUM_ROWS 100

/* As a GhStructuredEditor creates its window. */
GtkWindow *gh_csp_editor_new (GhFormContext *context, const GhSetting *setting);

/* For tests. */
guint gh_csp_editor_get_n_rows (GhCspEditor *self);
GhCspDirectiveRow *gh_csp_editor_get_row (GhCspEditor *self, guint index);
GhSettingEditor *gh_csp_editor_get_text_editor (GhCspEditor *self);
gboolean gh_csp_editor_add_directive (GhCspEditor *self, const char *name); /* FALSE: not offered */
const char *gh_csp_editor_get_error (GhCspEditor *self); /* "" when there is none */

G_END_DECLS
