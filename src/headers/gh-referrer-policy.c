/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Referrer-Policy: which of its tokens counts, and what that gives away. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-directive-list.h"
#include "gh-referrer-policy.h"

static const GhReferrerPolicy policies[] = {
  { "no-referrer", GH_REFERRER_NOTHING },
  { "no-referrer-when-downgrade", GH_REFERRER_ADDRESS },
  { "origin", GH_REFERRER_INSECURE_ORIGIN },
  { "origin-when-cross-origin", GH_REFERRER_INSECURE_ORIGIN },
  { "same-origin", GH_REFERRER_NOTHING },
  { "strict-origin", GH_REFERRER_ORIGIN },
  { "strict-origin-when-cross-origin", GH_REFERRER_ORIGIN },
  { "unsafe-url", GH_REFERRER_ADDRESS },
};

const GhReferrerPolicy *
gh_referrer_policy_lookup (const char *token)
{
  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    if (strcmp (policies[i].token, token) == 0)
      return &policies[i];

  return NULL;
}

const GhReferrerPolicy *
gh_referrer_policy_parse (const char *text, gssize length, GArray *diagnostics)
{
  g_autoptr (GhDirectiveList) list = gh_directive_list_parse (text, length, ',', diagnostics);
  const GhReferrerPolicy *policy = NULL;

  for (guint i = 0; i < gh_directive_list_get_n_directives (list); i++)
    {
      const GhDirective *directive = gh_directive_list_get_nth (list, i);
      const GhReferrerPolicy *known = gh_referrer_policy_lookup (directive->name);

      if (known && directive->length == directive->name_length)
        policy = known;
      else
        gh_diagnostics_add (diagnostics,
                            "unknown-policy",
                            GH_SEVERITY_WARNING,
                            directive->offset,
                            directive->length,
                            N_ ("Browsers ignore “%s”: there is no such referrer policy."));
    }

  if (!policy)
    gh_diagnostics_add (diagnostics,
                        "no-policy",
                        GH_SEVERITY_ERROR,
                        0,
                        0,
                        N_ ("No value is a referrer policy, so the browser's own default holds."));

  return policy;
}
