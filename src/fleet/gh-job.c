/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A job: its items, the window that slides over them, and the store that knows of it. */

#include <glib/gi18n-lib.h>

#include "gh-apply-lock.h"
#include "gh-each.h"
#include "gh-job-private.h"
#include "gh-workspace-private.h"

#define NOTIFY_MICROSECONDS (G_USEC_PER_SEC / 10)

enum
{
  PROP_0,
  PROP_N_DONE,
  PROP_N_FAILED,
  PROP_ACTIVE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

static void gh_job_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GhJob,
                               gh_job,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, gh_job_list_model_init))

static GType
gh_job_get_item_type (GListModel *model)
{
  return GH_TYPE_JOB_ITEM;
}

static guint
gh_job_get_n_items (GListModel *model)
{
  return GH_JOB (model)->items->len;
}

static gpointer
gh_job_get_item (GListModel *model, guint position)
{
  GhJob *self = GH_JOB (model);

  if (position >= self->items->len)
    return NULL;
  return g_object_ref (g_ptr_array_index (self->items, position));
}

static void
gh_job_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = gh_job_get_item_type;
  interface->get_n_items = gh_job_get_n_items;
  interface->get_item = gh_job_get_item;
}

void
gh_job_count (GhJob *self)
{
  self->n_done = 0;
  self->n_failed = 0;
  for (guint i = 0; i < self->items->len; i++)
    switch (gh_job_item_get_state (g_ptr_array_index (self->items, i)))
      {
      case GH_JOB_ITEM_DONE:
        self->n_done++;
        break;
      case GH_JOB_ITEM_CONFLICT:
      case GH_JOB_ITEM_FAILED:
        self->n_failed++;
        break;
      case GH_JOB_ITEM_WAITING:
      case GH_JOB_ITEM_RUNNING:
      default:
        break;
      }
}

static void
tell (GhJob *self, gboolean always)
{
  gint64 now = g_get_monotonic_time ();

  if (!always && now - self->notified_at < NOTIFY_MICROSECONDS)
    return;
  self->notified_at = now;
  gh_job_count (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DONE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_FAILED]);
}

static void
gh_job_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  GhJob *self = GH_JOB (object);

  switch (property_id)
    {
    case PROP_N_DONE:
      g_value_set_uint (value, self->n_done);
      break;
    case PROP_N_FAILED:
      g_value_set_uint (value, self->n_failed);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
gh_job_finalize (GObject *object)
{
  GhJob *self = GH_JOB (object);

  gh_apply_lock_release (&self->lock);
  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->changes, g_hash_table_unref);
  g_clear_object (&self->database);
  g_free (self->title);
  g_free (self->reason);
  G_OBJECT_CLASS (gh_job_parent_class)->finalize (object);
}

static void
gh_job_class_init (GhJobClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = gh_job_get_property;
  object_class->finalize = gh_job_finalize;
  properties[PROP_N_DONE] = g_param_spec_uint ("n-done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_N_FAILED] = g_param_spec_uint ("n-failed", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
gh_job_init (GhJob *self)
{
  self->lock = GH_APPLY_LOCK_NONE;
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

GhJob *
gh_job_new_empty (GhFleet *fleet, GHashTable *changes, const char *title, const char *reason)
{
  GhJob *self = g_object_new (GH_TYPE_JOB, NULL);

  self->database = g_object_ref (gh_fleet_get_database (fleet));
  self->changes = changes != NULL ? g_hash_table_ref (changes) : NULL;
  self->title = g_strdup (title);
  self->reason = g_strdup (reason);
  return self;
}

GhJob *
gh_job_new (GhFleet *fleet,
            GPtrArray *workspaces,
            GHashTable *changes,
            const char *title,
            const char *reason)
{
  GhJob *self = gh_job_new_empty (fleet, changes, title, reason);

  for (guint i = 0; i < workspaces->len; i++)
    {
      GhWorkspace *workspace = g_ptr_array_index (workspaces, i);
      GhJobItem *item = gh_job_item_new (gh_workspace_get_key (workspace), workspace);

      item->revision = gh_workspace_get_revision (workspace);
      g_ptr_array_add (self->items, item);
    }
  return self;
}

const char *
gh_job_get_title (GhJob *self)
{
  g_return_val_if_fail (GH_IS_JOB (self), NULL);
  return self->title;
}

guint
gh_job_get_n_done (GhJob *self)
{
  g_return_val_if_fail (GH_IS_JOB (self), 0);
  return self->n_done;
}

guint
gh_job_get_n_failed (GhJob *self)
{
  g_return_val_if_fail (GH_IS_JOB (self), 0);
  return self->n_failed;
}

gboolean
gh_job_get_active (GhJob *self)
{
  g_return_val_if_fail (GH_IS_JOB (self), FALSE);
  return self->active;
}

void
gh_job_tell (GhJob *self)
{
  tell (self, FALSE);
}

/* Jobs are locked as workspaces of no account. */
gboolean
gh_job_take_lock (GhJob *self)
{
  g_autofree char *name = g_strdup_printf ("job-%" G_GINT64_FORMAT, self->id);
  const GhWorkspaceKey key = { (char *) "", name };

  if (self->lock == GH_APPLY_LOCK_NONE)
    self->lock = gh_apply_lock_take (gh_database_get_path (self->database), &key);
  return self->lock != GH_APPLY_LOCK_NONE;
}

static void
set_active (GhJob *self, gboolean active)
{
  self->active = active;
  tell (self, TRUE);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

/* Takes error; NULL with all that was to be done being done. */
static void
end (GTask *task, GError *error)
{
  GhJob *self = g_task_get_source_object (task);

  set_active (self, FALSE);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
forgotten_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhJob *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (gh_job_store_remove_finish (self->database, result, &error))
    self->id = 0;
  end (task, error);
}

static void
all_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhJob *self = g_task_get_source_object (task);
  GError *error = NULL;

  gh_each_finish (result, &error);
  tell (self, TRUE);
  if (self->n_done == self->items->len)
    {
      g_clear_error (&error);
      gh_job_store_remove_async (self->database, self->id, NULL, forgotten_cb, task);
      return;
    }
  if (error == NULL && self->n_failed > 0)
    g_set_error (&error,
                 GH_FLEET_ERROR,
                 GH_FLEET_ERROR_PARTIAL,
                 ngettext ("%u workspace of %u was not done.",
                           "%u workspaces of %u were not done.",
                           self->n_failed),
                 self->n_failed,
                 self->items->len);
  end (task, error);
}

static void
run_items (GTask *task)
{
  GhJob *self = g_task_get_source_object (task);
  guint window = GPOINTER_TO_UINT (g_task_get_task_data (task));
  g_autoptr (GPtrArray) pending = g_ptr_array_new_with_free_func (g_object_unref);

  if (!gh_job_take_lock (self))
    {
      end (task,
           g_error_new_literal (GH_FLEET_ERROR,
                                GH_FLEET_ERROR_BUSY,
                                _ ("Another program on this computer is doing this already.")));
      return;
    }
  for (guint i = 0; i < self->items->len; i++)
    {
      GhJobItem *item = g_ptr_array_index (self->items, i);

      if (item->state != GH_JOB_ITEM_DONE)
        g_ptr_array_add (pending, g_object_ref (item));
    }
  gh_each_async (pending,
                 window > 0 ? MIN (window, GH_CLIENT_WINDOW) : GH_CLIENT_WINDOW,
                 gh_job_start_item,
                 gh_job_end_item,
                 self,
                 g_task_get_cancellable (task),
                 all_done_cb,
                 task);
}

static void
begun_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhJob *self = g_task_get_source_object (task);
  GError *error = NULL;

  self->id = gh_job_store_begin_finish (self->database, result, &error);
  if (error != NULL)
    end (task, error);
  else
    run_items (task);
}

static void
begin (GTask *task)
{
  GhJob *self = g_task_get_source_object (task);
  GHashTable *changes = self->changes != NULL ? g_hash_table_ref (self->changes) : NULL;
  g_autoptr (GhJobRecord) record = gh_job_record_new (self->title, self->reason, changes);

  for (guint i = 0; i < self->items->len; i++)
    gh_job_record_add (record, ((GhJobItem *) g_ptr_array_index (self->items, i))->key);
  gh_job_store_begin_async (self->database, record, g_task_get_cancellable (task), begun_cb, task);
}

void
gh_job_run_async (GhJob *self,
                  guint window,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  GTask *task;

  g_return_if_fail (GH_IS_JOB (self));
  g_return_if_fail (!self->active);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gh_job_run_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, GUINT_TO_POINTER (window), NULL);
  for (guint i = 0; i < self->items->len; i++)
    {
      GhJobItem *item = g_ptr_array_index (self->items, i);

      if (item->state != GH_JOB_ITEM_DONE)
        gh_job_item_set (item, GH_JOB_ITEM_WAITING, NULL);
    }
  set_active (self, TRUE);
  if (self->id == 0)
    begin (task);
  else
    run_items (task);
}

gboolean
gh_job_run_finish (GhJob *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
