/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GH_STORE_ERROR (gh_store_error_quark ())

typedef enum
{
  GH_STORE_ERROR_CANNOT_OPEN, /* no such directory, no permission, read-only */
  GH_STORE_ERROR_FULL,        /* no space left */
  GH_STORE_ERROR_BUSY,        /* another process holds the database too long */
  GH_STORE_ERROR_DAMAGED,
  GH_STORE_ERROR_TOO_NEW, /* written by a newer version of the program */
  GH_STORE_ERROR_NOT_FOUND,
  GH_STORE_ERROR_EXISTS,
  GH_STORE_ERROR_STALE,   /* another process wrote meanwhile: load again, then try again */
  GH_STORE_ERROR_INVALID, /* a name that cannot be used */
  GH_STORE_ERROR_KEYRING, /* the keyring refused; the message says how */
  GH_STORE_ERROR_FAILED,
} GhStoreError;

GQuark gh_store_error_quark (void);

G_END_DECLS
