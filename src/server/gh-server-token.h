/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may do what. A token is 256 random bits, so its plain SHA-256 is what the server keeps:
 * a slow password hash defends secrets that can be guessed, and nobody guesses 256 bits
 * (NIST SP 800-63B-4 section 3.1.2.2 asks for a salt only below 112 bits). */

#pragma once

#include "gh-server-database.h"

G_BEGIN_DECLS

typedef enum
{
  GH_SERVER_SCOPE_NONE = 0,
  GH_SERVER_SCOPE_POLICY_READ = 1 << 0,  /* "policy:read" */
  GH_SERVER_SCOPE_POLICY_WRITE = 1 << 1, /* "policy:write" */
  GH_SERVER_SCOPE_AUDIT_READ = 1 << 2,   /* "audit:read" */
} GhServerScopes;

#define GH_SERVER_SCOPES_ALL                                                                       \
  (GH_SERVER_SCOPE_POLICY_READ | GH_SERVER_SCOPE_POLICY_WRITE | GH_SERVER_SCOPE_AUDIT_READ)

typedef enum
{
  GH_SERVER_ROLE_READER,        /* "reader": may look */
  GH_SERVER_ROLE_ADMINISTRATOR, /* "administrator": may look and change */
} GhServerRole;

/* A token as the server knows it. Reference counted and immutable. */
typedef struct
{
  gint64 id;
  char *name; /* the person or program it was given to; revisions and audit events carry it */
  GhServerRole role;
  GhServerScopes scopes;
  GHashTable *workspaces; /* set of ids it is limited to, or NULL for all */
  gint64 created;
  gint64 expires; /* 0 for never */
  gint64 revoked; /* 0 for not */
} GhServerIdentity;

GhServerIdentity *gh_server_identity_new (void);
GhServerIdentity *gh_server_identity_ref (GhServerIdentity *self);
void gh_server_identity_unref (GhServerIdentity *self);
gboolean gh_server_identity_may_see (const GhServerIdentity *self, const char *workspace);
gboolean gh_server_identity_is_current (const GhServerIdentity *self);

const char *gh_server_role_to_string (GhServerRole role);
gboolean gh_server_role_from_string (const char *text, GhServerRole *role);
GStrv gh_server_scopes_to_strv (GhServerScopes scopes);
gboolean gh_server_scopes_from_string (const char *text,
                                       GhServerScopes *scopes); /* by spaces or commas */

/* Makes a token of what template says (its id and created are filled in) and answers with its
 * text, which is nowhere else. workspaces is a NULL-terminated list, or NULL for all. */
char *gh_server_token_make (GhServerDatabase *database,
                            GhServerIdentity *template,
                            const char *const *workspaces,
                            GError **error);

GBytes *gh_server_token_hash (const char *token);

/* NULL without an error when there is no such token. It may be expired or revoked. */
GhServerIdentity *
gh_server_token_look_up (GhServerDatabase *database, GBytes *hash, GError **error);

/* Of GhServerIdentity, oldest first. */
GPtrArray *gh_server_tokens_list (GhServerDatabase *database, GError **error);
gboolean
gh_server_token_revoke (GhServerDatabase *database, gint64 id, gboolean *found, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhServerIdentity, gh_server_identity_unref)

G_END_DECLS
