/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One workspace as the store has it: policy and draft, of one moment. */

#pragma once

#include "gh-draft-store.h"
#include "gh-workspace-store.h"

G_BEGIN_DECLS

typedef struct
{
  GhCachedPolicy *cached; /* NULL when none was ever read from the server */
  GhDraft *draft;
} GhSnapshot;

void gh_snapshot_load_async (GhDatabase *database,
                             const GhWorkspaceKey *key,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
GhSnapshot *gh_snapshot_load_finish (GAsyncResult *result, GError **error);
void gh_snapshot_free (GhSnapshot *snapshot);

/* The cached policy with the draft over it. There must be one. */
GhPolicy *gh_snapshot_dup_policy (const GhSnapshot *snapshot);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhSnapshot, gh_snapshot_free)

G_END_DECLS
