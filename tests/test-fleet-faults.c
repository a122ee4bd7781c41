/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fault matrix: every fault of the server at every request of a sync and of an apply.
 * Whatever the fault, the call ends in time with a typed error or with the truth, the draft
 * is neither lost nor applied twice, and after the next sync with a server in good health
 * the journal says of the write what the server says. */

#include <signal.h>

#include "fleet-calls.h"
#include "gh-journal.h"
#include "server-fixture.h"

#define FIELD "global-session-timeout"
#define DRAFTED "123"
#define DEADLINE_SECONDS 1
#define PATIENCE_SECONDS 8 /* of a call that makes several requests */

static const char *const faults[] = {
  "delay=3000", "drop-before-answer", "drop-after-commit", "truncate",  "429=3600",     "429=0",
  "500",        "503=3600",           "garbage-json",      "deep-json", "endless-body", "redirect",
};

/* Where a fault strikes; a second place is struck by the same fault. */
typedef struct
{
  const char *operation;
  const char *first;
  const char *second; /* or NULL */
} Place;

static const Place places[] = {
  { "sync", "GET:1", NULL },     /* the list of workspaces */
  { "sync", "GET:2", NULL },     /* the first policy */
  { "sync", "GET:3", NULL },     /* the second */
  { "sync", "GET", NULL },       /* everything */
  { "apply", "PATCH:1", NULL },  /* the write, once */
  { "apply", "PATCH", NULL },    /* the write and its repetitions */
  { "apply", "GET:1", NULL },    /* the reading after it */
  { "apply", "PATCH", "GET:1" }, /* the write, and the first look at how it ended */
  { "apply", "PATCH", "GET" },   /* everything */
};

typedef struct
{
  const char *fault;
  const Place *place;
} Combination;

/* Made once: a server's database, and a computer's with a draft on it. */
static ServerFixture *server;
static char *port;
static char *computer;
static char *saved_server;
static char *saved_computer;
static GhCredentials *credentials;

static void
copy_file (const char *from, const char *to)
{
  g_autofree char *bytes = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (from, &bytes, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, bytes, (gssize) length, &error);
  g_assert_no_error (error);
}

static void
remove_logs (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *shared = g_strconcat (path, "-shm", NULL);

  g_unlink (log);
  g_unlink (shared);
}

static void
set_up (void)
{
  g_autoptr (GError) error = NULL;
  GhFleet *fleet;

  server = server_fixture_new ("--demo", "2", NULL);
  port = g_strdup_printf ("127.0.0.1:%u", server->port);
  computer = g_build_filename (server->directory, "computer.db", NULL);
  saved_server = g_build_filename (server->directory, "saved-server", NULL);
  saved_computer = g_build_filename (server->directory, "saved-computer", NULL);
  credentials = gh_credentials_memory_new ();

  fleet = open_fleet (computer, credentials);
  add_account (fleet, ACCOUNT, server->url, server->token, &error);
  g_assert_no_error (error);
  edit (open_first (fleet), FIELD, DRAFTED);
  flush_workspace (get_workspace (fleet, 0), &error);
  g_assert_no_error (error);
  close_fleet (fleet);
  server_fixture_stop (server, SIGTERM);
  copy_file (server->database, saved_server);
  copy_file (computer, saved_computer);
}

static void
restore (void)
{
  remove_logs (server->database);
  remove_logs (computer);
  copy_file (saved_server, server->database);
  copy_file (saved_computer, computer);
}

static void
start_faulty (const Combination *combination)
{
  const Place *place = combination->place;
  g_autofree char *first = g_strconcat (combination->fault, "@", place->first, NULL);
  g_autofree char *second
    = place->second != NULL ? g_strconcat (combination->fault, "@", place->second, NULL) : NULL;
  const char *options[]
    = { "--listen", port, "--fault", first, second != NULL ? "--fault" : NULL, second, NULL };

  server_fixture_start (server, options);
}

static void
start_healthy (void)
{
  const char *options[] = { "--listen", port, NULL };

  server_fixture_start (server, options);
}

/* What the server really has. */
static gboolean
is_applied (GhWorkspace *workspace)
{
  g_autofree char *path
    = g_strdup_printf ("/v1/workspaces/%s/policy", gh_workspace_get_id (workspace));
  g_autoptr (Answer) answer = server_fixture_ask (server, NULL, "GET", path, NULL, NULL);
  g_autoptr (JsonNode) node = answer_parse_json (answer);

  return json_object_get_int_member_with_default (json_node_get_object (node), FIELD, 0)
         == g_ascii_strtoll (DRAFTED, NULL, 10);
}

static void
check_error (const GError *error)
{
  if (error == NULL)
    return;
  g_test_message ("%s", error->message);
  g_assert_true (error->domain == GH_REMOTE_ERROR || error->domain == GH_FLEET_ERROR);
  g_assert_null (strstr (error->message, server->token));
}

/* The last entry of the journal. */
static GhJournalState
read_journal (void)
{
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GhDatabase) database = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  const GhJournalEntry *entry;

  gh_database_open_async (computer, NULL, await_ready, &opened);
  database = gh_database_open_finish (await (&opened), NULL);
  gh_journal_list_async (database, NULL, FALSE, NULL, await_ready, &listed);
  entries = gh_journal_list_finish (database, await (&listed), NULL);
  g_assert_cmpuint (entries->len, ==, 1);
  entry = g_ptr_array_index (entries, 0);
  return entry->state;
}

static void
check_after_apply (GhWorkspace *workspace, GhApplyOutcome outcome, const GError *error)
{
  gboolean applied = is_applied (workspace);
  GhJournalState state = read_journal ();

  g_assert_cmpint (state, !=, GH_JOURNAL_SENDING);
  g_assert_cmpint (state == GH_JOURNAL_APPLIED, ==, applied);
  g_assert_cmpuint (gh_workspace_get_n_drafted (workspace), ==, applied ? 0 : 1);
  if (error == NULL)
    g_assert_cmpint (outcome == GH_APPLY_APPLIED, ==, applied);
  if (!applied)
    assert_value (workspace, FIELD, DRAFTED);
}

static void
test_combination (gconstpointer data)
{
  const Combination *combination = data;
  gboolean applies = g_str_equal (combination->place->operation, "apply");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) healthy_error = NULL;
  GhApplyOutcome outcome = GH_APPLY_NOT_APPLIED;
  GhWorkspace *workspace;
  GhFleet *fleet;
  gint64 started;

  restore ();
  start_faulty (combination);
  fleet = open_fleet (computer, credentials);
  workspace = get_workspace (fleet, 0);
  load_workspace (workspace, &error);
  g_assert_no_error (error);
  gh_client_set_deadline (gh_workspace_get_client (workspace), DEADLINE_SECONDS);

  started = g_get_monotonic_time ();
  if (applies)
    outcome = apply_workspace (workspace, FALSE, &error);
  else
    sync_fleet (fleet, &error);
  g_assert_cmpint (g_get_monotonic_time () - started, <, PATIENCE_SECONDS * G_USEC_PER_SEC);
  check_error (error);
  if (!applies || (error != NULL && gh_workspace_get_n_drafted (workspace) > 0))
    assert_value (workspace, FIELD, DRAFTED);

  server_fixture_stop (server, SIGKILL);
  start_healthy ();
  sync_fleet (fleet, &healthy_error);
  g_assert_no_error (healthy_error);
  if (applies)
    check_after_apply (workspace, outcome, error);
  else
    assert_state (workspace, "draft");
  close_fleet (fleet);
  server_fixture_stop (server, SIGTERM);
}

int
main (int argc, char *argv[])
{
  int result;
  guint n = 0;

  g_test_init (&argc, &argv, NULL);
  set_up ();
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (faults); j++, n++)
      {
        Combination *combination = g_new0 (Combination, 1);
        g_autofree char *path = g_strdup_printf ("/fleet/faults/%s/%s%s%s/%s",
                                                 places[i].operation,
                                                 places[i].first,
                                                 places[i].second != NULL ? "+" : "",
                                                 places[i].second != NULL ? places[i].second : "",
                                                 faults[j]);

        combination->fault = faults[j];
        combination->place = &places[i];
        g_test_add_data_func_full (path, combination, test_combination, g_free);
      }
  g_assert_cmpuint (n, >=, 100);
  result = g_test_run ();
  g_object_unref (credentials);
  g_free (port);
  g_free (computer);
  g_free (saved_server);
  g_free (saved_computer);
  server_fixture_free (server);
  return result;
}
