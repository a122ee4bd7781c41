/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Oddities of a Content-Security-Policy: where they are, how grave, and in words. */

#include "gh-csp-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum
{
  GH_CSP_EMPTY,
  GH_CSP_CONTROL_CHARACTER,
  GH_CSP_NON_ASCII,
  GH_CSP_SEVERAL_POLICIES,
  GH_CSP_EMPTY_POLICY,
  GH_CSP_UNKNOWN_DIRECTIVE,
  GH_CSP_DUPLICATE_DIRECTIVE,
  GH_CSP_MISSING_SEMICOLON,
  GH_CSP_EMPTY_SOURCE_LIST,
  GH_CSP_MISSING_VALUE,
  GH_CSP_UNEXPECTED_VALUE,
  GH_CSP_NONE_MIXED,
  GH_CSP_UNQUOTED_KEYWORD,
  GH_CSP_UNKNOWN_KEYWORD,
  GH_CSP_MISPLACED_KEYWORD,
  GH_CSP_BAD_NONCE,
  GH_CSP_BAD_HASH,
  GH_CSP_BAD_SOURCE,
  GH_CSP_BAD_VALUE,
  GH_CSP_QUERY_IN_SOURCE,
  GH_CSP_DUPLICATE_VALUE,
  GH_CSP_N_ODDITIES,
} GhCspOddity;

static const struct
{
  const char *code;
  GhSeverity severity;
  const char *message; /* %s stands for the text at the place */
} oddities[GH_CSP_N_ODDITIES] = {
  [GH_CSP_EMPTY] = { "empty", GH_SEVERITY_ERROR, N_ ("The policy holds no directive.") },
  [GH_CSP_CONTROL_CHARACTER]
  = { "control-character",
      GH_SEVERITY_ERROR,
      N_ ("A line break or another control character cannot be sent in a header.") },
  [GH_CSP_NON_ASCII]
  = { "non-ascii",
      GH_SEVERITY_ERROR,
      N_ ("“%s” is not ASCII: browsers skip the whole directive it stands in.") },
  [GH_CSP_SEVERAL_POLICIES]
  = { "several-policies",
      GH_SEVERITY_INFO,
      N_ ("This comma begins another policy: what loads has to be allowed by each of them.") },
  [GH_CSP_EMPTY_POLICY]
  = { "empty-policy",
      GH_SEVERITY_INFO,
      N_ ("A comma without a policy beside it: browsers drop the empty policy.") },
  [GH_CSP_UNKNOWN_DIRECTIVE]
  = { "unknown-directive", GH_SEVERITY_WARNING, N_ ("No browser knows a directive “%s”.") },
  [GH_CSP_DUPLICATE_DIRECTIVE]
  = { "duplicate-directive",
      GH_SEVERITY_WARNING,
      N_ ("“%s” stands here a second time: browsers obey the first and skip this one.") },
  [GH_CSP_MISSING_SEMICOLON]
  = { "missing-semicolon",
      GH_SEVERITY_WARNING,
      N_ ("“%s” is the name of a directive: a semicolon seems to be missing before it.") },
  [GH_CSP_EMPTY_SOURCE_LIST] = { "empty-source-list",
                                 GH_SEVERITY_INFO,
                                 N_ ("“%s” without sources blocks everything, as 'none' does.") },
  [GH_CSP_MISSING_VALUE]
  = { "missing-value", GH_SEVERITY_WARNING, N_ ("“%s” has no effect without a value.") },
  [GH_CSP_UNEXPECTED_VALUE] = { "unexpected-value",
                                GH_SEVERITY_INFO,
                                N_ ("“%s” is ignored: this directive takes no value.") },
  [GH_CSP_NONE_MIXED] = { "none-mixed",
                          GH_SEVERITY_WARNING,
                          N_ ("'none' is ignored because other sources stand beside it.") },
  [GH_CSP_UNQUOTED_KEYWORD]
  = { "unquoted-keyword",
      GH_SEVERITY_WARNING,
      N_ ("“%s” needs single quotes around it: without them it is the name of a host.") },
  [GH_CSP_UNKNOWN_KEYWORD]
  = { "unknown-keyword", GH_SEVERITY_WARNING, N_ ("No browser knows a keyword %s.") },
  [GH_CSP_MISPLACED_KEYWORD]
  = { "misplaced-keyword", GH_SEVERITY_INFO, N_ ("%s has no effect in this directive.") },
  [GH_CSP_BAD_NONCE]
  = { "bad-nonce",
      GH_SEVERITY_WARNING,
      N_ ("%s is no nonce: 'nonce-' is followed by base64 and a single quote.") },
  [GH_CSP_BAD_HASH]
  = { "bad-hash",
      GH_SEVERITY_WARNING,
      N_ ("%s is no hash: the algorithm is followed by base64 and a single quote.") },
  [GH_CSP_BAD_SOURCE]
  = { "bad-source",
      GH_SEVERITY_WARNING,
      N_ ("“%s” is not a source that browsers understand, and allows nothing.") },
  [GH_CSP_BAD_VALUE]
  = { "bad-value", GH_SEVERITY_WARNING, N_ ("“%s” is not a value that this directive takes.") },
  [GH_CSP_QUERY_IN_SOURCE]
  = { "query-in-source",
      GH_SEVERITY_WARNING,
      N_ ("In “%s” browsers cut off what follows the question mark or the number sign.") },
  [GH_CSP_DUPLICATE_VALUE]
  = { "duplicate-value", GH_SEVERITY_INFO, N_ ("“%s” stands in this directive already.") },
};

/* CSP3 6.3.2 and HTML's sandboxing flags. */
static const char *const sandbox_tokens[] = {
  "allow-downloads",
  "allow-forms",
  "allow-modals",
  "allow-orientation-lock",
  "allow-pointer-lock",
  "allow-popups",
  "allow-popups-to-escape-sandbox",
  "allow-presentation",
  "allow-same-origin",
  "allow-scripts",
  "allow-storage-access-by-user-activation",
  "allow-top-navigation",
  "allow-top-navigation-by-user-activation",
  "allow-top-navigation-to-custom-protocols",
};

static void
report (GhCsp *self, GhCspOddity oddity, GhCspSpan span)
{
  gh_diagnostics_add (self->diagnostics,
                      oddities[oddity].code,
                      oddities[oddity].severity,
                      span.start,
                      span.length,
                      oddities[oddity].message);
}

/* Nothing more can be reported, so nothing more need be looked for. */
static gboolean
is_full (const GhCsp *self)
{
  return self->diagnostics->len >= GH_DIAGNOSTICS_MAXIMUM;
}

static gboolean
span_is (const GhCsp *self, GhCspSpan span, const char *text)
{
  return span.length == strlen (text)
         && g_ascii_strncasecmp (gh_csp_at (self, span), text, span.length) == 0;
}

static void
check_duplicate_directives (GhCsp *self, GhCspDirective *directives, guint n_directives)
{
  guint64 known = 0;

  gh_csp_seen_begin (&self->seen, n_directives, TRUE);
  for (guint i = 0; i < n_directives; i++)
    {
      GhCspDirective *directive = &directives[i];
      gboolean repeated;

      if (directive->skipped != GH_CSP_OBEYED)
        continue;
      if (directive->id != GH_CSP_NO_DIRECTIVE)
        {
          repeated = (known >> directive->id & 1) != 0;
          known |= G_GUINT64_CONSTANT (1) << directive->id;
        }
      else
        repeated = gh_csp_seen_add (
                     &self->seen, gh_csp_at (self, directive->name), directive->name.length, i)
                   != GH_CSP_NOT_SEEN;
      if (repeated)
        directive->skipped = GH_CSP_SKIPPED_DUPLICATE;
    }
}

static void
check_duplicate_values (GhCsp *self, const GhCspDirective *directive, const GhCspValue *values)
{
  if (directive->n_values < 2 || is_full (self))
    return;

  gh_csp_seen_begin (&self->seen, directive->n_values, FALSE);
  for (guint i = 0; i < directive->n_values; i++)
    if (gh_csp_seen_add (&self->seen, gh_csp_at (self, values[i].span), values[i].span.length, i)
        != GH_CSP_NOT_SEEN)
      report (self, GH_CSP_DUPLICATE_VALUE, values[i].span);
}

/* Where a keyword, a nonce or a hash means nothing. */
static gboolean
is_misplaced (const GhCspDirective *directive, const GhCspValue *value)
{
  GhCspDirectiveFlags flags = gh_csp_directive_get_flags (directive->id);
  gboolean script = (flags & GH_CSP_DIRECTIVE_SCRIPT) != 0;
  gboolean style = (flags & GH_CSP_DIRECTIVE_STYLE) != 0;

  if (value->kind == GH_CSP_SOURCE_NONCE || value->kind == GH_CSP_SOURCE_HASH)
    return !script && !style;

  switch ((int) value->keyword)
    {
    case GH_CSP_KEYWORD_SELF:
    case GH_CSP_KEYWORD_NONE:
      return FALSE;
    case GH_CSP_KEYWORD_UNSAFE_INLINE:
    case GH_CSP_KEYWORD_UNSAFE_HASHES:
    case GH_CSP_KEYWORD_REPORT_SAMPLE:
      return !script && !style;
    case GH_CSP_KEYWORD_UNSAFE_ALLOW_REDIRECTS:
      return directive->id != GH_CSP_NAVIGATE_TO;
    case GH_CSP_KEYWORD_UNSAFE_WEBTRANSPORT_HASHES:
      return directive->id != GH_CSP_CONNECT_SRC && directive->id != GH_CSP_DEFAULT_SRC;
    case GH_CSP_NO_KEYWORD:
      return FALSE;
    default:
      return !script;
    }
}

static gboolean
is_directive_name (const GhCsp *self, GhCspSpan span)
{
  return gh_csp_directive_from_name (gh_csp_at (self, span), span.length, NULL)
         != GH_CSP_NO_DIRECTIVE;
}

/* A word that would mean something if it stood in quotes. */
static gboolean
wants_quotes (const char *text, guint length)
{
  if (length < strlen ("self"))
    return FALSE;

  return gh_csp_keyword_is_source (gh_csp_keyword_from_unquoted (text, length))
         || gh_csp_looks_like_nonce (text, length, TRUE)
         || gh_csp_looks_like_hash (text, length, TRUE);
}

/* Bytes beyond ASCII are an oddity of their own. */
static GhCspOddity
judge_invalid (const GhCsp *self, const char *text, guint length)
{
  for (guint i = 0; i < length; i++)
    if ((guchar) text[i] >= 0x80)
      return GH_CSP_N_ODDITIES;
  if (gh_csp_looks_like_nonce (text, length, FALSE))
    return GH_CSP_BAD_NONCE;
  if (gh_csp_looks_like_hash (text, length, FALSE))
    return GH_CSP_BAD_HASH;
  if (text[0] == '\'')
    return GH_CSP_UNKNOWN_KEYWORD;

  return wants_quotes (text, length) ? GH_CSP_UNQUOTED_KEYWORD : GH_CSP_BAD_SOURCE;
}

/* GH_CSP_N_ODDITIES when there is nothing to say. */
static GhCspOddity
judge_source (const GhCsp *self, const GhCspDirective *directive, const GhCspValue *value)
{
  const char *text = gh_csp_at (self, value->span);

  if (value->kind == GH_CSP_SOURCE_INVALID)
    return judge_invalid (self, text, value->span.length);
  if (value->kind == GH_CSP_SOURCE_KEYWORD && !gh_csp_keyword_is_source (value->keyword))
    return GH_CSP_UNKNOWN_KEYWORD;
  if (value->kind == GH_CSP_SOURCE_KEYWORD && value->keyword == GH_CSP_KEYWORD_NONE
      && directive->n_values > 1)
    return GH_CSP_NONE_MIXED;
  if (is_misplaced (directive, value))
    return GH_CSP_MISPLACED_KEYWORD;
  if (value->kind != GH_CSP_SOURCE_HOST)
    return GH_CSP_N_ODDITIES;

  if (value->span.length >= strlen ("self") && memchr (text, '.', value->span.length) == NULL)
    {
      if (is_directive_name (self, value->span))
        return GH_CSP_MISSING_SEMICOLON;
      if (wants_quotes (text, value->span.length))
        return GH_CSP_UNQUOTED_KEYWORD;
    }

  return value->has_query ? GH_CSP_QUERY_IN_SOURCE : GH_CSP_N_ODDITIES;
}

static gboolean
is_sandbox_token (const GhCsp *self, GhCspSpan span)
{
  for (guint i = 0; i < G_N_ELEMENTS (sandbox_tokens); i++)
    if (span_is (self, span, sandbox_tokens[i]))
      return TRUE;

  return FALSE;
}

/* tt-policy-name of Trusted Types 4.2. */
static gboolean
is_trusted_types_value (const GhCsp *self, const GhCspValue *value)
{
  const char *text = gh_csp_at (self, value->span);

  if (value->keyword == GH_CSP_KEYWORD_NONE || value->keyword == GH_CSP_KEYWORD_ALLOW_DUPLICATES
      || span_is (self, value->span, "*"))
    return TRUE;
  for (guint i = 0; i < value->span.length; i++)
    if (!g_ascii_isalnum (text[i]) && (text[i] == '\0' || strchr ("-#=_/@.%", text[i]) == NULL))
      return FALSE;

  return TRUE;
}

static gboolean
is_allowed_value (const GhCsp *self,
                  const GhCspDirective *directive,
                  const GhCspValue *value,
                  guint index)
{
  switch ((int) directive->id)
    {
    case GH_CSP_SANDBOX:
      return is_sandbox_token (self, value->span);
    case GH_CSP_TRUSTED_TYPES:
      return is_trusted_types_value (self, value);
    case GH_CSP_REQUIRE_TRUSTED_TYPES_FOR:
      return value->keyword == GH_CSP_KEYWORD_SCRIPT;
    case GH_CSP_WEBRTC:
      return value->keyword == GH_CSP_KEYWORD_ALLOW || value->keyword == GH_CSP_KEYWORD_BLOCK;
    case GH_CSP_REPORT_TO:
      return index == 0;
    default:
      return TRUE;
    }
}

static void
check_value (GhCsp *self, const GhCspDirective *directive, const GhCspValue *value, guint index)
{
  GhCspDirectiveFlags flags = gh_csp_directive_get_flags (directive->id);
  GhCspOddity code = GH_CSP_N_ODDITIES;

  if ((flags & GH_CSP_DIRECTIVE_SOURCE_LIST) != 0)
    code = judge_source (self, directive, value);
  else if (is_directive_name (self, value->span))
    code = GH_CSP_MISSING_SEMICOLON;
  else if ((flags & GH_CSP_DIRECTIVE_VALUELESS) != 0)
    code = GH_CSP_UNEXPECTED_VALUE;
  else if (!is_allowed_value (self, directive, value, index))
    code = GH_CSP_BAD_VALUE;

  if (code != GH_CSP_N_ODDITIES)
    report (self, code, value->span);
}

static void
check_directive (GhCsp *self, const GhCspDirective *directive)
{
  const GhCspValue *values = NULL;
  GhCspDirectiveFlags flags = gh_csp_directive_get_flags (directive->id);

  if (directive->n_values > 0)
    values = (const GhCspValue *) self->values.data + directive->first_value;
  if (directive->skipped == GH_CSP_SKIPPED_DUPLICATE)
    report (self, GH_CSP_DUPLICATE_DIRECTIVE, directive->name);
  if (directive->id == GH_CSP_NO_DIRECTIVE)
    report (self, GH_CSP_UNKNOWN_DIRECTIVE, directive->name);

  if (directive->n_values == 0 && (flags & GH_CSP_DIRECTIVE_SOURCE_LIST) != 0)
    report (self, GH_CSP_EMPTY_SOURCE_LIST, directive->name);
  if (directive->n_values == 0 && (flags & GH_CSP_DIRECTIVE_NEEDS_VALUE) != 0)
    report (self, GH_CSP_MISSING_VALUE, directive->name);

  for (guint i = 0; i < directive->n_values && !is_full (self); i++)
    check_value (self, directive, &values[i], i);
  check_duplicate_values (self, directive, values);
}

static void
check_policy (GhCsp *self, const GhCspPolicy *policy)
{
  GhCspDirective *directives = (GhCspDirective *) self->directives.data + policy->first_directive;

  check_duplicate_directives (self, directives, policy->n_directives);
  for (guint i = 0; i < policy->n_directives; i++)
    check_directive (self, &directives[i]);
}

/* Empty ones are reported and taken out. */
static void
check_policies (GhCsp *self)
{
  GhCspPolicy *policies = self->policies.data;
  guint n_policies = self->policies.length;

  self->policies.length = 0;
  for (guint i = 0; i < n_policies; i++)
    {
      GhCspPolicy policy = policies[i];

      if (policy.n_directives == 0)
        {
          report (self, GH_CSP_EMPTY_POLICY, policy.span);
          continue;
        }
      if (self->policies.length > 0)
        report (self, GH_CSP_SEVERAL_POLICIES, (GhCspSpan){ policy.span.start - 1, 1 });
      policies[self->policies.length++] = policy;
      check_policy (self, &policy);
    }
}

/* One diagnostic for each run of bytes of the class. */
static void
report_runs (GhCsp *self, guint8 class, GhCspOddity code)
{
  for (gsize i = 0; i < self->length;)
    {
      gsize start = i;

      while (i < self->length && (gh_csp_byte_classes[(guchar) self->text[i]] & class) != 0)
        i++;
      if (i > start)
        report (self, code, (GhCspSpan){ start, i - start });
      else
        i++;
    }
}

static int
compare_diagnostics (gconstpointer a, gconstpointer b)
{
  const GhDiagnostic *first = a;
  const GhDiagnostic *second = b;

  return (first->offset > second->offset) - (first->offset < second->offset);
}

/* The gravest come first, so that a flood of others cannot crowd them out. */
void
gh_csp_check (GhCsp *self)
{
  if ((self->bytes_seen & GH_CSP_BYTE_CONTROL) != 0)
    report_runs (self, GH_CSP_BYTE_CONTROL, GH_CSP_CONTROL_CHARACTER);
  if ((self->bytes_seen & GH_CSP_BYTE_NON_ASCII) != 0)
    report_runs (self, GH_CSP_BYTE_NON_ASCII, GH_CSP_NON_ASCII);
  if (self->directives.length == 0)
    report (self, GH_CSP_EMPTY, (GhCspSpan){ 0, self->length });
  if (self->directives.length > 0 || self->policies.length > 1)
    check_policies (self);
  else
    self->policies.length = 0;
  g_array_sort (self->diagnostics, compare_diagnostics);
}
