/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading the single values of structured fields, to the letter of RFC 9651. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-structured-scanner.h"

#define MAXIMUM_INTEGER_DIGITS 15
#define MAXIMUM_WHOLE_DIGITS 12
#define MAXIMUM_FRACTION_DIGITS 3

gboolean
gh_structured_scanner_fail (GhStructuredScanner *scanner,
                            const char *position,
                            gsize length,
                            const char *code,
                            const char *message)
{
  gh_diagnostics_add (scanner->diagnostics,
                      code,
                      GH_SEVERITY_ERROR,
                      position - scanner->field->text,
                      length,
                      message);
  return FALSE;
}

gboolean
gh_structured_scanner_fail_here (GhStructuredScanner *scanner,
                                 const char *code,
                                 const char *message)
{
  return gh_structured_scanner_fail (
    scanner, scanner->position, scanner->position < scanner->end ? 1 : 0, code, message);
}

const char *
gh_structured_scanner_keep (GhStructuredScanner *scanner, const char *text, gsize length)
{
  return g_string_chunk_insert_len (scanner->field->strings, text, length);
}

static guint
count_digits (GhStructuredScanner *scanner)
{
  const char *start = scanner->position;

  while (!scanner_at_end (scanner) && g_ascii_isdigit (*scanner->position))
    scanner->position++;

  return scanner->position - start;
}

static gint64
read_digits (const char *digits, guint n_digits)
{
  gint64 number = 0;

  for (guint i = 0; i < n_digits; i++)
    number = number * 10 + (digits[i] - '0');

  return number;
}

static gboolean
parse_fraction (GhStructuredScanner *scanner, const char *start, guint n_whole, GhBareItem *item)
{
  const char *fraction = ++scanner->position;
  guint n_fraction = count_digits (scanner);
  gint64 thousandths;

  if (n_whole > MAXIMUM_WHOLE_DIGITS || n_fraction == 0 || n_fraction > MAXIMUM_FRACTION_DIGITS)
    return gh_structured_scanner_fail (
      scanner,
      start,
      scanner->position - start,
      "number",
      N_ ("A decimal has at most twelve digits before its point and one to three after "
          "it: “%s” does not."));

  thousandths = read_digits (fraction, n_fraction);
  for (guint i = n_fraction; i < MAXIMUM_FRACTION_DIGITS; i++)
    thousandths *= 10;

  item->type = GH_BARE_DECIMAL;
  item->number = item->number * 1000 + thousandths;
  return TRUE;
}

static gboolean
parse_number (GhStructuredScanner *scanner, GhBareItem *item)
{
  const char *start = scanner->position;
  gboolean negative = scanner_consume (scanner, '-');
  const char *digits = scanner->position;
  guint n_digits = count_digits (scanner);

  if (n_digits == 0)
    return gh_structured_scanner_fail_here (scanner, "number", N_ ("A digit is expected here."));

  if (n_digits > MAXIMUM_INTEGER_DIGITS)
    return gh_structured_scanner_fail (scanner,
                                       start,
                                       scanner->position - start,
                                       "number",
                                       N_ ("A number has at most fifteen digits."));

  item->type = GH_BARE_INTEGER;
  item->number = read_digits (digits, n_digits);
  if (scanner_looking_at (scanner, '.') && !parse_fraction (scanner, start, n_digits, item))
    return FALSE;

  if (negative)
    item->number = -item->number;

  return TRUE;
}

static gboolean
parse_date (GhStructuredScanner *scanner, GhBareItem *item)
{
  const char *start = scanner->position++;

  if (!parse_number (scanner, item))
    return FALSE;

  if (item->type != GH_BARE_INTEGER)
    return gh_structured_scanner_fail (scanner,
                                       start,
                                       scanner->position - start,
                                       "date",
                                       N_ ("A date is a whole number of seconds: “%s” is not."));

  item->type = GH_BARE_DATE;
  return TRUE;
}

static void
set_text (GhStructuredScanner *scanner,
          GhBareItem *item,
          GhBareType type,
          const char *text,
          gsize length)
{
  item->type = type;
  item->text = gh_structured_scanner_keep (scanner, text, length);
  item->length = length;
}

static gboolean
parse_string (GhStructuredScanner *scanner, GhBareItem *item)
{
  const char *start = scanner->position++;
  g_autoptr (GString) text = g_string_new (NULL);

  while (!scanner_at_end (scanner))
    {
      char character = *scanner->position;

      if (!g_ascii_isprint (character))
        return gh_structured_scanner_fail_here (
          scanner, "string", N_ ("A string holds printable ASCII characters only."));

      scanner->position++;
      if (character == '"')
        {
          set_text (scanner, item, GH_BARE_STRING, text->str, text->len);
          return TRUE;
        }

      if (character == '\\')
        {
          if (!scanner_looking_at (scanner, '"') && !scanner_looking_at (scanner, '\\'))
            return gh_structured_scanner_fail_here (
              scanner, "string", N_ ("In a string, “\\” stands before “\"” or “\\” only."));
          character = *scanner->position++;
        }

      g_string_append_c (text, character);
    }

  return gh_structured_scanner_fail (
    scanner, start, 1, "string", N_ ("This string is never closed."));
}

static gboolean
parse_token (GhStructuredScanner *scanner, GhBareItem *item)
{
  const char *start = scanner->position;

  while (!scanner_at_end (scanner) && gh_structured_is_token (*scanner->position))
    scanner->position++;

  set_text (scanner, item, GH_BARE_TOKEN, start, scanner->position - start);
  return TRUE;
}

/* Padding may be missing, but where there is some it is whole. */
static gboolean
decode_base64 (const char *text, gsize length, GString *bytes)
{
  int state = 0;
  guint save = 0;
  gsize decoded;

  if (length % 4 == 0)
    for (guint i = 0; i < 2 && length > 0 && text[length - 1] == '='; i++)
      length--;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '+' && text[i] != '/')
      return FALSE;

  if (length % 4 == 1)
    return FALSE;

  g_string_set_size (bytes, length / 4 * 3 + 3);
  decoded = g_base64_decode_step (text, length, (guchar *) bytes->str, &state, &save);
  decoded += g_base64_decode_step (
    "==", length % 4 == 0 ? 0 : 4 - length % 4, (guchar *) bytes->str + decoded, &state, &save);
  g_string_truncate (bytes, decoded);
  return TRUE;
}

static gboolean
parse_bytes (GhStructuredScanner *scanner, GhBareItem *item)
{
  const char *start = scanner->position++;
  const char *close = memchr (scanner->position, ':', scanner->end - scanner->position);
  g_autoptr (GString) bytes = g_string_new (NULL);

  if (!close)
    return gh_structured_scanner_fail (
      scanner, start, 1, "bytes", N_ ("This byte sequence is never closed."));

  if (!decode_base64 (scanner->position, close - scanner->position, bytes))
    return gh_structured_scanner_fail (
      scanner, start, close + 1 - start, "bytes", N_ ("A byte sequence is base64: “%s” is not."));

  scanner->position = close + 1;
  set_text (scanner, item, GH_BARE_BYTES, bytes->str, bytes->len);
  return TRUE;
}

static gboolean
parse_boolean (GhStructuredScanner *scanner, GhBareItem *item)
{
  scanner->position++;
  item->type = GH_BARE_BOOLEAN;
  item->number = scanner_looking_at (scanner, '1');
  if (scanner_consume (scanner, '1') || scanner_consume (scanner, '0'))
    return TRUE;

  return gh_structured_scanner_fail_here (scanner, "boolean", N_ ("A boolean is “?0” or “?1”."));
}

static int
hexadecimal_value (char character)
{
  return g_ascii_isupper (character) ? -1 : g_ascii_xdigit_value (character);
}

static gboolean
parse_percent (GhStructuredScanner *scanner, GString *text)
{
  const char *digits = scanner->position;

  if (scanner->end - digits < 2 || hexadecimal_value (digits[0]) < 0
      || hexadecimal_value (digits[1]) < 0)
    return gh_structured_scanner_fail_here (
      scanner,
      "display-string",
      N_ ("In a display string, “%%” stands before two lower case hexadecimal digits."));

  g_string_append_c (text, hexadecimal_value (digits[0]) << 4 | hexadecimal_value (digits[1]));
  scanner->position += 2;
  return TRUE;
}

static gboolean
finish_display_string (GhStructuredScanner *scanner,
                       const char *start,
                       const GString *text,
                       GhBareItem *item)
{
  const char *invalid;

  /* U+0000 is valid UTF-8, which g_utf8_validate_len() does not grant. */
  for (const char *part = text->str;
       !g_utf8_validate_len (part, text->str + text->len - part, &invalid);
       part = invalid + 1)
    if (*invalid != '\0')
      return gh_structured_scanner_fail (
        scanner,
        start,
        scanner->position - start,
        "display-string",
        N_ ("A display string is percent-encoded UTF-8: “%s” is not."));

  set_text (scanner, item, GH_BARE_DISPLAY_STRING, text->str, text->len);
  return TRUE;
}

static gboolean
parse_display_string (GhStructuredScanner *scanner, GhBareItem *item)
{
  const char *start = scanner->position++;
  g_autoptr (GString) text = g_string_new (NULL);

  if (!scanner_consume (scanner, '"'))
    return gh_structured_scanner_fail_here (
      scanner, "display-string", N_ ("A display string starts with %%\"."));

  while (!scanner_at_end (scanner))
    {
      char character = *scanner->position;

      if (!g_ascii_isprint (character))
        return gh_structured_scanner_fail_here (
          scanner,
          "display-string",
          N_ ("A display string holds printable ASCII characters only; others are "
              "percent-encoded."));

      scanner->position++;
      if (character == '"')
        return finish_display_string (scanner, start, text, item);

      if (character != '%')
        g_string_append_c (text, character);
      else if (!parse_percent (scanner, text))
        return FALSE;
    }

  return gh_structured_scanner_fail (
    scanner, start, 2, "display-string", N_ ("This string is never closed."));
}

gboolean
gh_structured_scanner_parse_bare_item (GhStructuredScanner *scanner, GhBareItem *item)
{
  char character = scanner_at_end (scanner) ? '\0' : *scanner->position;

  if (character == '-' || g_ascii_isdigit (character))
    return parse_number (scanner, item);
  if (character == '"')
    return parse_string (scanner, item);
  if (character == '*' || g_ascii_isalpha (character))
    return parse_token (scanner, item);
  if (character == ':')
    return parse_bytes (scanner, item);
  if (character == '?')
    return parse_boolean (scanner, item);
  if (character == '@')
    return parse_date (scanner, item);
  if (character == '%')
    return parse_display_string (scanner, item);
  if (scanner_at_end (scanner))
    return gh_structured_scanner_fail_here (
      scanner, "value", N_ ("A value is missing at the end."));

  return gh_structured_scanner_fail_here (scanner, "value", N_ ("No value starts with “%s”."));
}
