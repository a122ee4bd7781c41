/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nothing here waits: the database is opened on a thread of its own while the first window
 * is drawn, and the keyring is asked when a credential is needed. */

#include "gh-application.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "gh-about.h"
#include "gh-config.h"
#include "gh-resources.h"
#include "gh-window-dialogs.h"
#include "gh-window-import.h"

#define RESOURCES "/gatehouse"
#define URI_SCHEME "gatehouse:"

struct _GhApplication
{
  AdwApplication parent_instance;

  GhFleet *fleet;            /* owned, or NULL until it is open */
  GCancellable *cancellable; /* owned */
  GError *open_error;        /* owned: why there is no fleet, or NULL */
  char *wanted;              /* owned: ACCOUNT/ID to open once there is a fleet, or NULL */
  GFile *wanted_file;        /* owned: a policy to import then, or NULL */
  guint signal_sources[2];
  guint flushing; /* workspaces whose edits are on their way to the disk */
  gboolean wants_demo;
  gboolean wants_account;
};

enum
{
  PROP_FLEET = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (GhApplication, gh_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *accelerators[3];
} accelerators[] = {
  { "win.undo", { "<Control>z" } },
  { "win.redo", { "<Control><Shift>z", "<Control>y" } },
  { "win.search", { "<Control>f" } },
  { "win.review", { "<Control>s" } },
  { "win.sync", { "F5", "<Control>r" } },
  { "win.back", { "<Alt>Left" } },
  { "win.page('page-headers')", { "<Control>h" } },
  { "win.show-help-overlay", { "<Control>question" } },
  { "app.add-account", { "<Control>n" } },
  { "window.close", { "<Control>w" } },
  { "app.quit", { "<Control>q" } },
};

static void
open_wanted (GhApplication *self, GhWindow *window)
{
  g_autofree char *wanted = g_steal_pointer (&self->wanted);
  g_autoptr (GError) error = NULL;
  GhWorkspace *workspace;

  if (wanted == NULL)
    return;

  workspace = gh_fleet_find (self->fleet, wanted, &error);
  if (workspace != NULL)
    gh_window_open (window, workspace);
  else
    gh_window_add_toast (window, error->message);
}

static void
import_wanted (GhApplication *self, GhWindow *window)
{
  g_autoptr (GFile) file = g_steal_pointer (&self->wanted_file);

  if (file != NULL)
    gh_window_import (window, file);
}

/* What was asked for before the fleet was there. */
static void
do_wanted (GhApplication *self)
{
  GhWindow *window = gh_application_get_window (self);

  if (self->fleet == NULL)
    return;

  if (gh_window_get_fleet (window) == NULL)
    gh_window_set_fleet (window, self->fleet);
  open_wanted (self, window);
  import_wanted (self, window);
  if (self->wants_demo)
    gh_window_start_demo (window);
  if (self->wants_account)
    gh_window_add_account (window);
  self->wants_demo = self->wants_account = FALSE;
}

static void
on_fleet_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GhApplication *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GhFleet) fleet = gh_fleet_open_finish (result, &error);

  if (fleet != NULL)
    {
      self->fleet = g_steal_pointer (&fleet);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FLEET]);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      self->open_error = g_steal_pointer (&error);
    }

  if (gtk_application_get_active_window (GTK_APPLICATION (self)) != NULL)
    g_application_activate (G_APPLICATION (self));
  g_application_release (G_APPLICATION (self));
  g_object_unref (self);
}

static void
gh_application_activate (GApplication *application)
{
  GhApplication *self = GH_APPLICATION (application);
  GhWindow *window = gh_application_get_window (self);

  if (self->open_error != NULL)
    gh_window_show_error (window, _ ("The Database Cannot Be Opened"), self->open_error->message);
  gtk_window_present (GTK_WINDOW (window));
  do_wanted (self);
}

static void
gh_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  GhApplication *self = GH_APPLICATION (application);
  g_autofree char *uri = g_file_get_uri (files[0]);

  if (g_str_has_prefix (uri, URI_SCHEME))
    {
      const char *place = uri + strlen (URI_SCHEME);

      while (*place == '/')
        place++;
      g_free (self->wanted);
      self->wanted = g_uri_unescape_string (place, NULL);
    }
  else
    {
      g_set_object (&self->wanted_file, files[0]);
    }

  g_application_activate (application);
}

static void
show_about (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  gh_about_show (gtk_application_get_active_window (user_data));
}

static void
add_account (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GH_APPLICATION (user_data)->wants_account = TRUE;
  g_application_activate (user_data);
}

static void
start_demo (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GH_APPLICATION (user_data)->wants_demo = TRUE;
  g_application_activate (user_data);
}

static void
on_flushed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GhApplication *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!gh_workspace_flush_finish (GH_WORKSPACE (source), result, &error))
    g_warning ("%s: %s", gh_workspace_get_name (GH_WORKSPACE (source)), error->message);

  if (--self->flushing == 0)
    g_application_quit (G_APPLICATION (self));
  g_object_unref (self);
}

/* Leaves once every edit is on the disk. */
static void
quit (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GhApplication *self = user_data;
  guint n_items = self->fleet != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->fleet)) : 0;

  self->flushing++;
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GhWorkspace) workspace = g_list_model_get_item (G_LIST_MODEL (self->fleet), i);

      if (!gh_workspace_get_saving (workspace))
        continue;
      self->flushing++;
      gh_workspace_flush_async (workspace, NULL, on_flushed, g_object_ref (self));
    }

  if (--self->flushing == 0)
    g_application_quit (G_APPLICATION (self));
}

static const GActionEntry actions[] = {
  { .name = "about", .activate = show_about },
  { .name = "add-account", .activate = add_account },
  { .name = "demo", .activate = start_demo },
  { .name = "quit", .activate = quit },
};

static gboolean
on_terminate (gpointer user_data)
{
  g_action_group_activate_action (G_ACTION_GROUP (user_data), "quit", NULL);
  return G_SOURCE_CONTINUE;
}

/* The last window is gone: stay until its edits are on the disk. */
static void
gh_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  gboolean last = GH_IS_WINDOW (window);

  if (last)
    g_application_hold (G_APPLICATION (application));
  GTK_APPLICATION_CLASS (gh_application_parent_class)->window_removed (application, window);
  if (!last)
    return;

  on_terminate (application);
  g_application_release (G_APPLICATION (application));
}

static void
gh_application_startup (GApplication *application)
{
  GhApplication *self = GH_APPLICATION (application);
  g_autoptr (GhCredentials) credentials = gh_credentials_new ();

  gh_application_ensure_resources ();
  G_APPLICATION_CLASS (gh_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (GH_APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (gsize i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (
      GTK_APPLICATION (self), accelerators[i].action, accelerators[i].accelerators);

  self->signal_sources[0] = g_unix_signal_add (SIGTERM, on_terminate, self);
  self->signal_sources[1] = g_unix_signal_add (SIGINT, on_terminate, self);
  g_application_hold (application);
  gh_fleet_open_async (NULL, credentials, self->cancellable, on_fleet_opened, g_object_ref (self));
}

static void
gh_application_shutdown (GApplication *application)
{
  GhApplication *self = GH_APPLICATION (application);

  g_cancellable_cancel (self->cancellable);
  for (gsize i = 0; i < G_N_ELEMENTS (self->signal_sources); i++)
    g_clear_handle_id (&self->signal_sources[i], g_source_remove);

  G_APPLICATION_CLASS (gh_application_parent_class)->shutdown (application);
  g_clear_object (&self->fleet);
}

static int
gh_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  g_autoptr (GError) error = NULL;
  gboolean demo = g_variant_dict_contains (options, "demo");
  gboolean account = g_variant_dict_contains (options, "add-account");

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("gatehouse %s\n", GH_VERSION);
      return EXIT_SUCCESS;
    }
  if (!demo && !account)
    return -1;

  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("gatehouse: %s\n", error->message);
      return EXIT_FAILURE;
    }
  g_action_group_activate_action (
    G_ACTION_GROUP (application), demo ? "demo" : "add-account", NULL);
  return -1;
}

static void
gh_application_finalize (GObject *object)
{
  GhApplication *self = GH_APPLICATION (object);

  g_clear_object (&self->fleet);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->open_error);
  g_free (self->wanted);
  g_clear_object (&self->wanted_file);

  G_OBJECT_CLASS (gh_application_parent_class)->finalize (object);
}

static void
gh_application_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_FLEET)
    g_value_set_object (value, GH_APPLICATION (object)->fleet);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gh_application_class_init (GhApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  object_class->finalize = gh_application_finalize;
  object_class->get_property = gh_application_get_property;
  application_class->activate = gh_application_activate;
  application_class->open = gh_application_open;
  application_class->startup = gh_application_startup;
  application_class->shutdown = gh_application_shutdown;
  application_class->handle_local_options = gh_application_handle_local_options;
  GTK_APPLICATION_CLASS (klass)->window_removed = gh_application_window_removed;
  properties[PROP_FLEET] = g_param_spec_object (
    "fleet", NULL, NULL, GH_TYPE_FLEET, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
gh_application_init (GhApplication *self)
{
  static const GOptionEntry options[] = {
    { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open the window on a demo server"), NULL },
    { "add-account", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Ask for a new account"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
    { 0 },
  };

  self->cancellable = g_cancellable_new ();
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

GhApplication *
gh_application_new (GApplicationFlags flags)
{
  return g_object_new (GH_TYPE_APPLICATION,
                       "application-id",
                       GH_APPLICATION_ID,
                       "resource-base-path",
                       RESOURCES,
                       "flags",
                       flags | G_APPLICATION_HANDLES_OPEN,
                       NULL);
}

GhFleet *
gh_application_get_fleet (GhApplication *self)
{
  g_return_val_if_fail (GH_IS_APPLICATION (self), NULL);

  return self->fleet;
}

GhWindow *
gh_application_get_window (GhApplication *self)
{
  g_return_val_if_fail (GH_IS_APPLICATION (self), NULL);

  for (GList *link = gtk_application_get_windows (GTK_APPLICATION (self)); link != NULL;
       link = link->next)
    if (GH_IS_WINDOW (link->data))
      return link->data;

  return gh_window_new (GTK_APPLICATION (self));
}

void
gh_application_ensure_resources (void)
{
  /* Naming it links it in; its constructor registers it. */
  g_assert (gh_resources_get_resource () != NULL);
}
