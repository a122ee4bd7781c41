/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An edit that the window has called saved is there on the next start, whatever became of
 * the process that made it. */

#include <signal.h>
#include <unistd.h>

#include "walk.h"
#include "window-fixture.h"

#define FIELD "max-inactive-days"
#define N_ROUNDS 3

static GhWorkspace *
open_first (GhWindow *window)
{
  GhWorkspace *workspace = window_fixture_find_workspace (window, TRUE);

  g_assert_nonnull (workspace);
  window_fixture_open (window, workspace);
  return workspace;
}

/* In the process that will be killed: edits, waits until that is saved, and says so. */
static void
edit_and_wait (GhApplication *application, GhWindow *window, gpointer user_data)
{
  const char *text = user_data;
  GhChangeBar *bar = gh_workspace_view_get_change_bar (gh_window_get_view (window));
  GhWorkspace *workspace;

  if (window_fixture_find_workspace (window, TRUE) == NULL)
    window_fixture_start_demo (window);
  workspace = open_first (window);
  window_fixture_type (window, FIELD, text);
  g_assert_cmpuint (gh_workspace_get_n_drafted (workspace), ==, 1);
  window_fixture_wait (!gh_workspace_get_saving (workspace));
  g_assert_cmpstr (gh_change_bar_get_saved_text (bar), ==, "Draft saved");
  g_print ("saved\n");
  fflush (stdout);
  pause ();
}

static void
kill_after_edit (const char *text)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
    = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self, "--edit", text, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  do
    {
      g_free (line);
      line = g_data_input_stream_read_line (output, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_nonnull (line);
    }
  while (!g_str_equal (line, "saved"));

  g_subprocess_send_signal (process, SIGKILL);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_term_sig (process), ==, SIGKILL);
}

static void
look (GhApplication *application, GhWindow *window, gpointer user_data)
{
  const GhSetting *setting = gh_settings_lookup (FIELD);
  GhWorkspace *workspace = open_first (window);
  GhDocument *document = gh_workspace_get_document (workspace);
  GVariant *draft = gh_document_get_draft (document, setting);

  g_assert_nonnull (draft);
  g_assert_cmpint (g_variant_get_int64 (draft), ==, g_ascii_strtoll (user_data, NULL, 10));
  g_assert_true (gh_setting_row_is_drafted (window_fixture_go_to (window, FIELD)));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  g_assert_cmpuint (gh_document_get_n_drafted (document), ==, 0);
}

static void
test_kill_loses_nothing (void)
{
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", 31 + i);

      kill_after_edit (text);
      g_assert_cmpint (window_fixture_run (look, text), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "--edit"))
    return window_fixture_run (edit_and_wait, argv[2]);

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/crash/kill-loses-nothing", test_kill_loses_nothing);
  return g_test_run ();
}
