/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The scanner: one pass, no recursion, a small stack of open objects and arrays. */

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-keyed-hash.h"
#include "gh-policy-error.h"
#include "gh-strict-json.h"

#define FIRST_HIGH_SURROGATE 0xd800
#define FIRST_LOW_SURROGATE 0xdc00
#define FIRST_AFTER_SURROGATES 0xe000

typedef enum
{
  EXPECT_VALUE,
  EXPECT_VALUE_OR_END,
  EXPECT_KEY,
  EXPECT_KEY_OR_END,
  EXPECT_COMMA_OR_END,
  EXPECT_NOTHING,
} Expectation;

/* An object or an array that is still open. */
typedef struct
{
  gboolean is_object;
  GHashTable *keys; /* owned set of owned names, made with the first of them */
} Level;

typedef struct
{
  const char *text;
  const char *p;
  const char *end;
  Level levels[GH_STRICT_JSON_MAXIMUM_DEPTH];
  guint depth;
  guint n_values;
  GString *name; /* owned; the key being read, without its escapes */
  GError **error;
} Scanner;

/* People count lines and columns from 1, and columns in characters. */
static gboolean
fail_at (Scanner *self, const char *place, const char *message)
{
  guint line = 1;
  glong column;
  const char *start = self->text;

  for (const char *p = self->text; p < place; p++)
    if (*p == '\n')
      {
        line++;
        start = p + 1;
      }

  column = g_utf8_strlen (start, place - start) + 1;
  g_set_error (self->error,
               GH_POLICY_ERROR,
               GH_POLICY_ERROR_SYNTAX,
               _ ("Not valid JSON at line %u, column %ld: %s"),
               line,
               column,
               message);
  return FALSE;
}

static gboolean
fail (Scanner *self, const char *message)
{
  return fail_at (
    self, self->p, self->p < self->end ? message : _ ("the text ends before it is complete"));
}

/* The byte ahead, or NUL at the end; the text itself has none. */
static char
peek (Scanner *self)
{
  return self->p < self->end ? *self->p : '\0';
}

static gboolean
accept (Scanner *self, char c)
{
  if (peek (self) != c)
    return FALSE;

  self->p++;
  return TRUE;
}

static void
skip_white_space (Scanner *self)
{
  while (self->p < self->end && strchr (" \t\r\n", *self->p) != NULL)
    self->p++;
}

static gboolean
scan_four_digits (Scanner *self, gunichar *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++)
    {
      if (!g_ascii_isxdigit (peek (self)))
        return fail (self, _ ("\\u takes four hexadecimal digits"));
      *unit = *unit * 16 + (gunichar) g_ascii_xdigit_value (*self->p++);
    }

  return TRUE;
}

/* After "\u": one code point, or two surrogates that make one. */
static gboolean
scan_unicode_escape (Scanner *self)
{
  const char *place = self->p - 2;
  gunichar c;
  gunichar low;

  if (!scan_four_digits (self, &c))
    return FALSE;
  if (c == 0)
    return fail_at (self, place, _ ("\\u0000 is not accepted"));

  if (c >= FIRST_HIGH_SURROGATE && c < FIRST_AFTER_SURROGATES)
    {
      if (c >= FIRST_LOW_SURROGATE || !accept (self, '\\') || !accept (self, 'u'))
        return fail_at (self, place, _ ("this is half of a surrogate pair"));
      if (!scan_four_digits (self, &low))
        return FALSE;
      if (low < FIRST_LOW_SURROGATE || low >= FIRST_AFTER_SURROGATES)
        return fail_at (self, place, _ ("this is half of a surrogate pair"));
      c = 0x10000 + ((c - FIRST_HIGH_SURROGATE) << 10) + (low - FIRST_LOW_SURROGATE);
    }

  g_string_append_unichar (self->name, c);
  return TRUE;
}

static gboolean
scan_escape (Scanner *self)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *letter;

  if (accept (self, 'u'))
    return scan_unicode_escape (self);

  letter = peek (self) != '\0' ? strchr (letters, *self->p) : NULL;
  if (letter == NULL)
    return fail (self, _ ("this is no escape that JSON knows"));

  g_string_append_c (self->name, meanings[letter - letters]);
  self->p++;
  return TRUE;
}

/* Leaves what the string means in name. */
static gboolean
scan_string (Scanner *self)
{
  g_string_truncate (self->name, 0);
  self->p++;

  while (!accept (self, '"'))
    {
      const char *start = self->p;

      while (self->p < self->end && (guchar) *self->p >= 0x20 && *self->p != '"'
             && *self->p != '\\')
        self->p++;
      g_string_append_len (self->name, start, self->p - start);

      if (accept (self, '\\'))
        {
          if (!scan_escape (self))
            return FALSE;
        }
      else if (peek (self) != '"')
        return fail (self, _ ("a control character must be escaped in a string"));
    }

  return TRUE;
}

static gboolean
scan_digits (Scanner *self)
{
  if (!g_ascii_isdigit (peek (self)))
    return fail (self, _ ("a digit is missing here"));

  while (g_ascii_isdigit (peek (self)))
    self->p++;
  return TRUE;
}

static gboolean
check_number (Scanner *self, const char *start, gboolean is_integer)
{
  g_autofree char *number = g_strndup (start, (gsize) (self->p - start));

  if (is_integer && !g_ascii_string_to_signed (number, 10, G_MININT64, G_MAXINT64, NULL, NULL))
    return fail_at (self, start, _ ("this number does not fit 64 bits"));
  if (!is_integer && !isfinite (g_ascii_strtod (number, NULL)))
    return fail_at (self, start, _ ("this number is too large"));

  return TRUE;
}

static gboolean
scan_number (Scanner *self)
{
  const char *start = self->p;
  gboolean is_integer = TRUE;

  accept (self, '-');
  if (!accept (self, '0') && !scan_digits (self))
    return FALSE;

  if (accept (self, '.'))
    {
      is_integer = FALSE;
      if (!scan_digits (self))
        return FALSE;
    }
  if (accept (self, 'e') || accept (self, 'E'))
    {
      is_integer = FALSE;
      if (!accept (self, '-'))
        accept (self, '+');
      if (!scan_digits (self))
        return FALSE;
    }

  if (g_ascii_isalnum (peek (self)))
    return fail (self, _ ("this does not belong to a number"));
  return check_number (self, start, is_integer);
}

static gboolean
scan_word (Scanner *self)
{
  static const char *const words[] = { "true", "false", "null" };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if ((gsize) (self->end - self->p) >= length && strncmp (self->p, words[i], length) == 0)
        {
          self->p += length;
          return TRUE;
        }
    }

  return fail (self, _ ("a value is missing here"));
}

static gboolean
open_level (Scanner *self, gboolean is_object)
{
  if (self->depth == GH_STRICT_JSON_MAXIMUM_DEPTH)
    return fail (self, _ ("objects and arrays are nested too deeply"));

  self->levels[self->depth++] = (Level){ .is_object = is_object };
  self->p++;
  return TRUE;
}

static void
close_level (Scanner *self)
{
  g_clear_pointer (&self->levels[--self->depth].keys, g_hash_table_unref);
  self->p++;
}

static gboolean
scan_value (Scanner *self, Expectation *expectation)
{
  char c = peek (self);

  if (++self->n_values > GH_STRICT_JSON_MAXIMUM_VALUES)
    return fail (self, _ ("there are too many values"));

  *expectation = c == '{'   ? EXPECT_KEY_OR_END
                 : c == '[' ? EXPECT_VALUE_OR_END
                            : EXPECT_COMMA_OR_END;
  if (c == '{' || c == '[')
    return open_level (self, c == '{');
  if (c == '"')
    return scan_string (self);
  if (c == '-' || g_ascii_isdigit (c))
    return scan_number (self);

  return scan_word (self);
}

static gboolean
remember_key (Scanner *self, const char *place)
{
  Level *level = &self->levels[self->depth - 1];

  if (level->keys == NULL)
    level->keys = gh_keyed_hash_table_new (g_free, NULL);
  if (g_hash_table_size (level->keys) == GH_STRICT_JSON_MAXIMUM_MEMBERS)
    return fail_at (self, place, _ ("this object has too many members"));
  if (!g_hash_table_add (level->keys, g_strdup (self->name->str)))
    return fail_at (self, place, _ ("this object has the same key twice"));

  return TRUE;
}

static gboolean
scan_key (Scanner *self)
{
  const char *place = self->p;

  if (peek (self) != '"')
    return fail (self, _ ("a key in quotation marks is missing here"));
  if (!scan_string (self) || !remember_key (self, place))
    return FALSE;

  skip_white_space (self);
  if (!accept (self, ':'))
    return fail (self, _ ("a colon is missing after the key"));
  return TRUE;
}

static gboolean
scan_comma_or_end (Scanner *self, Expectation *expectation)
{
  gboolean is_object = self->levels[self->depth - 1].is_object;

  if (peek (self) == (is_object ? '}' : ']'))
    {
      close_level (self);
      return TRUE;
    }
  if (!accept (self, ','))
    return fail (
      self, is_object ? _ ("a comma or } is missing here") : _ ("a comma or ] is missing here"));

  *expectation = is_object ? EXPECT_KEY : EXPECT_VALUE;
  return TRUE;
}

static gboolean
scan_next (Scanner *self, Expectation *expectation)
{
  skip_white_space (self);

  if ((*expectation == EXPECT_KEY_OR_END && peek (self) == '}')
      || (*expectation == EXPECT_VALUE_OR_END && peek (self) == ']'))
    {
      close_level (self);
      *expectation = EXPECT_COMMA_OR_END;
      return TRUE;
    }

  switch (*expectation)
    {
    case EXPECT_KEY:
    case EXPECT_KEY_OR_END:
      *expectation = EXPECT_VALUE;
      return scan_key (self);
    case EXPECT_VALUE:
    case EXPECT_VALUE_OR_END:
      return scan_value (self, expectation);
    case EXPECT_COMMA_OR_END:
      if (self->depth > 0)
        return scan_comma_or_end (self, expectation);
      *expectation = EXPECT_NOTHING;
      return self->p == self->end || fail (self, _ ("something follows the end of the value"));
    case EXPECT_NOTHING:
    default:
      g_return_val_if_reached (FALSE);
    }
}

static gboolean
check_bytes (Scanner *self, gsize length)
{
  const char *invalid;

  if (length > GH_STRICT_JSON_MAXIMUM_SIZE)
    {
      g_set_error (self->error,
                   GH_POLICY_ERROR,
                   GH_POLICY_ERROR_SYNTAX,
                   _ ("The JSON text is larger than %d bytes"),
                   GH_STRICT_JSON_MAXIMUM_SIZE);
      return FALSE;
    }
  if (!g_utf8_validate (self->text, (gssize) length, &invalid))
    return fail_at (self,
                    invalid,
                    *invalid == '\0' ? _ ("a NUL byte is not accepted")
                                     : _ ("this byte is not valid UTF-8"));

  return TRUE;
}

gboolean
gh_strict_json_check (const char *text, gsize length, GError **error)
{
  Scanner self = { .text = text, .p = text, .end = text + length, .error = error };
  Expectation expectation = EXPECT_VALUE;
  gboolean valid;

  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  self.name = g_string_new (NULL);
  valid = check_bytes (&self, length);
  while (valid && expectation != EXPECT_NOTHING)
    valid = scan_next (&self, &expectation);

  while (self.depth > 0)
    close_level (&self);
  g_string_free (self.name, TRUE);
  return valid;
}

JsonNode *
gh_strict_json_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) parse_error = NULL;

  if (!gh_strict_json_check (text, length, error))
    return NULL;

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, (gssize) length, &parse_error))
    {
      g_set_error (error,
                   GH_POLICY_ERROR,
                   GH_POLICY_ERROR_SYNTAX,
                   _ ("Not valid JSON: %s"),
                   parse_error->message);
      return NULL;
    }

  return json_parser_steal_root (parser);
}
