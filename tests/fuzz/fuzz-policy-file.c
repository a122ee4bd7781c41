/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A policy as a file, such as `gatehousectl import` reads: what is refused is refused in a sentence
 * that begins with the file's name, and what is taken passes every check and comes back when it is
 * written. */

#include "fuzz.h"

#include "gh-policy-file.h"
#include "gh-value-type.h"

#define NAME "policy.json"
#define LONGEST_MESSAGE 1000 /* bytes */

static void
check_message (const char *message)
{
  g_assert_true (g_str_has_prefix (message, NAME ": "));
  g_assert_true (g_utf8_validate (message, -1, NULL));
  g_assert_cmpuint (strlen (message), <, LONGEST_MESSAGE);
}

static void
check_policy (const GhPolicy *policy)
{
  g_autofree char *text = gh_policy_file_to_text (policy);
  g_autoptr (GError) error = NULL;
  g_autoptr (GhPolicy) again = gh_policy_file_parse (text, strlen (text), NAME, &error);

  g_assert_no_error (error);
  g_assert_true (gh_policy_equal (policy, again));
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      g_assert_true (gh_value_check (setting, gh_policy_get (policy, setting), NULL));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GhPolicy) policy = gh_policy_file_parse ((const char *) data, size, NAME, &error);

  g_assert_true ((policy == NULL) == (error != NULL));
  if (policy != NULL)
    check_policy (policy);
  else
    check_message (error->message);

  return 0;
}
