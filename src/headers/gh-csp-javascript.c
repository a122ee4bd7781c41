/* SPDX-License-Identifier: GPL-3.0-or-later */

/* White space, lower case and lengths by ECMA-262. */

#include "gh-csp-javascript.h"

#include <string.h>

#define CAPITAL_DOTTED_I 0x130 /* two characters in lower case */
#define CAPITAL_SIGMA 0x3a3
#define FINAL_SIGMA 0x3c2

guint
gh_javascript_get_space_length (const char *text, gsize length)
{
  const guchar *bytes = (const guchar *) text;

  if (bytes[0] == ' ' || (bytes[0] >= '\t' && bytes[0] <= '\r'))
    return 1;
  if (bytes[0] < 0xc2 || length < 2)
    return 0;
  if (bytes[0] == 0xc2)
    return bytes[1] == 0xa0 ? 2 : 0;
  if (length < 3)
    return 0;
  if (bytes[0] == 0xe2 && bytes[1] == 0x80)
    return (bytes[2] >= 0x80 && bytes[2] <= 0x8a) || bytes[2] == 0xa8 || bytes[2] == 0xa9
               || bytes[2] == 0xaf
             ? 3
             : 0;

  return memcmp (bytes, "\xe1\x9a\x80", 3) == 0 || memcmp (bytes, "\xe2\x81\x9f", 3) == 0
             || memcmp (bytes, "\xe3\x80\x80", 3) == 0 || memcmp (bytes, "\xef\xbb\xbf", 3) == 0
           ? 3
           : 0;
}

/* A sigma that ends a word has a form of its own. */
static gunichar
get_lower (gunichar c, gunichar previous, gunichar next)
{
  if (c < 0x80)
    return (guchar) g_ascii_tolower ((char) c);
  if (c == CAPITAL_SIGMA && g_unichar_isalpha (previous) && !g_unichar_isalpha (next))
    return FINAL_SIGMA;

  return g_unichar_tolower (c);
}

char *
gh_javascript_to_lower (const char *text, gsize length)
{
  g_autofree char *valid
    = g_utf8_validate_len (text, length, NULL) ? NULL : g_utf8_make_valid (text, (gssize) length);
  const char *rest = valid != NULL ? valid : text; /* what is not copied yet */
  const char *end = valid != NULL ? valid + strlen (valid) : text + length;
  GString *lower = g_string_sized_new (end - rest);
  gunichar previous = 0;

  for (const char *p = rest, *next; p < end; p = next)
    {
      gunichar c = g_utf8_get_char (p);
      gunichar small;

      next = g_utf8_next_char (p);
      small = get_lower (c, previous, next < end ? g_utf8_get_char (next) : 0);
      previous = c;
      if (small == c)
        continue;

      g_string_append_len (lower, rest, p - rest);
      if (c == CAPITAL_DOTTED_I)
        g_string_append (lower, "i\xcc\x87");
      else
        g_string_append_unichar (lower, small);
      rest = next;
    }
  g_string_append_len (lower, rest, end - rest);

  return g_string_free (lower, FALSE);
}

gsize
gh_javascript_get_length (const char *text, gsize length)
{
  gsize units = 0;

  /* A character begins with any byte but 10xxxxxx, and takes two units from U+10000 on. */
  for (gsize i = 0; i < length; i++)
    units += ((guchar) text[i] & 0xc0) != 0x80 ? 1 + ((guchar) text[i] >= 0xf0) : 0;

  return units;
}

const char *
gh_javascript_trim (const char *text, gsize *length)
{
  gsize start = 0;
  gsize end = 0;
  guint space;

  while (start < *length
         && (space = gh_javascript_get_space_length (text + start, *length - start)) > 0)
    start += space;
  for (gsize i = start; i < *length; i += MAX (space, 1))
    {
      space = gh_javascript_get_space_length (text + i, *length - i);
      if (space == 0)
        end = i + 1;
    }
  *length = end > start ? end - start : 0;

  return text + start;
}
