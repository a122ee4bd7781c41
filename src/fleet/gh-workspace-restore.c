/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An old revision restored by the server itself. The write takes nothing from the draft, so
 * that nothing needs to be written down before it leaves; when no answer comes, or somebody
 * else was first, the server is read:
 *
 *   it has the old revision's policy   applied
 *   its tag is still the base's        not applied
 *   else                               changed by someone else */

#include <glib/gi18n-lib.h>

#include "gh-workspace-private.h"

typedef struct
{
  gint64 revision;
  char *reason;
  gboolean dry_run;
  GhRemotePolicy *old;  /* what is restored */
  GhCachedPolicy *base; /* what it is restored over */
  GError *error;        /* what the server or the way to it said */
} Restoring;

static void
restoring_free (Restoring *restoring)
{
  g_free (restoring->reason);
  g_clear_pointer (&restoring->old, gh_remote_policy_free);
  g_clear_pointer (&restoring->base, gh_cached_policy_free);
  g_clear_error (&restoring->error);
  g_free (restoring);
}

static GhWorkspace *
get_self (GTask *task)
{
  return g_task_get_source_object (task);
}

static void
absorbed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;

  gh_workspace_absorb_finish (GH_WORKSPACE (source), result, &error);
  gh_workspace_end_write (data, GH_APPLY_APPLIED, error);
}

static void
judge_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = get_self (task);
  Restoring *restoring = g_task_get_task_data (task);
  g_autoptr (GhCachedPolicy) now
    = gh_workspace_store_load_policy_finish (self->database, result, NULL);

  if (now == NULL)
    gh_workspace_end_write (task, GH_APPLY_NOT_APPLIED, g_steal_pointer (&restoring->error));
  else if (gh_policy_equal (now->policy, restoring->old->policy))
    gh_workspace_end_write (task, GH_APPLY_APPLIED, NULL);
  else if (g_strcmp0 (now->etag, restoring->base->etag) != 0)
    gh_workspace_end_write (task, GH_APPLY_CONFLICT, NULL);
  else if (g_error_matches (restoring->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gh_workspace_end_write (task, GH_APPLY_NOT_APPLIED, g_steal_pointer (&restoring->error));
  else
    gh_workspace_end_write (task, GH_APPLY_NOT_APPLIED, NULL);
}

/* When the server cannot be asked either, the error is the one that led here. */
static void
read_again_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = GH_WORKSPACE (source);
  Restoring *restoring = g_task_get_task_data (task);

  if (gh_workspace_read_finish (self, result, NULL))
    gh_workspace_store_load_policy_async (
      self->database, gh_workspace_get_key (self), NULL, judge_cb, task);
  else
    gh_workspace_end_write (task, GH_APPLY_NOT_APPLIED, g_steal_pointer (&restoring->error));
}

static void
fail_sent (GTask *task)
{
  GhWorkspace *self = get_self (task);
  Restoring *restoring = g_task_get_task_data (task);
  const GError *error = restoring->error;

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gh_workspace_note_contact (self, error);
  if (gh_remote_error_is_ambiguous (error) || error->domain != GH_REMOTE_ERROR
      || g_error_matches (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_CONFLICT))
    gh_workspace_read_async (self, NULL, read_again_cb, task);
  else
    gh_workspace_end_write (task, GH_APPLY_NOT_APPLIED, g_steal_pointer (&restoring->error));
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = get_self (task);
  Restoring *restoring = g_task_get_task_data (task);
  g_autoptr (GhRemotePolicy) remote
    = gh_client_restore_revision_finish (GH_CLIENT (source), result, &restoring->error);

  if (restoring->dry_run)
    {
      gh_workspace_end_write (task, GH_APPLY_APPLIED, g_steal_pointer (&restoring->error));
      return;
    }
  if (remote == NULL)
    {
      fail_sent (task);
      return;
    }
  gh_workspace_note_contact (self, NULL);
  gh_workspace_absorb_async (self, g_steal_pointer (&remote), NULL, absorbed_cb, task);
}

static void
base_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = get_self (task);
  Restoring *restoring = g_task_get_task_data (task);
  g_autofree char *key = g_uuid_string_random ();
  GError *error = NULL;

  restoring->base = gh_workspace_store_load_policy_finish (self->database, result, &error);
  if (error == NULL && restoring->base == NULL)
    error = gh_workspace_make_error (
      self, GH_FLEET_ERROR_NOT_LOADED, _ ("“%s” was never read from its server. Sync it first."));
  if (error != NULL || gh_policy_equal (restoring->base->policy, restoring->old->policy))
    {
      gh_workspace_end_write (task, GH_APPLY_NOTHING, error);
      return;
    }
  gh_client_restore_revision_async (gh_account_session_get_client (self->session),
                                    gh_workspace_get_id (self),
                                    restoring->revision,
                                    restoring->base->etag,
                                    key,
                                    restoring->reason,
                                    restoring->dry_run,
                                    g_task_get_cancellable (task),
                                    restored_cb,
                                    task);
}

static void
old_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = get_self (task);
  Restoring *restoring = g_task_get_task_data (task);
  GError *error = NULL;

  restoring->old = gh_client_get_revision_finish (GH_CLIENT (source), result, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gh_workspace_note_contact (self, error);
  if (restoring->old == NULL)
    gh_workspace_end_write (task, GH_APPLY_NOT_APPLIED, error);
  else
    gh_workspace_store_load_policy_async (
      self->database, gh_workspace_get_key (self), g_task_get_cancellable (task), base_cb, task);
}

/* A write whose end is not known must be settled before the next one leaves. */
static void
settled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = GH_WORKSPACE (source);
  const Restoring *restoring = g_task_get_task_data (task);
  GError *error = NULL;

  if (gh_workspace_settle_finish (self, result, NULL, &error))
    gh_client_get_revision_async (gh_account_session_get_client (self->session),
                                  gh_workspace_get_id (self),
                                  restoring->revision,
                                  g_task_get_cancellable (task),
                                  old_cb,
                                  task);
  else
    gh_workspace_end_write (task, GH_APPLY_NOT_APPLIED, error);
}

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = get_self (task);
  GError *error = NULL;

  if (gh_account_session_ready_finish (GH_ACCOUNT_SESSION (source), result, &error))
    {
      gh_workspace_settle_async (self, g_task_get_cancellable (task), settled_cb, task);
      return;
    }
  gh_workspace_note_contact (self, error);
  gh_workspace_end_write (task, GH_APPLY_NOT_APPLIED, error);
}

void
gh_workspace_restore_async (GhWorkspace *self,
                            gint64 revision,
                            const char *reason,
                            gboolean dry_run,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Restoring *restoring = g_new0 (Restoring, 1);
  GError *error;
  GTask *task;

  g_return_if_fail (GH_IS_WORKSPACE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gh_workspace_restore_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, restoring, (GDestroyNotify) restoring_free);
  restoring->revision = revision;
  restoring->reason = g_strdup (reason);
  restoring->dry_run = dry_run;
  error = gh_workspace_begin_write (self);
  if (error != NULL)
    gh_workspace_return_outcome (task, GH_APPLY_NOT_APPLIED, error);
  else
    gh_account_session_ready_async (self->session, cancellable, ready_cb, task);
}

GhApplyOutcome
gh_workspace_restore_finish (GhWorkspace *self, GAsyncResult *result, GError **error)
{
  return gh_workspace_finish_outcome (self, result, error);
}
