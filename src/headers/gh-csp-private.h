/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of the parser share: the store behind a GhCsp. */

#pragma once

#include "gh-csp-seen.h"
#include "gh-csp.h"

G_BEGIN_DECLS

/* An array that grows and is emptied without giving its memory back. */
typedef struct
{
  void *data; /* owned */
  guint length;
  guint allocated;
} GhCspStore;

struct _GhCsp
{
  char *text; /* owned, terminated */
  gsize length;
  gsize allocated;
  guint8 bytes_seen;     /* classes of the bytes the scan came by */
  GhCspStore policies;   /* of GhCspPolicy */
  GhCspStore directives; /* of GhCspDirective */
  GhCspStore values;     /* of GhCspValue */
  GArray *diagnostics;   /* owned, of GhDiagnostic */
  GhCspSeen seen;
};

/* Classes of bytes. */
enum
{
  GH_CSP_BYTE_SPACE = 1 << 0, /* ASCII white space of the Infra standard */
  GH_CSP_BYTE_SEMICOLON = 1 << 1,
  GH_CSP_BYTE_COMMA = 1 << 2,
  GH_CSP_BYTE_CONTROL = 1 << 3, /* what a header value must not hold: all but the tab */
  GH_CSP_BYTE_NON_ASCII = 1 << 4,
};

extern const guint8 gh_csp_byte_classes[256];

/* So that the data of an empty one is a place, too. */
static inline void
gh_csp_store_init (GhCspStore *store, gsize item_size)
{
  store->allocated = 16;
  store->data = g_malloc_n (store->allocated, item_size);
}

static inline void *
gh_csp_store_push (GhCspStore *store, gsize item_size)
{
  if (store->length == store->allocated)
    {
      store->allocated *= 2;
      store->data = g_realloc_n (store->data, store->allocated, item_size);
    }

  return (char *) store->data + item_size * store->length++;
}

static inline const char *
gh_csp_at (const GhCsp *self, GhCspSpan span)
{
  return self->text + span.start;
}

/* Reports every oddity, marks the directives that browsers skip and takes empty policies out. */
void gh_csp_check (GhCsp *self);

G_END_DECLS
