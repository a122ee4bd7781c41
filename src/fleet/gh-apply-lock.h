/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One write at a time for each workspace, over all programs on this computer: an advisory
 * lock that goes when its holder does, so that an entry of the journal whose lock is free is
 * one that nobody waits for any more. */

#pragma once

#include "gh-workspace-store.h"

G_BEGIN_DECLS

#define GH_APPLY_LOCK_NONE (-1)

/* A descriptor to be closed, or GH_APPLY_LOCK_NONE when another program has it. */
int gh_apply_lock_take (const char *database_path, const GhWorkspaceKey *key);
void gh_apply_lock_release (int *lock);

G_END_DECLS
