/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A gatehouse-server process of a test's own, on a port of its own, with a database in a
 * directory of its own; and a client so plain that a test decides about every byte. */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct
{
  char *directory;
  char *database;
  char *log; /* where a server with --request-log writes it */
  GSubprocess *process;
  GDataInputStream *output;
  char *token;
  char *url;
  guint16 port;
} ServerFixture;

typedef struct
{
  guint status; /* 0: the connection ended without an answer */
  SoupMessageHeaders *headers;
  char *body;
  gsize length; /* of the body that came */
} Answer;

/* options: NULL-terminated, beside --database, --listen and --print-token. */
ServerFixture *server_fixture_new (const char *option, ...) G_GNUC_NULL_TERMINATED;
void
server_fixture_free (ServerFixture *self); /* stops it with SIGTERM and checks that it ends well */
void server_fixture_stop (ServerFixture *self, int signal);
void server_fixture_start (ServerFixture *self, const char *const *options);

void server_fixture_remove_directory (const char *path); /* and the files in it */

/* "token make" with these further arguments. */
char *
server_fixture_make_token (ServerFixture *self, const char *argument, ...) G_GNUC_NULL_TERMINATED;

/* Sends these bytes on a new connection and reads until the server closes it. */
Answer *server_fixture_send (ServerFixture *self, const char *bytes, gssize length);
Answer *answer_parse (const char *bytes, gsize length);

/* A whole request with the fixture's token (token NULL: the fixture's, "": none).
 * The rest are pairs of header names and values. */
Answer *server_fixture_ask (ServerFixture *self,
                            const char *token,
                            const char *method,
                            const char *path,
                            const char *body,
                            ...) G_GNUC_NULL_TERMINATED;

GSocketConnection *server_fixture_connect (ServerFixture *self);
void answer_free (Answer *answer);
const char *answer_get_header (Answer *answer, const char *name);
JsonNode *answer_parse_json (Answer *answer); /* aborts when the body is not JSON */
char *answer_dup_first_id (Answer *answer);   /* of a list of workspaces */

/* The status, and for a problem that type, title, status and detail are right. */
void assert_status (Answer *answer, guint status);
void assert_error (Answer *answer, const char *pointer, const char *code); /* an item of errors */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ServerFixture, server_fixture_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

G_END_DECLS
