/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hidden, not gone, when it is closed while its job runs. */

#include "gh-job-dialog.h"

#include <glib/gi18n-lib.h>

#include "gh-bulk-list.h"

struct _GhJobDialog
{
  AdwWindow parent_instance;

  GhJob *job;                /* owned */
  GCancellable *cancellable; /* owned: of the run, or NULL when it does not run */
  char *words;               /* owned: how the last run ended, or NULL */

  /* Template */
  AdwWindowTitle *title;
  GtkLabel *summary;
  GtkProgressBar *progress;
  GtkListView *list_view;
  GtkWidget *stop_button;
  GtkWidget *run_button;
  GtkWidget *forget_button;
};

enum
{
  SIGNAL_ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhJobDialog, gh_job_dialog, ADW_TYPE_WINDOW)

static guint
get_n_all (GhJobDialog *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->job));
}

static char *
dup_summary (GhJobDialog *self)
{
  guint n_done = gh_job_get_n_done (self->job);
  guint n_all = get_n_all (self);
  g_autofree char *counts = g_strdup_printf (
    ngettext ("%u of %u workspace is done.", "%u of %u workspaces are done.", n_all),
    n_done,
    n_all);

  if (self->words != NULL)
    return g_strdup_printf ("%s %s", counts, self->words);

  return g_steal_pointer (&counts);
}

static void
update (GhJobDialog *self)
{
  gboolean running = self->cancellable != NULL;
  guint n_ended = gh_job_get_n_done (self->job) + gh_job_get_n_failed (self->job);
  gboolean left = gh_job_get_n_done (self->job) < get_n_all (self);
  g_autofree char *summary = dup_summary (self);

  gtk_label_set_label (self->summary, summary);
  gtk_progress_bar_set_fraction (self->progress, (double) n_ended / MAX (1, get_n_all (self)));
  gtk_widget_set_visible (GTK_WIDGET (self->progress), running);
  gtk_widget_set_visible (self->stop_button, running);
  gtk_widget_set_visible (self->run_button, !running && left);
  gtk_widget_set_visible (self->forget_button, !running && left);
}

static void
set_words (GhJobDialog *self, const char *words)
{
  g_free (self->words);
  self->words = g_strdup (words);
  update (self);
}

static const char *
describe_end (GhJobDialog *self, const GError *error)
{
  if (error == NULL)
    return NULL;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return _ ("It was stopped. Going on does what is left, and nothing twice.");
  if (g_error_matches (error, GH_FLEET_ERROR, GH_FLEET_ERROR_PARTIAL))
    return _ ("The list says why the others are not. Going on tries them again.");

  return error->message;
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GhJobDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *summary = NULL;

  gh_job_run_finish (GH_JOB (source), result, &error);
  g_clear_object (&self->cancellable);
  if (self->job == NULL) /* the window went while it ran */
    return;

  set_words (self, describe_end (self, error));
  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    return;

  summary = dup_summary (self);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, summary);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
run (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gh_job_dialog_run (GH_JOB_DIALOG (widget));
}

static void
stop (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhJobDialog *self = GH_JOB_DIALOG (widget);

  g_cancellable_cancel (self->cancellable);
  set_words (self, _ ("It stops when those that are under way have ended."));
}

static void
on_forgotten (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GhJobDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gh_job_discard_finish (GH_JOB (source), result, &error))
    gtk_window_close (GTK_WINDOW (self));
  else
    set_words (self, error->message);
}

static void
forget (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gh_job_discard_async (GH_JOB_DIALOG (widget)->job, NULL, on_forgotten, g_object_ref (widget));
}

static gboolean
gh_job_dialog_close_request (GtkWindow *window)
{
  if (GH_JOB_DIALOG (window)->cancellable == NULL)
    return GTK_WINDOW_CLASS (gh_job_dialog_parent_class)->close_request (window);

  gtk_widget_set_visible (GTK_WIDGET (window), FALSE);
  return TRUE;
}

static void
gh_job_dialog_dispose (GObject *object)
{
  GhJobDialog *self = GH_JOB_DIALOG (object);

  if (self->job != NULL)
    g_signal_handlers_disconnect_by_data (self->job, self);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (gh_job_dialog_parent_class)->dispose (object);
}

static void
gh_job_dialog_finalize (GObject *object)
{
  g_free (GH_JOB_DIALOG (object)->words);

  G_OBJECT_CLASS (gh_job_dialog_parent_class)->finalize (object);
}

static void
gh_job_dialog_class_init (GhJobDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_job_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = gh_job_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = gh_job_dialog_close_request;
  signals[SIGNAL_ENDED] = g_signal_new ("ended",
                                        G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST,
                                        0,
                                        NULL,
                                        NULL,
                                        NULL,
                                        G_TYPE_NONE,
                                        1,
                                        G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-job-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GhJobDialog, title);
  gtk_widget_class_bind_template_child (widget_class, GhJobDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, GhJobDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, GhJobDialog, list_view);
  gtk_widget_class_bind_template_child (widget_class, GhJobDialog, stop_button);
  gtk_widget_class_bind_template_child (widget_class, GhJobDialog, run_button);
  gtk_widget_class_bind_template_child (widget_class, GhJobDialog, forget_button);
  gtk_widget_class_install_action (widget_class, "job.run", NULL, run);
  gtk_widget_class_install_action (widget_class, "job.stop", NULL, stop);
  gtk_widget_class_install_action (widget_class, "job.forget", NULL, forget);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
gh_job_dialog_init (GhJobDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gh_bulk_list_set_up (self->list_view);
}

GtkWindow *
gh_job_dialog_new (GhJob *job)
{
  GhJobDialog *self = g_object_new (GH_TYPE_JOB_DIALOG, NULL);

  self->job = g_object_ref (job);
  adw_window_title_set_subtitle (self->title, gh_job_get_title (job));
  gh_bulk_list_set_model (self->list_view, G_LIST_MODEL (job));
  g_signal_connect_swapped (job, "notify::n-done", G_CALLBACK (update), self);
  g_signal_connect_swapped (job, "notify::n-failed", G_CALLBACK (update), self);
  set_words (self, _ ("It was cut off. Going on does what is left, and nothing twice."));
  return GTK_WINDOW (self);
}

void
gh_job_dialog_run (GhJobDialog *self)
{
  g_return_if_fail (GH_IS_JOB_DIALOG (self));

  if (self->cancellable != NULL)
    return;

  self->cancellable = g_cancellable_new ();
  set_words (self, NULL);
  gh_job_run_async (self->job, 0, self->cancellable, on_ended, g_object_ref (self));
}

const char *
gh_job_dialog_get_summary (GhJobDialog *self)
{
  g_return_val_if_fail (GH_IS_JOB_DIALOG (self), NULL);

  return gtk_label_get_label (self->summary);
}

gboolean
gh_job_dialog_is_running (GhJobDialog *self)
{
  g_return_val_if_fail (GH_IS_JOB_DIALOG (self), FALSE);

  return self->cancellable != NULL;
}
