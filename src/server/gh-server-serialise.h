/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An answer as the bytes of HTTP/1.1. */

#pragma once

#include "gh-server-message.h"

G_BEGIN_DECLS

/* The Date header's text, made again only when the second has changed. One a thread. */
typedef struct
{
  gint64 second;
  char text[32];
} GhServerDate;

typedef struct
{
  gboolean last;      /* the connection ends after this answer */
  gboolean unbounded; /* the body goes on until then, so its length is not told */
} GhServerFraming;

/* Appends the answer to bytes. request is NULL when it could not be read. */
void gh_server_serialise (GByteArray *bytes,
                          GhServerRequest *request,
                          GhServerResponse *response,
                          GhServerFraming framing,
                          GhServerDate *date);

G_END_DECLS
