/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules: Strict-Transport-Security, and the headers that bind a site to its certificates. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>

#include "gh-header-set.h"
#include "gh-hsts.h"
#include "gh-keyed-hash.h"
#include "gh-public-key-pins.h"
#include "gh-rule-parts.h"
#include "gh-xss-protection.h"

#define SECONDS_A_DAY 86400
#define RAMP_DAYS 180
#define YEAR_DAYS 365
#define HSTS "strict-transport-security"
#define HSTS_DAYS HSTS ".max-age-days"
#define HSTS_SUBDOMAINS HSTS ".include-subdomains"
#define HSTS_PRELOAD HSTS ".preload"
#define PINS "public-key-pins"
#define XSS "xss-protection"

/* What would be sent; FALSE while the header is off. */
static gboolean
read_hsts (const GhPolicy *policy, GhHsts *hsts)
{
  hsts->max_age = gh_policy_get_integer (policy, HSTS_DAYS) * SECONDS_A_DAY;
  hsts->include_subdomains = gh_rule_is_on (policy, HSTS_SUBDOMAINS);
  hsts->preload = gh_rule_is_on (policy, HSTS_PRELOAD);

  return gh_rule_is_on (policy, HSTS);
}

static void
judge_hsts_zero (const GhRule *rule, const GhHsts *hsts, GPtrArray *findings)
{
  if (hsts->max_age == 0)
    gh_rule_mend (gh_rule_report (rule, findings),
                  _ ("Set the duration to one year"),
                  HSTS_DAYS,
                  g_variant_new_int64 (YEAR_DAYS));
}

static void
judge_hsts_subdomains (const GhRule *rule, const GhHsts *hsts, GPtrArray *findings)
{
  if (!hsts->include_subdomains)
    gh_rule_mend (gh_rule_report (rule, findings),
                  _ ("Include subdomains"),
                  HSTS_SUBDOMAINS,
                  g_variant_new_boolean (TRUE));
}

static void
judge_hsts_preload (const GhRule *rule, const GhHsts *hsts, GPtrArray *findings)
{
  GhHstsPreload missing = gh_hsts_check_preload (hsts);
  GhFinding *finding;

  if (!hsts->preload || !(missing & (GH_HSTS_NO_SUBDOMAINS | GH_HSTS_TOO_SHORT)))
    return;

  finding = gh_rule_report (rule, findings);
  if (missing & GH_HSTS_NO_SUBDOMAINS)
    gh_rule_mend (finding,
                  _ ("Meet what the preload list asks"),
                  HSTS_SUBDOMAINS,
                  g_variant_new_boolean (TRUE));
  if (missing & GH_HSTS_TOO_SHORT)
    gh_rule_mend (finding,
                  _ ("Meet what the preload list asks"),
                  HSTS_DAYS,
                  g_variant_new_int64 (2 * YEAR_DAYS));
}

static const struct
{
  const char *id;
  void (*judge) (const GhRule *rule, const GhHsts *hsts, GPtrArray *findings);
} hsts_judges[] = {
  { "HSTS-ZERO", judge_hsts_zero },
  { "HSTS-SUBDOMAINS", judge_hsts_subdomains },
  { "HSTS-PRELOAD", judge_hsts_preload },
};

static void
test_hsts (const GhRule *rule, const GhPolicy *before, const GhPolicy *after, GPtrArray *findings)
{
  GhHsts hsts;

  if (!read_hsts (after, &hsts))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (hsts_judges); i++)
    if (g_str_equal (hsts_judges[i].id, rule->id))
      hsts_judges[i].judge (rule, &hsts, findings);
}

static void
test_hsts_ramp (const GhRule *rule,
                const GhPolicy *before,
                const GhPolicy *after,
                GPtrArray *findings)
{
  if (gh_rule_is_turned_on (before, after, HSTS)
      && gh_policy_get_integer (after, HSTS_DAYS) >= RAMP_DAYS)
    gh_rule_mend (gh_rule_report (rule, findings),
                  _ ("Start with one day"),
                  HSTS_DAYS,
                  g_variant_new_int64 (1));
}

static void
test_hsts_preload_consent (const GhRule *rule,
                           const GhPolicy *before,
                           const GhPolicy *after,
                           GPtrArray *findings)
{
  gboolean preloaded = gh_rule_is_on (before, HSTS) && gh_rule_is_on (before, HSTS_PRELOAD);

  if (!preloaded && gh_rule_is_on (after, HSTS) && gh_rule_is_on (after, HSTS_PRELOAD)
      && before != after)
    gh_rule_report (rule, findings);
}

static void
report_deprecated (const GhRule *rule, GPtrArray *findings)
{
  gh_rule_mend (gh_rule_report (rule, findings),
                _ ("Stop sending it"),
                rule->fields[0],
                g_variant_new_boolean (FALSE));
}

static void
test_deprecated (const GhRule *rule,
                 const GhPolicy *before,
                 const GhPolicy *after,
                 GPtrArray *findings)
{
  if (gh_rule_is_on (after, rule->fields[0]))
    report_deprecated (rule, findings);
}

static void
report_filter (const GhRule *rule, GPtrArray *findings)
{
  gh_rule_mend (gh_rule_report (rule, findings),
                _ ("Switch the filter off"),
                XSS ".mode",
                g_variant_new_string ("disable"));
}

static void
test_filter (const GhRule *rule, const GhPolicy *before, const GhPolicy *after, GPtrArray *findings)
{
  if (gh_rule_is_on (after, XSS) && !gh_rule_sends (after, XSS, XSS ".mode", "disable"))
    report_filter (rule, findings);
}

static gboolean
pins_lack_backup (const char *const *pins, guint n_pins, gint64 max_age)
{
  g_autoptr (GHashTable) valid = gh_keyed_hash_table_new (NULL, NULL);

  for (guint i = 0; i < n_pins; i++)
    if (gh_public_key_pin_is_valid (pins[i]))
      g_hash_table_add (valid, (gpointer) pins[i]);

  return g_hash_table_size (valid) < 2 || max_age <= 0;
}

static void
report_pins (const GhRule *rule, GPtrArray *findings)
{
  gh_rule_mend (
    gh_rule_report (rule, findings), _ ("Stop sending pins"), PINS, g_variant_new_boolean (FALSE));
}

static void
test_pins_backup (const GhRule *rule,
                  const GhPolicy *before,
                  const GhPolicy *after,
                  GPtrArray *findings)
{
  g_autofree const char **pins = gh_policy_dup_string_list (after, PINS ".pins");

  if (gh_rule_is_on (after, PINS)
      && pins_lack_backup ((const char *const *) pins,
                           g_strv_length ((char **) pins),
                           gh_policy_get_integer (after, PINS ".max-age-days")))
    report_pins (rule, findings);
}

static void
test_pins_consent (const GhRule *rule,
                   const GhPolicy *before,
                   const GhPolicy *after,
                   GPtrArray *findings)
{
  if (gh_rule_is_turned_on (before, after, PINS))
    gh_rule_report (rule, findings);
}

static const GhRule rules[] = {
  {
    .id = "HSTS-ZERO",
    .severity = GH_SEVERITY_WARNING,
    .fields = { HSTS, HSTS_DAYS },
    .message = N_ ("Strict-Transport-Security with zero days makes browsers forget the rule."),
    .explanation = N_ ("Send it for as long as browsers may remember an earlier rule, then switch "
                       "the header off."),
    .source = "RFC 6797, section 6.1.1",
    .test = test_hsts,
  },
  {
    .id = "HSTS-RAMP",
    .severity = GH_SEVERITY_CONFIRM,
    .fields = { HSTS, HSTS_DAYS },
    .message = N_ ("Browsers will refuse plain HTTP for half a year or more from the first visit "
                   "on."),
    .explanation = N_ ("It cannot be taken back for those who have seen it. Start with a day, then "
                       "a week, then a month."),
    .source = "OWASP HTTP Strict Transport Security Cheat Sheet",
    .test = test_hsts_ramp,
  },
  {
    .id = "HSTS-SUBDOMAINS",
    .severity = GH_SEVERITY_INFO,
    .fields = { HSTS, HSTS_SUBDOMAINS },
    .message = N_ ("Subdomains are not covered by Strict-Transport-Security."),
    .explanation = N_ ("Cookies set for the whole domain can leak through a subdomain that is "
                       "reached by plain HTTP. Include them once each of them has HTTPS."),
    .source = "RFC 6797, section 14.4",
    .test = test_hsts,
  },
  {
    .id = "HSTS-PRELOAD",
    .severity = GH_SEVERITY_ERROR,
    .fields = { HSTS_PRELOAD, HSTS_DAYS, HSTS_SUBDOMAINS },
    .message = N_ ("The preload list takes a site only with subdomains included and at least 365 "
                   "days."),
    .explanation = N_ ("As it stands the word preload has no effect but to show the intent."),
    .source = "hstspreload.org",
    .test = test_hsts,
  },
  {
    .id = "HSTS-PRELOAD-CONSENT",
    .severity = GH_SEVERITY_CONFIRM,
    .fields = { HSTS_PRELOAD },
    .message = N_ ("With preload anyone may put the domain on a list that is built into browsers."),
    .explanation = N_ ("Leaving that list takes months. Every subdomain, also internal ones, must "
                       "work with HTTPS for as long."),
    .source = "hstspreload.org",
    .test = test_hsts_preload_consent,
  },
  {
    .id = "DEPRECATED",
    .severity = GH_SEVERITY_INFO,
    .fields = { XSS },
    .message = N_ ("No current browser reads X-XSS-Protection."),
    .explanation = N_ ("The filters it switched were removed because they could be abused. A "
                       "Content-Security-Policy does that work."),
    .source = "OWASP HTTP Headers Cheat Sheet",
    .test = test_deprecated,
  },
  {
    .id = "XSS-FILTER",
    .severity = GH_SEVERITY_WARNING,
    .fields = { XSS, XSS ".mode" },
    .message = N_ ("X-XSS-Protection switches on a filter that can be turned against the site."),
    .explanation = N_ ("In the old browsers that have it the filter can be made to disable scripts "
                       "of the page. Send 0, or do not send the header at all."),
    .source = "OWASP HTTP Headers Cheat Sheet",
    .test = test_filter,
  },
  {
    .id = "DEPRECATED",
    .severity = GH_SEVERITY_INFO,
    .fields = { PINS },
    .message = N_ ("No current browser reads Public-Key-Pins."),
    .explanation = N_ ("Where an old browser does, a lost key locks visitors out."),
    .source = "OWASP HTTP Headers Cheat Sheet",
    .test = test_deprecated,
  },
  {
    .id = "DEPRECATED",
    .severity = GH_SEVERITY_INFO,
    .fields = { "expect-ct" },
    .message = N_ ("No current browser reads Expect-CT."),
    .explanation = N_ ("Browsers ask for certificate transparency of every site by themselves."),
    .source = "OWASP HTTP Headers Cheat Sheet",
    .test = test_deprecated,
  },
  {
    .id = "HPKP-BACKUP",
    .severity = GH_SEVERITY_ERROR,
    .fields = { PINS, PINS ".pins", PINS ".max-age-days" },
    .message = N_ ("Public-Key-Pins needs two different pins and a duration above zero."),
    .explanation = N_ ("One pin is in use, the other one is a backup whose key is kept elsewhere."),
    .source = "RFC 7469, sections 2.1 and 4.3",
    .test = test_pins_backup,
  },
  {
    .id = "HPKP-CONSENT",
    .severity = GH_SEVERITY_CONFIRM,
    .fields = { PINS },
    .message = N_ ("A browser that obeys pins will refuse the site with any other key."),
    .explanation = N_ ("If both keys are lost, those visitors cannot come back before the pins "
                       "expire."),
    .source = "RFC 7469, section 4.5",
    .test = test_pins_consent,
  },
};

const GhRule *
gh_transport_rules_get_table (gsize *n_rules)
{
  *n_rules = G_N_ELEMENTS (rules);
  return rules;
}

static const GhRule *
find_rule (const char *id)
{
  return gh_rule_find (rules, G_N_ELEMENTS (rules), id);
}

/* Of several lines browsers obey the first. */
static void
add_hsts (const GhHeaderBlock *block, GPtrArray *findings)
{
  const char *text = gh_header_block_lookup (block, "Strict-Transport-Security");
  GhHsts hsts;

  if (!text)
    return;
  gh_hsts_parse (text, -1, &hsts, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (hsts_judges) && hsts.max_age >= 0; i++)
    hsts_judges[i].judge (find_rule (hsts_judges[i].id), &hsts, findings);
}

static void
add_deprecated (const GhHeaderBlock *block, GPtrArray *findings)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      const char *name = gh_header_set_get_name_of (NULL, rules[i].fields[0]);

      if (g_str_equal (rules[i].id, "DEPRECATED") && gh_header_block_lookup (block, name))
        report_deprecated (&rules[i], findings);
    }
}

static void
add_filter (const GhHeaderBlock *block, GPtrArray *findings)
{
  const char *text = gh_header_block_lookup (block, "X-XSS-Protection");
  GhXssProtection protection
    = text ? gh_xss_protection_parse (text, -1, NULL) : GH_XSS_PROTECTION_INVALID;

  if (protection == GH_XSS_PROTECTION_FILTER || protection == GH_XSS_PROTECTION_BLOCK)
    report_filter (find_rule ("XSS-FILTER"), findings);
}

static void
add_pins (const GhHeaderBlock *block, GPtrArray *findings)
{
  const char *text = gh_header_block_lookup (block, "Public-Key-Pins");
  g_autoptr (GhPublicKeyPins) pins = text ? gh_public_key_pins_parse (text, -1, NULL) : NULL;

  if (pins
      && pins_lack_backup ((const char *const *) pins->pins->pdata, pins->pins->len, pins->max_age))
    report_pins (find_rule ("HPKP-BACKUP"), findings);
}

void
gh_transport_findings_add (const GhHeaderBlock *block, GPtrArray *findings)
{
  add_hsts (block, findings);
  add_deprecated (block, findings);
  add_filter (block, findings);
  add_pins (block, findings);
}
