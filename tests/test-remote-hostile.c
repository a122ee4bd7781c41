/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client against a server that misbehaves in every way there is: each call ends in time,
 * with the right kind of error, and a write whose fate is unknown says so. */

#include <string.h>

#include "client-calls.h"

#define DEADLINE_SECONDS 1
#define PATIENCE_SECONDS 10
#define TOKEN "secret-token-of-the-test"

static GSubprocess *server;
static guint64 port;

static void
start_server (void)
{
  g_autofree char *script = g_test_build_filename (G_TEST_DIST, "hostile-server.py", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;

  server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                             &error,
                             "python3",
                             script,
                             NULL);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  port = g_ascii_strtoull (line, NULL, 10);
}

static void
stop_server (void)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (server), NULL, NULL);
  g_assert_true (g_subprocess_wait (server, NULL, NULL));
  g_clear_object (&server);
}

static GhClient *
new_client (const char *behaviour)
{
  g_autofree char *url
    = g_strdup_printf ("http://127.0.0.1:%" G_GUINT64_FORMAT "/%s", port, behaviour);
  GhClient *client = gh_client_new (url, NULL, NULL);

  gh_client_set_token (client, TOKEN);
  gh_client_set_deadline (client, DEADLINE_SECONDS);
  return client;
}

/* What the server tells of itself, as text. */
static char *
ask_server (const char *path)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *request
    = g_strdup_printf ("GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", path);
  char buffer[8192];
  gsize length = 0;
  char *body = NULL;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) port, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             request,
                             strlen (request),
                             NULL,
                             NULL,
                             &error);
  g_assert_no_error (error);
  while (body == NULL)
    {
      gssize n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                      buffer + length,
                                      sizeof buffer - 1 - length,
                                      NULL,
                                      &error);

      g_assert_no_error (error);
      g_assert_cmpint (n, >, 0);
      length += (gsize) n;
      buffer[length] = '\0';
      body = strstr (buffer, "\r\n\r\n");
    }
  return g_strdup (body + 4);
}

static guint64
count_requests (const char *behaviour)
{
  g_autofree char *path = g_strconcat ("/seen/", behaviour, NULL);
  g_autofree char *count = ask_server (path);

  return g_ascii_strtoull (count, NULL, 10);
}

#define NO_ERROR (-1)

typedef struct
{
  const char *behaviour;
  int read; /* GhRemoteError, or NO_ERROR */
  int write;
  gboolean ambiguous; /* of the write */
} Case;

static const Case cases[] = {
  { "good", NO_ERROR, NO_ERROR },
  { "zipped", NO_ERROR, NO_ERROR },
  { "continues", NO_ERROR, NO_ERROR },
  { "garbage", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  { "not_http", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  { "deep", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  { "large", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  { "endless", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  { "bomb", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  { "bad_gzip", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  { "html", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  { "no_type", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  { "no_content", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  { "not_modified", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  { "redirect", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  { "redirect_away", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  { "weak_etag", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  { "bad_etag", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  { "no_etag", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  { "header_crlf", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  { "header_huge", GH_REMOTE_ERROR_UNREACHABLE, GH_REMOTE_ERROR_LOST, TRUE },
  { "unknown_value", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  { "nul", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  { "trickle", GH_REMOTE_ERROR_TIMED_OUT, GH_REMOTE_ERROR_LOST, TRUE },
  { "silence", GH_REMOTE_ERROR_TIMED_OUT, GH_REMOTE_ERROR_LOST, TRUE },
  { "continues_forever", GH_REMOTE_ERROR_TIMED_OUT, GH_REMOTE_ERROR_LOST, TRUE },
  { "drop_before", GH_REMOTE_ERROR_UNREACHABLE, GH_REMOTE_ERROR_LOST, TRUE },
  { "drop_half", GH_REMOTE_ERROR_UNREACHABLE, GH_REMOTE_ERROR_LOST, TRUE },
  { "failing", GH_REMOTE_ERROR_SERVER, GH_REMOTE_ERROR_SERVER, TRUE },
  { "busy_long", GH_REMOTE_ERROR_BUSY, GH_REMOTE_ERROR_BUSY, FALSE },
  { "refused", GH_REMOTE_ERROR_REFUSED, GH_REMOTE_ERROR_REFUSED, FALSE },
  { "stale", GH_REMOTE_ERROR_CONFLICT, GH_REMOTE_ERROR_CONFLICT, FALSE },
  { "problem_garbage", GH_REMOTE_ERROR_FORBIDDEN, GH_REMOTE_ERROR_FORBIDDEN, FALSE },
  { "problem_endless", GH_REMOTE_ERROR_NOT_FOUND, GH_REMOTE_ERROR_NOT_FOUND, FALSE },
};

static void
check_error (const GError *error, int code)
{
  if (code == NO_ERROR)
    {
      g_assert_no_error (error);
      return;
    }
  g_assert_error (error, GH_REMOTE_ERROR, code);
  g_assert_null (strstr (error->message, TOKEN));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_read (gconstpointer data)
{
  const Case *behaviour = data;
  g_autoptr (GhClient) client = new_client (behaviour->behaviour);
  g_autoptr (GError) error = NULL;
  gint64 started = g_get_monotonic_time ();
  g_autoptr (GhRemotePolicy) policy = NULL;

  if (behaviour->read != GH_REMOTE_ERROR_TIMED_OUT)
    gh_client_set_deadline (client, PATIENCE_SECONDS);
  policy = get_policy (client, "w", NULL, &error);

  check_error (error, behaviour->read);
  g_assert_cmpint (policy == NULL, ==, error != NULL);
  g_assert_cmpint (g_get_monotonic_time () - started, <, (PATIENCE_SECONDS + 1) * G_USEC_PER_SEC);
}

static void
test_write (gconstpointer data)
{
  const Case *behaviour = data;
  g_autoptr (GhClient) client = new_client (behaviour->behaviour);
  g_autoptr (GError) error = NULL;
  gint64 started = g_get_monotonic_time ();
  g_autoptr (GhRemotePolicy) policy = NULL;

  if (behaviour->read != GH_REMOTE_ERROR_TIMED_OUT)
    gh_client_set_deadline (client, PATIENCE_SECONDS);
  policy = patch_policy (client, "w", "{}", "\"base\"", "key", NULL, FALSE, &error);

  check_error (error, behaviour->write);
  if (error != NULL)
    g_assert_cmpint (gh_remote_error_is_ambiguous (error), ==, behaviour->ambiguous);
  g_assert_cmpint (g_get_monotonic_time () - started, <, (PATIENCE_SECONDS + 1) * G_USEC_PER_SEC);
}

/* A write is repeated with the same key, so that it is done once. */
static void
test_write_retried (void)
{
  static const char *const behaviours[] = { "drop_once", "busy_once", "in_flight_once" };

  for (gsize i = 0; i < G_N_ELEMENTS (behaviours); i++)
    {
      g_autoptr (GhClient) client = new_client (behaviours[i]);
      g_autofree char *path = g_strconcat ("/last/", behaviours[i], NULL);
      g_autofree char *head = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GhRemotePolicy) policy = NULL;

      gh_client_set_deadline (client, GH_CLIENT_DEADLINE_SECONDS);
      policy = patch_policy (client, "w", "{}", "\"base\"", "the-key", "Grüße\n%", FALSE, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (count_requests (behaviours[i]), ==, 2);
      head = ask_server (path);
      g_assert_nonnull (strstr (head, "PATCH /"));
      g_assert_nonnull (strstr (head, "Idempotency-Key: the-key\r\n"));
      g_assert_nonnull (strstr (head, "If-Match: \"base\"\r\n"));
      g_assert_nonnull (strstr (head, "Content-Type: application/merge-patch+json\r\n"));
      g_assert_nonnull (strstr (head, "Gatehouse-Reason: Gr%C3%BC%C3%9Fe %25\r\n"));
      g_assert_nonnull (strstr (head, "Authorization: Bearer " TOKEN));
      g_assert_null (strstr (head, "Cookie"));
    }
}

static void
test_not_retried (void)
{
  static const char *const behaviours[]
    = { "redirect", "garbage", "failing", "busy_long", "refused" };

  for (gsize i = 0; i < G_N_ELEMENTS (behaviours); i++)
    {
      guint64 before = count_requests (behaviours[i]);
      g_autoptr (GhClient) client = new_client (behaviours[i]);
      g_autoptr (GhRemotePolicy) policy
        = patch_policy (client, "w", "{}", "\"base\"", "key", NULL, FALSE, NULL);

      g_assert_null (policy);
      g_assert_cmpuint (count_requests (behaviours[i]) - before, ==, 1);
    }
}

/* A redirect is not followed: nothing reaches the place it leads to. */
static void
test_redirect (void)
{
  guint64 before = count_requests ("good");
  g_autoptr (GhClient) client = new_client ("redirect");
  g_autoptr (GhIdentity) identity = get_identity (client, NULL);

  g_assert_null (identity);
  g_assert_cmpuint (count_requests ("good"), ==, before);
}

static void
test_problem (void)
{
  g_autoptr (GhClient) client = new_client ("refused");
  g_autoptr (GhClient) stale = new_client ("stale");
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) stale_error = NULL;
  const GhProblem *problem;
  const GhProblemField *field;

  g_assert_null (get_policy (client, "w", NULL, &error));
  problem = gh_remote_error_get_problem (error);
  g_assert_nonnull (problem);
  g_assert_cmpstr (problem->type, ==, "urn:x");
  g_assert_cmpuint (problem->status, ==, 422);
  g_assert_cmpstr (problem->detail, ==, "Not  this .");
  g_assert_cmpuint (problem->errors->len, ==, 1);
  field = g_ptr_array_index (problem->errors, 0);
  g_assert_cmpstr (field->pointer, ==, "/a");
  g_assert_cmpstr (field->code, ==, "range");
  g_assert_nonnull (strstr (error->message, problem->detail));

  g_assert_null (get_policy (stale, "w", NULL, &stale_error));
  problem = gh_remote_error_get_problem (stale_error);
  g_assert_cmpstr (problem->current_etag, ==, "\"new\"");
  g_assert_cmpstr (problem->changed_by, ==, "Ada");
  g_assert_cmpstr (problem->changed_fields[0], ==, "x");
}

static void
test_pages (void)
{
  static const char *const bad[]
    = { "page_elsewhere", "page_other_path", "page_loop", "page_same", "bad_id", "good" };
  g_autoptr (GhClient) client = new_client ("pages");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = list_workspaces (client, &error);
  const GhRemoteWorkspace *second;

  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 2);
  second = g_ptr_array_index (list, 1);
  g_assert_cmpstr (second->id, ==, "b");
  g_assert_cmpstr (second->role, ==, "reader");

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GhClient) misled = new_client (bad[i]);
      g_autoptr (GError) bad_error = NULL;
      g_autoptr (GPtrArray) nothing = list_workspaces (misled, &bad_error);

      g_test_message ("%s", bad[i]);
      g_assert_error (bad_error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_PROTOCOL);
      g_assert_null (nothing);
    }
}

/* Of a community's policy, whose calls share their way with those of the workspace's. */
static void
test_overrides (void)
{
  static const Case community_cases[] = {
    { "good", NO_ERROR, NO_ERROR },
    { "bad_override", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
    { "garbage", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
    { "deep", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
    { "no_etag", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
    { "weak_etag", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
    { "not_modified", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
    { "drop_half", GH_REMOTE_ERROR_UNREACHABLE, GH_REMOTE_ERROR_LOST, TRUE },
    { "stale", GH_REMOTE_ERROR_CONFLICT, GH_REMOTE_ERROR_CONFLICT, FALSE },
    { "refused", GH_REMOTE_ERROR_REFUSED, GH_REMOTE_ERROR_REFUSED, FALSE },
    { "redirect", GH_REMOTE_ERROR_PROTOCOL, GH_REMOTE_ERROR_PROTOCOL, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (community_cases); i++)
    {
      const Case *behaviour = &community_cases[i];
      g_autoptr (GhClient) client = new_client (behaviour->behaviour);
      g_autoptr (GError) read_error = NULL;
      g_autoptr (GError) write_error = NULL;
      g_autoptr (GhRemoteOverrides) read = NULL;
      g_autoptr (GhRemoteOverrides) written = NULL;

      g_test_message ("%s", behaviour->behaviour);
      gh_client_set_deadline (client, PATIENCE_SECONDS);
      read = get_overrides (client, "w", "c", NULL, &read_error);
      check_error (read_error, behaviour->read);
      g_assert_cmpint (read == NULL, ==, read_error != NULL);
      written = patch_overrides (client, "w", "c", "{}", "\"base\"", "key", FALSE, &write_error);
      check_error (write_error, behaviour->write);
      if (write_error != NULL)
        g_assert_cmpint (gh_remote_error_is_ambiguous (write_error), ==, behaviour->ambiguous);
    }
}

typedef GPtrArray *(*List) (GhClient *client, GError **error);

static GPtrArray *
list_communities_of_w (GhClient *client, GError **error)
{
  return list_communities (client, "w", error);
}

static GPtrArray *
list_all_events (GhClient *client, GError **error)
{
  return list_audit_events (client, NULL, NULL, error);
}

/* The other lists, each whole or refused. */
static void
test_lists (void)
{
  static const struct
  {
    const char *behaviour;
    List list;
    int n; /* of items, or -1 where it is refused */
  } lists[] = {
    { "community_pages", list_communities_of_w, 2 },
    { "community_bad_id", list_communities_of_w, -1 },
    { "community_no_name", list_communities_of_w, -1 },
    { "community_no_revision", list_communities_of_w, -1 },
    { "community_negative", list_communities_of_w, -1 },
    { "community_number", list_communities_of_w, -1 },
    { "community_many", list_communities_of_w, -1 },
    { "pages", list_communities_of_w, -1 },
    { "event_sparse", list_all_events, 1 },
    { "event_no_time", list_all_events, -1 },
    { "event_no_id", list_all_events, -1 },
    { "event_list", list_all_events, -1 },
    { "pages", list_all_events, -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (GhClient) client = new_client (lists[i].behaviour);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) list = NULL;

      g_test_message ("%s", lists[i].behaviour);
      gh_client_set_deadline (client, PATIENCE_SECONDS);
      list = lists[i].list (client, &error);
      check_error (error, lists[i].n < 0 ? GH_REMOTE_ERROR_PROTOCOL : NO_ERROR);
      g_assert_cmpint (list != NULL ? (int) list->len : -1, ==, lists[i].n);
    }
}

/* Never more requests at the server than the window has places. */
static void
test_cancel_waiting (void)
{
  g_autoptr (GhClient) client = new_client ("silence");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *results[3 * GH_CLIENT_WINDOW] = { NULL };
  gint64 started = g_get_monotonic_time ();
  guint64 before = count_requests ("silence");

  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    gh_client_get_policy_async (client, "w", NULL, cancellable, await_ready, &results[i]);
  while (count_requests ("silence") - before < GH_CLIENT_WINDOW)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = NULL;

      await (&results[i]);
      g_assert_null (gh_client_get_policy_finish (client, results[i], &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_object (&results[i]);
    }
  g_assert_cmpuint (count_requests ("silence") - before, ==, GH_CLIENT_WINDOW);
  g_assert_cmpint (g_get_monotonic_time () - started, <, (PATIENCE_SECONDS + 1) * G_USEC_PER_SEC);
}

static void
test_offline (void)
{
  g_autoptr (GhClient) refused = gh_client_new ("http://127.0.0.1:1", NULL, NULL);
  g_autoptr (GhClient) unknown = gh_client_new ("https://no-such-host.invalid", NULL, NULL);
  GhClient *clients[] = { refused, unknown };

  for (gsize i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autoptr (GError) error = NULL;

      gh_client_set_token (clients[i], TOKEN);
      gh_client_set_deadline (clients[i], DEADLINE_SECONDS);
      g_assert_null (patch_policy (clients[i], "w", "{}", "\"e\"", "k", NULL, FALSE, &error));
      g_assert_true (gh_remote_error_is_offline (error));
      g_assert_false (gh_remote_error_is_ambiguous (error));
    }
}

static void
test_calls_refused (void)
{
  g_autoptr (GhClient) client = new_client ("good");
  guint64 before = count_requests ("good");
  static const char *const ids[] = { "", ".", "..", "a/b", "a b", "a%2fb", "a?b", "ä", "a\r\nb" };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) id_error = NULL;

      g_assert_null (get_policy (client, ids[i], NULL, &id_error));
      g_assert_error (id_error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_NOT_FOUND);
      g_clear_error (&id_error);
      g_assert_null (get_overrides (client, "w", ids[i], NULL, &id_error));
      g_assert_error (id_error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_NOT_FOUND);
    }
  gh_client_set_token (client, "two words");
  g_assert_false (gh_client_has_token (client));
  g_assert_null (get_policy (client, "w", NULL, &error));
  g_assert_error (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_SIGN_IN);
  g_assert_cmpuint (count_requests ("good"), ==, before);
}

static void
test_token_header (void)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%" G_GUINT64_FORMAT "/good", port);
  static const char *const bad[] = { "Host", "content-length", "X Y", "X:", "", "If-Match" };
  g_autoptr (GhClient) client = gh_client_new (url, "api_token", NULL);
  g_autoptr (GhRemotePolicy) policy = NULL;
  g_autofree char *head = NULL;

  gh_client_set_token (client, TOKEN);
  policy = get_policy (client, "w", NULL, NULL);
  g_assert_nonnull (policy);
  head = ask_server ("/last/good");
  g_assert_nonnull (strstr (head, "api_token: " TOKEN));
  g_assert_null (strstr (head, "Authorization"));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GhClient) misled = gh_client_new (url, bad[i], NULL);
      g_autoptr (GError) error = NULL;

      gh_client_set_token (misled, TOKEN);
      g_assert_null (get_policy (misled, "w", NULL, &error));
      g_assert_error (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_ADDRESS);
    }
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  start_server ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *read = g_strconcat ("/remote/hostile/read/", cases[i].behaviour, NULL);
      g_autofree char *write = g_strconcat ("/remote/hostile/write/", cases[i].behaviour, NULL);

      g_test_add_data_func (read, &cases[i], test_read);
      g_test_add_data_func (write, &cases[i], test_write);
    }
  g_test_add_func ("/remote/hostile/write-retried", test_write_retried);
  g_test_add_func ("/remote/hostile/not-retried", test_not_retried);
  g_test_add_func ("/remote/hostile/redirect", test_redirect);
  g_test_add_func ("/remote/hostile/problem", test_problem);
  g_test_add_func ("/remote/hostile/pages", test_pages);
  g_test_add_func ("/remote/hostile/overrides", test_overrides);
  g_test_add_func ("/remote/hostile/lists", test_lists);
  g_test_add_func ("/remote/hostile/cancel-waiting", test_cancel_waiting);
  g_test_add_func ("/remote/hostile/offline", test_offline);
  g_test_add_func ("/remote/hostile/calls-refused", test_calls_refused);
  g_test_add_func ("/remote/hostile/token-header", test_token_header);
  result = g_test_run ();
  stop_server ();
  return result;
}
