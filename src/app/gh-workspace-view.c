/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Holds the pages together. What a page shows comes from the context. */

#include "gh-workspace-view.h"

#include <glib/gi18n-lib.h>

#include "gh-plain-words.h"
#include "gh-workspace-communities.h"

struct _GhWorkspaceView
{
  AdwBin parent_instance;

  GhWorkspace *workspace;    /* owned, or NULL */
  GhDocument *document;      /* owned: the one whose undo state is shown, or NULL */
  GhFormContext *context;    /* owned */
  GCancellable *cancellable; /* owned: of the open workspace */
  GhHeadersView *headers;    /* borrowed: the page */
  GhCompareView *compare;    /* borrowed: the page */
  GhHistoryView *history;    /* borrowed: the page */
  char *page;                /* owned */
  gboolean alone;

  /* Template */
  AdwLeaflet *leaflet;
  AdwHeaderBar *groups_header;
  AdwHeaderBar *content_header;
  AdwWindowTitle *workspace_title;
  AdwWindowTitle *content_title;
  GtkWidget *to_workspaces_button;
  GtkWidget *undo_button;
  GtkWidget *redo_button;
  GtkWidget *preview_button;
  GhGroupList *groups;
  GhBanner *banner;
  AdwFlap *flap;
  GtkStack *stack;
  AdwStatusPage *empty_page;
  GhChangeBar *change_bar;
};

G_DEFINE_FINAL_TYPE (GhWorkspaceView, gh_workspace_view, ADW_TYPE_BIN)

static void
update_undo (GhWorkspaceView *self)
{
  gboolean can_write = gh_form_context_get_can_write (self->context);
  gboolean can_undo = self->document != NULL && can_write && gh_document_can_undo (self->document);
  gboolean can_redo = self->document != NULL && can_write && gh_document_can_redo (self->document);
  g_autofree char *undo = can_undo ? gh_document_dup_undo_label (self->document) : NULL;
  g_autofree char *redo = can_redo ? gh_document_dup_redo_label (self->document) : NULL;

  gtk_widget_set_tooltip_text (self->undo_button, undo != NULL ? undo : _ ("Undo"));
  gtk_widget_set_tooltip_text (self->redo_button, redo != NULL ? redo : _ ("Redo"));
  gtk_widget_set_sensitive (self->undo_button, can_undo);
  gtk_widget_set_sensitive (self->redo_button, can_redo);
  gtk_widget_set_visible (self->undo_button, can_undo || !self->alone);
  gtk_widget_set_visible (self->redo_button, can_redo || !self->alone);
}

static void
set_document (GhWorkspaceView *self, GhDocument *document)
{
  gboolean can_write = self->workspace != NULL && gh_workspace_get_can_write (self->workspace);

  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  if (document != NULL)
    {
      g_signal_connect_swapped (document, "notify::can-undo", G_CALLBACK (update_undo), self);
      g_signal_connect_swapped (document, "notify::can-redo", G_CALLBACK (update_undo), self);
      g_signal_connect_swapped (document, "notify::n-drafted", G_CALLBACK (update_undo), self);
    }

  gh_form_context_set_document (self->context, document, can_write);
  gtk_widget_set_sensitive (GTK_WIDGET (self->groups), document != NULL);
  update_undo (self);
}

static void
show_visible_page (GhWorkspaceView *self)
{
  const char *name = self->workspace != NULL ? gh_workspace_get_name (self->workspace) : "";

  adw_window_title_set_title (self->workspace_title, name);
  if (self->document == NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "empty");
      adw_window_title_set_title (self->content_title, name);
      adw_window_title_set_subtitle (self->content_title, "");
      return;
    }

  gtk_stack_set_visible_child_name (self->stack, self->page);
  gh_group_list_select (self->groups, self->page);
  adw_window_title_set_title (self->content_title, gh_group_list_get_title (self->groups, self->page));
  adw_window_title_set_subtitle (self->content_title, name);
}

static void
show_empty (GhWorkspaceView *self, const char *icon_name, const char *title, const char *words)
{
  adw_status_page_set_icon_name (self->empty_page, icon_name);
  adw_status_page_set_title (self->empty_page, title);
  gh_plain_words_describe_page (self->empty_page, words);
}

static void
on_document (GhWorkspaceView *self)
{
  set_document (self, gh_workspace_get_document (self->workspace));
  show_visible_page (self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GhWorkspaceView *self = user_data;
  g_autoptr (GError) error = NULL;

  if (gh_workspace_load_finish (GH_WORKSPACE (source), result, &error))
    on_document (self);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_empty (self, "dialog-error-symbolic", _ ("Cannot Be Opened"), error->message);
}

/* Who looks at the communities is told why they could not be read; here they are as last
 * read. */
static void
on_communities (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!gh_workspace_sync_communities_finish (GH_WORKSPACE (source), result, &error))
    g_debug ("cannot read the communities: %s", error->message);
}

static void
on_synced (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GhWorkspaceView *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = gh_workspace_sync_finish (GH_WORKSPACE (source), result, &error);

  if (!good && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (good)
    gh_workspace_sync_communities_async (
      GH_WORKSPACE (source), self->cancellable, on_communities, NULL);

  /* The first time there was nothing to load. With a document the banner says the error. */
  if (self->document == NULL && good)
    gh_workspace_load_async (GH_WORKSPACE (source), self->cancellable, on_read, self);
  else if (self->document == NULL)
    show_empty (self, "network-offline-symbolic", _ ("Not Here Yet"), error->message);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GhWorkspaceView *self = user_data;
  g_autoptr (GError) error = NULL;

  if (gh_workspace_load_finish (GH_WORKSPACE (source), result, &error))
    on_document (self);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  else if (!g_error_matches (error, GH_FLEET_ERROR, GH_FLEET_ERROR_NOT_LOADED))
    show_empty (self, "dialog-error-symbolic", _ ("Cannot Be Opened"), error->message);

  gh_workspace_view_sync (self);
}

static void
on_go_to (GhWorkspaceView *self, const char *field)
{
  const GhSetting *setting = gh_settings_lookup (field);

  if (self->document == NULL || setting == NULL)
    return;

  gh_workspace_view_show_page (self, setting->group);
  gh_policy_form_show_row (gh_workspace_view_get_form (self, setting->group), setting);
}

static void
on_drafted (GhWorkspaceView *self)
{
  gh_form_context_refresh (self->context);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.review", NULL);
}

static void
on_page_opened (GhWorkspaceView *self, const char *page)
{
  gh_workspace_view_show_page (self, page);
}

/* Each header bar shows the window's buttons only where it stands at the window's edge. */
static void
update_buttons (GhWorkspaceView *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);

  adw_header_bar_set_show_start_title_buttons (self->groups_header, self->alone);
  adw_header_bar_set_show_end_title_buttons (self->groups_header, folded);
  adw_header_bar_set_show_start_title_buttons (self->content_header, folded && self->alone);
  gtk_widget_set_visible (self->to_workspaces_button, self->alone);
  gtk_widget_set_visible (self->preview_button, !self->alone);
}

static void
add_pages (GhWorkspaceView *self)
{
  const GhGroup *groups = gh_groups_get_table ();

  for (guint i = 0; i < GH_N_GROUPS; i++)
    gtk_stack_add_named (self->stack, gh_policy_form_new (&groups[i], self->context), groups[i].id);

  self->headers = GH_HEADERS_VIEW (gh_headers_view_new (self->context));
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->headers), "page-headers");
  self->compare = GH_COMPARE_VIEW (gh_compare_view_new ());
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->compare), "page-compare");
  self->history = GH_HISTORY_VIEW (gh_history_view_new ());
  g_signal_connect_swapped (self->history, "drafted", G_CALLBACK (on_drafted), self);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->history), "page-history");
}

static void
add_preview (GhWorkspaceView *self)
{
  GtkWidget *preview = gh_headers_view_new (self->context);

  gtk_widget_set_size_request (preview, 340, -1);
  gtk_widget_add_css_class (preview, "background");
  adw_flap_set_flap (self->flap, preview);
}

static void
gh_workspace_view_dispose (GObject *object)
{
  GhWorkspaceView *self = GH_WORKSPACE_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->document);
  g_clear_object (&self->workspace);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gh_workspace_view_parent_class)->dispose (object);
}

static void
gh_workspace_view_finalize (GObject *object)
{
  g_free (GH_WORKSPACE_VIEW (object)->page);

  G_OBJECT_CLASS (gh_workspace_view_parent_class)->finalize (object);
}

static void
ensure_types (void)
{
  g_type_ensure (GH_TYPE_BANNER);
  g_type_ensure (GH_TYPE_CHANGE_BAR);
  g_type_ensure (GH_TYPE_GROUP_LIST);
}

static void
gh_workspace_view_class_init (GhWorkspaceViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_workspace_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = gh_workspace_view_finalize;

  ensure_types ();
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-workspace-view.ui");
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceView, leaflet);
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceView, groups_header);
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceView, content_header);
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceView, workspace_title);
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceView, content_title);
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceView, to_workspaces_button);
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceView, undo_button);
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceView, redo_button);
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceView, preview_button);
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceView, groups);
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceView, banner);
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceView, flap);
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceView, stack);
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceView, empty_page);
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceView, change_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_page_opened);
  gtk_widget_class_bind_template_callback (widget_class, update_buttons);
}

static void
gh_workspace_view_init (GhWorkspaceView *self)
{
  self->context = gh_form_context_new ();
  self->page = g_strdup (gh_groups_get_table ()[0].id);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_pages (self);
  add_preview (self);
  gh_group_list_set_context (self->groups, self->context);
  gh_change_bar_set_context (self->change_bar, self->context);
  g_signal_connect_swapped (self->context, "go-to", G_CALLBACK (on_go_to), self);
  update_buttons (self);
  update_undo (self);
}

void
gh_workspace_view_set_workspace (GhWorkspaceView *self, GhWorkspace *workspace)
{
  g_return_if_fail (GH_IS_WORKSPACE_VIEW (self));

  if (self->workspace == workspace)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_set_object (&self->workspace, workspace);
  gh_change_bar_set_workspace (self->change_bar, workspace);
  gh_banner_set_workspace (self->banner, workspace);
  gh_history_view_set_workspace (self->history, workspace);
  gh_form_context_set_workspace (self->context, workspace);
  gh_compare_set_set_workspace (gh_compare_view_get_set (self->compare), workspace);
  set_document (self, NULL);
  show_empty (self,
              "network-server-symbolic",
              workspace != NULL ? _ ("Opening…") : _ ("Choose a Workspace"),
              workspace != NULL ? NULL : _ ("Its settings are shown here."));
  show_visible_page (self);
  if (workspace == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  g_signal_connect_swapped (workspace, "notify::document", G_CALLBACK (on_document), self);
  g_signal_connect_swapped (workspace, "notify::can-write", G_CALLBACK (on_document), self);
  g_signal_connect_swapped (workspace, "notify::name", G_CALLBACK (show_visible_page), self);
  if (gh_workspace_get_document (workspace) != NULL)
    on_document (self);
  gh_workspace_load_async (workspace, self->cancellable, on_loaded, self);
}

GhWorkspace *
gh_workspace_view_get_workspace (GhWorkspaceView *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE_VIEW (self), NULL);

  return self->workspace;
}

void
gh_workspace_view_sync (GhWorkspaceView *self)
{
  g_return_if_fail (GH_IS_WORKSPACE_VIEW (self));

  if (self->workspace != NULL)
    gh_workspace_sync_async (self->workspace, self->cancellable, on_synced, self);
}

void
gh_workspace_view_show_page (GhWorkspaceView *self, const char *page)
{
  g_return_if_fail (GH_IS_WORKSPACE_VIEW (self));

  if (gtk_stack_get_child_by_name (self->stack, page) == NULL)
    return;

  if (!g_str_equal (self->page, page))
    {
      g_free (self->page);
      self->page = g_strdup (page);
    }
  show_visible_page (self);
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

const char *
gh_workspace_view_get_page (GhWorkspaceView *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE_VIEW (self), NULL);

  return self->page;
}

void
gh_workspace_view_set_alone (GhWorkspaceView *self, gboolean alone)
{
  g_return_if_fail (GH_IS_WORKSPACE_VIEW (self));

  self->alone = alone;
  update_buttons (self);
  update_undo (self);
}

gboolean
gh_workspace_view_go_back (GhWorkspaceView *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE_VIEW (self), FALSE);

  return adw_leaflet_get_folded (self->leaflet)
         && adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

GhFormContext *
gh_workspace_view_get_context (GhWorkspaceView *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE_VIEW (self), NULL);

  return self->context;
}

GhGroupList *
gh_workspace_view_get_groups (GhWorkspaceView *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE_VIEW (self), NULL);

  return self->groups;
}

GhChangeBar *
gh_workspace_view_get_change_bar (GhWorkspaceView *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE_VIEW (self), NULL);

  return self->change_bar;
}

GhBanner *
gh_workspace_view_get_banner (GhWorkspaceView *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE_VIEW (self), NULL);

  return self->banner;
}

GhCompareView *
gh_workspace_view_get_compare (GhWorkspaceView *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE_VIEW (self), NULL);

  return self->compare;
}

GhHeadersView *
gh_workspace_view_get_headers (GhWorkspaceView *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE_VIEW (self), NULL);

  return self->headers;
}

GhHistoryView *
gh_workspace_view_get_history (GhWorkspaceView *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE_VIEW (self), NULL);

  return self->history;
}

GhPolicyForm *
gh_workspace_view_get_form (GhWorkspaceView *self, const char *group)
{
  g_return_val_if_fail (GH_IS_WORKSPACE_VIEW (self), NULL);

  return GH_POLICY_FORM (gtk_stack_get_child_by_name (self->stack, group));
}

void
gh_workspace_view_set_preview (GhWorkspaceView *self, gboolean shown)
{
  g_return_if_fail (GH_IS_WORKSPACE_VIEW (self));

  adw_flap_set_reveal_flap (self->flap, shown);
}
