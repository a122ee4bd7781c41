/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One setting in all communities of a workspace: who has a value of its own and who inherits,
 * to be looked at, drafted and applied. */

#pragma once

#include <adwaita.h>

#include "gh-community-row.h"
#include "gh-form-context.h"

G_BEGIN_DECLS

#define GH_COMMUNITIES_DIALOG_MAXIMUM_ROWS 200 /* at once; the search finds the others */

#define GH_TYPE_COMMUNITIES_DIALOG (gh_communities_dialog_get_type ())

G_DECLARE_FINAL_TYPE (GhCommunitiesDialog, gh_communities_dialog, GH, COMMUNITIES_DIALOG, AdwWindow)

/* The context has a workspace. The server is asked at once for what is new there.
 * Action: communities.apply. Signal `applied` (const char *words). */
GtkWindow *gh_communities_dialog_new (GhFormContext *context, const GhSetting *setting);

/* For tests: the row of a community, NULL when it is not shown; what is typed; what is said. */
GhCommunityRow *gh_communities_dialog_find_row (GhCommunitiesDialog *self, const char *community);
void gh_communities_dialog_search (GhCommunitiesDialog *self, const char *text);
void gh_communities_dialog_set_reason (GhCommunitiesDialog *self, const char *reason);
const char *gh_communities_dialog_get_message (GhCommunitiesDialog *self);
gboolean gh_communities_dialog_is_waiting (GhCommunitiesDialog *self); /* for the server */

G_END_DECLS
