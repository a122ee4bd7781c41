/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything that would be applied, seen once more before it is: changes, headers, findings,
 * a reason, and for what is hard to undo the workspace's name typed in. */

#pragma once

#include <adwaita.h>

#include "gh-form-context.h"
#include "gh-workspace.h"

G_BEGIN_DECLS

#define GH_TYPE_REVIEW_DIALOG (gh_review_dialog_get_type ())

G_DECLARE_FINAL_TYPE (GhReviewDialog, gh_review_dialog, GH, REVIEW_DIALOG, AdwWindow)

/* Signals, before the dialog closes itself:
 *   applied   (const char *words)
 *   conflict  the server moved meanwhile
 * Action: review.apply. */
GtkWindow *gh_review_dialog_new (GhWorkspace *workspace, GhFormContext *context);

/* For tests. */
guint gh_review_dialog_get_n_changes (GhReviewDialog *self);
char *gh_review_dialog_dup_text (GhReviewDialog *self); /* changes, headers, findings */
void gh_review_dialog_set_reason (GhReviewDialog *self, const char *reason);
void gh_review_dialog_type_name (GhReviewDialog *self, const char *name);
gboolean gh_review_dialog_asks_for_name (GhReviewDialog *self);
gboolean gh_review_dialog_can_apply (GhReviewDialog *self);
const char *gh_review_dialog_get_message (GhReviewDialog *self);

G_END_DECLS
