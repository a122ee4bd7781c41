/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nothing acknowledged is ever lost: the server is stopped, or killed, under a load of writes. */

#include <signal.h>
#include <sqlite3.h>
#include <string.h>

#include "server-fixture.h"

#define N_WRITERS 4
#define N_WORKSPACES 4
#define ENOUGH 60 /* acknowledged writes before the server is told to go */

typedef struct
{
  ServerFixture *server;
  char *path;
  gint *acknowledged; /* shared, atomic */
  char *last_tag;     /* of this writer's last acknowledged write */
  guint n_written;
} Writer;

/* One request on its own connection; NULL when the server is gone. */
static Answer *
try_ask (ServerFixture *server, const char *request, gsize length)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GByteArray) received = g_byte_array_new ();
  guint8 buffer[8192];
  gssize n;
  Answer *answer;

  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", server->port, NULL, NULL);
  if (connection == NULL)
    return NULL;
  g_output_stream_write_all (
    g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, length, NULL, NULL, NULL);
  while (
    (n = g_input_stream_read (
       g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer, sizeof buffer, NULL, NULL))
    > 0)
    g_byte_array_append (received, buffer, (guint) n);
  answer = answer_parse ((const char *) received->data, received->len);
  if (answer->status == 0)
    g_clear_pointer (&answer, answer_free);
  return answer;
}

static char *
make_request (Writer *writer, guint number)
{
  g_autofree char *body = g_strdup_printf ("{\"global-session-timeout\":%u}", number + 1);

  return g_strdup_printf ("PATCH %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                          "Authorization: Bearer %s\r\nIf-Match: *\r\n"
                          "Content-Type: application/merge-patch+json\r\n"
                          "Content-Length: %zu\r\n\r\n%s",
                          writer->path,
                          writer->server->token,
                          strlen (body),
                          body);
}

static gpointer
write_until_the_end (gpointer data)
{
  Writer *writer = data;

  for (guint i = 0;; i++)
    {
      g_autofree char *request = make_request (writer, i % 40000);
      g_autoptr (Answer) answer = try_ask (writer->server, request, strlen (request));

      if (answer == NULL || answer->status != 200)
        return NULL;
      g_free (writer->last_tag);
      writer->last_tag = g_strdup (answer_get_header (answer, "ETag"));
      writer->n_written++;
      g_atomic_int_inc (writer->acknowledged);
    }
}

static char *
find_path (ServerFixture *server, guint index)
{
  g_autoptr (Answer) list = server_fixture_ask (server, NULL, "GET", "/v1/workspaces", NULL, NULL);
  g_autoptr (JsonNode) node = answer_parse_json (list);
  JsonArray *workspaces = json_object_get_array_member (json_node_get_object (node), "workspaces");

  return g_strdup_printf (
    "/v1/workspaces/%s/policy",
    json_object_get_string_member (json_array_get_object_element (workspaces, index), "id"));
}

static gint64
count_audit_events (ServerFixture *server)
{
  sqlite3 *database = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 count;

  g_assert_cmpint (sqlite3_open (server->database, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database,
                                       "SELECT count (*) FROM audit_events"
                                       " WHERE by = 'Demo administrator'",
                                       -1,
                                       &statement,
                                       NULL),
                   ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  count = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (database);
  return count;
}

/* A write whose answer was lost may stand after the last acknowledged one, but never instead. */
static void
check_writer (Writer *writer)
{
  g_autoptr (Answer) answer
    = server_fixture_ask (writer->server, NULL, "GET", writer->path, NULL, NULL);
  const char *tag = answer_get_header (answer, "ETag");
  gint64 now = g_ascii_strtoll (tag + 2, NULL, 10);
  gint64 then = g_ascii_strtoll (writer->last_tag + 2, NULL, 10);

  assert_status (answer, 200);
  g_assert_cmpint (now, >=, then);
  g_assert_cmpint (now, <=, then + 1);
  if (now == then)
    g_assert_cmpstr (tag, ==, writer->last_tag);
}

static void
end_under_load (int signal)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", "4", NULL);
  Writer writers[N_WRITERS] = { 0 };
  GThread *threads[N_WRITERS];
  gint acknowledged = 0;
  gint64 n_events;
  guint n_written = 0;

  for (guint i = 0; i < N_WRITERS; i++)
    {
      writers[i].server = server;
      writers[i].path = find_path (server, i % N_WORKSPACES);
      writers[i].acknowledged = &acknowledged;
      threads[i] = g_thread_new ("writer", write_until_the_end, &writers[i]);
    }
  while (g_atomic_int_get (&acknowledged) < ENOUGH)
    g_usleep (1000);
  server_fixture_stop (server, signal);
  for (guint i = 0; i < N_WRITERS; i++)
    g_thread_join (threads[i]);

  server_fixture_start (server, NULL);
  for (guint i = 0; i < N_WRITERS; i++)
    {
      check_writer (&writers[i]);
      n_written += writers[i].n_written;
      g_free (writers[i].path);
      g_free (writers[i].last_tag);
    }
  n_events = count_audit_events (server);
  g_test_message ("%u writes acknowledged, %" G_GINT64_FORMAT " events", n_written, n_events);
  g_assert_cmpint (n_events, >=, n_written);
  g_assert_cmpint (n_events, <=, n_written + (signal == SIGTERM ? 0 : N_WRITERS));
}

static void
test_stopped (void)
{
  end_under_load (SIGTERM);
}

static void
test_killed (void)
{
  end_under_load (SIGKILL);
}

/* A client that has sent half a request keeps nobody from stopping. */
static void
test_stops_with_idle_clients (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new (NULL, NULL);
  g_autoptr (GSocketConnection) idle = server_fixture_connect (server);
  g_autoptr (GSocketConnection) half = server_fixture_connect (server);

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (half)),
                             "GET /v1/health HTTP/1.1\r\n",
                             25,
                             NULL,
                             NULL,
                             NULL);
  server_fixture_stop (server, SIGTERM);
}

static void
test_newer_database_is_left_alone (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new (NULL, NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *database = NULL;

  server_fixture_stop (server, SIGTERM);
  g_assert_cmpint (sqlite3_open (server->database, &database), ==, SQLITE_OK);
  sqlite3_exec (database, "PRAGMA user_version = 1000", NULL, NULL, NULL);
  sqlite3_close (database);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                              &error,
                              g_getenv ("GATEHOUSE_SERVER"),
                              "--database",
                              server->database,
                              "--listen",
                              "127.0.0.1:0",
                              NULL);
  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, NULL);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/durability/stopped-under-load", test_stopped);
  g_test_add_func ("/server/durability/killed-under-load", test_killed);
  g_test_add_func ("/server/durability/stops-with-idle-clients", test_stops_with_idle_clients);
  g_test_add_func ("/server/durability/newer-database-is-left-alone",
                   test_newer_database_is_left_alone);
  return g_test_run ();
}
