/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Findings about directives: framing, reporting, and those that do nothing. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-csp-findings-private.h"
#include "gh-frame-options.h"
#include "gh-reporting-endpoints.h"

/* Looked for in one answer. */
#define MAXIMUM_ENDPOINTS 12

/* The value that lets every site in, or NULL. */
static const GhCspValue *
find_open (const GhCspReview *review, const GhCspDirective *directive)
{
  const GhCspValue *values = gh_csp_get_values (review->csp, NULL) + directive->first_value;

  for (guint i = 0; i < directive->n_values; i++)
    {
      GhCspSource source;
      GhCspSourceKind kind = gh_csp_source_parse (
        &source, gh_csp_get_span (review->csp, values[i].span), values[i].span.length);

      if (kind == GH_CSP_SOURCE_SCHEME
          || (kind == GH_CSP_SOURCE_HOST && source.host.length == 1 && source.host.start[0] == '*'))
        return &values[i];
    }

  return NULL;
}

/* Who may frame the pages beside the workspace itself. */
typedef enum
{
  FRAMED_BY_NOBODY,
  FRAMED_BY_SOME,
  FRAMED_BY_ALL,
  FRAMED_WITHOUT_LIMIT, /* no policy says */
} Framing;

static Framing
get_framing (const GhCspReview *review, const GhCspDirective *directive)
{
  const GhCspValue *values = gh_csp_get_values (review->csp, NULL) + directive->first_value;

  if (find_open (review, directive) != NULL)
    return FRAMED_BY_ALL;
  for (guint i = 0; i < directive->n_values; i++)
    if (values[i].kind == GH_CSP_SOURCE_HOST || values[i].kind == GH_CSP_SOURCE_SCHEME)
      return FRAMED_BY_SOME;

  return FRAMED_BY_NOBODY;
}

/* Of several policies the tightest counts: each of them has to allow it. */
static Framing
find_framing (const GhCspReview *review, const GhCspDirective **tightest)
{
  guint n_directives;
  const GhCspDirective *directives = gh_csp_get_directives (review->csp, &n_directives);
  Framing framing = FRAMED_WITHOUT_LIMIT;

  for (guint i = 0; i < n_directives; i++)
    if (directives[i].id == GH_CSP_FRAME_ANCESTORS && directives[i].skipped == GH_CSP_OBEYED
        && get_framing (review, &directives[i]) < framing)
      {
        framing = get_framing (review, &directives[i]);
        *tightest = &directives[i];
      }

  return framing;
}

static void
report_open_framing (GhCspReview *review, const GhCspValue *value)
{
  g_autofree char *text = gh_csp_dup_span (review->csp, value->span);
  GhFinding *finding
    = gh_csp_review_report (review, GH_CSP_FOUND_OPEN_FRAME_ANCESTORS, text, "frame-ancestors");
  g_autoptr (GhCsp) changed = gh_csp_review_copy (review);

  if (changed == NULL)
    return;
  gh_csp_splice (changed, value->span, "'self'");
  gh_csp_mend (finding, _ ("Allow the workspace itself only"), changed);
}

static void
report_no_framing (GhCspReview *review)
{
  GhFinding *finding = gh_csp_review_report (review, GH_CSP_FOUND_NO_FRAME_ANCESTORS, NULL, NULL);
  g_autoptr (GhCsp) changed = gh_csp_review_copy (review);

  if (changed != NULL && gh_csp_add_directive (changed, 0, GH_CSP_FRAME_ANCESTORS, "'self'"))
    gh_csp_mend (finding, _ ("Add frame-ancestors 'self'"), changed);
}

/* What X-Frame-Options says, as far as browsers obey it; NULL where they do not. Values that
 * contradict each other refuse every frame. */
static const char *
get_frame_options (const GhCspReview *review)
{
  const char *text = review->surroundings->frame_options;
  GhFrameOptions options
    = text != NULL ? gh_frame_options_parse (text, -1, NULL) : GH_FRAME_OPTIONS_NONE;

  return gh_frame_options_to_text (options == GH_FRAME_OPTIONS_CONFLICT ? GH_FRAME_OPTIONS_DENY
                                                                        : options);
}

static void
review_framing (GhCspReview *review)
{
  const char *options = get_frame_options (review);
  const GhCspDirective *directive = NULL;
  Framing framing = find_framing (review, &directive);

  if (review->surroundings->report_only)
    return;
  if (framing == FRAMED_BY_ALL)
    report_open_framing (review, find_open (review, directive));
  else if (framing == FRAMED_WITHOUT_LIMIT && options == NULL)
    report_no_framing (review);

  if (framing == FRAMED_WITHOUT_LIMIT || options == NULL)
    return;
  if (framing != FRAMED_BY_NOBODY)
    gh_csp_review_report (review, GH_CSP_FOUND_FRAME_OPTIONS_CONFLICT, options, "frame-ancestors");
  else
    gh_csp_review_report (review, GH_CSP_FOUND_FRAME_OPTIONS, NULL, NULL);
}

static void
review_endpoint (GhCspReview *review,
                 const GhCspDirective *directive,
                 const GhStructuredField *endpoints)
{
  const GhCspValue *values = gh_csp_get_values (review->csp, NULL);
  g_autofree char *name = NULL;
  g_autoptr (GhCsp) changed = NULL;
  GhFinding *finding;

  if (directive->n_values == 0)
    return;
  name = gh_csp_dup_span (review->csp, values[directive->first_value].span);
  if (endpoints != NULL && gh_reporting_endpoints_lookup (endpoints, name) != NULL)
    return;

  finding = gh_csp_review_report (review, GH_CSP_FOUND_REPORT_TO, name, NULL);
  changed = gh_csp_review_copy (review);
  if (changed != NULL && gh_csp_remove_directive_at (changed, directive->name.start))
    gh_csp_mend (finding, _ ("Remove report-to"), changed);
}

/* Each policy has its own. */
static void
review_endpoints (GhCspReview *review)
{
  const char *text = review->surroundings->reporting_endpoints;
  g_autoptr (GhStructuredField) endpoints
    = text != NULL ? gh_reporting_endpoints_parse (text, -1, NULL) : NULL;
  guint n_directives;
  const GhCspDirective *directives = gh_csp_get_directives (review->csp, &n_directives);
  guint n_seen = 0;

  if (review->surroundings->legacy_endpoints)
    return;
  for (guint i = 0; i < n_directives && n_seen < MAXIMUM_ENDPOINTS; i++)
    if (directives[i].id == GH_CSP_REPORT_TO && directives[i].skipped == GH_CSP_OBEYED)
      {
        review_endpoint (review, &directives[i], endpoints);
        n_seen++;
      }
}

static void
review_reporting (GhCspReview *review)
{
  const GhCspDirective *to = review->directives[GH_CSP_REPORT_TO];
  const GhCspDirective *uri = review->directives[GH_CSP_REPORT_URI];

  if (to != NULL)
    review_endpoints (review);
  if (to != NULL && uri == NULL)
    gh_csp_review_report (review, GH_CSP_FOUND_REPORT_BOTH, "report-to", "report-uri");
  if (uri != NULL && to == NULL)
    gh_csp_review_report (review, GH_CSP_FOUND_REPORT_BOTH, "report-uri", "report-to");
  if (uri == NULL && to == NULL && review->surroundings->report_only)
    gh_csp_review_report (review, GH_CSP_FOUND_REPORT_NOWHERE, NULL, NULL);
}

static void
report_idle (GhCspReview *review, GhCspFound found, const GhCspDirective *directive)
{
  GhFinding *finding
    = gh_csp_review_report (review, found, gh_csp_directive_get_name (directive->id), NULL);
  g_autoptr (GhCsp) changed = gh_csp_review_copy (review);

  if (changed != NULL && gh_csp_remove_directive_at (changed, directive->name.start))
    gh_csp_mend (finding, _ ("Remove the directive"), changed);
}

/* Each kind once: a second one is reported as repeated anyway. */
static void
review_idle (GhCspReview *review)
{
  for (guint id = 0; id < GH_CSP_N_DIRECTIVES; id++)
    {
      const GhCspDirective *directive = review->directives[id];
      GhCspDirectiveFlags flags = gh_csp_directive_get_flags (id);

      if (directive == NULL)
        continue;
      if ((flags & GH_CSP_DIRECTIVE_DEPRECATED) != 0)
        report_idle (review, GH_CSP_FOUND_DEPRECATED, directive);
      else if ((flags & GH_CSP_DIRECTIVE_DOCUMENT_ONLY) != 0 && review->surroundings->report_only)
        report_idle (review, GH_CSP_FOUND_INERT, directive);
    }
}

void
gh_csp_review_directives (GhCspReview *review)
{
  review_framing (review);
  review_reporting (review);
  review_idle (review);
}
