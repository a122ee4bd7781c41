/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Findings about the lines of an answer as such, and their words. */

#include <glib/gi18n-lib.h>

#include "gh-cross-origin.h"
#include "gh-csp-rules.h"
#include "gh-findings-private.h"
#include "gh-permissions-policy.h"
#include "gh-reporting-endpoints.h"
#include "gh-rule-parts.h"

#define HSTS "strict-transport-security"
#define NOSNIFF "content-type-options"

static const GhRule table[GH_N_FOUND] = {
  [GH_FOUND_SYNTAX] = {
    .id = "HEADER-SYNTAX",
    .severity = GH_SEVERITY_WARNING,
    .message = N_ ("Browsers do not read %s as it is meant."),
    .explanation = N_ ("They say nothing when they skip a header or a part of it."),
    .source = "RFC 6797, section 6.1; HTML Standard, section 7; Fetch Standard, section 3; W3C "
              "Referrer Policy, section 4.1; Reporting API, section 3.2",
  },
  [GH_FOUND_FIRST_COUNTS] = {
    .id = "HEADER-REPEATED",
    .severity = GH_SEVERITY_WARNING,
    .message = N_ ("%s comes in several lines, and only the first of them counts."),
    .explanation = N_ ("Often a server and a proxy before it both send one. Keep one of them."),
    .source = "RFC 6797, section 8.1",
  },
  [GH_FOUND_NONE_COUNTS] = {
    .id = "HEADER-REPEATED",
    .severity = GH_SEVERITY_HIGH,
    .message = N_ ("%s comes in several lines, so browsers ignore them all."),
    .explanation = N_ ("Often a server and a proxy before it both send one. Keep one of them."),
    .source = "RFC 9651, section 4.2; HTML Standard, sections 7.1.3 and 7.1.4; Fetch Standard, "
              "section 3.7",
  },
  [GH_FOUND_ENDPOINT] = {
    .id = "ENDPOINT-MISSING",
    .severity = GH_SEVERITY_WARNING,
    .message = N_ ("%s sends reports to an endpoint that no Reporting-Endpoints header names."),
    .explanation = N_ ("Reports go nowhere."),
    .source = "Reporting API, section 3.2",
  },
  [GH_FOUND_LEGACY_REPORTS] = {
    .id = "DEPRECATED",
    .severity = GH_SEVERITY_INFO,
    .message = N_ ("Only Chromium still reads %s, and no Reporting-Endpoints stands beside it."),
    .explanation = N_ ("Name the same endpoints there, so that other browsers report too."),
    .source = "Reporting API, section 3.2; MDN browser-compat-data",
  },
  [GH_FOUND_NO_HSTS] = {
    .id = "HEADER-MISSING",
    .severity = GH_SEVERITY_WARNING,
    .fields = { HSTS },
    .message = N_ ("No %s is sent, so browsers can be led to plain HTTP."),
    .explanation = N_ ("Whoever stands between can then read and change what is sent. Start with a "
                       "short duration."),
    .source = "RFC 6797, section 2.3",
  },
  [GH_FOUND_NO_NOSNIFF] = {
    .id = "HEADER-MISSING",
    .severity = GH_SEVERITY_WARNING,
    .fields = { NOSNIFF },
    .message = N_ ("No %s is sent, so browsers may run a file as something else than it is sent "
                   "as."),
    .explanation = N_ ("With nosniff a browser runs only what is sent as a script."),
    .source = "Fetch Standard, section 3.6, X-Content-Type-Options",
  },
  [GH_FOUND_NO_CSP] = {
    .id = "HEADER-MISSING",
    .severity = GH_SEVERITY_WARNING,
    .fields = { GH_CSP_FIELD },
    .message = N_ ("No %s is enforced, so nothing limits what a page runs."),
    .explanation = N_ ("Someone who manages to write into a page can run scripts there."),
    .source = "OWASP Content Security Policy Cheat Sheet",
  },
  [GH_FOUND_NO_FRAMING] = {
    .id = "HEADER-MISSING",
    .severity = GH_SEVERITY_WARNING,
    .fields = { GH_CSP_FIELD },
    .message = N_ ("Neither %s nor frame-ancestors is sent, so any site may show these pages in a "
                   "frame."),
    .explanation = N_ ("Members can then be made to click where they do not see."),
    .source = "OWASP Clickjacking Defense Cheat Sheet",
  },
  [GH_FOUND_OBSOLETE] = {
    .id = "DEPRECATED",
    .severity = GH_SEVERITY_INFO,
    .message = N_ ("No current browser reads %s."),
    .explanation = N_ ("What it was to protect is not protected by it."),
    .source = "MDN browser-compat-data",
  },
};

/* Beside those that a setting can switch on. */
static const char *const obsolete[] = {
  "Public-Key-Pins-Report-Only",
  "Feature-Policy",
  "X-Content-Security-Policy",
  "X-WebKit-CSP",
  "P3P",
  "X-Download-Options",
  "X-UA-Compatible",
};

GhFinding *
gh_found_report (GhFound found, const char *header, GPtrArray *findings)
{
  GhFinding *finding = gh_rule_report_with (&table[found], findings, header);

  finding->header = header;

  return finding;
}

/* The switch of the header, where a setting has one. */
static void
report_missing (GhFound found, const char *header, GPtrArray *findings)
{
  GhFinding *finding = gh_found_report (found, header, findings);

  if (!g_str_equal (table[found].fields[0], GH_CSP_FIELD))
    gh_rule_mend (finding, _ ("Send it"), table[found].fields[0], g_variant_new_boolean (TRUE));
}

static void
add_missing (const GhHeaderBlock *block, GPtrArray *findings)
{
  gboolean has_csp = gh_header_block_lookup (block, "Content-Security-Policy") != NULL;

  if (!has_csp)
    report_missing (GH_FOUND_NO_CSP, "Content-Security-Policy", findings);
  if (!has_csp && !gh_header_block_lookup (block, "X-Frame-Options"))
    report_missing (GH_FOUND_NO_FRAMING, "X-Frame-Options", findings);
  if (!gh_header_block_lookup (block, "Strict-Transport-Security"))
    report_missing (GH_FOUND_NO_HSTS, "Strict-Transport-Security", findings);
  if (!gh_header_block_lookup (block, "X-Content-Type-Options"))
    report_missing (GH_FOUND_NO_NOSNIFF, "X-Content-Type-Options", findings);
}

/* Chromium alone goes by Report-To where the other is not sent. */
static gboolean
has_legacy_endpoints (const GhHeaderBlock *block)
{
  return gh_header_block_lookup (block, "Report-To")
         && !gh_header_block_lookup (block, "Reporting-Endpoints");
}

static void
add_obsolete (const GhHeaderBlock *block, GPtrArray *findings)
{
  for (gsize i = 0; i < G_N_ELEMENTS (obsolete); i++)
    if (gh_header_block_lookup (block, obsolete[i]))
      gh_found_report (GH_FOUND_OBSOLETE, obsolete[i], findings);
  if (has_legacy_endpoints (block))
    gh_found_report (GH_FOUND_LEGACY_REPORTS, "Report-To", findings);
}

static gboolean
is_named (const GhStructuredField *endpoints, const char *name)
{
  return endpoints && gh_reporting_endpoints_lookup (endpoints, name);
}

static void
look_at_cross_origin (const GhHeaderBlock *block,
                      GhCrossOriginHeader header,
                      const char *name,
                      const GhStructuredField *endpoints,
                      GPtrArray *findings)
{
  const char *text = gh_header_block_lookup (block, name);
  g_autoptr (GhCrossOriginPolicy) policy
    = text ? gh_cross_origin_parse (header, text, -1, NULL) : NULL;

  if (policy && policy->report_to && !is_named (endpoints, policy->report_to))
    gh_found_report (GH_FOUND_ENDPOINT, name, findings);
}

static void
look_at_permissions (const GhHeaderBlock *block,
                     const char *name,
                     const GhStructuredField *endpoints,
                     GPtrArray *findings)
{
  g_autofree char *text = gh_header_block_dup_joined (block, name);
  g_autoptr (GhPermissionsPolicy) policy
    = text ? gh_permissions_policy_parse (text, -1, NULL) : NULL;

  for (guint i = 0; policy && i < gh_permissions_policy_get_n_permissions (policy); i++)
    {
      const GhPermission *permission = gh_permissions_policy_get_nth (policy, i);

      if (!permission->report_to || is_named (endpoints, permission->report_to))
        continue;
      gh_found_report (GH_FOUND_ENDPOINT, name, findings);
      return;
    }
}

/* What the Content-Security-Policy says of its own is told by CSP-REPORT-TO. */
static void
add_endpoints (const GhHeaderBlock *block, GPtrArray *findings)
{
  static const struct
  {
    GhCrossOriginHeader header;
    const char *name;
  } cross_origin[] = {
    { GH_CROSS_ORIGIN_EMBEDDER, "Cross-Origin-Embedder-Policy" },
    { GH_CROSS_ORIGIN_EMBEDDER, "Cross-Origin-Embedder-Policy-Report-Only" },
    { GH_CROSS_ORIGIN_OPENER, "Cross-Origin-Opener-Policy" },
    { GH_CROSS_ORIGIN_OPENER, "Cross-Origin-Opener-Policy-Report-Only" },
  };
  g_autofree char *text = gh_header_block_dup_joined (block, "Reporting-Endpoints");
  g_autoptr (GhStructuredField) endpoints
    = text ? gh_reporting_endpoints_parse (text, -1, NULL) : NULL;

  if (has_legacy_endpoints (block))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (cross_origin); i++)
    look_at_cross_origin (block, cross_origin[i].header, cross_origin[i].name, endpoints, findings);
  look_at_permissions (block, "Permissions-Policy", endpoints, findings);
  look_at_permissions (block, "Permissions-Policy-Report-Only", endpoints, findings);
}

void
gh_found_add_lines (const GhHeaderBlock *block, GPtrArray *findings)
{
  add_missing (block, findings);
  add_obsolete (block, findings);
  add_endpoints (block, findings);
}
