/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Refusals as RFC 9457 problem details. Each kind has a type of its own
 * ("urn:gatehouse:problem:stale"), so that a client never needs to read the words. */

#pragma once

#include "gh-server-message.h"

G_BEGIN_DECLS

#define GH_SERVER_ERROR (gh_server_error_quark ())

typedef enum
{
  GH_SERVER_ERROR_DATABASE, /* SQLite said no; the message has its words */
  GH_SERVER_ERROR_BUSY,     /* locked or full: worth another try later */
  GH_SERVER_ERROR_NEWER,    /* the database was written by a newer version */
  GH_SERVER_ERROR_OPTION,   /* the server was asked for something it does not do */
} GhServerError;

typedef enum
{
  GH_PROBLEM_MALFORMED,
  GH_PROBLEM_UNAUTHORIZED,
  GH_PROBLEM_FORBIDDEN,
  GH_PROBLEM_NOT_FOUND,
  GH_PROBLEM_METHOD_NOT_ALLOWED,
  GH_PROBLEM_NOT_ACCEPTABLE,
  GH_PROBLEM_TIMEOUT,
  GH_PROBLEM_KEY_IN_FLIGHT,
  GH_PROBLEM_STALE,
  GH_PROBLEM_TOO_LARGE,
  GH_PROBLEM_TARGET_TOO_LONG,
  GH_PROBLEM_MEDIA_TYPE,
  GH_PROBLEM_EXPECTATION,
  GH_PROBLEM_INVALID,
  GH_PROBLEM_KEY_REUSED,
  GH_PROBLEM_PRECONDITION_REQUIRED,
  GH_PROBLEM_TOO_MANY_REQUESTS,
  GH_PROBLEM_HEADERS_TOO_LARGE,
  GH_PROBLEM_INTERNAL,
  GH_PROBLEM_NOT_IMPLEMENTED,
  GH_PROBLEM_UNAVAILABLE,
  GH_PROBLEM_VERSION,
} GhProblemKind;

#define GH_N_PROBLEMS (GH_PROBLEM_VERSION + 1)

GQuark gh_server_error_quark (void);

guint gh_problem_get_status (GhProblemKind kind);
const char *gh_problem_get_type (GhProblemKind kind);

/* Makes the response this problem. The detail is one or two plain English sentences: what
 * was wrong and what to do. */
void
gh_server_response_refuse (GhServerResponse *response, GhProblemKind kind, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

/* The same with members of its own. Takes members. */
void gh_server_response_refuse_with (GhServerResponse *response,
                                     GhProblemKind kind,
                                     JsonObject *members,
                                     const char *detail);

/* A fault of the server's: 503 when it may pass, else 500. The words go to the server's own
 * log, not to the client. */
void gh_server_response_fail (GhServerResponse *response, const GError *error);

/* One item of the `errors` member. The pointer is made of one member name, RFC 6901. */
void
gh_problem_add_error (JsonArray *errors, const char *field, const char *code, const char *detail);

G_END_DECLS
