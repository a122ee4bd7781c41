/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The strict JSON reader and writer. */

#include <string.h>

#include "gh-policy-error.h"
#include "gh-strict-json.h"

/* What is JSON, and how the writer gives it back. */
static const struct
{
  const char *text;
  const char *written;
} accepted[] = {
  { "null", "null" },
  { " \t\r\n true \n", "true" },
  { "false", "false" },
  { "\"\"", "\"\"" },
  { "0", "0" },
  { "-0", "0" },
  { "7", "7" },
  { "-7", "-7" },
  { "10", "10" },
  { "9223372036854775807", "9223372036854775807" },
  { "-9223372036854775808", "-9223372036854775808" },
  { "0.5", "0.5" },
  { "-0.25", "-0.25" },
  { "1.0", "1.0" },
  { "1e2", "100.0" },
  { "1E+2", "100.0" },
  { "25e-2", "0.25" },
  { "0e1", "0.0" },
  { "1e21", "1e+21" },
  { "1e-400", "0.0" },
  { "[]", "[]" },
  { "{}", "{}" },
  { "[ ]", "[]" },
  { "{ }", "{}" },
  { "[1,[2,[]],{\"a\":{}}]", "[1,[2,[]],{\"a\":{}}]" },
  { "{\"b\": 1, \"a\": [true, null]}", "{\"b\":1,\"a\":[true,null]}" },
  { "{\"\": 1, \" \": 2}", "{\"\":1,\" \":2}" },
  { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\"" },
  { "\"\\u00e9\\u20ac\\ud83d\\ude00\"", "\"é€😀\"" },
  { "\"\\u0001\\u001F\\u007f\"", "\"\\u0001\\u001f\x7f\"" },
  { "\"// no comment /* */\"", "\"// no comment /* */\"" },
  { "[\"a\", \"a\"]", "[\"a\",\"a\"]" },
  { "[{\"a\": 1}, {\"a\": 1}]", "[{\"a\":1},{\"a\":1}]" },
  { "{\"a\": {\"a\": 1}}", "{\"a\":{\"a\":1}}" },
};

static void
test_accepted (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) node
        = gh_strict_json_parse (accepted[i].text, strlen (accepted[i].text), &error);
      g_autofree char *written = NULL;

      g_test_message ("%s", accepted[i].text);
      g_assert_no_error (error);
      g_assert_true (json_node_is_immutable (node));
      written = gh_strict_json_to_text (node);
      g_assert_cmpstr (written, ==, accepted[i].written);
    }
}

/* What is not, and what is said of it after "Not valid JSON at line L, column C: ". */
static const struct
{
  const char *text;
  guint line;
  guint column;
  const char *message;
} refused[] = {
  { "", 1, 1, "the text ends before it is complete" },
  { " \n ", 2, 2, "the text ends before it is complete" },
  { "[1, 2", 1, 6, "the text ends before it is complete" },
  { "\"abc", 1, 5, "the text ends before it is complete" },
  { "{\"a\"", 1, 5, "the text ends before it is complete" },
  { "{\"a\":", 1, 6, "the text ends before it is complete" },
  { "-", 1, 2, "the text ends before it is complete" },
  { "\"\\u12", 1, 6, "the text ends before it is complete" },
  { "1 2", 1, 3, "something follows the end of the value" },
  { "{} {}", 1, 4, "something follows the end of the value" },
  { "null\n// comment", 2, 1, "something follows the end of the value" },
  { "nul", 1, 1, "a value is missing here" },
  { "True", 1, 1, "a value is missing here" },
  { "truex", 1, 5, "something follows the end of the value" },
  { "NaN", 1, 1, "a value is missing here" },
  { "Infinity", 1, 1, "a value is missing here" },
  { "/* */ 1", 1, 1, "a value is missing here" },
  { "'a'", 1, 1, "a value is missing here" },
  { "+1", 1, 1, "a value is missing here" },
  { ".5", 1, 1, "a value is missing here" },
  { "\xef\xbb\xbf{}", 1, 1, "a value is missing here" },
  { "[1,]", 1, 4, "a value is missing here" },
  { "[,1]", 1, 2, "a value is missing here" },
  { "]", 1, 1, "a value is missing here" },
  { "[1 2]", 1, 4, "a comma or ] is missing here" },
  { "[1}", 1, 3, "a comma or ] is missing here" },
  { "{\"a\": 1]", 1, 8, "a comma or } is missing here" },
  { "{\"a\": 1,}", 1, 9, "a key in quotation marks is missing here" },
  { "{a: 1}", 1, 2, "a key in quotation marks is missing here" },
  { "{\"a\" 1}", 1, 6, "a colon is missing after the key" },
  { "01", 1, 2, "this does not belong to a number" },
  { "0x10", 1, 2, "this does not belong to a number" },
  { "1a", 1, 2, "this does not belong to a number" },
  { "-a", 1, 2, "a digit is missing here" },
  { "1.", 1, 3, "the text ends before it is complete" },
  { "[1.]", 1, 4, "a digit is missing here" },
  { "[1e]", 1, 4, "a digit is missing here" },
  { "[1e+]", 1, 5, "a digit is missing here" },
  { "9223372036854775808", 1, 1, "this number does not fit 64 bits" },
  { "[1, -9223372036854775809]", 1, 5, "this number does not fit 64 bits" },
  { "18446744073709551616", 1, 1, "this number does not fit 64 bits" },
  { "1e400", 1, 1, "this number is too large" },
  { "\"a\nb\"", 1, 3, "a control character must be escaped in a string" },
  { "\"\t\"", 1, 2, "a control character must be escaped in a string" },
  { "\"\\x\"", 1, 3, "this is no escape that JSON knows" },
  { "\"\\'\"", 1, 3, "this is no escape that JSON knows" },
  { "\"\\u12g4\"", 1, 6, "\\u takes four hexadecimal digits" },
  { "\"a\\u0000\"", 1, 3, "\\u0000 is not accepted" },
  { "\"\\ud83d\"", 1, 2, "this is half of a surrogate pair" },
  { "\"\\ud83dx\"", 1, 2, "this is half of a surrogate pair" },
  { "\"\\ud83d\\n\"", 1, 2, "this is half of a surrogate pair" },
  { "\"\\ud83d\\u0041\"", 1, 2, "this is half of a surrogate pair" },
  { "\"\\ude00\\ud83d\"", 1, 2, "this is half of a surrogate pair" },
  { "[\n  \"é\", \"\xff\"\n]", 2, 9, "this byte is not valid UTF-8" },
  { "{\"a\": 1,\n \"b\": 2, \"a\": 3}", 2, 10, "this object has the same key twice" },
  { "{\"a\": 1, \"\\u0061\": 2}", 1, 10, "this object has the same key twice" },
  { "[{\"k\": {\"k\": 1}, \"k\": 2}]", 1, 18, "this object has the same key twice" },
};

static void
assert_refused (const char *text, gsize length, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = gh_strict_json_parse (text, length, &error);

  g_assert_null (node);
  g_assert_error (error, GH_POLICY_ERROR, GH_POLICY_ERROR_SYNTAX);
  g_assert_cmpstr (error->message, ==, message);
  g_assert_false (gh_strict_json_check (text, length, NULL));
}

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *message = g_strdup_printf ("Not valid JSON at line %u, column %u: %s",
                                                  refused[i].line,
                                                  refused[i].column,
                                                  refused[i].message);

      assert_refused (refused[i].text, strlen (refused[i].text), message);
    }
}

static void
test_nul (void)
{
  assert_refused ("[1,\0 2]", 7, "Not valid JSON at line 1, column 4: a NUL byte is not accepted");
  assert_refused ("1\0", 2, "Not valid JSON at line 1, column 2: a NUL byte is not accepted");
}

/* The text need not end with a NUL, and nothing behind it is looked at. */
static void
test_bounds (void)
{
  g_autofree char *exact = g_memdup2 ("[12", 3);

  g_assert_true (gh_strict_json_check ("truefalse", 4, NULL));
  g_assert_true (gh_strict_json_check ("123", 2, NULL));
  g_assert_false (gh_strict_json_check ("true", 3, NULL));
  g_assert_false (gh_strict_json_check (exact, 3, NULL));
  g_assert_false (gh_strict_json_check (NULL, 0, NULL));
}

static char *
nest (guint depth)
{
  g_autofree char *opening = g_strnfill (depth, '[');
  g_autofree char *closing = g_strnfill (depth, ']');

  return g_strconcat (opening, closing, NULL);
}

static void
test_depth (void)
{
  g_autofree char *deepest = nest (GH_STRICT_JSON_MAXIMUM_DEPTH);
  g_autofree char *deeper = nest (GH_STRICT_JSON_MAXIMUM_DEPTH + 1);
  g_autofree char *abyss = nest (1000000);

  g_assert_true (gh_strict_json_check (deepest, strlen (deepest), NULL));
  assert_refused (deeper,
                  strlen (deeper),
                  "Not valid JSON at line 1, column 65: objects and arrays are nested too deeply");
  assert_refused (abyss,
                  strlen (abyss),
                  "Not valid JSON at line 1, column 65: objects and arrays are nested too deeply");
}

static void
test_size (void)
{
  g_autofree char *text = g_strnfill (GH_STRICT_JSON_MAXIMUM_SIZE + 1, ' ');

  text[0] = '1';
  g_assert_true (gh_strict_json_check (text, GH_STRICT_JSON_MAXIMUM_SIZE, NULL));
  assert_refused (
    text, GH_STRICT_JSON_MAXIMUM_SIZE + 1, "The JSON text is larger than 4194304 bytes");
}

static char *
make_members (guint n_members)
{
  g_autoptr (GString) text = g_string_new ("{");

  for (guint i = 0; i < n_members; i++)
    g_string_append_printf (text, "%s\"k%u\":1", i > 0 ? "," : "", i);
  g_string_append_c (text, '}');
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_members (void)
{
  g_autofree char *most = make_members (GH_STRICT_JSON_MAXIMUM_MEMBERS);
  g_autofree char *more = make_members (GH_STRICT_JSON_MAXIMUM_MEMBERS + 1);
  g_autofree char *message = g_strdup_printf ("Not valid JSON at line 1, column %" G_GSIZE_FORMAT
                                              ": this object has too many members",
                                              strlen (most) + 1);

  g_assert_true (gh_strict_json_check (most, strlen (most), NULL));
  assert_refused (more, strlen (more), message);
}

/* Only the members of one object count together. */
static void
test_members_elsewhere (void)
{
  g_autofree char *most = make_members (GH_STRICT_JSON_MAXIMUM_MEMBERS);
  g_autofree char *within = g_strdup_printf ("[%s,{\"a\":%s},%s]", most, most, most);

  g_assert_true (gh_strict_json_check (within, strlen (within), NULL));
}

static void
test_values (void)
{
  g_autofree char *text = g_strnfill (2 * GH_STRICT_JSON_MAXIMUM_VALUES + 1, ',');
  g_autoptr (GError) error = NULL;

  text[0] = '[';
  for (gsize i = 1; i < 2 * GH_STRICT_JSON_MAXIMUM_VALUES; i += 2)
    text[i] = '1';
  text[2 * GH_STRICT_JSON_MAXIMUM_VALUES] = ']';
  g_assert_false (gh_strict_json_check (text, strlen (text), &error));
  g_assert_true (g_str_has_suffix (error->message, "there are too many values"));

  text[2 * GH_STRICT_JSON_MAXIMUM_VALUES - 2] = ']';
  g_assert_true (gh_strict_json_check (text, 2 * GH_STRICT_JSON_MAXIMUM_VALUES - 1, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/policy/strict-json/accepted", test_accepted);
  g_test_add_func ("/policy/strict-json/refused", test_refused);
  g_test_add_func ("/policy/strict-json/nul", test_nul);
  g_test_add_func ("/policy/strict-json/bounds", test_bounds);
  g_test_add_func ("/policy/strict-json/depth", test_depth);
  g_test_add_func ("/policy/strict-json/size", test_size);
  g_test_add_func ("/policy/strict-json/members", test_members);
  g_test_add_func ("/policy/strict-json/members-elsewhere", test_members_elsewhere);
  g_test_add_func ("/policy/strict-json/values", test_values);

  return g_test_run ();
}
