/* SPDX-License-Identifier: GPL-3.0-or-later */

/* X-XSS-Protection, the switch of filters that browsers have dropped. */

#pragma once

#include "gh-diagnostic.h"

G_BEGIN_DECLS

typedef enum
{
  GH_XSS_PROTECTION_INVALID,
  GH_XSS_PROTECTION_DISABLE, /* 0 */
  GH_XSS_PROTECTION_FILTER,  /* 1 */
  GH_XSS_PROTECTION_BLOCK,   /* 1; mode=block */
} GhXssProtection;

GhXssProtection gh_xss_protection_parse (const char *text, gssize length, GArray *diagnostics);
const char *gh_xss_protection_to_text (GhXssProtection protection);
GhXssProtection gh_xss_protection_from_mode (const char *mode); /* "disable", "filter", "block" */

G_END_DECLS
