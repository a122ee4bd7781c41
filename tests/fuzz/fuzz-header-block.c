/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A pasted block of headers: no line of it can hold a line break, and what is found in it is told
 * in words and names a header. */

#include "fuzz.h"

#include "gh-analysis.h"
#include "gh-diagnostic.h"

static void
check_findings (const GhHeaderBlock *block)
{
  g_autoptr (GhAnalyser) analyser = gh_analyser_new ();
  const GhAnalysis *analysis = gh_analyser_run (analyser, block);

  g_assert_nonnull (analysis->score.grade);
  for (guint i = 0; i < analysis->findings->len; i++)
    {
      const GhFinding *finding = g_ptr_array_index (analysis->findings, i);

      g_assert_true (g_utf8_validate (finding->message, -1, NULL));
      g_assert_true (finding->header || strcmp (finding->id, "HEADERS-SIZE") == 0);
    }
}

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
  check_findings (block);

  return 0;
}
