/* SPDX-License-Identifier: GPL-3.0-or-later */

/* X-Content-Type-Options (Fetch standard, section 3.6). */

#pragma once

#include "gh-diagnostic.h"

G_BEGIN_DECLS

/* Browsers look at the first value between commas only, whatever its case. */
gboolean gh_content_type_options_parse (const char *text, gssize length, GArray *diagnostics);

G_END_DECLS
