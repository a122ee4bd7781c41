/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A draft on its way to the server: looked at, written down, sent, and written down again. */

#include <glib/gi18n-lib.h>

#include "gh-header-rules.h"
#include "gh-policy-json.h"
#include "gh-workspace-private.h"

typedef struct
{
  char *reason;
  gboolean dry_run;
  GhSnapshot *snapshot;
  JsonNode *patch;
  char *key;
  gint64 entry;  /* id in the journal */
  GError *error; /* what the server or the way to it said */
  GhApplyOutcome outcome;
} Applying;

static void
applying_free (Applying *applying)
{
  g_free (applying->reason);
  g_clear_pointer (&applying->snapshot, gh_snapshot_free);
  g_clear_pointer (&applying->patch, json_node_unref);
  g_free (applying->key);
  g_clear_error (&applying->error);
  g_free (applying);
}

static GhWorkspace *
get_self (GTask *task)
{
  return g_task_get_source_object (task);
}

/* What the server has now is read. An apply that is known to have arrived stays one, even
 * when that reading fails; a conflict that cannot be read is the error it was. */
static void
read_again_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Applying *applying = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!gh_workspace_read_finish (GH_WORKSPACE (source), result, &error)
      && applying->outcome == GH_APPLY_CONFLICT && applying->error != NULL)
    gh_workspace_end_write (task, applying->outcome, g_steal_pointer (&applying->error));
  else
    gh_workspace_end_write (task, applying->outcome, NULL);
}

static void
read_again (GTask *task, GhApplyOutcome outcome)
{
  Applying *applying = g_task_get_task_data (task);

  applying->outcome = outcome;
  gh_workspace_read_async (get_self (task), NULL, read_again_cb, task);
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;

  if (gh_workspace_reload_finish (GH_WORKSPACE (source), result, &error))
    read_again (data, GH_APPLY_APPLIED);
  else
    gh_workspace_end_write (data, GH_APPLY_APPLIED, error);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = get_self (task);
  GError *error = NULL;

  if (!gh_journal_end_finish (self->database, result, &error))
    gh_workspace_end_write (task, GH_APPLY_APPLIED, error);
  else
    gh_workspace_reload_async (self, NULL, reloaded_cb, task);
}

static void
refused_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Applying *applying = g_task_get_task_data (task);
  GError *error = NULL;

  if (!gh_journal_end_finish (get_self (task)->database, result, &error))
    gh_workspace_end_write (task, GH_APPLY_NOT_APPLIED, error);
  else if (g_error_matches (applying->error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_CONFLICT))
    read_again (task, GH_APPLY_CONFLICT);
  else
    gh_workspace_end_write (task, GH_APPLY_NOT_APPLIED, g_steal_pointer (&applying->error));
}

/* How a write ended of which no answer came. When the server cannot be asked either, the
 * journal keeps the question for the next sync. */
static void
settled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = GH_WORKSPACE (source);
  Applying *applying = g_task_get_task_data (task);
  GhJournalState state = GH_JOURNAL_SENDING;
  gboolean cancelled = g_error_matches (applying->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (!gh_workspace_settle_finish (self, result, &state, NULL) || state == GH_JOURNAL_SENDING)
    gh_workspace_end_write (task, GH_APPLY_NOT_APPLIED, g_steal_pointer (&applying->error));
  else if (state == GH_JOURNAL_APPLIED)
    read_again (task, GH_APPLY_APPLIED);
  else if (state == GH_JOURNAL_CHANGED_BY_OTHER)
    read_again (task, GH_APPLY_CONFLICT);
  else
    gh_workspace_end_write (
      task, GH_APPLY_NOT_APPLIED, cancelled ? g_steal_pointer (&applying->error) : NULL);
}

static void
fail_sent (GTask *task)
{
  GhWorkspace *self = get_self (task);
  Applying *applying = g_task_get_task_data (task);
  const GError *error = applying->error;
  GhJournalState state = GH_JOURNAL_REFUSED;

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gh_workspace_note_contact (self, error);
  if (gh_remote_error_is_ambiguous (error) || error->domain != GH_REMOTE_ERROR)
    {
      self->record->sending = TRUE;
      gh_workspace_settle_async (self, NULL, settled_cb, task);
      return;
    }
  if (gh_remote_error_is_offline (error)
      || g_error_matches (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_TLS))
    state = GH_JOURNAL_NOT_APPLIED;
  else if (g_error_matches (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_CONFLICT))
    state = GH_JOURNAL_CHANGED_BY_OTHER;
  gh_journal_end_async (self->database, applying->entry, state, NULL, NULL, refused_cb, task);
}

static void
patched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = get_self (task);
  Applying *applying = g_task_get_task_data (task);
  g_autoptr (GhRemotePolicy) remote
    = gh_client_patch_policy_finish (GH_CLIENT (source), result, &applying->error);
  GhCachedPolicy cached;

  if (applying->dry_run)
    {
      gh_workspace_end_write (task, GH_APPLY_APPLIED, g_steal_pointer (&applying->error));
      return;
    }
  if (remote == NULL)
    {
      fail_sent (task);
      return;
    }
  gh_workspace_note_contact (self, NULL);
  cached = (GhCachedPolicy){ remote->policy, remote->etag, remote->revision };
  gh_journal_end_async (
    self->database, applying->entry, GH_JOURNAL_APPLIED, &cached, NULL, applied_cb, task);
}

static void
send (GTask *task)
{
  GhWorkspace *self = get_self (task);
  Applying *applying = g_task_get_task_data (task);

  gh_client_patch_policy_async (gh_account_session_get_client (self->session),
                                gh_workspace_get_id (self),
                                applying->patch,
                                applying->snapshot->cached->etag,
                                applying->key,
                                applying->reason,
                                applying->dry_run,
                                g_task_get_cancellable (task),
                                patched_cb,
                                task);
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Applying *applying = g_task_get_task_data (task);
  GError *error = NULL;

  applying->entry = gh_journal_begin_finish (get_self (task)->database, result, &error);
  if (error != NULL)
    gh_workspace_end_write (task, GH_APPLY_NOT_APPLIED, error);
  else
    send (task);
}

/* Why the draft may not be applied as it stands, or NULL. */
static GError *
find_obstacle (GhWorkspace *self, const GhSnapshot *snapshot, const GhPolicy *after)
{
  g_autoptr (GPtrArray) findings = NULL;

  if (g_hash_table_size (snapshot->draft->conflicts) > 0)
    return gh_workspace_make_error (
      self,
      GH_FLEET_ERROR_CONFLICT,
      _ ("“%s” has conflicts: choose for each field which value holds."));
  if (self->document != NULL && (self->behind || self->generation != snapshot->draft->generation))
    return gh_workspace_make_error (
      self,
      GH_FLEET_ERROR_STALE,
      _ ("Another program changed the draft of “%s” meanwhile. Look at it "
         "again before you apply it."));
  findings = gh_policy_check (snapshot->cached->policy, after);
  for (guint i = 0; i < findings->len; i++)
    {
      const GhFinding *finding = g_ptr_array_index (findings, i);

      if (finding->severity == GH_SEVERITY_ERROR)
        return g_error_new_literal (GH_FLEET_ERROR, GH_FLEET_ERROR_INVALID, finding->message);
    }
  return NULL;
}

static gboolean
is_empty (JsonNode *patch)
{
  return json_object_get_size (json_node_get_object (patch)) == 0;
}

static void
look_at_draft (GTask *task)
{
  GhWorkspace *self = get_self (task);
  Applying *applying = g_task_get_task_data (task);
  const GhCachedPolicy *base = applying->snapshot->cached;
  g_autoptr (GhPolicy) after = gh_snapshot_dup_policy (applying->snapshot);
  g_autofree char *text = NULL;
  GError *error;

  applying->patch = gh_policy_make_patch (base->policy, after);
  error = find_obstacle (self, applying->snapshot, after);
  if (error != NULL || is_empty (applying->patch))
    {
      gh_workspace_end_write (task, GH_APPLY_NOTHING, error);
      return;
    }
  applying->key = g_uuid_string_random ();
  if (applying->dry_run)
    {
      send (task);
      return;
    }
  text = json_to_string (applying->patch, FALSE);
  gh_journal_begin_async (self->database,
                          gh_workspace_get_key (self),
                          base->etag,
                          base->revision,
                          applying->key,
                          text,
                          applying->reason,
                          g_task_get_cancellable (task),
                          begun_cb,
                          task);
}

static void
snapshot_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = GH_WORKSPACE (source);
  Applying *applying = g_task_get_task_data (task);
  GError *error = NULL;

  applying->snapshot = gh_workspace_take_snapshot_finish (self, result, &error);
  if (error != NULL)
    gh_workspace_end_write (task, GH_APPLY_NOT_APPLIED, error);
  else if (applying->snapshot->cached == NULL)
    gh_workspace_end_write (
      task,
      GH_APPLY_NOT_APPLIED,
      gh_workspace_make_error (self,
                               GH_FLEET_ERROR_NOT_LOADED,
                               _ ("“%s” was never read from its server. Sync it first.")));
  else
    look_at_draft (task);
}

/* A write whose end is not known must be settled before the next one leaves. */
static void
settled_first_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = GH_WORKSPACE (source);
  GhJournalState state;
  GError *error = NULL;

  if (!gh_workspace_settle_finish (self, result, &state, &error))
    gh_workspace_end_write (task, GH_APPLY_NOT_APPLIED, error);
  else if (state == GH_JOURNAL_CHANGED_BY_OTHER)
    read_again (task, GH_APPLY_CONFLICT);
  else
    gh_workspace_take_snapshot_async (self, g_task_get_cancellable (task), snapshot_cb, task);
}

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = get_self (task);
  GError *error = NULL;

  if (gh_account_session_ready_finish (GH_ACCOUNT_SESSION (source), result, &error))
    {
      gh_workspace_settle_async (self, g_task_get_cancellable (task), settled_first_cb, task);
      return;
    }
  gh_workspace_note_contact (self, error);
  gh_workspace_end_write (task, GH_APPLY_NOT_APPLIED, error);
}

void
gh_workspace_apply_async (GhWorkspace *self,
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
  g_task_set_source_tag (task, gh_workspace_apply_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, applying, (GDestroyNotify) applying_free);
  applying->reason = g_strdup (reason);
  applying->dry_run = dry_run;

  error = gh_workspace_begin_write (self);
  if (error != NULL)
    gh_workspace_return_outcome (task, GH_APPLY_NOT_APPLIED, error);
  else
    gh_account_session_ready_async (self->session, cancellable, ready_cb, task);
}

GhApplyOutcome
gh_workspace_apply_finish (GhWorkspace *self, GAsyncResult *result, GError **error)
{
  return gh_workspace_finish_outcome (self, result, error);
}
