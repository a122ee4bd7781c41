/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A pasted block of headers. No line of it can hold a line break. */

#include "fuzz.h"

#include "gh-diagnostic.h"
#include "gh-header-block.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
  g_autoptr (GhHeaderBlock) block = NULL;

  block = gh_header_block_parse ((const char *) data, (gssize) size, diagnostics);
  for (guint i = 0; i < gh_header_block_get_n_lines (block); i++)
    {
      const GhHeaderLine *line = gh_header_block_get_nth (block, i);
      g_autofree char *joined = gh_header_block_dup_joined (block, line->name);

      g_assert_null (strpbrk (line->name, "\r\n: "));
      g_assert_null (strpbrk (line->value, "\r\n"));
      g_assert_nonnull (joined);
    }

  return 0;
}
