/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Secrets in this process's memory. Used inside this room. */

#pragma once

#include "gh-credentials.h"

G_BEGIN_DECLS

#define GH_TYPE_CREDENTIALS_MEMORY (gh_credentials_memory_get_type ())

G_DECLARE_FINAL_TYPE (GhCredentialsMemory, gh_credentials_memory, GH, CREDENTIALS_MEMORY, GObject)

void gh_credentials_memory_put (GhCredentialsMemory *self, const char *account, const char *secret);
gboolean gh_credentials_memory_drop (GhCredentialsMemory *self, const char *account);
char *gh_credentials_memory_dup (GhCredentialsMemory *self, const char *account); /* or NULL */

G_END_DECLS
