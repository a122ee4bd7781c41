/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changes to a Content-Security-Policy that leave every byte they do not concern alone.
 * policy counts the entries of gh_csp_get_policies(). Each function tells whether the text
 * changed; spans and pointers got before are stale then. */

#pragma once

#include "gh-csp.h"

G_BEGIN_DECLS

/* Behind the last directive, or as the first of an empty text. values may be "". Refused
 * when the directive is there already. */
gboolean gh_csp_add_directive (GhCsp *self, guint policy, GhCspDirectiveId id, const char *values);
gboolean gh_csp_remove_directive (GhCsp *self, guint policy, GhCspDirectiveId id);

/* The directive whose name begins at that byte, even one that browsers skip. */
gboolean gh_csp_remove_directive_at (GhCsp *self, guint offset);

/* Behind the last source; in the place of a lone 'none'. Adds the directive when needed. */
gboolean gh_csp_add_source (GhCsp *self, guint policy, GhCspDirectiveId id, const char *source);
gboolean gh_csp_remove_source (GhCsp *self, guint policy, GhCspDirectiveId id, const char *source);
gboolean gh_csp_replace_source (GhCsp *self,
                                guint policy,
                                GhCspDirectiveId id,
                                const char *source,
                                const char *replacement);

/* Adds the source to what the directive allows now: where it falls back to another one, the
 * sources of that one come along; where nothing restricts it, nothing is changed. */
gboolean gh_csp_allow_source (GhCsp *self, guint policy, GhCspDirectiveId id, const char *source);

/* A value with the space before it. */
void gh_csp_remove_value (GhCsp *self, const GhCspValue *value);

/* Any bytes for any bytes. */
void gh_csp_splice (GhCsp *self, GhCspSpan span, const char *text);

G_END_DECLS
