/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is about to be sent, written down before it leaves, so that after a crash, a lost
 * answer or a cancel the server can be asked and the person told: applied, not applied,
 * or changed by someone else. Ended entries are the local log of what was applied. */

#pragma once

#include "gh-database.h"
#include "gh-workspace-store.h"

G_BEGIN_DECLS

typedef enum
{
  GH_JOURNAL_SENDING,
  GH_JOURNAL_APPLIED,
  GH_JOURNAL_NOT_APPLIED,
  GH_JOURNAL_REFUSED,
  GH_JOURNAL_CHANGED_BY_OTHER,
} GhJournalState;

typedef struct
{
  gint64 id;
  GhWorkspaceKey key;
  char *base_etag;
  gint64 base_revision; /* our write, if it arrived, made the one after it */
  char *idempotency_key;
  char *patch; /* JSON text of the merge patch */
  char *reason;
  gint64 started_at; /* microseconds since the epoch */
  gint64 ended_at;
  GhJournalState state;
  gint64 revision; /* that the server answered, or 0 */
} GhJournalEntry;

void gh_journal_entry_free (GhJournalEntry *entry);

/* "sending", "applied", "not-applied", "refused", "changed-by-other" */
const char *gh_journal_state_to_string (GhJournalState state);

void gh_journal_begin_async (GhDatabase *database,
                             const GhWorkspaceKey *key,
                             const char *base_etag,
                             gint64 base_revision,
                             const char *idempotency_key,
                             const char *patch,
                             const char *reason,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gint64 gh_journal_begin_finish (GhDatabase *database,
                                GAsyncResult *result,
                                GError **error); /* its id, 0 on error */

/* Ends an entry; with cached also stores the new base and drops the drafted fields that are
 * equal to it, in the same transaction. */
void gh_journal_end_async (GhDatabase *database,
                           gint64 id,
                           GhJournalState state,
                           const GhCachedPolicy *cached,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean gh_journal_end_finish (GhDatabase *database, GAsyncResult *result, GError **error);

/* Entries of one workspace (of all, with key NULL), newest first; unresolved_only keeps
 * those still SENDING. Of GhJournalEntry. */
void gh_journal_list_async (GhDatabase *database,
                            const GhWorkspaceKey *key,
                            gboolean unresolved_only,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
GPtrArray *gh_journal_list_finish (GhDatabase *database, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhJournalEntry, gh_journal_entry_free)

G_END_DECLS
