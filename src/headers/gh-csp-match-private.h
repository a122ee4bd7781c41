/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of the tester share. */

#pragma once

#include "gh-csp-location.h"
#include "gh-csp-match.h"

G_BEGIN_DECLS

/* What is asked, read once for all policies. */
typedef struct
{
  const GhCsp *csp;
  const GhCspRequest *request;
  GhCspLocation *origin;
  GhCspLocation *location; /* NULL for what stands in the page */
  gboolean is_socket;      /* a WebSocket, whose location is the http or https one it has in CSP3 */
} GhCspQuestion;

static inline const GhCspValue *
gh_csp_question_get_values (const GhCspQuestion *question, const GhCspDirective *directive)
{
  return gh_csp_get_values (question->csp, NULL) + directive->first_value;
}

static inline void
gh_csp_question_parse (const GhCspQuestion *question, const GhCspValue *value, GhCspSource *source)
{
  gh_csp_source_parse (source,
                       gh_csp_get_span (question->csp, value->span),
                       value->span.length);
}

/* The nonce of the request in the list, or NULL. */
const GhCspValue *gh_csp_question_find_nonce (const GhCspQuestion *question, const GhCspDirective *directive);

/* The hash of what stands in the page in the list, or NULL. */
const GhCspValue *gh_csp_question_find_content (const GhCspQuestion *question, const GhCspDirective *directive);

/* Whether the element has integrity hashes, and each stands in the list (CSP3 6.7.2.4). */
gboolean gh_csp_question_matches_integrity (const GhCspQuestion *question, const GhCspDirective *directive);

/* What browsers make of a WebSocket, or of a source for one, that this directive lets through in
 * CSP3: a translated sentence, or NULL where they agree. */
char *gh_csp_question_dup_socket_note (const GhCspQuestion *question,
                                       const GhCspDirective *directive);

G_END_DECLS
