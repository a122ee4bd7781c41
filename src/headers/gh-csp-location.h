/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where something would be loaded from, and whether a source of a policy covers it (CSP3 6.7.2). */

#pragma once

#include "gh-csp-source.h"

G_BEGIN_DECLS

typedef struct
{
  char *scheme; /* lower case */
  char *host;   /* lower case, punycode; NULL for data: and the like */
  int port;     /* the scheme's own when none was given, or -1 */
  char *path;   /* percent-encoded; "" for data: and the like */
  gboolean is_address; /* the host is an IP address */
} GhCspLocation;

/* How far a source was from covering a location. */
typedef enum
{
  GH_CSP_MISSES,        /* another host, or not at all of that kind */
  GH_CSP_MISSES_SCHEME, /* the host is right */
  GH_CSP_MISSES_PORT,
  GH_CSP_MISSES_PATH,
  GH_CSP_COVERS,
} GhCspCoverage;

/* NULL and GH_POLICY_ERROR_FORMAT when it is no absolute URL. */
GhCspLocation *gh_csp_location_parse (const char *url, GError **error);
void gh_csp_location_free (GhCspLocation *self);

/* Turns http into https, as upgrade-insecure-requests does. */
void gh_csp_location_upgrade (GhCspLocation *self);

/* Turns ws and wss into http and https, which is what they are when they are fetched, and tells
 * whether it was one of them. */
gboolean gh_csp_location_resolve_socket (GhCspLocation *self);

/* "*" alone, which is for http, https and the scheme of the page. */
gboolean gh_csp_source_is_star (const GhCspSource *source);

/* origin is that of the page: 'self', and the scheme where a source has none. Nonces, hashes
 * and other keywords cover nothing here. */
GhCspCoverage gh_csp_source_get_coverage (const GhCspSource *source,
                                          const GhCspLocation *location,
                                          const GhCspLocation *origin,
                                          guint n_redirects);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhCspLocation, gh_csp_location_free)

G_END_DECLS
