/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One setting that differs, with the value that each of the compared has. */

#pragma once

#include <adwaita.h>

#include "gh-compare-set.h"

G_BEGIN_DECLS

#define GH_TYPE_COMPARE_ROW (gh_compare_row_get_type ())

G_DECLARE_FINAL_TYPE (GhCompareRow, gh_compare_row, GH, COMPARE_ROW, AdwBin)

/* Its menus call the action compare.copy(suu): a field, the column that has the value, and
 * the column that is to have it, or GH_COMPARE_ALL. */
GtkWidget *gh_compare_row_new (void);

/* sources: of GhCompareSource, one for each value. */
void gh_compare_row_show (GhCompareRow *self, const GhDifference *difference, GPtrArray *sources);

G_END_DECLS
