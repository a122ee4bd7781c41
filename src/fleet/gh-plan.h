/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What would change where, before it is done: a list model with one item for each of many
 * workspaces to which the same values are to come. */

#pragma once

#include "gh-workspace.h"

G_BEGIN_DECLS

#define GH_TYPE_PLAN (gh_plan_get_type ())
#define GH_TYPE_PLAN_ITEM (gh_plan_item_get_type ())

G_DECLARE_FINAL_TYPE (GhPlan, gh_plan, GH, PLAN, GObject)
G_DECLARE_FINAL_TYPE (GhPlanItem, gh_plan_item, GH, PLAN_ITEM, GObject)

typedef enum
{
  GH_PLAN_WAITING, /* not looked at yet */
  GH_PLAN_READY,   /* it would change */
  GH_PLAN_NOTHING, /* it has these values already */
  GH_PLAN_REFUSED, /* it cannot be done there: see the message */
} GhPlanState;

typedef struct
{
  const GhSetting *setting;
  GVariant *before; /* owned */
  GVariant *after;  /* owned */
  gboolean own;     /* drafted there before, and sent with the rest */
} GhPlanChange;

/* Property of an item, notified: `state` (guint, a GhPlanState), after all else of it. */
GhWorkspace *gh_plan_item_get_workspace (GhPlanItem *self);
GhPlanState gh_plan_item_get_state (GhPlanItem *self);
const char *gh_plan_item_get_message (GhPlanItem *self); /* why it is refused, or NULL */
GPtrArray *gh_plan_item_get_changes (GhPlanItem *self);  /* of GhPlanChange, in table order */
GPtrArray *gh_plan_item_get_findings (GhPlanItem *self); /* of GhFinding, about what changes */
gboolean gh_plan_item_is_irreversible (GhPlanItem *self);

typedef struct
{
  guint n_looked_at;
  guint n_ready;
  guint n_nothing;
  guint n_refused;
  guint n_risky;        /* ready, with a finding of severity warning or worse */
  guint n_irreversible; /* ready, to be confirmed by typing */
  guint n_own;          /* ready, with changes that were drafted there before */
} GhPlanCounts;

/* workspaces: of GhWorkspace. changes maps GhSetting to the GVariant that is to come;
 * NULL looks at the drafts that are there. Signal `counted`, at most ten times a second. */
GhPlan *gh_plan_new (GPtrArray *workspaces, GHashTable *changes);
GHashTable *gh_plan_get_changes (GhPlan *self); /* or NULL */
GhPlanCounts gh_plan_count (GhPlan *self);
GPtrArray *gh_plan_dup_ready (GhPlan *self); /* of GhWorkspace */

/* Asks each server what it has now and works out what would change; nothing is written. It
 * finishes with an error only when it is cancelled. */
void gh_plan_run_async (GhPlan *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
gboolean gh_plan_run_finish (GhPlan *self, GAsyncResult *result, GError **error);

G_END_DECLS
