/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a selection to a plan, from a plan to a job, and back to a job that was cut off. */

#include "gh-window-many.h"

#include <glib/gi18n-lib.h>

#include "gh-job-dialog.h"
#include "gh-plan-dialog.h"

static GhWorkspace *
get_open (GhWindow *self)
{
  return gh_workspace_view_get_workspace (gh_window_get_view (self));
}

static void
notify_desktop (GhWindow *self, const char *words)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr (GNotification) notification = g_notification_new (_ ("Applied to Many"));

  g_notification_set_body (notification, words);
  g_application_send_notification (G_APPLICATION (application), "job", notification);
}

static void
on_job_ended (GhWindow *self, const char *words)
{
  gh_window_add_toast (self, words);
  if (!gtk_window_is_active (GTK_WINDOW (self)))
    notify_desktop (self, words);
}

static GhJobDialog *
present_job (GhWindow *self, GhJob *job)
{
  GtkWindow *dialog = gh_job_dialog_new (job);

  g_signal_connect_object (dialog, "ended", G_CALLBACK (on_job_ended), self, G_CONNECT_SWAPPED);
  gh_window_present_dialog (self, dialog);
  return GH_JOB_DIALOG (dialog);
}

static void
on_job (GhWindow *self, GhJob *job)
{
  gh_workspace_list_set_selecting (gh_window_get_workspaces (self), FALSE);
  gh_job_dialog_run (present_job (self, job));
}

static void
on_apply_to_many (GhWindow *self)
{
  g_autoptr (GPtrArray) many = gh_workspace_list_dup_many (gh_window_get_workspaces (self));
  GtkWindow *dialog = gh_plan_dialog_new (gh_window_get_fleet (self), many, get_open (self));

  g_signal_connect_object (dialog, "job", G_CALLBACK (on_job), self, G_CONNECT_SWAPPED);
  gh_window_present_dialog (self, dialog);
}

static void
on_compare_many (GhWindow *self)
{
  GhWorkspaceView *view = gh_window_get_view (self);
  GhCompareSet *set = gh_compare_view_get_set (gh_workspace_view_get_compare (view));
  g_autoptr (GPtrArray) many = gh_workspace_list_dup_many (gh_window_get_workspaces (self));

  gh_workspace_list_set_selecting (gh_window_get_workspaces (self), FALSE);
  if (get_open (self) == NULL || !g_ptr_array_find (many, get_open (self), NULL))
    gh_window_open (self, g_ptr_array_index (many, 0));
  for (guint i = 0; i < many->len; i++)
    {
      g_autoptr (GhCompareSource) source
        = gh_compare_source_new_workspace (g_ptr_array_index (many, i));

      if (g_ptr_array_index (many, i) != get_open (self))
        gh_compare_set_add (set, source);
    }
  gtk_widget_activate_action (GTK_WIDGET (self), "win.page", "s", "page-compare");
}

typedef struct
{
  GhWindow *window; /* owned */
  gboolean asked;   /* the person wants to know of none, too */
} GhListCall;

static void
on_jobs (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree GhListCall *call = user_data;
  g_autoptr (GhWindow) self = call->window;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = gh_job_list_finish (GH_FLEET (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (jobs == NULL)
    gh_window_add_toast (self, error->message);
  else if (jobs->len > 0)
    present_job (self, g_ptr_array_index (jobs, 0));
  else if (call->asked)
    gh_window_add_toast (self, _ ("Nothing is being applied, and nothing was cut off"));
}

static void
list_jobs (GhWindow *self, gboolean asked)
{
  GhListCall *call = g_new0 (GhListCall, 1);

  call->window = g_object_ref (self);
  call->asked = asked;
  gh_job_list_async (gh_window_get_fleet (self), gh_window_get_cancellable (self), on_jobs, call);
}

/* The dialog of a job that runs, which is hidden when it was closed. */
static GtkWindow *
find_running (GhWindow *self)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (GH_IS_JOB_DIALOG (at->data) && gtk_window_get_transient_for (at->data) == GTK_WINDOW (self)
        && gh_job_dialog_is_running (at->data))
      return at->data;

  return NULL;
}

static void
show_unfinished (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *dialog = find_running (user_data);

  if (dialog != NULL)
    gh_window_present_dialog (user_data, dialog);
  else
    list_jobs (user_data, TRUE);
}

static const GActionEntry actions[] = {
  { .name = "unfinished", .activate = show_unfinished },
};

void
gh_window_many_set_up (GhWindow *self)
{
  GhWorkspaceList *list = gh_window_get_workspaces (self);
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_return_if_fail (GH_IS_WINDOW (self));
  g_return_if_fail (gh_window_get_fleet (self) != NULL);

  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "many", G_ACTION_GROUP (group));
  g_signal_connect_object (
    list, "apply-to-many", G_CALLBACK (on_apply_to_many), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    list, "compare-many", G_CALLBACK (on_compare_many), self, G_CONNECT_SWAPPED);
  list_jobs (self, FALSE);
}
