/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What would change in each of many workspaces, seen before it is applied. */

#pragma once

#include <adwaita.h>

#include "gh-job.h"
#include "gh-plan.h"

G_BEGIN_DECLS

#define GH_TYPE_PLAN_DIALOG (gh_plan_dialog_get_type ())

G_DECLARE_FINAL_TYPE (GhPlanDialog, gh_plan_dialog, GH, PLAN_DIALOG, AdwWindow)

/* workspaces: of GhWorkspace. open is the one whose draft can be applied to them, or NULL.
 * Signal, before the dialog closes itself: job (GhJob *), made and not running yet.
 * Action: plan.apply. */
GtkWindow *gh_plan_dialog_new (GhFleet *fleet, GPtrArray *workspaces, GhWorkspace *open);

/* For tests. */
guint gh_plan_dialog_get_n_choices (GhPlanDialog *self);
void gh_plan_dialog_choose (GhPlanDialog *self, guint choice);
gboolean gh_plan_dialog_can_apply (GhPlanDialog *self);
const char *gh_plan_dialog_get_summary (GhPlanDialog *self);
void gh_plan_dialog_confirm (GhPlanDialog *self, const char *text);
void gh_plan_dialog_set_reason (GhPlanDialog *self, const char *text);

G_END_DECLS
