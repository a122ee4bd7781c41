/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One account at work: its client, with a token in it when one can be had. */

#pragma once

#include "gh-account-store.h"
#include "gh-client.h"
#include "gh-credentials.h"

G_BEGIN_DECLS

#define GH_TYPE_ACCOUNT_SESSION (gh_account_session_get_type ())

G_DECLARE_FINAL_TYPE (GhAccountSession, gh_account_session, GH, ACCOUNT_SESSION, GObject)

GhAccountSession *gh_account_session_new (const GhAccount *account, GhCredentials *credentials);
const GhAccount *gh_account_session_get_account (GhAccountSession *self);
GhClient *gh_account_session_get_client (GhAccountSession *self);

/* How the last look for a token ended: FOUND too where there was no look yet. */
GhCredentialState gh_account_session_get_state (GhAccountSession *self);

/* Sees to a token: what the client has, or what the keyring gives without asking the person.
 * GH_REMOTE_ERROR_SIGN_IN, in the words of the keyring's state, when there is none. */
void gh_account_session_ready_async (GhAccountSession *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean
gh_account_session_ready_finish (GhAccountSession *self, GAsyncResult *result, GError **error);

/* The same, but the person is asked to unlock the keyring where it is locked. */
void gh_account_session_unlock_async (GhAccountSession *self,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean
gh_account_session_unlock_finish (GhAccountSession *self, GAsyncResult *result, GError **error);

G_END_DECLS
