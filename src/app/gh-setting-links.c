/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a header or a finding comes from, said in the same way wherever it is said. */

#include "gh-setting-links.h"

#include "gh-setting.h"

char *
gh_setting_links_dup_markup (const char *const *fields)
{
  GString *markup = g_string_new (NULL);

  for (const char *const *field = fields; field != NULL && *field != NULL; field++)
    {
      const GhSetting *setting = gh_settings_lookup (*field);
      g_autofree char *link = NULL;

      if (setting == NULL)
        continue;

      link = g_markup_printf_escaped ("%s<a href=\"%s\">%s</a>",
                                      markup->len > 0 ? " · " : "",
                                      *field,
                                      gh_setting_get_title (setting));
      g_string_append (markup, link);
    }

  return g_string_free (markup, FALSE);
}
