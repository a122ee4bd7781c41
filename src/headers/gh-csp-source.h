/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One source expression of a Content-Security-Policy, taken apart (CSP3 2.3.1). */

#pragma once

#include "gh-csp-names.h"

G_BEGIN_DECLS

typedef enum
{
  GH_CSP_SOURCE_INVALID, /* nothing the grammar knows: matches nothing */
  GH_CSP_SOURCE_KEYWORD,
  GH_CSP_SOURCE_NONCE,
  GH_CSP_SOURCE_HASH,
  GH_CSP_SOURCE_SCHEME,
  GH_CSP_SOURCE_HOST,
} GhCspSourceKind;

typedef struct
{
  const char *start; /* borrowed, not terminated; NULL when the part is absent */
  gsize length;
} GhCspPart;

typedef struct
{
  GhCspSourceKind kind;
  GhCspKeyword keyword;    /* keywords only */
  GChecksumType algorithm; /* hashes only */
  GhCspPart content;       /* the base64 value of a nonce or a hash */
  GhCspPart scheme;        /* without ":" */
  GhCspPart host;          /* "*", or a name, possibly with "*." before it */
  GhCspPart port;          /* digits or "*" */
  GhCspPart path;          /* from "/", up to a "?" or "#", which browsers cut off */
  gboolean has_query;
} GhCspSource;

GhCspSourceKind gh_csp_source_parse (GhCspSource *source, const char *text, gsize length);

gboolean gh_csp_part_is (const GhCspPart *part, const char *text); /* in any case */

/* One or more base64 or base64url characters, then up to two "=". */
gboolean gh_csp_is_base64_value (const char *text, gsize length);

/* What a word in quotes was meant to be, whatever follows: 'nonce-… or 'sha256-…. The
 * quote may be missing when unquoted is TRUE. */
gboolean gh_csp_looks_like_nonce (const char *text, gsize length, gboolean unquoted);
gboolean gh_csp_looks_like_hash (const char *text, gsize length, gboolean unquoted);

G_END_DECLS
