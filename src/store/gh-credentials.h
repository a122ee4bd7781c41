/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where secrets are: the desktop's keyring, or memory for this session only when the person
 * chose that because there is no keyring. Never a file. One item per account. */

#pragma once

#include <gio/gio.h>

#include "gh-account-store.h"
#include "gh-store-error.h"

G_BEGIN_DECLS

#define GH_TYPE_CREDENTIALS (gh_credentials_get_type ())

G_DECLARE_INTERFACE (GhCredentials, gh_credentials, GH, CREDENTIALS, GObject)

typedef enum
{
  GH_CREDENTIAL_FOUND,
  GH_CREDENTIAL_ABSENT,     /* the keyring is open and has none */
  GH_CREDENTIAL_LOCKED,     /* the keyring, or the item, is locked */
  GH_CREDENTIAL_NO_KEYRING, /* no Secret Service on the bus, or no bus */
  GH_CREDENTIAL_REFUSED,    /* the keyring answered with an error, or not in time */
} GhCredentialState;

struct _GhCredentialsInterface
{
  GTypeInterface parent_iface;

  void (*lookup_async) (GhCredentials *self,
                        const GhAccount *account,
                        gboolean unlock,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  char *(*lookup_finish) (GhCredentials *self,
                          GAsyncResult *result,
                          GhCredentialState *state,
                          GError **error);
  void (*store_async) (GhCredentials *self,
                       const GhAccount *account,
                       const char *secret,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
  gboolean (*store_finish) (GhCredentials *self, GAsyncResult *result, GError **error);
  void (*remove_async) (GhCredentials *self,
                        const GhAccount *account,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
  gboolean (*remove_finish) (GhCredentials *self, GAsyncResult *result, GError **error);
};

/* unlock: whether the keyring may ask the person to unlock it. The secret is in non-pageable
 * memory where there is some; free it with gh_credentials_free_secret(). NULL with a state
 * and no error when there is none to be had; REFUSED comes with an error. */
void gh_credentials_lookup_async (GhCredentials *self,
                                  const GhAccount *account,
                                  gboolean unlock,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
char *gh_credentials_lookup_finish (GhCredentials *self,
                                    GAsyncResult *result,
                                    GhCredentialState *state,
                                    GError **error);

/* Replaces what the account had; reads it back once to be sure. */
void gh_credentials_store_async (GhCredentials *self,
                                 const GhAccount *account,
                                 const char *secret,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean gh_credentials_store_finish (GhCredentials *self, GAsyncResult *result, GError **error);

void gh_credentials_remove_async (GhCredentials *self,
                                  const GhAccount *account,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean gh_credentials_remove_finish (GhCredentials *self, GAsyncResult *result, GError **error);

void gh_credentials_free_secret (char *secret); /* wipes it first */

/* In words, with what can be done about it. */
char *gh_credential_state_describe (GhCredentialState state, const char *account);

GhCredentials *gh_credentials_secret_new (void); /* the keyring alone */
GhCredentials *gh_credentials_memory_new (void); /* this process's memory alone */

/* Looks in memory first, then in the keyring; stores in the keyring. */
GhCredentials *gh_credentials_new (void);
/* By the account's name, which is what this process knows it by. */
void gh_credentials_keep_for_session (GhCredentials *self, const char *account, const char *secret);

G_END_DECLS
