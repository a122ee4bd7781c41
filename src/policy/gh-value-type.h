/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a field can hold. A value is an immutable GVariant of the type's signature:
 *
 *   boolean      "b"
 *   integer      "x"
 *   enum         "s"   the id of a choice
 *   string       "s"   one line
 *   text         "s"   several lines where the field allows it
 *   string-list  "as"
 */

#pragma once

#include <json-glib/json-glib.h>

#include "gh-setting.h"

G_BEGIN_DECLS

struct _GhValueType
{
  const char *id;
  const char *signature;
  gboolean (*check) (const GhSetting *setting, GVariant *value, GError **error);
  JsonNode *(*to_json) (GVariant *value);
  GVariant *(*from_json) (const GhSetting *setting, JsonNode *node, GError **error);
  char *(*to_text) (GVariant *value);
  GVariant *(*from_text) (const GhSetting *setting, const char *text, GError **error);
  char *(*describe) (const GhSetting *setting, GVariant *value);
};

extern const GhValueType gh_value_type_boolean;
extern const GhValueType gh_value_type_integer;
extern const GhValueType gh_value_type_enum;
extern const GhValueType gh_value_type_string;
extern const GhValueType gh_value_type_text;
extern const GhValueType gh_value_type_string_list;

gboolean gh_value_check (const GhSetting *setting, GVariant *value, GError **error);
gboolean gh_value_equal (GVariant *a, GVariant *b);
JsonNode *gh_value_to_json (const GhSetting *setting, GVariant *value);
GVariant *gh_value_from_json (const GhSetting *setting, JsonNode *node, GError **error);
char *gh_value_to_text (const GhSetting *setting, GVariant *value);
GVariant *gh_value_from_text (const GhSetting *setting, const char *text, GError **error);
char *gh_value_describe (const GhSetting *setting, GVariant *value);
char *gh_value_describe_whole (const GhSetting *setting, GVariant *value);

G_END_DECLS
