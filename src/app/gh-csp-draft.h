/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The drafted Content-Security-Policy for the windows that change it part by part: read, changed
 * by gh-csp-edit.h, and written back as one edit that undo takes back. */

#pragma once

#include "gh-csp-edit.h"
#include "gh-document.h"

G_BEGIN_DECLS

#define GH_CSP_DRAFT_FIELD "content-security-policy.policy"

/* Adding to more policies than this, each of which would be read again, is refused. */
#define GH_CSP_DRAFT_MAXIMUM_POLICIES 32

GhCsp *gh_csp_draft_read (GhDocument *document);

/* FALSE with a GH_POLICY_ERROR, and nothing changed, when it is no value of the field. */
gboolean gh_csp_draft_write (GhDocument *document, const GhCsp *csp, GError **error);

/* Lets the source through, in each of several policies: a directive that falls back to another
 * takes its sources over; one that nothing stands for comes to be. Tells whether csp changed. */
gboolean gh_csp_draft_allow (GhCsp *csp, GhCspDirectiveId id, const char *source);

/* Puts words behind the values of a directive, counted in the order of the text. Keywords and
 * hashes get the quotes that were left out. FALSE with a GH_POLICY_ERROR where a word would end
 * the directive. */
gboolean gh_csp_draft_add_words (GhCsp *csp,
                                 guint policy,
                                 guint directive,
                                 const char *words,
                                 GError **error);

/* The hashes that let inline scripts through now, each once; NULL-terminated. */
char **gh_csp_draft_dup_script_hashes (GhDocument *document);

G_END_DECLS
