/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Editing is splicing: the text is changed in one place and read again. */

#include "gh-csp-edit.h"

#include <string.h>

static const GhCspDirective *
find_directive (const GhCsp *self, guint policy, GhCspDirectiveId id)
{
  const GhCspPolicy *found = gh_csp_get_policy (self, policy);

  return found != NULL ? gh_csp_lookup (self, found, id) : NULL;
}

static const GhCspValue *
get_values_of (const GhCsp *self, const GhCspDirective *directive)
{
  const GhCspValue *values = gh_csp_get_values (self, NULL);

  return values != NULL ? values + directive->first_value : NULL;
}

static const GhCspValue *
find_source (const GhCsp *self, const GhCspDirective *directive, const char *source)
{
  const GhCspValue *values = get_values_of (self, directive);
  gsize length = strlen (source);

  for (guint i = 0; i < directive->n_values; i++)
    if (values[i].span.length == length
        && memcmp (gh_csp_get_span (self, values[i].span), source, length) == 0)
      return &values[i];

  return NULL;
}

void
gh_csp_splice (GhCsp *self, GhCspSpan span, const char *text)
{
  gsize length;
  const char *old = gh_csp_get_text (self, &length);
  g_autoptr (GString) changed = NULL;

  g_return_if_fail (span.start <= length && span.length <= length - span.start);

  changed = g_string_new_len (old, span.start);
  g_string_append (changed, text);
  g_string_append_len (changed, old + span.start + span.length, length - span.start - span.length);
  gh_csp_parse (self, changed->str, changed->len);
}

gboolean
gh_csp_add_directive (GhCsp *self, guint policy, GhCspDirectiveId id, const char *values)
{
  const GhCspPolicy *found = gh_csp_get_policy (self, policy);
  const char *name = gh_csp_directive_get_name (id);
  g_autofree char *text = g_strconcat (name, *values != '\0' ? " " : NULL, values, NULL);
  g_autofree char *appended = g_strconcat ("; ", text, NULL);
  const GhCspDirective *last;

  if (found == NULL)
    {
      gh_csp_splice (self, (GhCspSpan){ 0, 0 }, text);
      return TRUE;
    }
  if (gh_csp_lookup (self, found, id) != NULL)
    return FALSE;

  last = gh_csp_get_directives (self, NULL) + found->first_directive + found->n_directives - 1;
  gh_csp_splice (self, (GhCspSpan){ last->span.start + last->span.length, 0 }, appended);

  return TRUE;
}

/* With the ";" and the space that part it from the next, or else from the one before. */
static GhCspSpan
get_removable_span (const GhCsp *self, const GhCspDirective *directive, const GhCspPolicy *policy)
{
  const char *text = gh_csp_get_text (self, NULL);
  guint start = directive->span.start;
  guint end = start + directive->span.length;
  guint limit = policy->span.start + policy->span.length;
  guint after = end;

  while (after < limit && (g_ascii_isspace (text[after]) || text[after] == ';'))
    after++;
  if (after < limit)
    return (GhCspSpan){ start, after - start };

  while (start > policy->span.start
         && (g_ascii_isspace (text[start - 1]) || text[start - 1] == ';'))
    start--;

  return (GhCspSpan){ start, end - start };
}

gboolean
gh_csp_remove_directive (GhCsp *self, guint policy, GhCspDirectiveId id)
{
  const GhCspDirective *directive = find_directive (self, policy, id);

  if (directive == NULL)
    return FALSE;

  gh_csp_splice (self, get_removable_span (self, directive, gh_csp_get_policy (self, policy)), "");

  return TRUE;
}

gboolean
gh_csp_remove_directive_at (GhCsp *self, guint offset)
{
  guint n_policies;
  const GhCspPolicy *policies = gh_csp_get_policies (self, &n_policies);
  const GhCspDirective *directives = gh_csp_get_directives (self, NULL);

  for (guint i = 0; i < n_policies; i++)
    for (guint j = policies[i].first_directive;
         j < policies[i].first_directive + policies[i].n_directives;
         j++)
      if (directives[j].name.start == offset)
        {
          gh_csp_splice (self, get_removable_span (self, &directives[j], &policies[i]), "");
          return TRUE;
        }

  return FALSE;
}

gboolean
gh_csp_add_source (GhCsp *self, guint policy, GhCspDirectiveId id, const char *source)
{
  const GhCspDirective *directive = find_directive (self, policy, id);
  g_autofree char *appended = g_strconcat (" ", source, NULL);
  const GhCspValue *values;

  if (directive == NULL)
    return gh_csp_add_directive (self, policy, id, source);
  if (find_source (self, directive, source) != NULL)
    return FALSE;

  values = get_values_of (self, directive);
  if (directive->n_values == 1 && values[0].keyword == GH_CSP_KEYWORD_NONE)
    gh_csp_splice (self, values[0].span, source);
  else
    gh_csp_splice (
      self, (GhCspSpan){ directive->span.start + directive->span.length, 0 }, appended);

  return TRUE;
}

void
gh_csp_remove_value (GhCsp *self, const GhCspValue *value)
{
  GhCspSpan span = value->span;

  while (span.start > 0 && g_ascii_isspace (gh_csp_get_text (self, NULL)[span.start - 1]))
    {
      span.start--;
      span.length++;
    }
  gh_csp_splice (self, span, "");
}

gboolean
gh_csp_remove_source (GhCsp *self, guint policy, GhCspDirectiveId id, const char *source)
{
  const GhCspDirective *directive = find_directive (self, policy, id);
  const GhCspValue *value = directive != NULL ? find_source (self, directive, source) : NULL;

  if (value == NULL)
    return FALSE;

  gh_csp_remove_value (self, value);

  return TRUE;
}

gboolean
gh_csp_replace_source (GhCsp *self,
                       guint policy,
                       GhCspDirectiveId id,
                       const char *source,
                       const char *replacement)
{
  const GhCspDirective *directive = find_directive (self, policy, id);
  const GhCspValue *value = directive != NULL ? find_source (self, directive, source) : NULL;

  if (value == NULL || strcmp (source, replacement) == 0)
    return FALSE;

  gh_csp_splice (self, value->span, replacement);

  return TRUE;
}

gboolean
gh_csp_allow_source (GhCsp *self, guint policy, GhCspDirectiveId id, const char *source)
{
  const GhCspPolicy *found = gh_csp_get_policy (self, policy);
  const GhCspDirective *directive
    = found != NULL ? gh_csp_lookup_effective (self, found, id) : NULL;
  const GhCspValue *values;
  g_autoptr (GString) sources = NULL;

  if (directive == NULL)
    return FALSE;
  if (directive->id == id || find_source (self, directive, source) != NULL)
    return directive->id == id && gh_csp_add_source (self, policy, id, source);

  sources = g_string_new (NULL);
  values = get_values_of (self, directive);
  for (guint i = 0; i < directive->n_values; i++)
    if (values[i].keyword != GH_CSP_KEYWORD_NONE)
      {
        g_string_append_len (
          sources, gh_csp_get_span (self, values[i].span), values[i].span.length);
        g_string_append_c (sources, ' ');
      }
  g_string_append (sources, source);

  return gh_csp_add_directive (self, policy, id, sources->str);
}
