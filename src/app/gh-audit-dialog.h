/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was done on the server to a workspace and its communities of late: when, by whom, why,
 * and to which settings. */

#pragma once

#include <adwaita.h>

#include "gh-workspace.h"

G_BEGIN_DECLS

#define GH_AUDIT_DIALOG_DAYS 90
#define GH_AUDIT_DIALOG_MAXIMUM_ROWS 200

#define GH_TYPE_AUDIT_DIALOG (gh_audit_dialog_get_type ())

G_DECLARE_FINAL_TYPE (GhAuditDialog, gh_audit_dialog, GH, AUDIT_DIALOG, AdwWindow)

/* The server is asked at once. */
GtkWindow *gh_audit_dialog_new (GhWorkspace *workspace);

/* For tests. */
guint gh_audit_dialog_get_n_events (GhAuditDialog *self);

G_END_DECLS
