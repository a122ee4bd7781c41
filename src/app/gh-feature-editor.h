/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The drafted Permissions-Policy feature by feature, with its text beside it: what is changed on
 * one side is there on the other at once, and every byte that was not touched stays. */

#pragma once

#include <adwaita.h>

#include "gh-editor-frame.h"
#include "gh-feature-row.h"
#include "gh-form-context.h"

G_BEGIN_DECLS

#define GH_TYPE_FEATURE_EDITOR (gh_feature_editor_get_type ())

G_DECLARE_FINAL_TYPE (GhFeatureEditor, gh_feature_editor, GH, FEATURE_EDITOR, AdwWindow)

/* Features that no browser knows, and any more, have rows where the policy names them; beyond
 * this number they are in the text only. */
#define GH_FEATURE_EDITOR_MAXIMUM_ODD_ROWS 50

/* As a GhStructuredEditor creates its window. */
GtkWindow *gh_feature_editor_new (GhFormContext *context, const GhSetting *setting);

/* For tests. */
GhFeatureRow *gh_feature_editor_find_row (GhFeatureEditor *self, const char *feature); /* or NULL */
GhEditorFrame *gh_feature_editor_get_frame (GhFeatureEditor *self);
const char *gh_feature_editor_get_fault (GhFeatureEditor *self); /* why browsers drop it, or "" */
void gh_feature_editor_search (GhFeatureEditor *self, const char *words, gboolean named_only);

G_END_DECLS
