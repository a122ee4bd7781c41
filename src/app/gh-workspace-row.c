/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Few widgets, because a list of thousands makes and fills them while it scrolls. */

#include "gh-workspace-row.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"

struct _GhWorkspaceRow
{
  GtkWidget parent_instance;

  GhWorkspace *workspace; /* owned, or NULL */
  GtkWidget *check;       /* borrowed children */
  GtkWidget *icon;
  GtkWidget *name;
  GtkWidget *state;
  GtkWidget *drafted;
};

G_DEFINE_FINAL_TYPE (GhWorkspaceRow, gh_workspace_row, GTK_TYPE_WIDGET)

typedef struct
{
  const char *icon_name;
  const char *style;
} Look;

static const Look never_read = { "content-loading-symbolic", "dim-label" };

static const Look looks[] = {
  [GH_WORKSPACE_SYNCED] = { "emblem-ok-symbolic", "success" },
  [GH_WORKSPACE_DRAFT] = { "document-edit-symbolic", "accent" },
  [GH_WORKSPACE_APPLYING] = { "emblem-synchronizing-symbolic", "accent" },
  [GH_WORKSPACE_CONFLICT] = { "dialog-warning-symbolic", "warning" },
  [GH_WORKSPACE_OFFLINE] = { "network-offline-symbolic", "dim-label" },
  [GH_WORKSPACE_SIGN_IN] = { "dialog-password-symbolic", "warning" },
};

static char *
dup_accessible_name (GhWorkspaceRow *self, const char *state)
{
  const char *name = gh_workspace_get_name (self->workspace);

  if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->check)))
    /* Translators: a workspace, its state, and that it is among those selected. */
    return g_strdup_printf (_ ("%s, %s, selected"), name, state);

  return g_strdup_printf ("%s, %s", name, state);
}

static void
show_state (GhWorkspaceRow *self)
{
  GhWorkspaceState state = gh_workspace_get_state (self->workspace);
  guint n_drafted = gh_workspace_get_n_drafted (self->workspace);
  g_autofree char *words = gh_workspace_dup_state_text (self->workspace);
  g_autofree char *count = g_strdup_printf ("%u", n_drafted);
  g_autofree char *name = dup_accessible_name (self, words);
  gboolean was_read = gh_workspace_get_revision (self->workspace) > 0;
  Look look = state == GH_WORKSPACE_SYNCED && !was_read ? never_read : looks[state];
  const char *styles[] = { look.style, NULL };

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), look.icon_name);
  gtk_widget_set_css_classes (self->icon, styles);
  gtk_label_set_label (GTK_LABEL (self->state), words);
  gtk_label_set_label (GTK_LABEL (self->drafted), count);
  gtk_widget_set_visible (self->drafted, n_drafted > 0);
  gh_accessible_set_name (GTK_WIDGET (self), name);
}

static void
show_name (GhWorkspaceRow *self)
{
  const char *url = gh_workspace_get_url (self->workspace);

  gtk_label_set_label (GTK_LABEL (self->name), gh_workspace_get_name (self->workspace));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), url);
  show_state (self);
}

static GtkWidget *
create_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
gh_workspace_row_dispose (GObject *object)
{
  GhWorkspaceRow *self = GH_WORKSPACE_ROW (object);
  GtkWidget *child;

  gh_workspace_row_set_workspace (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (gh_workspace_row_parent_class)->dispose (object);
}

static void
gh_workspace_row_class_init (GhWorkspaceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_workspace_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
gh_workspace_row_init (GhWorkspaceRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  self->check = gtk_check_button_new ();
  gtk_widget_set_visible (self->check, FALSE);
  gtk_widget_set_focusable (self->check, FALSE);
  gtk_widget_set_can_target (self->check, FALSE); /* the whole row is clicked */
  gh_accessible_set_name (self->check, _ ("Selected"));
  gtk_widget_set_parent (self->check, GTK_WIDGET (self));
  self->icon = gtk_image_new ();
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_parent (words, GTK_WIDGET (self));
  self->name = create_label (words, NULL);
  self->state = create_label (words, "caption");
  gtk_widget_add_css_class (self->state, "dim-label");
  self->drafted = gtk_label_new (NULL);
  gtk_widget_set_valign (self->drafted, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->drafted, _ ("Drafted changes"));
  gtk_widget_add_css_class (self->drafted, "badge");
  gtk_widget_set_parent (self->drafted, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "workspace-row");
}

GtkWidget *
gh_workspace_row_new (void)
{
  return g_object_new (GH_TYPE_WORKSPACE_ROW, NULL);
}

void
gh_workspace_row_set_workspace (GhWorkspaceRow *self, GhWorkspace *workspace)
{
  g_return_if_fail (GH_IS_WORKSPACE_ROW (self));

  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  if (!g_set_object (&self->workspace, workspace) || workspace == NULL)
    return;

  g_signal_connect_swapped (workspace, "notify::name", G_CALLBACK (show_name), self);
  g_signal_connect_swapped (workspace, "notify::state-text", G_CALLBACK (show_state), self);
  g_signal_connect_swapped (workspace, "notify::state", G_CALLBACK (show_state), self);
  g_signal_connect_swapped (workspace, "notify::n-drafted", G_CALLBACK (show_state), self);
  show_name (self);
}

void
gh_workspace_row_set_selecting (GhWorkspaceRow *self, gboolean selecting, gboolean selected)
{
  g_return_if_fail (GH_IS_WORKSPACE_ROW (self));

  gtk_widget_set_visible (self->check, selecting);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), selecting && selected);
  if (self->workspace != NULL)
    show_state (self);
}
