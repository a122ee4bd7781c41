/* SPDX-License-Identifier: GPL-3.0-or-later */

/* X-Content-Type-Options: whether it says nosniff. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-content-type-options.h"

static gboolean
is_space (char character)
{
  return character == ' ' || character == '\t';
}

gboolean
gh_content_type_options_parse (const char *text, gssize length, GArray *diagnostics)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  const char *comma = memchr (text, ',', size);
  gsize start = 0;
  gsize end = comma ? (gsize) (comma - text) : size;
  gboolean nosniff;

  while (start < end && is_space (text[start]))
    start++;
  while (end > start && is_space (text[end - 1]))
    end--;

  nosniff = end - start == strlen ("nosniff")
            && g_ascii_strncasecmp (text + start, "nosniff", end - start) == 0;
  if (!nosniff)
    gh_diagnostics_add (diagnostics,
                        "not-nosniff",
                        GH_SEVERITY_ERROR,
                        start,
                        end - start,
                        N_ ("Browsers ignore “%s”: the only value there is is nosniff."));
  else if (comma)
    gh_diagnostics_add (diagnostics,
                        "more-values",
                        GH_SEVERITY_INFO,
                        comma - text,
                        size - (comma - text),
                        N_ ("Browsers look at the first value only, not at “%s”."));

  return nosniff;
}
