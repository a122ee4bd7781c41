/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the items of a plan are made and looked at. */

#pragma once

#include "gh-plan.h"

G_BEGIN_DECLS

GhPlanItem *gh_plan_item_new (GhWorkspace *workspace);
gboolean gh_plan_item_has_own (GhPlanItem *self);

/* Reads its server and works out what changes would bring. */
void gh_plan_item_look_async (GhPlanItem *self,
                              GHashTable *changes,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* Whatever went wrong is the item's state, but for a cancel. */
gboolean gh_plan_item_look_finish (GhPlanItem *self, GAsyncResult *result, GError **error);

G_END_DECLS
