/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Header lines as they come from anywhere: pasted from a terminal, read from a file, or
 * the ones a policy gives. Everything that judges headers takes them in this shape. */

#pragma once

#include "gh-diagnostic.h"
#include "gh-header-set.h"

G_BEGIN_DECLS

#define GH_HEADER_BLOCK_MAXIMUM_SIZE (1024 * 1024)
#define GH_HEADER_BLOCK_MAXIMUM_LINES 1024

typedef struct
{
  const char *name;  /* as written */
  const char *value; /* without white space around it; folded lines joined by a space */
  gsize offset;      /* of the line in the parsed text; 0 where there is none */
} GhHeaderLine;

typedef struct _GhHeaderBlock GhHeaderBlock;

GhHeaderBlock *gh_header_block_new (void);
GhHeaderBlock *gh_header_block_new_from_set (const GhHeaderSet *set);

/* Reads one HTTP header block: an optional status line, then lines up to an empty one. Of
 * several responses, as curl -IL prints them, the last one counts. Never fails; what
 * cannot be read is reported and left out. */
GhHeaderBlock *gh_header_block_parse (const char *text, gssize length, GArray *diagnostics);
void gh_header_block_free (GhHeaderBlock *self);

/* FALSE when the block is full. length -1: up to the NUL. */
gboolean
gh_header_block_add (GhHeaderBlock *self, const char *name, const char *value, gssize length);
void gh_header_block_clear (GhHeaderBlock *self);

guint gh_header_block_get_n_lines (const GhHeaderBlock *self);
const GhHeaderLine *gh_header_block_get_nth (const GhHeaderBlock *self, guint index);
guint gh_header_block_count (const GhHeaderBlock *self, const char *name);
const char *gh_header_block_lookup (const GhHeaderBlock *self,
                                    const char *name); /* the first, or NULL */
char *gh_header_block_dup_joined (const GhHeaderBlock *self,
                                  const char *name);          /* by ", "; or NULL */
guint gh_header_block_get_status (const GhHeaderBlock *self); /* 0 without a status line */
gsize gh_header_block_get_size (
  const GhHeaderBlock *self); /* bytes on the wire, "Name: value\r\n" each */

/* The greatest of 4, 8 and 16 KB that so many bytes exceed; 0 up to 4 KB. These are common limits
 * of servers and proxies for the headers of an answer: nginx, proxy_buffer_size; Apache,
 * LimitRequestFieldSize. And how grave that is. */
guint gh_headers_get_size_mark (gsize size);
GhSeverity gh_headers_get_size_severity (guint mark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhHeaderBlock, gh_header_block_free)

G_END_DECLS
