/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scans a Content-Security-Policy once, byte by byte, into spans. */

#include "gh-csp-private.h"

#include <string.h>

#define SPACE GH_CSP_BYTE_SPACE
#define CONTROL GH_CSP_BYTE_CONTROL

/* clang-format off */
const guint8 gh_csp_byte_classes[256] = {
  [0x00 ... 0x08] = CONTROL,
  ['\t'] = SPACE,
  ['\n'] = SPACE | CONTROL,
  ['\v'] = CONTROL,
  ['\f'] = SPACE | CONTROL,
  ['\r'] = SPACE | CONTROL,
  [0x0e ... 0x1f] = CONTROL,
  [' '] = SPACE,
  [';'] = GH_CSP_BYTE_SEMICOLON,
  [','] = GH_CSP_BYTE_COMMA,
  [0x7f] = CONTROL,
  [0x80 ... 0xff] = GH_CSP_BYTE_NON_ASCII,
};
/* clang-format on */

#define ENDS_TOKEN (GH_CSP_BYTE_SPACE | GH_CSP_BYTE_SEMICOLON | GH_CSP_BYTE_COMMA)

static guint8
class_at (const GhCsp *self, guint position)
{
  return gh_csp_byte_classes[(guchar) self->text[position]];
}

static guint
skip_space (GhCsp *self, guint position)
{
  while (position < self->length && (class_at (self, position) & SPACE) != 0)
    self->bytes_seen |= class_at (self, position++);

  return position;
}

/* Adds the classes of the token's bytes to classes. */
static GhCspSpan
scan_token (const GhCsp *self, guint position, guint8 *classes)
{
  guint start = position;

  while (position < self->length && (class_at (self, position) & ENDS_TOKEN) == 0)
    *classes |= class_at (self, position++);

  return (GhCspSpan){ start, position - start };
}

static void
add_value (GhCsp *self, const GhCspDirective *directive, GhCspSpan span)
{
  GhCspValue *value = gh_csp_store_push (&self->values, sizeof (GhCspValue));
  GhCspSource source;

  value->span = span;
  value->kind = GH_CSP_SOURCE_INVALID;
  value->has_query = FALSE;
  if ((gh_csp_directive_get_flags (directive->id) & GH_CSP_DIRECTIVE_SOURCE_LIST) != 0)
    {
      value->kind = gh_csp_source_parse (&source, gh_csp_at (self, span), span.length);
      value->keyword = source.keyword;
      value->has_query = source.has_query;
    }
  else
    value->keyword = gh_csp_keyword_from_text (gh_csp_at (self, span), span.length);
}

/* From the first byte of the name; gives the place of the ";", the "," or the end. */
static guint
scan_directive (GhCsp *self, guint position)
{
  GhCspDirective directive = { .first_value = self->values.length };
  guint8 classes = 0;

  directive.name = scan_token (self, position, &classes);
  directive.span = directive.name;
  directive.id
    = gh_csp_directive_from_name (gh_csp_at (self, directive.name), directive.name.length, NULL);

  position = skip_space (self, position + directive.name.length);
  while (position < self->length && (class_at (self, position) & ENDS_TOKEN) == 0)
    {
      GhCspSpan token = scan_token (self, position, &classes);

      add_value (self, &directive, token);
      directive.span.length = token.start + token.length - directive.span.start;
      position = skip_space (self, token.start + token.length);
    }

  directive.n_values = self->values.length - directive.first_value;
  if ((classes & GH_CSP_BYTE_NON_ASCII) != 0)
    directive.skipped = GH_CSP_SKIPPED_NON_ASCII;
  self->bytes_seen |= classes;
  *(GhCspDirective *) gh_csp_store_push (&self->directives, sizeof directive) = directive;

  return position;
}

/* Gives the place of the "," or the end. */
static guint
scan_policy (GhCsp *self, guint position)
{
  GhCspPolicy policy = { { position, 0 }, self->directives.length, 0 };

  while (position < self->length)
    {
      guint8 class = class_at (self, position);

      if ((class & GH_CSP_BYTE_COMMA) != 0)
        break;
      if ((class & GH_CSP_BYTE_SEMICOLON) != 0)
        position++;
      else if ((class & SPACE) != 0)
        position = skip_space (self, position);
      else
        position = scan_directive (self, position);
    }

  policy.span.length = position - policy.span.start;
  policy.n_directives = self->directives.length - policy.first_directive;
  *(GhCspPolicy *) gh_csp_store_push (&self->policies, sizeof policy) = policy;

  return position;
}

static void
keep_text (GhCsp *self, const char *text, gsize length)
{
  if (length + 1 > self->allocated)
    {
      self->allocated = MAX (length + 1, self->allocated * 2);
      self->text = g_realloc (self->text, self->allocated);
    }
  memcpy (self->text, text, length);
  self->text[length] = '\0';
  self->length = length;
}

GhCsp *
gh_csp_new (void)
{
  GhCsp *self = g_new0 (GhCsp, 1);

  gh_csp_store_init (&self->policies, sizeof (GhCspPolicy));
  gh_csp_store_init (&self->directives, sizeof (GhCspDirective));
  gh_csp_store_init (&self->values, sizeof (GhCspValue));
  self->diagnostics = gh_diagnostics_new ();
  keep_text (self, "", 0);

  return self;
}

GhCsp *
gh_csp_new_from_text (const char *text)
{
  GhCsp *self = gh_csp_new ();

  gh_csp_parse (self, text, -1);

  return self;
}

void
gh_csp_free (GhCsp *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self->policies.data);
  g_free (self->directives.data);
  g_free (self->values.data);
  g_array_unref (self->diagnostics);
  gh_csp_seen_clear (&self->seen);
  g_free (self);
}

void
gh_csp_parse (GhCsp *self, const char *text, gssize length)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  guint position = 0;

  keep_text (self, text, MIN (size, GH_CSP_MAXIMUM_SIZE));
  self->bytes_seen = 0;
  self->policies.length = 0;
  self->directives.length = 0;
  self->values.length = 0;
  g_array_set_size (self->diagnostics, 0);

  while ((position = scan_policy (self, position)) < self->length)
    position++;
  gh_csp_check (self);
}

char *
gh_csp_to_text (const GhCsp *self, gsize *length)
{
  GString *text = g_string_sized_new (self->length);
  const GhCspDirective *directives = self->directives.data;
  const GhCspValue *values = self->values.data;
  guint done = 0;

  for (guint i = 0; i < self->directives.length; i++)
    {
      g_string_append_len (text, self->text + done, directives[i].name.start - done);
      g_string_append_len (text, gh_csp_at (self, directives[i].name), directives[i].name.length);
      done = directives[i].name.start + directives[i].name.length;
      for (guint j = directives[i].first_value;
           j < directives[i].first_value + directives[i].n_values;
           j++)
        {
          g_string_append_len (text, self->text + done, values[j].span.start - done);
          g_string_append_len (text, gh_csp_at (self, values[j].span), values[j].span.length);
          done = values[j].span.start + values[j].span.length;
        }
    }
  g_string_append_len (text, self->text + done, self->length - done);
  if (length != NULL)
    *length = text->len;

  return g_string_free (text, FALSE);
}

const char *
gh_csp_get_text (const GhCsp *self, gsize *length)
{
  if (length != NULL)
    *length = self->length;

  return self->text;
}

const GhCspPolicy *
gh_csp_get_policies (const GhCsp *self, guint *n_policies)
{
  *n_policies = self->policies.length;

  return self->policies.data;
}

const GhCspPolicy *
gh_csp_get_policy (const GhCsp *self, guint index)
{
  guint n_policies;
  const GhCspPolicy *policies = gh_csp_get_policies (self, &n_policies);

  return index < n_policies ? &policies[index] : NULL;
}

const GhCspDirective *
gh_csp_get_directives (const GhCsp *self, guint *n_directives)
{
  if (n_directives != NULL)
    *n_directives = self->directives.length;

  return self->directives.data;
}

const GhCspValue *
gh_csp_get_values (const GhCsp *self, guint *n_values)
{
  if (n_values != NULL)
    *n_values = self->values.length;

  return self->values.data;
}

const GArray *
gh_csp_get_diagnostics (const GhCsp *self)
{
  return self->diagnostics;
}

const GhCspDirective *
gh_csp_lookup (const GhCsp *self, const GhCspPolicy *policy, GhCspDirectiveId id)
{
  const GhCspDirective *directives = self->directives.data;

  for (guint i = policy->first_directive; i < policy->first_directive + policy->n_directives; i++)
    if (directives[i].id == id && directives[i].skipped == GH_CSP_OBEYED)
      return &directives[i];

  return NULL;
}

const GhCspDirective *
gh_csp_lookup_effective (const GhCsp *self, const GhCspPolicy *policy, GhCspDirectiveId id)
{
  const GhCspDirectiveId *chain = gh_csp_directive_get_fallbacks (id);

  for (; *chain != GH_CSP_NO_DIRECTIVE; chain++)
    {
      const GhCspDirective *directive = gh_csp_lookup (self, policy, *chain);

      if (directive != NULL)
        return directive;
    }

  return NULL;
}

const GhCspValue *
gh_csp_find_keyword (const GhCsp *self, const GhCspDirective *directive, GhCspKeyword keyword)
{
  const GhCspValue *values = (const GhCspValue *) self->values.data;

  for (guint i = 0; i < directive->n_values; i++)
    if (values[directive->first_value + i].keyword == keyword)
      return &values[directive->first_value + i];

  return NULL;
}

const char *
gh_csp_get_span (const GhCsp *self, GhCspSpan span)
{
  return gh_csp_at (self, span);
}

char *
gh_csp_dup_span (const GhCsp *self, GhCspSpan span)
{
  return g_utf8_make_valid (gh_csp_at (self, span), span.length);
}
