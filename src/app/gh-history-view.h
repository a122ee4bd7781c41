/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The revisions of a workspace's policy: when, by whom, why and which settings; an old one
 * is restored by drafting what differs from it, so that it passes through review. */

#pragma once

#include <adwaita.h>

#include "gh-workspace.h"

G_BEGIN_DECLS

#define GH_TYPE_HISTORY_VIEW (gh_history_view_get_type ())

G_DECLARE_FINAL_TYPE (GhHistoryView, gh_history_view, GH, HISTORY_VIEW, AdwBin)

/* Signal `drafted`: a revision was asked for and what differs from it is drafted. */
GtkWidget *gh_history_view_new (void);
void gh_history_view_set_workspace (GhHistoryView *self, GhWorkspace *workspace); /* or NULL */

/* The dialog that compares two revisions by their places, the newest first; NULL when there
 * are none such. */
GtkWindow *gh_history_view_compare (GhHistoryView *self, guint before, guint after);

/* For tests. */
guint gh_history_view_get_n_revisions (GhHistoryView *self);
void gh_history_view_restore (GhHistoryView *self, guint index);

G_END_DECLS
