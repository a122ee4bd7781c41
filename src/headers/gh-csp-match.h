/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Would this load?": what a browser that follows CSP3 lets through, by which directive and
 * which source, in words. */

#pragma once

#include "gh-csp.h"

G_BEGIN_DECLS

typedef enum
{
  GH_CSP_LOAD_SCRIPT,
  GH_CSP_LOAD_STYLE,
  GH_CSP_LOAD_IMAGE,
  GH_CSP_LOAD_FONT,
  GH_CSP_LOAD_CONNECT, /* fetch, XMLHttpRequest, EventSource, WebSocket, beacon */
  GH_CSP_LOAD_FRAME,
  GH_CSP_LOAD_FENCED_FRAME,
  GH_CSP_LOAD_WORKER,
  GH_CSP_LOAD_OBJECT,
  GH_CSP_LOAD_MEDIA,
  GH_CSP_LOAD_MANIFEST,
  GH_CSP_LOAD_CHILD, /* what only child-src names: a frame or a worker */
  GH_CSP_LOAD_PREFETCH,
  GH_CSP_LOAD_BASE,     /* the address of a <base> element */
  GH_CSP_LOAD_FORM,     /* where a form is sent */
  GH_CSP_LOAD_ANCESTOR, /* the page that would frame this one */
  GH_CSP_LOAD_INLINE_SCRIPT,
  GH_CSP_LOAD_INLINE_SCRIPT_ATTRIBUTE, /* onclick="…" */
  GH_CSP_LOAD_INLINE_STYLE,
  GH_CSP_LOAD_INLINE_STYLE_ATTRIBUTE, /* style="…" */
  GH_CSP_LOAD_JAVASCRIPT_URL,         /* a navigation to javascript:… */
  GH_CSP_LOAD_EVAL,
  GH_CSP_LOAD_WASM_EVAL,
  GH_CSP_N_LOADS,
} GhCspLoad;

typedef struct
{
  GhCspLoad load;
  const char *self_origin;      /* "https://example.org" */
  const char *url;              /* absolute; not read for what stands in the page */
  const char *nonce;            /* of the element, or NULL */
  const char *const *integrity; /* "sha256-…" each, or NULL */
  const char *content;          /* what stands in the page, to be hashed, or NULL */
  gboolean parser_inserted;     /* the element stands in the page, no script added it */
  guint n_redirects;            /* that led to url */
} GhCspRequest;

typedef struct
{
  gboolean allowed;
  GhCspDirectiveId effective; /* the directive that is for this, or GH_CSP_NO_DIRECTIVE */
  GhCspDirectiveId directive; /* the one that decided, perhaps in its place, or none */
  guint policy;               /* which of several */
  char *source;               /* that allowed it, or that came nearest, or NULL */
  char *message;              /* translated, one or two sentences */
  char *note;                 /* where browsers differ from CSP3 about it, translated, or NULL */
} GhCspVerdict;

/* All policies have to allow it, as CSP3 has it: what browsers are known to do otherwise stands
 * in the note. NULL and GH_POLICY_ERROR_FORMAT when an address is none. */
GhCspVerdict *gh_csp_match (const GhCsp *csp, const GhCspRequest *request, GError **error);
void gh_csp_verdict_free (GhCspVerdict *verdict);

/* "script", "img", "inline-script" …, as `gatehousectl csp test --as` has it. */
const char *gh_csp_load_to_string (GhCspLoad load);
gboolean gh_csp_load_from_string (const char *text, GhCspLoad *load);
gboolean gh_csp_load_needs_url (GhCspLoad load);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhCspVerdict, gh_csp_verdict_free)

G_END_DECLS
