/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each choice makes a plan of its own; the one before it is given up. */

#include "gh-plan-dialog.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-bulk-choice.h"
#include "gh-bulk-list.h"
#include "gh-chooser.h"

struct _GhPlanDialog
{
  AdwWindow parent_instance;

  GhFleet *fleet;            /* owned */
  GPtrArray *workspaces;     /* owned, of GhWorkspace */
  GPtrArray *choices;        /* owned, of GhBulkChoice */
  GhPlan *plan;              /* owned, or NULL */
  GCancellable *cancellable; /* owned: of the plan, or of reading the choices */
  guint chosen;
  gboolean finished;

  /* Template */
  AdwWindowTitle *title;
  GtkWidget *apply_button;
  GtkDropDown *chooser;
  GtkLabel *summary;
  GtkProgressBar *progress;
  GtkListView *list_view;
  GtkEditable *reason_entry;
  GtkWidget *confirm_box;
  GtkLabel *confirm_label;
  GtkEditable *confirm_entry;
};

enum
{
  SIGNAL_JOB,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhPlanDialog, gh_plan_dialog, ADW_TYPE_WINDOW)

/* Takes sentence. */
static void
append (GString *words, char *sentence)
{
  if (words->len > 0)
    g_string_append_c (words, ' ');
  g_string_append (words, sentence);
  g_free (sentence);
}

/* What wants care among those that would change. */
static void
append_care (GString *words, const GhPlanCounts *counts)
{
  if (counts->n_risky > 0)
    append (
      words,
      g_strdup_printf (
        ngettext ("There is a warning about %u.", "There are warnings about %u.", counts->n_risky),
        counts->n_risky));
  if (counts->n_own > 0)
    append (
      words,
      g_strdup_printf (ngettext ("%u has drafted changes of its own, which are applied too.",
                                 "%u have drafted changes of their own, which are applied too.",
                                 counts->n_own),
                       counts->n_own));
}

static char *
dup_summary (GhPlanDialog *self, const GhPlanCounts *counts)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (!self->finished)
    return g_strdup_printf (
      _ ("Asking the servers: %u of %u"), counts->n_looked_at, self->workspaces->len);

  append (words,
          g_strdup_printf (
            ngettext ("%u workspace would change.", "%u workspaces would change.", counts->n_ready),
            counts->n_ready));
  if (counts->n_nothing > 0)
    append (words,
            g_strdup_printf (ngettext ("%u has these values already.",
                                       "%u have these values already.",
                                       counts->n_nothing),
                             counts->n_nothing));
  if (counts->n_refused > 0)
    append (words,
            g_strdup_printf (ngettext ("%u cannot be changed; the list says why.",
                                       "%u cannot be changed; the list says why.",
                                       counts->n_refused),
                             counts->n_refused));
  append_care (words, counts);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* Typed in full where it is hard to undo: the number of workspaces that it is done to. */
static gboolean
is_confirmed (GhPlanDialog *self, const GhPlanCounts *counts)
{
  g_autofree char *number = g_strdup_printf ("%u", counts->n_ready);

  return counts->n_irreversible == 0
         || g_str_equal (gtk_editable_get_text (self->confirm_entry), number);
}

static void
show_confirm (GhPlanDialog *self, const GhPlanCounts *counts)
{
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->confirm_box, self->finished && counts->n_irreversible > 0);
  words = g_strdup_printf (ngettext ("This is hard to undo in %u workspace. Type “%u”, the "
                                     "number of workspaces, to say that you mean it.",
                                     "This is hard to undo in %u workspaces. Type “%u”, the "
                                     "number of workspaces, to say that you mean it.",
                                     counts->n_irreversible),
                           counts->n_irreversible,
                           counts->n_ready);
  gtk_label_set_label (self->confirm_label, words);
}

static void
update_apply (GhPlanDialog *self)
{
  GhPlanCounts counts = { 0 };

  if (self->plan != NULL)
    counts = gh_plan_count (self->plan);
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "plan.apply",
                                 self->finished && counts.n_ready > 0
                                   && is_confirmed (self, &counts));
}

static void
on_counted (GhPlanDialog *self)
{
  GhPlanCounts counts = gh_plan_count (self->plan);
  g_autofree char *summary = dup_summary (self, &counts);

  gtk_label_set_label (self->summary, summary);
  gtk_progress_bar_set_fraction (self->progress,
                                 (double) counts.n_looked_at / MAX (1, self->workspaces->len));
  gtk_widget_set_visible (GTK_WIDGET (self->progress), !self->finished);
  show_confirm (self, &counts);
  update_apply (self);
}

static void
on_finished (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GhPlanDialog *self = user_data;

  /* Only a plan that is given up, perhaps with the dialog, ends with an error. */
  if (!gh_plan_run_finish (GH_PLAN (source), result, NULL))
    return;

  self->finished = TRUE;
  on_counted (self);
}

static void
give_up (GhPlanDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->plan != NULL)
    g_signal_handlers_disconnect_by_data (self->plan, self);
  g_clear_object (&self->plan);
  self->finished = FALSE;
}

static void
start (GhPlanDialog *self)
{
  const GhBulkChoice *choice = g_ptr_array_index (self->choices, self->chosen);

  give_up (self);
  self->cancellable = g_cancellable_new ();
  self->plan = gh_plan_new (self->workspaces, choice->changes);
  g_signal_connect_swapped (self->plan, "counted", G_CALLBACK (on_counted), self);
  gh_bulk_list_set_model (self->list_view, G_LIST_MODEL (self->plan));
  gtk_editable_set_text (self->confirm_entry, "");
  on_counted (self);
  gh_plan_run_async (self->plan, self->cancellable, on_finished, self);
}

static void
on_chosen (GhPlanDialog *self)
{
  guint chosen = gtk_drop_down_get_selected (self->chooser);

  if (chosen >= self->choices->len || (chosen == self->chosen && self->plan != NULL))
    return;

  self->chosen = chosen;
  start (self);
}

static void
fill_chooser (GhPlanDialog *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->choices->len; i++)
    {
      const GhBulkChoice *choice = g_ptr_array_index (self->choices, i);

      /* Translators: what can be applied, and a sentence more about it. */
      gtk_string_list_take (titles, g_strdup_printf (_ ("%s: %s"), choice->title, choice->words));
    }
  gh_chooser_set_up (
    self->chooser, G_LIST_MODEL (titles), gh_chooser_dup_string, _ ("What to apply"));
  on_chosen (self);
}

static void
on_baselines (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GhPlanDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) baselines
    = gh_baseline_store_list_finish (GH_DATABASE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  for (guint i = 0; baselines != NULL && i < baselines->len; i++)
    g_ptr_array_add (self->choices, gh_bulk_choice_new_baseline (g_ptr_array_index (baselines, i)));
  g_ptr_array_add (self->choices, gh_bulk_choice_new_own ());
  fill_chooser (self);
}

static void
apply (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhPlanDialog *self = GH_PLAN_DIALOG (widget);
  const GhBulkChoice *choice = g_ptr_array_index (self->choices, self->chosen);
  const char *reason = gtk_editable_get_text (self->reason_entry);
  g_autoptr (GPtrArray) ready = gh_plan_dup_ready (self->plan);
  g_autoptr (GhJob) job = gh_job_new (
    self->fleet, ready, choice->changes, choice->title, *reason != '\0' ? reason : NULL);

  g_signal_emit (self, signals[SIGNAL_JOB], 0, job);
  gtk_window_close (GTK_WINDOW (self));
}

static void
gh_plan_dialog_dispose (GObject *object)
{
  GhPlanDialog *self = GH_PLAN_DIALOG (object);

  give_up (self);
  g_clear_object (&self->fleet);
  g_clear_pointer (&self->workspaces, g_ptr_array_unref);
  g_clear_pointer (&self->choices, g_ptr_array_unref);

  G_OBJECT_CLASS (gh_plan_dialog_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-plan-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GhPlanDialog, title);
  gtk_widget_class_bind_template_child (widget_class, GhPlanDialog, apply_button);
  gtk_widget_class_bind_template_child (widget_class, GhPlanDialog, chooser);
  gtk_widget_class_bind_template_child (widget_class, GhPlanDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, GhPlanDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, GhPlanDialog, list_view);
  gtk_widget_class_bind_template_child (widget_class, GhPlanDialog, reason_entry);
  gtk_widget_class_bind_template_child (widget_class, GhPlanDialog, confirm_box);
  gtk_widget_class_bind_template_child (widget_class, GhPlanDialog, confirm_label);
  gtk_widget_class_bind_template_child (widget_class, GhPlanDialog, confirm_entry);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, update_apply);
}

static void
gh_plan_dialog_class_init (GhPlanDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_plan_dialog_dispose;
  signals[SIGNAL_JOB] = g_signal_new ("job",
                                      G_TYPE_FROM_CLASS (klass),
                                      G_SIGNAL_RUN_LAST,
                                      0,
                                      NULL,
                                      NULL,
                                      NULL,
                                      G_TYPE_NONE,
                                      1,
                                      GH_TYPE_JOB);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "plan.apply", NULL, apply);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
gh_plan_dialog_init (GhPlanDialog *self)
{
  self->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_bulk_choice_free);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gh_bulk_list_set_up (self->list_view);
  gh_accessible_set_name (GTK_WIDGET (self->reason_entry), _ ("Reason"));
  gh_accessible_set_name (GTK_WIDGET (self->confirm_entry), _ ("Number of workspaces"));
  update_apply (self);
}

GtkWindow *
gh_plan_dialog_new (GhFleet *fleet, GPtrArray *workspaces, GhWorkspace *open)
{
  GhPlanDialog *self = g_object_new (GH_TYPE_PLAN_DIALOG, NULL);
  GhDocument *document = open != NULL ? gh_workspace_get_document (open) : NULL;
  g_autofree char *subtitle = g_strdup_printf (
    ngettext ("%u workspace", "%u workspaces", workspaces->len), workspaces->len);

  self->fleet = g_object_ref (fleet);
  self->workspaces = g_ptr_array_ref (workspaces);
  adw_window_title_set_subtitle (self->title, subtitle);
  if (document != NULL && gh_document_get_n_drafted (document) > 0)
    g_ptr_array_add (self->choices, gh_bulk_choice_new_draft (open));
  gh_baseline_store_list_async (
    gh_fleet_get_database (fleet), self->cancellable, on_baselines, self);
  return GTK_WINDOW (self);
}

guint
gh_plan_dialog_get_n_choices (GhPlanDialog *self)
{
  g_return_val_if_fail (GH_IS_PLAN_DIALOG (self), 0);

  return self->plan != NULL ? self->choices->len : 0;
}

void
gh_plan_dialog_choose (GhPlanDialog *self, guint choice)
{
  g_return_if_fail (GH_IS_PLAN_DIALOG (self));

  gtk_drop_down_set_selected (self->chooser, choice);
}

gboolean
gh_plan_dialog_can_apply (GhPlanDialog *self)
{
  g_return_val_if_fail (GH_IS_PLAN_DIALOG (self), FALSE);

  return gtk_widget_get_sensitive (self->apply_button);
}

const char *
gh_plan_dialog_get_summary (GhPlanDialog *self)
{
  g_return_val_if_fail (GH_IS_PLAN_DIALOG (self), NULL);

  return gtk_label_get_label (self->summary);
}

void
gh_plan_dialog_confirm (GhPlanDialog *self, const char *text)
{
  g_return_if_fail (GH_IS_PLAN_DIALOG (self));

  gtk_editable_set_text (self->confirm_entry, text);
}

void
gh_plan_dialog_set_reason (GhPlanDialog *self, const char *text)
{
  g_return_if_fail (GH_IS_PLAN_DIALOG (self));

  gtk_editable_set_text (self->reason_entry, text);
}
