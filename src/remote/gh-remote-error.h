/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can go wrong between this computer and a server. Errors of this domain carry the
 * server's problem+json where it sent one. */

#pragma once

#include "gh-problem.h"

G_BEGIN_DECLS

#define GH_REMOTE_ERROR (gh_remote_error_quark ())

typedef enum
{
  GH_REMOTE_ERROR_UNREACHABLE, /* no network, no such host, connection refused */
  GH_REMOTE_ERROR_TIMED_OUT,   /* the total deadline of the request passed */
  GH_REMOTE_ERROR_TLS,         /* expired, wrong host, unknown issuer: the message says which */
  GH_REMOTE_ERROR_SIGN_IN,     /* 401, or no credential at hand */
  GH_REMOTE_ERROR_FORBIDDEN,   /* 403 */
  GH_REMOTE_ERROR_NOT_FOUND,   /* 404 */
  GH_REMOTE_ERROR_CONFLICT,    /* 412: the server moved meanwhile */
  GH_REMOTE_ERROR_REFUSED,     /* 400, 409, 413, 415, 422, 428 … */
  GH_REMOTE_ERROR_BUSY,        /* 429 and 503 */
  GH_REMOTE_ERROR_SERVER,      /* any other 5xx */
  GH_REMOTE_ERROR_PROTOCOL,    /* an answer the API does not allow: redirect, bad JSON, too large */
  GH_REMOTE_ERROR_LOST,        /* a write left and no answer came: it may have been applied */
  GH_REMOTE_ERROR_ADDRESS,     /* the base URL cannot be used */
} GhRemoteError;

GQuark gh_remote_error_quark (void);

/* Of an error of this domain; NULL when the server sent no problem+json. */
const GhProblem *gh_remote_error_get_problem (const GError *error);

/* Whether nothing is known of the write's fate. */
gboolean gh_remote_error_is_ambiguous (const GError *error);
gboolean gh_remote_error_is_offline (const GError *error);

G_END_DECLS
