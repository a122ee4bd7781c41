/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Strict-Transport-Security: reading, writing, and what preloading needs. */

#include "gh-config.h"

#include "gh-directive-list.h"
#include "gh-hsts.h"

#define TEN_YEARS (10 * G_GINT64_CONSTANT (31536000))

static const GhDirectiveRule rules[] = {
  { "max-age", GH_DIRECTIVE_SECONDS },
  { "includesubdomains", GH_DIRECTIVE_BARE },
  { "preload", GH_DIRECTIVE_BARE },
};

static gboolean
has_bare (const GhDirectiveList *list, const char *name)
{
  const GhDirective *directive = gh_directive_list_lookup (list, name);

  return directive && !directive->value;
}

void
gh_hsts_parse (const char *text, gssize length, GhHsts *hsts, GArray *diagnostics)
{
  g_autoptr (GhDirectiveList) list = gh_directive_list_parse (text, length, ';', diagnostics);

  gh_directive_list_check (list, rules, G_N_ELEMENTS (rules), diagnostics);
  hsts->max_age = gh_directive_list_get_seconds (list, "max-age", diagnostics);
  hsts->include_subdomains = has_bare (list, "includesubdomains");
  hsts->preload = has_bare (list, "preload");
}

char *
gh_hsts_to_text (const GhHsts *hsts)
{
  return g_strdup_printf ("max-age=%" G_GINT64_FORMAT "%s%s",
                          hsts->max_age,
                          hsts->include_subdomains ? "; includeSubDomains" : "",
                          hsts->preload ? "; preload" : "");
}

GhHstsPreload
gh_hsts_check_preload (const GhHsts *hsts)
{
  GhHstsPreload missing = GH_HSTS_PRELOADABLE;

  if (!hsts->preload)
    missing |= GH_HSTS_NO_PRELOAD;
  if (!hsts->include_subdomains)
    missing |= GH_HSTS_NO_SUBDOMAINS;
  if (hsts->max_age < GH_HSTS_ONE_YEAR)
    missing |= GH_HSTS_TOO_SHORT;
  if (hsts->max_age > TEN_YEARS)
    missing |= GH_HSTS_TOO_LONG;

  return missing;
}
