/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of a job share. */

#pragma once

#include "gh-job-store.h"
#include "gh-job.h"

G_BEGIN_DECLS

struct _GhJobItem
{
  GObject parent_instance;

  GhWorkspaceKey *key;
  GhWorkspace *workspace; /* or NULL */
  GhJobItemState state;
  gboolean drafted; /* the job's changes are in its draft */
  gint64 revision;  /* that was looked at; 0 for any */
  char *message;    /* or NULL */
};

struct _GhJob
{
  GObject parent_instance;

  GhDatabase *database;
  gint64 id;           /* in the store, 0 until it is there */
  int lock;            /* held by the program that has it in its hands */
  GPtrArray *items;    /* of GhJobItem */
  GHashTable *changes; /* GhSetting -> GVariant, or NULL */
  char *title;
  char *reason; /* or NULL */
  guint n_done;
  guint n_failed;
  gboolean active;
  gint64 notified_at; /* monotonic */
};

GhJob *
gh_job_new_empty (GhFleet *fleet, GHashTable *changes, const char *title, const char *reason);
void gh_job_count (GhJob *self);
gboolean gh_job_take_lock (GhJob *self); /* FALSE: another program has it in its hands */

/* workspace may be NULL. */
GhJobItem *gh_job_item_new (const GhWorkspaceKey *key, GhWorkspace *workspace);
void gh_job_item_set (GhJobItem *self, GhJobItemState state, const char *message);

/* Starts and ends one item, as gh_each_async() wants it, with the job as data. The end is
 * written down. */
void gh_job_start_item (gpointer item,
                        gpointer job,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
void gh_job_end_item (gpointer item, gpointer job, GObject *source, GAsyncResult *result);

/* Something moved: counts are told, but not too often. */
void gh_job_tell (GhJob *self);

G_END_DECLS
