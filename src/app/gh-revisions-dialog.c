/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks the server for the policy of each side when it is chosen. */

#include "gh-revisions-dialog.h"

#include <glib/gi18n-lib.h>

#include "gh-chooser.h"
#include "gh-difference-view.h"
#include "gh-revision-text.h"

typedef struct
{
  GhRevisionsDialog *dialog; /* borrowed */
  GtkDropDown *chooser;      /* borrowed: the template's */
  GhPolicy *policy;          /* owned, or NULL until it is there */
  GCancellable *cancellable; /* owned, or NULL when nothing is asked */
  guint chosen;              /* place of the revision that was asked for */
} GhRevisionSide;

enum
{
  SIDE_BEFORE,
  SIDE_AFTER,
  N_SIDES,
};

struct _GhRevisionsDialog
{
  AdwWindow parent_instance;

  GhWorkspace *workspace; /* owned */
  GPtrArray *revisions;   /* owned, of GhRevision */
  GhRevisionSide sides[N_SIDES];

  /* Template */
  AdwWindowTitle *title;
  GtkRevealer *message_revealer;
  GtkLabel *message_label;
  GtkDropDown *before_chooser;
  GtkDropDown *after_chooser;
  GhDifferenceView *difference;
};

enum
{
  SIGNAL_GO_TO,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhRevisionsDialog, gh_revisions_dialog, ADW_TYPE_WINDOW)

static void
show_message (GhRevisionsDialog *self, const char *words)
{
  gtk_label_set_label (self->message_label, words != NULL ? words : "");
  gtk_revealer_set_reveal_child (self->message_revealer, words != NULL);
}

static void
show_difference (GhRevisionsDialog *self)
{
  GhPolicy *before = self->sides[SIDE_BEFORE].policy;
  GhPolicy *after = self->sides[SIDE_AFTER].policy;

  if (before == NULL || after == NULL)
    return;

  gh_difference_view_set_policies (
    self->difference, before, after, gh_workspace_get_url (self->workspace));
  show_message (self,
                gh_difference_view_get_n_changes (self->difference) == 0
                  ? _ ("These revisions have the same settings.")
                  : NULL);
}

static void
on_revision (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GhRevisionSide *side = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GhRemotePolicy) remote
    = gh_client_get_revision_finish (GH_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&side->cancellable);
  if (remote == NULL)
    {
      show_message (side->dialog, error->message);
      return;
    }

  side->policy = gh_policy_ref (remote->policy);
  show_difference (side->dialog);
}

static void
clear_side (GhRevisionSide *side)
{
  g_cancellable_cancel (side->cancellable);
  g_clear_object (&side->cancellable);
  g_clear_pointer (&side->policy, gh_policy_unref);
}

static void
ask (GhRevisionsDialog *self, GhRevisionSide *side)
{
  const GhRevision *revision = g_ptr_array_index (self->revisions, side->chosen);
  GhClient *client = gh_workspace_get_client (self->workspace);

  clear_side (side);
  gh_difference_view_set_policies (self->difference, NULL, NULL, NULL);
  if (client == NULL)
    {
      show_message (self, _ ("The history is on the server, which cannot be asked now."));
      return;
    }

  show_message (self, _ ("Reading…"));
  side->cancellable = g_cancellable_new ();
  gh_client_get_revision_async (client,
                                gh_workspace_get_id (self->workspace),
                                revision->revision,
                                side->cancellable,
                                on_revision,
                                side);
}

/* What failed is asked for again with the other side. */
static void
on_chosen (GhRevisionsDialog *self)
{
  for (guint i = 0; i < N_SIDES; i++)
    {
      GhRevisionSide *side = &self->sides[i];
      guint chosen = gtk_drop_down_get_selected (side->chooser);

      if (chosen >= self->revisions->len
          || (chosen == side->chosen && (side->policy != NULL || side->cancellable != NULL)))
        continue;
      side->chosen = chosen;
      ask (self, side);
    }
}

static void
on_go_to (GhRevisionsDialog *self, const char *field)
{
  g_autofree char *wanted = g_strdup (field);

  g_signal_emit (self, signals[SIGNAL_GO_TO], 0, wanted);
  gtk_window_close (GTK_WINDOW (self));
}

static void
gh_revisions_dialog_dispose (GObject *object)
{
  GhRevisionsDialog *self = GH_REVISIONS_DIALOG (object);

  for (guint i = 0; i < N_SIDES; i++)
    clear_side (&self->sides[i]);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->revisions, g_ptr_array_unref);

  G_OBJECT_CLASS (gh_revisions_dialog_parent_class)->dispose (object);
}

static void
gh_revisions_dialog_class_init (GhRevisionsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_revisions_dialog_dispose;
  signals[SIGNAL_GO_TO] = g_signal_new ("go-to",
                                        G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST,
                                        0,
                                        NULL,
                                        NULL,
                                        NULL,
                                        G_TYPE_NONE,
                                        1,
                                        G_TYPE_STRING);
  g_type_ensure (GH_TYPE_DIFFERENCE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-revisions-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GhRevisionsDialog, title);
  gtk_widget_class_bind_template_child (widget_class, GhRevisionsDialog, message_revealer);
  gtk_widget_class_bind_template_child (widget_class, GhRevisionsDialog, message_label);
  gtk_widget_class_bind_template_child (widget_class, GhRevisionsDialog, before_chooser);
  gtk_widget_class_bind_template_child (widget_class, GhRevisionsDialog, after_chooser);
  gtk_widget_class_bind_template_child (widget_class, GhRevisionsDialog, difference);
  gtk_widget_class_bind_template_callback (widget_class, on_go_to);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
gh_revisions_dialog_init (GhRevisionsDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->sides[SIDE_BEFORE].chooser = self->before_chooser;
  self->sides[SIDE_AFTER].chooser = self->after_chooser;
  for (guint i = 0; i < N_SIDES; i++)
    self->sides[i].dialog = self;
}

static void
fill_choosers (GhRevisionsDialog *self)
{
  const char *const names[] = { _ ("Before"), _ ("After") };
  g_autoptr (GtkStringList) lines = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->revisions->len; i++)
    gtk_string_list_take (lines, gh_revision_dup_line (g_ptr_array_index (self->revisions, i)));
  for (guint i = 0; i < N_SIDES; i++)
    {
      GtkDropDown *chooser = self->sides[i].chooser;

      gh_chooser_set_up (chooser, G_LIST_MODEL (lines), gh_chooser_dup_string, names[i]);
      g_signal_connect_object (
        chooser, "notify::selected", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
    }
}

GtkWindow *
gh_revisions_dialog_new (GhWorkspace *workspace, GPtrArray *revisions, guint before, guint after)
{
  GhRevisionsDialog *self = g_object_new (GH_TYPE_REVISIONS_DIALOG, NULL);

  self->workspace = g_object_ref (workspace);
  self->revisions = g_ptr_array_ref (revisions);
  adw_window_title_set_subtitle (self->title, gh_workspace_get_name (workspace));
  fill_choosers (self);
  gh_revisions_dialog_choose (self, before, after);
  return GTK_WINDOW (self);
}

void
gh_revisions_dialog_choose (GhRevisionsDialog *self, guint before, guint after)
{
  g_return_if_fail (GH_IS_REVISIONS_DIALOG (self));

  gtk_drop_down_set_selected (self->before_chooser, before);
  gtk_drop_down_set_selected (self->after_chooser, after);
  on_chosen (self);
}

const char *
gh_revisions_dialog_get_message (GhRevisionsDialog *self)
{
  g_return_val_if_fail (GH_IS_REVISIONS_DIALOG (self), NULL);

  return gtk_label_get_label (self->message_label);
}

char *
gh_revisions_dialog_dup_text (GhRevisionsDialog *self)
{
  g_return_val_if_fail (GH_IS_REVISIONS_DIALOG (self), NULL);

  return gh_difference_view_dup_text (self->difference);
}
