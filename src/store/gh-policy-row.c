/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing a cached policy, and counting the writes to one workspace. */

#include <glib/gi18n-lib.h>

#include "gh-policy-json.h"
#include "gh-policy-row.h"
#include "gh-sqlite.h"

GhPolicyRow *
gh_policy_row_new (const GhWorkspaceKey *key, const GhCachedPolicy *cached)
{
  GhPolicyRow *row = g_new0 (GhPolicyRow, 1);

  row->key = gh_workspace_key_copy (key);
  if (cached != NULL)
    {
      row->policy = gh_policy_to_json_text (cached->policy);
      row->etag = g_strdup (cached->etag);
      row->revision = cached->revision;
    }

  return row;
}

void
gh_policy_row_free (GhPolicyRow *row)
{
  gh_workspace_key_free (row->key);
  g_free (row->policy);
  g_free (row->etag);
  g_free (row);
}

gboolean
gh_policy_row_write (const GhPolicyRow *row, sqlite3 *sqlite, GError **error)
{
  const GhWorkspaceKey *key = row->key;

  if (row->policy != NULL
      && !gh_sqlite_run (sqlite,
                         error,
                         "INSERT OR REPLACE INTO policies"
                         " (account, workspace, policy, etag, revision) VALUES (?, ?, ?, ?, ?)",
                         "ssssi",
                         key->account,
                         key->id,
                         row->policy,
                         row->etag,
                         row->revision))
    return FALSE;

  return gh_sqlite_run (sqlite,
                        error,
                        "UPDATE workspaces SET synced_at = ? WHERE account = ? AND id = ?",
                        "iss",
                        g_get_real_time (),
                        key->account,
                        key->id);
}

gint64
gh_workspace_key_bump (const GhWorkspaceKey *key, sqlite3 *sqlite, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gint64 generation = gh_sqlite_get_integer (
    sqlite,
    &local_error,
    0,
    "UPDATE workspaces SET generation = generation + 1 WHERE account = ? AND id = ?"
    " RETURNING generation",
    "ss",
    key->account,
    key->id);

  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (generation == 0)
    gh_workspace_key_set_gone_error (key, error);

  return generation;
}

gint64
gh_workspace_key_read_generation (const GhWorkspaceKey *key, sqlite3 *sqlite, GError **error)
{
  return gh_sqlite_get_integer (sqlite,
                                error,
                                -1,
                                "SELECT generation FROM workspaces WHERE account = ? AND id = ?",
                                "ss",
                                key->account,
                                key->id);
}

void
gh_workspace_key_set_gone_error (const GhWorkspaceKey *key, GError **error)
{
  g_set_error (error,
               GH_STORE_ERROR,
               GH_STORE_ERROR_NOT_FOUND,
               _ ("Account “%s” has no workspace “%s” any more."),
               key->account,
               key->id);
}

void
gh_workspace_key_set_stale_error (const GhWorkspaceKey *key, GError **error)
{
  g_set_error (error,
               GH_STORE_ERROR,
               GH_STORE_ERROR_STALE,
               _ ("The draft of “%s” was changed by another window or command meanwhile. Nothing "
                  "was written: look at it again, then repeat."),
               key->id);
}
