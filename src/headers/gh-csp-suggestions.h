/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may be added to a policy: each directive and each usual source with a line of words, and
 * what a new directive begins with. */

#pragma once

#include "gh-csp.h"

G_BEGIN_DECLS

typedef struct
{
  char *text;       /* owned: a directive's name or one of its values */
  const char *help; /* translated, one line: what it is for or lets through */
} GhCspSuggestion;

const char *gh_csp_directive_get_help (GhCspDirectiveId id);

/* The directives that a policy, counted as in gh-csp-edit.h, does not have and that browsers
 * still obey, of GhCspSuggestion; the usual ones first. */
GPtrArray *gh_csp_suggest_directives (const GhCsp *csp, guint policy);

/* What fits a directive and does not stand in it, safest first, and last of all at most
 * GH_CSP_SUGGESTED_HOSTS of those that stand in other directives. */
GPtrArray *gh_csp_suggest_values (const GhCsp *csp, const GhCspDirective *directive);

#define GH_CSP_SUGGESTED_HOSTS 8

/* The values with which a directive that the policy lacks allows what is allowed without it, so
 * that adding it changes nothing yet; where nothing restricts it so far, the strictest that
 * rarely breaks a page. "" where only the person knows. */
char *gh_csp_dup_first_values (const GhCsp *csp, guint policy, GhCspDirectiveId id);

G_END_DECLS
