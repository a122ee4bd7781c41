/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Communities from the store to whoever looks, and drafts into the store. */

#include "gh-workspace-communities.h"

#include <glib/gi18n-lib.h>

#include "gh-header-rules.h"
#include "gh-task.h"
#include "gh-value-type.h"
#include "gh-workspace-private.h"

static GhWorkspace *
get_self (GTask *task)
{
  return g_task_get_source_object (task);
}

/* Loading. */

/* Takes them, and tells. */
static void
take_communities (GhWorkspace *self, GPtrArray *communities)
{
  g_clear_pointer (&self->communities, g_ptr_array_unref);
  self->communities = communities;
  self->record->n_community_drafts = 0;
  for (guint i = 0; i < communities->len; i++)
    self->record->n_community_drafts
      += ((const GhCommunityRecord *) g_ptr_array_index (communities, i))->changes->len;
  g_signal_emit_by_name (self, "communities-changed");
  gh_workspace_notify_all (self);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;
  GPtrArray *records = gh_community_store_list_finish (get_self (task)->database, result, &error);

  if (records == NULL)
    {
      gh_task_fail (task, error);
      return;
    }
  take_communities (get_self (task), records);
  gh_task_succeed (task);
}

/* Ends the task with what the store has now. */
static void
reload (GTask *task)
{
  GhWorkspace *self = get_self (task);

  gh_community_store_list_async (
    self->database, gh_workspace_get_key (self), g_task_get_cancellable (task), listed_cb, task);
}

void
gh_workspace_load_communities_async (GhWorkspace *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task;

  g_return_if_fail (GH_IS_WORKSPACE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gh_workspace_load_communities_async);
  reload (task);
}

gboolean
gh_workspace_load_communities_finish (GhWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!gh_workspace_load_communities_finish (GH_WORKSPACE (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("cannot read communities again: %s", error->message);
}

void
gh_workspace_refresh_communities (GhWorkspace *self)
{
  if (self->communities != NULL)
    gh_workspace_load_communities_async (self, self->closing, refreshed_cb, NULL);
}

GPtrArray *
gh_workspace_get_communities (GhWorkspace *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), NULL);
  return self->communities;
}

const GhCommunityRecord *
gh_workspace_find_community (GhWorkspace *self, const char *id, GError **error)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), NULL);

  for (guint i = 0; self->communities != NULL && i < self->communities->len; i++)
    {
      const GhCommunityRecord *record = g_ptr_array_index (self->communities, i);

      if (g_str_equal (record->id, id))
        return record;
    }
  g_set_error (error,
               GH_FLEET_ERROR,
               GH_FLEET_ERROR_UNKNOWN,
               _ ("“%s” has no community “%s” that this computer knows of. Read them from the "
                  "server first."),
               self->record->name,
               id);
  return NULL;
}

static gboolean
concerns_change (const GhFinding *finding, GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const GhOverrideChange *change = g_ptr_array_index (changes, i);

      if (gh_finding_concerns (finding, change->setting))
        return TRUE;
    }
  return FALSE;
}

GPtrArray *
gh_workspace_check_community (GhWorkspace *self, const GhCommunityRecord *community)
{
  g_autoptr (GHashTable) drafted = NULL;
  g_autoptr (GhPolicy) before = NULL;
  g_autoptr (GhPolicy) after = NULL;
  GPtrArray *findings;

  g_return_val_if_fail (GH_IS_WORKSPACE (self) && self->base != NULL, NULL);

  drafted = gh_override_changes_apply (community->changes, community->overrides);
  before = gh_overrides_dup_policy (community->overrides, self->base->policy);
  after = gh_overrides_dup_policy (drafted, self->base->policy);
  findings = gh_policy_check (before, after);
  for (guint i = findings->len; i > 0; i--)
    if (!concerns_change (g_ptr_array_index (findings, i - 1), community->changes))
      g_ptr_array_remove_index (findings, i - 1);
  return findings;
}

/* Drafting. */

static void
drafted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (gh_community_store_draft_finish (get_self (task)->database, result, &error))
    reload (task);
  else
    gh_task_fail (task, error);
}

static GError *
find_fault (GhWorkspace *self, const GhSetting *setting, GVariant *value)
{
  GError *error = gh_workspace_check_can_write (self);

  if (error != NULL)
    return error;
  if (setting->scope != GH_SCOPE_COMMUNITY)
    return g_error_new (GH_FLEET_ERROR,
                        GH_FLEET_ERROR_UNKNOWN,
                        _ ("“%s” is a setting of the whole workspace: a community cannot have a "
                           "value of its own."),
                        gh_setting_get_title (setting));
  if (value != NULL)
    gh_value_check (setting, value, &error);
  return error;
}

void
gh_workspace_draft_community_async (GhWorkspace *self,
                                    const char *community,
                                    const GhSetting *setting,
                                    GVariant *value,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GVariant) held = value != NULL ? g_variant_ref_sink (value) : NULL;
  GTask *task;
  GError *error;

  g_return_if_fail (GH_IS_WORKSPACE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gh_workspace_draft_community_async);
  error = find_fault (self, setting, value);
  if (error != NULL)
    gh_task_fail (task, error);
  else
    gh_community_store_draft_async (self->database,
                                    gh_workspace_get_key (self),
                                    community,
                                    setting,
                                    value,
                                    cancellable,
                                    drafted_cb,
                                    task);
}

gboolean
gh_workspace_draft_community_finish (GhWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
reverted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (gh_community_store_revert_finish (get_self (task)->database, result, &error))
    reload (task);
  else
    gh_task_fail (task, error);
}

void
gh_workspace_revert_community_async (GhWorkspace *self,
                                     const char *community,
                                     const GhSetting *setting,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  GTask *task;

  g_return_if_fail (GH_IS_WORKSPACE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gh_workspace_revert_community_async);
  gh_community_store_revert_async (self->database,
                                   gh_workspace_get_key (self),
                                   community,
                                   setting,
                                   cancellable,
                                   reverted_cb,
                                   task);
}

gboolean
gh_workspace_revert_community_finish (GhWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
