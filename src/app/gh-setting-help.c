/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Puts the line together from the words of the settings table. */

#include "gh-setting-help.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-value-type.h"

/* The first sentence says what the setting does; the rest is one click away. */
static char *
dup_first_sentence (const char *text)
{
  const char *end = strstr (text, ". ");

  return end != NULL ? g_strndup (text, (gsize) (end + 1 - text)) : g_strdup (text);
}

char *
gh_setting_dup_help_line (const GhSetting *setting)
{
  const char *zero = gh_setting_get_zero (setting);
  g_autofree char *first = dup_first_sentence (gh_setting_get_help (setting));
  g_autoptr (GString) help = g_string_new (first);

  if (zero != NULL && setting->type == &gh_value_type_integer)
    {
      g_string_append_c (help, ' ');
      g_string_append_printf (help, _ ("0 = %s."), zero);
    }
  if (setting->scope == GH_SCOPE_COMMUNITY)
    {
      g_string_append_c (help, ' ');
      g_string_append (help, _ ("A community may have a value of its own."));
    }

  return g_string_free (g_steal_pointer (&help), FALSE);
}
