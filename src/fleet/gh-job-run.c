/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One item of a job. Each step is durable before the next one: the changes are drafted, the
 * store is told that they are, and only then is the draft applied, which has a journal of
 * its own. So whatever cuts it off, nothing is drafted again that may have been sent. */

#include <glib/gi18n-lib.h>

#include "gh-job-private.h"
#include "gh-task.h"
#include "gh-value-type.h"
#include "gh-workspace-private.h"

static GhJob *
get_job (GTask *task)
{
  return g_task_get_task_data (task);
}

/* Takes error. */
static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GhApplyOutcome outcome = gh_workspace_apply_finish (GH_WORKSPACE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_int (task, outcome);
}

static void
apply (GTask *task, GhWorkspace *workspace)
{
  gh_workspace_apply_async (
    workspace, get_job (task)->reason, FALSE, g_task_get_cancellable (task), applied_cb, task);
}

static void
write_down_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhJobItem *item = g_task_get_source_object (task);
  GError *error = NULL;

  if (gh_job_store_update_finish (GH_DATABASE (source), result, &error))
    apply (task, item->workspace);
  else
    gh_task_fail (task, error);
}

static const GhJobTargetState target_states[] = {
  [GH_JOB_ITEM_WAITING] = GH_JOB_TARGET_WAITING, [GH_JOB_ITEM_RUNNING] = GH_JOB_TARGET_WAITING,
  [GH_JOB_ITEM_DONE] = GH_JOB_TARGET_DONE,       [GH_JOB_ITEM_CONFLICT] = GH_JOB_TARGET_CONFLICT,
  [GH_JOB_ITEM_FAILED] = GH_JOB_TARGET_FAILED,
};

static void
write_down (GhJob *job, GhJobItem *item, GAsyncReadyCallback callback, gpointer user_data)
{
  const GhJobTarget target
    = { item->key, target_states[item->state], item->drafted, item->message };

  gh_job_store_update_async (job->database, job->id, &target, NULL, callback, user_data);
}

static void
drafted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhJobItem *item = g_task_get_source_object (task);
  GError *error = NULL;

  if (!gh_workspace_flush_finish (GH_WORKSPACE (source), result, &error))
    {
      gh_task_fail (task, error);
      return;
    }
  item->drafted = TRUE;
  write_down (get_job (task), item, write_down_cb, task);
}

static gboolean
draft (GhJob *job, GhDocument *document, GError **error)
{
  GHashTableIter iter;
  gpointer setting;
  gpointer value;
  gboolean drafted = TRUE;

  gh_document_begin_step (document);
  g_hash_table_iter_init (&iter, job->changes);
  while (drafted && g_hash_table_iter_next (&iter, &setting, &value))
    drafted = gh_document_set_value (document, setting, value, error);
  gh_document_end_step (document);
  return drafted;
}

/* A draft that waits for a choice is the person's, not the job's. */
static gboolean
check_settled (GhWorkspace *workspace, GError **error)
{
  if (gh_workspace_get_conflicts (workspace)->len == 0)
    return TRUE;

  g_set_error (error,
               GH_FLEET_ERROR,
               GH_FLEET_ERROR_CONFLICT,
               _ ("“%s” has conflicts: choose for each field which value holds."),
               gh_workspace_get_name (workspace));
  return FALSE;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhJobItem *item = g_task_get_source_object (task);
  GhWorkspace *workspace = GH_WORKSPACE (source);
  GError *error = NULL;

  if (!gh_workspace_load_finish (workspace, result, &error))
    gh_task_fail (task, error);
  else if (item->drafted)
    apply (task, workspace);
  else if (!check_settled (workspace, &error)
           || !draft (get_job (task), gh_workspace_get_document (workspace), &error))
    gh_task_fail (task, error);
  else
    gh_workspace_flush_async (workspace, NULL, drafted_cb, task);
}

static void
load (GTask *task, GhWorkspace *workspace)
{
  gh_workspace_load_async (workspace, g_task_get_cancellable (task), loaded_cb, task);
}

static void
synced_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhJobItem *item = g_task_get_source_object (task);
  GhWorkspace *workspace = GH_WORKSPACE (source);
  gint64 looked_at = item->revision;
  GError *error = NULL;

  if (!gh_workspace_sync_finish (workspace, result, &error))
    {
      gh_task_fail (task, error);
      return;
    }
  item->revision = gh_workspace_get_revision (workspace);
  if (looked_at == 0 || looked_at == item->revision)
    {
      load (task, workspace);
      return;
    }
  g_task_return_int (task, GH_APPLY_CONFLICT);
  g_object_unref (task);
}

void
gh_job_start_item (gpointer data,
                   gpointer job,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GhJobItem *item = data;
  GhJob *self = job;
  GTask *task = g_task_new (item, cancellable, callback, user_data);

  g_task_set_source_tag (task, gh_job_start_item);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, NULL);
  gh_job_item_set (item, GH_JOB_ITEM_RUNNING, NULL);
  if (item->workspace == NULL)
    gh_task_fail (task,
                  g_error_new_literal (GH_FLEET_ERROR,
                                       GH_FLEET_ERROR_UNKNOWN,
                                       _ ("This workspace is not in your list any more.")));
  else if (self->changes == NULL || !gh_workspace_get_can_write (item->workspace))
    apply (task, item->workspace); /* a reader is told so before anything is drafted */
  else if (item->drafted)
    load (task, item->workspace);
  else
    gh_workspace_sync_async (item->workspace, cancellable, synced_cb, task);
}

/* Whether the server has what the job was to bring. */
static gboolean
has_arrived (GhJob *job, GhJobItem *item)
{
  GhDocument *document = gh_workspace_get_document (item->workspace);
  GHashTableIter iter;
  gpointer setting;
  gpointer value;

  if (job->changes == NULL || document == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, job->changes);
  while (g_hash_table_iter_next (&iter, &setting, &value))
    if (!gh_value_equal (gh_document_get_base_value (document, setting), value))
      return FALSE;
  return TRUE;
}

static void
conclude (GhJob *job, GhJobItem *item, GhApplyOutcome outcome)
{
  switch (outcome)
    {
    case GH_APPLY_CONFLICT:
      gh_job_item_set (item,
                       GH_JOB_ITEM_CONFLICT,
                       _ ("The server moved meanwhile. Look at it before you try again."));
      break;
    case GH_APPLY_NOT_APPLIED:
      gh_job_item_set (
        item, GH_JOB_ITEM_FAILED, _ ("The change did not reach the server and is still drafted."));
      break;
    case GH_APPLY_NOTHING:
      if (has_arrived (job, item))
        {
          gh_job_item_set (item, GH_JOB_ITEM_DONE, NULL);
          break;
        }
      item->drafted = FALSE; /* so that trying again drafts it anew */
      gh_job_item_set (
        item, GH_JOB_ITEM_FAILED, _ ("The draft was taken back before it was applied."));
      break;
    case GH_APPLY_APPLIED:
    default:
      gh_job_item_set (item, GH_JOB_ITEM_DONE, NULL);
      break;
    }
}

void
gh_job_end_item (gpointer data, gpointer job, GObject *source, GAsyncResult *result)
{
  GhJobItem *item = data;
  g_autoptr (GError) error = NULL;
  gssize outcome = g_task_propagate_int (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gh_job_item_set (item, GH_JOB_ITEM_WAITING, NULL);
  else if (g_error_matches (error, GH_FLEET_ERROR, GH_FLEET_ERROR_CONFLICT))
    gh_job_item_set (item, GH_JOB_ITEM_CONFLICT, error->message);
  else if (error != NULL)
    gh_job_item_set (item, GH_JOB_ITEM_FAILED, error->message);
  else
    conclude (job, item, (GhApplyOutcome) outcome);
  /* When this cannot be written, it is found out again by the next run. */
  write_down (job, item, NULL, NULL);
  gh_job_tell (job);
}
