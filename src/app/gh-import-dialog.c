/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compares with the draft that is there, for that is what the policy comes over. */

#include "gh-import-dialog.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-chooser.h"
#include "gh-difference-view.h"

struct _GhImportDialog
{
  AdwWindow parent_instance;

  GhPolicy *policy;          /* owned */
  GhWorkspace *workspace;    /* owned, or NULL */
  GhDocument *document;      /* owned: the one that is followed, or NULL */
  GCancellable *cancellable; /* owned, of the workspace that is opened, or NULL */
  guint show_source;

  /* Template */
  AdwWindowTitle *title;
  GtkWidget *import_button;
  GtkRevealer *message_revealer;
  GtkLabel *message_label;
  GtkDropDown *chooser;
  GhDifferenceView *difference;
};

enum
{
  SIGNAL_IMPORTED,
  SIGNAL_GO_TO,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhImportDialog, gh_import_dialog, ADW_TYPE_WINDOW)

static void
show_message (GhImportDialog *self, const char *words)
{
  gtk_label_set_label (self->message_label, words != NULL ? words : "");
  gtk_revealer_set_reveal_child (self->message_revealer, words != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.draft", words == NULL);
}

/* Why it cannot be imported there, or NULL. */
static const char *
find_obstacle (GhImportDialog *self)
{
  if (!gh_workspace_get_can_write (self->workspace))
    return _ ("Your role may only read this workspace.");
  if (gh_workspace_get_conflicts (self->workspace)->len > 0)
    return _ ("Conflicts wait for a choice there: resolve them first.");
  if (gh_difference_view_get_n_changes (self->difference) == 0)
    return _ ("This workspace has these values already.");

  return NULL;
}

static gboolean
on_show (gpointer user_data)
{
  GhImportDialog *self = user_data;
  g_autoptr (GhPolicy) before = gh_document_dup_policy (self->document);

  self->show_source = 0;
  gh_difference_view_set_policies (
    self->difference, before, self->policy, gh_workspace_get_url (self->workspace));
  show_message (self, find_obstacle (self));
  return G_SOURCE_REMOVE;
}

static void
queue_show (GhImportDialog *self)
{
  if (self->show_source == 0)
    self->show_source = g_idle_add (on_show, self);
}

static void
follow (GhImportDialog *self, GhDocument *document)
{
  g_clear_handle_id (&self->show_source, g_source_remove);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_set_object (&self->document, document);
  if (document == NULL)
    return;

  g_signal_connect_swapped (document, "changed", G_CALLBACK (queue_show), self);
  on_show (self);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GhImportDialog *self = user_data;
  g_autoptr (GError) error = NULL;

  if (gh_workspace_open_finish (GH_WORKSPACE (source), result, &error))
    follow (self, gh_workspace_get_document (self->workspace));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_message (self, error->message);
}

static void
leave_workspace (GhImportDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  follow (self, NULL);
  g_clear_object (&self->workspace);
}

static void
on_chosen (GhImportDialog *self)
{
  GhWorkspace *workspace = gtk_drop_down_get_selected_item (self->chooser);

  if (workspace == self->workspace)
    return;

  leave_workspace (self);
  gh_difference_view_set_policies (self->difference, NULL, NULL, NULL);
  show_message (self, workspace != NULL ? _ ("Opening…") : _ ("Choose a workspace."));
  if (workspace == NULL)
    return;

  self->workspace = g_object_ref (workspace);
  self->cancellable = g_cancellable_new ();
  gh_workspace_open_async (workspace, self->cancellable, on_opened, self);
}

static void
import (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhImportDialog *self = GH_IMPORT_DIALOG (widget);
  g_autoptr (GhDocument) document = g_object_ref (self->document);
  g_autoptr (GhWorkspace) workspace = g_object_ref (self->workspace);
  guint n_changes = gh_difference_view_get_n_changes (self->difference);

  leave_workspace (self);
  gh_document_set_policy (document, self->policy);
  g_signal_emit (self, signals[SIGNAL_IMPORTED], 0, workspace, n_changes);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_go_to (GhImportDialog *self, const char *field)
{
  g_autofree char *wanted = g_strdup (field);

  g_signal_emit (self, signals[SIGNAL_GO_TO], 0, self->workspace, wanted);
  gtk_window_close (GTK_WINDOW (self));
}

static void
gh_import_dialog_dispose (GObject *object)
{
  GhImportDialog *self = GH_IMPORT_DIALOG (object);

  leave_workspace (self);
  g_clear_pointer (&self->policy, gh_policy_unref);

  G_OBJECT_CLASS (gh_import_dialog_parent_class)->dispose (object);
}

static void
install_signals (GhImportDialogClass *klass)
{
  signals[SIGNAL_IMPORTED] = g_signal_new ("imported",
                                           G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL,
                                           G_TYPE_NONE,
                                           2,
                                           GH_TYPE_WORKSPACE,
                                           G_TYPE_UINT);
  signals[SIGNAL_GO_TO] = g_signal_new ("go-to",
                                        G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST,
                                        0,
                                        NULL,
                                        NULL,
                                        NULL,
                                        G_TYPE_NONE,
                                        2,
                                        GH_TYPE_WORKSPACE,
                                        G_TYPE_STRING);
}

static void
gh_import_dialog_class_init (GhImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_import_dialog_dispose;
  install_signals (klass);
  g_type_ensure (GH_TYPE_DIFFERENCE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GhImportDialog, title);
  gtk_widget_class_bind_template_child (widget_class, GhImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, GhImportDialog, message_revealer);
  gtk_widget_class_bind_template_child (widget_class, GhImportDialog, message_label);
  gtk_widget_class_bind_template_child (widget_class, GhImportDialog, chooser);
  gtk_widget_class_bind_template_child (widget_class, GhImportDialog, difference);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_go_to);
  gtk_widget_class_install_action (widget_class, "import.draft", NULL, import);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
gh_import_dialog_init (GhImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_message (self, _ ("Choose a workspace."));
}

static GhWorkspace *
find_writable (GListModel *fleet)
{
  for (guint i = 0; i < g_list_model_get_n_items (fleet); i++)
    {
      g_autoptr (GhWorkspace) workspace = g_list_model_get_item (fleet, i);

      if (gh_workspace_get_can_write (workspace))
        return workspace;
    }

  return NULL;
}

GtkWindow *
gh_import_dialog_new (GhFleet *fleet, GhPolicy *policy, const char *name, GhWorkspace *workspace)
{
  GhImportDialog *self = g_object_new (GH_TYPE_IMPORT_DIALOG, NULL);

  self->policy = gh_policy_ref (policy);
  adw_window_title_set_subtitle (self->title, name);
  gh_chooser_set_up (
    self->chooser, G_LIST_MODEL (fleet), gh_chooser_dup_workspace_title, _ ("Workspace"));
  gh_import_dialog_choose (self,
                           workspace != NULL ? workspace : find_writable (G_LIST_MODEL (fleet)));
  return GTK_WINDOW (self);
}

void
gh_import_dialog_choose (GhImportDialog *self, GhWorkspace *workspace)
{
  g_return_if_fail (GH_IS_IMPORT_DIALOG (self));

  gh_chooser_select (self->chooser, workspace);
  on_chosen (self);
}

gboolean
gh_import_dialog_can_import (GhImportDialog *self)
{
  g_return_val_if_fail (GH_IS_IMPORT_DIALOG (self), FALSE);

  return gtk_widget_get_sensitive (self->import_button);
}

char *
gh_import_dialog_dup_text (GhImportDialog *self)
{
  g_return_val_if_fail (GH_IS_IMPORT_DIALOG (self), NULL);

  return gh_difference_view_dup_text (self->difference);
}
