/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A cached policy on its way into the database: policies are not shared between threads,
 * their text is. Used inside this room. */

#pragma once

#include "gh-workspace-store.h"

G_BEGIN_DECLS

typedef struct
{
  GhWorkspaceKey *key;
  char *policy; /* JSON text; NULL when there is none to save */
  char *etag;
  gint64 revision;
} GhPolicyRow;

GhPolicyRow *gh_policy_row_new (const GhWorkspaceKey *key, const GhCachedPolicy *cached);
void gh_policy_row_free (GhPolicyRow *row);

/* On the database's thread: stores it as the base and notes when. */
gboolean gh_policy_row_write (const GhPolicyRow *row, sqlite3 *sqlite, GError **error);

/* Counts a write to the workspace's policy or draft. Returns the new generation, or 0 with
 * GH_STORE_ERROR_NOT_FOUND when the workspace is gone. */
gint64 gh_workspace_key_bump (const GhWorkspaceKey *key, sqlite3 *sqlite, GError **error);

/* As it stands now; -1 when the workspace is gone. */
gint64
gh_workspace_key_read_generation (const GhWorkspaceKey *key, sqlite3 *sqlite, GError **error);

void gh_workspace_key_set_gone_error (const GhWorkspaceKey *key, GError **error);
void gh_workspace_key_set_stale_error (const GhWorkspaceKey *key, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhPolicyRow, gh_policy_row_free)

G_END_DECLS
