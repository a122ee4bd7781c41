/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The three cross-origin policies: reading them as browsers do. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-cross-origin.h"
#include "gh-structured-field.h"

/* The first of each is what holds without the header. A missing -Resource-Policy is not
 * the same as cross-origin once an embedder policy asks for it, but closest to it. */
static const char *const embedder_policies[]
  = { "unsafe-none", "require-corp", "credentialless", NULL };
static const char *const opener_policies[]
  = { "unsafe-none", "same-origin-allow-popups", "same-origin", "noopener-allow-popups", NULL };
static const char *const resource_policies[] = { "cross-origin", "same-site", "same-origin", NULL };

static const char *const *const policies[] = {
  [GH_CROSS_ORIGIN_EMBEDDER] = embedder_policies,
  [GH_CROSS_ORIGIN_OPENER] = opener_policies,
  [GH_CROSS_ORIGIN_RESOURCE] = resource_policies,
};

const char *const *
gh_cross_origin_get_policies (GhCrossOriginHeader header)
{
  return policies[header];
}

static const char *
lookup_policy (GhCrossOriginHeader header, const char *text, gsize length)
{
  for (const char *const *policy = policies[header]; *policy; policy++)
    if (strlen (*policy) == length && strncmp (*policy, text, length) == 0)
      return *policy;

  return NULL;
}

static void
take (GhCrossOriginPolicy *result,
      const char *policy,
      gsize offset,
      gsize length,
      GArray *diagnostics)
{
  if (policy)
    {
      result->policy = policy;
      result->valid = TRUE;
      return;
    }

  gh_diagnostics_add (diagnostics,
                      "value",
                      GH_SEVERITY_ERROR,
                      offset,
                      length,
                      N_ ("Browsers ignore “%s”: this header has no such value, and upper case "
                          "counts."));
}

static void
read_item (GhCrossOriginHeader header,
           const char *text,
           gssize length,
           GhCrossOriginPolicy *result,
           GArray *diagnostics)
{
  g_autoptr (GhStructuredField) field
    = gh_structured_field_parse (GH_STRUCTURED_ITEM, text, length, diagnostics);
  const GhStructuredMember *member;
  const GhParameter *report_to;
  const char *policy = NULL;

  if (!field)
    return;

  member = gh_structured_field_get_member (field, 0);
  if (member->item.value.type == GH_BARE_TOKEN)
    policy = lookup_policy (header, member->item.value.text, member->item.value.length);
  take (result, policy, member->offset, member->length, diagnostics);

  report_to = gh_structured_field_lookup_parameter (field, &member->item, "report-to");
  if (report_to && report_to->value.type == GH_BARE_STRING)
    result->report_to = g_strdup (report_to->value.text);
  else if (report_to)
    gh_diagnostics_add (diagnostics,
                        "report-to",
                        GH_SEVERITY_WARNING,
                        member->offset,
                        member->length,
                        N_ ("The endpoint after report-to has to stand in double quotes."));
}

static gboolean
is_space (char character)
{
  return character == ' ' || character == '\t';
}

static void
read_word (GhCrossOriginHeader header,
           const char *text,
           gssize length,
           GhCrossOriginPolicy *result,
           GArray *diagnostics)
{
  gsize end = length < 0 ? strlen (text) : (gsize) length;
  gsize start = 0;

  while (start < end && is_space (text[start]))
    start++;
  while (end > start && is_space (text[end - 1]))
    end--;

  take (result, lookup_policy (header, text + start, end - start), start, end - start, diagnostics);
}

GhCrossOriginPolicy *
gh_cross_origin_parse (GhCrossOriginHeader header,
                       const char *text,
                       gssize length,
                       GArray *diagnostics)
{
  GhCrossOriginPolicy *result = g_new0 (GhCrossOriginPolicy, 1);

  result->policy = policies[header][0];
  if (header == GH_CROSS_ORIGIN_RESOURCE)
    read_word (header, text, length, result, diagnostics);
  else
    read_item (header, text, length, result, diagnostics);

  return result;
}

void
gh_cross_origin_policy_free (GhCrossOriginPolicy *policy)
{
  g_free (policy->report_to);
  g_free (policy);
}

/* HTML standard, section 7.1.3.1. */
gboolean
gh_cross_origin_isolates (const char *embedder_policy, const char *opener_policy)
{
  return strcmp (opener_policy, "same-origin") == 0
         && (strcmp (embedder_policy, "require-corp") == 0
             || strcmp (embedder_policy, "credentialless") == 0);
}
