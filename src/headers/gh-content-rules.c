/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules: headers about what pages give away and what they may use. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-header-set.h"
#include "gh-permissions-policy.h"
#include "gh-referrer-policy.h"
#include "gh-rule-parts.h"

#define PERMISSIONS "permissions-policy"
#define REFERRER "referrer-policy"
#define MAXIMUM_ODDITIES 24 /* that are told of one header */

static void
report_permissions (const GhRule *rule,
                    const char *text,
                    const GhDiagnostic *diagnostic,
                    GPtrArray *findings)
{
  GhFinding *finding = gh_rule_report (rule, findings);
  g_autofree char *mended = NULL;

  finding->severity = diagnostic->severity;
  gh_rule_say (finding, gh_diagnostic_dup_message (diagnostic, text));
  if (diagnostic->severity == GH_SEVERITY_ERROR)
    mended = gh_permissions_policy_from_feature_policy (text);
  if (mended)
    gh_rule_mend (finding,
                  _ ("Rewrite it in the present syntax"),
                  PERMISSIONS ".policy",
                  g_variant_new_string (mended));
}

/* An error once for the header; each other oddity on its own. */
static void
judge_permissions (const GhRule *rule, const char *text, GPtrArray *findings)
{
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
  g_autoptr (GhPermissionsPolicy) permissions = gh_permissions_policy_parse (text, -1, diagnostics);

  if (!permissions)
    {
      report_permissions (
        rule, text, gh_diagnostics_get_nth (diagnostics, diagnostics->len - 1), findings);
      return;
    }

  for (guint i = 0; i < MIN (diagnostics->len, MAXIMUM_ODDITIES); i++)
    report_permissions (rule, text, gh_diagnostics_get_nth (diagnostics, i), findings);
}

static void
test_permissions (const GhRule *rule,
                  const GhPolicy *before,
                  const GhPolicy *after,
                  GPtrArray *findings)
{
  const char *text = gh_rule_get_sent (after, PERMISSIONS, PERMISSIONS ".policy");

  if (text)
    judge_permissions (rule, text, findings);
}

static GhFinding *
report_referrer (const GhRule *rule, gboolean is_sent, GPtrArray *findings)
{
  GhFinding *finding = gh_rule_report (rule, findings);

  if (!is_sent)
    gh_rule_say (finding,
                 g_strdup (_ ("No Referrer-Policy is sent, so it is up to each browser whether the "
                              "tokens in mailed links leak to other sites.")));
  gh_rule_mend (
    finding, _ ("Tell other sites the origin only"), REFERRER, g_variant_new_boolean (TRUE));
  gh_finding_add_mend (finding,
                       gh_settings_lookup (REFERRER ".policy"),
                       g_variant_new_string ("strict-origin-when-cross-origin"));

  return finding;
}

static void
test_referrer (const GhRule *rule,
               const GhPolicy *before,
               const GhPolicy *after,
               GPtrArray *findings)
{
  const char *sent = gh_rule_get_sent (after, REFERRER, REFERRER ".policy");
  const GhReferrerPolicy *policy = sent ? gh_referrer_policy_lookup (sent) : NULL;

  if (!policy || policy->exposure == GH_REFERRER_ADDRESS)
    report_referrer (rule, sent != NULL, findings);
}

static void
test_uploads (const GhRule *rule,
              const GhPolicy *before,
              const GhPolicy *after,
              GPtrArray *findings)
{
  static const char *const sniffed[] = { "html", "htm", "svg", "xml", "js", "txt", NULL };
  g_autofree const char **extensions = gh_policy_dup_string_list (after, "allowed-file-extensions");

  if (gh_rule_is_on (after, "content-type-options"))
    return;

  for (guint i = 0; extensions[i]; i++)
    if (g_strv_contains (sniffed, extensions[i]))
      {
        gh_rule_mend (gh_rule_report (rule, findings),
                      _ ("Send nosniff"),
                      "content-type-options",
                      g_variant_new_boolean (TRUE));
        return;
      }
}

static void
test_unsafe (const GhRule *rule, const GhPolicy *before, const GhPolicy *after, GPtrArray *findings)
{
  g_autoptr (GhHeaderSet) set = gh_header_set_new (after);

  for (const char *const *name = gh_header_set_get_refused (set); *name; name++)
    {
      GhFinding *finding = gh_rule_report (rule, findings);

      finding->header = *name;
      gh_rule_say (finding,
                   g_strdup_printf (_ ("%s cannot be sent: its text holds a line break, a control "
                                       "character or a character beyond ASCII."),
                                    *name));
    }
}

/* NULL unless there is something to say that has not been said of the policy alone. Bytes. */
static GhFinding *
judge_size (const GhRule *rule, gsize size, gsize policy_size, GPtrArray *findings)
{
  guint mark = gh_headers_get_size_mark (size);
  g_autofree char *words = g_strdup_printf ("%u", mark);
  GhFinding *finding;

  if (mark <= gh_headers_get_size_mark (policy_size))
    return NULL;

  finding = gh_rule_report_with (rule, findings, words);
  finding->severity = gh_headers_get_size_severity (mark);

  return finding;
}

static void
test_size (const GhRule *rule, const GhPolicy *before, const GhPolicy *after, GPtrArray *findings)
{
  const char *policy
    = gh_rule_get_sent (after, "content-security-policy", "content-security-policy.policy");
  g_autoptr (GhHeaderSet) set = gh_header_set_new (after);

  judge_size (rule, gh_header_set_get_size (set), policy ? strlen (policy) : 0, findings);
}

static const GhRule rules[] = {
  {
    .id = "HEADERS-SIZE",
    .severity = GH_SEVERITY_WARNING,
    .fields
    = { "content-security-policy.policy", "permissions-policy.policy", "public-key-pins.pins" },
    .message = N_ ("All headers together are longer than %s KB: servers and proxies may refuse so "
                   "many."),
    .explanation = N_ ("Common limits for all headers of an answer are 4, 8 and 16 KB."),
    .source = "nginx, proxy_buffer_size; Apache, LimitRequestFieldSize",
    .test = test_size,
  },
  {
    .id = "HEADER-UNSAFE",
    .severity = GH_SEVERITY_ERROR,
    .fields = { "content-security-policy.policy",
                "permissions-policy.policy",
                "public-key-pins.pins",
                "public-key-pins.report-uri",
                "expect-ct.report-uri" },
    .message = N_ ("A header cannot be sent as it stands."),
    .explanation = N_ ("Such characters could start a header of their own. Remove them, or write a "
                       "host name in its ASCII form."),
    .source = "RFC 9110, section 5.5",
    .test = test_unsafe,
  },
  {
    .id = "PP-SYNTAX",
    .severity = GH_SEVERITY_ERROR,
    .fields = { PERMISSIONS, PERMISSIONS ".policy" },
    .message = N_ ("Browsers would drop the whole Permissions-Policy."),
    .explanation
    = N_ ("It is a list such as camera=(), geolocation=(self \"https://example.com\"). One "
          "fault, and nothing in it counts."),
    .source = "RFC 9651, section 3.2; W3C Permissions Policy, section 5.1",
    .test = test_permissions,
  },
  {
    .id = "REFERRER-TOKEN",
    .severity = GH_SEVERITY_HIGH,
    .fields = { REFERRER, REFERRER ".policy" },
    .message = N_ ("The tokens in mailed links leak to other sites in the Referer header."),
    .explanation
    = N_ ("A page reached by such a link tells the whole address to each site it loads "
          "something from."),
    .source = "OWASP ASVS 5.0, 3.4.5; OWASP Forgot Password Cheat Sheet",
    .test = test_referrer,
  },
  {
    .id = "NOSNIFF-UPLOADS",
    .severity = GH_SEVERITY_HIGH,
    .fields = { "content-type-options", "allowed-file-extensions" },
    .message = N_ ("Uploaded files can be run as a page or a script of the site."),
    .explanation = N_ ("Without nosniff a browser may take a harmless looking file for one that "
                       "runs."),
    .source = "OWASP ASVS 5.0, 3.4.4",
    .test = test_uploads,
  },
};

const GhRule *
gh_content_rules_get_table (gsize *n_rules)
{
  *n_rules = G_N_ELEMENTS (rules);
  return rules;
}

/* A text that names no policy leaves the browser's own in force, which gives the origin only. Nor
 * is it known of an answer from anywhere that its links hold tokens. */
static void
add_referrer (const GhHeaderBlock *block, GPtrArray *findings)
{
  const GhRule *rule = gh_rule_find (rules, G_N_ELEMENTS (rules), "REFERRER-TOKEN");
  g_autofree char *text = gh_header_block_dup_joined (block, "Referrer-Policy");
  const GhReferrerPolicy *policy = text ? gh_referrer_policy_parse (text, -1, NULL) : NULL;

  if (!text)
    report_referrer (rule, FALSE, findings)->severity = GH_SEVERITY_WARNING;
  else if (policy && policy->exposure == GH_REFERRER_ADDRESS)
    report_referrer (rule, TRUE, findings);
}

static void
add_permissions (const GhHeaderBlock *block, const char *name, GPtrArray *findings)
{
  g_autofree char *text = gh_header_block_dup_joined (block, name);
  guint first = findings->len;

  if (text)
    judge_permissions (gh_rule_find (rules, G_N_ELEMENTS (rules), "PP-SYNTAX"), text, findings);
  for (guint i = first; i < findings->len; i++)
    ((GhFinding *) g_ptr_array_index (findings, i))->header = name;
}

/* Nobody knows that it is what a setting shapes which makes them long. */
static void
add_size (const GhHeaderBlock *block, GPtrArray *findings)
{
  static const char *const no_fields[] = { NULL };
  g_autofree char *policy = gh_header_block_dup_joined (block, "Content-Security-Policy");
  GhFinding *finding = judge_size (gh_rule_find (rules, G_N_ELEMENTS (rules), "HEADERS-SIZE"),
                                   gh_header_block_get_size (block),
                                   policy ? strlen (policy) : 0,
                                   findings);

  if (finding)
    finding->fields = no_fields;
}

void
gh_content_findings_add (const GhHeaderBlock *block, GPtrArray *findings)
{
  add_referrer (block, findings);
  add_permissions (block, "Permissions-Policy", findings);
  add_permissions (block, "Permissions-Policy-Report-Only", findings);
  add_size (block, findings);
}
