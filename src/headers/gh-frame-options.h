/* SPDX-License-Identifier: GPL-3.0-or-later */

/* X-Frame-Options (HTML standard, section 7.7), which an enforced frame-ancestors
 * directive makes browsers ignore. */

#pragma once

#include "gh-diagnostic.h"

G_BEGIN_DECLS

typedef enum
{
  GH_FRAME_OPTIONS_NONE, /* nothing that a browser obeys */
  GH_FRAME_OPTIONS_DENY,
  GH_FRAME_OPTIONS_SAMEORIGIN,
  GH_FRAME_OPTIONS_ALLOWALL, /* never standard, yet browsers know it */
  GH_FRAME_OPTIONS_CONFLICT, /* several values that differ: framing is refused */
} GhFrameOptions;

/* text: the value, or all values joined by commas. */
GhFrameOptions gh_frame_options_parse (const char *text, gssize length, GArray *diagnostics);
const char *gh_frame_options_to_text (GhFrameOptions options); /* NULL where there is none */

G_END_DECLS
