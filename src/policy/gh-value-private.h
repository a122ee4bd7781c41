/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the value types and formats share to word their errors. */

#pragma once

#include <json-glib/json-glib.h>

#include "gh-policy-error.h"
#include "gh-setting.h"

G_BEGIN_DECLS

/* A value from outside, in quotation marks, on one line, as valid UTF-8 and cut to a
 * length that fits a sentence. */
char *gh_value_dup_quoted (const char *text);
char *gh_value_dup_quoted_json (JsonNode *node);

/* The string of this node, or NULL when it holds something else. */
const char *gh_value_peek_json_string (JsonNode *node);

G_END_DECLS
