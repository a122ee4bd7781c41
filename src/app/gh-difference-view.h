/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How one policy differs from another: the settings, what that means, and the headers. */

#pragma once

#include <adwaita.h>

#include "gh-policy.h"

G_BEGIN_DECLS

#define GH_TYPE_DIFFERENCE_VIEW (gh_difference_view_get_type ())

G_DECLARE_FINAL_TYPE (GhDifferenceView, gh_difference_view, GH, DIFFERENCE_VIEW, AdwBin)

/* Signal: go-to (const char *field): somebody asked to be shown a field. */

/* site is the origin that the headers are sent from. With before NULL nothing is shown. */
void gh_difference_view_set_policies (GhDifferenceView *self,
                                      GhPolicy *before,
                                      GhPolicy *after,
                                      const char *site);
guint gh_difference_view_get_n_changes (GhDifferenceView *self);

/* A line each, "title: before → after", then the headers that change; for tests. */
char *gh_difference_view_dup_text (GhDifferenceView *self);

G_END_DECLS
