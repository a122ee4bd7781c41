/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several policies beside each other: which fields differ between them, or from a baseline. */

#pragma once

#include "gh-policy.h"

G_BEGIN_DECLS

typedef struct
{
  const GhSetting *setting;
  GPtrArray *values; /* of GVariant or NULL, owned: one for each policy, in their order */
} GhDifference;

typedef struct
{
  GPtrArray *titles;      /* of char *: one for each policy, the baseline's first */
  GPtrArray *differences; /* of GhDifference, in table order */
  gboolean has_baseline;  /* the first column is one */
} GhComparison;

/* baseline may be NULL: then the policies are compared with each other. titles are those of
 * the policies; there must be as many. A NULL among the policies stands for the recommended
 * values; a field for which no value is recommended has NULL there, which differs from
 * nothing. */
GhComparison *gh_compare (GPtrArray *policies,
                          const char *const *titles,
                          const GhPolicy *baseline,
                          const char *baseline_title);
void gh_comparison_free (GhComparison *comparison);

/* Whether a column of a row differs from the first one that has a value. */
gboolean gh_difference_is_odd (const GhDifference *difference, guint column);

/* RFC 4180: a head line, then one line a field, its values in their text form. A value that
 * a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV
 * injection). */
char *gh_comparison_to_csv (const GhComparison *comparison);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhComparison, gh_comparison_free)

G_END_DECLS
