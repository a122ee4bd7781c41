/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The faults a server can be asked for, its limits, and https. */

#include <signal.h>
#include <string.h>

#include "server-fixture.h"

#define PATCH_TYPE "application/merge-patch+json"

static Answer *
ask_once (const char *fault, const char *method)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--fault", fault, NULL);

  return server_fixture_ask (server, NULL, method, "/v1/capabilities", NULL, NULL);
}

static void
test_answers (void)
{
  g_autoptr (Answer) too_many = ask_once ("429", "GET");
  g_autoptr (Answer) broken = ask_once ("500", "GET");
  g_autoptr (Answer) unavailable = ask_once ("503=7", "GET");
  g_autoptr (Answer) garbage = ask_once ("garbage-json", "GET");
  g_autoptr (Answer) deep = ask_once ("deep-json", "GET");
  g_autoptr (Answer) redirect = ask_once ("redirect", "GET");
  g_autoptr (Answer) other_method = ask_once ("500@PATCH", "GET");

  assert_status (too_many, 429);
  g_assert_cmpstr (answer_get_header (too_many, "Retry-After"), ==, "1");
  assert_status (broken, 500);
  assert_status (unavailable, 503);
  g_assert_cmpstr (answer_get_header (unavailable, "Retry-After"), ==, "7");
  g_assert_cmpuint (garbage->status, ==, 200);
  g_assert_null (json_from_string (garbage->body, NULL));
  g_assert_cmpuint (deep->length, ==, 100000);
  g_assert_cmpuint (redirect->status, ==, 302);
  g_assert_nonnull (answer_get_header (redirect, "Location"));
  assert_status (other_method, 200);
}

static void
test_lost_answers (void)
{
  g_autoptr (Answer) dropped = ask_once ("drop-before-answer", "GET");
  g_autoptr (Answer) dropped_later = ask_once ("drop-after-commit", "GET");
  g_autoptr (Answer) truncated = ask_once ("truncate", "GET");

  g_assert_cmpuint (dropped->status, ==, 0);
  g_assert_cmpuint (dropped_later->status, ==, 0);
  g_assert_cmpuint (truncated->status, ==, 200);
  g_assert_cmpuint (truncated->length,
                    <,
                    g_ascii_strtoull (answer_get_header (truncated, "Content-Length"), NULL, 10));
}

static Answer *
change_timeout (ServerFixture *server, const char *path, const char *key)
{
  return server_fixture_ask (server,
                             NULL,
                             "PATCH",
                             path,
                             "{\"global-session-timeout\":77}",
                             "Content-Type",
                             PATCH_TYPE,
                             "If-Match",
                             "*",
                             "Idempotency-Key",
                             key,
                             NULL);
}

static char *
get_policy_path (ServerFixture *server)
{
  g_autoptr (Answer) list = server_fixture_ask (server, NULL, "GET", "/v1/workspaces", NULL, NULL);
  g_autofree char *id = answer_dup_first_id (list);

  return g_strdup_printf ("/v1/workspaces/%s/policy", id);
}

static void
check_lost_write (const char *fault, gboolean done)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", "1", "--fault", fault, NULL);
  g_autofree char *path = get_policy_path (server);
  g_autoptr (Answer) lost = change_timeout (server, path, "k");
  g_autoptr (Answer) seen = server_fixture_ask (server, NULL, "GET", path, NULL, NULL);
  g_autoptr (Answer) again = change_timeout (server, path, "k");

  g_assert_cmpuint (lost->status, ==, 0);
  g_assert_cmpint (strstr (seen->body, "\"global-session-timeout\":77") != NULL, ==, done);
  assert_status (again, 200);
  g_assert_cmpint (answer_get_header (again, "Idempotency-Replayed") != NULL, ==, done);
}

static void
test_lost_writes (void)
{
  check_lost_write ("drop-after-commit@PATCH:1", TRUE);
  check_lost_write ("drop-before-answer@PATCH:1", FALSE);
}

static gpointer
change_in_thread (gpointer data)
{
  ServerFixture *server = data;
  g_autofree char *path = get_policy_path (server);

  return change_timeout (server, path, "k");
}

/* While the first answer is late, the same key is in flight. */
static void
test_key_in_flight (void)
{
  g_autoptr (ServerFixture) server
    = server_fixture_new ("--demo", "1", "--fault", "delay=1500@PATCH:1", NULL);
  g_autofree char *path = get_policy_path (server);
  GThread *thread = g_thread_new ("first", change_in_thread, server);
  g_autoptr (Answer) first = NULL;
  g_autoptr (Answer) second = NULL;
  g_autoptr (Answer) third = NULL;

  for (;;)
    {
      g_autoptr (Answer) seen = server_fixture_ask (server, NULL, "GET", path, NULL, NULL);

      if (strstr (seen->body, "\"global-session-timeout\":77") != NULL)
        break;
    }
  second = change_timeout (server, path, "k");
  first = g_thread_join (thread);
  third = change_timeout (server, path, "k");
  assert_status (second, 409);
  g_assert_cmpstr (answer_get_header (second, "Retry-After"), ==, "1");
  assert_status (first, 200);
  assert_status (third, 200);
  g_assert_nonnull (answer_get_header (third, "Idempotency-Replayed"));
}

static void
test_endless (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--fault", "endless-body@GET:1", NULL);
  g_autoptr (GSocketConnection) connection = server_fixture_connect (server);
  static const char request[] = "GET /v1/health HTTP/1.1\r\nHost: a\r\n\r\n";
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  guint8 buffer[65536];
  gsize total = 0;

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             request,
                             strlen (request),
                             NULL,
                             NULL,
                             NULL);
  while (total < 8 * 1024 * 1024)
    {
      gssize n = g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL);

      g_assert_cmpint (n, >, 0);
      total += (gsize) n;
    }
}

static void
test_altered (void)
{
  g_autoptr (Answer) status = ask_once ("status=200:201", "GET");
  g_autoptr (Answer) header = ask_once ("header=X-Odd:yes", "GET");
  g_autoptr (Answer) type = ask_once ("header=Content-Type:text/html", "GET");
  g_autoptr (Answer) without = ask_once ("no-header=Allow", "DELETE");
  g_autoptr (Answer) body = ask_once ("body={}", "GET");
  g_autoptr (Answer) request = ask_once ("request-header=Accept:image/png", "GET");

  g_assert_cmpuint (status->status, ==, 201);
  g_assert_cmpstr (answer_get_header (header, "X-Odd"), ==, "yes");
  g_assert_cmpstr (answer_get_header (type, "Content-Type"), ==, "text/html");
  assert_status (without, 405);
  g_assert_null (answer_get_header (without, "Allow"));
  g_assert_cmpstr (body->body, ==, "{}");
  assert_status (request, 406);
}

/* Exit status and words of a server that will not start. */
static void
assert_refuses (const char *words, const char *option, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autofree char *directory = g_dir_make_tmp ("gatehouse-server-XXXXXX", NULL);
  g_autofree char *database = g_build_filename (directory, "server.db", NULL);
  g_autofree char *complaint = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  va_list rest;

  g_ptr_array_add (arguments, (gpointer) g_getenv ("GATEHOUSE_SERVER"));
  g_ptr_array_add (arguments, (gpointer) "--database");
  g_ptr_array_add (arguments, database);
  va_start (rest, option);
  for (; option != NULL; option = va_arg (rest, const char *))
    g_ptr_array_add (arguments, (gpointer) option);
  va_end (rest);
  g_ptr_array_add (arguments, NULL);
  process = g_subprocess_newv (
    (const char *const *) arguments->pdata, G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &complaint, &error);
  g_assert_no_error (error);
  g_assert_false (g_subprocess_get_successful (process));
  g_assert_nonnull (strstr (complaint, words));
  server_fixture_remove_directory (directory);
}

static void
test_will_not_start (void)
{
  assert_refuses ("loopback", "--listen", "0.0.0.0:0", NULL);
  assert_refuses ("loopback", "--listen", "[::]:0", NULL);
  assert_refuses ("not an address", "--listen", "localhost:0", NULL);
  assert_refuses ("not an address", "--listen", "127.0.0.1", NULL);
  assert_refuses ("not an address", "--listen", "127.0.0.1:65536", NULL);
  assert_refuses ("go together", "--tls-cert", "/nonexistent", NULL);
  assert_refuses ("no fault", "--fault", "coffee", NULL);
  assert_refuses ("no fault", "--fault", "status=200", NULL);
  assert_refuses ("no fault", "--fault", "500@GET:0", NULL);
  assert_refuses ("not understood", "extra", NULL);
}

static void
test_rate_limit (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--rate-limit", "5", NULL);
  g_autofree char *other = server_fixture_make_token (server, "--name", "Other", NULL);
  g_autoptr (Answer) after = NULL;
  g_autoptr (Answer) unlimited = NULL;
  guint n_refused = 0;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (Answer) answer = server_fixture_ask (server, NULL, "GET", "/v1/me", NULL, NULL);

      if (answer->status != 429)
        continue;
      assert_status (answer, 429);
      g_assert_cmpstr (answer_get_header (answer, "Retry-After"), ==, "1");
      n_refused++;
    }
  g_assert_cmpuint (n_refused, >, 0);
  after = server_fixture_ask (server, other, "GET", "/v1/me", NULL, NULL);
  assert_status (after, 200);
  unlimited = server_fixture_ask (server, NULL, "GET", "/v1/health", NULL, NULL);
  assert_status (unlimited, 200);
}

/* A line for each answer, with nothing secret in it and no line that a client made. */
static void
test_request_log (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--request-log", NULL);
  g_autoptr (Answer) good = server_fixture_ask (
    server, NULL, "GET", "/v1/workspaces?q=secret-words", NULL, "Cookie", "secret-cookie", NULL);
  g_autoptr (Answer) unknown = server_fixture_ask (
    server, "secret-token", "PATCH", "/v1/secret%0Aline", "{\"secret-body\":1}", NULL);
  g_autoptr (Answer) broken = server_fixture_send (server, "secret bytes\r\n\r\n", -1);
  g_autofree char *log = NULL;
  g_auto (GStrv) lines = NULL;

  assert_status (good, 200);
  assert_status (unknown, 404);
  assert_status (broken, 400);
  server_fixture_stop (server, SIGTERM);
  g_assert_true (g_file_get_contents (server->log, &log, NULL, NULL));
  lines = g_strsplit (log, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  g_assert_nonnull (strstr (lines[0], " GET /v1/workspaces 200 "));
  g_assert_nonnull (strstr (lines[0], "\"Demo administrator\""));
  g_assert_nonnull (strstr (lines[1], " PATCH /v1/secret%0Aline 404 "));
  g_assert_nonnull (strstr (lines[2], " - - 400 "));
  g_assert_null (strstr (log, server->token));
  g_assert_null (strstr (log, "secret-"));
  g_assert_null (strstr (log, "secret bytes"));
}

static gboolean
accept_it (GTlsConnection *connection, GTlsCertificate *certificate, GTlsCertificateFlags errors)
{
  return TRUE;
}

static void
on_event (GSocketClient *client, GSocketClientEvent event, gpointer connectable, GIOStream *stream)
{
  if (event == G_SOCKET_CLIENT_TLS_HANDSHAKING)
    g_signal_connect (stream, "accept-certificate", G_CALLBACK (accept_it), NULL);
}

/* LeakSanitizer stumbles over the threads that GnuTLS leaves at a process's end. */
static void
test_https (void)
{
  g_autofree char *certificate
    = g_test_build_filename (G_TEST_DIST, "fixtures", "server", "loopback-cert.pem", NULL);
  g_autofree char *key
    = g_test_build_filename (G_TEST_DIST, "fixtures", "server", "loopback-key.pem", NULL);
  g_autoptr (ServerFixture) server = NULL;
  static const char request[]
    = "GET /v1/health HTTP/1.1\r\nHost: a\r\n\r\nGET /v1/health HTTP/1.1\r\nHost: a\r\n"
      "Connection: close\r\n\r\n";
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GByteArray) received = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint8 buffer[4096];
  gssize n;

  server = server_fixture_new ("--tls-cert", certificate, "--tls-key", key, NULL);
  g_assert_true (g_str_has_prefix (server->url, "https://127.0.0.1:"));
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_tls (client, TRUE);
  g_signal_connect (client, "event", G_CALLBACK (on_event), NULL);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", server->port, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             request,
                             strlen (request),
                             NULL,
                             NULL,
                             &error);
  g_assert_no_error (error);
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)),
                                   buffer,
                                   sizeof buffer,
                                   NULL,
                                   &error))
         > 0)
    g_byte_array_append (received, buffer, (guint) n);
  g_assert_no_error (error);
  g_byte_array_append (received, (const guint8 *) "", 1);
  g_assert_nonnull (strstr ((const char *) received->data, "{\"status\":\"ok\"}"));
  g_assert_true (g_str_has_suffix ((const char *) received->data, "{\"status\":\"ok\"}"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/faults/answers", test_answers);
  g_test_add_func ("/server/faults/lost-answers", test_lost_answers);
  g_test_add_func ("/server/faults/lost-writes", test_lost_writes);
  g_test_add_func ("/server/faults/key-in-flight", test_key_in_flight);
  g_test_add_func ("/server/faults/endless", test_endless);
  g_test_add_func ("/server/faults/altered", test_altered);
  g_test_add_func ("/server/faults/will-not-start", test_will_not_start);
  g_test_add_func ("/server/faults/rate-limit", test_rate_limit);
  g_test_add_func ("/server/faults/request-log", test_request_log);
  g_test_add_func ("/server/faults/https", test_https);
  return g_test_run ();
}
