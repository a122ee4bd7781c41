/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drafts and the steps that made them, field by field, so that two processes that edit
 * one workspace never overwrite each other's fields. Every call that writes is one
 * transaction, durable when it finishes. */

#pragma once

#include "gh-database.h"
#include "gh-document.h"
#include "gh-workspace-store.h"

G_BEGIN_DECLS

typedef struct
{
  GHashTable *drafts;    /* const GhSetting * -> GVariant * */
  GHashTable *conflicts; /* const GhSetting * -> GVariant *: of each field that waits for a
                            choice, the value both sides started from */
  GPtrArray *steps;      /* of GhStep, oldest first */
  guint position;        /* how many of them are done; the rest can be redone */
  gint64 generation;     /* grows with every write, whoever made it */
} GhDraft;

void gh_draft_free (GhDraft *draft);

void gh_draft_store_load_async (GhDatabase *database,
                                const GhWorkspaceKey *key,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
GhDraft *gh_draft_store_load_finish (GhDatabase *database, GAsyncResult *result, GError **error);

/* Writes down what a document just said with its `steps` signal. Returns the new generation,
 * or 0 on error; when it is not the caller's last one plus one, another process wrote
 * meanwhile and the caller loads again. An undo or redo of steps that are no longer the
 * next ones to undo or redo is GH_STORE_ERROR_STALE and writes nothing. A field that is no
 * longer drafted is no longer in conflict. */
void gh_draft_store_record_async (GhDatabase *database,
                                  const GhWorkspaceKey *key,
                                  GhDocumentEvent event,
                                  GPtrArray *steps,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gint64 gh_draft_store_record_finish (GhDatabase *database, GAsyncResult *result, GError **error);

/* A new base arrived: cached becomes the base and drafts (GhSetting to GVariant, those in
 * conflict included) the draft over it, in one transaction. conflicts maps GhSetting to the
 * GVariant both sides started from; NULL when there are none. generation is the one that
 * drafts were merged from: when the store has another, GH_STORE_ERROR_STALE, and the caller
 * loads and merges again. Steps stay as they were. */
void gh_draft_store_rebase_async (GhDatabase *database,
                                  const GhWorkspaceKey *key,
                                  const GhCachedPolicy *cached,
                                  GHashTable *drafts,
                                  GHashTable *conflicts,
                                  gint64 generation,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gint64 gh_draft_store_rebase_finish (GhDatabase *database, GAsyncResult *result, GError **error);

/* The conflict of one field was decided (what was chosen is recorded as an edit, where it
 * is one). */
void gh_draft_store_settle_async (GhDatabase *database,
                                  const GhWorkspaceKey *key,
                                  const GhSetting *setting,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gint64 gh_draft_store_settle_finish (GhDatabase *database, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhDraft, gh_draft_free)

G_END_DECLS
