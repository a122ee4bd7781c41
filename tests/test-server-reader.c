/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The request reader on bytes alone: whole, in pieces, and hostile. */

#include <string.h>

#include "gh-server-reader.h"

#define HOST "Host: a\r\n"

static GhReaderState
read_in_pieces (const char *bytes,
                gsize length,
                gsize piece,
                GhServerRequest **request,
                guint *status)
{
  g_autoptr (GhServerReader) reader = gh_server_reader_new ();
  GhReaderState state = GH_READER_MORE;
  GhProblemKind kind = GH_PROBLEM_INTERNAL;
  const char *detail = NULL;

  for (gsize at = 0; at < length && (state == GH_READER_MORE || state == GH_READER_CONTINUE);
       at += piece)
    {
      gh_server_reader_add (reader, bytes + at, MIN (piece, length - at));
      state = gh_server_reader_next (reader, request, &kind, &detail);
    }
  *status = state == GH_READER_REFUSED ? gh_problem_get_status (kind) : 0;
  return state;
}

static void
assert_body (const char *bytes, const char *body)
{
  for (gsize piece = 1; piece <= strlen (bytes); piece++)
    {
      g_autoptr (GhServerRequest) request = NULL;
      guint status;

      g_assert_cmpint (
        read_in_pieces (bytes, strlen (bytes), piece, &request, &status), ==, GH_READER_REQUEST);
      g_assert_cmpmem (g_bytes_get_data (request->body, NULL),
                       g_bytes_get_size (request->body),
                       body,
                       strlen (body));
    }
}

static void
test_bodies (void)
{
  assert_body ("GET / HTTP/1.1\r\n" HOST "\r\n", "");
  assert_body ("\r\n\r\nGET / HTTP/1.1\r\n" HOST "\r\n", "");
  assert_body ("POST / HTTP/1.1\r\n" HOST "Content-Length: 3\r\n\r\nabc", "abc");
  assert_body ("POST / HTTP/1.1\r\n" HOST
               "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n00a\r\n0123456789\r\n0\r\nX: y\r\n\r\n",
               "a0123456789");
}

static void
test_parts (void)
{
  static const char bytes[]
    = "PATCH /v1/x%20y?a=b&c HTTP/1.1\r\nhost: a\r\nIf-Match:  \"t\" \r\n\r\n";
  g_autoptr (GhServerRequest) request = NULL;
  guint status;

  read_in_pieces (bytes, strlen (bytes), 5, &request, &status);
  g_assert_cmpstr (request->method, ==, "PATCH");
  g_assert_cmpstr (request->path, ==, "/v1/x%20y");
  g_assert_cmpstr (request->query, ==, "a=b&c");
  g_assert_cmpstr (gh_server_request_get_header (request, "if-match"), ==, "\"t\"");
  g_assert_true (request->keep_alive);
}

static void
test_pipelined (void)
{
  static const char bytes[] = "GET /1 HTTP/1.1\r\n" HOST "\r\nPOST /2 HTTP/1.1\r\n" HOST
                              "Content-Length: 1\r\n\r\nxGET /3 HTTP/1.0\r\n\r\n";
  static const char *const paths[] = { "/1", "/2", "/3" };
  g_autoptr (GhServerReader) reader = gh_server_reader_new ();
  GhProblemKind kind;
  const char *detail;

  gh_server_reader_add (reader, bytes, strlen (bytes));
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GhServerRequest) request = NULL;

      g_assert_cmpint (
        gh_server_reader_next (reader, &request, &kind, &detail), ==, GH_READER_REQUEST);
      g_assert_cmpstr (request->path, ==, paths[i]);
      g_assert_cmpint (request->keep_alive, ==, i < 2);
    }
  g_assert_true (gh_server_reader_is_idle (reader));
}

static const struct
{
  const char *bytes;
  guint status;
} refusals[] = {
  { "\x16\x03\x01", 400 },
  { "GET /\r\n\r\n", 400 },
  { "GET  / HTTP/1.1\r\n" HOST "\r\n", 400 },
  { "GET x HTTP/1.1\r\n" HOST "\r\n", 400 },
  { "GET http://a/ HTTP/1.1\r\n" HOST "\r\n", 400 },
  { "GET /\x01 HTTP/1.1\r\n" HOST "\r\n", 400 },
  { "GET /\xc3\xa9 HTTP/1.1\r\n" HOST "\r\n", 400 },
  { "GET /#a HTTP/1.1\r\n" HOST "\r\n", 400 },
  { "G@T / HTTP/1.1\r\n" HOST "\r\n", 400 },
  { "GET / HTTP/1.2\r\n" HOST "\r\n", 505 },
  { "GET / HTTP/2.0\r\n" HOST "\r\n", 505 },
  { "GET / http/1.1\r\n" HOST "\r\n", 400 },
  { "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400 },
  { "GET / HTTP/1.1\r\n\r\n", 400 },
  { "GET / HTTP/1.1\r\n" HOST HOST "\r\n", 400 },
  { "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400 },
  { "GET / HTTP/1.1\r\n" HOST "A : b\r\n\r\n", 400 },
  { "GET / HTTP/1.1\r\n" HOST " folded\r\n\r\n", 400 },
  { "GET / HTTP/1.1\r\n" HOST "A: b\r\n c\r\n\r\n", 400 },
  { "GET / HTTP/1.1\r\n" HOST "A: b\rc\r\n\r\n", 400 },
  { "GET / HTTP/1.1\r\n" HOST "A: b\nB: c\r\n\r\n", 400 },
  { "GET / HTTP/1.1\r\n" HOST "A\r\n\r\n", 400 },
  { "GET / HTTP/1.1\r\n" HOST ": b\r\n\r\n", 400 },
  { "POST / HTTP/1.1\r\n" HOST "Content-Length: -1\r\n\r\n", 400 },
  { "POST / HTTP/1.1\r\n" HOST "Content-Length: +1\r\n\r\nx", 400 },
  { "POST / HTTP/1.1\r\n" HOST "Content-Length: 1x\r\n\r\nx", 400 },
  { "POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx", 400 },
  { "POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxy", 400 },
  { "POST / HTTP/1.1\r\n" HOST "Content-Length: 99999999999999999999\r\n\r\n", 400 },
  { "POST / HTTP/1.1\r\n" HOST "Content-Length: 262145\r\n\r\n", 413 },
  { "POST / HTTP/1.1\r\n" HOST "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400 },
  { "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400 },
  { "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip\r\n\r\n", 501 },
  { "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n", 501 },
  { "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\nx\r\n", 400 },
  { "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n\r\n", 400 },
  { "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n1;a=b\r\n", 400 },
  { "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n123456789\r\n", 400 },
  { "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\nfffff\r\n", 413 },
  { "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", 400 },
  { "POST / HTTP/1.1\r\n" HOST "Expect: something\r\n\r\n", 417 },
};

static void
test_refusals (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    for (gsize piece = 1; piece < 40; piece += 7)
      {
        g_autoptr (GhServerRequest) request = NULL;
        guint status;

        read_in_pieces (refusals[i].bytes, strlen (refusals[i].bytes), piece, &request, &status);
        if (status != refusals[i].status)
          g_test_message ("%s", refusals[i].bytes);
        g_assert_cmpuint (status, ==, refusals[i].status);
      }
}

static void
test_nul (void)
{
  static const char bytes[] = "GET / HTTP/1.1\r\n" HOST "A: b\0c\r\n\r\n";
  g_autoptr (GhServerRequest) request = NULL;
  guint status;

  read_in_pieces (bytes, sizeof bytes - 1, 100, &request, &status);
  g_assert_cmpuint (status, ==, 400);
}

static guint
read_status (const char *start, gsize n_filling, const char *filling, const char *end)
{
  g_autoptr (GString) bytes = g_string_new (start);
  g_autoptr (GhServerRequest) request = NULL;
  guint status;

  for (gsize i = 0; i < n_filling; i++)
    g_string_append (bytes, filling);
  g_string_append (bytes, end);
  read_in_pieces (bytes->str, bytes->len, 1000, &request, &status);
  return status;
}

static void
test_bounds (void)
{
  static const char end[] = " HTTP/1.1\r\n" HOST "\r\n";

  g_assert_cmpuint (read_status ("GET /", 4095, "x", end), ==, 0);
  g_assert_cmpuint (read_status ("GET /", 4096, "x", end), ==, 414);
  g_assert_cmpuint (read_status ("GET /", 40000, "x", ""), ==, 414);
  g_assert_cmpuint (read_status ("GET / HTTP/1.1\r\n" HOST, 99, "A: b\r\n", "\r\n"), ==, 0);
  g_assert_cmpuint (read_status ("GET / HTTP/1.1\r\n" HOST, 100, "A: b\r\n", "\r\n"), ==, 431);
  g_assert_cmpuint (read_status ("GET / HTTP/1.1\r\n" HOST "A: ", 17000, "x", ""), ==, 431);
  g_assert_cmpuint (
    read_status (
      "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n", 262145, "1\r\nx\r\n", ""),
    ==,
    413);
  g_assert_cmpuint (
    read_status (
      "POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n", 1000, "A: bcd\r\n", ""),
    ==,
    431);
}

static void
test_continue (void)
{
  static const char head[]
    = "POST / HTTP/1.1\r\n" HOST "Expect: 100-continue\r\nContent-Length: 1\r\n\r\n";
  g_autoptr (GhServerReader) reader = gh_server_reader_new ();
  g_autoptr (GhServerRequest) request = NULL;
  GhProblemKind kind;
  const char *detail;

  gh_server_reader_add (reader, head, strlen (head));
  g_assert_cmpint (
    gh_server_reader_next (reader, &request, &kind, &detail), ==, GH_READER_CONTINUE);
  g_assert_cmpint (gh_server_reader_next (reader, &request, &kind, &detail), ==, GH_READER_MORE);
  gh_server_reader_add (reader, "x", 1);
  g_assert_cmpint (gh_server_reader_next (reader, &request, &kind, &detail), ==, GH_READER_REQUEST);
}

static void
test_tags (void)
{
  static const struct
  {
    const char *list;
    gboolean strong;
    gboolean weak;
  } cases[] = {
    { NULL, FALSE, FALSE },     { "", FALSE, FALSE },           { "\"a\"", TRUE, TRUE },
    { "W/\"a\"", FALSE, TRUE }, { "\"b\", \"a\"", TRUE, TRUE }, { "\"b\",W/\"a\"", FALSE, TRUE },
    { "*", TRUE, TRUE },        { "\"ab\"", FALSE, FALSE },     { "a", FALSE, FALSE },
    { "\"a", FALSE, FALSE },    { "\"b*\"", FALSE, FALSE },     { "\"x\" \"a\"", TRUE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (
        gh_server_entity_tags_contain (cases[i].list, "\"a\"", TRUE), ==, cases[i].strong);
      g_assert_cmpint (
        gh_server_entity_tags_contain (cases[i].list, "\"a\"", FALSE), ==, cases[i].weak);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/reader/bodies", test_bodies);
  g_test_add_func ("/server/reader/parts", test_parts);
  g_test_add_func ("/server/reader/pipelined", test_pipelined);
  g_test_add_func ("/server/reader/refusals", test_refusals);
  g_test_add_func ("/server/reader/nul", test_nul);
  g_test_add_func ("/server/reader/bounds", test_bounds);
  g_test_add_func ("/server/reader/continue", test_continue);
  g_test_add_func ("/server/reader/tags", test_tags);
  return g_test_run ();
}
