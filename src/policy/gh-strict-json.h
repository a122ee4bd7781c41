/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The scanner that stands before json-glib and refuses what RFC 8259 does not allow
 * or what json-glib would silently change: invalid UTF-8, NUL and \u0000, more than
 * GH_STRICT_JSON_MAXIMUM_DEPTH levels, numbers outside the grammar or the 64-bit
 * range, duplicate keys, comments, a second root, anything after the root. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define GH_STRICT_JSON_MAXIMUM_DEPTH 64
#define GH_STRICT_JSON_MAXIMUM_SIZE (4 * 1024 * 1024)

gboolean gh_strict_json_check (const char *text, gsize length, GError **error);
JsonNode *gh_strict_json_parse (const char *text, gsize length, GError **error);

G_END_DECLS
