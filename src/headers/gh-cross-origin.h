/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cross-Origin-Embedder-Policy, -Opener-Policy and -Resource-Policy. The first two are
 * structured items with an endpoint to report to; the third is one word, compared byte
 * by byte (Fetch standard, section 3.7). */

#pragma once

#include "gh-diagnostic.h"

G_BEGIN_DECLS

typedef enum
{
  GH_CROSS_ORIGIN_EMBEDDER,
  GH_CROSS_ORIGIN_OPENER,
  GH_CROSS_ORIGIN_RESOURCE,
} GhCrossOriginHeader;

typedef struct
{
  const char *policy; /* static: what browsers go by; the default where the text is not valid */
  gboolean valid;
  char *report_to; /* name of an endpoint, or NULL */
} GhCrossOriginPolicy;

GhCrossOriginPolicy *gh_cross_origin_parse (GhCrossOriginHeader header,
                                            const char *text,
                                            gssize length,
                                            GArray *diagnostics);
void gh_cross_origin_policy_free (GhCrossOriginPolicy *policy);

/* NULL-terminated, from the default on. */
const char *const *gh_cross_origin_get_policies (GhCrossOriginHeader header);

/* Whether the pair makes a page cross-origin isolated, as far as these two decide it. */
gboolean gh_cross_origin_isolates (const char *embedder_policy, const char *opener_policy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhCrossOriginPolicy, gh_cross_origin_policy_free)

G_END_DECLS
