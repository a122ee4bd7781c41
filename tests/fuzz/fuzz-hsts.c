/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A Strict-Transport-Security: what was read and written reads the same again. */

#include "fuzz.h"

#include "gh-diagnostic.h"
#include "gh-hsts.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
  g_autofree char *text = NULL;
  GhHsts hsts, again;

  gh_hsts_parse ((const char *) data, (gssize) size, &hsts, diagnostics);
  if (hsts.max_age < 0)
    return 0;

  text = gh_hsts_to_text (&hsts);
  gh_hsts_parse (text, -1, &again, NULL);
  g_assert_cmpint (again.max_age, ==, hsts.max_age);
  g_assert_cmpint (again.include_subdomains, ==, hsts.include_subdomains);
  g_assert_cmpint (again.preload, ==, hsts.preload);
  return 0;
}
