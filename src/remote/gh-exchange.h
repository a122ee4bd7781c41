/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One call of the API from its first request to its answer: retries where they are safe,
 * one deadline over all of it, and an answer that was read through a cap. */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _GhExchange GhExchange;

typedef struct
{
  guint status; /* 200 or 304 */
  SoupMessageHeaders *headers;
  JsonNode *root; /* NULL with 304 */
} GhAnswer;

/* method is a static string. */
GhExchange *gh_exchange_new (const char *method, GUri *uri);
void gh_exchange_free (GhExchange *self);
GUri *gh_exchange_get_uri (GhExchange *self);

/* The value must be fit for a header already. */
void gh_exchange_set_header (GhExchange *self, const char *name, const char *value);

/* body: a merge patch, empty for a call that takes none. writes: whether the server changes
 * anything by it. Such a call is repeated only because its headers have an idempotency key. */
void gh_exchange_set_patch (GhExchange *self, GBytes *body, gboolean writes);

/* trust may be NULL. Takes the exchange. Errors are of GH_REMOTE_ERROR, or
 * G_IO_ERROR_CANCELLED when the caller's cancellable said so. */
void gh_exchange_run_async (GhExchange *self,
                            SoupSession *session,
                            GTlsDatabase *trust,
                            guint deadline_milliseconds,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
GhAnswer *gh_exchange_run_finish (GAsyncResult *result, GError **error);
void gh_answer_free (GhAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhExchange, gh_exchange_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhAnswer, gh_answer_free)

G_END_DECLS
