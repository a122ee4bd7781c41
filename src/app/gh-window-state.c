/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GSettings aborts on a schema that is not there, so it is looked up first. */

#include "gh-window-state.h"

#include "gh-config.h"

/* An installation in a folder of its own is in none where the desktop looks. */
static GSettingsSchema *
look_beside_the_program (GSettingsSchemaSource *known)
{
  g_autoptr (GSettingsSchemaSource) source = NULL;

  source = g_settings_schema_source_new_from_directory (GH_SCHEMADIR, known, TRUE, NULL);

  return source != NULL ? g_settings_schema_source_lookup (source, GH_APPLICATION_ID, TRUE) : NULL;
}

GSettings *
gh_window_state_open (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, GH_APPLICATION_ID, TRUE);
  if (schema == NULL)
    schema = look_beside_the_program (source);

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

void
gh_window_state_restore (GSettings *settings, GtkWindow *window)
{
  if (settings == NULL)
    return;

  gtk_window_set_default_size (
    window, g_settings_get_int (settings, "width"), g_settings_get_int (settings, "height"));
  if (g_settings_get_boolean (settings, "is-maximized"))
    gtk_window_maximize (window);
}

void
gh_window_state_save (GSettings *settings, GtkWindow *window)
{
  int width, height;

  if (settings == NULL)
    return;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (settings, "width", MAX (width, 360));
  g_settings_set_int (settings, "height", MAX (height, 294));
  g_settings_set_boolean (settings, "is-maximized", gtk_window_is_maximized (window));
}
