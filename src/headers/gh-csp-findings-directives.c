/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Findings about directives: framing, reporting, and those that do nothing. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-csp-findings-private.h"
#include "gh-frame-options.h"
#include "gh-reporting-endpoints.h"

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

/* Whether it allows a site beside the workspace's own. */
static gboolean
allows_others (const GhCspReview *review, const GhCspDirective *directive)
{
  const GhCspValue *values = gh_csp_get_values (review->csp, NULL) + directive->first_value;

  for (guint i = 0; i < directive->n_values; i++)
    if (values[i].kind == GH_CSP_SOURCE_HOST || values[i].kind == GH_CSP_SOURCE_SCHEME)
      return TRUE;

  return FALSE;
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
  const GhCspDirective *directive = review->directives[GH_CSP_FRAME_ANCESTORS];
  const GhCspValue *open = directive != NULL ? find_open (review, directive) : NULL;

  if (review->surroundings->report_only)
    return;
  if (open != NULL)
    report_open_framing (review, open);
  else if (directive == NULL && options == NULL)
    report_no_framing (review);

  if (directive == NULL || options == NULL)
    return;
  if (allows_others (review, directive))
    gh_csp_review_report (review, GH_CSP_FOUND_FRAME_OPTIONS_CONFLICT, options, "frame-ancestors");
  else
    gh_csp_review_report (review, GH_CSP_FOUND_FRAME_OPTIONS, NULL, NULL);
}

static gboolean
has_endpoint (const GhCspReview *review, const char *name)
{
  const char *endpoints = review->surroundings->reporting_endpoints;
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
  g_autoptr (GhStructuredField) field
    = endpoints != NULL ? gh_reporting_endpoints_parse (endpoints, -1, diagnostics) : NULL;

  return field != NULL && gh_reporting_endpoints_lookup (field, name) != NULL;
}

static void
review_endpoint (GhCspReview *review, const GhCspDirective *directive)
{
  const GhCspValue *values = gh_csp_get_values (review->csp, NULL);
  g_autofree char *name = NULL;
  g_autoptr (GhCsp) changed = NULL;
  GhFinding *finding;

  if (directive->n_values == 0)
    return;
  name = gh_csp_dup_span (review->csp, values[directive->first_value].span);
  if (has_endpoint (review, name))
    return;

  finding = gh_csp_review_report (review, GH_CSP_FOUND_REPORT_TO, name, NULL);
  changed = gh_csp_review_copy (review);
  if (changed != NULL && gh_csp_remove_directive_at (changed, directive->name.start))
    gh_csp_mend (finding, _ ("Remove report-to"), changed);
}

static void
review_reporting (GhCspReview *review)
{
  const GhCspDirective *to = review->directives[GH_CSP_REPORT_TO];
  const GhCspDirective *uri = review->directives[GH_CSP_REPORT_URI];

  if (to != NULL)
    review_endpoint (review, to);
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
