/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A plan: its items, so many looked at at a time. */

#include "gh-plan-private.h"

#include "gh-each.h"

#define TELL_MICROSECONDS (G_USEC_PER_SEC / 10)

struct _GhPlan
{
  GObject parent_instance;

  GPtrArray *items;    /* of GhPlanItem */
  GHashTable *changes; /* or NULL */
  gint64 told_at;      /* monotonic */
};

enum
{
  SIGNAL_COUNTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void gh_plan_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GhPlan,
                               gh_plan,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, gh_plan_list_model_init))

static GType
gh_plan_get_item_type (GListModel *model)
{
  return GH_TYPE_PLAN_ITEM;
}

static guint
gh_plan_get_n_items (GListModel *model)
{
  return GH_PLAN (model)->items->len;
}

static gpointer
gh_plan_get_item (GListModel *model, guint position)
{
  GhPlan *self = GH_PLAN (model);

  if (position >= self->items->len)
    return NULL;
  return g_object_ref (g_ptr_array_index (self->items, position));
}

static void
gh_plan_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = gh_plan_get_item_type;
  interface->get_n_items = gh_plan_get_n_items;
  interface->get_item = gh_plan_get_item;
}

static void
tell (GhPlan *self, gboolean always)
{
  gint64 now = g_get_monotonic_time ();

  if (!always && now - self->told_at < TELL_MICROSECONDS)
    return;
  self->told_at = now;
  g_signal_emit (self, signals[SIGNAL_COUNTED], 0);
}

static void
start_item (gpointer item,
            gpointer data,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  gh_plan_item_look_async (item, GH_PLAN (data)->changes, cancellable, callback, user_data);
}

static void
end_item (gpointer item, gpointer data, GObject *source, GAsyncResult *result)
{
  gh_plan_item_look_finish (item, result, NULL);
  tell (data, FALSE);
}

static void
gh_plan_finalize (GObject *object)
{
  GhPlan *self = GH_PLAN (object);

  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->changes, g_hash_table_unref);
  G_OBJECT_CLASS (gh_plan_parent_class)->finalize (object);
}

static void
gh_plan_class_init (GhPlanClass *class)
{
  G_OBJECT_CLASS (class)->finalize = gh_plan_finalize;
  signals[SIGNAL_COUNTED] = g_signal_new (
    "counted", GH_TYPE_PLAN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gh_plan_init (GhPlan *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

GhPlan *
gh_plan_new (GPtrArray *workspaces, GHashTable *changes)
{
  GhPlan *self = g_object_new (GH_TYPE_PLAN, NULL);

  self->changes = changes != NULL ? g_hash_table_ref (changes) : NULL;
  for (guint i = 0; i < workspaces->len; i++)
    g_ptr_array_add (self->items, gh_plan_item_new (g_ptr_array_index (workspaces, i)));
  return self;
}

GHashTable *
gh_plan_get_changes (GhPlan *self)
{
  g_return_val_if_fail (GH_IS_PLAN (self), NULL);
  return self->changes;
}

static void
count_ready (GhPlanItem *item, GhPlanCounts *counts)
{
  counts->n_ready++;
  counts->n_risky += gh_plan_item_get_findings (item)->len > 0;
  counts->n_irreversible += gh_plan_item_is_irreversible (item);
  counts->n_own += gh_plan_item_has_own (item);
}

GhPlanCounts
gh_plan_count (GhPlan *self)
{
  GhPlanCounts counts = { 0 };

  g_return_val_if_fail (GH_IS_PLAN (self), counts);
  for (guint i = 0; i < self->items->len; i++)
    {
      GhPlanItem *item = g_ptr_array_index (self->items, i);
      GhPlanState state = gh_plan_item_get_state (item);

      counts.n_looked_at += state != GH_PLAN_WAITING;
      counts.n_nothing += state == GH_PLAN_NOTHING;
      counts.n_refused += state == GH_PLAN_REFUSED;
      if (state == GH_PLAN_READY)
        count_ready (item, &counts);
    }
  return counts;
}

GPtrArray *
gh_plan_dup_ready (GhPlan *self)
{
  GPtrArray *ready;

  g_return_val_if_fail (GH_IS_PLAN (self), NULL);
  ready = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->items->len; i++)
    {
      GhPlanItem *item = g_ptr_array_index (self->items, i);

      if (gh_plan_item_get_state (item) == GH_PLAN_READY)
        g_ptr_array_add (ready, g_object_ref (gh_plan_item_get_workspace (item)));
    }
  return ready;
}

static void
all_looked_at_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (!gh_each_finish (result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  tell (g_task_get_source_object (task), TRUE);
  g_task_return_boolean (task, TRUE);
}

void
gh_plan_run_async (GhPlan *self,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task;

  g_return_if_fail (GH_IS_PLAN (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gh_plan_run_async);
  gh_each_async (
    self->items, GH_CLIENT_WINDOW, start_item, end_item, self, cancellable, all_looked_at_cb, task);
}

gboolean
gh_plan_run_finish (GhPlan *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
