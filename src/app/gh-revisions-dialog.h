/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any two revisions of a workspace beside each other. */

#pragma once

#include <adwaita.h>

#include "gh-workspace.h"

G_BEGIN_DECLS

#define GH_TYPE_REVISIONS_DIALOG (gh_revisions_dialog_get_type ())

G_DECLARE_FINAL_TYPE (GhRevisionsDialog, gh_revisions_dialog, GH, REVISIONS_DIALOG, AdwWindow)

/* revisions: of GhRevision; before and after are the places of those that are shown first.
 * Signal, before the dialog closes itself: go-to (const char *field). */
GtkWindow *
gh_revisions_dialog_new (GhWorkspace *workspace, GPtrArray *revisions, guint before, guint after);

void gh_revisions_dialog_choose (GhRevisionsDialog *self, guint before, guint after);
const char *gh_revisions_dialog_get_message (GhRevisionsDialog *self);
char *gh_revisions_dialog_dup_text (GhRevisionsDialog *self); /* for tests */

G_END_DECLS
