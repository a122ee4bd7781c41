/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Host and path of a source as if it were an https URL, by the rules of the WHATWG URL
 * standard: percent-decoded, in lower case, punycode, numbers turned into IPv4 addresses. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Stands in for the first "*" of a source while it is read as a URL. */
#define GH_CSP_URL_WILDCARD "wildcard_placeholder"

typedef struct
{
  GString *host;     /* owned; "[…]" for an IPv6 address */
  GString *path;     /* owned; begins with "/" */
  GString *text;     /* owned, scratch */
  guint n_converted; /* hosts that were not ASCII since the caller last set this to 0 */
  gboolean is_ip;
} GhCspUrl;

/* What follows SCHEME:// and one leading //, if any. */
const char *gh_csp_url_skip_scheme (const char *source, gsize *length);

/* FALSE when the standard finds no URL in it, or when it would be the 4097th host beyond ASCII
 * since n_converted was 0. source is without its scheme. */
gboolean gh_csp_url_parse (GhCspUrl *self, const char *source, gsize length);

/* Quick and safe: FALSE only for a last label that no IPv4 address has, and for what cannot be an
 * IP address. */
gboolean gh_csp_url_may_be_number (const char *label, gsize length);
gboolean gh_csp_url_may_be_ip (const char *source, gsize length);

void gh_csp_url_init (GhCspUrl *self);
void gh_csp_url_clear (GhCspUrl *self);

G_END_DECLS
