/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of rules about the Content-Security-Policy, and the tests of those that tie it to
 * other settings. */

#include "gh-csp-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-csp-edit.h"
#include "gh-csp-findings.h"
#include "gh-csp-services.h"
#include "gh-rule-parts.h"

/* NULL while the header is off. */
static GhCsp *
parse_sent (const GhPolicy *policy)
{
  const char *text = gh_rule_get_sent (policy, GH_CSP_FIELD, GH_CSP_POLICY_FIELD);

  return text != NULL ? gh_csp_new_from_text (text) : NULL;
}

/* NULL while nothing is blocked. */
static GhCsp *
parse_enforced (const GhPolicy *policy)
{
  return gh_rule_is_on (policy, GH_CSP_REPORT_ONLY_FIELD) ? NULL : parse_sent (policy);
}

static void
test_syntax (const GhRule *rule, const GhPolicy *before, const GhPolicy *after, GPtrArray *findings)
{
  g_autoptr (GhCsp) csp = parse_sent (after);

  if (csp != NULL)
    gh_csp_report_syntax (rule, csp, findings);
}

GhFinding *
gh_csp_report_missing (const GhRule *rule, const GArray *missing, GPtrArray *findings)
{
  g_autofree char *sources = gh_csp_missing_to_text (missing);

  return gh_rule_report_with (rule, findings, sources);
}

static void
test_service (const GhRule *rule,
              const GhPolicy *after,
              GhCspService service,
              const char *setting,
              GPtrArray *findings)
{
  g_autoptr (GhCsp) csp = gh_rule_is_on (after, setting) ? parse_enforced (after) : NULL;
  g_autoptr (GArray) missing = csp != NULL ? gh_csp_service_get_missing (service, csp) : NULL;
  GhFinding *finding;

  if (missing == NULL || missing->len == 0)
    return;

  finding = gh_csp_report_missing (rule, missing, findings);
  if (gh_csp_service_allow (service, csp))
    gh_csp_mend (finding, _ ("Add what is missing to the policy"), csp);
}

static void
test_analytics (const GhRule *rule,
                const GhPolicy *before,
                const GhPolicy *after,
                GPtrArray *findings)
{
  test_service (rule, after, GH_CSP_SERVICE_ANALYTICS, "google-analytics", findings);
}

static void
test_gravatar (const GhRule *rule,
               const GhPolicy *before,
               const GhPolicy *after,
               GPtrArray *findings)
{
  test_service (rule, after, GH_CSP_SERVICE_GRAVATAR, "gravatar-enabled", findings);
}

static void
test_captcha (const GhRule *rule,
              const GhPolicy *before,
              const GhPolicy *after,
              GPtrArray *findings)
{
  test_service (rule, after, GH_CSP_SERVICE_CAPTCHA, "captcha-enabled", findings);
}

static void
test_lockout (const GhRule *rule,
              const GhPolicy *before,
              const GhPolicy *after,
              GPtrArray *findings)
{
  g_autoptr (GhCsp) old = parse_enforced (before);
  g_autoptr (GhCsp) new = parse_enforced (after);
  g_autofree char *lost = NULL;
  GhFinding *finding;

  if (new == NULL || (old != NULL && (lost = gh_csp_find_lost_script (old, new)) == NULL))
    return;

  finding = gh_rule_report (rule, findings);
  if (lost != NULL)
    gh_rule_say (finding, g_steal_pointer (&lost));
  gh_rule_mend (finding,
                _ ("Only report what it would block, for now"),
                GH_CSP_REPORT_ONLY_FIELD,
                g_variant_new_boolean (TRUE));
}

/* The policy's own weaknesses, each with an id of its own. */
static void
test_findings (const GhRule *rule,
               const GhPolicy *before,
               const GhPolicy *after,
               GPtrArray *findings)
{
  const char *policy = gh_rule_get_sent (after, GH_CSP_FIELD, GH_CSP_POLICY_FIELD);
  g_autofree const char **extensions = gh_policy_dup_string_list (after, "allowed-file-extensions");
  GhCspSurroundings surroundings = {
    .policy = policy,
    .report_only = gh_rule_is_on (after, GH_CSP_REPORT_ONLY_FIELD),
    .is_stored = TRUE,
    .extensions = (const char *const *) extensions,
    .nosniff = gh_rule_is_on (after, "content-type-options"),
    .analytics = gh_rule_is_on (after, "google-analytics"),
  };

  if (policy != NULL)
    gh_csp_findings_add (&surroundings, findings);
}

static const GhRule rules[] = {
  {
    .id = "CSP-SYNTAX",
    .severity = GH_SEVERITY_WARNING,
    .fields = { GH_CSP_FIELD, GH_CSP_POLICY_FIELD },
    .message = N_ ("Browsers would not read the Content-Security-Policy as it is meant."),
    .explanation = N_ ("Browsers say nothing when they skip a part of a policy: what it was to "
                       "block stays allowed, or what it was to allow is blocked."),
    .source = "Content Security Policy Level 3, sections 2.2 and 2.3",
    .test = test_syntax,
  },
  {
    .id = "CSP-GA",
    .severity = GH_SEVERITY_WARNING,
    .fields = { "google-analytics", GH_CSP_FIELD, GH_CSP_POLICY_FIELD },
    .message = N_ ("Google Analytics is on, but the Content-Security-Policy blocks it. It lacks: "
                   "%s."),
    .explanation = N_ ("Either widen the policy by these sources or turn Google Analytics off."),
    .source = "Google Tag Platform, Use Tag Manager with a Content Security Policy",
    .test = test_analytics,
  },
  {
    .id = "CSP-GRAVATAR",
    .severity = GH_SEVERITY_WARNING,
    .fields = { "gravatar-enabled", GH_CSP_FIELD, GH_CSP_POLICY_FIELD },
    .message = N_ ("Gravatar is on, but the Content-Security-Policy blocks its pictures. It lacks: "
                   "%s."),
    .explanation = N_ ("Members would see an empty frame in the place of each picture."),
    .source = "Content Security Policy Level 3, section 6.1.6",
    .test = test_gravatar,
  },
  {
    .id = "CSP-CAPTCHA",
    .severity = GH_SEVERITY_HIGH,
    .fields = { "captcha-enabled", GH_CSP_FIELD, GH_CSP_POLICY_FIELD },
    .message = N_ ("The captcha is on, but the Content-Security-Policy blocks every captcha known "
                   "here. For reCAPTCHA it lacks: %s."),
    .explanation = N_ ("Where the captcha does not load, nobody can register or sign in."),
    .source = "Google reCAPTCHA FAQ; hCaptcha, Content-Security-Policy Settings",
    .test = test_captcha,
  },
  {
    .id = "CSP-LOCKOUT",
    .severity = GH_SEVERITY_CONFIRM,
    .fields = { GH_CSP_FIELD, GH_CSP_POLICY_FIELD, GH_CSP_REPORT_ONLY_FIELD },
    .message = N_ ("From now on the Content-Security-Policy blocks. A policy that does not fit "
                   "stops pages from working, perhaps the administration pages themselves."),
    .explanation = N_ ("Send it report-only first, look through the reports, and keep a way to "
                       "change the policy that needs none of these pages."),
    .source = "OWASP Content Security Policy Cheat Sheet",
    .test = test_lockout,
  },
  {
    .id = "CSP-WEAK",
    .severity = GH_SEVERITY_HIGH,
    .fields = { GH_CSP_FIELD, GH_CSP_POLICY_FIELD },
    .message = N_ ("The Content-Security-Policy can be got around."),
    .explanation = N_ ("Someone who manages to write into a page can still run scripts there."),
    .source = "Content Security Policy Level 3",
    .test = test_findings,
  },
};

const GhRule *
gh_csp_rules_get_table (gsize *n_rules)
{
  *n_rules = G_N_ELEMENTS (rules);

  return rules;
}
