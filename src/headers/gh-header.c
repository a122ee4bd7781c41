/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A header line, and what may stand in one. */

#include "gh-config.h"

#include "gh-header.h"

void
gh_header_free (GhHeader *header)
{
  if (!header)
    return;

  g_free (header->value);
  g_free (header);
}

/* The field-value of RFC 9110, section 5.5, without obs-text and without tabs. */
gboolean
gh_header_value_is_safe (const char *value)
{
  for (; *value != '\0'; value++)
    if (!g_ascii_isprint (*value))
      return FALSE;

  return TRUE;
}
