/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A place in the text of a structured field, and the values that are read from it:
 * the lowest layer of the parser (RFC 9651, sections 4.2.3.1 and 4.2.4 to 4.2.10). */

#pragma once

#include "gh-structured-field-private.h"

G_BEGIN_DECLS

typedef struct
{
  GhStructuredField *field;
  const char *position;
  const char *end;
  GArray *diagnostics; /* borrowed, or NULL */
  guint n_parts;
  GHashTable *seen; /* key -> index + 1 of the parameters of the item being read */
} GhStructuredScanner;

/* Both report what is wrong, at a place or at the next character, and are FALSE. */
gboolean gh_structured_scanner_fail (GhStructuredScanner *scanner,
                                     const char *position,
                                     gsize length,
                                     const char *code,
                                     const char *message);
gboolean gh_structured_scanner_fail_here (GhStructuredScanner *scanner,
                                          const char *code,
                                          const char *message);

const char *
gh_structured_scanner_keep (GhStructuredScanner *scanner, const char *text, gsize length);
gboolean gh_structured_scanner_parse_bare_item (GhStructuredScanner *scanner, GhBareItem *item);

static inline gboolean
scanner_at_end (const GhStructuredScanner *scanner)
{
  return scanner->position == scanner->end;
}

static inline gboolean
scanner_looking_at (const GhStructuredScanner *scanner, char character)
{
  return !scanner_at_end (scanner) && *scanner->position == character;
}

static inline gboolean
scanner_consume (GhStructuredScanner *scanner, char character)
{
  if (!scanner_looking_at (scanner, character))
    return FALSE;

  scanner->position++;
  return TRUE;
}

G_END_DECLS
