/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "window-fixture.h"

#include <signal.h>
#include <unistd.h>

#include "walk.h"

#define PATIENCE_SECONDS 30

typedef struct
{
  WindowScenario scenario;
  gpointer user_data;
} Run;

static gboolean
on_impatient (gpointer condition)
{
  g_error ("Waited in vain for: %s", (const char *) condition);
  return G_SOURCE_REMOVE;
}

guint
window_fixture_watch (const char *condition)
{
  return g_timeout_add_seconds (PATIENCE_SECONDS, on_impatient, (gpointer) condition);
}

static gboolean
on_start (gpointer user_data)
{
  Run *run = user_data;
  GhApplication *application = GH_APPLICATION (g_application_get_default ());
  GhWindow *window = gh_application_get_window (application);

  g_object_set (gtk_settings_get_default (),
                "gtk-enable-animations",
                FALSE,
                "gtk-font-name",
                "Cantarell 11",
                NULL);
  window_fixture_wait (gh_window_get_fleet (window) != NULL);
  run->scenario (application, window, run->user_data);
  gtk_window_close (GTK_WINDOW (gh_application_get_window (application)));
  return G_SOURCE_REMOVE;
}

static void
on_activate (Run *run)
{
  static gboolean started;

  if (!started)
    g_idle_add (on_start, run);
  started = TRUE;
}

int
window_fixture_run (WindowScenario scenario, gpointer user_data)
{
  g_autoptr (GhApplication) application = gh_application_new (G_APPLICATION_NON_UNIQUE);
  Run run = { scenario, user_data };

  g_signal_connect_data (application,
                         "activate",
                         G_CALLBACK (on_activate),
                         &run,
                         NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}

void
window_fixture_save_png (GtkWindow *window, const char *directory, const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.png", directory, name);
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  GtkSnapshot *snapshot;

  walk_settle (GTK_WIDGET (window));
  paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable,
                          GDK_SNAPSHOT (snapshot),
                          gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (
    gtk_native_get_renderer (GTK_NATIVE (window)),
    node,
    &GRAPHENE_RECT_INIT (0,
                         0,
                         (float) gdk_paintable_get_intrinsic_width (paintable),
                         (float) gdk_paintable_get_intrinsic_height (paintable)));
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

void
window_fixture_resize (GtkWindow *window, int width, int height)
{
  gtk_window_set_default_size (window, width, height);
  /* The window may draw its own frame within that. */
  window_fixture_wait (ABS (gtk_widget_get_width (GTK_WIDGET (window)) - width) <= 16);
  walk_settle (GTK_WIDGET (window));
}

void
window_fixture_open (GhWindow *window, GhWorkspace *workspace)
{
  GhFormContext *context = gh_workspace_view_get_context (gh_window_get_view (window));

  gh_window_open (window, workspace);
  window_fixture_wait (gh_form_context_get_document (context) != NULL);
  walk_settle (GTK_WIDGET (window));
}

GhWorkspace *
window_fixture_find_workspace (GhWindow *window, gboolean can_write)
{
  GListModel *fleet = G_LIST_MODEL (gh_window_get_fleet (window));

  for (guint i = 0; i < g_list_model_get_n_items (fleet); i++)
    {
      g_autoptr (GhWorkspace) workspace = g_list_model_get_item (fleet, i);

      if (gh_workspace_get_can_write (workspace) == can_write)
        return workspace;
    }

  return NULL;
}

GhSettingRow *
window_fixture_go_to (GhWindow *window, const char *field)
{
  GhWorkspaceView *view = gh_window_get_view (window);
  const GhSetting *setting = gh_settings_lookup (field);

  gh_form_context_go_to (gh_workspace_view_get_context (view), field);
  walk_settle (GTK_WIDGET (window));
  return gh_policy_form_find_row (gh_workspace_view_get_form (view, setting->group), setting);
}

void
window_fixture_type (GhWindow *window, const char *field, const char *text)
{
  GhSettingRow *row = window_fixture_go_to (window, field);

  gh_setting_editor_enter_text (gh_setting_row_get_editor (row), text);
  walk_settle (GTK_WIDGET (window));
}

GPid
window_fixture_find_server (void)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/children", getpid ());
  g_autofree char *children = NULL;
  g_auto (GStrv) ids = NULL;

  if (!g_file_get_contents (path, &children, NULL, NULL))
    return 0;

  ids = g_strsplit (children, " ", -1);
  for (char **id = ids; *id != NULL && **id != '\0'; id++)
    {
      g_autofree char *name_path = g_strdup_printf ("/proc/%s/comm", *id);
      g_autofree char *name = NULL;

      if (g_file_get_contents (name_path, &name, NULL, NULL)
          && g_str_has_prefix (name, "gatehouse-serve"))
        return (GPid) g_ascii_strtoll (*id, NULL, 10);
    }

  return 0;
}

void
window_fixture_stop_server (void)
{
  GPid server = window_fixture_find_server ();

  g_assert_cmpint (server, !=, 0);
  g_assert_cmpint (kill (server, SIGTERM), ==, 0);
  window_fixture_wait (kill (server, 0) != 0);
}

char *
window_fixture_dup_server_database (void)
{
  return g_build_filename (g_get_user_data_dir (), "gatehouse", "demo-server.db", NULL);
}
