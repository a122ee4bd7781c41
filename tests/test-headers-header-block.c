/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Header blocks as they are pasted: tidy, folded, doubled, hostile. */

#include <string.h>

#include "gh-header-block.h"

static char *
describe (const GhHeaderBlock *block)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%u", gh_header_block_get_status (block));
  for (guint i = 0; i < gh_header_block_get_n_lines (block); i++)
    {
      const GhHeaderLine *line = gh_header_block_get_nth (block, i);

      g_string_append_printf (
        text, "|%s:%s@%" G_GSIZE_FORMAT, line->name, line->value, line->offset);
    }

  return g_string_free (text, FALSE);
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    const char *lines;
    const char *code; /* of the only diagnostic, or NULL */
  } cases[] = {
    { "", "0", NULL },
    { "\n\r\n", "0", NULL },
    { "A: b", "0|A:b@0", NULL },
    { "HTTP/1.1 200 OK\r\nA: b\r\nC:d\r\n\r\n<html>: x", "200|A:b@17|C:d@23", NULL },
    { "HTTP/2 404 \nA:\t b \t\n", "404|A:b@12", NULL },
    { "A:\nB: \n", "0|A:@0|B:@3", NULL },
    { "A: b\n\tc\n  d\nE: f", "0|A:b c d@0|E:f@12", "folded-line" },
    { "A: b\n\nB: c", "0|A:b@0", NULL },
    { "A : b\nC: d", "0|C:d@6", "not-a-header" },
    { "nothing\nC: d", "0|C:d@8", "not-a-header" },
    { ": b", "0", "not-a-header" },
    { "A: b\x01"
      "c",
      "0|A:b c@0",
      "control-character" },
    { "A: b\rC: d", "0|A:b C: d@0", "control-character" },
    { "HTTP/1.1 301 Moved\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nC: d\r\n\r\n",
      "200|C:d@45",
      "several-responses" },
    { "< HTTP/2 200\n< A: b\n< \n<html>", "200|A:b@15", NULL },
    { "A: b\na: c", "0|A:b@0|a:c@5", NULL },
    { " A: b", "0", "not-a-header" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
      g_autoptr (GhHeaderBlock) block = gh_header_block_parse (cases[i].text, -1, diagnostics);
      g_autofree char *lines = describe (block);

      g_assert_cmpstr (lines, ==, cases[i].lines);
      g_assert_cmpint (diagnostics->len > 0, ==, cases[i].code != NULL);
      if (cases[i].code)
        g_assert_nonnull (gh_diagnostics_lookup (diagnostics, cases[i].code));
    }
}

static void
test_lookup (void)
{
  g_autoptr (GhHeaderBlock) block = gh_header_block_parse ("A: 1\nB: 2\na: 3", -1, NULL);
  g_autofree char *joined = gh_header_block_dup_joined (block, "A");

  g_assert_cmpstr (gh_header_block_lookup (block, "a"), ==, "1");
  g_assert_null (gh_header_block_lookup (block, "c"));
  g_assert_cmpuint (gh_header_block_count (block, "A"), ==, 2);
  g_assert_cmpuint (gh_header_block_count (block, "c"), ==, 0);
  g_assert_cmpstr (joined, ==, "1, 3");
  g_assert_null (gh_header_block_dup_joined (block, "c"));
  g_assert_cmpuint (gh_header_block_get_size (block), ==, 18);
}

static void
test_nul (void)
{
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
  g_autoptr (GhHeaderBlock) block = gh_header_block_parse ("A: b\0c\nD: e", 11, diagnostics);

  g_assert_cmpstr (gh_header_block_lookup (block, "A"), ==, "b c");
  g_assert_cmpstr (gh_header_block_lookup (block, "D"), ==, "e");
  g_assert_nonnull (gh_diagnostics_lookup (diagnostics, "control-character"));
}

static void
test_set (void)
{
  g_autoptr (GhPolicy) policy = gh_policy_new ();
  g_autoptr (GhHeaderSet) set = gh_header_set_new (policy);
  g_autoptr (GhHeaderBlock) block = gh_header_block_new_from_set (set);

  g_assert_cmpuint (gh_header_block_get_n_lines (block), ==, gh_header_set_get_n_headers (set));
  g_assert_cmpuint (gh_header_block_get_size (block), ==, gh_header_set_get_size (set));
}

static void
test_hostile (void)
{
  static const char *const parts[]
    = { "A: b\n", "\n", " ", ":", "A", "\r", "HTTP/1.1 200\n\n", "< " };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (GString) text = g_string_new ("A: b\n");
      g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
      g_autoptr (GhHeaderBlock) block = NULL;

      while (text->len <= GH_HEADER_BLOCK_MAXIMUM_SIZE)
        g_string_append (text, parts[i]);
      block = gh_header_block_parse (text->str, text->len, diagnostics);
      g_assert_cmpuint (gh_header_block_get_n_lines (block), <=, GH_HEADER_BLOCK_MAXIMUM_LINES);
      g_assert_nonnull (gh_diagnostics_lookup (diagnostics, "too-long"));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/headers/header-block/parse", test_parse);
  g_test_add_func ("/headers/header-block/lookup", test_lookup);
  g_test_add_func ("/headers/header-block/nul", test_nul);
  g_test_add_func ("/headers/header-block/set", test_set);
  g_test_add_func ("/headers/header-block/hostile", test_hostile);
  return g_test_run ();
}
