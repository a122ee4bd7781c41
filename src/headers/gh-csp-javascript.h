/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts as JavaScript sees them, for what judges policies as tools written in it do. Texts are
 * UTF-8; what is not counts as letters. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many bytes of white space (\s of ECMA-262) stand at text; length is at least 1. */
guint gh_javascript_get_space_length (const char *text, gsize length);

/* As toLowerCase(), in no language. */
char *gh_javascript_to_lower (const char *text, gsize length);

/* In UTF-16 code units, as .length counts. */
gsize gh_javascript_get_length (const char *text, gsize length);

/* As trim(). */
const char *gh_javascript_trim (const char *text, gsize *length);

G_END_DECLS
