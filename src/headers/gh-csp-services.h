/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a workspace loads from other hosts when a setting is on, held against a policy. */

#pragma once

#include "gh-csp.h"

G_BEGIN_DECLS

typedef enum
{
  GH_CSP_SERVICE_ANALYTICS,
  GH_CSP_SERVICE_GRAVATAR,
  GH_CSP_SERVICE_CAPTCHA,
  GH_CSP_N_SERVICES,
} GhCspService;

/* A source that a directive lacks. */
typedef struct
{
  GhCspDirectiveId directive;
  const char *source; /* static */
} GhCspMissing;

/* What browsers would block of the service, of GhCspMissing; empty when it works. Where any of
 * several providers will do and none works, the first one's. */
GArray *gh_csp_service_get_missing (GhCspService service, const GhCsp *csp);

/* Adds what is missing and leaves every other byte alone; tells whether anything changed. A text
 * of more than 32 policies is left as it is. */
gboolean gh_csp_service_allow (GhCspService service, GhCsp *csp);

/* The directive and the source of each, divided by commas. */
char *gh_csp_missing_to_text (const GArray *missing);

/* Whether a source is there for the service alone. */
gboolean gh_csp_service_owns_source (GhCspService service, const char *source, gsize length);

/* Whether a directive that browsers obey names such a source. */
gboolean gh_csp_service_is_named (GhCspService service, const GhCsp *csp);

/* For the preview: what Google Analytics lacks in this Content-Security-Policy. */
GArray *gh_csp_missing_sources_for_analytics (const char *policy);

G_END_DECLS
