/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may stand in a request or come out of an answer's header: addresses, ids, entity
 * tags, tokens. All of it is checked here, once, before libsoup sees it. */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* See gh_client_check_url(). */
GUri *gh_wire_parse_base (const char *url, GError **error);
gboolean gh_wire_is_loopback (GUri *uri);
gboolean gh_wire_same_origin (GUri *a, GUri *b);
char *gh_wire_dup_origin (GUri *uri); /* "https://host:port", the port where it is not the usual */

/* base's path, then each segment escaped, then "?query" where query (given encoded) is not
 * NULL. The segments end with NULL. */
GUri *gh_wire_build (GUri *base, const char *query, ...) G_GNUC_NULL_TERMINATED;

/* RFC 8288: the target of rel="next" in the Link headers of an answer to request; NULL when
 * there is none. GH_REMOTE_ERROR_PROTOCOL when it leads to another origin or path. */
GUri *gh_wire_find_next (GUri *request, SoupMessageHeaders *headers, GError **error);

gboolean gh_wire_is_id (const char *text);
gboolean gh_wire_is_etag (const char *text); /* strong ones alone (RFC 9110, 8.8.3) */
gboolean gh_wire_is_token (const char *text);
gboolean gh_wire_is_key (const char *text);
gboolean gh_wire_is_token_header (const char *name);

/* Percent-encodes what may not stand in a header as it is; at most
 * GH_WIRE_MAXIMUM_REASON characters of it. */
#define GH_WIRE_MAXIMUM_REASON 500
char *gh_wire_encode_reason (const char *reason);

G_END_DECLS
