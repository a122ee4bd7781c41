/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One header line, as it would be sent, and the fields that caused it. */

#pragma once

#include <glib.h>

#include "gh-setting.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;          /* in its registered spelling */
  char *value;               /* printable ASCII and space only */
  const char *const *fields; /* NULL-terminated ids of the fields that shape it, static */
} GhHeader;

void gh_header_free (GhHeader *header);
gboolean gh_header_value_is_safe (const char *value); /* no CR, LF, NUL, other control or non-ASCII */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhHeader, gh_header_free)

G_END_DECLS
