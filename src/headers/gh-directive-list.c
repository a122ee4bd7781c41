/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of directives: the grammar of RFC 6797, section 6.1, which RFC 7469 shares and
 * RFC 9163 uses with commas. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-directive-list.h"

struct _GhDirectiveList
{
  char *text;
  gsize length;
  GStringChunk *strings;
  GArray *directives; /* of GhDirective */
};

typedef struct
{
  GhDirectiveList *list;
  const char *position;
  const char *end;
  char separator;
  GArray *diagnostics; /* borrowed, or NULL */
} Parser;

static gboolean
is_token (char character)
{
  return g_ascii_isalnum (character)
         || (character != '\0' && strchr ("!#$%&'*+-.^_`|~", character));
}

static gboolean
is_space (char character)
{
  return character == ' ' || character == '\t';
}

static void
report (Parser *parser,
        const char *start,
        const char *end,
        const char *code,
        GhSeverity severity,
        const char *message)
{
  gh_diagnostics_add (
    parser->diagnostics, code, severity, start - parser->list->text, end - start, message);
}

static void
skip_spaces (Parser *parser)
{
  while (parser->position < parser->end && is_space (*parser->position))
    parser->position++;
}

static gboolean
at_boundary (const Parser *parser)
{
  return parser->position == parser->end || *parser->position == parser->separator;
}

static void
parse_name (Parser *parser, GhDirective *directive)
{
  const char *start = parser->position;
  gboolean valid = TRUE;
  char *name;

  for (; !at_boundary (parser) && !is_space (*parser->position) && *parser->position != '=';
       parser->position++)
    valid = valid && is_token (*parser->position);

  if (!valid || parser->position == start)
    report (parser,
            start,
            parser->position,
            "directive-name",
            GH_SEVERITY_ERROR,
            N_ ("“%s” is not a name that a directive can have."));

  name = g_string_chunk_insert_len (parser->list->strings, start, parser->position - start);
  directive->name = name;
  directive->name_length = parser->position - start;
  for (; *name != '\0'; name++)
    *name = g_ascii_tolower (*name);
}

static void
parse_quoted (Parser *parser, GhDirective *directive)
{
  const char *start = parser->position++;
  g_autoptr (GString) value = g_string_new (NULL);

  while (parser->position < parser->end && *parser->position != '"')
    {
      if (*parser->position == '\\' && parser->position + 1 < parser->end)
        parser->position++;
      g_string_append_c (value, *parser->position++);
    }

  directive->quoted = TRUE;
  directive->value = g_string_chunk_insert_len (parser->list->strings, value->str, value->len);
  if (parser->position < parser->end)
    parser->position++;
  else
    report (parser,
            start,
            parser->end,
            "unclosed-quote",
            GH_SEVERITY_ERROR,
            N_ ("The quote that starts “%s” is never closed."));
}

static void
parse_token (Parser *parser, GhDirective *directive)
{
  const char *start = parser->position;
  gboolean valid = TRUE;

  for (; !at_boundary (parser) && !is_space (*parser->position); parser->position++)
    valid = valid && is_token (*parser->position);

  directive->value
    = g_string_chunk_insert_len (parser->list->strings, start, parser->position - start);
  if (!valid || parser->position == start)
    report (parser,
            start,
            parser->position,
            "value-not-token",
            GH_SEVERITY_WARNING,
            N_ ("The value “%s” has to stand in double quotes."));
}

static void
parse_value (Parser *parser, GhDirective *directive)
{
  parser->position++;
  skip_spaces (parser);
  directive->value_offset = parser->position - parser->list->text;
  if (parser->position < parser->end && *parser->position == '"')
    parse_quoted (parser, directive);
  else
    parse_token (parser, directive);

  directive->value_length = parser->position - parser->list->text - directive->value_offset;
}

static void
parse_rest (Parser *parser)
{
  const char *start = parser->position;
  const char *last = start;

  for (; !at_boundary (parser); parser->position++)
    if (!is_space (*parser->position))
      last = parser->position + 1;

  if (last > start)
    report (parser,
            start,
            last,
            "trailing-text",
            GH_SEVERITY_ERROR,
            N_ ("“%s” stands where a separator is expected."));
  parser->position = last;
}

static void
parse_directive (Parser *parser)
{
  GhDirective directive = { NULL };
  const char *start = parser->position;
  const char *end;

  parse_name (parser, &directive);
  end = parser->position;
  skip_spaces (parser);
  if (parser->position < parser->end && *parser->position == '=')
    {
      parse_value (parser, &directive);
      end = parser->position;
      skip_spaces (parser);
    }

  if (!at_boundary (parser))
    {
      parse_rest (parser);
      end = parser->position;
    }

  directive.offset = start - parser->list->text;
  directive.length = end - start;
  g_array_append_val (parser->list->directives, directive);
}

static void
parse_directives (Parser *parser)
{
  while (parser->list->directives->len < GH_DIRECTIVE_LIST_MAXIMUM)
    {
      skip_spaces (parser);
      if (at_boundary (parser))
        report (parser,
                parser->position,
                parser->position,
                "empty-directive",
                GH_SEVERITY_INFO,
                N_ ("Nothing stands here."));
      else
        parse_directive (parser);

      skip_spaces (parser);
      if (parser->position == parser->end)
        return;
      parser->position++;
    }

  report (parser,
          parser->position,
          parser->end,
          "too-many-directives",
          GH_SEVERITY_ERROR,
          N_ ("There are too many directives to read."));
}

static void
check_characters (Parser *parser)
{
  for (const char *position = parser->position; position < parser->end; position++)
    if (!g_ascii_isprint (*position) && *position != '\t')
      report (parser,
              position,
              position + 1,
              "character",
              GH_SEVERITY_ERROR,
              N_ ("The character “%s” cannot stand in a header."));
}

GhDirectiveList *
gh_directive_list_parse (const char *text, gssize length, char separator, GArray *diagnostics)
{
  GhDirectiveList *self = g_new0 (GhDirectiveList, 1);
  Parser parser = { self };

  self->length = length < 0 ? strlen (text) : (gsize) length;
  self->text = g_malloc (self->length + 1);
  memcpy (self->text, text, self->length);
  self->text[self->length] = '\0';
  self->strings = g_string_chunk_new (128);
  self->directives = g_array_new (FALSE, FALSE, sizeof (GhDirective));

  parser.position = self->text;
  parser.end = self->text + self->length;
  parser.separator = separator;
  parser.diagnostics = diagnostics;
  check_characters (&parser);
  parse_directives (&parser);
  return self;
}

void
gh_directive_list_free (GhDirectiveList *self)
{
  if (!self)
    return;

  g_clear_pointer (&self->directives, g_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  g_free (self->text);
  g_free (self);
}

char *
gh_directive_list_to_text (const GhDirectiveList *self)
{
  GString *text = g_string_new (NULL);
  gsize written = 0;

  for (guint i = 0; i < self->directives->len; i++)
    {
      const GhDirective *directive = gh_directive_list_get_nth (self, i);

      g_string_append_len (text, self->text + written, directive->offset - written);
      g_string_append_len (text, self->text + directive->offset, directive->length);
      written = directive->offset + directive->length;
    }

  g_string_append_len (text, self->text + written, self->length - written);
  return g_string_free (text, FALSE);
}

guint
gh_directive_list_get_n_directives (const GhDirectiveList *self)
{
  return self->directives->len;
}

const GhDirective *
gh_directive_list_get_nth (const GhDirectiveList *self, guint index)
{
  g_return_val_if_fail (index < self->directives->len, NULL);

  return &g_array_index (self->directives, GhDirective, index);
}

const GhDirective *
gh_directive_list_lookup (const GhDirectiveList *self, const char *name)
{
  for (guint i = 0; i < self->directives->len; i++)
    if (strcmp (gh_directive_list_get_nth (self, i)->name, name) == 0)
      return gh_directive_list_get_nth (self, i);

  return NULL;
}

char *
gh_quoted_string (const char *text)
{
  GString *quoted = g_string_new ("\"");

  for (; *text != '\0'; text++)
    {
      if (*text == '"' || *text == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *text);
    }

  g_string_append_c (quoted, '"');
  return g_string_free (quoted, FALSE);
}
