/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "server-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

#define PATIENCE_SECONDS 60

static char *
read_line_with (ServerFixture *self, const char *prefix)
{
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *line = g_data_input_stream_read_line_utf8 (self->output, NULL, NULL, &error);

      g_assert_no_error (error);
      if (line == NULL)
        g_error ("gatehouse-server ended before it printed \"%s\"", prefix);
      if (g_str_has_prefix (line, prefix))
        return g_strdup (line + strlen (prefix));
    }
}

/* A test that fails takes its server with it. */
static void
die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

void
server_fixture_start (ServerFixture *self, const char *const *options)
{
  g_autoptr (GSubprocessLauncher) launcher
    = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (arguments, (gpointer) g_getenv ("GATEHOUSE_SERVER"));
  g_assert_nonnull (g_ptr_array_index (arguments, 0));
  g_ptr_array_add (arguments, (gpointer) "--database");
  g_ptr_array_add (arguments, self->database);
  g_ptr_array_add (arguments, (gpointer) "--listen");
  g_ptr_array_add (arguments, (gpointer) "127.0.0.1:0");
  if (self->token == NULL)
    g_ptr_array_add (arguments, (gpointer) "--print-token");
  for (guint i = 0; options != NULL && options[i] != NULL; i++)
    {
      g_ptr_array_add (arguments, (gpointer) options[i]);
      if (g_str_equal (options[i], "--request-log"))
        g_subprocess_launcher_set_stderr_file_path (launcher, self->log);
    }
  g_ptr_array_add (arguments, NULL);

  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  self->process
    = g_subprocess_launcher_spawnv (launcher, (const char *const *) arguments->pdata, &error);
  g_assert_no_error (error);
  g_clear_object (&self->output);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  if (self->token == NULL)
    self->token = read_line_with (self, "token: ");
  g_free (self->url);
  self->url = read_line_with (self, "listening on ");
  self->port = (guint16) g_ascii_strtoull (strrchr (self->url, ':') + 1, NULL, 10);
}

ServerFixture *
server_fixture_new (const char *option, ...)
{
  ServerFixture *self = g_new0 (ServerFixture, 1);
  g_autoptr (GPtrArray) options = g_ptr_array_new ();
  va_list rest;

  self->directory = g_dir_make_tmp ("gatehouse-server-XXXXXX", NULL);
  self->database = g_build_filename (self->directory, "server.db", NULL);
  self->log = g_build_filename (self->directory, "log", NULL);
  va_start (rest, option);
  for (; option != NULL; option = va_arg (rest, const char *))
    g_ptr_array_add (options, (gpointer) option);
  va_end (rest);
  g_ptr_array_add (options, NULL);
  server_fixture_start (self, (const char *const *) options->pdata);
  return self;
}

void
server_fixture_stop (ServerFixture *self, int signal)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (self->process, signal);
  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  if (signal == SIGTERM)
    {
      g_assert_true (g_subprocess_get_if_exited (self->process));
      g_assert_cmpint (g_subprocess_get_exit_status (self->process), ==, 0);
    }
  g_clear_object (&self->process);
}

void
server_fixture_remove_directory (const char *path)
{
  g_autoptr (GDir) directory = g_dir_open (path, 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}

void
server_fixture_free (ServerFixture *self)
{
  if (self->process != NULL)
    server_fixture_stop (self, SIGTERM);
  g_clear_object (&self->output);
  server_fixture_remove_directory (self->directory);
  g_free (self->directory);
  g_free (self->database);
  g_free (self->log);
  g_free (self->token);
  g_free (self->url);
  g_free (self);
}

char *
server_fixture_make_token (ServerFixture *self, const char *argument, ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  va_list rest;

  g_ptr_array_add (arguments, (gpointer) g_getenv ("GATEHOUSE_SERVER"));
  g_ptr_array_add (arguments, (gpointer) "token");
  g_ptr_array_add (arguments, (gpointer) "make");
  g_ptr_array_add (arguments, (gpointer) "--database");
  g_ptr_array_add (arguments, self->database);
  va_start (rest, argument);
  for (; argument != NULL; argument = va_arg (rest, const char *))
    g_ptr_array_add (arguments, (gpointer) argument);
  va_end (rest);
  g_ptr_array_add (arguments, NULL);
  process = g_subprocess_newv (
    (const char *const *) arguments->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  g_assert_true (g_str_has_prefix (output, "token: "));
  return g_strdup (g_strstrip (output + strlen ("token: ")));
}

GSocketConnection *
server_fixture_connect (ServerFixture *self)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_proxy_resolver (client, NULL);
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_set_timeout (client, PATIENCE_SECONDS);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", self->port, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

Answer *
answer_parse (const char *bytes, gsize length)
{
  Answer *answer = g_new0 (Answer, 1);
  const char *end = length > 0 ? memmem (bytes, length, "\r\n\r\n", 4) : NULL;
  g_autofree char *head = NULL;

  answer->headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  if (end == NULL)
    return answer;
  head = g_strndup (bytes, (gsize) (end + 2 - bytes)); /* libsoup looks for its end */
  g_assert_true (soup_headers_parse_response (
    head, (int) strlen (head), answer->headers, NULL, &answer->status, NULL));
  answer->length = length - (gsize) (end + 4 - bytes);
  answer->body = g_strndup (end + 4, answer->length);
  return answer;
}

Answer *
server_fixture_send (ServerFixture *self, const char *bytes, gssize length)
{
  g_autoptr (GSocketConnection) connection = server_fixture_connect (self);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  g_autoptr (GByteArray) received = g_byte_array_new ();
  gsize size = length < 0 ? strlen (bytes) : (gsize) length;
  guint8 buffer[16384];
  gssize n;

  /* A server that refuses early may close while bytes are still being sent. */
  g_output_stream_write_all (output, bytes, size, NULL, NULL, NULL);
  while ((n = g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_byte_array_append (received, buffer, (guint) n);
  g_byte_array_append (received, (const guint8 *) "", 1); /* libsoup reads numbers up to a NUL */
  return answer_parse ((const char *) received->data, received->len - 1);
}

static void
append_header (GString *request, const char *name, const char *value)
{
  g_string_append_printf (request, "%s: %s\r\n", name, value);
}

Answer *
server_fixture_ask (ServerFixture *self,
                    const char *token,
                    const char *method,
                    const char *path,
                    const char *body,
                    ...)
{
  g_autoptr (GString) request = g_string_new (NULL);
  const char *name;
  va_list rest;

  g_string_append_printf (request,
                          "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n",
                          method,
                          path,
                          self->port);
  if (token == NULL)
    token = self->token;
  if (*token != '\0')
    g_string_append_printf (request, "Authorization: Bearer %s\r\n", token);
  va_start (rest, body);
  while ((name = va_arg (rest, const char *)) != NULL)
    append_header (request, name, va_arg (rest, const char *));
  va_end (rest);
  if (body != NULL)
    g_string_append_printf (request, "Content-Length: %zu\r\n", strlen (body));
  g_string_append (request, "\r\n");
  if (body != NULL)
    g_string_append (request, body);
  return server_fixture_send (self, request->str, (gssize) request->len);
}

void
answer_free (Answer *answer)
{
  soup_message_headers_unref (answer->headers);
  g_free (answer->body);
  g_free (answer);
}

const char *
answer_get_header (Answer *answer, const char *name)
{
  return soup_message_headers_get_list (answer->headers, name);
}

JsonNode *
answer_parse_json (Answer *answer)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (answer->body != NULL ? answer->body : "", &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);
  return node;
}

char *
answer_dup_first_id (Answer *answer)
{
  g_autoptr (JsonNode) node = answer_parse_json (answer);
  JsonArray *list = json_object_get_array_member (json_node_get_object (node), "workspaces");

  g_assert_cmpuint (json_array_get_length (list), >, 0);
  return g_strdup (json_object_get_string_member (json_array_get_object_element (list, 0), "id"));
}

void
assert_status (Answer *answer, guint status)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;

  if (answer->status != status)
    g_test_message ("answer: %s", answer->body);
  g_assert_cmpuint (answer->status, ==, status);
  if (status < 400)
    return;
  g_assert_cmpstr (answer_get_header (answer, "Content-Type"), ==, "application/problem+json");
  node = answer_parse_json (answer);
  object = json_node_get_object (node);
  g_assert_true (
    g_str_has_prefix (json_object_get_string_member (object, "type"), "urn:gatehouse:problem:"));
  g_assert_cmpint (json_object_get_int_member (object, "status"), ==, status);
  g_assert_cmpuint (strlen (json_object_get_string_member (object, "title")), >, 0);
  g_assert_cmpuint (strlen (json_object_get_string_member (object, "detail")), >, 0);
}

void
assert_error (Answer *answer, const char *pointer, const char *code)
{
  g_autoptr (JsonNode) node = answer_parse_json (answer);
  JsonArray *errors = json_object_get_array_member (json_node_get_object (node), "errors");

  for (guint i = 0; i < json_array_get_length (errors); i++)
    {
      JsonObject *item = json_array_get_object_element (errors, i);

      if (g_strcmp0 (json_object_get_string_member (item, "pointer"), pointer) == 0
          && (code == NULL || g_strcmp0 (json_object_get_string_member (item, "code"), code) == 0))
        return;
    }
  g_error ("no error %s at %s in %s", code, pointer, answer->body);
}
