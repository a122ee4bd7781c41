/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How did a write end of which no answer came? A write leaves with the entity tag of what it
 * was made from, so that it can only have made the revision right after that one. The server
 * is read, never written:
 *
 *   its tag is still the base's          not applied
 *   the revision after the base is ours  applied, whatever came later
 *   it is someone else's                 changed by someone else */

#include <glib/gi18n-lib.h>

#include "gh-policy-json.h"
#include "gh-strict-json.h"
#include "gh-task.h"
#include "gh-workspace-private.h"

typedef struct
{
  GPtrArray *entries; /* of GhJournalEntry */
  guint at;
  GhJournalState state; /* of the last that was settled */
  GhRemotePolicy *now;  /* what the server has */
  GhCachedPolicy *base; /* what the store has */
  int lock;             /* unless the apply that asks has it */
} Settling;

static void
settling_free (Settling *settling)
{
  g_clear_pointer (&settling->entries, g_ptr_array_unref);
  g_clear_pointer (&settling->now, gh_remote_policy_free);
  g_clear_pointer (&settling->base, gh_cached_policy_free);
  gh_apply_lock_release (&settling->lock);
  g_free (settling);
}

static GhWorkspace *
get_self (GTask *task)
{
  return g_task_get_source_object (task);
}

static const GhJournalEntry *
get_entry (GTask *task)
{
  Settling *settling = g_task_get_task_data (task);

  return g_ptr_array_index (settling->entries, settling->at);
}

/* The lock goes before the caller goes on. */
static void
succeed (GTask *task)
{
  Settling *settling = g_task_get_task_data (task);

  gh_apply_lock_release (&settling->lock);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* What patch makes of policy; NULL when it cannot be read. */
static GhPolicy *
apply_patch (const GhPolicy *policy, const char *text)
{
  g_autoptr (JsonNode) node = gh_strict_json_parse (text, strlen (text), NULL);
  g_autoptr (GPtrArray) errors = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  return gh_policy_apply_patch (policy, json_node_get_object (node), &errors);
}

static gboolean
holds (const GhPolicy *policy, const char *patch)
{
  g_autoptr (GhPolicy) patched = apply_patch (policy, patch);

  return patched != NULL && gh_policy_equal (patched, policy);
}

/* Whether the store still has what the write was made from. */
static gboolean
has_base (const Settling *settling, const GhJournalEntry *entry)
{
  return settling->base != NULL && g_strcmp0 (settling->base->etag, entry->base_etag) == 0;
}

static gboolean
is_ours (const Settling *settling, const GhJournalEntry *entry, const GhPolicy *policy)
{
  g_autoptr (GhPolicy) expected = NULL;

  if (!has_base (settling, entry))
    return holds (policy, entry->patch);
  expected = apply_patch (settling->base->policy, entry->patch);
  return expected != NULL && gh_policy_equal (expected, policy);
}

static const char *
describe (GhJournalState state)
{
  switch (state)
    {
    case GH_JOURNAL_APPLIED:
      return _ ("No answer came to the last apply, but the server has it: it was applied.");
    case GH_JOURNAL_NOT_APPLIED:
      return _ ("The last apply did not reach the server. Nothing was changed there, and your "
                "changes are still drafted.");
    case GH_JOURNAL_CHANGED_BY_OTHER:
      return _ ("The last apply was not taken, because someone else had changed the policy "
                "first. Your changes are still drafted: look at them again.");
    case GH_JOURNAL_SENDING:
    case GH_JOURNAL_REFUSED:
    default:
      return NULL;
    }
}

static void settle_next (GTask *task);

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (gh_workspace_reload_finish (GH_WORKSPACE (source), result, &error))
    settle_next (task);
  else
    gh_task_fail (task, error);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = get_self (task);
  Settling *settling = g_task_get_task_data (task);
  GError *error = NULL;

  if (!gh_journal_end_finish (self->database, result, &error))
    {
      gh_task_fail (task, error);
      return;
    }
  self->record->sending = FALSE;
  gh_workspace_set_notice (self, describe (settling->state));
  gh_workspace_notify_all (self);
  settling->at++;
  if (self->document != NULL)
    gh_workspace_reload_async (self, g_task_get_cancellable (task), reloaded_cb, task);
  else
    settle_next (task);
}

/* remote is the policy that our write made, where it is known; the store's base becomes it,
 * unless another program has already moved on. */
static void
conclude (GTask *task, GhJournalState state, const GhRemotePolicy *remote)
{
  Settling *settling = g_task_get_task_data (task);
  const GhJournalEntry *entry = get_entry (task);
  GhCachedPolicy cached = { 0 };

  settling->state = state;
  if (remote != NULL)
    cached = (GhCachedPolicy){ remote->policy, remote->etag, remote->revision };
  gh_journal_end_async (get_self (task)->database,
                        entry->id,
                        state,
                        remote != NULL && has_base (settling, entry) ? &cached : NULL,
                        g_task_get_cancellable (task),
                        ended_cb,
                        task);
}

static void
judge (GTask *task, const GhRemotePolicy *next)
{
  Settling *settling = g_task_get_task_data (task);

  if (is_ours (settling, get_entry (task), next->policy))
    conclude (task, GH_JOURNAL_APPLIED, next);
  else
    conclude (task, GH_JOURNAL_CHANGED_BY_OTHER, NULL);
}

static void
revision_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Settling *settling = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GhRemotePolicy) next
    = gh_client_get_revision_finish (GH_CLIENT (source), result, &error);

  if (next != NULL)
    {
      judge (task, next);
    }
  else if (g_error_matches (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_NOT_FOUND)
           || g_error_matches (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_FORBIDDEN))
    {
      g_error_free (error);
      judge (task, settling->now);
    }
  else
    {
      gh_workspace_note_contact (get_self (task), error);
      gh_task_fail (task, error);
    }
}

static void
policy_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Settling *settling = g_task_get_task_data (task);
  const GhJournalEntry *entry = get_entry (task);
  GError *error = NULL;

  g_clear_pointer (&settling->now, gh_remote_policy_free);
  settling->now = gh_client_get_policy_finish (GH_CLIENT (source), result, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gh_workspace_note_contact (get_self (task), error);
  if (settling->now == NULL)
    gh_task_fail (task, error);
  else if (g_strcmp0 (settling->now->etag, entry->base_etag) == 0)
    conclude (task, GH_JOURNAL_NOT_APPLIED, NULL);
  else if (entry->base_revision > 0 && settling->now->revision != entry->base_revision + 1)
    gh_client_get_revision_async (GH_CLIENT (source),
                                  entry->key.id,
                                  entry->base_revision + 1,
                                  g_task_get_cancellable (task),
                                  revision_cb,
                                  task);
  else
    judge (task, settling->now);
}

static void
cached_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = get_self (task);
  Settling *settling = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&settling->base, gh_cached_policy_free);
  settling->base = gh_workspace_store_load_policy_finish (self->database, result, &error);
  if (error != NULL)
    gh_task_fail (task, error);
  else
    gh_client_get_policy_async (gh_account_session_get_client (self->session),
                                gh_workspace_get_id (self),
                                NULL,
                                g_task_get_cancellable (task),
                                policy_cb,
                                task);
}

static void
settle_next (GTask *task)
{
  GhWorkspace *self = get_self (task);
  Settling *settling = g_task_get_task_data (task);

  if (settling->at < settling->entries->len)
    {
      gh_workspace_store_load_policy_async (self->database,
                                            gh_workspace_get_key (self),
                                            g_task_get_cancellable (task),
                                            cached_cb,
                                            task);
      return;
    }
  succeed (task);
}

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (gh_account_session_ready_finish (GH_ACCOUNT_SESSION (source), result, &error))
    {
      settle_next (task);
      return;
    }
  gh_workspace_note_contact (get_self (task), error);
  gh_task_fail (task, error);
}

/* An entry whose workspace is locked is of a program that still waits for its answer. */
static gboolean
may_settle (GhWorkspace *self, Settling *settling)
{
  if (self->lock != GH_APPLY_LOCK_NONE)
    return TRUE;
  settling->lock = gh_apply_lock_take (self->database_path, gh_workspace_get_key (self));
  return settling->lock != GH_APPLY_LOCK_NONE;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = get_self (task);
  Settling *settling = g_task_get_task_data (task);
  GError *error = NULL;

  settling->entries = gh_journal_list_finish (self->database, result, &error);
  if (settling->entries == NULL)
    gh_task_fail (task, error);
  else if (settling->entries->len == 0 || !may_settle (self, settling))
    succeed (task);
  else
    gh_account_session_ready_async (self->session, g_task_get_cancellable (task), ready_cb, task);
}

void
gh_workspace_settle_async (GhWorkspace *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Settling *settling = g_new0 (Settling, 1);

  g_task_set_source_tag (task, gh_workspace_settle_async);
  g_task_set_task_data (task, settling, (GDestroyNotify) settling_free);
  settling->state = GH_JOURNAL_SENDING;
  settling->lock = GH_APPLY_LOCK_NONE;
  gh_journal_list_async (
    self->database, gh_workspace_get_key (self), TRUE, cancellable, listed_cb, task);
}

gboolean
gh_workspace_settle_finish (GhWorkspace *self,
                            GAsyncResult *result,
                            GhJournalState *state,
                            GError **error)
{
  Settling *settling = g_task_get_task_data (G_TASK (result));

  if (state != NULL)
    *state = settling->state;
  return g_task_propagate_boolean (G_TASK (result), error);
}
