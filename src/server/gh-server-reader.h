/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bytes from a client become requests: HTTP/1.0 and 1.1 as RFC 9112 has them, without the
 * leniences that let two programs read the same bytes differently. Everything is bounded. */

#pragma once

#include "gh-server-message.h"
#include "gh-server-problem.h"

G_BEGIN_DECLS

#define GH_SERVER_MAXIMUM_HEAD (16 * 1024)
#define GH_SERVER_MAXIMUM_TARGET (4 * 1024)
#define GH_SERVER_MAXIMUM_HEADERS 100
#define GH_SERVER_MAXIMUM_BODY (256 * 1024) /* every field at its greatest length fits well */

typedef struct _GhServerReader GhServerReader;

typedef enum
{
  GH_READER_MORE,     /* more bytes are needed */
  GH_READER_CONTINUE, /* more bytes are needed, and the client waits for 100 Continue */
  GH_READER_REQUEST,  /* a request is whole */
  GH_READER_REFUSED,  /* these bytes are no request; nothing after them can be trusted */
} GhReaderState;

GhServerReader *gh_server_reader_new (void);
void gh_server_reader_free (GhServerReader *self);

void gh_server_reader_add (GhServerReader *self, gconstpointer bytes, gsize length);

/* The next request, if there is one. When refused, kind and detail (static) say why. */
GhReaderState gh_server_reader_next (GhServerReader *self,
                                     GhServerRequest **request,
                                     GhProblemKind *kind,
                                     const char **detail);

/* TRUE between two requests: nothing of the next one has come. */
gboolean gh_server_reader_is_idle (GhServerReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhServerReader, gh_server_reader_free)

G_END_DECLS
