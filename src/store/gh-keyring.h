/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One account's item in the desktop's keyring (libsecret's default collection), found by
 * the account's id and the origin of its server: a token goes to no other server than the
 * one it was given for, and accounts of one name in two databases do not share it.
 *
 * Every call blocks, so each is for a thread. Errors are GH_STORE_ERROR_KEYRING in words
 * for people, or G_IO_ERROR_CANCELLED. Used inside this room. */

#pragma once

#include <libsecret/secret.h>

#include "gh-credentials.h"

G_BEGIN_DECLS

/* NULL with a state and no error when there is none to be had. An item of the version that
 * knew it by the account's name alone is taken over, where its label says that it is of the
 * same server. */
SecretValue *gh_keyring_lookup (const GhAccount *account,
                                gboolean unlock,
                                GhCredentialState *state,
                                GCancellable *cancellable,
                                GError **error);

/* Replaces what there is, and reads it back once to be sure. */
gboolean gh_keyring_store (const GhAccount *account,
                           SecretValue *secret,
                           GCancellable *cancellable,
                           GError **error);

/* Where there is no keyring there is nothing to remove. */
gboolean gh_keyring_remove (const GhAccount *account, GCancellable *cancellable, GError **error);

G_END_DECLS
