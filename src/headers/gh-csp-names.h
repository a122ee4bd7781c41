/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of Content-Security-Policy: directives and what each is for, quoted keywords. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Every directive a specification or a browser ever had. Fetch directives come first. */
typedef enum
{
  GH_CSP_CHILD_SRC,
  GH_CSP_CONNECT_SRC,
  GH_CSP_DEFAULT_SRC,
  GH_CSP_FENCED_FRAME_SRC,
  GH_CSP_FONT_SRC,
  GH_CSP_FRAME_SRC,
  GH_CSP_IMG_SRC,
  GH_CSP_MANIFEST_SRC,
  GH_CSP_MEDIA_SRC,
  GH_CSP_OBJECT_SRC,
  GH_CSP_PREFETCH_SRC,
  GH_CSP_SCRIPT_SRC,
  GH_CSP_SCRIPT_SRC_ATTR,
  GH_CSP_SCRIPT_SRC_ELEM,
  GH_CSP_STYLE_SRC,
  GH_CSP_STYLE_SRC_ATTR,
  GH_CSP_STYLE_SRC_ELEM,
  GH_CSP_WORKER_SRC,
  GH_CSP_BASE_URI,
  GH_CSP_FORM_ACTION,
  GH_CSP_FRAME_ANCESTORS,
  GH_CSP_NAVIGATE_TO,
  GH_CSP_BLOCK_ALL_MIXED_CONTENT,
  GH_CSP_DISOWN_OPENER,
  GH_CSP_PLUGIN_TYPES,
  GH_CSP_REFERRER,
  GH_CSP_REFLECTED_XSS,
  GH_CSP_REPORT_TO,
  GH_CSP_REPORT_URI,
  GH_CSP_REQUIRE_SRI_FOR,
  GH_CSP_REQUIRE_TRUSTED_TYPES_FOR,
  GH_CSP_SANDBOX,
  GH_CSP_TRUSTED_TYPES,
  GH_CSP_UPGRADE_INSECURE_REQUESTS,
  GH_CSP_WEBRTC,
  GH_CSP_N_DIRECTIVES,
  GH_CSP_NO_DIRECTIVE = GH_CSP_N_DIRECTIVES, /* a name that nobody knows */
} GhCspDirectiveId;

typedef enum
{
  GH_CSP_DIRECTIVE_FETCH = 1 << 0,       /* falls back to default-src */
  GH_CSP_DIRECTIVE_SOURCE_LIST = 1 << 1, /* its values are source expressions */
  GH_CSP_DIRECTIVE_VALUELESS = 1 << 2,
  GH_CSP_DIRECTIVE_NEEDS_VALUE = 1 << 3,
  GH_CSP_DIRECTIVE_SCRIPT = 1 << 4, /* script and style lists, where nonces, hashes and */
  GH_CSP_DIRECTIVE_STYLE = 1 << 5,  /* the 'unsafe-…' keywords have a meaning */
  GH_CSP_DIRECTIVE_DEPRECATED = 1 << 6,
  GH_CSP_DIRECTIVE_DOCUMENT_ONLY = 1 << 7, /* ignored in a report-only policy */
} GhCspDirectiveFlags;

/* Keywords, quotes included, of CSP3 and of what shipped before it. */
typedef enum
{
  GH_CSP_KEYWORD_SELF,
  GH_CSP_KEYWORD_NONE,
  GH_CSP_KEYWORD_UNSAFE_INLINE,
  GH_CSP_KEYWORD_UNSAFE_EVAL,
  GH_CSP_KEYWORD_STRICT_DYNAMIC,
  GH_CSP_KEYWORD_UNSAFE_HASHES,
  GH_CSP_KEYWORD_REPORT_SAMPLE,
  GH_CSP_KEYWORD_UNSAFE_ALLOW_REDIRECTS,
  GH_CSP_KEYWORD_WASM_UNSAFE_EVAL,
  GH_CSP_KEYWORD_TRUSTED_TYPES_EVAL,
  GH_CSP_KEYWORD_REPORT_SHA256,
  GH_CSP_KEYWORD_REPORT_SHA384,
  GH_CSP_KEYWORD_REPORT_SHA512,
  GH_CSP_KEYWORD_UNSAFE_WEBTRANSPORT_HASHES,
  GH_CSP_KEYWORD_INLINE_SPECULATION_RULES,
  GH_CSP_KEYWORD_WASM_EVAL,                /* before 'wasm-unsafe-eval' */
  GH_CSP_KEYWORD_UNSAFE_HASHED_ATTRIBUTES, /* before 'unsafe-hashes' */
  GH_CSP_KEYWORD_ALLOW,                    /* webrtc */
  GH_CSP_KEYWORD_BLOCK,
  GH_CSP_KEYWORD_SCRIPT,           /* require-trusted-types-for */
  GH_CSP_KEYWORD_ALLOW_DUPLICATES, /* trusted-types */
  GH_CSP_N_KEYWORDS,
  GH_CSP_NO_KEYWORD = GH_CSP_N_KEYWORDS,
} GhCspKeyword;

#define GH_CSP_MAXIMUM_FALLBACKS 4

const char *gh_csp_directive_get_name (GhCspDirectiveId id);
GhCspDirectiveFlags gh_csp_directive_get_flags (GhCspDirectiveId id);

/* Of a name in any case; exact tells whether it stood in lower case. exact may be NULL. */
GhCspDirectiveId gh_csp_directive_from_name (const char *name, gsize length, gboolean *exact);

/* The directives a browser looks for, in order, the directive itself first (CSP3 6.8.3).
 * Ends with GH_CSP_NO_DIRECTIVE. */
const GhCspDirectiveId *gh_csp_directive_get_fallbacks (GhCspDirectiveId id);

const char *gh_csp_keyword_get_text (GhCspKeyword keyword); /* with its quotes */
GhCspKeyword gh_csp_keyword_from_text (const char *text, gsize length);
GhCspKeyword gh_csp_keyword_from_unquoted (const char *text, gsize length);
gboolean gh_csp_keyword_is_source (GhCspKeyword keyword); /* has its place in a source list */

G_END_DECLS
