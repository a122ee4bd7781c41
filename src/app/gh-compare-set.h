/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workspace and what it is compared with, and what follows from that, kept up to date. */

#pragma once

#include "gh-compare-source.h"
#include "gh-compare.h"

G_BEGIN_DECLS

#define GH_TYPE_COMPARE_SET (gh_compare_set_get_type ())

G_DECLARE_FINAL_TYPE (GhCompareSet, gh_compare_set, GH, COMPARE_SET, GObject)

/* Columns of a comparison, the workspace's own among them: as many as can be read beside each
 * other. */
#define GH_COMPARE_MAXIMUM 10

/* Stands for all columns to which a value can be copied. */
#define GH_COMPARE_ALL G_MAXUINT

/* Signals:
 *   changed                      sources, columns or the comparison are new
 *   failed (const char *words)   something could not be read or drafted */
GhCompareSet *gh_compare_set_new (void);

void gh_compare_set_set_workspace (GhCompareSet *self, GhWorkspace *workspace); /* or NULL */
GhWorkspace *gh_compare_set_get_workspace (GhCompareSet *self);

/* Nothing is added twice. A workspace is opened first and becomes a column when that is done;
 * it is removed again when it cannot be opened. */
void gh_compare_set_add (GhCompareSet *self, GhCompareSource *source);
void gh_compare_set_remove (GhCompareSet *self, GhCompareSource *source);

GPtrArray *gh_compare_set_get_sources (GhCompareSet *self); /* of GhCompareSource */
GPtrArray *gh_compare_set_get_columns (GhCompareSet *self); /* of GhCompareSource */

/* NULL without a workspace or before it is open. */
const GhComparison *gh_compare_set_get_comparison (GhCompareSet *self);
const GhDifference *gh_compare_set_find (GhCompareSet *self, const char *field); /* or NULL */

/* Drafts what one column has in another, or in all with GH_COMPARE_ALL. How many workspaces
 * took the value. */
guint gh_compare_set_copy (GhCompareSet *self, const char *field, guint from, guint to);

G_END_DECLS
