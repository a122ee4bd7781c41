/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All workspaces of all accounts, as a list model of GhWorkspace sorted by name, and what
 * is done to many at once. */

#pragma once

#include "gh-account-store.h"
#include "gh-fleet-error.h"
#include "gh-workspace.h"

G_BEGIN_DECLS

#define GH_TYPE_FLEET (gh_fleet_get_type ())

G_DECLARE_FINAL_TYPE (GhFleet, gh_fleet, GH, FLEET, GObject)

/* database_path NULL: the default one. Reads accounts and workspaces; no network. */
void gh_fleet_open_async (const char *database_path,
                          GhCredentials *credentials,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
GhFleet *gh_fleet_open_finish (GAsyncResult *result, GError **error);
GhDatabase *gh_fleet_get_database (GhFleet *self); /* for its baselines */
const char *gh_fleet_get_notice (GhFleet *self);   /* what the database's recovery did, or NULL */

GhWorkspace *gh_fleet_lookup (GhFleet *self, const char *account, const char *id);
/* "ID", or "ACCOUNT/ID" where an id is not unique. GH_FLEET_ERROR_UNKNOWN or _AMBIGUOUS. */
GhWorkspace *gh_fleet_find (GhFleet *self, const char *text, GError **error);

GPtrArray *
gh_fleet_get_accounts (GhFleet *self); /* of GhAccount, borrowed; signal `accounts-changed` */

/* Checks URL and token with the server (/v1/me), keeps the account and its credential, and
 * reads the list of workspaces. session_only keeps the token in memory alone. */
void gh_fleet_add_account_async (GhFleet *self,
                                 const GhAccount *account,
                                 const char *token,
                                 gboolean session_only,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean gh_fleet_add_account_finish (GhFleet *self, GAsyncResult *result, GError **error);

void gh_fleet_sign_in_async (GhFleet *self,
                             const char *account,
                             const char *token,
                             gboolean session_only,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean gh_fleet_sign_in_finish (GhFleet *self, GAsyncResult *result, GError **error);

/* Asks the person to unlock the keyring, and takes the account's token from it.
 * GH_REMOTE_ERROR_SIGN_IN, in words that tell what to do, when none comes of it. */
void gh_fleet_unlock_async (GhFleet *self,
                            const char *account,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean gh_fleet_unlock_finish (GhFleet *self, GAsyncResult *result, GError **error);

void gh_fleet_remove_account_async (GhFleet *self,
                                    const char *account,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean gh_fleet_remove_account_finish (GhFleet *self, GAsyncResult *result, GError **error);

/* Reads the list of workspaces of one account (of all, with NULL) and then their policies,
 * `window` at a time (0: GH_CLIENT_WINDOW). Signal `progress` (guint done, guint total). */
void gh_fleet_sync_async (GhFleet *self,
                          const char *account,
                          guint window,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean gh_fleet_sync_finish (GhFleet *self, GAsyncResult *result, GError **error);

/* The demo: a gatehouse-server of our own on loopback, its database beside ours, its token
 * in memory only. Starts it when it does not run and adds or updates the account "demo". */
void gh_fleet_start_demo_async (GhFleet *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean gh_fleet_start_demo_finish (GhFleet *self, GAsyncResult *result, GError **error);

G_END_DECLS
