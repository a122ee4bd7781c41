/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Policies as files, and whole policies as one edit. */

#include <string.h>

#include "gh-document.h"
#include "gh-policy-error.h"
#include "gh-policy-file.h"
#include "gh-policy-json.h"
#include "sample-policy.h"

#define N_ROUNDS 50
#define OPEN "{\"schema\": \"" GH_POLICY_FILE_SCHEMA "\", \"policy\": "

static void
test_round_trip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autoptr (GhPolicy) policy = sample_random_policy (random, 3);
      g_autofree char *text = gh_policy_file_to_text (policy);
      g_autoptr (GError) error = NULL;
      g_autoptr (GhPolicy) again = gh_policy_file_parse (text, strlen (text), "a", &error);

      g_assert_no_error (error);
      g_assert_true (gh_policy_equal (policy, again));
    }
}

/* What a server added to a policy stays there; it is not for other workspaces. */
static void
test_unknown_members_are_not_written (void)
{
  g_autoptr (GhPolicy) policy
    = gh_policy_from_json_text ("{\"future\": 1, \"remember-me\": true}", -1, NULL);
  g_autofree char *text = gh_policy_file_to_text (policy);

  g_assert_null (strstr (text, "future"));
  g_assert_nonnull (gh_policy_get_unknown (policy));
}

static const struct
{
  const char *text;
  int code;
  const char *words; /* what the message has */
} refused[] = {
  { "", GH_POLICY_ERROR_SYNTAX, "" },
  { "{", GH_POLICY_ERROR_SYNTAX, "line 1" },
  { OPEN "{}}x", GH_POLICY_ERROR_SYNTAX, "" },
  { OPEN "{\"remember-me\": true, \"remember-me\": false}}", GH_POLICY_ERROR_SYNTAX, "" },
  { "null", GH_POLICY_ERROR_SCHEMA, GH_POLICY_FILE_SCHEMA },
  { "[]", GH_POLICY_ERROR_SCHEMA, GH_POLICY_FILE_SCHEMA },
  { "{}", GH_POLICY_ERROR_SCHEMA, GH_POLICY_FILE_SCHEMA },
  { "{\"schema\": 1, \"policy\": {}}", GH_POLICY_ERROR_SCHEMA, GH_POLICY_FILE_SCHEMA },
  { "{\"schema\": null, \"policy\": {}}", GH_POLICY_ERROR_SCHEMA, GH_POLICY_FILE_SCHEMA },
  { "{\"schema\": [], \"policy\": {}}", GH_POLICY_ERROR_SCHEMA, GH_POLICY_FILE_SCHEMA },
  { "{\"schema\": \"gatehouse-policy/2\", \"policy\": {}}",
    GH_POLICY_ERROR_SCHEMA,
    GH_POLICY_FILE_SCHEMA },
  { "{\"schema\": \"" GH_POLICY_FILE_SCHEMA "\"}", GH_POLICY_ERROR_SCHEMA, "“policy”" },
  { OPEN "{}, \"more\": 1}", GH_POLICY_ERROR_SCHEMA, "“policy”" },
  { OPEN "[]}", GH_POLICY_ERROR_SCHEMA, "not an object" },
  { OPEN "null}", GH_POLICY_ERROR_SCHEMA, "not an object" },
  { OPEN "{\"no-such\": 1}}", GH_POLICY_ERROR_UNKNOWN_FIELD, "“no-such”" },
  { OPEN "{\"remember-me\": 1}}", GH_POLICY_ERROR_TYPE, "remember-me" },
  { OPEN "{\"global-session-timeout\": -1}}", GH_POLICY_ERROR_RANGE, "global-session-timeout" },
  { OPEN "{\"password-policy\": \"x\"}}", GH_POLICY_ERROR_CHOICE, "password-policy" },
};

static void
test_refuses_anything_else (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", refused[i].text);
      g_assert_null (
        gh_policy_file_parse (refused[i].text, strlen (refused[i].text), "here.json", &error));
      g_assert_error (error, GH_POLICY_ERROR, refused[i].code);
      g_assert_true (g_str_has_prefix (error->message, "here.json: "));
      g_assert_nonnull (strstr (error->message, refused[i].words));
    }
}

/* Whoever wrote the file, what is said of it fits a sentence. */
static void
test_names_are_cut (void)
{
  g_autofree char *name = g_strnfill (5000, 'k');
  g_autofree char *text = g_strdup_printf (OPEN "{\"%s\": 1}}", name);
  g_autoptr (GError) error = NULL;

  g_assert_null (gh_policy_file_parse (text, strlen (text), "a", &error));
  g_assert_error (error, GH_POLICY_ERROR, GH_POLICY_ERROR_UNKNOWN_FIELD);
  g_assert_cmpuint (strlen (error->message), <, 300);
}

static void
test_nothing_but_the_envelope_is_all_defaults (void)
{
  const char *text = OPEN "{}}";
  g_autoptr (GhPolicy) policy = gh_policy_file_parse (text, strlen (text), "a", NULL);
  g_autoptr (GhPolicy) defaults = gh_policy_new ();

  g_assert_true (gh_policy_equal (policy, defaults));
}

static void
count_steps (GhDocument *document, GhDocumentEvent event, GPtrArray *steps, guint *n_steps)
{
  *n_steps += steps->len;
}

static void
test_document_takes_a_policy_as_one_step (void)
{
  g_autoptr (GhPolicy) base = gh_policy_new ();
  g_autoptr (GhPolicy) policy
    = sample_policy ("remember-me=true;global-session-timeout=5;captcha-enabled=true");
  g_autoptr (GhDocument) document = gh_document_new (base);
  g_autoptr (GhPolicy) after = NULL;
  guint n_steps = 0;

  g_signal_connect (document, "steps", G_CALLBACK (count_steps), &n_steps);
  gh_document_set_policy (document, base);
  g_assert_cmpuint (n_steps, ==, 0);
  gh_document_set_policy (document, policy);
  g_assert_cmpuint (n_steps, ==, 1);
  after = gh_document_dup_policy (document);
  g_assert_true (gh_policy_equal (after, policy));
  g_assert_true (gh_document_undo (document));
  g_assert_cmpuint (gh_document_get_n_drafted (document), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/policy/file/" path, test)
  ADD ("round-trip", test_round_trip);
  ADD ("unknown-members", test_unknown_members_are_not_written);
  ADD ("refusals", test_refuses_anything_else);
  ADD ("long-names", test_names_are_cut);
  ADD ("empty", test_nothing_but_the_envelope_is_all_defaults);
  ADD ("one-step", test_document_takes_a_policy_as_one_step);
  return g_test_run ();
}
