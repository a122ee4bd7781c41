/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rows of one workspace's draft, on the database's thread. Rows whose field or value
 * this version does not understand are skipped and left alone. Used inside this room. */

#pragma once

#include "gh-document.h"
#include "gh-workspace-store.h"

G_BEGIN_DECLS

typedef enum
{
  GH_DRAFT_ROWS_DRAFTS,
  GH_DRAFT_ROWS_CONFLICTS,
} GhDraftRows;

/* GhSetting to GVariant. */
GHashTable *gh_draft_rows_new_table (void);
GHashTable *
gh_draft_rows_read (sqlite3 *sqlite, const GhWorkspaceKey *key, GhDraftRows rows, GError **error);

/* NULL without an error when it is not drafted. */
GVariant *gh_draft_rows_read_draft (sqlite3 *sqlite,
                                    const GhWorkspaceKey *key,
                                    const GhSetting *setting,
                                    GError **error);

/* value NULL: no longer drafted, and then no longer in conflict either. */
gboolean gh_draft_rows_write_draft (sqlite3 *sqlite,
                                    const GhWorkspaceKey *key,
                                    const GhSetting *setting,
                                    GVariant *value,
                                    GError **error);

/* The rows become what the table says. */
gboolean gh_draft_rows_replace (sqlite3 *sqlite,
                                const GhWorkspaceKey *key,
                                GHashTable *drafts,
                                GHashTable *conflicts,
                                GError **error);

gboolean gh_draft_rows_settle (sqlite3 *sqlite,
                               const GhWorkspaceKey *key,
                               const GhSetting *setting,
                               GError **error);

/* What a write hands from the database's thread: the generation it made, NULL for none. Stealing
 * frees it and gives 0 for NULL. */
gpointer gh_draft_rows_make_result (gint64 generation);
gint64 gh_draft_rows_steal_result (gint64 *result);

/* Drops the drafts that are equal to the cached policy. */
gboolean gh_draft_rows_drop_equal (sqlite3 *sqlite, const GhWorkspaceKey *key, GError **error);

G_END_DECLS
