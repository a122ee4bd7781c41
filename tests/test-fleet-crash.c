/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A program that is killed: its acknowledged edits are there afterwards, and a write that it
 * had under way is settled by the next one. The program is this one, run again as a child. */

#include <signal.h>
#include <unistd.h>

#include "fleet-calls.h"
#include "gh-job.h"
#include "server-fixture.h"

#define FIELD "global-session-timeout"
#define N_KILLS 16
#define N_TARGETS 12

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

static GhJob *
make_job (GhFleet *fleet, const char *text)
{
  const GhSetting *setting = gh_settings_lookup (FIELD);
  g_autoptr (GHashTable) changes
    = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_variant_unref);
  g_autoptr (GPtrArray) workspaces = g_ptr_array_new ();

  g_hash_table_insert (
    changes, (gpointer) setting, g_variant_ref_sink (gh_value_from_text (setting, text, NULL)));
  for (guint i = 0; i < N_TARGETS; i++)
    g_ptr_array_add (workspaces, get_workspace (fleet, i));
  return gh_job_new (fleet, workspaces, changes, text, "for the test");
}

static gboolean
run_job (GhJob *job, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_job_run_async (job, 3, NULL, await_ready, &result);
  return gh_job_run_finish (job, await (&result), error);
}

static void
on_item_state (GhJobItem *item, GParamSpec *pspec, guint *n_awaited)
{
  if (gh_job_item_get_state (item) == GH_JOB_ITEM_DONE && --*n_awaited == 0)
    g_print ("running\n");
}

/* Brings a value to all workspaces, and says so once some are done. The argument is the
 * value, their number and the token. */
static int
run_jobber (const char *path, const char *argument)
{
  g_autoptr (GhCredentials) credentials = gh_credentials_memory_new ();
  g_auto (GStrv) parts = g_strsplit (argument, " ", 3);
  guint n_awaited = (guint) atoi (parts[1]);
  g_autoptr (GhJob) job = NULL;
  GhFleet *fleet;

  gh_credentials_keep_for_session (credentials, ACCOUNT, parts[2]);
  fleet = open_fleet (path, credentials);
  job = make_job (fleet, parts[0]);
  for (guint i = 0; i < N_TARGETS; i++)
    {
      g_autoptr (GhJobItem) item = g_list_model_get_item (G_LIST_MODEL (job), i);

      g_signal_connect (item, "notify::state", G_CALLBACK (on_item_state), &n_awaited);
    }
  if (n_awaited == 0)
    g_print ("running\n");
  run_job (job, NULL);
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

static GPtrArray *
list_jobs (GhFleet *fleet)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *jobs;

  gh_job_list_async (fleet, NULL, await_ready, &result);
  jobs = gh_job_list_finish (fleet, await (&result), &error);
  g_assert_no_error (error);
  return jobs;
}

static void
resume (GhFleet *fleet, guint *n_resumed)
{
  g_autoptr (GPtrArray) jobs = list_jobs (fleet);
  g_autoptr (GPtrArray) rest = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (jobs->len, <=, 1);
  if (jobs->len == 0)
    return;
  *n_resumed += gh_job_get_n_done (g_ptr_array_index (jobs, 0)) > 0;
  run_job (g_ptr_array_index (jobs, 0), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gh_job_get_n_done (g_ptr_array_index (jobs, 0)), ==, N_TARGETS);
  rest = list_jobs (fleet);
  g_assert_cmpuint (rest->len, ==, 0);
}

static gint64
get_revision (ServerFixture *server, const char *id)
{
  g_autofree char *path = g_strdup_printf ("/v1/workspaces/%s", id);
  g_autoptr (Answer) answer = server_fixture_ask (server, NULL, "GET", path, NULL, NULL);
  g_autoptr (JsonNode) node = answer_parse_json (answer);

  return json_object_get_int_member (json_node_get_object (node), "revision");
}

/* A job is killed at another moment each time and taken up again: each target has what it
 * was to bring, by one write. Before the job is written down it has done nothing at all. */
static void
test_jobs (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", G_STRINGIFY (N_TARGETS), NULL);
  g_autofree char *path = g_build_filename (server->directory, "computer.db", NULL);
  g_autofree char *port = g_strdup_printf ("127.0.0.1:%u", server->port);
  const char *options[] = { "--listen", port, NULL };
  g_autoptr (GhCredentials) credentials = gh_credentials_memory_new ();
  GhFleet *fleet = open_fleet (path, credentials);
  gint64 revisions[N_TARGETS];
  guint n_resumed = 0;

  g_assert_true (add_account (fleet, ACCOUNT, server->url, server->token, NULL));
  for (guint i = 0; i < N_TARGETS; i++)
    revisions[i] = get_revision (server, gh_workspace_get_id (get_workspace (fleet, i)));
  for (guint i = 0; i < N_KILLS; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", 200 + i);
      g_autofree char *argument = g_strdup_printf ("%s %u %s", text, i % N_TARGETS, server->token);
      g_autoptr (GSubprocess) child = NULL;
      gboolean begun;

      close_fleet (fleet);
      child = start_child ("--job", path, argument, "running");
      g_usleep (i % 5 * 1000);
      kill_child (child);
      server_fixture_stop (server, SIGTERM);
      server_fixture_start (server, options);

      fleet = open_fleet (path, credentials);
      resume (fleet, &n_resumed);
      begun = get_revision (server, gh_workspace_get_id (get_workspace (fleet, 0))) != revisions[0];
      for (guint j = 0; j < N_TARGETS; j++)
        {
          const char *id = gh_workspace_get_id (get_workspace (fleet, j));
          g_autofree char *truth = read_server (server, id);

          g_assert_cmpint (g_str_equal (truth, text), ==, begun);
          g_assert_cmpint (get_revision (server, id), ==, revisions[j] + begun);
          revisions[j] += begun;
        }
    }
  g_test_message ("%u were taken up in their middle", n_resumed);
  g_assert_cmpuint (n_resumed, >, 0);
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
  if (argc == 4 && g_str_equal (argv[1], "--job"))
    return run_jobber (argv[2], argv[3]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fleet/crash/edits", test_edits);
  g_test_add_func ("/fleet/crash/applies", test_applies);
  g_test_add_func ("/fleet/crash/jobs", test_jobs);
  g_test_add_func ("/fleet/crash/lock", test_lock);
  return g_test_run ();
}
