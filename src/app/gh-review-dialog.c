/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks at the same context as the forms, so that a revert here shows at once in all of it. */

#include "gh-review-dialog.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-change-row.h"
#include "gh-community-note.h"
#include "gh-finding-list.h"
#include "gh-header-list.h"
#include "gh-header-rules.h"
#include "gh-plain-words.h"
#include "gh-score-view.h"

struct _GhReviewDialog
{
  AdwWindow parent_instance;

  GhWorkspace *workspace;    /* owned */
  GhFormContext *context;    /* owned */
  GhChanges *changes;        /* owned */
  GCancellable *cancellable; /* owned */
  gboolean applying;

  /* Template */
  AdwWindowTitle *title;
  GtkWidget *apply_button;
  GtkSpinner *spinner;
  GtkRevealer *message_revealer;
  GtkLabel *message_label;
  GtkListBox *changes_list;
  GhFindingList *finding_list;
  GhHeaderList *header_list;
  GhScoreView *score_view;
  GtkEditable *reason_row;
  AdwPreferencesGroup *name_group;
  GtkEditable *name_row;
};

enum
{
  SIGNAL_APPLIED,
  SIGNAL_CONFLICT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhReviewDialog, gh_review_dialog, ADW_TYPE_WINDOW)

static void
show_message (GhReviewDialog *self, const char *words)
{
  gtk_label_set_label (self->message_label, words != NULL ? words : "");
  gtk_revealer_set_reveal_child (self->message_revealer, words != NULL);
}

static gboolean
has_draft_finding (GhReviewDialog *self, GhSeverity severity)
{
  GPtrArray *findings = gh_form_context_get_findings (self->context);

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    if (((const GhFinding *) g_ptr_array_index (findings, i))->severity == severity)
      return TRUE;

  return FALSE;
}

static gboolean
must_type_name (GhReviewDialog *self)
{
  GhDocument *document = gh_form_context_get_document (self->context);
  g_autoptr (GhPolicy) after = gh_document_dup_policy (document);

  return gh_policy_is_irreversible (
    gh_document_get_base (document), after, gh_form_context_get_findings (self->context));
}

static void
update_apply (GhReviewDialog *self)
{
  const char *name = gh_workspace_get_name (self->workspace);
  gboolean named = !gtk_widget_get_visible (GTK_WIDGET (self->name_group))
                   || g_str_equal (gtk_editable_get_text (self->name_row), name);
  gboolean refused = has_draft_finding (self, GH_SEVERITY_ERROR);
  guint n_changes = g_list_model_get_n_items (G_LIST_MODEL (self->changes));

  gtk_widget_action_set_enabled (
    GTK_WIDGET (self), "review.apply", !self->applying && n_changes > 0 && named && !refused);
  if (refused)
    show_message (self,
                  _ ("This cannot be applied as it stands. Mend what is marked below first."));
}

static void
on_refreshed (GhReviewDialog *self)
{
  g_autofree char *words = NULL;

  if (gh_form_context_get_document (self->context) == NULL)
    return;

  words = g_strdup_printf (_ ("Type “%s” to say that you mean it."),
                           gh_workspace_get_name (self->workspace));
  gh_plain_words_describe_group (self->name_group, words);
  gtk_widget_set_visible (GTK_WIDGET (self->name_group), must_type_name (self));
  if (!self->applying)
    show_message (self, NULL);
  update_apply (self);
}

static void
on_revert_clicked (GtkButton *button, GhReviewDialog *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  guint index = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  g_autoptr (GhChange) change = g_list_model_get_item (G_LIST_MODEL (self->changes), index);

  if (change != NULL)
    gh_document_revert (gh_form_context_get_document (self->context),
                        gh_change_get_setting (change));
}

static GtkWidget *
create_revert_button (GhReviewDialog *self, const char *title)
{
  g_autofree char *words = g_strdup_printf (_ ("Take back the change of %s"), title);
  GtkWidget *button = gh_accessible_icon_button_new ("edit-undo-symbolic", words);

  gtk_widget_add_css_class (button, "circular");
  g_signal_connect (button, "clicked", G_CALLBACK (on_revert_clicked), self);
  return button;
}

/* A change does not reach the communities that have a value of their own. */
static void
tell_of_communities (GhReviewDialog *self, AdwActionRow *row, const GhSetting *setting)
{
  g_autofree char *words = gh_community_note_dup_kept (self->workspace, setting);
  g_autofree char *text = NULL;

  if (words == NULL)
    return;
  text = g_strdup_printf ("%s\n%s", adw_action_row_get_subtitle (row), words);
  adw_action_row_set_subtitle (row, text);
}

static GtkWidget *
create_change_row (gpointer item, gpointer user_data)
{
  const char *title = gh_setting_get_title (gh_change_get_setting (item));
  GtkWidget *row = gh_change_row_new (item);

  tell_of_communities (user_data, ADW_ACTION_ROW (row), gh_change_get_setting (item));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), create_revert_button (user_data, title));
  return row;
}

static void
set_applying (GhReviewDialog *self, gboolean applying)
{
  self->applying = applying;
  gtk_spinner_set_spinning (self->spinner, applying);
  gtk_widget_set_sensitive (GTK_WIDGET (self->changes_list), !applying);
  update_apply (self);
}

static void
announce_applied (GhReviewDialog *self, guint n_changes)
{
  g_autofree char *words
    = g_strdup_printf (ngettext ("%u change applied", "%u changes applied", n_changes), n_changes);

  g_signal_emit (self, signals[SIGNAL_APPLIED], 0, words);
}

static void
conclude (GhReviewDialog *self, GhApplyOutcome outcome, guint n_changes)
{
  switch (outcome)
    {
    case GH_APPLY_APPLIED:
      announce_applied (self, n_changes);
      break;
    case GH_APPLY_NOTHING:
      g_signal_emit (self, signals[SIGNAL_APPLIED], 0, _ ("There was nothing to apply"));
      break;
    case GH_APPLY_CONFLICT:
      g_signal_emit (self, signals[SIGNAL_CONFLICT], 0);
      break;
    case GH_APPLY_NOT_APPLIED:
      show_message (self,
                    _ ("The answer was lost on the way. The server says that nothing was "
                       "applied, and your draft is kept. Try again."));
      return;
    }

  gtk_window_close (GTK_WINDOW (self));
}

typedef struct
{
  GhReviewDialog *dialog; /* owned */
  guint n_changes;
} GhApplyCall;

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree GhApplyCall *call = user_data;
  g_autoptr (GhReviewDialog) self = call->dialog;
  g_autoptr (GError) error = NULL;
  GhApplyOutcome outcome = gh_workspace_apply_finish (GH_WORKSPACE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_applying (self, FALSE);
  if (error != NULL)
    show_message (self, error->message);
  else
    conclude (self, outcome, call->n_changes);
}

static void
apply (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhReviewDialog *self = GH_REVIEW_DIALOG (widget);
  const char *reason = gtk_editable_get_text (self->reason_row);
  GhApplyCall *call = g_new0 (GhApplyCall, 1);

  call->dialog = g_object_ref (self);
  call->n_changes = g_list_model_get_n_items (G_LIST_MODEL (self->changes));
  show_message (self, NULL);
  set_applying (self, TRUE);
  gh_workspace_apply_async (
    self->workspace, *reason != '\0' ? reason : NULL, FALSE, self->cancellable, on_applied, call);
}

static void
on_activated (GhReviewDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "review.apply", NULL);
}

static void
gh_review_dialog_dispose (GObject *object)
{
  GhReviewDialog *self = GH_REVIEW_DIALOG (object);

  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->changes);
  g_clear_object (&self->context);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (gh_review_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-review-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GhReviewDialog, title);
  gtk_widget_class_bind_template_child (widget_class, GhReviewDialog, apply_button);
  gtk_widget_class_bind_template_child (widget_class, GhReviewDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, GhReviewDialog, message_revealer);
  gtk_widget_class_bind_template_child (widget_class, GhReviewDialog, message_label);
  gtk_widget_class_bind_template_child (widget_class, GhReviewDialog, changes_list);
  gtk_widget_class_bind_template_child (widget_class, GhReviewDialog, finding_list);
  gtk_widget_class_bind_template_child (widget_class, GhReviewDialog, header_list);
  gtk_widget_class_bind_template_child (widget_class, GhReviewDialog, score_view);
  gtk_widget_class_bind_template_child (widget_class, GhReviewDialog, reason_row);
  gtk_widget_class_bind_template_child (widget_class, GhReviewDialog, name_group);
  gtk_widget_class_bind_template_child (widget_class, GhReviewDialog, name_row);
  gtk_widget_class_bind_template_callback (widget_class, update_apply);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
}

static void
gh_review_dialog_class_init (GhReviewDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_review_dialog_dispose;
  signals[SIGNAL_APPLIED] = g_signal_new ("applied",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          G_TYPE_STRING);
  signals[SIGNAL_CONFLICT] = g_signal_new (
    "conflict", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (GH_TYPE_HEADER_LIST);
  g_type_ensure (GH_TYPE_FINDING_LIST);
  g_type_ensure (GH_TYPE_SCORE_VIEW);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "review.apply", NULL, apply);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
gh_review_dialog_init (GhReviewDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
gh_review_dialog_new (GhWorkspace *workspace, GhFormContext *context)
{
  GhReviewDialog *self = g_object_new (GH_TYPE_REVIEW_DIALOG, NULL);

  self->workspace = g_object_ref (workspace);
  self->context = g_object_ref (context);
  self->changes = gh_changes_new (gh_form_context_get_document (context));
  adw_window_title_set_subtitle (self->title, gh_workspace_get_name (workspace));
  gtk_list_box_bind_model (
    self->changes_list, G_LIST_MODEL (self->changes), create_change_row, self, NULL);
  gh_header_list_set_context (self->header_list, context);
  gh_score_view_set_context (self->score_view, context);
  gh_finding_list_set_context (self->finding_list, context, GH_FINDINGS_OF_DRAFT);
  g_signal_connect_swapped (context, "refreshed", G_CALLBACK (on_refreshed), self);
  gh_accessible_name_groups (GTK_WIDGET (self));
  on_refreshed (self);
  return GTK_WINDOW (self);
}

guint
gh_review_dialog_get_n_changes (GhReviewDialog *self)
{
  g_return_val_if_fail (GH_IS_REVIEW_DIALOG (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->changes));
}

char *
gh_review_dialog_dup_text (GhReviewDialog *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *headers = NULL;
  g_autofree char *findings = NULL;

  g_return_val_if_fail (GH_IS_REVIEW_DIALOG (self), NULL);

  for (guint i = 0; i < gh_review_dialog_get_n_changes (self); i++)
    {
      g_autoptr (GhChange) change = g_list_model_get_item (G_LIST_MODEL (self->changes), i);
      g_autofree char *words = gh_change_row_dup_text (change);

      g_string_append_printf (
        text, "%s: %s\n", gh_setting_get_title (gh_change_get_setting (change)), words);
    }

  headers = gh_header_list_dup_text (self->header_list);
  findings = gh_finding_list_dup_text (self->finding_list);
  g_string_append_printf (text, "%s%s", headers, findings);
  if (gtk_widget_get_visible (GTK_WIDGET (self->score_view)))
    {
      g_autofree char *tests = gh_score_view_dup_text (self->score_view);

      g_string_append_printf (text, "%s\n%s", gh_score_view_get_grade (self->score_view), tests);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
gh_review_dialog_set_reason (GhReviewDialog *self, const char *reason)
{
  g_return_if_fail (GH_IS_REVIEW_DIALOG (self));

  gtk_editable_set_text (self->reason_row, reason);
}

void
gh_review_dialog_type_name (GhReviewDialog *self, const char *name)
{
  g_return_if_fail (GH_IS_REVIEW_DIALOG (self));

  gtk_editable_set_text (self->name_row, name);
}

gboolean
gh_review_dialog_asks_for_name (GhReviewDialog *self)
{
  g_return_val_if_fail (GH_IS_REVIEW_DIALOG (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self->name_group));
}

gboolean
gh_review_dialog_can_apply (GhReviewDialog *self)
{
  g_return_val_if_fail (GH_IS_REVIEW_DIALOG (self), FALSE);

  return gtk_widget_get_sensitive (self->apply_button);
}

const char *
gh_review_dialog_get_message (GhReviewDialog *self)
{
  g_return_val_if_fail (GH_IS_REVIEW_DIALOG (self), NULL);

  return gtk_label_get_label (self->message_label);
}
