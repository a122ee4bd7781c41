/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An oddity at a place in a header's text. Every parser of this room reports them, so
 * that an editor can underline the very characters that a browser would trip over.
 * Kept free of owned memory: parsers run at each keystroke. */

#pragma once

#include "gh-finding.h"

G_BEGIN_DECLS

typedef struct
{
  const char *code; /* stable, lower case: "unknown-directive", static */
  GhSeverity severity;
  gsize offset;        /* bytes from the start of the parsed text */
  gsize length;        /* bytes; 0 where something is missing at offset */
  const char *message; /* N_() static, a whole sentence; one %s stands for the text there */
} GhDiagnostic;

/* A parser that meets a hostile text goes on parsing, but reports no more than this. */
#define GH_DIAGNOSTICS_MAXIMUM 256

GArray *gh_diagnostics_new (void); /* of GhDiagnostic */
void gh_diagnostics_add (GArray *diagnostics,
                         const char *code,
                         GhSeverity severity,
                         gsize offset,
                         gsize length,
                         const char *message);
const GhDiagnostic *gh_diagnostics_get_nth (const GArray *diagnostics, guint index);
const GhDiagnostic *gh_diagnostics_lookup (const GArray *diagnostics, const char *code);
GhSeverity gh_diagnostics_get_worst (const GArray *diagnostics); /* INFO when empty */

/* The translated sentence, with the text it speaks of (shortened, made printable) in it. */
char *gh_diagnostic_dup_message (const GhDiagnostic *diagnostic, const char *text);

G_END_DECLS
