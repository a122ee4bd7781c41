/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes on the wire: an address typed by hand, marks and tokens from a server. */

#include "fuzz.h"

#include "gh-retry.h"
#include "gh-wire.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (GUri) base = gh_wire_parse_base (text, NULL);
  g_autofree char *reason = gh_wire_encode_reason (text);

  if (base != NULL)
    {
      g_autoptr (GUri) uri = gh_wire_build (base, NULL, "v1", "a/../b?c", NULL);

      g_assert_true (gh_wire_same_origin (base, uri));
    }

  g_assert_null (strpbrk (reason, "\r\n"));
  if (gh_wire_is_etag (text) || gh_wire_is_token (text) || gh_wire_is_key (text))
    g_assert_null (strpbrk (text, "\r\n"));
  g_assert_cmpuint (gh_retry_parse_after (text, 0), <=, 24 * 60 * 60);
  return 0;
}
