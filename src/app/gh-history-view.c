/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks the server when it is seen, and again when the revision moved. */

#include "gh-history-view.h"

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-audit-dialog.h"
#include "gh-plain-words.h"
#include "gh-revision-text.h"
#include "gh-revisions-dialog.h"
#include "gh-row-box.h"
#include "gh-window.h"

#define MAXIMUM_ROWS 200

struct _GhHistoryView
{
  AdwBin parent_instance;

  GhWorkspace *workspace;    /* owned, or NULL */
  GPtrArray *revisions;      /* owned, of GhRevision, newest first; or NULL */
  GCancellable *cancellable; /* owned, or NULL when nothing is asked */

  /* Template */
  GtkStack *stack;
  AdwStatusPage *words_page;
  GtkListBox *list;
  GtkWidget *compare_button;
};

enum
{
  SIGNAL_DRAFTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhHistoryView, gh_history_view, ADW_TYPE_BIN)

static void
show_words (GhHistoryView *self, const char *words)
{
  gh_plain_words_describe_page (self->words_page, words);
  gtk_stack_set_visible_child_name (self->stack, "words");
}

static void
stop_asking (GhHistoryView *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
append_sentence (GString *words, const char *sentence)
{
  if (sentence == NULL || *sentence == '\0')
    return;
  if (words->len > 0)
    g_string_append_c (words, '\n');
  g_string_append (words, sentence);
}

static void
on_revision (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GhHistoryView *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GhRemotePolicy) remote
    = gh_client_get_revision_finish (GH_CLIENT (source), result, &error);
  GhDocument *document;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  document = gh_workspace_get_document (self->workspace);
  if (remote == NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
  else if (document != NULL && remote->policy != NULL)
    {
      gh_document_set_policy (document, remote->policy);
      g_signal_emit (self, signals[SIGNAL_DRAFTED], 0);
    }
}

static void
on_restore_clicked (GtkButton *button, GhHistoryView *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);

  gh_history_view_restore (self, (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
}

static GtkWidget *
create_restore_button (GhHistoryView *self, const GhRevision *revision)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Restore…"));
  g_autofree char *name = g_strdup_printf (_ ("Restore revision %" PRId64), revision->revision);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, gh_workspace_get_can_write (self->workspace));
  gtk_widget_set_tooltip_text (button, _ ("Drafts what this revision had, to be reviewed"));
  gh_accessible_set_name (button, name);
  g_signal_connect (button, "clicked", G_CALLBACK (on_restore_clicked), self);
  return button;
}

static GtkWidget *
create_row (GhHistoryView *self, const GhRevision *revision, gboolean current)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *when = gh_revision_dup_time (revision);
  g_autofree char *fields = gh_revision_dup_fields (revision->changed_fields);
  g_autofree char *title = gh_revision_dup_title (revision);
  g_autoptr (GString) words = g_string_new (when);

  append_sentence (words, revision->reason);
  append_sentence (words, fields);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (row, _ ("Compare this revision with another"));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words->str);
  if (current)
    {
      GtkWidget *label = gtk_label_new (_ ("now"));

      gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (label, "badge");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  else
    {
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_restore_button (self, revision));
    }
  return row;
}

/* A revision beside the one that holds now, or that one beside the one before it. */
static void
compare (GhHistoryView *self, guint index)
{
  guint before = index > 0 ? index : MIN (1, self->revisions->len - 1);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.compare-revisions", "(uu)", before, 0);
}

static void
on_row_activated (GhHistoryView *self, GtkListBoxRow *row)
{
  compare (self, (guint) gtk_list_box_row_get_index (row));
}

static void
on_compare_clicked (GhHistoryView *self)
{
  compare (self, 0);
}

static void
on_audit_clicked (GhHistoryView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gh_window_present_dialog (GH_WINDOW (root), gh_audit_dialog_new (self->workspace));
}

static void
fill_list (GhHistoryView *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < MIN (self->revisions->len, MAXIMUM_ROWS); i++)
    gtk_list_box_append (self->list,
                         create_row (self, g_ptr_array_index (self->revisions, i), i == 0));
  gtk_widget_set_sensitive (self->compare_button, self->revisions->len > 1);
  gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
on_revisions (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GhHistoryView *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) revisions
    = gh_client_list_revisions_finish (GH_CLIENT (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (revisions == NULL)
    {
      show_words (self, error->message);
      return;
    }

  g_clear_pointer (&self->revisions, g_ptr_array_unref);
  self->revisions = g_steal_pointer (&revisions);
  fill_list (self);
}

static void
ask (GhHistoryView *self)
{
  GhClient *client = self->workspace != NULL ? gh_workspace_get_client (self->workspace) : NULL;

  stop_asking (self);
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || self->workspace == NULL)
    return;
  if (client == NULL)
    {
      show_words (self, _ ("The history is on the server, which cannot be asked now."));
      return;
    }

  self->cancellable = g_cancellable_new ();
  gh_client_list_revisions_async (
    client, gh_workspace_get_id (self->workspace), self->cancellable, on_revisions, self);
}

static void
gh_history_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gh_history_view_parent_class)->map (widget);

  ask (GH_HISTORY_VIEW (widget));
}

static void
gh_history_view_dispose (GObject *object)
{
  GhHistoryView *self = GH_HISTORY_VIEW (object);

  stop_asking (self);
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->revisions, g_ptr_array_unref);

  G_OBJECT_CLASS (gh_history_view_parent_class)->dispose (object);
}

static void
gh_history_view_class_init (GhHistoryViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_history_view_dispose;
  widget_class->map = gh_history_view_map;
  signals[SIGNAL_DRAFTED] = g_signal_new (
    "drafted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (GH_TYPE_ROW_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-history-view.ui");
  gtk_widget_class_bind_template_child (widget_class, GhHistoryView, stack);
  gtk_widget_class_bind_template_child (widget_class, GhHistoryView, words_page);
  gtk_widget_class_bind_template_child (widget_class, GhHistoryView, list);
  gtk_widget_class_bind_template_child (widget_class, GhHistoryView, compare_button);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_compare_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_audit_clicked);
}

static void
gh_history_view_init (GhHistoryView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gh_history_view_new (void)
{
  return g_object_new (GH_TYPE_HISTORY_VIEW, NULL);
}

void
gh_history_view_set_workspace (GhHistoryView *self, GhWorkspace *workspace)
{
  g_return_if_fail (GH_IS_HISTORY_VIEW (self));

  stop_asking (self);
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  g_clear_pointer (&self->revisions, g_ptr_array_unref);
  g_set_object (&self->workspace, workspace);
  show_words (self, NULL);
  if (workspace == NULL)
    return;

  g_signal_connect_swapped (workspace, "notify::revision", G_CALLBACK (ask), self);
  ask (self);
}

guint
gh_history_view_get_n_revisions (GhHistoryView *self)
{
  g_return_val_if_fail (GH_IS_HISTORY_VIEW (self), 0);

  return self->revisions != NULL ? self->revisions->len : 0;
}

void
gh_history_view_restore (GhHistoryView *self, guint index)
{
  const GhRevision *revision;
  GhClient *client;

  g_return_if_fail (GH_IS_HISTORY_VIEW (self));
  g_return_if_fail (self->revisions != NULL && index < self->revisions->len);

  revision = g_ptr_array_index (self->revisions, index);
  client = gh_workspace_get_client (self->workspace);
  if (client == NULL)
    return;

  stop_asking (self);
  self->cancellable = g_cancellable_new ();
  gh_client_get_revision_async (client,
                                gh_workspace_get_id (self->workspace),
                                revision->revision,
                                self->cancellable,
                                on_revision,
                                self);
}

GtkWindow *
gh_history_view_compare (GhHistoryView *self, guint before, guint after)
{
  g_return_val_if_fail (GH_IS_HISTORY_VIEW (self), NULL);

  if (self->revisions == NULL || MAX (before, after) >= self->revisions->len)
    return NULL;

  return gh_revisions_dialog_new (self->workspace, self->revisions, before, after);
}
