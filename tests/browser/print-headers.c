/* SPDX-License-Identifier: GPL-3.0-or-later */

/* print-headers FORMAT: reads a policy as JSON and prints its headers, for the tests that
 * hand them to real servers and browsers. */

#include <glib/gstdio.h>
#include <stdio.h>

#include "gh-export.h"
#include "gh-policy-json.h"

#define LARGEST_POLICY (1024 * 1024)

static char *
read_input (void)
{
  g_autofree char *buffer = g_malloc0 (LARGEST_POLICY + 1);
  gsize length = fread (buffer, 1, LARGEST_POLICY, stdin);

  buffer[length] = '\0';
  return g_steal_pointer (&buffer);
}

int
main (int argc, char *argv[])
{
  g_autofree char *input = read_input ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GhPolicy) policy = gh_policy_from_json_text (input, -1, &error);
  g_autoptr (GhHeaderSet) set = NULL;
  g_autofree char *text = NULL;
  GhExportFormat format;

  if (argc != 2 || !gh_export_format_from_id (argv[1], &format))
    {
      g_printerr ("usage: print-headers FORMAT\n");
      return 2;
    }

  if (!policy)
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  set = gh_header_set_new (policy);
  text = gh_export (set, format);
  fputs (text, stdout);
  return 0;
}
