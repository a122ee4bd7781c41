/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One workspace of a plan. What is expensive, the rules over a whole policy, is done in a
 * thread, on values that nobody else changes. */

#include <glib/gi18n-lib.h>

#include "gh-header-rules.h"
#include "gh-plan-private.h"
#include "gh-value-type.h"
#include "gh-workspace-private.h"

struct _GhPlanItem
{
  GObject parent_instance;

  GhWorkspace *workspace;
  GhPlanState state;
  char *message;       /* or NULL */
  GPtrArray *changes;  /* of GhPlanChange */
  GPtrArray *findings; /* of GhFinding */
  gboolean irreversible;
  gboolean own;
};

/* Goes to the thread and comes back. */
typedef struct
{
  GHashTable *changes; /* or NULL */
  GhSnapshot *snapshot;
  GPtrArray *found; /* of GhPlanChange */
  GPtrArray *findings;
  char *refusal; /* or NULL */
  gboolean irreversible;
} Look;

enum
{
  PROP_0,
  PROP_STATE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (GhPlanItem, gh_plan_item, G_TYPE_OBJECT)

static void
change_free (gpointer data)
{
  GhPlanChange *change = data;

  g_variant_unref (change->before);
  g_variant_unref (change->after);
  g_free (change);
}

static void
look_free (Look *look)
{
  g_clear_pointer (&look->changes, g_hash_table_unref);
  g_clear_pointer (&look->snapshot, gh_snapshot_free);
  g_clear_pointer (&look->found, g_ptr_array_unref);
  g_clear_pointer (&look->findings, g_ptr_array_unref);
  g_free (look->refusal);
  g_free (look);
}

static void
set_state (GhPlanItem *self, GhPlanState state, const char *message)
{
  g_free (self->message);
  self->message = g_strdup (message);
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static GPtrArray *
find_changes (const GhPolicy *before, const GhPolicy *after, GHashTable *changes)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (change_free);

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      GVariant *old = gh_policy_get (before, setting);
      GVariant *new = gh_policy_get (after, setting);
      GhPlanChange *change;

      if (gh_value_equal (old, new))
        continue;
      change = g_new0 (GhPlanChange, 1);
      change->setting = setting;
      change->before = g_variant_ref (old);
      change->after = g_variant_ref (new);
      change->own = changes != NULL && !g_hash_table_contains (changes, setting);
      g_ptr_array_add (found, change);
    }
  return found;
}

static gboolean
concerns_any (const GhFinding *finding, GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    if (gh_finding_concerns (finding, ((GhPlanChange *) g_ptr_array_index (changes, i))->setting))
      return TRUE;

  return FALSE;
}

/* An error stands against all of a policy, anything else matters where it is changed. */
static void
judge (Look *look, const GhPolicy *before, const GhPolicy *after)
{
  g_autoptr (GPtrArray) findings = gh_policy_check (before, after);

  look->irreversible = gh_policy_is_irreversible (before, after, findings);
  look->findings = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_finding_unref);
  for (guint i = 0; i < findings->len; i++)
    {
      GhFinding *finding = g_ptr_array_index (findings, i);

      if (finding->severity == GH_SEVERITY_ERROR && look->refusal == NULL)
        look->refusal = g_strdup (finding->message);
      if (finding->severity >= GH_SEVERITY_WARNING && concerns_any (finding, look->found))
        g_ptr_array_add (look->findings, gh_finding_ref (finding));
    }
}

static void
look_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Look *look = data;
  const GhPolicy *before = look->snapshot->cached->policy;
  g_autoptr (GhPolicy) after = gh_snapshot_dup_policy (look->snapshot);
  GHashTableIter iter;
  gpointer setting;
  gpointer value;

  if (look->changes != NULL)
    {
      g_hash_table_iter_init (&iter, look->changes);
      while (g_hash_table_iter_next (&iter, &setting, &value))
        gh_policy_set (after, setting, value);
    }
  look->found = find_changes (before, after, look->changes);
  if (look->found->len > 0)
    judge (look, before, after);
  g_task_return_boolean (task, TRUE);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GhPlanItem *self = GH_PLAN_ITEM (source);
  g_autoptr (GTask) task = data;
  Look *look = g_task_get_task_data (G_TASK (result));

  if (g_task_return_error_if_cancelled (task))
    return;
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  self->changes = g_steal_pointer (&look->found);
  self->findings = g_steal_pointer (&look->findings);
  self->irreversible = look->irreversible;
  self->own = FALSE;
  for (guint i = 0; i < self->changes->len; i++)
    self->own |= ((GhPlanChange *) g_ptr_array_index (self->changes, i))->own;
  if (look->refusal != NULL)
    set_state (self, GH_PLAN_REFUSED, look->refusal);
  else
    set_state (self, self->changes->len > 0 ? GH_PLAN_READY : GH_PLAN_NOTHING, NULL);
  g_task_return_boolean (task, TRUE);
}

/* Takes error. */
static void
refuse (GTask *task, GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      set_state (g_task_get_source_object (task), GH_PLAN_REFUSED, error->message);
      g_clear_error (&error);
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
snapshot_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GHashTable *changes = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GhSnapshot) snapshot
    = gh_workspace_take_snapshot_finish (GH_WORKSPACE (source), result, &error);
  g_autoptr (GTask) thread = NULL;
  Look *look;

  if (error == NULL
      && (snapshot->cached == NULL || g_hash_table_size (snapshot->draft->conflicts) > 0))
    error = g_error_new_literal (GH_FLEET_ERROR,
                                 GH_FLEET_ERROR_CONFLICT,
                                 _ ("Conflicts wait for a choice there: resolve them first."));
  if (error != NULL)
    {
      refuse (task, error);
      return;
    }
  look = g_new0 (Look, 1);
  look->changes = changes != NULL ? g_hash_table_ref (changes) : NULL;
  look->snapshot = g_steal_pointer (&snapshot);
  thread
    = g_task_new (g_task_get_source_object (task), g_task_get_cancellable (task), looked_cb, task);
  g_task_set_task_data (thread, look, (GDestroyNotify) look_free);
  g_task_run_in_thread (thread, look_thread);
}

static void
synced_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (gh_workspace_sync_finish (GH_WORKSPACE (source), result, &error))
    gh_workspace_take_snapshot_async (
      GH_WORKSPACE (source), g_task_get_cancellable (task), snapshot_cb, task);
  else
    refuse (task, error);
}

static void
gh_plan_item_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  if (property_id == PROP_STATE)
    g_value_set_uint (value, GH_PLAN_ITEM (object)->state);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
}

static void
gh_plan_item_finalize (GObject *object)
{
  GhPlanItem *self = GH_PLAN_ITEM (object);

  g_object_unref (self->workspace);
  g_free (self->message);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  G_OBJECT_CLASS (gh_plan_item_parent_class)->finalize (object);
}

static void
gh_plan_item_class_init (GhPlanItemClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = gh_plan_item_get_property;
  object_class->finalize = gh_plan_item_finalize;
  properties[PROP_STATE] = g_param_spec_uint ("state",
                                              NULL,
                                              NULL,
                                              GH_PLAN_WAITING,
                                              GH_PLAN_REFUSED,
                                              GH_PLAN_WAITING,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
gh_plan_item_init (GhPlanItem *self)
{
}

GhPlanItem *
gh_plan_item_new (GhWorkspace *workspace)
{
  GhPlanItem *self = g_object_new (GH_TYPE_PLAN_ITEM, NULL);

  self->workspace = g_object_ref (workspace);
  return self;
}

void
gh_plan_item_look_async (GhPlanItem *self,
                         GHashTable *changes,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, gh_plan_item_look_async);
  if (changes != NULL)
    g_task_set_task_data (task, g_hash_table_ref (changes), (GDestroyNotify) g_hash_table_unref);
  if (gh_workspace_get_can_write (self->workspace))
    gh_workspace_sync_async (self->workspace, cancellable, synced_cb, task);
  else
    refuse (task,
            g_error_new_literal (GH_FLEET_ERROR,
                                 GH_FLEET_ERROR_READ_ONLY,
                                 _ ("Your role may only read this workspace.")));
}

gboolean
gh_plan_item_look_finish (GhPlanItem *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
gh_plan_item_has_own (GhPlanItem *self)
{
  return self->own;
}

GhWorkspace *
gh_plan_item_get_workspace (GhPlanItem *self)
{
  g_return_val_if_fail (GH_IS_PLAN_ITEM (self), NULL);
  return self->workspace;
}

GhPlanState
gh_plan_item_get_state (GhPlanItem *self)
{
  g_return_val_if_fail (GH_IS_PLAN_ITEM (self), GH_PLAN_WAITING);
  return self->state;
}

const char *
gh_plan_item_get_message (GhPlanItem *self)
{
  g_return_val_if_fail (GH_IS_PLAN_ITEM (self), NULL);
  return self->message;
}

GPtrArray *
gh_plan_item_get_changes (GhPlanItem *self)
{
  g_return_val_if_fail (GH_IS_PLAN_ITEM (self), NULL);
  return self->changes;
}

GPtrArray *
gh_plan_item_get_findings (GhPlanItem *self)
{
  g_return_val_if_fail (GH_IS_PLAN_ITEM (self), NULL);
  return self->findings;
}

gboolean
gh_plan_item_is_irreversible (GhPlanItem *self)
{
  g_return_val_if_fail (GH_IS_PLAN_ITEM (self), FALSE);
  return self->irreversible;
}
