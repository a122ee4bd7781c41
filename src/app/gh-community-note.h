/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the row of a setting that communities may have for themselves says of them: which have
 * a value of their own, and what is drafted for them; with a button that opens them. Nothing
 * where the workspace has no communities. */

#pragma once

#include <adwaita.h>

#include "gh-form-context.h"

G_BEGIN_DECLS

#define GH_TYPE_COMMUNITY_NOTE (gh_community_note_get_type ())

G_DECLARE_FINAL_TYPE (GhCommunityNote, gh_community_note, GH, COMMUNITY_NOTE, AdwBin)

GtkWidget *gh_community_note_new (GhFormContext *context, const GhSetting *setting);

/* Which communities a change of the workspace's value does not reach, in words; NULL for none. */
char *gh_community_note_dup_kept (GhWorkspace *workspace, const GhSetting *setting);

/* In words; "" when there is nothing to say. */
const char *gh_community_note_get_text (GhCommunityNote *self);

G_END_DECLS
