/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The value of a Content-Security-Policy header, read without loss: every byte stays where
 * it was, the parts are spans of it, and every oddity has its place and its words.
 *
 * A GhCsp can be parsed into again and again and then allocates nothing any more.
 * Reading follows CSP3 2.2: policies part at ",", directives at ";", values at ASCII white
 * space; of a directive named twice the first counts; one with non-ASCII bytes is skipped. */

#pragma once

#include "gh-csp-names.h"
#include "gh-csp-source.h"
#include "gh-diagnostic.h"

G_BEGIN_DECLS

typedef struct _GhCsp GhCsp;

/* Longer values are cut off here before they are read. */
#define GH_CSP_MAXIMUM_SIZE (16 * 1024 * 1024)

/* Bytes of the text. */
typedef struct
{
  guint start;
  guint length;
} GhCspSpan;

typedef enum
{
  GH_CSP_OBEYED,
  GH_CSP_SKIPPED_DUPLICATE,
  GH_CSP_SKIPPED_NON_ASCII,
} GhCspSkipped;

typedef struct
{
  GhCspSpan span;
  guint8 kind;    /* GhCspSourceKind; GH_CSP_SOURCE_INVALID outside of source lists */
  guint8 keyword; /* GhCspKeyword, also outside of source lists */
  guint8 has_query; /* a "?" or "#" in a source, from where on browsers cut it off */
} GhCspValue;

typedef struct
{
  GhCspSpan span; /* from the name to the last value */
  GhCspSpan name;
  GhCspDirectiveId id;
  GhCspSkipped skipped;
  guint first_value;
  guint n_values;
} GhCspDirective;

/* Empty policies, such as after a trailing comma, have no entry: browsers drop them. */
typedef struct
{
  GhCspSpan span; /* from comma to comma */
  guint first_directive;
  guint n_directives;
} GhCspPolicy;

GhCsp *gh_csp_new (void);
GhCsp *gh_csp_new_from_text (const char *text);
void gh_csp_free (GhCsp *self);

/* length may be -1 for a terminated text. The text is copied. */
void gh_csp_parse (GhCsp *self, const char *text, gssize length);

/* Put together again from its parts and what stood between them: the bytes that were parsed. */
char *gh_csp_to_text (const GhCsp *self, gsize *length);

const char *gh_csp_get_text (const GhCsp *self, gsize *length);
const GhCspPolicy *gh_csp_get_policies (const GhCsp *self, guint *n_policies);
const GhCspPolicy *gh_csp_get_policy (const GhCsp *self, guint index); /* NULL beyond the last */

/* Of all policies, in the order of the text; a policy says which directives are its, a directive
 * which values. */
const GhCspDirective *gh_csp_get_directives (const GhCsp *self, guint *n_directives);
const GhCspValue *gh_csp_get_values (const GhCsp *self, guint *n_values);

/* In the order of the text, of GhDiagnostic, at most GH_DIAGNOSTICS_MAXIMUM:
 *
 *   error    empty, control-character, non-ascii
 *   warning  unknown-directive, duplicate-directive, missing-semicolon, missing-value,
 *            none-mixed, unquoted-keyword, unknown-keyword, bad-nonce, bad-hash, bad-source,
 *            bad-value, query-in-source
 *   info     several-policies, empty-policy, empty-source-list, unexpected-value,
 *            misplaced-keyword, duplicate-value */
const GArray *gh_csp_get_diagnostics (const GhCsp *self);

/* The directive of that name which browsers obey, or NULL. */
const GhCspDirective *gh_csp_lookup (const GhCsp *self, const GhCspPolicy *policy, GhCspDirectiveId id);

/* The same, along the fallback chain: script-src-elem, script-src, default-src. */
const GhCspDirective *gh_csp_lookup_effective (const GhCsp *self, const GhCspPolicy *policy, GhCspDirectiveId id);

const GhCspValue *gh_csp_find_keyword (const GhCsp *self, const GhCspDirective *directive, GhCspKeyword keyword);
const char *gh_csp_get_span (const GhCsp *self, GhCspSpan span); /* borrowed, not terminated */
char *gh_csp_dup_span (const GhCsp *self, GhCspSpan span); /* made valid UTF-8, to be shown */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhCsp, gh_csp_free)

G_END_DECLS
