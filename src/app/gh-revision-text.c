/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Revisions in words. */

#include "gh-revision-text.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

char *
gh_revision_dup_moment (const char *at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (at, NULL);
  g_autoptr (GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;

  /* Translators: a date and a time, as strftime() has it. */
  return local != NULL ? g_date_time_format (local, _ ("%e %B %Y, %H:%M")) : g_strdup (at);
}

char *
gh_revision_dup_fields (char **fields)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (char **field = fields; field != NULL && *field != NULL; field++)
    {
      const GhSetting *setting = gh_settings_lookup (*field);

      if (text->len > 0)
        g_string_append (text, " · ");
      g_string_append (text, setting != NULL ? gh_setting_get_title (setting) : *field);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
gh_revision_dup_time (const GhRevision *revision)
{
  return gh_revision_dup_moment (revision->at);
}

char *
gh_revision_dup_title (const GhRevision *revision)
{
  return g_strdup_printf (_ ("Revision %" PRId64 " by %s"), revision->revision, revision->by);
}

char *
gh_revision_dup_line (const GhRevision *revision)
{
  g_autofree char *title = gh_revision_dup_title (revision);
  g_autofree char *time = gh_revision_dup_time (revision);

  /* Translators: which revision, and when it was made. */
  return g_strdup_printf (_ ("%s, %s"), title, g_strstrip (time));
}
