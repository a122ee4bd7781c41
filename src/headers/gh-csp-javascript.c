/* SPDX-License-Identifier: GPL-3.0-or-later */

/* White space, lower case and lengths by ECMA-262. */

#include "gh-csp-javascript.h"

#include <string.h>

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

char *
gh_javascript_to_lower (const char *text, gsize length)
{
  g_autofree char *valid = g_utf8_make_valid (text, length);
  GString *lower = g_string_sized_new (length);
  gunichar previous = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c < 0x80)
        g_string_append_c (lower, g_ascii_tolower ((char) c));
      else if (c == 0x130)
        g_string_append (lower, "i\xcc\x87");
      else if (c == 0x3a3 && g_unichar_isalpha (previous)
               && !g_unichar_isalpha (g_utf8_get_char (g_utf8_next_char (p))))
        g_string_append_unichar (lower, 0x3c2);
      else
        g_string_append_unichar (lower, g_unichar_tolower (c));
      previous = c;
    }

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
