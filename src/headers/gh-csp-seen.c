/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A set of texts that never turns quadratic. */

#include "gh-csp-seen.h"

#include <string.h>

#include "gh-keyed-hash.h"

/* Up to here comparing each with each is quicker than hashing. */
#define LINEAR 12

static gboolean
entry_is (const GhCspSeenEntry *entry, const char *text, gsize length, gboolean fold_case)
{
  if (entry->length != length)
    return FALSE;

  return fold_case ? g_ascii_strncasecmp (entry->text, text, length) == 0
                   : memcmp (entry->text, text, length) == 0;
}

void
gh_csp_seen_begin (GhCspSeen *self, gsize n, gboolean fold_case)
{
  gsize size = LINEAR;

  self->count = 0;
  self->mask = 0;
  self->fold_case = fold_case;
  if (n > LINEAR)
    {
      size = 32;
      while (size < 2 * n)
        size *= 2;
      self->mask = size - 1;
    }

  if (size > self->allocated)
    {
      self->entries = g_renew (GhCspSeenEntry, self->entries, size);
      self->allocated = size;
    }
  if (self->mask != 0)
    memset (self->entries, 0, size * sizeof *self->entries);
}

guint32
gh_csp_seen_add (GhCspSeen *self, const char *text, gsize length, guint32 index)
{
  gsize slot = 0;

  if (self->mask == 0)
    {
      for (slot = 0; slot < self->count; slot++)
        if (entry_is (&self->entries[slot], text, length, self->fold_case))
          return self->entries[slot].index;
    }
  else
    {
      slot = gh_keyed_hash_bytes (text, length, self->fold_case) & self->mask;
      for (; self->entries[slot].text != NULL; slot = (slot + 1) & self->mask)
        if (entry_is (&self->entries[slot], text, length, self->fold_case))
          return self->entries[slot].index;
    }

  self->entries[slot] = (GhCspSeenEntry){ text, length, index };
  self->count++;

  return GH_CSP_NOT_SEEN;
}

void
gh_csp_seen_clear (GhCspSeen *self)
{
  g_clear_pointer (&self->entries, g_free);
  self->allocated = 0;
}
