/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be applied to many workspaces: a draft, a baseline, or what each has drafted. */

#pragma once

#include "gh-baseline-store.h"
#include "gh-workspace.h"

G_BEGIN_DECLS

typedef struct
{
  char *title;         /* owned: for people, and for the record of the job */
  char *words;         /* owned: one sentence more */
  GHashTable *changes; /* owned: const GhSetting * -> GVariant *, or NULL: what each has */
} GhBulkChoice;

/* The drafted fields of a workspace that is open. */
GhBulkChoice *gh_bulk_choice_new_draft (GhWorkspace *workspace);
GhBulkChoice *gh_bulk_choice_new_baseline (const GhBaseline *baseline);
GhBulkChoice *gh_bulk_choice_new_own (void);
void gh_bulk_choice_free (GhBulkChoice *choice);

G_END_DECLS
