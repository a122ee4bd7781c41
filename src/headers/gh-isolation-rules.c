/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules: the three cross-origin policies and what they do to each other. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>

#include "gh-cross-origin.h"
#include "gh-csp-services.h"
#include "gh-permissions-policy.h"
#include "gh-rule-parts.h"

#define PERMISSIONS "permissions-policy"
#define EMBEDDER "cross-origin-embedder-policy"
#define OPENER "cross-origin-opener-policy"
#define RESOURCE "cross-origin-resource-policy"

/* What browsers go by, of a policy or of an answer. */
typedef struct
{
  const char *embedder; /* "" where none is sent */
  const char *opener;
  const char *resource;
  const char *permissions;  /* the text, or NULL */
  gboolean has_third_party; /* pages load from sites that are known to lack the header */
} Sent;

static gboolean
denies_isolation (const char *permissions_policy)
{
  g_autoptr (GhPermissionsPolicy) permissions = NULL;

  if (permissions_policy)
    permissions = gh_permissions_policy_parse (permissions_policy, -1, NULL);

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
judge_isolation (const GhRule *rule, const Sent *sent, GPtrArray *findings)
{
  gboolean embeds = gh_cross_origin_isolates (sent->embedder, "same-origin");
  gboolean opens = g_str_equal (sent->opener, "same-origin");
  GhFinding *finding;

  if (!embeds && !opens)
    return;

  finding = gh_rule_report (rule, findings);
  if (!opens)
    report_missing_opener (finding);
  else if (!embeds)
    report_missing_embedder (finding);
  else if (denies_isolation (sent->permissions))
    gh_rule_say (finding,
                 g_strdup (_ ("Pages are not cross-origin isolated: the Permissions-Policy denies "
                              "cross-origin-isolated.")));
}

static void
judge_third_party (const GhRule *rule, const Sent *sent, GPtrArray *findings)
{
  if (g_str_equal (sent->embedder, "require-corp") && sent->has_third_party)
    gh_rule_mend (gh_rule_report (rule, findings),
                  _ ("Use credentialless instead"),
                  EMBEDDER ".policy",
                  g_variant_new_string ("credentialless"));
}

static void
judge_credentialless (const GhRule *rule, const Sent *sent, GPtrArray *findings)
{
  if (g_str_equal (sent->embedder, "credentialless"))
    gh_rule_report (rule, findings);
}

static void
judge_opener (const GhRule *rule, const Sent *sent, GPtrArray *findings)
{
  if (g_str_equal (sent->opener, "same-origin"))
    gh_rule_mend (gh_rule_report (rule, findings),
                  _ ("Allow pop-ups"),
                  OPENER ".policy",
                  g_variant_new_string ("same-origin-allow-popups"));
}

static void
judge_resource (const GhRule *rule, const Sent *sent, GPtrArray *findings)
{
  if (g_str_equal (sent->resource, "same-origin"))
    gh_rule_mend (gh_rule_report (rule, findings),
                  _ ("Use same-site instead"),
                  RESOURCE ".policy",
                  g_variant_new_string ("same-site"));
}

static const struct
{
  const char *id;
  void (*judge) (const GhRule *rule, const Sent *sent, GPtrArray *findings);
} judges[] = {
  { "ISOLATION", judge_isolation },
  { "COEP-THIRDPARTY", judge_third_party },
  { "COEP-CREDENTIALLESS", judge_credentialless },
  { "COOP-SOCIAL", judge_opener },
  { "CORP-EMBED", judge_resource },
};

static const char *
get_sent (const GhPolicy *policy, const char *switch_id, const char *policy_id)
{
  const char *sent = gh_rule_get_sent (policy, switch_id, policy_id);

  return sent ? sent : "";
}

static void
test_sent (const GhRule *rule, const GhPolicy *before, const GhPolicy *after, GPtrArray *findings)
{
  Sent sent = {
    .embedder = get_sent (after, EMBEDDER, EMBEDDER ".policy"),
    .opener = get_sent (after, OPENER, OPENER ".policy"),
    .resource = get_sent (after, RESOURCE, RESOURCE ".policy"),
    .permissions = gh_rule_get_sent (after, PERMISSIONS, PERMISSIONS ".policy"),
    .has_third_party = gh_rule_is_on (after, "gravatar-enabled")
                       || gh_rule_is_on (after, "captcha-enabled")
                       || gh_rule_is_on (after, "google-analytics"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (judges); i++)
    if (g_str_equal (judges[i].id, rule->id))
      judges[i].judge (rule, &sent, findings);
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
    .test = test_sent,
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
    .test = test_sent,
  },
  {
    .id = "COEP-CREDENTIALLESS",
    .severity = GH_SEVERITY_INFO,
    .fields = { EMBEDDER ".policy" },
    .message = N_ ("Safari does not know credentialless: there it is as if no embedder policy were "
                   "sent."),
    .explanation = N_ ("Pages are not cross-origin isolated in it. require-corp works in every "
                       "current browser."),
    .source = "MDN browser-compat-data",
    .test = test_sent,
  },
  {
    .id = "COOP-SOCIAL",
    .severity = GH_SEVERITY_WARNING,
    .fields = { OPENER ".policy" },
    .message = N_ ("Signing in through a pop-up of another site may stop working."),
    .explanation = N_ ("With same-origin a pop-up cannot report back to the page that opened it."),
    .source = "HTML standard, section 7.1.3",
    .test = test_sent,
  },
  {
    .id = "CORP-EMBED",
    .severity = GH_SEVERITY_INFO,
    .fields = { RESOURCE ".policy" },
    .message = N_ ("Images and files stop loading in web mail, widgets and partner sites."),
    .explanation = N_ ("With same-origin no other site can embed them, not even a subdomain."),
    .source = "Fetch standard, section 3.7",
    .test = test_sent,
  },
};

const GhRule *
gh_isolation_rules_get_table (gsize *n_rules)
{
  *n_rules = G_N_ELEMENTS (rules);
  return rules;
}

static char *
dup_policy (const GhHeaderBlock *block, GhCrossOriginHeader header, const char *name)
{
  g_autofree char *text = gh_header_block_dup_joined (block, name);
  g_autoptr (GhCrossOriginPolicy) policy
    = text ? gh_cross_origin_parse (header, text, -1, NULL) : NULL;

  return g_strdup (policy && policy->valid ? policy->policy : "");
}

/* Whether the policy allows what a service brings from a site of its own. */
static gboolean
allows_service (const GhHeaderBlock *block)
{
  g_autofree char *text = gh_header_block_dup_joined (block, "Content-Security-Policy");
  g_autoptr (GhCsp) csp = text ? gh_csp_new_from_text (text) : NULL;
  gboolean found = FALSE;

  for (GhCspService service = 0; csp && service < GH_CSP_N_SERVICES && !found; service++)
    found = gh_csp_service_is_named (service, csp);

  return found;
}

void
gh_isolation_findings_add (const GhHeaderBlock *block, GPtrArray *findings)
{
  g_autofree char *embedder
    = dup_policy (block, GH_CROSS_ORIGIN_EMBEDDER, "Cross-Origin-Embedder-Policy");
  g_autofree char *opener
    = dup_policy (block, GH_CROSS_ORIGIN_OPENER, "Cross-Origin-Opener-Policy");
  g_autofree char *resource
    = dup_policy (block, GH_CROSS_ORIGIN_RESOURCE, "Cross-Origin-Resource-Policy");
  g_autofree char *permissions = gh_header_block_dup_joined (block, "Permissions-Policy");
  Sent sent = { embedder, opener, resource, permissions, FALSE };

  sent.has_third_party = g_str_equal (embedder, "require-corp") && allows_service (block);
  for (gsize i = 0; i < G_N_ELEMENTS (judges); i++)
    judges[i].judge (gh_rule_find (rules, G_N_ELEMENTS (rules), judges[i].id), &sent, findings);
}
