/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the old Feature-Policy, which is still pasted around, to a Permissions-Policy. */

#include "gh-config.h"

#include <string.h>

#include "gh-permissions-policy.h"

#define MAXIMUM_FEATURES 256

static void
append_word (GString *allowlist, const char *word)
{
  g_autofree char *quoted = NULL;

  if (allowlist->len > 0)
    g_string_append_c (allowlist, ' ');

  if (strcmp (word, "'self'") == 0)
    {
      g_string_append (allowlist, "self");
      return;
    }

  quoted = gh_structured_string_quote (word);
  g_string_append (allowlist, quoted);
}

/* Appends one feature; FALSE where the words are not an old allowlist. */
static gboolean
convert_feature (GString *policy, char **words)
{
  g_autoptr (GString) allowlist = g_string_new (NULL);
  gboolean everyone = FALSE;

  if (!gh_structured_key_is_valid (words[0]))
    return FALSE;

  for (guint i = 1; words[i]; i++)
    {
      if (strcmp (words[i], "*") == 0)
        everyone = TRUE;
      else if (strcmp (words[i], "'self'") == 0 || gh_permission_origin_is_valid (words[i]))
        append_word (allowlist, words[i]);
      else if (strcmp (words[i], "'none'") != 0 && strcmp (words[i], "'src'") != 0)
        return FALSE;
    }

  if (!words[1])
    g_string_append (allowlist, "self");
  if (policy->len > 0)
    g_string_append (policy, ", ");
  if (everyone)
    g_string_append_printf (policy, "%s=*", words[0]);
  else
    g_string_append_printf (policy, "%s=(%s)", words[0], allowlist->str);
  return TRUE;
}

static char **
split_words (char *text)
{
  g_auto (GStrv) pieces = NULL;
  GStrvBuilder *builder = g_strv_builder_new ();
  char **words;

  g_strdelimit (text, "=", ' ');
  pieces = g_strsplit_set (text, " \t\r\n", -1);
  for (guint i = 0; pieces[i]; i++)
    if (*pieces[i] != '\0')
      g_strv_builder_add (builder, pieces[i]);

  words = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return words;
}

char *
gh_permissions_policy_from_feature_policy (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ";,", MAXIMUM_FEATURES);
  g_autoptr (GString) policy = g_string_new (NULL);

  if (!strchr (text, '\''))
    return NULL;

  for (guint i = 0; parts[i]; i++)
    {
      g_auto (GStrv) words = split_words (parts[i]);

      if (words[0] && !convert_feature (policy, words))
        return NULL;
    }

  return policy->len > 0 ? g_string_free (g_steal_pointer (&policy), FALSE) : NULL;
}
