/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Three-way merge, field by field, of a draft into a base that moved meanwhile.
 *
 *   only they changed      taken
 *   only you changed       stays drafted
 *   both, to the same      taken, no draft left
 *   both, to different     a conflict, but string lists merge by element first: what either
 *                          removed is gone, what either added is there. A list conflicts
 *                          only where one side removed all that was there while the other
 *                          added to it, or where the field refuses the merged list. */

#pragma once

#include "gh-policy.h"

G_BEGIN_DECLS

typedef struct
{
  const GhSetting *setting;
  GVariant *base;   /* owned: what both started from */
  GVariant *theirs; /* owned */
  GVariant *yours;  /* owned */
} GhConflict;

typedef struct
{
  GhPolicy *theirs;     /* owned: the new base */
  GPtrArray *taken;     /* of GhSetting *: fields they changed and you had not, in table order */
  GHashTable *drafts;   /* GhSetting * -> GVariant: the draft over theirs, conflicts excluded */
  GPtrArray *conflicts; /* of GhConflict, in table order */
} GhMerge;

/* drafts maps GhSetting to GVariant, over base. */
GhMerge *gh_merge (const GhPolicy *base, GhPolicy *theirs, GHashTable *drafts);
void gh_merge_free (GhMerge *merge);
void gh_conflict_free (GhConflict *conflict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhMerge, gh_merge_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhConflict, gh_conflict_free)

G_END_DECLS
