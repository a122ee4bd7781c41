/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window's three stages (opening, welcome, main) and its actions. */

#include "gh-window.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-plain-words.h"
#include "gh-refresh.h"
#include "gh-welcome-page.h"
#include "gh-window-dialogs.h"
#include "gh-window-many.h"
#include "gh-window-policy.h"
#include "gh-window-state.h"

struct _GhWindow
{
  AdwApplicationWindow parent_instance;

  GhFleet *fleet;            /* owned, or NULL until it is there */
  GhRefresh *refresh;        /* owned, or NULL until there is a fleet */
  GSettings *settings;       /* owned, or NULL */
  GCancellable *cancellable; /* owned */
  GtkWindow *dialog;         /* weak: the dialog that is open, or NULL */
  gboolean asked;            /* the person wants to know how a refresh ended */

  /* Template */
  AdwToastOverlay *toasts;
  GtkStack *stages;
  AdwStatusPage *loading_page;
  GhWelcomePage *welcome;
  AdwLeaflet *outer;
  GtkWidget *menu_button;
  GhWorkspaceList *workspaces;
  GhWorkspaceView *view;
};

G_DEFINE_FINAL_TYPE (GhWindow, gh_window, ADW_TYPE_APPLICATION_WINDOW)

static GhDocument *
get_document (GhWindow *self)
{
  return gh_form_context_get_document (gh_workspace_view_get_context (self->view));
}

static void
update_actions (GhWindow *self)
{
  GhFormContext *context = gh_workspace_view_get_context (self->view);
  GhDocument *document = get_document (self);
  gboolean can_write = document != NULL && gh_form_context_get_can_write (context);
  gboolean drafted = can_write && gh_document_get_n_drafted (document) > 0;
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "win.undo", can_write && gh_document_can_undo (document));
  gtk_widget_action_set_enabled (widget, "win.redo", can_write && gh_document_can_redo (document));
  gtk_widget_action_set_enabled (widget, "win.review", drafted);
  gtk_widget_action_set_enabled (widget, "win.discard", drafted);
  gtk_widget_action_set_enabled (widget, "win.search", document != NULL);
}

static void
show_stage (GhWindow *self)
{
  guint n_accounts = self->fleet != NULL ? gh_fleet_get_accounts (self->fleet)->len : 0;

  if (self->fleet != NULL)
    gtk_stack_set_visible_child_name (self->stages, n_accounts > 0 ? "main" : "welcome");
}

/* An account went, and perhaps the open workspace with it. */
static void
on_accounts_changed (GhWindow *self)
{
  GhWorkspace *workspace = gh_workspace_view_get_workspace (self->view);

  if (workspace != NULL
      && gh_fleet_lookup (
           self->fleet, gh_workspace_get_account (workspace), gh_workspace_get_id (workspace))
           == NULL)
    gh_workspace_view_set_workspace (self->view, NULL);
  show_stage (self);
}

static void
on_folded (GhWindow *self)
{
  gh_workspace_view_set_alone (self->view, adw_leaflet_get_folded (self->outer));
}

static void
remember_workspace (GhWindow *self, GhWorkspace *workspace)
{
  g_autofree char *key = g_strdup_printf (
    "%s/%s", gh_workspace_get_account (workspace), gh_workspace_get_id (workspace));

  if (self->settings != NULL)
    g_settings_set_string (self->settings, "selected-workspace", key);
}

static void
on_workspace_opened (GhWindow *self, GhWorkspace *workspace)
{
  gh_window_open (self, workspace);
}

static void
open_remembered (GhWindow *self)
{
  g_autofree char *key = NULL;
  GhWorkspace *workspace;

  if (self->settings == NULL)
    return;

  key = g_settings_get_string (self->settings, "selected-workspace");
  workspace = *key != '\0' ? gh_fleet_find (self->fleet, key, NULL) : NULL;
  if (workspace != NULL)
    {
      gh_workspace_view_set_workspace (self->view, workspace);
      gh_workspace_list_select (self->workspaces, workspace);
    }
}

static void
undo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhDocument *document = get_document (GH_WINDOW (widget));

  if (document != NULL)
    gh_document_undo (document);
}

static void
redo (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhDocument *document = get_document (GH_WINDOW (widget));

  if (document != NULL)
    gh_document_redo (document);
}

static void
search (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhWindow *self = GH_WINDOW (widget);

  gh_workspace_view_go_back (self->view);
  gh_group_list_start_search (gh_workspace_view_get_groups (self->view), NULL);
}

static void
resolve (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gh_window_resolve (GH_WINDOW (widget));
}

static void
compare_revisions (GtkWidget *widget, const char *action, GVariant *parameter)
{
  guint before, after;

  g_variant_get (parameter, "(uu)", &before, &after);
  gh_window_compare_revisions (GH_WINDOW (widget), before, after);
}

static void
review (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gh_window_review (GH_WINDOW (widget));
}

static void
discard (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gh_window_discard (GH_WINDOW (widget));
}

static void
sign_in (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gh_window_sign_in (GH_WINDOW (widget));
}

static void
unlock (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gh_window_unlock (GH_WINDOW (widget));
}

static void
sync_open (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gh_workspace_view_sync (GH_WINDOW (widget)->view);
}

static void
on_refreshed (GhWindow *self, GError *error)
{
  if (self->asked && error != NULL)
    gh_window_add_toast (self, error->message);
  self->asked = FALSE;
}

static void
sync_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhWindow *self = GH_WINDOW (widget);

  if (self->refresh == NULL)
    return;

  self->asked = TRUE;
  gh_refresh_now (self->refresh);
}

static void
show_accounts (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gh_window_show_accounts (GH_WINDOW (widget));
}

static void
go_back (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhWindow *self = GH_WINDOW (widget);

  if (!gh_workspace_view_go_back (self->view))
    adw_leaflet_navigate (self->outer, ADW_NAVIGATION_DIRECTION_BACK);
}

static void
show_page (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gh_workspace_view_show_page (GH_WINDOW (widget)->view, g_variant_get_string (parameter, NULL));
}

static void
show_toast (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gh_window_add_toast (GH_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
on_demo_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GhWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = gh_fleet_start_demo_finish (GH_FLEET (source), result, &error);

  if (!good && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  gh_welcome_page_set_busy (self->welcome, FALSE);
  if (!good)
    {
      gh_welcome_page_set_error (self->welcome, error->message);
      gh_window_add_toast (self, error->message);
    }
  else
    gh_window_read_all (self);

  show_stage (self);
  gh_workspace_view_sync (self->view);
}

static void
on_active (GhWindow *self)
{
  if (gtk_window_is_active (GTK_WINDOW (self)) && self->refresh != NULL)
    gh_refresh_on_focus (self->refresh);
}

static gboolean
gh_window_close_request (GtkWindow *window)
{
  GhWindow *self = GH_WINDOW (window);

  gh_window_state_save (self->settings, window);
  return GTK_WINDOW_CLASS (gh_window_parent_class)->close_request (window);
}

static void
gh_window_dispose (GObject *object)
{
  GhWindow *self = GH_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->fleet != NULL)
    g_signal_handlers_disconnect_by_data (self->fleet, self);
  g_clear_weak_pointer (&self->dialog);
  if (self->refresh != NULL)
    g_signal_handlers_disconnect_by_data (self->refresh, self);
  g_clear_object (&self->refresh);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->settings);
  g_clear_object (&self->fleet);

  G_OBJECT_CLASS (gh_window_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo);
  gtk_widget_class_install_action (widget_class, "win.redo", NULL, redo);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search);
  gtk_widget_class_install_action (widget_class, "win.review", NULL, review);
  gtk_widget_class_install_action (widget_class, "win.discard", NULL, discard);
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, sync_open);
  gtk_widget_class_install_action (widget_class, "win.sync-all", NULL, sync_all);
  gtk_widget_class_install_action (widget_class, "win.sign-in", NULL, sign_in);
  gtk_widget_class_install_action (widget_class, "win.unlock", NULL, unlock);
  gtk_widget_class_install_action (widget_class, "win.accounts", NULL, show_accounts);
  gtk_widget_class_install_action (widget_class, "win.resolve", NULL, resolve);
  gtk_widget_class_install_action (
    widget_class, "win.compare-revisions", "(uu)", compare_revisions);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "win.page", "s", show_page);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", show_toast);
}

static void
gh_window_class_init (GhWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = gh_window_close_request;

  g_type_ensure (GH_TYPE_WELCOME_PAGE);
  g_type_ensure (GH_TYPE_WORKSPACE_LIST);
  g_type_ensure (GH_TYPE_WORKSPACE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-window.ui");
  gtk_widget_class_bind_template_child (widget_class, GhWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, GhWindow, stages);
  gtk_widget_class_bind_template_child (widget_class, GhWindow, loading_page);
  gtk_widget_class_bind_template_child (widget_class, GhWindow, welcome);
  gtk_widget_class_bind_template_child (widget_class, GhWindow, outer);
  gtk_widget_class_bind_template_child (widget_class, GhWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, GhWindow, workspaces);
  gtk_widget_class_bind_template_child (widget_class, GhWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, on_workspace_opened);
  gtk_widget_class_bind_template_callback (widget_class, on_folded);
  install_actions (widget_class);
}

static void
gh_window_init (GhWindow *self)
{
  GhFormContext *context;

  self->cancellable = g_cancellable_new ();
  self->settings = gh_window_state_open ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gh_window_state_restore (self->settings, GTK_WINDOW (self));
  context = gh_workspace_view_get_context (self->view);
  g_signal_connect_object (
    context, "refreshed", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_active), NULL);
  gh_accessible_set_name (self->menu_button, _ ("Main menu"));
  on_folded (self);
  update_actions (self);
}

GhWindow *
gh_window_new (GtkApplication *application)
{
  return g_object_new (GH_TYPE_WINDOW, "application", application, NULL);
}

void
gh_window_set_fleet (GhWindow *self, GhFleet *fleet)
{
  g_return_if_fail (GH_IS_WINDOW (self));
  g_return_if_fail (self->fleet == NULL);

  self->fleet = g_object_ref (fleet);
  gh_workspace_list_set_model (self->workspaces, G_LIST_MODEL (fleet));
  gh_compare_view_set_fleet (gh_workspace_view_get_compare (self->view), fleet);
  g_signal_connect_swapped (fleet, "accounts-changed", G_CALLBACK (on_accounts_changed), self);
  if (gh_fleet_get_notice (fleet) != NULL)
    gh_window_add_toast (self, gh_fleet_get_notice (fleet));
  gh_window_many_set_up (self);
  gh_window_policy_set_up (self);
  open_remembered (self);
  show_stage (self);
  self->refresh = gh_refresh_new (fleet, NULL);
  g_signal_connect_swapped (self->refresh, "finished", G_CALLBACK (on_refreshed), self);
  gh_refresh_now (self->refresh);
}

void
gh_window_show_error (GhWindow *self, const char *title, const char *words)
{
  g_return_if_fail (GH_IS_WINDOW (self));

  gtk_stack_set_visible_child_name (self->stages, "loading");
  adw_status_page_set_icon_name (self->loading_page, "dialog-error-symbolic");
  adw_status_page_set_title (self->loading_page, title);
  gh_plain_words_describe_page (self->loading_page, words);
}

GhFleet *
gh_window_get_fleet (GhWindow *self)
{
  g_return_val_if_fail (GH_IS_WINDOW (self), NULL);

  return self->fleet;
}

void
gh_window_open (GhWindow *self, GhWorkspace *workspace)
{
  g_return_if_fail (GH_IS_WINDOW (self));

  gh_workspace_view_set_workspace (self->view, workspace);
  gh_workspace_list_select (self->workspaces, workspace);
  adw_leaflet_navigate (self->outer, ADW_NAVIGATION_DIRECTION_FORWARD);
  remember_workspace (self, workspace);
}

GhWorkspaceList *
gh_window_get_workspaces (GhWindow *self)
{
  g_return_val_if_fail (GH_IS_WINDOW (self), NULL);

  return self->workspaces;
}

GhWorkspaceView *
gh_window_get_view (GhWindow *self)
{
  g_return_val_if_fail (GH_IS_WINDOW (self), NULL);

  return self->view;
}

GCancellable *
gh_window_get_cancellable (GhWindow *self)
{
  g_return_val_if_fail (GH_IS_WINDOW (self), NULL);

  return self->cancellable;
}

/* Reads every workspace's policy, so that all of them can be worked on without a network. */
void
gh_window_read_all (GhWindow *self)
{
  g_return_if_fail (GH_IS_WINDOW (self));

  if (self->refresh != NULL)
    gh_refresh_now (self->refresh);
}

void
gh_window_add_toast (GhWindow *self, const char *words)
{
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  g_return_if_fail (GH_IS_WINDOW (self));

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

void
gh_window_start_demo (GhWindow *self)
{
  g_return_if_fail (GH_IS_WINDOW (self));

  if (self->fleet == NULL)
    return;

  gh_welcome_page_set_error (self->welcome, NULL);
  gh_welcome_page_set_busy (self->welcome, TRUE);
  gh_fleet_start_demo_async (self->fleet, self->cancellable, on_demo_started, g_object_ref (self));
}

void
gh_window_present_dialog (GhWindow *self, GtkWindow *dialog)
{
  g_return_if_fail (GH_IS_WINDOW (self));

  g_set_weak_pointer (&self->dialog, dialog);
  gtk_window_set_transient_for (dialog, GTK_WINDOW (self));
  gtk_window_present (dialog);
}

GtkWindow *
gh_window_get_dialog (GhWindow *self)
{
  g_return_val_if_fail (GH_IS_WINDOW (self), NULL);

  return self->dialog;
}
