/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the document to the store, edit by edit, and back. */

#include <glib/gi18n-lib.h>

#include "gh-workspace-private.h"

#define RETRY_SECONDS 3

/* What the store has to be told: steps of the document, or a conflict that was decided. */
typedef struct
{
  GhDocumentEvent event;
  GPtrArray *steps;         /* of GhStep; NULL: the conflict of setting */
  const GhSetting *setting; /* of a decided conflict */
} Edit;

static void
edit_free (Edit *edit)
{
  g_clear_pointer (&edit->steps, g_ptr_array_unref);
  g_free (edit);
}

static void
set_save_error (GhWorkspace *self, const char *message)
{
  if (g_strcmp0 (self->save_error, message) == 0)
    return;
  g_free (self->save_error);
  self->save_error = g_strdup (message);
  g_object_notify (G_OBJECT (self), "save-error");
}

static void
finish_flushes (GhWorkspace *self, const GError *error)
{
  g_autoptr (GPtrArray) flushes = g_steal_pointer (&self->flushes);

  for (guint i = 0; flushes != NULL && i < flushes->len; i++)
    {
      GTask *task = g_ptr_array_index (flushes, i);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_boolean (task, TRUE);
    }
}

/* Saving and failing to save lead to each other. */
static void record_next (GhWorkspace *self);

static gboolean
retry_cb (gpointer data)
{
  GhWorkspace *self = data;

  self->retry = 0;
  record_next (self);
  return G_SOURCE_REMOVE;
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!gh_workspace_reload_finish (GH_WORKSPACE (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("cannot read a draft again: %s", error->message);
}

static void
drop_first (GhWorkspace *self)
{
  edit_free (g_queue_pop_head (&self->unsaved));
}

/* An undo of what another process has undone already is no edit any more. */
static void
forget_stale (GhWorkspace *self)
{
  drop_first (self);
  self->behind = TRUE;
  gh_workspace_set_notice (self,
                           _ ("Another program changed this draft at the same moment. What you "
                              "see now is what both left."));
  gh_workspace_reload_async (self, self->closing, reloaded_cb, NULL);
}

static void
recorded (GhWorkspace *self, gint64 generation, const GError *error)
{
  gboolean alone = generation == self->generation + 1;

  self->recording = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL && !g_error_matches (error, GH_STORE_ERROR, GH_STORE_ERROR_STALE))
    {
      set_save_error (self, error->message);
      finish_flushes (self, error);
      if (self->retry == 0)
        self->retry = g_timeout_add_seconds (RETRY_SECONDS, retry_cb, self);
      return;
    }
  set_save_error (self, NULL);
  if (error != NULL)
    {
      forget_stale (self);
    }
  else
    {
      drop_first (self);
      self->generation = generation;
      self->behind |= !alone;
      if (!alone)
        gh_workspace_reload_async (self, self->closing, reloaded_cb, NULL);
    }
  record_next (self);
}

static void
recorded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GhWorkspace) self = data;
  g_autoptr (GError) error = NULL;
  gint64 generation = gh_draft_store_record_finish (self->database, result, &error);

  recorded (self, generation, error);
}

static void
settled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GhWorkspace) self = data;
  g_autoptr (GError) error = NULL;
  gint64 generation = gh_draft_store_settle_finish (self->database, result, &error);

  recorded (self, generation, error);
}

/* Gives the store what was edited, one after the other, so that what fails keeps its
 * place. It is not cancelled in dispose: an edit that was made is saved. */
static void
record_next (GhWorkspace *self)
{
  const Edit *edit = g_queue_peek_head (&self->unsaved);

  if (self->recording)
    return;
  if (edit == NULL)
    {
      finish_flushes (self, NULL);
      g_object_notify (G_OBJECT (self), "saving");
      return;
    }
  self->recording = TRUE;
  if (edit->steps != NULL)
    gh_draft_store_record_async (self->database,
                                 gh_workspace_get_key (self),
                                 edit->event,
                                 edit->steps,
                                 NULL,
                                 recorded_cb,
                                 g_object_ref (self));
  else
    gh_draft_store_settle_async (self->database,
                                 gh_workspace_get_key (self),
                                 edit->setting,
                                 NULL,
                                 settled_cb,
                                 g_object_ref (self));
}

static void
push_edit (GhWorkspace *self, Edit *edit)
{
  self->n_edits++;
  g_queue_push_tail (&self->unsaved, edit);
  if (self->unsaved.length == 1)
    g_object_notify (G_OBJECT (self), "saving");
  g_clear_handle_id (&self->retry, g_source_remove);
  record_next (self);
}

/* A field that is as the server has it is no conflict any more. */
static void
prune_conflicts (GhWorkspace *self)
{
  for (guint i = self->conflicts->len; i > 0; i--)
    {
      const GhConflict *conflict = g_ptr_array_index (self->conflicts, i - 1);

      if (!gh_document_is_drafted (self->document, conflict->setting))
        g_ptr_array_remove_index (self->conflicts, i - 1);
    }
  self->record->conflict = self->conflicts->len > 0;
}

/* A step that grew while it waits to be saved is saved once, as it is now. */
static gboolean
amend_waiting (GhWorkspace *self, GPtrArray *steps)
{
  Edit *last = g_queue_peek_tail (&self->unsaved);

  if (last == NULL || last->steps == NULL || (self->recording && self->unsaved.length == 1)
      || (last->event != GH_DOCUMENT_EDITED && last->event != GH_DOCUMENT_AMENDED))
    return FALSE;
  g_ptr_array_unref (last->steps);
  last->steps = gh_step_copy_all (steps);
  self->n_edits++;
  return TRUE;
}

static void
steps_cb (GhDocument *document, GhDocumentEvent event, GPtrArray *steps, GhWorkspace *self)
{
  prune_conflicts (self);
  if (event != GH_DOCUMENT_AMENDED || !amend_waiting (self, steps))
    {
      Edit *edit = g_new0 (Edit, 1);

      edit->event = event;
      edit->steps = gh_step_copy_all (steps);
      push_edit (self, edit);
    }
  gh_workspace_notify_all (self);
}

static void
n_drafted_cb (GhDocument *document, GParamSpec *pspec, GhWorkspace *self)
{
  self->record->n_drafted = gh_document_get_n_drafted (document);
  gh_workspace_notify_all (self);
}

static GhCachedPolicy *
copy_cached (const GhCachedPolicy *cached)
{
  GhCachedPolicy *copy = g_new0 (GhCachedPolicy, 1);

  copy->policy = gh_policy_ref (cached->policy);
  copy->etag = g_strdup (cached->etag);
  copy->revision = cached->revision;
  return copy;
}

static void
show_conflicts (GhWorkspace *self, const GhDraft *draft)
{
  g_ptr_array_set_size (self->conflicts, 0);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      GVariant *before = g_hash_table_lookup (draft->conflicts, setting);
      GhConflict *conflict;

      if (before == NULL || !gh_document_is_drafted (self->document, setting))
        continue;
      conflict = g_new0 (GhConflict, 1);
      conflict->setting = setting;
      conflict->base = g_variant_ref (before);
      conflict->theirs = g_variant_ref (gh_document_get_base_value (self->document, setting));
      conflict->yours = g_variant_ref (gh_document_get_value (self->document, setting));
      g_ptr_array_add (self->conflicts, conflict);
    }
}

static void
make_document (GhWorkspace *self, GhPolicy *policy)
{
  self->document = gh_document_new (policy);
  g_signal_connect (self->document, "steps", G_CALLBACK (steps_cb), self);
  g_signal_connect (self->document, "notify::n-drafted", G_CALLBACK (n_drafted_cb), self);
}

/* Makes the document show what the store has. */
static void
show (GhWorkspace *self, const GhSnapshot *snapshot)
{
  gboolean fresh = self->document == NULL;

  self->record->n_drafted = g_hash_table_size (snapshot->draft->drafts);
  if (snapshot->cached == NULL)
    return;
  if (fresh)
    make_document (self, snapshot->cached->policy);
  else if (!gh_policy_equal (self->base->policy, snapshot->cached->policy))
    gh_document_set_base (self->document, snapshot->cached->policy);
  g_clear_pointer (&self->base, gh_cached_policy_free);
  self->base = copy_cached (snapshot->cached);
  if (fresh || self->behind || self->generation != snapshot->draft->generation)
    gh_document_restore (
      self->document, snapshot->draft->drafts, snapshot->draft->steps, snapshot->draft->position);
  self->behind = FALSE;
  self->generation = snapshot->draft->generation;
  self->record->revision = snapshot->cached->revision;
  self->record->n_drafted = gh_document_get_n_drafted (self->document);
  show_conflicts (self, snapshot->draft);
  self->record->conflict = self->conflicts->len > 0;
  if (fresh)
    g_object_notify (G_OBJECT (self), "document");
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GhWorkspace *self = GH_WORKSPACE (source);
  GTask *task = data;
  guint64 n_edits = *(guint64 *) g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GhSnapshot) snapshot = gh_workspace_take_snapshot_finish (self, result, &error);

  if (snapshot == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  if (n_edits != self->n_edits)
    {
      *(guint64 *) g_task_get_task_data (task) = self->n_edits;
      gh_workspace_take_snapshot_async (self, g_task_get_cancellable (task), shown_cb, task);
      return;
    }
  show (self, snapshot);
  gh_workspace_notify_all (self);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* An edit made while the store is being read is newer than what is read: read again. */
void
gh_workspace_reload_async (GhWorkspace *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, gh_workspace_reload_async);
  g_task_set_task_data (task, g_memdup2 (&self->n_edits, sizeof self->n_edits), g_free);
  gh_workspace_take_snapshot_async (self, cancellable, shown_cb, task);
}

gboolean
gh_workspace_reload_finish (GhWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
snapshot_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GhSnapshot *snapshot = gh_snapshot_load_finish (result, &error);

  if (snapshot != NULL)
    g_task_return_pointer (task, snapshot, (GDestroyNotify) gh_snapshot_free);
  else
    g_task_return_error (task, error);
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GhWorkspace *self = GH_WORKSPACE (source);
  GTask *task = data;
  GError *error = NULL;

  if (gh_workspace_flush_finish (self, result, &error))
    {
      gh_snapshot_load_async (self->database,
                              gh_workspace_get_key (self),
                              g_task_get_cancellable (task),
                              snapshot_cb,
                              task);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

void
gh_workspace_take_snapshot_async (GhWorkspace *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, gh_workspace_take_snapshot_async);
  gh_workspace_flush_async (self, cancellable, flushed_cb, task);
}

GhSnapshot *
gh_workspace_take_snapshot_finish (GhWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
gh_workspace_flush_async (GhWorkspace *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GH_IS_WORKSPACE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gh_workspace_flush_async);
  if (self->unsaved.length == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (self->flushes == NULL)
    self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->flushes, g_steal_pointer (&task));
  g_clear_handle_id (&self->retry, g_source_remove);
  record_next (self);
}

gboolean
gh_workspace_flush_finish (GhWorkspace *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
decide (GhWorkspace *self, const GhSetting *setting)
{
  Edit *edit = g_new0 (Edit, 1);

  for (guint i = 0; i < self->conflicts->len; i++)
    {
      const GhConflict *conflict = g_ptr_array_index (self->conflicts, i);

      if (conflict->setting == setting)
        {
          g_ptr_array_remove_index (self->conflicts, i);
          break;
        }
    }
  self->record->conflict = self->conflicts->len > 0;
  edit->setting = setting;
  push_edit (self, edit);
  gh_workspace_notify_all (self);
}

gboolean
gh_workspace_resolve (GhWorkspace *self, const GhSetting *setting, GVariant *value, GError **error)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), FALSE);
  g_return_val_if_fail (self->document != NULL, FALSE);

  if (!gh_document_set_value (self->document, setting, value, error))
    return FALSE;
  if (gh_document_is_drafted (self->document, setting))
    decide (self, setting);
  return TRUE;
}

/* In dispose: what was not saved by then keeps a reference and is saved all the same. */
void
gh_workspace_drop_edits (GhWorkspace *self)
{
  g_clear_handle_id (&self->retry, g_source_remove);
  g_queue_clear_full (&self->unsaved, (GDestroyNotify) edit_free);
  g_clear_pointer (&self->flushes, g_ptr_array_unref);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
}
