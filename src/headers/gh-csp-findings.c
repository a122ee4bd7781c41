/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of findings, their words, and the review of a policy as a whole. */

#include "gh-csp-findings-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-csp-evaluator.h"
#include "gh-csp-rules.h"
#include "gh-csp-words.h"

#define MAXIMUM_OF_A_KIND 12
#define MAXIMUM_WORD 1024

static const char *const policy_fields[] = { GH_CSP_FIELD, GH_CSP_POLICY_FIELD, NULL };
static const char *const analytics_fields[]
  = { "google-analytics", GH_CSP_FIELD, GH_CSP_POLICY_FIELD, NULL };
static const char *const extension_fields[]
  = { "allowed-file-extensions", GH_CSP_FIELD, GH_CSP_POLICY_FIELD, NULL };
static const char *const sniff_fields[]
  = { "content-type-options", "allowed-file-extensions", GH_CSP_FIELD, GH_CSP_POLICY_FIELD, NULL };
static const char *const report_only_fields[]
  = { GH_CSP_REPORT_ONLY_FIELD, GH_CSP_FIELD, GH_CSP_POLICY_FIELD, NULL };

static const struct
{
  const char *id;
  GhSeverity severity;
  const char *const *fields;
  const char *message; /* %1$s and %2$s are filled by whoever reports it */
  const char *explanation;
  const char *source;
} table[GH_CSP_N_FOUND] = {
  [GH_CSP_FOUND_WEAK]
  = { "CSP-WEAK",
      GH_SEVERITY_HIGH,
      policy_fields,
      "%1$s",
      N_ ("Someone who manages to write into a page can still run scripts there."),
      "CSP Evaluator 1.1.8; Content Security Policy Level 3" },
  [GH_CSP_FOUND_STATIC_NONCE]
  = { "CSP-STATIC-NONCE",
      GH_SEVERITY_HIGH,
      policy_fields,
      N_ ("The nonce %1$s in %2$s is the same for every page, so everyone can read it and use it."),
      N_ ("A nonce protects only while nobody can know it: the server has to make a new one for "
          "each answer. In a stored policy use hashes."),
      "Content Security Policy Level 3, section 7.1" },
  [GH_CSP_FOUND_NONCE_SHORT]
  = { "CSP-NONCE-SHORT",
      GH_SEVERITY_WARNING,
      policy_fields,
      N_ ("The nonce %1$s in %2$s is shorter than 128 bits and can be guessed."),
      N_ ("A nonce should be at least 16 random bytes, which are 22 characters of base64."),
      "Content Security Policy Level 3, section 7.1" },
  [GH_CSP_FOUND_HASH_BROKEN]
  = { "CSP-HASH-BROKEN",
      GH_SEVERITY_WARNING,
      policy_fields,
      N_ ("%1$s in %2$s is not as long as a hash of that kind, so no script can have it."),
      N_ ("A sha256 has 44 characters of base64, a sha384 64 and a sha512 88, the equals signs at "
          "the end included."),
      "Content Security Policy Level 3, section 2.3.1" },
  [GH_CSP_FOUND_NO_FRAME_ANCESTORS]
  = { "CSP-FRAMING",
      GH_SEVERITY_WARNING,
      policy_fields,
      N_ ("The policy has no frame-ancestors, so any site may show these pages in a frame."),
      N_ ("Members can then be made to click where they do not see. default-src does not stand in "
          "for frame-ancestors."),
      "Content Security Policy Level 3, section 6.4.2; OWASP Clickjacking Defense Cheat Sheet" },
  [GH_CSP_FOUND_OPEN_FRAME_ANCESTORS]
  = { "CSP-FRAMING",
      GH_SEVERITY_WARNING,
      policy_fields,
      N_ ("%1$s in %2$s lets any site show these pages in a frame."),
      N_ ("Members can then be made to click where they do not see. Name the sites that may, or "
          "use 'self' or 'none'."),
      "Content Security Policy Level 3, section 6.4.2; OWASP Clickjacking Defense Cheat Sheet" },
  [GH_CSP_FOUND_FRAME_OPTIONS]
  = { "CSP-FRAME-OPTIONS",
      GH_SEVERITY_INFO,
      policy_fields,
      N_ ("Browsers ignore X-Frame-Options, because the policy has frame-ancestors."),
      N_ ("That is as it should be: X-Frame-Options is for browsers that do not know "
          "frame-ancestors."),
      "HTML Standard, section 7.9, X-Frame-Options" },
  [GH_CSP_FOUND_FRAME_OPTIONS_CONFLICT]
  = { "CSP-FRAME-OPTIONS",
      GH_SEVERITY_WARNING,
      policy_fields,
      N_ ("X-Frame-Options says %1$s, but %2$s allows other sites, and browsers obey the latter."),
      N_ ("Make both say the same."),
      "HTML Standard, section 7.9, X-Frame-Options" },
  [GH_CSP_FOUND_REPORT_TO]
  = { "CSP-REPORT-TO",
      GH_SEVERITY_WARNING,
      policy_fields,
      N_ ("report-to names “%1$s”, but no Reporting-Endpoints header says where that is."),
      N_ ("Reports go nowhere. Until the endpoint is named, use report-uri with an address."),
      "Reporting API, section 3.2; Content Security Policy Level 3, section 6.5.2" },
  [GH_CSP_FOUND_REPORT_BOTH]
  = { "CSP-REPORT-BOTH",
      GH_SEVERITY_INFO,
      policy_fields,
      N_ ("The policy has %1$s but not %2$s: some browsers would not report."),
      N_ ("report-to is for new browsers, report-uri for older ones; browsers that know both use "
          "report-to."),
      "Content Security Policy Level 3, section 6.5" },
  [GH_CSP_FOUND_REPORT_NOWHERE]
  = { "CSP-REPORT-NOWHERE",
      GH_SEVERITY_WARNING,
      report_only_fields,
      N_ ("The policy is only reported on, but has neither report-uri nor report-to: it does "
          "nothing at all."),
      N_ ("Add an address that takes the reports."),
      "Content Security Policy Level 3, section 3.2" },
  [GH_CSP_FOUND_ANALYTICS_LEFT]
  = { "CSP-ANALYTICS-LEFT",
      GH_SEVERITY_INFO,
      analytics_fields,
      N_ ("Google Analytics is off, but %1$s in %2$s still allows it."),
      N_ ("What is not needed is better not allowed: these hosts can also be used to carry data "
          "away."),
      "Google Tag Platform, Use Tag Manager with a Content Security Policy" },
  [GH_CSP_FOUND_EXTENSIONS]
  = { "CSP-EXTENSIONS",
      GH_SEVERITY_HIGH,
      extension_fields,
      N_ ("%2$s allows 'self', and members may attach files of the kind %1$s: an attached file can "
          "run as a script of the site."),
      N_ ("Serve attachments from another host, take these kinds off the list, or use hashes "
          "instead of 'self'."),
      "OWASP File Upload Cheat Sheet; Content Security Policy Level 3, section 6.7" },
  [GH_CSP_FOUND_SELF_SNIFFED]
  = { "CSP-SELF-SNIFFED",
      GH_SEVERITY_WARNING,
      sniff_fields,
      N_ ("%2$s allows 'self' while X-Content-Type-Options is off: even an attached text file can "
          "run as a script of the site."),
      N_ ("With nosniff a browser runs only what is sent as a script."),
      "Fetch Standard, section 3.6, X-Content-Type-Options" },
  [GH_CSP_FOUND_INERT] = { "CSP-INERT",
                           GH_SEVERITY_INFO,
                           policy_fields,
                           N_ ("%1$s has no effect in a policy that is only reported on."),
                           N_ ("It counts only once the policy is enforced."),
                           "Content Security Policy Level 3, section 6.3" },
  [GH_CSP_FOUND_DEPRECATED] = { "CSP-DEPRECATED",
                                GH_SEVERITY_INFO,
                                policy_fields,
                                N_ ("Browsers no longer read %1$s."),
                                N_ ("What it was to protect is not protected by it."),
                                "MDN browser-compat-data" },
  [GH_CSP_FOUND_IP_SOURCE]
  = { "CSP-IP-SOURCE",
      GH_SEVERITY_WARNING,
      policy_fields,
      N_ ("%1$s in %2$s is an IP address, and by the standard no address but 127.0.0.1 matches."),
      N_ ("Use the name of the host."),
      "Content Security Policy Level 3, section 6.7.2.10" },
  [GH_CSP_FOUND_HTTP_SOURCE]
  = { "CSP-HTTP-SOURCE",
      GH_SEVERITY_INFO,
      policy_fields,
      N_ ("%1$s in %2$s allows unprotected connections; https in its place still allows the "
          "protected ones."),
      N_ ("http: also matches https:, but not the other way round."),
      "Content Security Policy Level 3, section 6.7.2.9" },
  [GH_CSP_FOUND_STAR_SCHEMES]
  = { "CSP-STAR-SCHEMES",
      GH_SEVERITY_INFO,
      policy_fields,
      N_ ("* in %2$s allows every host, but neither data: nor blob: nor filesystem:."),
      N_ ("Name those schemes beside it where they are needed."),
      "Content Security Policy Level 3, section 6.7.2.8" },
  [GH_CSP_FOUND_PATH_REDIRECT]
  = { "CSP-PATH-REDIRECT",
      GH_SEVERITY_INFO,
      policy_fields,
      N_ ("The path of %1$s in %2$s does not count after a redirect."),
      N_ ("Whatever redirects on an allowed host can lead to any path of that host."),
      "Content Security Policy Level 3, section 7.6" },
  [GH_CSP_FOUND_SEVERAL]
  = { "CSP-SEVERAL",
      GH_SEVERITY_INFO,
      policy_fields,
      N_ ("A comma makes this several policies, and only what each of them allows will load."),
      N_ ("A further policy can only forbid more. If the comma was to be a semicolon, change it."),
      "Content Security Policy Level 3, section 8.1" },
  [GH_CSP_FOUND_SEVERAL_LINES]
  = { "CSP-SEVERAL",
      GH_SEVERITY_INFO,
      policy_fields,
      N_ ("These are several policies, and only what each of them allows will load."),
      N_ ("A further policy can only forbid more. Two that were written apart seldom fit."),
      "Content Security Policy Level 3, section 8.1" },
  [GH_CSP_FOUND_SIZE]
  = { "CSP-SIZE",
      GH_SEVERITY_WARNING,
      policy_fields,
      N_ ("The policy is longer than %1$s KB: servers and proxies may refuse so large a header."),
      N_ ("Common limits for all headers of an answer are 4, 8 and 16 KB. Wildcards for hosts of "
          "one domain make it shorter."),
      "nginx, proxy_buffer_size; Apache, LimitRequestFieldSize" },
};

/* No source and no name that is meant to be read is longer. */
static char *
shorten (const char *word)
{
  g_autofree char *start = NULL;

  if (word == NULL || strlen (word) <= MAXIMUM_WORD)
    return g_strdup (word);
  start = g_strndup (word, g_utf8_find_prev_char (word, word + MAXIMUM_WORD) - word);

  return g_strconcat (start, "…", NULL);
}

GhFinding *
gh_csp_review_report (GhCspReview *review, GhCspFound found, const char *first, const char *second)
{
  g_autofree char *short_first = shorten (first);
  g_autofree char *short_second = shorten (second);
  const char *const words[] = { short_first, short_second };
  GhFinding *finding = gh_finding_new (table[found].id, table[found].severity, table[found].fields);

  finding->message = gh_csp_fill (_ (table[found].message), words, G_N_ELEMENTS (words));
  finding->explanation
    = table[found].explanation != NULL ? g_strdup (_ (table[found].explanation)) : NULL;
  finding->source = table[found].source;
  finding->header = review->surroundings->report_only ? "Content-Security-Policy-Report-Only"
                                                      : "Content-Security-Policy";
  g_ptr_array_add (review->findings, finding);
  review->reported[found]++;

  return finding;
}

gboolean
gh_csp_review_has_reported (const GhCspReview *review, GhCspFound found)
{
  return review->reported[found] > 0;
}

gboolean
gh_csp_review_has_enough (const GhCspReview *review, GhCspFound found)
{
  return review->reported[found] >= MAXIMUM_OF_A_KIND;
}

GhCsp *
gh_csp_review_copy (const GhCspReview *review)
{
  gsize length;
  const char *text = gh_csp_get_text (review->csp, &length);
  GhCsp *copy;

  if (length > GH_CSP_MENDABLE_SIZE)
    return NULL;

  copy = gh_csp_new ();
  gh_csp_parse (copy, text, length);

  return copy;
}

void
gh_csp_review_each_value (GhCspReview *review, GhCspLook look)
{
  guint n_policies;
  const GhCspPolicy *policies = gh_csp_get_policies (review->csp, &n_policies);
  const GhCspDirective *directives = gh_csp_get_directives (review->csp, NULL);
  const GhCspValue *values = gh_csp_get_values (review->csp, NULL);

  for (guint i = 0; i < n_policies; i++)
    for (guint j = policies[i].first_directive;
         j < policies[i].first_directive + policies[i].n_directives;
         j++)
      for (guint k = directives[j].first_value;
           directives[j].skipped == GH_CSP_OBEYED
           && k < directives[j].first_value + directives[j].n_values;
           k++)
        look (review, i, &directives[j], &values[k]);
}

static gboolean
is_same (const GhCspWeakness *a, const GhCspWeakness *b)
{
  return a->type == b->type && a->directive_length == b->directive_length
         && memcmp (a->directive, b->directive, a->directive_length) == 0
         && a->value_length == b->value_length
         && (a->value_length == 0 || memcmp (a->value, b->value, a->value_length) == 0);
}

/* What CSP Evaluator calls HIGH or MEDIUM, each once. */
static void
review_weaknesses (GhCspReview *review)
{
  g_autoptr (GhCspEvaluator) evaluator = gh_csp_evaluator_new ();
  gsize length;
  const char *text = gh_csp_get_text (review->csp, &length);
  guint n;
  const GhCspWeakness *weaknesses
    = gh_csp_evaluator_run (evaluator, text, length, GH_CSP_EVALUATE_DEFAULT, 3, &n);

  for (guint i = 0; i < n && !gh_csp_review_has_enough (review, GH_CSP_FOUND_WEAK); i++)
    {
      g_autofree char *message = NULL;
      gboolean is_repeated = i > 0 && is_same (&weaknesses[i - 1], &weaknesses[i]);

      if (is_repeated
          || (weaknesses[i].severity != GH_CSP_WEAKNESS_HIGH
              && weaknesses[i].severity != GH_CSP_WEAKNESS_MEDIUM)
          || weaknesses[i].type == GH_CSP_WEAKNESS_NONCE_LENGTH
          || weaknesses[i].type == GH_CSP_WEAKNESS_SRC_HTTP)
        continue;
      message = gh_csp_weakness_dup_message (&weaknesses[i]);
      gh_csp_review_report (review, GH_CSP_FOUND_WEAK, message, NULL)->severity
        = gh_csp_weakness_get_severity (&weaknesses[i]);
    }
}

static void
review_size (GhCspReview *review)
{
  gsize length;
  guint mark;
  g_autofree char *words = NULL;

  gh_csp_get_text (review->csp, &length);
  mark = gh_headers_get_size_mark (length);
  if (mark == 0)
    return;

  words = g_strdup_printf ("%u", mark);
  gh_csp_review_report (review, GH_CSP_FOUND_SIZE, words, NULL)->severity
    = gh_headers_get_size_severity (mark);
}

static void
find_directives (GhCspReview *review)
{
  guint n_directives;
  const GhCspDirective *directives = gh_csp_get_directives (review->csp, &n_directives);

  for (guint i = 0; i < n_directives; i++)
    if (directives[i].id < GH_CSP_N_DIRECTIVES && directives[i].skipped == GH_CSP_OBEYED
        && review->directives[directives[i].id] == NULL)
      review->directives[directives[i].id] = &directives[i];
}

void
gh_csp_findings_add (const GhCspSurroundings *surroundings, GPtrArray *findings)
{
  g_autoptr (GhCsp) read
    = surroundings->csp == NULL ? gh_csp_new_from_text (surroundings->policy) : NULL;
  GhCspReview review = {
    .surroundings = surroundings,
    .csp = read != NULL ? read : surroundings->csp,
    .findings = findings,
  };
  guint n_policies;

  gh_csp_get_policies (review.csp, &n_policies);
  review_size (&review);
  if (n_policies == 0)
    return;

  find_directives (&review);

  if (!surroundings->told_apart)
    review_weaknesses (&review);
  gh_csp_review_values (&review);
  gh_csp_review_directives (&review);
  gh_csp_review_settings (&review);
  if (n_policies > 1)
    gh_csp_review_report (&review,
                          surroundings->n_lines > 1 ? GH_CSP_FOUND_SEVERAL_LINES
                                                    : GH_CSP_FOUND_SEVERAL,
                          NULL,
                          NULL);
}
