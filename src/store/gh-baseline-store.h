/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Baselines: policies kept under a name, to compare workspaces with and to apply to them. */

#pragma once

#include "gh-database.h"
#include "gh-policy.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;      /* unique, not empty, at most 64 characters */
  gint64 saved_at; /* microseconds since the epoch */
  GhPolicy *policy;
} GhBaseline;

void gh_baseline_free (GhBaseline *baseline);

/* Of GhBaseline, by name. */
void gh_baseline_store_list_async (GhDatabase *database,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
GPtrArray *
gh_baseline_store_list_finish (GhDatabase *database, GAsyncResult *result, GError **error);

/* Replaces one of the same name. */
void gh_baseline_store_save_async (GhDatabase *database,
                                   const char *name,
                                   GhPolicy *policy,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean gh_baseline_store_save_finish (GhDatabase *database, GAsyncResult *result, GError **error);

/* GH_STORE_ERROR_NOT_FOUND when there is none. */
void gh_baseline_store_remove_async (GhDatabase *database,
                                     const char *name,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean
gh_baseline_store_remove_finish (GhDatabase *database, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhBaseline, gh_baseline_free)

G_END_DECLS
