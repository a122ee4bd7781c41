/* SPDX-License-Identifier: GPL-3.0-or-later */

/* X-XSS-Protection: reading and writing. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-directive-list.h"
#include "gh-xss-protection.h"

static const GhDirectiveRule rules[] = {
  { "0", GH_DIRECTIVE_BARE },
  { "1", GH_DIRECTIVE_BARE },
  { "mode", GH_DIRECTIVE_TEXT },
  { "report", GH_DIRECTIVE_TEXT },
};

static const struct
{
  const char *mode;
  const char *text;
} protections[] = {
  [GH_XSS_PROTECTION_INVALID] = { NULL, NULL },
  [GH_XSS_PROTECTION_DISABLE] = { "disable", "0" },
  [GH_XSS_PROTECTION_FILTER] = { "filter", "1" },
  [GH_XSS_PROTECTION_BLOCK] = { "block", "1; mode=block" },
};

static gboolean
blocks (const GhDirective *mode, GArray *diagnostics)
{
  if (!mode || !mode->value)
    return FALSE;

  if (g_ascii_strcasecmp (mode->value, "block") == 0)
    return TRUE;

  gh_diagnostics_add (diagnostics,
                      "mode",
                      GH_SEVERITY_WARNING,
                      mode->value_offset,
                      mode->value_length,
                      N_ ("“%s” is not a mode: the only one there was is block."));
  return FALSE;
}

GhXssProtection
gh_xss_protection_parse (const char *text, gssize length, GArray *diagnostics)
{
  g_autoptr (GhDirectiveList) list = gh_directive_list_parse (text, length, ';', diagnostics);
  const GhDirective *first = NULL;

  gh_directive_list_check (list, rules, G_N_ELEMENTS (rules), diagnostics);
  if (gh_directive_list_get_n_directives (list) > 0)
    first = gh_directive_list_get_nth (list, 0);

  if (first && strcmp (first->name, "0") == 0)
    return GH_XSS_PROTECTION_DISABLE;

  if (first && strcmp (first->name, "1") == 0)
    return blocks (gh_directive_list_lookup (list, "mode"), diagnostics) ? GH_XSS_PROTECTION_BLOCK
                                                                         : GH_XSS_PROTECTION_FILTER;

  gh_diagnostics_add (
    diagnostics, "switch", GH_SEVERITY_ERROR, 0, 0, N_ ("The header starts with 0 or 1."));
  return GH_XSS_PROTECTION_INVALID;
}

const char *
gh_xss_protection_to_text (GhXssProtection protection)
{
  return protections[protection].text;
}

GhXssProtection
gh_xss_protection_from_mode (const char *mode)
{
  for (guint i = GH_XSS_PROTECTION_DISABLE; i < G_N_ELEMENTS (protections); i++)
    if (strcmp (protections[i].mode, mode) == 0)
      return i;

  return GH_XSS_PROTECTION_INVALID;
}
