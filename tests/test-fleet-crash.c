/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A program that is killed: its acknowledged edits are there afterwards, and a write that it
 * had under way is settled by the next one. The program is this one, run again as a child. */

#include <signal.h>
#include <unistd.h>

#include "fleet-calls.h"
#include "server-fixture.h"

#define FIELD "global-session-timeout"
#define N_KILLS 16

/* Edits and says so once the edit is durable, then waits to be killed. */
static int
run_editor (const char *path, const char *text)
{
  g_autoptr (GhCredentials) credentials = gh_credentials_memory_new ();
  GhFleet *fleet = open_fleet (path, credentials);
  GhWorkspace *workspace = get_workspace (fleet, 0);

  load_workspace (workspace, NULL);
  edit (workspace, FIELD, text);
  flush_workspace (workspace, NULL);
  g_print ("saved\n");
  pause ();
  return 0;
}

/* Applies what is drafted, and says when it starts. */
static int
run_applier (const char *path, const char *token)
{
  g_autoptr (GhCredentials) credentials = gh_credentials_memory_new ();
  GhFleet *fleet;
  GhWorkspace *workspace;

  gh_credentials_keep_for_session (credentials, ACCOUNT, token);
  fleet = open_fleet (path, credentials);
  workspace = get_workspace (fleet, 0);
  load_workspace (workspace, NULL);
  g_print ("applying\n");
  apply_workspace (workspace, FALSE, NULL);
  pause ();
  return 0;
}

/* Starts this program as a child and waits for the line it says. */
static GSubprocess *
start_child (const char *what, const char *path, const char *argument, const char *expected)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *child = g_subprocess_new (
    G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, what, path, argument, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));
  line = g_data_input_stream_read_line (output, NULL, NULL, NULL);
  g_assert_cmpstr (line, ==, expected);
  return child;
}

static void
kill_child (GSubprocess *child)
{
  g_subprocess_send_signal (child, SIGKILL);
  g_subprocess_wait (child, NULL, NULL);
}

static void
test_edits (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", "1", NULL);
  g_autofree char *path = g_build_filename (server->directory, "computer.db", NULL);
  g_autoptr (GhCredentials) credentials = gh_credentials_memory_new ();
  GhFleet *fleet = open_fleet (path, credentials);

  g_assert_true (add_account (fleet, ACCOUNT, server->url, server->token, NULL));
  open_first (fleet);
  close_fleet (fleet);
  for (guint i = 0; i < 8; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", 200 + i);
      g_autoptr (GSubprocess) child = start_child ("--edit", path, text, "saved");

      kill_child (child);
      fleet = open_fleet (path, credentials);
      g_assert_true (load_workspace (get_workspace (fleet, 0), NULL));
      assert_value (get_workspace (fleet, 0), FIELD, text);
      close_fleet (fleet);
    }
}

static char *
read_server (ServerFixture *server, const char *id)
{
  g_autofree char *path = g_strdup_printf ("/v1/workspaces/%s/policy", id);
  g_autoptr (Answer) answer = server_fixture_ask (server, NULL, "GET", path, NULL, NULL);
  g_autoptr (JsonNode) node = answer_parse_json (answer);

  return g_strdup_printf (
    "%" G_GINT64_FORMAT,
    json_object_get_int_member_with_default (json_node_get_object (node), FIELD, 60));
}

/* The child is killed at another moment of its apply each time; the server ends what it has
 * begun. Then the draft is applied or it is still there, and never both or neither. */
static void
test_applies (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", "1", NULL);
  g_autofree char *path = g_build_filename (server->directory, "computer.db", NULL);
  g_autofree char *port = g_strdup_printf ("127.0.0.1:%u", server->port);
  const char *options[] = { "--listen", port, NULL };
  g_autoptr (GhCredentials) credentials = gh_credentials_memory_new ();
  GhFleet *fleet = open_fleet (path, credentials);
  guint n_applied = 0;

  g_assert_true (add_account (fleet, ACCOUNT, server->url, server->token, NULL));
  for (guint i = 0; i < N_KILLS; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", 200 + i);
      g_autofree char *truth = NULL;
      g_autoptr (GSubprocess) child = NULL;
      g_autoptr (GError) error = NULL;
      GhWorkspace *workspace = open_first (fleet);

      edit (workspace, FIELD, text);
      flush_workspace (workspace, NULL);
      close_fleet (fleet);
      child = start_child ("--apply", path, server->token, "applying");
      g_usleep (i * 2000);
      kill_child (child);
      server_fixture_stop (server, SIGTERM);
      server_fixture_start (server, options);

      fleet = open_fleet (path, credentials);
      workspace = open_first (fleet);
      truth = read_server (server, gh_workspace_get_id (workspace));
      assert_value (workspace, FIELD, text);
      g_assert_cmpuint (
        gh_workspace_get_n_drafted (workspace), ==, g_str_equal (truth, text) ? 0 : 1);
      n_applied += g_str_equal (truth, text);
      g_assert_cmpint (gh_workspace_get_state (workspace), !=, GH_WORKSPACE_APPLYING);
    }
  g_test_message ("%u of %u were applied", n_applied, N_KILLS);
  close_fleet (fleet);
}

/* What another program has under way is left alone, and nothing is applied beside it. */
static void
test_lock (void)
{
  g_autoptr (ServerFixture) server
    = server_fixture_new ("--demo", "1", "--fault", "delay=1500@PATCH", NULL);
  g_autofree char *path = g_build_filename (server->directory, "computer.db", NULL);
  g_autoptr (GhCredentials) credentials = gh_credentials_memory_new ();
  GhFleet *fleet = open_fleet (path, credentials);
  g_autoptr (GSubprocess) child = NULL;
  g_autoptr (GError) error = NULL;
  GhWorkspace *workspace;

  g_assert_true (add_account (fleet, ACCOUNT, server->url, server->token, NULL));
  workspace = open_first (fleet);
  edit (workspace, FIELD, "321");
  flush_workspace (workspace, NULL);
  child = start_child ("--apply", path, server->token, "applying");
  while (gh_workspace_get_state (workspace) != GH_WORKSPACE_APPLYING)
    g_main_context_iteration (NULL, TRUE);
  assert_state (workspace, "applying");

  apply_workspace (workspace, FALSE, &error);
  g_assert_error (error, GH_FLEET_ERROR, GH_FLEET_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_true (sync_workspace (workspace, &error));
  assert_value (workspace, FIELD, "321");
  assert_state (workspace, "applying");
  while (gh_workspace_get_state (workspace) != GH_WORKSPACE_SYNCED)
    g_main_context_iteration (NULL, TRUE);
  assert_base (workspace, FIELD, "321");
  g_assert_null (gh_workspace_get_notice (workspace));
  kill_child (child);
  close_fleet (fleet);
}

int
main (int argc, char *argv[])
{
  if (argc == 4 && g_str_equal (argv[1], "--edit"))
    return run_editor (argv[2], argv[3]);
  if (argc == 4 && g_str_equal (argv[1], "--apply"))
    return run_applier (argv[2], argv[3]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fleet/crash/edits", test_edits);
  g_test_add_func ("/fleet/crash/applies", test_applies);
  g_test_add_func ("/fleet/crash/lock", test_lock);
  return g_test_run ();
}
