/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parser of structured fields and their reader share. */

#pragma once

#include "gh-structured-field.h"

G_BEGIN_DECLS

struct _GhStructuredField
{
  GhStructuredKind kind;
  char *text;
  gsize length;
  GStringChunk *strings; /* keys and decoded text of all parts */
  GArray *members;       /* of GhStructuredMember */
  GArray *overridden;    /* of GhStructuredMember: dictionary members given again later */
  GArray *items;         /* of GhStructuredItem: inner lists, one after the other */
  GArray *parameters;    /* of GhParameter: those of one item stand together */
  GHashTable *keys;      /* key -> index of its member + 1; dictionaries only */
};

gboolean gh_structured_is_key_start (char character);
gboolean gh_structured_is_key (char character);
gboolean gh_structured_is_token (char character);

G_END_DECLS
