/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading and keeping lists of header lines. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-header-block.h"

#define KILOBYTE 1024
#define FIRST_MARK 4
#define LAST_MARK 16
#define LINE_OVERHEAD 4 /* ": " and CR LF */

struct _GhHeaderBlock
{
  GStringChunk *strings;
  GArray *lines; /* of GhHeaderLine */
  guint status;
};

typedef struct
{
  GhHeaderBlock *block;
  const char *text;
  const char *position;
  const char *end;
  GArray *diagnostics; /* borrowed, or NULL */
  GString *value;      /* of the line that is being read */
  const char *start;   /* where it starts, or NULL between lines */
  gsize name_length;
} Parser;

static void
report (Parser *parser,
        const char *start,
        gsize length,
        const char *code,
        GhSeverity severity,
        const char *message)
{
  gh_diagnostics_add (parser->diagnostics, code, severity, start - parser->text, length, message);
}

static gboolean
is_space (char character)
{
  return character == ' ' || character == '\t';
}

static gboolean
is_token (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && (text[i] == '\0' || !strchr ("!#$%&'*+-.^_`|~", text[i])))
      return FALSE;

  return length > 0;
}

static void
finish_line (Parser *parser)
{
  g_autofree char *name = NULL;

  if (!parser->start)
    return;

  name = g_strndup (parser->start, parser->name_length);
  if (gh_header_block_add (parser->block, name, parser->value->str, parser->value->len))
    g_array_index (parser->block->lines, GhHeaderLine, parser->block->lines->len - 1).offset
      = parser->start - parser->text;
  else
    report (parser,
            parser->start,
            parser->name_length,
            "too-many-lines",
            GH_SEVERITY_ERROR,
            N_ ("There are too many lines: “%s” and what follows is not read."));

  parser->start = NULL;
}

static void
append_value (Parser *parser, const char *start, const char *end)
{
  while (start < end && is_space (*start))
    start++;
  while (end > start && is_space (end[-1]))
    end--;

  for (const char *position = start; position < end; position++)
    {
      gboolean control = g_ascii_iscntrl (*position) && *position != '\t';

      if (control)
        report (parser,
                position,
                1,
                "control-character",
                GH_SEVERITY_ERROR,
                N_ ("The control character “%s” cannot stand in a header."));
      g_string_append_c (parser->value, control ? ' ' : *position);
    }
}

/* "HTTP/1.1 200 OK" or "HTTP/2 200". What was read before belongs to an earlier response. */
static void
read_status (Parser *parser, const char *start, const char *end)
{
  const char *space = memchr (start, ' ', end - start);

  finish_line (parser);
  if (parser->block->status || parser->block->lines->len > 0)
    report (parser,
            start,
            end - start,
            "several-responses",
            GH_SEVERITY_INFO,
            N_ ("There are several responses; “%s” and what follows it counts."));

  gh_header_block_clear (parser->block);
  for (guint i = 1; space && i <= 3 && space + i < end && g_ascii_isdigit (space[i]); i++)
    parser->block->status = parser->block->status * 10 + (space[i] - '0');
}

static void
read_field (Parser *parser, const char *start, const char *end)
{
  const char *colon = memchr (start, ':', end - start);

  if (!colon || !is_token (start, colon - start))
    {
      report (parser,
              start,
              end - start,
              "not-a-header",
              GH_SEVERITY_ERROR,
              N_ ("“%s” is not a header: a name, a colon and a value."));
      return;
    }

  parser->start = start;
  parser->name_length = colon - start;
  g_string_truncate (parser->value, 0);
  append_value (parser, colon + 1, end);
}

static void
read_fold (Parser *parser, const char *start, const char *end)
{
  report (parser,
          start,
          end - start,
          "folded-line",
          GH_SEVERITY_WARNING,
          N_ ("“%s” continues the line before it: servers may no longer send that."));
  g_string_append_c (parser->value, ' ');
  append_value (parser, start, end);
}

/* FALSE at an empty line. */
static gboolean
read_line (Parser *parser)
{
  const char *start = parser->position;
  const char *newline = memchr (start, '\n', parser->end - start);
  const char *end = newline ? newline : parser->end;

  parser->position = newline ? newline + 1 : parser->end;
  if (end > start && end[-1] == '\r')
    end--;
  if (end - start >= 2 && start[0] == '<' && start[1] == ' ')
    start += 2;
  else if (end - start == 1 && start[0] == '<')
    start++;

  if (start == end)
    return FALSE;

  if (is_space (*start) && parser->start)
    {
      read_fold (parser, start, end);
      return TRUE;
    }

  finish_line (parser);
  if ((gsize) (end - start) > strlen ("HTTP/") && strncmp (start, "HTTP/", strlen ("HTTP/")) == 0)
    read_status (parser, start, end);
  else
    read_field (parser, start, end);

  return TRUE;
}

/* After an empty line only another response is of interest, not a body. */
static gboolean
find_response (Parser *parser)
{
  while (parser->position < parser->end && g_ascii_isspace (*parser->position))
    parser->position++;

  if (parser->end - parser->position >= 2 && strncmp (parser->position, "< ", 2) == 0)
    return strncmp (parser->position + 2, "HTTP/", MIN (5, parser->end - parser->position - 2)) == 0
           && parser->end - parser->position >= 7;

  return parser->end - parser->position >= 5 && strncmp (parser->position, "HTTP/", 5) == 0;
}

static void
read_blocks (Parser *parser)
{
  while (parser->position < parser->end && strchr ("\r\n", *parser->position)
         && *parser->position != '\0')
    parser->position++;

  while (parser->position < parser->end)
    if (!read_line (parser))
      {
        finish_line (parser);
        if (!find_response (parser))
          break;
      }

  finish_line (parser);
}

GhHeaderBlock *
gh_header_block_parse (const char *text, gssize length, GArray *diagnostics)
{
  GhHeaderBlock *self = gh_header_block_new ();
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  Parser parser
    = { self, text, text, text + MIN (size, GH_HEADER_BLOCK_MAXIMUM_SIZE), diagnostics };

  if (size > GH_HEADER_BLOCK_MAXIMUM_SIZE)
    report (&parser,
            parser.end,
            0,
            "too-long",
            GH_SEVERITY_ERROR,
            N_ ("The text is too long; the rest is not read."));

  parser.value = g_string_new (NULL);
  read_blocks (&parser);
  g_string_free (parser.value, TRUE);
  return self;
}

GhHeaderBlock *
gh_header_block_new (void)
{
  GhHeaderBlock *self = g_new0 (GhHeaderBlock, 1);

  self->strings = g_string_chunk_new (1024);
  self->lines = g_array_new (FALSE, TRUE, sizeof (GhHeaderLine));
  return self;
}

GhHeaderBlock *
gh_header_block_new_from_set (const GhHeaderSet *set)
{
  GhHeaderBlock *self = gh_header_block_new ();

  for (guint i = 0; i < gh_header_set_get_n_headers (set); i++)
    {
      const GhHeader *header = gh_header_set_get_nth (set, i);

      gh_header_block_add (self, header->name, header->value, -1);
    }

  return self;
}

void
gh_header_block_free (GhHeaderBlock *self)
{
  if (!self)
    return;

  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);
  g_free (self);
}

gboolean
gh_header_block_add (GhHeaderBlock *self, const char *name, const char *value, gssize length)
{
  GhHeaderLine line = { NULL };

  if (self->lines->len == GH_HEADER_BLOCK_MAXIMUM_LINES)
    return FALSE;

  line.name = g_string_chunk_insert (self->strings, name);
  line.value = g_string_chunk_insert_len (self->strings, value, length);
  g_array_append_val (self->lines, line);
  return TRUE;
}

void
gh_header_block_clear (GhHeaderBlock *self)
{
  g_array_set_size (self->lines, 0);
  g_string_chunk_clear (self->strings);
  self->status = 0;
}

guint
gh_header_block_get_n_lines (const GhHeaderBlock *self)
{
  return self->lines->len;
}

const GhHeaderLine *
gh_header_block_get_nth (const GhHeaderBlock *self, guint index)
{
  g_return_val_if_fail (index < self->lines->len, NULL);

  return &g_array_index (self->lines, GhHeaderLine, index);
}

guint
gh_header_block_count (const GhHeaderBlock *self, const char *name)
{
  guint n_lines = 0;

  for (guint i = 0; i < self->lines->len; i++)
    n_lines += g_ascii_strcasecmp (gh_header_block_get_nth (self, i)->name, name) == 0;

  return n_lines;
}

const char *
gh_header_block_lookup (const GhHeaderBlock *self, const char *name)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (g_ascii_strcasecmp (gh_header_block_get_nth (self, i)->name, name) == 0)
      return gh_header_block_get_nth (self, i)->value;

  return NULL;
}

char *
gh_header_block_dup_joined (const GhHeaderBlock *self, const char *name)
{
  g_autoptr (GString) joined = NULL;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const GhHeaderLine *line = gh_header_block_get_nth (self, i);

      if (g_ascii_strcasecmp (line->name, name) != 0)
        continue;

      if (joined)
        g_string_append (joined, ", ");
      else
        joined = g_string_new (NULL);
      g_string_append (joined, line->value);
    }

  return joined ? g_string_free (g_steal_pointer (&joined), FALSE) : NULL;
}

guint
gh_header_block_get_status (const GhHeaderBlock *self)
{
  return self->status;
}

gsize
gh_header_block_get_size (const GhHeaderBlock *self)
{
  gsize size = 0;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const GhHeaderLine *line = gh_header_block_get_nth (self, i);

      size += strlen (line->name) + strlen (line->value) + LINE_OVERHEAD;
    }

  return size;
}

guint
gh_headers_get_size_mark (gsize size)
{
  guint mark = LAST_MARK;

  while (mark >= FIRST_MARK && size <= (gsize) mark * KILOBYTE)
    mark /= 2;

  return mark >= FIRST_MARK ? mark : 0;
}

GhSeverity
gh_headers_get_size_severity (guint mark)
{
  return mark > FIRST_MARK ? GH_SEVERITY_WARNING : GH_SEVERITY_INFO;
}
