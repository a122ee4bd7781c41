/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The open workspace beside others, baselines and what is recommended: only what differs. */

#pragma once

#include <adwaita.h>

#include "gh-compare-set.h"
#include "gh-fleet.h"

G_BEGIN_DECLS

#define GH_TYPE_COMPARE_VIEW (gh_compare_view_get_type ())

G_DECLARE_FINAL_TYPE (GhCompareView, gh_compare_view, GH, COMPARE_VIEW, AdwBin)

/* Actions: compare.add, compare.export, compare.copy(suu) as GhCompareRow has it. */
GtkWidget *gh_compare_view_new (void);
void gh_compare_view_set_fleet (GhCompareView *self, GhFleet *fleet);
GhCompareSet *gh_compare_view_get_set (GhCompareView *self);

/* Writes what is shown as RFC 4180 has it, and says how that ended. */
void gh_compare_view_export (GhCompareView *self, GFile *file);

/* For tests. */
const char *gh_compare_view_get_summary (GhCompareView *self);
guint gh_compare_view_get_n_differences (GhCompareView *self);
guint gh_compare_view_get_n_columns (GhCompareView *self);

G_END_DECLS
