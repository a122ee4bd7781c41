/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sentences whose text comes out of a table, which the printf family could not check. */

#include "gh-csp-words.h"

char *
gh_csp_fill (const char *message, const char *const *words, guint n_words)
{
  GString *sentence = g_string_new (NULL);

  for (const char *p = message; *p != '\0'; p++)
    {
      guint number = p[0] == '%' && g_ascii_isdigit (p[1]) && p[2] == '$' && p[3] == 's'
                       ? (guint) g_ascii_digit_value (p[1])
                       : 0;

      if (number == 0 || number > n_words)
        {
          g_string_append_c (sentence, *p);
          continue;
        }
      if (words[number - 1] != NULL)
        g_string_append (sentence, words[number - 1]);
      p += 3;
    }

  return g_string_free (sentence, FALSE);
}
