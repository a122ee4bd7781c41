/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Strict-Transport-Security (RFC 6797). */

#pragma once

#include "gh-diagnostic.h"

G_BEGIN_DECLS

#define GH_HSTS_ONE_YEAR 31536000
#define GH_HSTS_SIX_MONTHS 15552000

typedef struct
{
  gint64 max_age; /* seconds; -1 when missing or unreadable: browsers then ignore the header */
  gboolean include_subdomains;
  gboolean preload;
} GhHsts;

void gh_hsts_parse (const char *text, gssize length, GhHsts *hsts, GArray *diagnostics);
char *gh_hsts_to_text (const GhHsts *hsts);

/* What the browsers' preload list asks of a site (hstspreload.org). */
typedef enum
{
  GH_HSTS_PRELOADABLE = 0,
  GH_HSTS_NO_PRELOAD = 1 << 0,
  GH_HSTS_NO_SUBDOMAINS = 1 << 1,
  GH_HSTS_TOO_SHORT = 1 << 2, /* below one year */
  GH_HSTS_TOO_LONG = 1 << 3,  /* over ten years: taken, but surely a slip */
} GhHstsPreload;

GhHstsPreload gh_hsts_check_preload (const GhHsts *hsts);

G_END_DECLS
