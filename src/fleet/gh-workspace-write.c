/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all writes of a workspace to its server have in common: what may keep one from
 * beginning, that there is one at a time, and how it tells its outcome. */

#include <glib/gi18n-lib.h>

#include "gh-task.h"
#include "gh-workspace-private.h"

GError *
gh_workspace_make_error (GhWorkspace *self, GhFleetError code, const char *format)
{
  g_autoptr (GString) message = g_string_new (format);

  g_string_replace (message, "%s", self->record->name, 1);
  return g_error_new_literal (GH_FLEET_ERROR, code, message->str);
}

GError *
gh_workspace_check_can_write (GhWorkspace *self)
{
  if (gh_workspace_get_can_write (self))
    return NULL;

  return gh_workspace_make_error (
    self, GH_FLEET_ERROR_READ_ONLY, _ ("Your role on “%s” permits reading alone."));
}

static void
set_writing (GhWorkspace *self, gboolean is_writing)
{
  self->applying = is_writing;
  if (!is_writing)
    gh_apply_lock_release (&self->lock);
  gh_workspace_notify_all (self);
}

GError *
gh_workspace_begin_write (GhWorkspace *self)
{
  GError *error;

  if (self->applying)
    return gh_workspace_make_error (
      self, GH_FLEET_ERROR_BUSY, _ ("“%s” is being applied already."));

  error = gh_workspace_check_can_write (self);
  if (error != NULL)
    return error;

  self->lock = gh_apply_lock_take (self->database_path, gh_workspace_get_key (self));
  if (self->lock == GH_APPLY_LOCK_NONE)
    return gh_workspace_make_error (
      self, GH_FLEET_ERROR_BUSY, _ ("“%s” is being applied by another program."));

  set_writing (self, TRUE);
  return NULL;
}

void
gh_workspace_return_outcome (GTask *task, GhApplyOutcome outcome, GError *error)
{
  if (error != NULL)
    {
      gh_task_fail (task, error);
      return;
    }
  g_task_return_int (task, outcome);
  g_object_unref (task);
}

void
gh_workspace_end_write (GTask *task, GhApplyOutcome outcome, GError *error)
{
  set_writing (g_task_get_source_object (task), FALSE);
  gh_workspace_return_outcome (task, outcome, error);
}

GhApplyOutcome
gh_workspace_finish_outcome (GhWorkspace *self, GAsyncResult *result, GError **error)
{
  gssize outcome;

  g_return_val_if_fail (g_task_is_valid (result, self), GH_APPLY_NOT_APPLIED);

  outcome = g_task_propagate_int (G_TASK (result), error);
  return outcome >= 0 ? (GhApplyOutcome) outcome : GH_APPLY_NOT_APPLIED;
}
