/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "window-fixture.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <libsoup/soup.h>

#include "walk.h"

#define PATIENCE_SECONDS 60

typedef struct
{
  GhApplication *application; /* borrowed; an earlier one may still be the default one */
  WindowScenario scenario;
  gpointer user_data;
  gboolean started;
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
  GhWindow *window = gh_application_get_window (run->application);

  window_fixture_wait (gh_window_get_fleet (window) != NULL);
  run->scenario (run->application, window, run->user_data);
  gtk_window_close (GTK_WINDOW (gh_application_get_window (run->application)));
  return G_SOURCE_REMOVE;
}

/* Pictures are of what is, not of what moves. Without a window manager the focus comes and
 * goes unannounced, which a blinking cursor would complain of. */
static void
on_startup (void)
{
  g_object_set (gtk_settings_get_default (),
                "gtk-enable-animations",
                FALSE,
                "gtk-cursor-blink",
                FALSE,
                "gtk-font-name",
                "Cantarell 11",
                NULL);
}

static void
on_activate (Run *run)
{
  if (!run->started)
    g_idle_add (on_start, run);
  run->started = TRUE;
}

/* The programs of one build stand together; the demo looks for its server on the path. */
static void
find_programs (void)
{
  const char *server = g_getenv ("GATEHOUSE_SERVER");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *place = g_path_get_dirname (server != NULL ? server : self);
  g_autofree char *programs
    = server != NULL ? g_strdup (place) : g_canonicalize_filename ("../../src", place);
  g_autofree char *path = g_strdup_printf ("%s:%s", programs, g_getenv ("PATH"));

  g_setenv ("PATH", path, TRUE);
}

int
window_fixture_run (WindowScenario scenario, gpointer user_data)
{
  g_autoptr (GhApplication) application = gh_application_new (G_APPLICATION_NON_UNIQUE);
  Run run = { application, scenario, user_data, FALSE };

  find_programs ();
  g_signal_connect_after (application, "startup", G_CALLBACK (on_startup), NULL);
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
window_fixture_draw (GtkWidget *window, const char *name)
{
  const char *directory = g_getenv ("GATEHOUSE_PICTURES");

  if (directory != NULL)
    window_fixture_save_png (GTK_WINDOW (window), directory, name);
}

void
window_fixture_check_fit (GtkWidget *window, const char *name)
{
  AdwStyleManager *style = adw_style_manager_get_default ();
  g_autofree char *dark = g_strconcat (name, "-dark", NULL);
  g_autofree char *narrow = g_strconcat (name, "-narrow", NULL);

  walk_settle (window);
  walk_assert_fits (window);
  window_fixture_draw (window, name);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_FORCE_DARK);
  window_fixture_draw (window, dark);
  adw_style_manager_set_color_scheme (style, ADW_COLOR_SCHEME_DEFAULT);
  window_fixture_resize (GTK_WINDOW (window), 360, 640);
  walk_assert_fits (window);
  window_fixture_draw (window, narrow);
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

GhWorkspace *
window_fixture_get_workspace (GhWindow *window, guint position)
{
  GListModel *fleet = G_LIST_MODEL (gh_window_get_fleet (window));
  g_autoptr (GhWorkspace) workspace = g_list_model_get_item (fleet, position);

  g_assert_nonnull (workspace);
  return workspace; /* the fleet keeps it */
}

void
window_fixture_close_dialog (GhWindow *window)
{
  gtk_window_close (gh_window_get_dialog (window));
  window_fixture_wait (gh_window_get_dialog (window) == NULL);
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

/* The demo's server as it can be reached past the application. */
const char *
window_fixture_get_server_url (GhWindow *window)
{
  GPtrArray *accounts = gh_fleet_get_accounts (gh_window_get_fleet (window));

  for (guint i = 0; i < accounts->len; i++)
    if (((const GhAccount *) g_ptr_array_index (accounts, i))->demo)
      return ((const GhAccount *) g_ptr_array_index (accounts, i))->url;

  g_assert_not_reached ();
}

void
window_fixture_start_demo (GhWindow *window)
{
  GListModel *fleet = G_LIST_MODEL (gh_window_get_fleet (window));

  gh_window_start_demo (window);
  window_fixture_wait (window_fixture_find_server () != 0);
  window_fixture_wait (g_list_model_get_n_items (fleet) > 0);
  window_fixture_wait (window_fixture_find_workspace (window, TRUE) != NULL);
  walk_settle (GTK_WIDGET (window));
}

char *
window_fixture_make_token (const char *role)
{
  g_autofree char *database = window_fixture_dup_server_database ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                                      &error,
                                                      "gatehouse-server",
                                                      "token",
                                                      "make",
                                                      "--database",
                                                      database,
                                                      "--role",
                                                      role,
                                                      "--name",
                                                      role,
                                                      NULL);
  g_autofree char *output = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (output, "token: "));
  return g_strdup (g_strstrip (output + strlen ("token: ")));
}

char *
window_fixture_ask (GhWindow *window,
                    const char *token,
                    const char *method,
                    const char *path,
                    const char *etag,
                    const char *body)
{
  g_autofree char *url
    = g_uri_resolve_relative (window_fixture_get_server_url (window), path, G_URI_FLAGS_NONE, NULL);
  g_autofree char *credential = g_strdup_printf ("Bearer %s", token);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GBytes) sent = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  soup_message_headers_append (headers, "Authorization", credential);
  if (etag != NULL)
    soup_message_headers_append (headers, "If-Match", etag);
  if (sent != NULL)
    soup_message_set_request_body_from_bytes (message, "application/merge-patch+json", sent);
  answer = soup_session_send_and_read (session, message, NULL, &error);
  g_assert_no_error (error);
  if (soup_message_get_status (message) != SOUP_STATUS_OK)
    g_error ("%s %s: %s", method, url, (const char *) g_bytes_get_data (answer, NULL));
  return g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));
}

void
window_fixture_write_past (GhWindow *window,
                           GhWorkspace *workspace,
                           const char *field,
                           const char *value)
{
  g_autofree char *token = window_fixture_make_token ("administrator");
  g_autofree char *path
    = g_strdup_printf ("/v1/workspaces/%s/policy", gh_workspace_get_id (workspace));
  g_autofree char *body = g_strdup_printf ("{\"%s\": %s}", field, value);
  g_autofree char *answer = window_fixture_ask (window, token, "PATCH", path, "*", body);

  g_assert_nonnull (answer);
}
