/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One setting in one community: whether it has a value of its own or inherits the workspace's,
 * that value, and what is to be said about it. Each change is drafted at once. */

#pragma once

#include <adwaita.h>

#include "gh-form-context.h"
#include "gh-setting-editors.h"

G_BEGIN_DECLS

#define GH_TYPE_COMMUNITY_ROW (gh_community_row_get_type ())

G_DECLARE_FINAL_TYPE (GhCommunityRow, gh_community_row, GH, COMMUNITY_ROW, AdwPreferencesRow)

/* The context has a workspace with a community of this id. The row follows the context. */
GtkWidget *
gh_community_row_new (GhFormContext *context, const GhSetting *setting, const char *community);
const char *gh_community_row_get_community (GhCommunityRow *self); /* the id */

/* As a person does. */
void gh_community_row_choose (GhCommunityRow *self, gboolean own);
void gh_community_row_revert (GhCommunityRow *self);
GhSettingEditor *gh_community_row_get_editor (GhCommunityRow *self);

/* For tests and for reading aloud: where the value comes from, and what is wrong ("" for
 * nothing). */
gboolean gh_community_row_is_own (GhCommunityRow *self);
const char *gh_community_row_get_words (GhCommunityRow *self);
const char *gh_community_row_get_error_text (GhCommunityRow *self);
const char *gh_community_row_get_warning_text (GhCommunityRow *self);

/* While a change is on its way into the store. */
gboolean gh_community_row_is_saving (GhCommunityRow *self);

G_END_DECLS
