/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The reference server of the workspace policy API: one SQLite file, a few threads that read
 * and answer, one that writes. Each request is answered from what is on the disk, each write
 * is on the disk before its answer leaves.
 *
 * libsoup reads and holds header fields; the sockets are served by this room's own reader and
 * connections, because SoupServer has no bound on time or size and says itself that it is not
 * meant for clients that cannot be trusted. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GH_SERVER_DEFAULT_LISTEN "127.0.0.1:8470"
#define GH_SERVER_REQUEST_SECONDS 30       /* from a request's first byte to its last */
#define GH_SERVER_IDLE_SECONDS 75          /* before the first request, and between two */
#define GH_SERVER_MAXIMUM_CONNECTIONS 1024 /* for each worker */

typedef struct _GhServer GhServer;

typedef struct
{
  char *database;        /* path */
  char *listen;          /* ADDRESS:PORT, port 0 picks one; NULL for the default */
  char *tls_certificate; /* PEM file, or NULL for plain HTTP on loopback */
  char *tls_key;         /* PEM file */
  char *token_header;    /* name of another header a token may come in, or NULL */
  guint rate_limit;      /* requests a second and token, or 0 for no limit */
  guint n_workers;       /* threads that answer, or 0 for one a processor, 4 at most */
  guint request_seconds; /* or 0 for the default */
  guint idle_seconds;    /* or 0 for the default */
  guint n_connections;   /* at a time, of all workers; 0 for the default of each */
  gboolean request_log;  /* a line for each request on standard error */
  GPtrArray *faults;     /* of GhServerFault, or NULL: what to do wrong, for tests of clients */
} GhServerOptions;

void gh_server_options_clear (GhServerOptions *options);

/* Opens the database and the port. options are borrowed and must outlive the server. */
GhServer *gh_server_new (const GhServerOptions *options, GError **error);
void gh_server_start (GhServer *self);
const char *gh_server_get_url (GhServer *self); /* "http://127.0.0.1:8470" */

/* Takes no more connections, answers what has begun, writes everything down. Blocks for that,
 * a few seconds at most. */
void gh_server_stop (GhServer *self);
void gh_server_free (GhServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhServer, gh_server_free)

G_END_DECLS
