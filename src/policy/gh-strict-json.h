/* SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON in and out, stricter than json-glib, which accepts much that is not JSON, changes
 * some numbers silently and can write numbers that are none.
 *
 * On the way in a scanner stands before json-glib's parser and refuses what RFC 8259 does
 * not allow or what the parser would change: invalid UTF-8, NUL and \u0000, lone
 * surrogates, numbers outside the grammar, integers beyond 64 bits, numbers too large for
 * a double, duplicate keys, comments, a second root, anything after the root. It also
 * bounds what an answer may cost: its size, its depth, its values, the members of one
 * object. Time and memory are linear in the size. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define GH_STRICT_JSON_MAXIMUM_DEPTH 64
#define GH_STRICT_JSON_MAXIMUM_SIZE (4 * 1024 * 1024)
#define GH_STRICT_JSON_MAXIMUM_VALUES (256 * 1024)
/* json-glib's hash of member names is not keyed, so names can be made to collide: with so few,
 * a text full of them takes about four times as long as another of its size. */
#define GH_STRICT_JSON_MAXIMUM_MEMBERS 256

/* Both set GH_POLICY_ERROR_SYNTAX, with line and column in the message. */
gboolean gh_strict_json_check (const char *text, gsize length, GError **error);
JsonNode *gh_strict_json_parse (const char *text, gsize length, GError **error); /* sealed */

/* Compact text, valid whatever numbers the node holds. */
char *gh_strict_json_to_text (JsonNode *node);

G_END_DECLS
