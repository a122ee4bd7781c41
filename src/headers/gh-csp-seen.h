/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Was this text here before?", for lists whose length a stranger chooses: linear for a
 * handful, a table under gh-keyed-hash.h beyond. The memory is kept for the next list. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *text;
  guint32 length;
  guint32 index;
} GhCspSeenEntry;

typedef struct
{
  GhCspSeenEntry *entries; /* owned, in the order they came */
  gsize allocated;
  guint64 *slots; /* owned: half of a hash above the place of its entry, counted from 1 */
  gsize n_slots;
  gsize mask; /* of the slots in use, or 0 while linear */
  gsize count;
  gboolean fold_case;
} GhCspSeen;

#define GH_CSP_NOT_SEEN G_MAXUINT32

/* Room for n texts, which the caller keeps alive while it asks. */
void gh_csp_seen_begin (GhCspSeen *self, gsize n, gboolean fold_case);

/* The index given with the first equal text, or GH_CSP_NOT_SEEN, and then it is kept. */
guint32 gh_csp_seen_add (GhCspSeen *self, const char *text, gsize length, guint32 index);

void gh_csp_seen_clear (GhCspSeen *self);

G_END_DECLS
