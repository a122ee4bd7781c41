/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The findings about the Content-Security-Policy lines of one answer. What a service lacks is
 * told in words of their own: nobody knows what is switched on, only what a policy names. */

#include <glib/gi18n-lib.h>

#include "gh-content-type-options.h"
#include "gh-csp-findings.h"
#include "gh-csp-rules.h"
#include "gh-csp-services.h"
#include "gh-rule-parts.h"

static const GhRule services[] = {
  [GH_CSP_SERVICE_ANALYTICS] = {
    .id = "CSP-GA",
    .severity = GH_SEVERITY_WARNING,
    .fields = { GH_CSP_FIELD, GH_CSP_POLICY_FIELD },
    .message = N_ ("The policy names hosts of Google Analytics, but blocks a part of it. It lacks: "
                   "%s."),
    .explanation = N_ ("Either widen the policy by these sources or take the hosts out of it."),
    .source = "Google Tag Platform, Use Tag Manager with a Content Security Policy",
  },
  [GH_CSP_SERVICE_GRAVATAR] = {
    .id = "CSP-GRAVATAR",
    .severity = GH_SEVERITY_WARNING,
    .fields = { GH_CSP_FIELD, GH_CSP_POLICY_FIELD },
    .message = N_ ("The policy names hosts of Gravatar, but blocks its pictures. It lacks: %s."),
    .explanation = N_ ("Members would see an empty frame in the place of each picture."),
    .source = "Content Security Policy Level 3, section 6.1.6",
  },
  [GH_CSP_SERVICE_CAPTCHA] = {
    .id = "CSP-CAPTCHA",
    .severity = GH_SEVERITY_WARNING,
    .fields = { GH_CSP_FIELD, GH_CSP_POLICY_FIELD },
    .message = N_ ("The policy names hosts of a captcha, but blocks every captcha known here. For "
                   "reCAPTCHA it lacks: %s."),
    .explanation = N_ ("Where the captcha does not load, nobody can register or sign in."),
    .source = "Google reCAPTCHA FAQ; hCaptcha, Content-Security-Policy Settings",
  },
};

static void
mend_service (GhFinding *finding, GhCspService service, const GhCsp *csp)
{
  g_autoptr (GhCsp) changed = gh_csp_new_from_text (gh_csp_get_text (csp, NULL));

  if (gh_csp_service_allow (service, changed))
    gh_csp_mend (finding, _ ("Add what is missing to the policy"), changed);
}

/* Each thing that a service loads is tried on its own: of a text that is too long to be mended
 * nobody asks. */
static void
add_services (const GhCsp *csp, GPtrArray *findings)
{
  gsize length;

  gh_csp_get_text (csp, &length);
  if (length > GH_CSP_MENDABLE_SIZE)
    return;
  for (GhCspService service = 0; service < GH_CSP_N_SERVICES; service++)
    {
      g_autoptr (GArray) missing = NULL;

      if (!gh_csp_service_is_named (service, csp))
        continue;
      missing = gh_csp_service_get_missing (service, csp);
      if (missing->len > 0)
        mend_service (gh_csp_report_missing (&services[service], missing, findings), service, csp);
    }
}

static void
add_syntax (const GhCsp *csp, GPtrArray *findings)
{
  gsize n_rules;
  const GhRule *rules = gh_csp_rules_get_table (&n_rules);

  gh_csp_report_syntax (gh_rule_find (rules, n_rules, "CSP-SYNTAX"), csp, findings);
}

static void
add_surrounded (const GhHeaderBlock *block,
                const char *name,
                const char *policy,
                const GhCsp *csp,
                gboolean report_only,
                GPtrArray *findings)
{
  g_autofree char *endpoints = gh_header_block_dup_joined (block, "Reporting-Endpoints");
  g_autofree char *frame_options = gh_header_block_dup_joined (block, "X-Frame-Options");
  g_autofree char *sniff = gh_header_block_dup_joined (block, "X-Content-Type-Options");
  GhCspSurroundings surroundings = {
    .policy = policy,
    .csp = csp,
    .report_only = report_only,
    .told_apart = TRUE,
    .n_lines = gh_header_block_count (block, name),
    .frame_options = frame_options,
    .reporting_endpoints = endpoints,
    .legacy_endpoints = endpoints == NULL && gh_header_block_lookup (block, "Report-To") != NULL,
    .nosniff = sniff != NULL && gh_content_type_options_parse (sniff, -1, NULL),
  };

  gh_csp_findings_add (&surroundings, findings);
}

static void
add_lines (const GhHeaderBlock *block, const char *name, gboolean report_only, GPtrArray *findings)
{
  g_autofree char *policy = gh_header_block_dup_joined (block, name);
  g_autoptr (GhCsp) csp = NULL;
  guint first = findings->len;

  if (policy == NULL)
    return;

  csp = gh_csp_new_from_text (policy);
  add_syntax (csp, findings);
  if (!report_only)
    add_services (csp, findings);
  add_surrounded (block, name, policy, csp, report_only, findings);
  for (guint i = first; i < findings->len; i++)
    ((GhFinding *) g_ptr_array_index (findings, i))->header = name;
}

void
gh_csp_answer_findings_add (const GhHeaderBlock *block, GPtrArray *findings)
{
  add_lines (block, "Content-Security-Policy", FALSE, findings);
  add_lines (block, "Content-Security-Policy-Report-Only", TRUE, findings);
}
