/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Structured fields against a golden file made by an independent implementation (see
 * tests/oracle/structured-fields.mjs), against the limits, and edited without loss. */

#include <string.h>

#include "gh-structured-field.h"

static GhStructuredKind
kind_from_string (const char *text)
{
  static const char *const kinds[] = { "item", "list", "dictionary" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strcmp (kinds[i], text) == 0)
      return i;

  g_assert_not_reached ();
}

static char *
decode (const char *text, gsize *length)
{
  g_autoptr (GBytes) bytes = NULL;
  char *decoded;

  if (strcmp (text, "=") == 0)
    text = "";
  bytes = g_uri_unescape_bytes (text, -1, NULL, NULL);
  g_assert_nonnull (bytes);
  *length = g_bytes_get_size (bytes);
  decoded = g_malloc0 (*length + 1);
  if (*length > 0)
    memcpy (decoded, g_bytes_get_data (bytes, NULL), *length);
  return decoded;
}

/* KIND TAB text TAB canonical form or "!", percent-encoded; "=" stands for nothing. */
static void
check_case (const char *line)
{
  g_auto (GStrv) columns = g_strsplit (line, "\t", 0);
  gsize length, canonical_length;
  g_autofree char *text = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (GhStructuredField) field = NULL;
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();

  g_assert_cmpuint (g_strv_length (columns), ==, 3);
  text = decode (columns[1], &length);
  field = gh_structured_field_parse (kind_from_string (columns[0]), text, length, diagnostics);
  if (strcmp (columns[2], "!") == 0)
    {
      if (field)
        g_error ("taken, but should be refused: %s", line);
      g_assert_cmpuint (diagnostics->len, ==, 1);
      g_assert_cmpuint (gh_diagnostics_get_nth (diagnostics, 0)->offset, <=, length);
      return;
    }

  if (!field)
    g_error ("refused, but should be taken: %s", line);
  g_assert_cmpuint (diagnostics->len, ==, 0);
  g_assert_cmpstr (gh_structured_field_get_text (field), ==, text);
  canonical = gh_structured_field_to_canonical (field);
  expected = decode (columns[2], &canonical_length);
  if (strcmp (canonical, expected) != 0)
    g_error ("%s\n gives   %s\n but not %s", line, canonical, expected);
}

static void
test_golden (void)
{
  const char *path = g_getenv ("GH_STRUCTURED_FIELD_CASES");
  g_autofree char *golden
    = g_test_build_filename (G_TEST_DIST, "golden", "structured-field.txt", NULL);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_cases = 0;

  g_assert_true (g_file_get_contents (path ? path : golden, &contents, NULL, NULL));
  lines = g_strsplit (contents, "\n", 0);
  for (; lines[n_cases] && *lines[n_cases]; n_cases++)
    check_case (lines[n_cases]);

  g_test_message ("%u cases", n_cases);
  g_assert_cmpuint (n_cases, >=, 300);
}

static void
test_dates_inside (void)
{
  static const char *const texts[] = { "a=@1659578233", "a=(@0 @-1);b=@5", "a=1;since=@0" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GhStructuredField) field
        = gh_structured_field_parse (GH_STRUCTURED_DICTIONARY, texts[i], -1, NULL);
      g_autofree char *canonical = NULL;

      g_assert_nonnull (field);
      canonical = gh_structured_field_to_canonical (field);
      g_assert_cmpstr (canonical, ==, texts[i]);
    }
}

static void
test_positions (void)
{
  static const struct
  {
    GhStructuredKind kind;
    const char *text;
    const char *code;
    gsize offset;
    gsize length;
  } cases[] = {
    { GH_STRUCTURED_DICTIONARY, "camera 'none'", "separator", 7, 1 },
    { GH_STRUCTURED_DICTIONARY, "a=(), Camera=()", "key", 6, 1 },
    { GH_STRUCTURED_DICTIONARY, "a=(),", "trailing-comma", 4, 1 },
    { GH_STRUCTURED_DICTIONARY, "a=(self", "inner-list", 2, 1 },
    { GH_STRUCTURED_DICTIONARY, "a=(self,b)", "inner-list", 7, 1 },
    { GH_STRUCTURED_DICTIONARY, "a=", "value", 2, 0 },
    { GH_STRUCTURED_DICTIONARY, "a='none'", "value", 2, 1 },
    { GH_STRUCTURED_ITEM, "same-origin;", "key", 12, 0 },
    { GH_STRUCTURED_ITEM, "same-origin ;x=y", "trailing-text", 12, 1 },
    { GH_STRUCTURED_ITEM, "\"\\n\"", "string", 2, 1 },
    { GH_STRUCTURED_ITEM, "1.1234", "number", 0, 6 },
    { GH_STRUCTURED_ITEM, "@1.5", "date", 0, 4 },
    { GH_STRUCTURED_ITEM, ":Y:", "bytes", 0, 3 },
    { GH_STRUCTURED_ITEM, "?2", "boolean", 1, 1 },
    { GH_STRUCTURED_ITEM, "%\"%C3\"", "display-string", 3, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
      const GhDiagnostic *diagnostic;

      g_assert_null (gh_structured_field_parse (cases[i].kind, cases[i].text, -1, diagnostics));
      g_assert_cmpuint (diagnostics->len, ==, 1);
      diagnostic = gh_diagnostics_get_nth (diagnostics, 0);
      g_assert_cmpstr (diagnostic->code, ==, cases[i].code);
      g_assert_cmpuint (diagnostic->offset, ==, cases[i].offset);
      g_assert_cmpuint (diagnostic->length, ==, cases[i].length);
    }
}

static void
test_members (void)
{
  g_autoptr (GhStructuredField) field = gh_structured_field_parse (
    GH_STRUCTURED_DICTIONARY, " a=1 , b=(x;p=2 y);q , a=3.5", -1, NULL);
  const GhStructuredMember *member;
  const GhStructuredItem *item;

  g_assert_nonnull (field);
  g_assert_cmpuint (gh_structured_field_get_n_members (field), ==, 2);
  g_assert_cmpuint (gh_structured_field_get_n_overridden (field), ==, 1);
  g_assert_cmpuint (gh_structured_field_get_overridden (field, 0)->offset, ==, 1);

  member = gh_structured_field_get_member (field, 0);
  g_assert_cmpstr (member->key, ==, "a");
  g_assert_cmpint (member->item.value.type, ==, GH_BARE_DECIMAL);
  g_assert_cmpint (member->item.value.number, ==, 3500);
  g_assert_cmpuint (member->offset, ==, 23);
  g_assert_cmpuint (member->length, ==, 5);

  member = gh_structured_field_lookup (field, "b");
  g_assert_true (member->is_inner_list);
  g_assert_cmpuint (member->n_items, ==, 2);
  g_assert_nonnull (gh_structured_field_lookup_parameter (field, &member->item, "q"));
  item = gh_structured_field_get_item (field, member, 0);
  g_assert_cmpstr (item->value.text, ==, "x");
  g_assert_cmpint (gh_structured_field_lookup_parameter (field, item, "p")->value.number, ==, 2);
  g_assert_null (gh_structured_field_lookup_parameter (field, item, "q"));
  g_assert_null (gh_structured_field_lookup (field, "c"));
}

static void
test_edit (void)
{
  static const struct
  {
    const char *text;
    const char *key;
    const char *value; /* NULL removes */
    const char *edited;
  } cases[] = {
    { "", "a", "()", "a=()" },
    { "a=()", "b", "*", "a=(), b=*" },
    { "a=()\t ", "b", "*", "a=(), b=*" },
    { "a=( self   x ) ,b=1.500", "b", "self", "a=( self   x ) ,b=self" },
    { "a=( self   x ) ,b=1.500", "a", "()", "a=() ,b=1.500" },
    { "a=1;p ,\tb", "b", "2", "a=1;p ,\tb=2" },
    { "a=1,b=2,c=3", "a", NULL, "b=2,c=3" },
    { "a=1, b=2 , c=3", "b", NULL, "a=1, c=3" },
    { "a=1, b=2 , c=3", "c", NULL, "a=1, b=2" },
    { "a=1", "a", NULL, "" },
    { "a=1, b=2, a=3", "a", NULL, "b=2" },
    { "a=1, b=2, a=3", "a", "4", "a=1, b=2, a=4" },
    { "a=1", "z", NULL, "a=1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GhStructuredField) field
        = gh_structured_field_parse (GH_STRUCTURED_DICTIONARY, cases[i].text, -1, NULL);
      g_autofree char *edited
        = cases[i].value ? gh_structured_field_replace (field, cases[i].key, cases[i].value)
                         : gh_structured_field_remove (field, cases[i].key);

      g_assert_cmpstr (edited, ==, cases[i].edited);
    }
}

static void
test_quote (void)
{
  g_autofree char *quoted = gh_structured_string_quote ("a\"b\\c");

  g_assert_cmpstr (quoted, ==, "\"a\\\"b\\\\c\"");
  g_assert_null (gh_structured_string_quote ("\n"));
  g_assert_null (gh_structured_string_quote ("é"));
  g_assert_true (gh_structured_key_is_valid ("cross-origin-isolated"));
  g_assert_true (gh_structured_key_is_valid ("*"));
  g_assert_false (gh_structured_key_is_valid ("Camera"));
  g_assert_false (gh_structured_key_is_valid ("a b"));
  g_assert_false (gh_structured_key_is_valid (""));
}

/* A hostile text is read or refused, but costs no more than its length. */
static void
test_hostile (void)
{
  static const char *const parts[]
    = { "a,", "(", "a=1,", "a;", "((", "\"\\\\", ":", "a;a;b;", "(a ", ", ", "1", "%\"%c3%bc" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (guint kind = GH_STRUCTURED_ITEM; kind <= GH_STRUCTURED_DICTIONARY; kind++)
      {
        g_autoptr (GString) text = g_string_new (NULL);
        g_autoptr (GhStructuredField) field = NULL;

        while (text->len < GH_STRUCTURED_FIELD_MAXIMUM_SIZE)
          g_string_append (text, parts[i]);
        field = gh_structured_field_parse (kind, text->str, text->len, NULL);
        g_assert_null (field);
      }
}

static void
test_limits (void)
{
  g_autoptr (GString) text = g_string_new ("a=0");
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
  g_autoptr (GhStructuredField) field = NULL;

  for (guint i = 1; i < GH_STRUCTURED_FIELD_MAXIMUM_PARTS; i++)
    g_string_append_printf (text, ",k%u=%u", i, i);
  field = gh_structured_field_parse (GH_STRUCTURED_DICTIONARY, text->str, -1, diagnostics);
  g_assert_nonnull (field);
  g_assert_cmpint (gh_structured_field_lookup (field, "k777")->item.value.number, ==, 777);

  g_string_append (text, ",b");
  g_assert_null (gh_structured_field_parse (GH_STRUCTURED_DICTIONARY, text->str, -1, diagnostics));
  g_assert_nonnull (gh_diagnostics_lookup (diagnostics, "too-many-parts"));

  g_string_set_size (text, GH_STRUCTURED_FIELD_MAXIMUM_SIZE + 1);
  memset (text->str, ' ', text->len);
  g_assert_null (gh_structured_field_parse (GH_STRUCTURED_LIST, text->str, text->len, diagnostics));
  g_assert_nonnull (gh_diagnostics_lookup (diagnostics, "too-long"));
}

static void
test_many_parameters (void)
{
  g_autoptr (GString) text = g_string_new ("a");
  g_autoptr (GhStructuredField) field = NULL;
  const GhStructuredItem *item;

  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < 300; i++)
      g_string_append_printf (text, ";k%u=%u", i, round * 1000 + i);
  field = gh_structured_field_parse (GH_STRUCTURED_ITEM, text->str, -1, NULL);
  g_assert_nonnull (field);
  item = &gh_structured_field_get_member (field, 0)->item;
  g_assert_cmpuint (item->n_parameters, ==, 300);
  for (guint i = 0; i < item->n_parameters; i++)
    g_assert_cmpint (
      gh_structured_field_get_parameter (field, item, i)->value.number, ==, 1000 + i);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/headers/structured-field/golden", test_golden);
  g_test_add_func ("/headers/structured-field/dates-inside", test_dates_inside);
  g_test_add_func ("/headers/structured-field/positions", test_positions);
  g_test_add_func ("/headers/structured-field/members", test_members);
  g_test_add_func ("/headers/structured-field/edit", test_edit);
  g_test_add_func ("/headers/structured-field/quote", test_quote);
  g_test_add_func ("/headers/structured-field/hostile", test_hostile);
  g_test_add_func ("/headers/structured-field/limits", test_limits);
  g_test_add_func ("/headers/structured-field/many-parameters", test_many_parameters);
  return g_test_run ();
}
