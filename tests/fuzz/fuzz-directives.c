/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The headers made of a few directives or a single word, each read with its diagnostics; and
 * the list of directives below them, put together again without loss.
 */

#include "fuzz.h"

#include "gh-content-type-options.h"
#include "gh-cross-origin.h"
#include "gh-diagnostic.h"
#include "gh-directive-list.h"
#include "gh-expect-ct.h"
#include "gh-frame-options.h"
#include "gh-public-key-pins.h"
#include "gh-referrer-policy.h"
#include "gh-reporting-endpoints.h"
#include "gh-xss-protection.h"

static void
check_list (const char *text, gssize length, GArray *diagnostics)
{
  g_autoptr (GhDirectiveList) list = gh_directive_list_parse (text, length, ';', diagnostics);
  g_autofree char *again = gh_directive_list_to_text (list);

  g_assert_cmpmem (again, strlen (again), text, strnlen (text, (gsize) length));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *text = (const char *) data;
  gssize length = (gssize) size;
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
  g_autoptr (GhExpectCt) expect_ct = gh_expect_ct_parse (text, length, diagnostics);
  g_autoptr (GhPublicKeyPins) pins = gh_public_key_pins_parse (text, length, diagnostics);
  g_autoptr (GhStructuredField) endpoints
    = gh_reporting_endpoints_parse (text, length, diagnostics);

  if (memchr (data, '\0', size) == NULL)
    check_list (text, length, diagnostics);
  gh_frame_options_parse (text, length, diagnostics);
  gh_referrer_policy_parse (text, length, diagnostics);
  gh_xss_protection_parse (text, length, diagnostics);
  for (int header = GH_CROSS_ORIGIN_EMBEDDER; header <= GH_CROSS_ORIGIN_RESOURCE; header++)
    gh_cross_origin_policy_free (gh_cross_origin_parse (header, text, length, diagnostics));

  return 0;
}
