/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A change as a row of a list. */

#include "gh-change-row.h"

#include <glib/gi18n-lib.h>

#include "gh-value-type.h"

/* In characters: two such values fit one line. */
#define SHORT_LENGTH 24

char *
gh_change_row_dup_text (GhChange *change)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_object_get (change, "before-text", &before, "after-text", &after, NULL);
  /* Translators: a value before and after a change, such as "60 minutes → 15 minutes". */
  return g_strdup_printf (_ ("%s → %s"), before, after);
}

char *
gh_change_row_dup_whole_text (GhChange *change)
{
  const GhSetting *setting = gh_change_get_setting (change);
  g_autofree char *before = gh_value_describe_whole (setting, gh_change_get_before (change));
  g_autofree char *after = gh_value_describe_whole (setting, gh_change_get_after (change));

  if (g_utf8_strlen (before, -1) <= SHORT_LENGTH && g_utf8_strlen (after, -1) <= SHORT_LENGTH)
    return g_strdup_printf (_ ("%s → %s"), before, after);
  /* Translators: two long values, the one before a change and the one after it. */
  return g_strdup_printf (_ ("%s\n→ %s"), before, after);
}

GtkWidget *
gh_change_row_new (GhChange *change)
{
  g_autofree char *text = gh_change_row_dup_text (change);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 gh_setting_get_title (gh_change_get_setting (change)));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 6);
  if (gh_change_is_weaker (change))
    {
      GtkWidget *label = gtk_label_new (_ ("weaker"));

      gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (label, "badge");
      gtk_widget_add_css_class (label, "warning");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  return row;
}
