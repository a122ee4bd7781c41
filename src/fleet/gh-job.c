/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A job: its items, and the window that slides over them. */

#include <glib/gi18n-lib.h>

#include "gh-each.h"
#include "gh-job-private.h"

#define NOTIFY_MICROSECONDS (G_USEC_PER_SEC / 10)

struct _GhJob
{
  GObject parent_instance;

  GhJobKind kind;
  GPtrArray *items;    /* of GhJobItem */
  GHashTable *changes; /* GhSetting -> GVariant, or NULL */
  char *reason;        /* or NULL */
  guint n_done;
  guint n_failed;
  gboolean active;
  gint64 notified_at; /* monotonic */
};

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

static void
count (GhJob *self)
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
  count (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DONE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_FAILED]);
}

/* One item: load or sync, draft, save, apply. The task gives the outcome of the apply. */

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
  GhJob *self = g_task_get_task_data (task);

  gh_workspace_apply_async (
    workspace, self->reason, FALSE, g_task_get_cancellable (task), applied_cb, task);
}

static gboolean
draft (GhJob *self, GhDocument *document, GError **error)
{
  GHashTableIter iter;
  gpointer setting;
  gpointer value;
  gboolean drafted = TRUE;

  gh_document_begin_step (document);
  g_hash_table_iter_init (&iter, self->changes);
  while (drafted && g_hash_table_iter_next (&iter, &setting, &value))
    drafted = gh_document_set_value (document, setting, value, error);
  gh_document_end_step (document);
  return drafted;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhJob *self = g_task_get_task_data (task);
  GhWorkspace *workspace = GH_WORKSPACE (source);
  GError *error = NULL;

  if (gh_workspace_load_finish (workspace, result, &error)
      && draft (self, gh_workspace_get_document (workspace), &error))
    {
      apply (task, workspace);
      return;
    }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
synced_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhJob *self = g_task_get_task_data (task);
  GhWorkspace *workspace = GH_WORKSPACE (source);
  GError *error = NULL;

  if (!gh_workspace_sync_finish (workspace, result, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
    }
  else if (self->kind == GH_JOB_SYNC)
    {
      g_task_return_int (task, GH_APPLY_NOTHING);
      g_object_unref (task);
    }
  else
    {
      gh_workspace_load_async (workspace, g_task_get_cancellable (task), loaded_cb, task);
    }
}

/* What is drafted in all is drafted over what the server has now. */
static void
start_item (gpointer item,
            gpointer data,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  GhJob *self = data;
  GhWorkspace *workspace = gh_job_item_get_workspace (item);
  GTask *task = g_task_new (item, cancellable, callback, user_data);

  g_task_set_source_tag (task, start_item);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, self, NULL);
  gh_job_item_set (item, GH_JOB_ITEM_RUNNING, NULL);
  if (self->kind == GH_JOB_APPLY && self->changes == NULL)
    apply (task, workspace);
  else if (self->kind == GH_JOB_APPLY && !gh_workspace_get_can_write (workspace))
    apply (task, workspace); /* which says why it may not, before anything is drafted */
  else
    gh_workspace_sync_async (workspace, cancellable, synced_cb, task);
}

static void
end_item (gpointer item, gpointer data, GObject *source, GAsyncResult *result)
{
  GhJob *self = data;
  g_autoptr (GError) error = NULL;
  gssize outcome = g_task_propagate_int (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gh_job_item_set (item, GH_JOB_ITEM_WAITING, NULL);
  else if (error != NULL)
    gh_job_item_set (item, GH_JOB_ITEM_FAILED, error->message);
  else if (outcome == GH_APPLY_CONFLICT)
    gh_job_item_set (
      item,
      GH_JOB_ITEM_CONFLICT,
      _ ("The server moved meanwhile. Look at the merged draft before you apply it."));
  else if (outcome == GH_APPLY_NOT_APPLIED)
    gh_job_item_set (
      item, GH_JOB_ITEM_FAILED, _ ("The change did not reach the server and is still drafted."));
  else
    gh_job_item_set (item, GH_JOB_ITEM_DONE, NULL);
  tell (self, FALSE);
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

  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->changes, g_hash_table_unref);
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
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

GhJob *
gh_job_new (GhJobKind kind, GPtrArray *workspaces, GHashTable *changes, const char *reason)
{
  GhJob *self = g_object_new (GH_TYPE_JOB, NULL);

  self->kind = kind;
  self->changes = changes != NULL ? g_hash_table_ref (changes) : NULL;
  self->reason = g_strdup (reason);
  for (guint i = 0; i < workspaces->len; i++)
    g_ptr_array_add (self->items, gh_job_item_new (g_ptr_array_index (workspaces, i)));
  return self;
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

static void
set_active (GhJob *self, gboolean active)
{
  self->active = active;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
all_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GhJob *self = g_task_get_source_object (task);
  GError *error = NULL;

  gh_each_finish (result, &error);
  tell (self, TRUE);
  set_active (self, FALSE);
  if (error == NULL && self->n_failed > 0)
    g_set_error (&error,
                 GH_FLEET_ERROR,
                 GH_FLEET_ERROR_PARTIAL,
                 ngettext ("%u workspace of %u was not done.",
                           "%u workspaces of %u were not done.",
                           self->n_failed),
                 self->n_failed,
                 self->items->len);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
gh_job_run_async (GhJob *self,
                  guint window,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  GTask *task;
  g_autoptr (GPtrArray) pending = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (GH_IS_JOB (self));
  g_return_if_fail (!self->active);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gh_job_run_async);
  for (guint i = 0; i < self->items->len; i++)
    {
      GhJobItem *item = g_ptr_array_index (self->items, i);

      if (gh_job_item_get_state (item) == GH_JOB_ITEM_DONE)
        continue;
      gh_job_item_set (item, GH_JOB_ITEM_WAITING, NULL);
      g_ptr_array_add (pending, g_object_ref (item));
    }
  set_active (self, TRUE);
  tell (self, TRUE);
  gh_each_async (pending,
                 window > 0 ? MIN (window, GH_CLIENT_WINDOW) : GH_CLIENT_WINDOW,
                 start_item,
                 end_item,
                 self,
                 cancellable,
                 all_done_cb,
                 task);
}

gboolean
gh_job_run_finish (GhJob *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
