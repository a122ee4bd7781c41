/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the characters of a string, a text or a list item must look like. An empty string
 * or text is the business of the row's minimum length and never reaches a format. */

#pragma once

#include "gh-setting.h"

G_BEGIN_DECLS

struct _GhFormat
{
  const char *id;
  const char *pattern; /* as an ECMA 262 regular expression, for schemas */
  gboolean (*check) (const GhSetting *setting, const char *text, GError **error);
  char *(*tidy) (const char *text); /* what a person typed as the form that is stored, or NULL */
};

extern const GhFormat gh_format_prose; /* several lines, no other control characters */
extern const GhFormat
  gh_format_header_value;                    /* one line of printable ASCII: RFC 9110 section 5.5 */
extern const GhFormat gh_format_web_address; /* an absolute http or https URI: RFC 3986 */
extern const GhFormat gh_format_measurement_id; /* G- and 4 to 16 capitals or digits */
extern const GhFormat gh_format_key_pin;        /* base64 of a SHA-256: RFC 7469 section 2.4 */
extern const GhFormat gh_format_file_extension; /* 1 to 16 small letters or digits, no dot */

G_END_DECLS
