/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The limits of time and number act. Each is made short, and the others long, so that an end
 * that comes at all is that limit's. */

#include <string.h>

#include "server-fixture.h"

#define REQUEST "GET /v1/me HTTP/1.1\r\nHost: here\r\n\r\n"

/* FALSE where the server has closed the connection. */
static gboolean
send_part (GSocketConnection *connection, const char *bytes)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  return g_output_stream_write_all (output, bytes, strlen (bytes), NULL, NULL, NULL);
}

/* Until the server closes it. */
static char *
read_to_end (GSocketConnection *connection)
{
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GString *text = g_string_new (NULL);
  char bytes[4096];
  gssize n;

  while ((n = g_input_stream_read (input, bytes, sizeof bytes, NULL, NULL)) > 0)
    g_string_append_len (text, bytes, n);
  return g_string_free (text, FALSE);
}

/* One answer, with its body: the connection stays. FALSE when it is closed instead. */
static gboolean
read_answer (GSocketConnection *connection)
{
  g_autoptr (GDataInputStream) input
    = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  gsize length = 0;
  char *line;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (input), FALSE);
  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  while ((line = g_data_input_stream_read_line (input, NULL, NULL, NULL)) != NULL && *line != '\0')
    {
      if (g_ascii_strncasecmp (line, "Content-Length:", 15) == 0)
        length = g_ascii_strtoull (line + 15, NULL, 10);
      g_free (line);
    }
  if (line == NULL)
    return FALSE;

  g_free (line);
  g_assert_cmpint (g_input_stream_skip (G_INPUT_STREAM (input), length, NULL, NULL), >=, 0);
  return TRUE;
}

static gboolean
is_served (GSocketConnection *connection)
{
  return send_part (connection, REQUEST) && read_answer (connection);
}

static void
assert_refused_as_late (const char *text)
{
  g_autoptr (Answer) answer = answer_parse (text, strlen (text));

  assert_status (answer, 408);
  g_assert_nonnull (strstr (answer->body, "within 1 s"));
}

/* What begins a request, and what may come again and again without ending it. */
static const struct
{
  const char *name;
  const char *begin;
  const char *more;
} late[] = {
  { "first-line", "G", NULL },
  { "header", "GET /v1/me HTTP/1.1\r\nHost: here\r\nA: ", NULL },
  { "header-that-trickles", "GET /v1/me HTTP/1.1\r\nHost: here\r\nA: ", "a" },
  { "body", "PUT /v1/me HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\n{", NULL },
  { "chunk",
    "PUT /v1/me HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{",
    NULL },
};

static void
test_late (gconstpointer data)
{
  const char *begin = late[GPOINTER_TO_SIZE (data)].begin;
  const char *more = late[GPOINTER_TO_SIZE (data)].more;
  g_autoptr (ServerFixture) server
    = server_fixture_new ("--request-timeout", "1", "--idle-timeout", "3600", NULL);
  g_autoptr (GSocketConnection) connection = server_fixture_connect (server);
  GSocket *socket = g_socket_connection_get_socket (connection);
  g_autofree char *text = NULL;

  g_assert_true (send_part (connection, begin));
  while (more != NULL && !g_socket_condition_timed_wait (socket, G_IO_IN, 50000, NULL, NULL))
    g_assert_true (send_part (connection, more));
  text = read_to_end (connection);
  assert_refused_as_late (text);
}

static void
test_idle (gconstpointer data)
{
  g_autoptr (ServerFixture) server
    = server_fixture_new ("--request-timeout", "3600", "--idle-timeout", "1", NULL);
  g_autoptr (GSocketConnection) connection = server_fixture_connect (server);
  g_autofree char *text = NULL;

  if (GPOINTER_TO_INT (data))
    {
      g_assert_true (is_served (connection));
    }
  text = read_to_end (connection);
  g_assert_cmpstr (text, ==, "");
}

static void
test_connections (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--max-connections", "3", NULL);
  GSocketConnection *connections[3];
  gboolean served = FALSE;

  for (guint i = 0; i < 3; i++)
    {
      connections[i] = server_fixture_connect (server);
      g_assert_true (is_served (connections[i]));
    }
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GSocketConnection) beyond = server_fixture_connect (server);
      g_autofree char *text = read_to_end (beyond);

      g_assert_cmpstr (text, ==, "");
      g_assert_true (is_served (connections[i]));
    }

  /* The server hears of the end of one in its own time. */
  g_clear_object (&connections[0]);
  while (!served)
    {
      g_autoptr (GSocketConnection) another = server_fixture_connect (server);

      served = is_served (another);
    }
  g_object_unref (connections[1]);
  g_object_unref (connections[2]);
}

static void
test_refused_options (void)
{
  static const char *const options[] = {
    "--request-timeout=0",
    "--request-timeout=3601",
    "--idle-timeout=-1",
    "--idle-timeout=x",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                                                          NULL,
                                                          g_getenv ("GATEHOUSE_SERVER"),
                                                          "--database=/nowhere/server.db",
                                                          options[i],
                                                          NULL);

      g_assert_true (g_subprocess_wait (process, NULL, NULL));
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 2);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (late); i++)
    {
      g_autofree char *path = g_strdup_printf ("/server/limits/late/%s", late[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_late);
    }
  g_test_add_data_func ("/server/limits/idle/from-the-start", GINT_TO_POINTER (FALSE), test_idle);
  g_test_add_data_func ("/server/limits/idle/after-a-request", GINT_TO_POINTER (TRUE), test_idle);
  g_test_add_func ("/server/limits/connections", test_connections);
  g_test_add_func ("/server/limits/refused-options", test_refused_options);

  return g_test_run ();
}
