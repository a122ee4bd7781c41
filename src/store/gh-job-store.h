/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done to many workspaces, written down before it starts, so that it can be taken up
 * where it was cut off: what is to be drafted, where, and how far each target has come. */

#pragma once

#include "gh-database.h"
#include "gh-workspace-store.h"

G_BEGIN_DECLS

typedef enum
{
  GH_JOB_TARGET_WAITING, /* or it was under way when the program ended */
  GH_JOB_TARGET_DONE,
  GH_JOB_TARGET_CONFLICT,
  GH_JOB_TARGET_FAILED,
} GhJobTargetState;

typedef struct
{
  GhWorkspaceKey *key;
  GhJobTargetState state;
  gboolean drafted; /* the job's changes are in its draft: what is left is to apply that */
  char *message;    /* why it failed, or NULL */
} GhJobTarget;

typedef struct
{
  gint64 id;           /* 0: not written down yet */
  gint64 created_at;   /* microseconds since the epoch */
  char *title;         /* of what is applied, for people */
  char *reason;        /* or NULL */
  GHashTable *changes; /* const GhSetting * -> GVariant *, or NULL: what each has drafted */
  GPtrArray *targets;  /* of GhJobTarget, in their order */
} GhJobRecord;

/* Takes changes. */
GhJobRecord *gh_job_record_new (const char *title, const char *reason, GHashTable *changes);
GhJobTarget *gh_job_record_add (GhJobRecord *record, const GhWorkspaceKey *key);
void gh_job_record_free (GhJobRecord *record);

/* Writes down record, and gives its id, 0 on error. */
void gh_job_store_begin_async (GhDatabase *database,
                               const GhJobRecord *record,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gint64 gh_job_store_begin_finish (GhDatabase *database, GAsyncResult *result, GError **error);

/* How far one target has come. */
void gh_job_store_update_async (GhDatabase *database,
                                gint64 id,
                                const GhJobTarget *target,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean gh_job_store_update_finish (GhDatabase *database, GAsyncResult *result, GError **error);

/* Of GhJobRecord, oldest first. One that this version does not understand is left alone and
 * not listed. */
void gh_job_store_list_async (GhDatabase *database,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GPtrArray *gh_job_store_list_finish (GhDatabase *database, GAsyncResult *result, GError **error);

void gh_job_store_remove_async (GhDatabase *database,
                                gint64 id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean gh_job_store_remove_finish (GhDatabase *database, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhJobRecord, gh_job_record_free)

G_END_DECLS
