/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Policies to begin with: data, and one placeholder for hashes. */

#include "gh-csp-presets.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Stands for the hashes of a page's own scripts; it allows none as it is. */
#define HASHES "{hashes}"

static const GhCspPreset presets[] = {
  {
    .id = "strict",
    .title = N_ ("Strict, with hashes"),
    .description = N_ ("Only scripts whose hash stands in the policy run, and what these load; the "
                       "safest choice where pages are the same for everyone."),
    .policy = "default-src 'self'; script-src 'strict-dynamic' " HASHES "; style-src 'self'; "
              "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
              "frame-ancestors 'none'; require-trusted-types-for 'script'",
    .source = "OWASP Content Security Policy Cheat Sheet, Strict CSP",
  },
  {
    .id = "allowlist",
    .title = N_ ("Own host only"),
    .description = N_ ("Everything comes from the workspace's own host and nothing else, with no "
                       "scripts written into pages."),
    .policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; "
              "font-src 'self'; connect-src 'self'; frame-src 'self'; object-src 'none'; "
              "base-uri 'self'; form-action 'self'; frame-ancestors 'self'; "
              "upgrade-insecure-requests",
    .source = "OWASP Content Security Policy Cheat Sheet, Basic CSP Policy",
  },
  {
    .id = "start",
    .title = N_ ("First step, only reported"),
    .description
    = N_ ("Blocks nothing yet: browsers report what a policy of this kind would block, "
          "so that it can be tightened without breaking a page."),
    .policy = "default-src 'self' https: data: blob: 'unsafe-inline' 'unsafe-eval'; "
              "object-src 'none'; base-uri 'self'; form-action 'self' https:; "
              "frame-ancestors 'self'",
    .report_only = TRUE,
    .source = "OWASP Content Security Policy Cheat Sheet, Report-Only",
  },
};

const GhCspPreset *
gh_csp_presets_get_table (gsize *n_presets)
{
  *n_presets = G_N_ELEMENTS (presets);

  return presets;
}

const GhCspPreset *
gh_csp_presets_lookup (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    if (strcmp (presets[i].id, id) == 0)
      return &presets[i];

  return NULL;
}

char *
gh_csp_preset_dup_policy (const GhCspPreset *preset, const char *const *hashes)
{
  g_autofree char *joined = hashes != NULL ? g_strjoinv (" ", (char **) hashes) : g_strdup ("");
  GString *policy = g_string_new (preset->policy);

  /* Without a hash 'strict-dynamic' would block every script, so the own host stands in. */
  if (*joined == '\0')
    g_string_replace (policy, "'strict-dynamic' " HASHES, "'self'", 0);
  else
    g_string_replace (policy, HASHES, joined, 0);

  return g_string_free (policy, FALSE);
}
