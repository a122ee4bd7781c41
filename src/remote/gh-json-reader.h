/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Members of a JSON object that came from outside: asked for by name and type, bounded in
 * length, and fit to be shown to people. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define GH_JSON_READER_MAXIMUM_TEXT 1000 /* characters */
#define GH_JSON_READER_MAXIMUM_ITEMS 1000

/* NULL when the member is absent, null or of another type. Control and direction-changing
 * characters become spaces, what is longer than the maximum is cut. */
char *gh_json_reader_dup_text (JsonObject *object, const char *member);

/* The same without any change: NULL when it is not as it should be to be used as is. */
const char *gh_json_reader_get_string (JsonObject *object, const char *member);

gboolean gh_json_reader_get_integer (JsonObject *object, const char *member, gint64 *value);

/* NULL when the member is not an array of strings. */
char **gh_json_reader_dup_texts (JsonObject *object, const char *member);

JsonArray *gh_json_reader_get_array (JsonObject *object, const char *member);

G_END_DECLS
