/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is drafted for a community on its way to the server. It leaves with the entity tag of
 * what it was made from, and is durable before; when no answer comes, or somebody else was
 * first, the server is read:
 *
 *   it has all that was sent      applied
 *   its tag is still the base's   not applied
 *   else                          changed by someone else */

#include <glib/gi18n-lib.h>

#include "gh-client-communities.h"
#include "gh-workspace-communities.h"
#include "gh-workspace-private.h"

typedef struct
{
  char *community;
  char *reason;
  gboolean dry_run;
  char *etag;         /* of what the changes were made from */
  gint64 revision;    /* of the same */
  GPtrArray *changes; /* that were sent; of GhOverrideChange */
  GError *error;      /* what the server or the way to it said */
  GhApplyOutcome outcome;
} Applying;

static void
applying_free (Applying *applying)
{
  g_free (applying->community);
  g_free (applying->reason);
  g_free (applying->etag);
  g_clear_pointer (&applying->changes, g_ptr_array_unref);
  g_clear_error (&applying->error);
  g_free (applying);
}

static GhWorkspace *
get_self (GTask *task)
{
  return g_task_get_source_object (task);
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  const Applying *applying = g_task_get_task_data (task);
  GError *error = NULL;

  gh_workspace_load_communities_finish (GH_WORKSPACE (source), result, &error);
  gh_workspace_return_outcome (task, applying->outcome, error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (gh_community_store_save_finish (get_self (task)->database, result, &error))
    gh_workspace_load_communities_async (get_self (task), NULL, reloaded_cb, task);
  else
    gh_workspace_return_outcome (task, GH_APPLY_NOT_APPLIED, error);
}

/* What the server has becomes the base; what of the draft it has is done with. */
static void
save (GTask *task, const GhRemoteOverrides *remote, GhApplyOutcome outcome)
{
  GhWorkspace *self = get_self (task);
  Applying *applying = g_task_get_task_data (task);

  applying->outcome = outcome;
  gh_community_store_save_async (self->database,
                                 gh_workspace_get_key (self),
                                 applying->community,
                                 remote->overrides,
                                 remote->etag,
                                 MAX (remote->revision, applying->revision),
                                 NULL,
                                 saved_cb,
                                 task);
}

static gboolean
has_all (GHashTable *overrides, GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const GhOverrideChange *change = g_ptr_array_index (changes, i);

      if (!gh_overrides_value_equal (gh_overrides_get (overrides, change->setting), change->value))
        return FALSE;
    }
  return TRUE;
}

/* When the server cannot be asked either, the error is the one that led here: what is drafted
 * stays, and the next apply finds out. */
static void
read_again_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Applying *applying = g_task_get_task_data (task);
  g_autoptr (GhRemoteOverrides) remote
    = gh_client_get_overrides_finish (GH_CLIENT (source), result, NULL);

  if (remote == NULL)
    gh_workspace_return_outcome (task, GH_APPLY_NOT_APPLIED, g_steal_pointer (&applying->error));
  else if (has_all (remote->overrides, applying->changes))
    save (task, remote, GH_APPLY_APPLIED);
  else if (g_strcmp0 (remote->etag, applying->etag) != 0)
    save (task, remote, GH_APPLY_CONFLICT);
  else if (g_error_matches (applying->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gh_workspace_return_outcome (task, GH_APPLY_NOT_APPLIED, g_steal_pointer (&applying->error));
  else
    gh_workspace_return_outcome (task, GH_APPLY_NOT_APPLIED, NULL);
}

static void
fail_sent (GTask *task)
{
  GhWorkspace *self = get_self (task);
  Applying *applying = g_task_get_task_data (task);
  const GError *error = applying->error;

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gh_workspace_note_contact (self, error);
  if (gh_remote_error_is_ambiguous (error) || error->domain != GH_REMOTE_ERROR
      || g_error_matches (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_CONFLICT))
    gh_client_get_overrides_async (gh_account_session_get_client (self->session),
                                   gh_workspace_get_id (self),
                                   applying->community,
                                   NULL,
                                   NULL,
                                   read_again_cb,
                                   task);
  else
    gh_workspace_return_outcome (task, GH_APPLY_NOT_APPLIED, g_steal_pointer (&applying->error));
}

static void
patched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Applying *applying = g_task_get_task_data (task);
  g_autoptr (GhRemoteOverrides) remote
    = gh_client_patch_overrides_finish (GH_CLIENT (source), result, &applying->error);

  if (applying->dry_run)
    {
      gh_workspace_return_outcome (task, GH_APPLY_APPLIED, g_steal_pointer (&applying->error));
      return;
    }
  if (remote == NULL)
    {
      fail_sent (task);
      return;
    }
  gh_workspace_note_contact (get_self (task), NULL);
  save (task, remote, GH_APPLY_APPLIED);
}

/* Why what is drafted may not be applied as it stands, or NULL. */
static GError *
find_obstacle (GhWorkspace *self, const GhCommunityRecord *record)
{
  g_autoptr (GPtrArray) findings = NULL;

  for (guint i = 0; i < record->changes->len; i++)
    if (gh_override_change_conflicts (g_ptr_array_index (record->changes, i), record->overrides))
      return g_error_new (GH_FLEET_ERROR,
                          GH_FLEET_ERROR_CONFLICT,
                          _ ("The server changed a value of community “%s” that is drafted here "
                             "too. Draft it again or drop it, then apply."),
                          record->name);
  if (self->base == NULL)
    return gh_workspace_make_error (
      self, GH_FLEET_ERROR_NOT_LOADED, _ ("“%s” was never read from its server. Sync it first."));
  findings = gh_workspace_check_community (self, record);
  for (guint i = 0; i < findings->len; i++)
    {
      const GhFinding *finding = g_ptr_array_index (findings, i);

      if (finding->severity == GH_SEVERITY_ERROR)
        return g_error_new_literal (GH_FLEET_ERROR, GH_FLEET_ERROR_INVALID, finding->message);
    }
  return NULL;
}

static void
send (GTask *task, const GhCommunityRecord *record)
{
  GhWorkspace *self = get_self (task);
  Applying *applying = g_task_get_task_data (task);
  g_autoptr (JsonNode) patch = gh_override_changes_to_patch (record->changes);
  g_autofree char *key = g_uuid_string_random ();

  applying->etag = g_strdup (record->etag);
  applying->revision = record->revision;
  applying->changes = g_ptr_array_ref (record->changes);
  gh_client_patch_overrides_async (gh_account_session_get_client (self->session),
                                   gh_workspace_get_id (self),
                                   applying->community,
                                   patch,
                                   applying->etag,
                                   key,
                                   applying->reason,
                                   applying->dry_run,
                                   g_task_get_cancellable (task),
                                   patched_cb,
                                   task);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = GH_WORKSPACE (source);
  const Applying *applying = g_task_get_task_data (task);
  const GhCommunityRecord *record = NULL;
  GError *error = NULL;

  if (gh_workspace_load_communities_finish (self, result, &error))
    record = gh_workspace_find_community (self, applying->community, &error);
  if (record != NULL && record->changes->len > 0)
    error = find_obstacle (self, record);
  if (error != NULL || record->changes->len == 0)
    gh_workspace_return_outcome (task, GH_APPLY_NOTHING, error);
  else
    send (task, record);
}

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = get_self (task);
  GError *error = NULL;

  if (gh_account_session_ready_finish (GH_ACCOUNT_SESSION (source), result, &error))
    {
      gh_workspace_load_communities_async (self, g_task_get_cancellable (task), loaded_cb, task);
      return;
    }
  gh_workspace_note_contact (self, error);
  gh_workspace_return_outcome (task, GH_APPLY_NOT_APPLIED, error);
}

void
gh_workspace_apply_community_async (GhWorkspace *self,
                                    const char *community,
                                    const char *reason,
                                    gboolean dry_run,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  GTask *task;
  Applying *applying = g_new0 (Applying, 1);
  GError *error;

  g_return_if_fail (GH_IS_WORKSPACE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gh_workspace_apply_community_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, applying, (GDestroyNotify) applying_free);
  applying->community = g_strdup (community);
  applying->reason = g_strdup (reason);
  applying->dry_run = dry_run;
  error = gh_workspace_check_can_write (self);
  if (error != NULL)
    gh_workspace_return_outcome (task, GH_APPLY_NOT_APPLIED, error);
  else
    gh_account_session_ready_async (self->session, cancellable, ready_cb, task);
}

GhApplyOutcome
gh_workspace_apply_community_finish (GhWorkspace *self, GAsyncResult *result, GError **error)
{
  return gh_workspace_finish_outcome (self, result, error);
}
