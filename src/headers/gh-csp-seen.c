/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A set of texts that never turns quadratic. What comes one after the other is kept so; only a word
 * for each is found by its hash. */

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

/* A quarter of them stays empty: more would not fit a cache any longer. */
static void
clear_slots (GhCspSeen *self, gsize n)
{
  gsize size = 32;

  while (3 * size < 4 * n)
    size *= 2;
  if (size > self->n_slots)
    {
      self->slots = g_renew (guint64, self->slots, size);
      self->n_slots = size;
    }
  memset (self->slots, 0, size * sizeof *self->slots);
  self->mask = size - 1;
}

void
gh_csp_seen_begin (GhCspSeen *self, gsize n, gboolean fold_case)
{
  self->count = 0;
  self->mask = 0;
  self->fold_case = fold_case;
  if (n > LINEAR)
    clear_slots (self, n);

  if (MAX (n, LINEAR) > self->allocated)
    {
      self->allocated = MAX (n, LINEAR);
      self->entries = g_renew (GhCspSeenEntry, self->entries, self->allocated);
    }
}

static guint32
find_linear (const GhCspSeen *self, const char *text, gsize length)
{
  for (gsize i = 0; i < self->count; i++)
    if (entry_is (&self->entries[i], text, length, self->fold_case))
      return self->entries[i].index;

  return GH_CSP_NOT_SEEN;
}

/* Where it is not found, its slot is taken for the next entry. */
static guint32
find_hashed (GhCspSeen *self, const char *text, gsize length)
{
  guint64 hash = gh_keyed_hash_bytes (text, length, self->fold_case);
  gsize slot = hash & self->mask;

  for (; self->slots[slot] != 0; slot = (slot + 1) & self->mask)
    {
      const GhCspSeenEntry *entry = &self->entries[(guint32) self->slots[slot] - 1];

      if (self->slots[slot] >> 32 == hash >> 32 && entry_is (entry, text, length, self->fold_case))
        return entry->index;
    }
  self->slots[slot] = (hash >> 32 << 32) | (self->count + 1);

  return GH_CSP_NOT_SEEN;
}

guint32
gh_csp_seen_add (GhCspSeen *self, const char *text, gsize length, guint32 index)
{
  guint32 seen
    = self->mask == 0 ? find_linear (self, text, length) : find_hashed (self, text, length);

  if (seen == GH_CSP_NOT_SEEN)
    self->entries[self->count++] = (GhCspSeenEntry){ text, (guint32) length, index };

  return seen;
}

void
gh_csp_seen_clear (GhCspSeen *self)
{
  g_clear_pointer (&self->entries, g_free);
  g_clear_pointer (&self->slots, g_free);
  self->allocated = 0;
  self->n_slots = 0;
}
