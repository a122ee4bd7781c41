/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was being applied to many workspaces when the program died is offered again by the
 * next one, and then done to all, and to none twice. */

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "gh-job-dialog.h"
#include "gh-plan-dialog.h"
#include "walk.h"
#include "window-fixture.h"

#define FIELD "login-lockout-period"
#define VALUE 84
#define REASON "Once and no more"
#define N_WORKSPACES 5 /* of the demo */

static void
start_demo (GhWindow *window)
{
  window_fixture_start_demo (window);
  window_fixture_wait (g_list_model_get_n_items (G_LIST_MODEL (gh_window_get_fleet (window)))
                       == N_WORKSPACES);
}

static void
on_state (GhJobItem *item)
{
  if (gh_job_item_get_state (item) == GH_JOB_ITEM_DONE)
    kill (getpid (), SIGKILL);
}

static void
on_job (GhPlanDialog *dialog, GhJob *job)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (job)); i++)
    {
      g_autoptr (GhJobItem) item = g_list_model_get_item (G_LIST_MODEL (job), i);

      g_signal_connect (item, "notify::state", G_CALLBACK (on_state), NULL);
    }
}

/* In the process that dies, when the first workspace is done. */
static void
apply_and_die (GhApplication *application, GhWindow *window, gpointer user_data)
{
  GhWorkspaceList *list = gh_window_get_workspaces (window);
  GhPlanDialog *dialog;
  g_autofree char *text = g_strdup_printf ("%d", VALUE);

  start_demo (window);
  window_fixture_open (window, window_fixture_get_workspace (window, 0));
  window_fixture_type (window, FIELD, text);
  gh_workspace_list_set_selecting (list, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (list), "workspaces.select-all", NULL);
  gtk_widget_activate_action (GTK_WIDGET (list), "workspaces.apply", NULL);
  dialog = GH_PLAN_DIALOG (gh_window_get_dialog (window));
  window_fixture_wait (gh_plan_dialog_can_apply (dialog));
  gh_plan_dialog_set_reason (dialog, REASON);
  g_signal_connect (dialog, "job", G_CALLBACK (on_job), NULL);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "plan.apply", NULL);
  window_fixture_wait (FALSE);
}

/* Each workspace has the value, and one revision of it. */
static void
check_workspace (GhWindow *window, GhWorkspace *workspace)
{
  const GhSetting *setting = gh_settings_lookup (FIELD);
  g_autofree char *token = window_fixture_make_token ("administrator");
  g_autofree char *path
    = g_strdup_printf ("/v1/workspaces/%s/revisions", gh_workspace_get_id (workspace));
  g_autofree char *history = window_fixture_ask (window, token, "GET", path, NULL, NULL);
  const char *at = history;
  guint n_times = 0;

  while ((at = strstr (at, REASON)) != NULL)
    {
      n_times++;
      at++;
    }
  g_assert_cmpuint (n_times, ==, 1);
  g_assert_cmpint (g_variant_get_int64 (
                     gh_document_get_base_value (gh_workspace_get_document (workspace), setting)),
                   ==,
                   VALUE);
}

static void
take_up (GhApplication *application, GhWindow *window, gpointer user_data)
{
  GhJobDialog *dialog;

  window_fixture_wait (GH_IS_JOB_DIALOG (gh_window_get_dialog (window)));
  dialog = GH_JOB_DIALOG (gh_window_get_dialog (window));
  g_assert_nonnull (strstr (gh_job_dialog_get_summary (dialog), "It was cut off."));
  start_demo (window);
  window_fixture_wait (
    gh_client_has_token (gh_workspace_get_client (window_fixture_get_workspace (window, 0))));
  gtk_widget_activate_action (GTK_WIDGET (dialog), "job.run", NULL);
  window_fixture_wait (!gh_job_dialog_is_running (dialog));
  g_assert_cmpstr (gh_job_dialog_get_summary (dialog), ==, "5 of 5 workspaces are done.");
  for (guint i = 0; i < N_WORKSPACES; i++)
    {
      window_fixture_open (window, window_fixture_get_workspace (window, i));
      check_workspace (window, window_fixture_get_workspace (window, i));
    }
  gtk_window_close (GTK_WINDOW (dialog));
}

static void
test_a_crash_is_taken_up (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
    = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, self, "--die", NULL);

  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_signaled (process));
  g_assert_cmpint (g_subprocess_get_term_sig (process), ==, SIGKILL);
  g_assert_cmpint (window_fixture_run (take_up, NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  if (argc == 2 && g_str_equal (argv[1], "--die"))
    return window_fixture_run (apply_and_die, NULL);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/many/crash", test_a_crash_is_taken_up);
  return g_test_run ();
}
