/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The JSON text that values, steps and tags have in the database. Used inside this room. */

#pragma once

#include "gh-document.h"
#include "gh-overrides.h"

G_BEGIN_DECLS

char *gh_store_encode_value (const GhSetting *setting, GVariant *value);
/* NULL when this version does not understand it. */
GVariant *gh_store_decode_value (const GhSetting *setting, const char *text);

/* [["FIELD", BEFORE, AFTER], ...], null where the field is not drafted. */
char *gh_store_encode_step (const GhStep *step);
GhStep *gh_store_decode_step (gint64 time, const char *text);

/* {"FIELD": VALUE, ...} from and to a table of GhSetting to GVariant. NULL when this version
 * does not understand all of it. */
char *gh_store_encode_values (GHashTable *values);
GHashTable *gh_store_decode_values (const char *text);

/* Of a community: a value, null where it is inherited. */
char *gh_store_encode_override (const GhSetting *setting, GVariant *value);
GHashTable *gh_store_decode_overrides (const char *text); /* NULL when not understood */
GhOverrideChange *
gh_store_decode_change (const char *field, const char *base, const char *value); /* or NULL */

char *gh_store_encode_strings (char **strings);
char **gh_store_decode_strings (const char *text);

G_END_DECLS
