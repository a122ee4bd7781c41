/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Jobs that the store knows of: found again, and forgotten. */

#include "gh-apply-lock.h"
#include "gh-job-private.h"

static const GhJobItemState states[] = {
  [GH_JOB_TARGET_WAITING] = GH_JOB_ITEM_WAITING,
  [GH_JOB_TARGET_DONE] = GH_JOB_ITEM_DONE,
  [GH_JOB_TARGET_CONFLICT] = GH_JOB_ITEM_CONFLICT,
  [GH_JOB_TARGET_FAILED] = GH_JOB_ITEM_FAILED,
};

/* NULL when another program has it. */
static GhJob *
restore (GhFleet *fleet, const GhJobRecord *record)
{
  g_autoptr (GhJob) self = gh_job_new_empty (fleet, record->changes, record->title, record->reason);

  self->id = record->id;
  for (guint i = 0; i < record->targets->len; i++)
    {
      const GhJobTarget *target = g_ptr_array_index (record->targets, i);
      GhWorkspace *workspace = gh_fleet_lookup (fleet, target->key->account, target->key->id);
      GhJobItem *item = gh_job_item_new (target->key, workspace);

      item->drafted = target->drafted;
      gh_job_item_set (item, states[target->state], target->message);
      g_ptr_array_add (self->items, item);
    }
  gh_job_count (self);
  return gh_job_take_lock (self) ? g_steal_pointer (&self) : NULL;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GhFleet *fleet = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) records = gh_job_store_list_finish (GH_DATABASE (source), result, &error);
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      GhJob *job = restore (fleet, g_ptr_array_index (records, i));

      if (job != NULL)
        g_ptr_array_add (jobs, job);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&jobs), (GDestroyNotify) g_ptr_array_unref);
}

void
gh_job_list_async (GhFleet *fleet,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task;

  g_return_if_fail (GH_IS_FLEET (fleet));

  task = g_task_new (fleet, cancellable, callback, user_data);
  g_task_set_source_tag (task, gh_job_list_async);
  gh_job_store_list_async (gh_fleet_get_database (fleet), cancellable, listed_cb, task);
}

GPtrArray *
gh_job_list_finish (GhFleet *fleet, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, fleet), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GhJob *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!gh_job_store_remove_finish (self->database, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  self->id = 0;
  gh_apply_lock_release (&self->lock);
  g_task_return_boolean (task, TRUE);
}

void
gh_job_discard_async (GhJob *self,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task;

  g_return_if_fail (GH_IS_JOB (self));
  g_return_if_fail (!self->active);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gh_job_discard_async);
  gh_job_store_remove_async (self->database, self->id, cancellable, discarded_cb, task);
}

gboolean
gh_job_discard_finish (GhJob *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
