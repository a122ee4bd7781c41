/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Findings about a policy and the settings, or the headers, beside it. */

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-csp-findings-private.h"
#include "gh-csp-match.h"
#include "gh-csp-services.h"
#include "gh-rule-parts.h"

#define SOME_ORIGIN "https://workspace.invalid"

/* What a browser runs, or shows as a page whose scripts run. OWASP File Upload Cheat Sheet. */
static const char *const active_extensions[]
  = { "html", "htm", "xhtml", "svg", "svgz", "xml", "js", "mjs", "swf", NULL };

/* The directive that lets scripts of the workspace's own host run, or NULL. */
static const char *
get_directive_with_self (const GhCspReview *review)
{
  GhCspRequest request = { .load = GH_CSP_LOAD_SCRIPT,
                           .self_origin = SOME_ORIGIN,
                           .url = SOME_ORIGIN "/attachment",
                           .parser_inserted = TRUE };
  g_autoptr (GhCspVerdict) verdict = gh_csp_match (review->csp, &request, NULL);

  if (verdict == NULL || !verdict->allowed || verdict->source == NULL
      || gh_csp_keyword_from_text (verdict->source, strlen (verdict->source))
           != GH_CSP_KEYWORD_SELF)
    return NULL;

  return gh_csp_directive_get_name (verdict->directive);
}

static char *
dup_active_extensions (const char *const *extensions)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  for (; extensions != NULL && *extensions != NULL; extensions++)
    {
      const char *name = **extensions == '.' ? *extensions + 1 : *extensions;

      for (guint i = 0; active_extensions[i] != NULL; i++)
        if (g_ascii_strcasecmp (active_extensions[i], name) == 0)
          g_ptr_array_add (found, (gpointer) active_extensions[i]);
    }
  if (found->len == 0)
    return NULL;
  g_ptr_array_add (found, NULL);

  return g_strjoinv (", ", (char **) found->pdata);
}

static void
mend_extensions (GhFinding *finding, const char *const *extensions)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  for (; *extensions != NULL; extensions++)
    {
      const char *const one[] = { *extensions, NULL };
      g_autofree char *active = dup_active_extensions (one);

      if (active == NULL)
        g_ptr_array_add (kept, (gpointer) *extensions);
    }
  gh_rule_mend (finding,
                _ ("Take these kinds off the list"),
                "allowed-file-extensions",
                g_variant_new_strv ((const char *const *) kept->pdata, kept->len));
}

/* Of an answer nobody knows. */
static gboolean
may_attach (const GhCspSurroundings *surroundings)
{
  return !surroundings->is_stored
         || (surroundings->extensions != NULL && surroundings->extensions[0] != NULL);
}

static void
review_attachments (GhCspReview *review)
{
  const GhCspSurroundings *surroundings = review->surroundings;
  const char *directive = get_directive_with_self (review);
  g_autofree char *active = dup_active_extensions (surroundings->extensions);

  if (directive == NULL || surroundings->report_only)
    return;

  if (active != NULL)
    mend_extensions (gh_csp_review_report (review, GH_CSP_FOUND_EXTENSIONS, active, directive),
                     surroundings->extensions);
  if (!surroundings->nosniff && may_attach (surroundings))
    gh_rule_mend (gh_csp_review_report (review, GH_CSP_FOUND_SELF_SNIFFED, NULL, directive),
                  _ ("Turn X-Content-Type-Options on"),
                  "content-type-options",
                  g_variant_new_boolean (TRUE));
}

/* Without every source that is there for Google Analytics alone, and the space before each. */
static GhCsp *
remove_analytics (const GhCspReview *review)
{
  GhCsp *changed = gh_csp_new ();
  g_autoptr (GString) kept = g_string_new (NULL);
  gsize length;
  const char *text = gh_csp_get_text (review->csp, &length);
  guint n_values;
  const GhCspValue *values = gh_csp_get_values (review->csp, &n_values);
  gsize done = 0;

  for (guint i = 0; i < n_values; i++)
    {
      gsize start = values[i].span.start;

      if (!gh_csp_service_owns_source (
            GH_CSP_SERVICE_ANALYTICS, text + start, values[i].span.length))
        continue;
      while (start > done && g_ascii_isspace (text[start - 1]))
        start--;
      g_string_append_len (kept, text + done, start - done);
      done = values[i].span.start + values[i].span.length;
    }
  g_string_append_len (kept, text + done, length - done);
  gh_csp_parse (changed, kept->str, kept->len);

  return changed;
}

static void
look_for_analytics (GhCspReview *review,
                    guint policy,
                    const GhCspDirective *directive,
                    const GhCspValue *value)
{
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GhCsp) changed = NULL;

  if (gh_csp_review_has_reported (review, GH_CSP_FOUND_ANALYTICS_LEFT)
      || (gh_csp_directive_get_flags (directive->id) & GH_CSP_DIRECTIVE_SOURCE_LIST) == 0
      || !gh_csp_service_owns_source (
        GH_CSP_SERVICE_ANALYTICS, gh_csp_get_span (review->csp, value->span), value->span.length))
    return;

  text = gh_csp_dup_span (review->csp, value->span);
  name = gh_csp_dup_span (review->csp, directive->name);
  changed = remove_analytics (review);
  gh_csp_mend (gh_csp_review_report (review, GH_CSP_FOUND_ANALYTICS_LEFT, text, name),
               _ ("Take its hosts out of the policy"),
               changed);
}

void
gh_csp_review_settings (GhCspReview *review)
{
  review_attachments (review);
  if (review->surroundings->is_stored && !review->surroundings->analytics)
    gh_csp_review_each_value (review, look_for_analytics);
}
