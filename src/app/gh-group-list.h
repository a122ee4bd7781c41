/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The groups of settings and the other pages of a workspace, with counts of drafted changes
 * and of warnings, and a search that finds any setting. */

#pragma once

#include <adwaita.h>

#include "gh-form-context.h"

G_BEGIN_DECLS

#define GH_TYPE_GROUP_LIST (gh_group_list_get_type ())

G_DECLARE_FINAL_TYPE (GhGroupList, gh_group_list, GH, GROUP_LIST, AdwBin)

/* Signal `opened` (const char *page): a group's id, "page-headers", "page-compare" or
 * "page-history". */
void gh_group_list_set_context (GhGroupList *self, GhFormContext *context);
void gh_group_list_select (GhGroupList *self, const char *page);
const char *gh_group_list_get_title (GhGroupList *self, const char *page);

/* Puts the keyboard into the search; with text also searches. */
void gh_group_list_start_search (GhGroupList *self, const char *text);

/* What the search shows now, of GhSetting, in the order of the rows. */
GPtrArray *gh_group_list_dup_found (GhGroupList *self);
void gh_group_list_open_found (GhGroupList *self, guint index);

G_END_DECLS
