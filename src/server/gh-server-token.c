/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tokens: made from the kernel's randomness, kept as SHA-256, looked up by it. */

#include "gh-server-token.h"

#include <sys/random.h>

#include "gh-server-problem.h"

#define TOKEN_BYTES 32
#define HASH_BYTES 32
#define TOKEN_PREFIX "gh_" /* so that secret scanners can know it */

#define COLUMNS "id, name, role, scopes, limited, created, expires, revoked, hash"

static const struct
{
  GhServerScopes scope;
  const char *name;
} scope_names[] = {
  { GH_SERVER_SCOPE_POLICY_READ, "policy:read" },
  { GH_SERVER_SCOPE_POLICY_WRITE, "policy:write" },
  { GH_SERVER_SCOPE_AUDIT_READ, "audit:read" },
};

static const char *const role_names[] = {
  [GH_SERVER_ROLE_READER] = "reader",
  [GH_SERVER_ROLE_ADMINISTRATOR] = "administrator",
};

static void
identity_clear (gpointer data)
{
  GhServerIdentity *self = data;

  g_free (self->name);
  g_clear_pointer (&self->workspaces, g_hash_table_unref);
}

GhServerIdentity *
gh_server_identity_new (void)
{
  return g_atomic_rc_box_new0 (GhServerIdentity);
}

GhServerIdentity *
gh_server_identity_ref (GhServerIdentity *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
gh_server_identity_unref (GhServerIdentity *self)
{
  g_atomic_rc_box_release_full (self, identity_clear);
}

gboolean
gh_server_identity_may_see (const GhServerIdentity *self, const char *workspace)
{
  return self->workspaces == NULL || g_hash_table_contains (self->workspaces, workspace);
}

gboolean
gh_server_identity_is_current (const GhServerIdentity *self)
{
  return self->revoked == 0 && (self->expires == 0 || self->expires > g_get_real_time ());
}

const char *
gh_server_role_to_string (GhServerRole role)
{
  return role_names[role];
}

gboolean
gh_server_role_from_string (const char *text, GhServerRole *role)
{
  for (guint i = 0; i < G_N_ELEMENTS (role_names); i++)
    if (g_strcmp0 (text, role_names[i]) == 0)
      {
        *role = (GhServerRole) i;
        return TRUE;
      }
  return FALSE;
}

GStrv
gh_server_scopes_to_strv (GhServerScopes scopes)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (scope_names); i++)
    if (scopes & scope_names[i].scope)
      g_strv_builder_add (builder, scope_names[i].name);
  return g_strv_builder_end (builder);
}

gboolean
gh_server_scopes_from_string (const char *text, GhServerScopes *scopes)
{
  g_auto (GStrv) words = g_strsplit_set (text, " ,", -1);

  *scopes = GH_SERVER_SCOPE_NONE;
  for (guint i = 0; words[i] != NULL; i++)
    {
      GhServerScopes found = GH_SERVER_SCOPE_NONE;

      for (guint j = 0; j < G_N_ELEMENTS (scope_names); j++)
        if (g_str_equal (words[i], scope_names[j].name))
          found = scope_names[j].scope;
      if (found == GH_SERVER_SCOPE_NONE && *words[i] != '\0')
        return FALSE;
      *scopes |= found;
    }
  return TRUE;
}

static char *
make_secret (GError **error)
{
  guint8 secret[TOKEN_BYTES];
  g_autofree char *text = NULL;

  if (getrandom (secret, sizeof secret, 0) != (ssize_t) sizeof secret)
    {
      g_set_error_literal (error,
                           GH_SERVER_ERROR,
                           GH_SERVER_ERROR_OPTION,
                           "The system gave no random bytes for a token.");
      return NULL;
    }
  text = g_base64_encode (secret, sizeof secret);
  explicit_bzero (secret, sizeof secret);
  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  return g_strconcat (TOKEN_PREFIX, g_strdelimit (text, "=", '\0'), NULL);
}

static gboolean
insert_workspaces (GhServerDatabase *database,
                   gint64 token,
                   const char *const *workspaces,
                   GError **error)
{
  for (guint i = 0; workspaces != NULL && workspaces[i] != NULL; i++)
    if (!gh_server_database_run (database,
                                 error,
                                 "INSERT OR IGNORE INTO token_workspaces VALUES (?, ?)",
                                 "is",
                                 token,
                                 workspaces[i]))
      return FALSE;
  return TRUE;
}

GBytes *
gh_server_token_hash (const char *token)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[HASH_BYTES];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const guchar *) token, -1);
  g_checksum_get_digest (checksum, digest, &length);
  return g_bytes_new (digest, length);
}

char *
gh_server_token_make (GhServerDatabase *database,
                      GhServerIdentity *template,
                      const char *const *workspaces,
                      GError **error)
{
  g_autofree char *token = make_secret (error);
  g_autoptr (GBytes) hash = token != NULL ? gh_server_token_hash (token) : NULL;
  g_auto (GStrv) scopes = gh_server_scopes_to_strv (template->scopes);
  g_autofree char *scope_text = g_strjoinv (" ", scopes);
  gboolean done;

  if (token == NULL || !gh_server_database_execute (database, "BEGIN IMMEDIATE", error))
    return NULL;
  template->created = g_get_real_time ();
  template->id = gh_server_database_get_number (
    database,
    -1,
    error,
    "INSERT INTO tokens (hash, name, role, scopes, limited, created, expires)"
    " VALUES (?, ?, ?, ?, ?, ?, nullif (?, 0)) RETURNING id",
    "bsssiii",
    hash,
    template->name,
    gh_server_role_to_string (template->role),
    scope_text,
    (gint64) (workspaces != NULL),
    template->created,
    template->expires);
  done = template->id >= 0 && insert_workspaces (database, template->id, workspaces, error)
         && gh_server_database_run (database,
                                    error,
                                    "INSERT INTO audit_events (at, by, action, reason)"
                                    " VALUES (?, 'gatehouse-server', 'token.made', ?)",
                                    "is",
                                    template->created,
                                    template->name);
  if (!gh_server_database_execute (database, done ? "COMMIT" : "ROLLBACK", done ? error : NULL)
      || !done)
    return NULL;
  return g_steal_pointer (&token);
}

static GHashTable *
read_workspaces (GhServerDatabase *database, gint64 token, GError **error)
{
  g_autoptr (GHashTable) workspaces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GhServerStatement) statement = gh_server_database_query (
    database, &failure, "SELECT workspace FROM token_workspaces WHERE token = ?", "i", token);

  while (statement != NULL && gh_server_statement_next (statement, &failure))
    g_hash_table_add (workspaces, g_strdup (gh_server_statement_get_text (statement, 0)));
  if (failure == NULL)
    return g_steal_pointer (&workspaces);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/* A row with a role or scope this version does not know gives no rights, not all of them. */
static GhServerIdentity *
read_identity (GhServerDatabase *database, GhServerStatement *statement, GError **error)
{
  g_autoptr (GhServerIdentity) self = gh_server_identity_new ();

  self->id = gh_server_statement_get_number (statement, 0);
  self->name = g_strdup (gh_server_statement_get_text (statement, 1));
  if (!gh_server_role_from_string (gh_server_statement_get_text (statement, 2), &self->role))
    self->role = GH_SERVER_ROLE_READER;
  if (!gh_server_scopes_from_string (gh_server_statement_get_text (statement, 3), &self->scopes))
    self->scopes = GH_SERVER_SCOPE_NONE;
  self->created = gh_server_statement_get_number (statement, 5);
  self->expires = gh_server_statement_get_number (statement, 6);
  self->revoked = gh_server_statement_get_number (statement, 7);
  if (gh_server_statement_get_number (statement, 4) != 0)
    {
      self->workspaces = read_workspaces (database, self->id, error);
      if (self->workspaces == NULL)
        return NULL;
    }
  return g_steal_pointer (&self);
}

/* The index finds the hash, never the token, so how long that takes says nothing of use; the
 * comparison that lets somebody in takes the same time for every wrong hash all the same. */
static gboolean
hash_matches (GBytes *hash, GhServerStatement *statement)
{
  const guint8 *wanted = g_bytes_get_data (hash, NULL);
  const guint8 *stored = sqlite3_column_blob (statement, 8);
  guint8 difference = 0;

  if (sqlite3_column_bytes (statement, 8) != HASH_BYTES)
    return FALSE;
  for (guint i = 0; i < HASH_BYTES; i++)
    difference |= wanted[i] ^ stored[i];
  return difference == 0;
}

GhServerIdentity *
gh_server_token_look_up (GhServerDatabase *database, GBytes *hash, GError **error)
{
  g_autoptr (GhServerStatement) statement = gh_server_database_query (
    database, error, "SELECT " COLUMNS " FROM tokens WHERE hash = ?", "b", hash);

  if (statement == NULL || !gh_server_statement_next (statement, error)
      || !hash_matches (hash, statement))
    return NULL;
  return read_identity (database, statement, error);
}

GPtrArray *
gh_server_tokens_list (GhServerDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) tokens
    = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_server_identity_unref);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GhServerStatement) statement = gh_server_database_query (
    database, &failure, "SELECT " COLUMNS " FROM tokens ORDER BY id", "");

  while (statement != NULL && failure == NULL && gh_server_statement_next (statement, &failure))
    {
      GhServerIdentity *identity = read_identity (database, statement, &failure);

      if (identity != NULL)
        g_ptr_array_add (tokens, identity);
    }
  if (failure == NULL)
    return g_steal_pointer (&tokens);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static gboolean
revoke_one (GhServerDatabase *database, gint64 id, gboolean *found, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 now = g_get_real_time ();

  *found = gh_server_database_get_number (
             database,
             0,
             &failure,
             "UPDATE tokens SET revoked = ? WHERE id = ? AND revoked IS NULL RETURNING id",
             "ii",
             now,
             id)
           > 0;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return !*found
         || gh_server_database_run (database,
                                    error,
                                    "INSERT INTO audit_events (at, by, action, reason)"
                                    " SELECT ?, 'gatehouse-server', 'token.revoked', name"
                                    " FROM tokens WHERE id = ?",
                                    "ii",
                                    now,
                                    id);
}

gboolean
gh_server_token_revoke (GhServerDatabase *database, gint64 id, gboolean *found, GError **error)
{
  gboolean done;

  if (!gh_server_database_execute (database, "BEGIN IMMEDIATE", error))
    return FALSE;
  done = revoke_one (database, id, found, error);
  return gh_server_database_execute (database, done ? "COMMIT" : "ROLLBACK", done ? error : NULL)
         && done;
}
