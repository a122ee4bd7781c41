/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a policy from a file would change in which workspace, before it becomes a draft. */

#pragma once

#include <adwaita.h>

#include "gh-fleet.h"

G_BEGIN_DECLS

#define GH_TYPE_IMPORT_DIALOG (gh_import_dialog_get_type ())

G_DECLARE_FINAL_TYPE (GhImportDialog, gh_import_dialog, GH, IMPORT_DIALOG, AdwWindow)

/* name is the file's; workspace the one that is chosen first, or NULL for the first that may
 * be written. Signals, before the dialog closes itself:
 *   imported  (GhWorkspace *workspace, guint n_changes)
 *   go-to     (GhWorkspace *workspace, const char *field)
 * Action: import.draft. */
GtkWindow *
gh_import_dialog_new (GhFleet *fleet, GhPolicy *policy, const char *name, GhWorkspace *workspace);

void gh_import_dialog_choose (GhImportDialog *self, GhWorkspace *workspace);

/* For tests. */
gboolean gh_import_dialog_can_import (GhImportDialog *self);
char *gh_import_dialog_dup_text (GhImportDialog *self);

G_END_DECLS
