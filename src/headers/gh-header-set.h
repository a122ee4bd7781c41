/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The security headers a policy gives, in the order they are sent: a table of emitters,
 * one per header. */

#pragma once

#include "gh-header.h"
#include "gh-policy.h"

G_BEGIN_DECLS

typedef struct _GhHeaderSet GhHeaderSet;

GhHeaderSet *gh_header_set_new (const GhPolicy *policy);
void gh_header_set_free (GhHeaderSet *self);

guint gh_header_set_get_n_headers (const GhHeaderSet *self);
const GhHeader *gh_header_set_get_nth (const GhHeaderSet *self, guint index);
const GhHeader *gh_header_set_lookup (const GhHeaderSet *self, const char *name);

/* Names of the headers that are switched on, but hold what cannot stand in a header (line
 * ends, other control characters, anything beyond ASCII): they are not in the set.
 * NULL-terminated, static names. */
const char *const *gh_header_set_get_refused (const GhHeaderSet *self);

gsize
gh_header_set_get_size (const GhHeaderSet *self); /* bytes on the wire, "Name: value\r\n" each */

/* "Name: value\n" for each header: what `gatehousectl headers` prints and what
 * GET /v1/workspaces/{id}/headers answers. */
char *gh_header_set_to_text (const GhHeaderSet *self);

/* The header that a field shapes, static; NULL where it shapes none. A policy decides by which of
 * two names the Content-Security-Policy goes; without one it is enforced. */
const char *gh_header_set_get_name_of (const GhPolicy *policy, const char *field);

/* Every name a set can have, in the order they are sent. NULL-terminated. */
const char *const *gh_header_set_get_names (void);

/* Old against new, line by line, for the preview: same, removed, added or changed. */
typedef enum
{
  GH_HEADER_SAME,
  GH_HEADER_ADDED,
  GH_HEADER_REMOVED,
  GH_HEADER_CHANGED,
} GhHeaderChange;

typedef struct
{
  GhHeaderChange change;
  const GhHeader *before; /* borrowed from the first set, or NULL */
  const GhHeader *after;  /* borrowed from the second set, or NULL */
} GhHeaderDifference;

GArray *gh_header_set_compare (const GhHeaderSet *before,
                               const GhHeaderSet *after); /* of GhHeaderDifference */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhHeaderSet, gh_header_set_free)

G_END_DECLS
