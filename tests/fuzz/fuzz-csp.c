/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A Content-Security-Policy, parsed, looked over and put together again without loss. */

#include "fuzz.h"

#include "gh-csp.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GhCsp) csp = gh_csp_new ();
  g_autofree char *text = NULL;
  guint n_directives;
  const GhCspDirective *directives;
  gsize length;

  gh_csp_parse (csp, (const char *) data, (gssize) size);
  directives = gh_csp_get_directives (csp, &n_directives);
  for (guint i = 0; i < n_directives; i++)
    g_free (gh_csp_dup_span (csp, directives[i].name));

  text = gh_csp_to_text (csp, &length);
  g_assert_cmpmem (text, length, data, size);
  return 0;
}
