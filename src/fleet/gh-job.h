/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One thing applied to many workspaces: a list model of what became of each.
 *
 * The job and its targets are written down before it starts, what it drafts is durable
 * before anything is sent, and what is sent is journalled for each workspace: a job that was
 * cut off is listed again at the next start, and running it does what is left and nothing
 * twice. */

#pragma once

#include "gh-fleet.h"

G_BEGIN_DECLS

#define GH_TYPE_JOB (gh_job_get_type ())
#define GH_TYPE_JOB_ITEM (gh_job_item_get_type ())
#define GH_TYPE_JOB_STATE (gh_job_state_get_type ())

G_DECLARE_FINAL_TYPE (GhJob, gh_job, GH, JOB, GObject)
G_DECLARE_FINAL_TYPE (GhJobItem, gh_job_item, GH, JOB_ITEM, GObject)

typedef enum
{
  GH_JOB_ITEM_WAITING,
  GH_JOB_ITEM_RUNNING,
  GH_JOB_ITEM_DONE,
  GH_JOB_ITEM_CONFLICT, /* the server moved meanwhile: to be looked at */
  GH_JOB_ITEM_FAILED,
} GhJobItemState;

GType gh_job_state_get_type (void);

/* Properties of an item, read-only and notified: workspace (GhWorkspace, NULL when it is
 * there no longer), state (GhJobItemState), message (string or NULL). */
GhWorkspace *gh_job_item_get_workspace (GhJobItem *self);
char *gh_job_item_dup_name (GhJobItem *self);
GhJobItemState gh_job_item_get_state (GhJobItem *self);
const char *gh_job_item_get_message (GhJobItem *self);

/* workspaces: of GhWorkspace. changes maps GhSetting to the GVariant that is drafted in each
 * before it is applied; NULL applies the drafts that are there. title says what is applied,
 * for people. A workspace that has another revision by then than now counts as a conflict,
 * for nobody has seen what would be changed there; running again takes it.
 * Properties, read-only and notified at most ten times a second: n-done, n-failed (guint,
 * conflicts counted as failed), active (gboolean). */
GhJob *gh_job_new (GhFleet *fleet,
                   GPtrArray *workspaces,
                   GHashTable *changes,
                   const char *title,
                   const char *reason);
const char *gh_job_get_title (GhJob *self);
guint gh_job_get_n_done (GhJob *self);
guint gh_job_get_n_failed (GhJob *self);
gboolean gh_job_get_active (GhJob *self);

/* Runs all that is not done yet, `window` at a time (0: GH_CLIENT_WINDOW): again after a
 * failure, it is the retry of the failed. Cancelling lets what runs come to its end.
 * GH_FLEET_ERROR_PARTIAL when some failed. The job is forgotten once all is done. */
void gh_job_run_async (GhJob *self,
                       guint window,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
gboolean gh_job_run_finish (GhJob *self, GAsyncResult *result, GError **error);

/* Jobs that were cut off or ended with failures, and that no program on this computer has in
 * its hands. Of GhJob. */
void gh_job_list_async (GhFleet *fleet,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
GPtrArray *gh_job_list_finish (GhFleet *fleet, GAsyncResult *result, GError **error);

/* Forgets a job. What it has drafted stays drafted. */
void gh_job_discard_async (GhJob *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean gh_job_discard_finish (GhJob *self, GAsyncResult *result, GError **error);

G_END_DECLS
