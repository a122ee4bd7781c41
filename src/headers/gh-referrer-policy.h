/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Referrer-Policy: a list of which the last value that a browser knows counts. */

#pragma once

#include "gh-diagnostic.h"

G_BEGIN_DECLS

/* How much of the address other sites come to see. */
typedef enum
{
  GH_REFERRER_NOTHING,         /* nothing, or only the site itself sees it */
  GH_REFERRER_ORIGIN,          /* the origin, to secure sites */
  GH_REFERRER_INSECURE_ORIGIN, /* the origin, to plain HTTP too */
  GH_REFERRER_ADDRESS,         /* path and query: any token in a link leaks */
} GhReferrerExposure;

typedef struct
{
  const char *token;
  GhReferrerExposure exposure;
} GhReferrerPolicy;

/* NULL when no token is known: browsers then use strict-origin-when-cross-origin. */
const GhReferrerPolicy *
gh_referrer_policy_parse (const char *text, gssize length, GArray *diagnostics);
const GhReferrerPolicy *gh_referrer_policy_lookup (const char *token);

G_END_DECLS
