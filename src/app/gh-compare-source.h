/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Something that a workspace can be compared with: another one, a baseline, or what is
 * recommended. */

#pragma once

#include "gh-baseline-store.h"
#include "gh-workspace.h"

G_BEGIN_DECLS

#define GH_TYPE_COMPARE_SOURCE (gh_compare_source_get_type ())

G_DECLARE_FINAL_TYPE (GhCompareSource, gh_compare_source, GH, COMPARE_SOURCE, GObject)

GhCompareSource *gh_compare_source_new_recommended (void);
GhCompareSource *gh_compare_source_new_baseline (const GhBaseline *baseline);
GhCompareSource *gh_compare_source_new_workspace (GhWorkspace *workspace);

gboolean gh_compare_source_equal (GhCompareSource *self, GhCompareSource *other);
const char *gh_compare_source_get_title (GhCompareSource *self);
GhWorkspace *gh_compare_source_get_workspace (GhCompareSource *self); /* or NULL */

/* Whether its policy can be had now: a workspace has to be open for that. */
gboolean gh_compare_source_is_ready (GhCompareSource *self);

/* The baseline, or the workspace's values with its draft over them. NULL for what is
 * recommended, as gh_compare() takes it. */
GhPolicy *gh_compare_source_dup_policy (GhCompareSource *self);

/* For a drop-down: says what kind of thing it is, too. */
char *gh_compare_source_dup_line (gpointer source, gpointer user_data);

G_END_DECLS
