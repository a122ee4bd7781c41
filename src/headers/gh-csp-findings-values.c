/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Findings about single values: nonces, hashes and sources. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-csp-findings-private.h"
#include "gh-csp-hash.h"

#define MINIMUM_NONCE_BITS 128

static GhFinding *
report_value (GhCspReview *review,
              GhCspFound found,
              const GhCspDirective *directive,
              const GhCspValue *value)
{
  g_autofree char *name = gh_csp_dup_span (review->csp, directive->name);
  g_autofree char *text = gh_csp_dup_span (review->csp, value->span);

  return gh_csp_review_report (review, found, text, name);
}

static void
mend_by_removal (GhCspReview *review, GhFinding *finding, const GhCspValue *value)
{
  g_autoptr (GhCsp) changed = gh_csp_review_copy (review);

  if (changed == NULL)
    return;
  gh_csp_remove_value (changed, value);
  gh_csp_mend (finding, _ ("Take it out of the policy"), changed);
}

static void
look_at_nonce (GhCspReview *review,
               const GhCspDirective *directive,
               const GhCspValue *value,
               const GhCspSource *source)
{
  GhCspFound found
    = review->surroundings->is_stored ? GH_CSP_FOUND_STATIC_NONCE : GH_CSP_FOUND_NONCE_SHORT;

  if (gh_csp_review_has_enough (review, found))
    return;
  if (review->surroundings->is_stored)
    mend_by_removal (
      review, report_value (review, GH_CSP_FOUND_STATIC_NONCE, directive, value), value);
  else if (gh_csp_nonce_get_bits (source) < MINIMUM_NONCE_BITS)
    report_value (review, GH_CSP_FOUND_NONCE_SHORT, directive, value);
}

static gboolean
looks_like_ip (const char *host, gsize length)
{
  g_autofree char *text = NULL;

  if (length < 2 || (host[0] != '[' && !g_ascii_isdigit (host[0])))
    return FALSE;
  text = host[0] == '[' && host[length - 1] == ']' ? g_strndup (host + 1, length - 2)
                                                   : g_strndup (host, length);

  return g_hostname_is_ip_address (text) && strcmp (text, "127.0.0.1") != 0;
}

/* "[::1]:8080" and the like are no sources at all. */
static void
look_at_invalid (GhCspReview *review, const GhCspDirective *directive, const GhCspValue *value)
{
  const char *text = gh_csp_get_span (review->csp, value->span);
  const char *open = memchr (text, '[', value->span.length);
  const char *close = open != NULL ? memchr (open, ']', text + value->span.length - open) : NULL;

  if (close != NULL && !gh_csp_review_has_enough (review, GH_CSP_FOUND_IP_SOURCE)
      && looks_like_ip (open, close + 1 - open))
    report_value (review, GH_CSP_FOUND_IP_SOURCE, directive, value);
}

static void
look_at_http (GhCspReview *review,
              const GhCspDirective *directive,
              const GhCspValue *value,
              const GhCspSource *source)
{
  GhFinding *finding;
  g_autoptr (GhCsp) changed = NULL;

  if (gh_csp_review_has_enough (review, GH_CSP_FOUND_HTTP_SOURCE) || source->scheme.length != 4
      || g_ascii_strncasecmp (source->scheme.start, "http", 4) != 0)
    return;

  finding = report_value (review, GH_CSP_FOUND_HTTP_SOURCE, directive, value);
  changed = gh_csp_review_copy (review);
  if (changed == NULL)
    return;
  gh_csp_splice (changed, (GhCspSpan){ value->span.start, 4 }, "https");
  gh_csp_mend (finding, _ ("Allow https only"), changed);
}

static gboolean
is_star (const GhCspReview *review, const GhCspValue *value)
{
  return value->span.length == 1 && gh_csp_get_span (review->csp, value->span)[0] == '*';
}

static void
look_at_host (GhCspReview *review,
              const GhCspDirective *directive,
              const GhCspValue *value,
              const GhCspSource *source)
{
  if (!gh_csp_review_has_enough (review, GH_CSP_FOUND_IP_SOURCE)
      && looks_like_ip (source->host.start, source->host.length))
    report_value (review, GH_CSP_FOUND_IP_SOURCE, directive, value);
  look_at_http (review, directive, value, source);
  if (source->path.length > 1 && !gh_csp_review_has_reported (review, GH_CSP_FOUND_PATH_REDIRECT))
    report_value (review, GH_CSP_FOUND_PATH_REDIRECT, directive, value);
  if (is_star (review, value)
      && (gh_csp_directive_get_flags (directive->id) & GH_CSP_DIRECTIVE_FETCH) != 0
      && !gh_csp_review_has_reported (review, GH_CSP_FOUND_STAR_SCHEMES))
    report_value (review, GH_CSP_FOUND_STAR_SCHEMES, directive, value);
}

static void
look_at_hash (GhCspReview *review,
              const GhCspDirective *directive,
              const GhCspValue *value,
              const GhCspSource *source)
{
  if (!gh_csp_hash_is_sane (source) && !gh_csp_review_has_enough (review, GH_CSP_FOUND_HASH_BROKEN))
    mend_by_removal (
      review, report_value (review, GH_CSP_FOUND_HASH_BROKEN, directive, value), value);
}

static void
look (GhCspReview *review, guint policy, const GhCspDirective *directive, const GhCspValue *value)
{
  GhCspSource source;

  if ((gh_csp_directive_get_flags (directive->id) & GH_CSP_DIRECTIVE_SOURCE_LIST) == 0)
    return;

  switch (
    gh_csp_source_parse (&source, gh_csp_get_span (review->csp, value->span), value->span.length))
    {
    case GH_CSP_SOURCE_NONCE:
      look_at_nonce (review, directive, value, &source);
      break;
    case GH_CSP_SOURCE_HASH:
      look_at_hash (review, directive, value, &source);
      break;
    case GH_CSP_SOURCE_SCHEME:
      look_at_http (review, directive, value, &source);
      break;
    case GH_CSP_SOURCE_HOST:
      look_at_host (review, directive, value, &source);
      break;
    case GH_CSP_SOURCE_INVALID:
      look_at_invalid (review, directive, value);
      break;
    case GH_CSP_SOURCE_KEYWORD:
    default:
      break;
    }
}

void
gh_csp_review_values (GhCspReview *review)
{
  gh_csp_review_each_value (review, look);
}
