/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A handler's surroundings, with a small cache that one number of SQLite's keeps honest. */

#include "gh-server-context.h"

#define MAXIMUM_CACHED 2000
#define MAXIMUM_TOKEN_LENGTH 256

GhServerContext *
gh_server_context_new (const GhServerOptions *options, GError **error)
{
  g_autoptr (GhServerContext) self = g_new0 (GhServerContext, 1);

  self->options = options;
  self->identities = g_hash_table_new_full (g_bytes_hash,
                                            g_bytes_equal,
                                            (GDestroyNotify) g_bytes_unref,
                                            (GDestroyNotify) gh_server_identity_unref);
  self->revisions = g_hash_table_new_full (
    g_str_hash, g_str_equal, g_free, (GDestroyNotify) gh_server_revision_unref);
  self->database = gh_server_database_open (options->database, error);
  return self->database != NULL ? g_steal_pointer (&self) : NULL;
}

void
gh_server_context_free (GhServerContext *self)
{
  g_hash_table_unref (self->identities);
  g_hash_table_unref (self->revisions);
  g_clear_pointer (&self->database, gh_server_database_close);
  g_free (self);
}

void
gh_server_context_refresh (GhServerContext *self)
{
  gint64 version = gh_server_database_get_version (self->database);

  if (version == self->version)
    return;
  g_hash_table_remove_all (self->identities);
  g_hash_table_remove_all (self->revisions);
  self->version = version;
}

static void
make_room (GHashTable *cache)
{
  if (g_hash_table_size (cache) >= MAXIMUM_CACHED)
    g_hash_table_remove_all (cache);
}

GhServerIdentity *
gh_server_context_dup_identity (GhServerContext *self, const char *token, GError **error)
{
  g_autoptr (GBytes) hash = NULL;
  GhServerIdentity *identity;

  if (strlen (token) > MAXIMUM_TOKEN_LENGTH)
    return NULL;
  hash = gh_server_token_hash (token);
  identity = g_hash_table_lookup (self->identities, hash);
  if (identity != NULL)
    return gh_server_identity_ref (identity);
  identity = gh_server_token_look_up (self->database, hash, error);
  if (identity == NULL)
    return NULL;
  make_room (self->identities);
  g_hash_table_insert (
    self->identities, g_steal_pointer (&hash), gh_server_identity_ref (identity));
  return identity;
}

GhServerRevision *
gh_server_context_dup_revision (GhServerContext *self, const char *workspace, GError **error)
{
  GhServerRevision *revision = g_hash_table_lookup (self->revisions, workspace);

  if (revision != NULL)
    return gh_server_revision_ref (revision);
  revision = gh_server_revision_load (self->database, workspace, 0, error);
  if (revision == NULL)
    return NULL;
  make_room (self->revisions);
  g_hash_table_insert (self->revisions, g_strdup (workspace), gh_server_revision_ref (revision));
  return revision;
}
