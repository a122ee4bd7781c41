/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Escapes on the way in. */

#include "gh-plain-words.h"

static char *
escape (const char *words)
{
  return words != NULL ? g_markup_escape_text (words, -1) : NULL;
}

void
gh_plain_words_describe_page (AdwStatusPage *page, const char *words)
{
  g_autofree char *escaped = escape (words);

  g_return_if_fail (ADW_IS_STATUS_PAGE (page));

  adw_status_page_set_description (page, escaped);
}

void
gh_plain_words_describe_group (AdwPreferencesGroup *group, const char *words)
{
  g_autofree char *escaped = escape (words);

  g_return_if_fail (ADW_IS_PREFERENCES_GROUP (group));

  adw_preferences_group_set_description (group, escaped);
}
