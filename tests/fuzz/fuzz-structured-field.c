/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The three kinds of structured field. What parses has a canonical form, which is its own. */

#include "fuzz.h"

#include "gh-diagnostic.h"
#include "gh-structured-field.h"

static void
check_kind (GhStructuredKind kind, const char *text, gssize length)
{
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
  g_autoptr (GhStructuredField) field = NULL;
  g_autoptr (GhStructuredField) again = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *twice = NULL;

  field = gh_structured_field_parse (kind, text, length, diagnostics);
  if (field == NULL)
    {
      g_assert_cmpuint (diagnostics->len, ==, 1);
      return;
    }

  canonical = gh_structured_field_to_canonical (field);
  again = gh_structured_field_parse (kind, canonical, -1, NULL);
  g_assert_nonnull (again);
  twice = gh_structured_field_to_canonical (again);
  g_assert_cmpstr (twice, ==, canonical);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  for (int kind = GH_STRUCTURED_ITEM; kind <= GH_STRUCTURED_DICTIONARY; kind++)
    check_kind (kind, (const char *) data, (gssize) size);

  return 0;
}
