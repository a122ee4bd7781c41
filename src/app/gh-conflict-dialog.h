/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server moved over drafted fields: for each of them theirs, yours or what was before. */

#pragma once

#include <adwaita.h>

#include "gh-workspace.h"

G_BEGIN_DECLS

#define GH_TYPE_CONFLICT_DIALOG (gh_conflict_dialog_get_type ())

G_DECLARE_FINAL_TYPE (GhConflictDialog, gh_conflict_dialog, GH, CONFLICT_DIALOG, AdwWindow)

typedef enum
{
  GH_CHOICE_YOURS,
  GH_CHOICE_THEIRS,
  GH_CHOICE_BEFORE,
} GhConflictChoice;

#define GH_N_CHOICES 3

/* Signal `resolved`, before the dialog closes itself. Actions: conflict.yours,
 * conflict.theirs (for all), conflict.use. */
GtkWindow *gh_conflict_dialog_new (GhWorkspace *workspace);

guint gh_conflict_dialog_get_n_conflicts (GhConflictDialog *self);
void gh_conflict_dialog_choose (GhConflictDialog *self, guint index, GhConflictChoice choice);

G_END_DECLS
