/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a handler works with: a database connection of its thread's own, the options, and
 * what has been read before and still holds. */

#pragma once

#include "gh-server.h"
#include "gh-server-database.h"
#include "gh-server-limiter.h"
#include "gh-server-revision.h"
#include "gh-server-token.h"

G_BEGIN_DECLS

typedef struct
{
  GhServerDatabase *database;
  const GhServerOptions *options; /* borrowed */
  GhServerLimiter *limiter;       /* borrowed, or NULL */
  GHashTable *identities;         /* hash of a token (GBytes) -> GhServerIdentity */
  GHashTable *revisions;          /* workspace id -> its current GhServerRevision */
  gint64 version;                 /* of the database, when these were read */
} GhServerContext;

GhServerContext *gh_server_context_new (const GhServerOptions *options, GError **error);
void gh_server_context_free (GhServerContext *self);

/* Forgets what was read before when anything has been written since: called once a request. */
void gh_server_context_refresh (GhServerContext *self);

/* Both NULL without an error when there is none. */
GhServerIdentity *
gh_server_context_dup_identity (GhServerContext *self, const char *token, GError **error);
GhServerRevision *
gh_server_context_dup_revision (GhServerContext *self, const char *workspace, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhServerContext, gh_server_context_free)

G_END_DECLS
