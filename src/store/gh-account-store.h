/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Accounts: one server URL with one credential. The credential itself is never here. */

#pragma once

#include "gh-database.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;           /* of this account alone, on whatever computer; never shown */
  char *name;         /* unique; letters, digits, dot, dash and underscore, 1..64 */
  char *url;          /* base URL without a trailing slash */
  char *token_header; /* NULL for "Authorization: Bearer" */
  char *ca_file;      /* PEM of the issuer to trust besides the system's, or NULL */
  gboolean demo;      /* served by a gatehouse-server of our own on loopback */
} GhAccount;

/* With an id of its own. */
GhAccount *gh_account_new (const char *name, const char *url);
GhAccount *gh_account_copy (const GhAccount *account);
void gh_account_free (GhAccount *account);

void gh_account_store_list_async (GhDatabase *database,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* Of GhAccount, by name. */
GPtrArray *
gh_account_store_list_finish (GhDatabase *database, GAsyncResult *result, GError **error);

/* Adds or, with replace, changes an account, which keeps the id that it has.
 * GH_STORE_ERROR_EXISTS without. */
void gh_account_store_save_async (GhDatabase *database,
                                  const GhAccount *account,
                                  gboolean replace,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean gh_account_store_save_finish (GhDatabase *database, GAsyncResult *result, GError **error);

/* Removes it with its workspaces, drafts and journal. */
void gh_account_store_remove_async (GhDatabase *database,
                                    const char *name,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean
gh_account_store_remove_finish (GhDatabase *database, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhAccount, gh_account_free)

G_END_DECLS
