/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the server into the store: what moved there becomes the base, and the draft is
 * merged over it, field by field. */

#include <glib/gi18n-lib.h>

#include "gh-task.h"
#include "gh-workspace-private.h"

/* What every step of a task here needs to go on. */
static GhWorkspace *
get_self (GTask *task)
{
  return g_task_get_source_object (task);
}

/* Absorbing.

 * The draft over a new base. A field in conflict keeps what is drafted here; what it was
 * before is remembered beside it, and stays what it was when the server moves again. */
typedef struct
{
  GHashTable *drafts;
  GHashTable *conflicts;
  guint n_taken;
} Rebase;

static void
rebase_clear (Rebase *rebase)
{
  g_clear_pointer (&rebase->drafts, g_hash_table_unref);
  g_clear_pointer (&rebase->conflicts, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rebase, rebase_clear)

static GHashTable *
new_values (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_variant_unref);
}

static void
copy_values (GHashTable *from, GHashTable *to)
{
  GHashTableIter iter;
  gpointer setting;
  gpointer value;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &setting, &value))
    g_hash_table_replace (to, setting, g_variant_ref (value));
}

static void
keep_open_conflicts (Rebase *rebase, GHashTable *earlier)
{
  GHashTableIter iter;
  gpointer setting;
  gpointer before;

  g_hash_table_iter_init (&iter, earlier);
  while (g_hash_table_iter_next (&iter, &setting, &before))
    if (g_hash_table_contains (rebase->drafts, setting))
      g_hash_table_replace (rebase->conflicts, setting, g_variant_ref (before));
}

static void
make_rebase (Rebase *rebase, const GhSnapshot *snapshot, GhPolicy *theirs)
{
  g_autoptr (GhMerge) merge = NULL;

  rebase->drafts = new_values ();
  rebase->conflicts = new_values ();
  if (snapshot->cached == NULL)
    {
      copy_values (snapshot->draft->drafts, rebase->drafts);
      return;
    }
  merge = gh_merge (snapshot->cached->policy, theirs, snapshot->draft->drafts);
  copy_values (merge->drafts, rebase->drafts);
  for (guint i = 0; i < merge->conflicts->len; i++)
    {
      const GhConflict *conflict = g_ptr_array_index (merge->conflicts, i);
      gpointer setting = (gpointer) conflict->setting;

      g_hash_table_replace (rebase->drafts, setting, g_variant_ref (conflict->yours));
      g_hash_table_replace (rebase->conflicts, setting, g_variant_ref (conflict->base));
    }
  keep_open_conflicts (rebase, snapshot->draft->conflicts);
  rebase->n_taken = merge->taken->len;
}

typedef struct
{
  GhRemotePolicy *remote;
  char *notice; /* what to tell once it is stored, or NULL */
  guint n_conflicts;
} Absorbing;

static void
absorbing_free (Absorbing *absorbing)
{
  gh_remote_policy_free (absorbing->remote);
  g_free (absorbing->notice);
  g_free (absorbing);
}

static char *
describe_rebase (const Rebase *rebase)
{
  guint n_conflicts = g_hash_table_size (rebase->conflicts);

  if (n_conflicts > 0)
    return g_strdup_printf (
      ngettext ("The server changed %u setting that is drafted here too: choose which one holds.",
                "The server changed %u settings that are drafted here too: choose which ones hold.",
                n_conflicts),
      n_conflicts);
  if (rebase->n_taken > 0 && g_hash_table_size (rebase->drafts) > 0)
    return g_strdup_printf (
      ngettext ("The server changed %u other setting meanwhile. Your draft was kept over it.",
                "The server changed %u other settings meanwhile. Your draft was kept over them.",
                rebase->n_taken),
      rebase->n_taken);
  return NULL;
}

static void
absorbed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (gh_workspace_reload_finish (GH_WORKSPACE (source), result, &error))
    gh_task_succeed (task);
  else
    gh_task_fail (task, error);
}

/* When another write came in between, the merge is made again. */
static void take_snapshot (GTask *task);

static void
rebased_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = get_self (task);
  Absorbing *absorbing = g_task_get_task_data (task);
  GError *error = NULL;

  gh_draft_store_rebase_finish (self->database, result, &error);
  if (g_error_matches (error, GH_STORE_ERROR, GH_STORE_ERROR_STALE))
    {
      g_clear_error (&error);
      take_snapshot (task);
      return;
    }
  if (error != NULL)
    {
      gh_task_fail (task, error);
      return;
    }
  if (absorbing->notice != NULL)
    gh_workspace_set_notice (self, absorbing->notice);
  self->record->revision = absorbing->remote->revision;
  self->record->conflict = absorbing->n_conflicts > 0;
  if (self->document != NULL)
    gh_workspace_reload_async (self, g_task_get_cancellable (task), absorbed_cb, task);
  else
    gh_task_succeed (task);
}

static void
snapshot_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = get_self (task);
  Absorbing *absorbing = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GhSnapshot) snapshot = gh_workspace_take_snapshot_finish (self, result, &error);
  g_auto (Rebase) rebase = { 0 };
  GhCachedPolicy cached
    = { absorbing->remote->policy, absorbing->remote->etag, absorbing->remote->revision };

  if (snapshot == NULL)
    {
      gh_task_fail (task, error);
      return;
    }
  make_rebase (&rebase, snapshot, cached.policy);
  g_free (absorbing->notice);
  absorbing->notice = describe_rebase (&rebase);
  absorbing->n_conflicts = g_hash_table_size (rebase.conflicts);
  self->record->n_drafted = g_hash_table_size (rebase.drafts);
  gh_draft_store_rebase_async (self->database,
                               gh_workspace_get_key (self),
                               &cached,
                               rebase.drafts,
                               rebase.conflicts,
                               snapshot->draft->generation,
                               g_task_get_cancellable (task),
                               rebased_cb,
                               task);
}

static void
take_snapshot (GTask *task)
{
  gh_workspace_take_snapshot_async (
    get_self (task), g_task_get_cancellable (task), snapshot_cb, task);
}

void
gh_workspace_absorb_async (GhWorkspace *self,
                           GhRemotePolicy *remote,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Absorbing *absorbing = g_new0 (Absorbing, 1);

  g_task_set_source_tag (task, gh_workspace_absorb_async);
  absorbing->remote = remote;
  g_task_set_task_data (task, absorbing, (GDestroyNotify) absorbing_free);
  take_snapshot (task);
}

gboolean
gh_workspace_absorb_finish (GhWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Reading. */

static void
read_absorbed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (gh_workspace_absorb_finish (GH_WORKSPACE (source), result, &error))
    {
      gh_workspace_notify_all (GH_WORKSPACE (source));
      gh_task_succeed (task);
    }
  else
    {
      gh_task_fail (task, error);
    }
}

static void
policy_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = get_self (task);
  GError *error = NULL;
  g_autoptr (GhRemotePolicy) remote
    = gh_client_get_policy_finish (GH_CLIENT (source), result, &error);

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gh_workspace_note_contact (self, error);
  if (remote == NULL)
    gh_task_fail (task, error);
  else if (remote->not_modified)
    gh_task_succeed (task);
  else
    gh_workspace_absorb_async (
      self, g_steal_pointer (&remote), g_task_get_cancellable (task), read_absorbed_cb, task);
}

static void
cached_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = get_self (task);
  GError *error = NULL;
  g_autoptr (GhCachedPolicy) cached
    = gh_workspace_store_load_policy_finish (self->database, result, &error);

  if (error != NULL)
    gh_task_fail (task, error);
  else
    gh_client_get_policy_async (gh_account_session_get_client (self->session),
                                gh_workspace_get_id (self),
                                cached != NULL ? cached->etag : NULL,
                                g_task_get_cancellable (task),
                                policy_cb,
                                task);
}

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = get_self (task);
  GError *error = NULL;

  if (gh_account_session_ready_finish (GH_ACCOUNT_SESSION (source), result, &error))
    {
      gh_workspace_store_load_policy_async (self->database,
                                            gh_workspace_get_key (self),
                                            g_task_get_cancellable (task),
                                            cached_cb,
                                            task);
      return;
    }
  gh_workspace_note_contact (self, error);
  gh_task_fail (task, error);
}

void
gh_workspace_read_async (GhWorkspace *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, gh_workspace_read_async);
  gh_account_session_ready_async (self->session, cancellable, ready_cb, task);
}

gboolean
gh_workspace_read_finish (GhWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Syncing: first how earlier writes ended, then what the server has. */

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (gh_workspace_read_finish (GH_WORKSPACE (source), result, &error))
    gh_task_succeed (task);
  else
    gh_task_fail (task, error);
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhWorkspace *self = GH_WORKSPACE (source);
  GError *error = NULL;

  if (gh_workspace_settle_finish (self, result, NULL, &error))
    gh_workspace_read_async (self, g_task_get_cancellable (task), read_cb, task);
  else
    gh_task_fail (task, error);
}

void
gh_workspace_sync_async (GhWorkspace *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;

  g_return_if_fail (GH_IS_WORKSPACE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gh_workspace_sync_async);
  if (self->applying) /* which reads the server itself when it is done */
    gh_task_succeed (task);
  else
    gh_workspace_settle_async (self, cancellable, settled_cb, task);
}

gboolean
gh_workspace_sync_finish (GhWorkspace *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
