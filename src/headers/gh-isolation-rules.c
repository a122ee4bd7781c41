/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules: the three cross-origin policies and what they do to each other. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-cross-origin.h"
#include "gh-permissions-policy.h"
#include "gh-rule-parts.h"

#define PERMISSIONS "permissions-policy"
#define EMBEDDER "cross-origin-embedder-policy"
#define OPENER "cross-origin-opener-policy"
#define RESOURCE "cross-origin-resource-policy"

static gboolean
denies_isolation (const GhPolicy *policy)
{
  const char *text = gh_rule_get_sent (policy, PERMISSIONS, PERMISSIONS ".policy");
  g_autoptr (GhPermissionsPolicy) permissions = NULL;

  if (text)
    permissions = gh_permissions_policy_parse (text, -1, NULL);

  return permissions && !gh_permissions_policy_allows_self (permissions, "cross-origin-isolated");
}

static void
report_missing_opener (GhFinding *finding)
{
  gh_rule_say (finding,
               g_strdup (_ ("The embedder policy restricts what pages load, but pages are not "
                            "cross-origin isolated: the opener policy is not same-origin.")));
  gh_rule_mend (finding,
                _ ("Set the opener policy to same-origin"),
                OPENER ".policy",
                g_variant_new_string ("same-origin"));
  gh_finding_add_mend (finding, gh_settings_lookup (OPENER), g_variant_new_boolean (TRUE));
}

static void
report_missing_embedder (GhFinding *finding)
{
  gh_rule_say (
    finding,
    g_strdup (_ ("Pages are not cross-origin isolated: the opener policy is same-origin, "
                 "but no embedder policy of require-corp or credentialless is sent.")));
}

/* Isolated, or one half of it: then what the other is. Silent where neither is meant. */
static void
test_isolation (const GhRule *rule,
                const GhPolicy *before,
                const GhPolicy *after,
                GPtrArray *findings)
{
  const char *embedder = gh_rule_get_sent (after, EMBEDDER, EMBEDDER ".policy");
  const char *opener = gh_rule_get_sent (after, OPENER, OPENER ".policy");
  gboolean embeds = embedder && gh_cross_origin_isolates (embedder, "same-origin");
  gboolean opens = g_strcmp0 (opener, "same-origin") == 0;
  GhFinding *finding;

  if (!embeds && !opens)
    return;

  finding = gh_rule_report (rule, findings);
  if (!opens)
    report_missing_opener (finding);
  else if (!embeds)
    report_missing_embedder (finding);
  else if (denies_isolation (after))
    gh_rule_say (finding,
                 g_strdup (_ ("Pages are not cross-origin isolated: the Permissions-Policy denies "
                              "cross-origin-isolated.")));
}

static void
test_embedder_third_party (const GhRule *rule,
                           const GhPolicy *before,
                           const GhPolicy *after,
                           GPtrArray *findings)
{
  if (gh_rule_sends (after, EMBEDDER, EMBEDDER ".policy", "require-corp")
      && (gh_rule_is_on (after, "gravatar-enabled") || gh_rule_is_on (after, "captcha-enabled")
          || gh_rule_is_on (after, "google-analytics")))
    gh_rule_mend (gh_rule_report (rule, findings),
                  _ ("Use credentialless instead"),
                  EMBEDDER ".policy",
                  g_variant_new_string ("credentialless"));
}

static void
test_opener_social (const GhRule *rule,
                    const GhPolicy *before,
                    const GhPolicy *after,
                    GPtrArray *findings)
{
  if (gh_rule_sends (after, OPENER, OPENER ".policy", "same-origin"))
    gh_rule_mend (gh_rule_report (rule, findings),
                  _ ("Allow pop-ups"),
                  OPENER ".policy",
                  g_variant_new_string ("same-origin-allow-popups"));
}

static void
test_resource_embed (const GhRule *rule,
                     const GhPolicy *before,
                     const GhPolicy *after,
                     GPtrArray *findings)
{
  if (gh_rule_sends (after, RESOURCE, RESOURCE ".policy", "same-origin"))
    gh_rule_mend (gh_rule_report (rule, findings),
                  _ ("Use same-site instead"),
                  RESOURCE ".policy",
                  g_variant_new_string ("same-site"));
}

static const GhRule rules[] = {
  {
    .id = "ISOLATION",
    .severity = GH_SEVERITY_INFO,
    .fields = { EMBEDDER,
                EMBEDDER ".policy",
                OPENER,
                OPENER ".policy",
                PERMISSIONS,
                PERMISSIONS ".policy" },
    .message = N_ ("Pages are cross-origin isolated."),
    .explanation = N_ ("Isolation takes an opener policy of same-origin together with an embedder "
                       "policy of require-corp or credentialless. It allows precise timers and "
                       "shared memory."),
    .source = "HTML standard, section 7.1.3",
    .test = test_isolation,
  },
  {
    .id = "COEP-THIRDPARTY",
    .severity = GH_SEVERITY_WARNING,
    .fields = { EMBEDDER ".policy", "gravatar-enabled", "captcha-enabled", "google-analytics" },
    .message = N_ ("Avatars, the captcha or analytics come from sites that require-corp may shut "
                   "out."),
    .explanation = N_ ("With require-corp each file and frame of another site must allow being "
                       "embedded. With credentialless they load, but without cookies."),
    .source = "HTML standard, section 7.1.4",
    .test = test_embedder_third_party,
  },
  {
    .id = "COOP-SOCIAL",
    .severity = GH_SEVERITY_WARNING,
    .fields = { OPENER ".policy" },
    .message = N_ ("Signing in through a pop-up of another site may stop working."),
    .explanation = N_ ("With same-origin a pop-up cannot report back to the page that opened it."),
    .source = "HTML standard, section 7.1.3",
    .test = test_opener_social,
  },
  {
    .id = "CORP-EMBED",
    .severity = GH_SEVERITY_INFO,
    .fields = { RESOURCE ".policy" },
    .message = N_ ("Images and files stop loading in web mail, widgets and partner sites."),
    .explanation = N_ ("With same-origin no other site can embed them, not even a subdomain."),
    .source = "Fetch standard, section 3.7",
    .test = test_resource_embed,
  },
};

const GhRule *
gh_isolation_rules_get_table (gsize *n_rules)
{
  *n_rules = G_N_ELEMENTS (rules);
  return rules;
}
