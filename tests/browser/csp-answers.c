/* SPDX-License-Identifier: GPL-3.0-or-later */

/* csp-answers: "would this load?" for each line of its input, one answer a line. A line holds
 * N_FIELDS, parted by tabs: policy, load, origin of the page, address, nonce, integrity, what
 * stands in the page, 1 when it does, how many redirects led there. */

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#include "gh-csp-match.h"

#define N_FIELDS 9
#define LONGEST_LINE 65536

static const char *
get_or_null (const char *text)
{
  return *text != '\0' ? text : NULL;
}

static gboolean
answer (const char *line, GError **error)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", N_FIELDS);
  g_autoptr (GhCsp) csp = NULL;
  g_autoptr (GhCspVerdict) verdict = NULL;
  GhCspRequest request = { 0 };
  const char *integrity[2] = { NULL };

  if (g_strv_length (fields) != N_FIELDS || !gh_csp_load_from_string (fields[1], &request.load))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not a question: %s", line);
      return FALSE;
    }

  csp = gh_csp_new_from_text (fields[0]);
  request.self_origin = fields[2];
  request.url = get_or_null (fields[3]);
  request.nonce = get_or_null (fields[4]);
  integrity[0] = get_or_null (fields[5]);
  request.integrity = integrity;
  request.content = get_or_null (fields[6]);
  request.parser_inserted = strcmp (fields[7], "1") == 0;
  request.n_redirects = (guint) g_ascii_strtoull (fields[8], NULL, 10);
  verdict = gh_csp_match (csp, &request, error);
  if (verdict == NULL)
    return FALSE;

  printf ("%s\t%s\n",
          verdict->allowed ? "allowed" : "blocked",
          gh_csp_directive_get_name (verdict->effective));
  return TRUE;
}

int
main (void)
{
  g_autofree char *line = g_malloc (LONGEST_LINE);

  while (fgets (line, LONGEST_LINE, stdin) != NULL)
    {
      g_autoptr (GError) error = NULL;

      line[strcspn (line, "\n")] = '\0';
      if (!answer (line, &error))
        {
          g_printerr ("%s\n", error->message);
          return 2;
        }
    }

  return 0;
}
