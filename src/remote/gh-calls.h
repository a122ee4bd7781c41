/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every call of the API has in common: how it starts, how a list comes in pages, how a
 * write carries its precondition and key, and how it ends. Used inside this room. */

#pragma once

#include "gh-client-private.h"

G_BEGIN_DECLS

#define GH_CALLS_PAGE_QUERY "limit=500"

/* Starts a call's task, or ends it at once and gives NULL. workspace and community may be
 * NULL where the call names none. */
GTask *gh_calls_begin (GhClient *self,
                       const char *workspace,
                       const char *community,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);

/* Ends a call with what was read from its answer, or with why it could not be. Takes the
 * task, the value and the error. */
void gh_calls_end (GTask *task, gpointer value, GDestroyNotify free_value, GError *error);

/* Reads all pages from uri on, which it takes. The task returns a GPtrArray. */
void gh_calls_list (GTask *task,
                    GUri *uri,
                    gboolean (*read_page) (const GhAnswer *answer, GPtrArray *list, GError **error),
                    GDestroyNotify free_item);

/* One write with If-Match and Idempotency-Key: a PATCH, or where patch is NULL a POST that takes
 * no body. read gives what the task returns, or NULL with an error; tagged: whether an entity
 * tag must come with the answer. */
void gh_calls_write (GTask *task,
                     GUri *uri,
                     JsonNode *patch,
                     const char *etag,
                     const char *idempotency_key,
                     const char *reason,
                     gboolean dry_run,
                     gpointer (*read) (const GhAnswer *answer, gboolean tagged, GError **error),
                     GDestroyNotify free_value);

G_END_DECLS
