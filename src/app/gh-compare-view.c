/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A list view, because every setting may differ and each takes a line for every column. */

#include "gh-compare-view.h"

#include <glib/gi18n-lib.h>

#include "gh-chooser.h"
#include "gh-compare-row.h"
#include "gh-word-flow.h"

struct _GhCompareView
{
  AdwBin parent_instance;

  GhFleet *fleet;            /* owned, or NULL */
  GhCompareSet *set;         /* owned */
  GPtrArray *shown;          /* owned, of GhCompareSource: those that have a word */
  GListStore *measures;      /* owned, of GhCompareSource: no workspaces */
  GtkStringList *fields;     /* owned: ids of what differs */
  GPtrArray *rows;           /* owned, of borrowed GtkListItem: those that are bound */
  GtkNativeDialog *dialog;   /* owned: where to save, or NULL */
  GCancellable *cancellable; /* owned */

  /* Template */
  GtkDropDown *chooser;
  GhWordFlow *words;
  GtkLabel *summary;
  GtkListView *list_view;
};

G_DEFINE_FINAL_TYPE (GhCompareView, gh_compare_view, ADW_TYPE_BIN)

static void
toast (GhCompareView *self, const char *words)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", words);
}

static void
show_row (GhCompareView *self, GtkListItem *item)
{
  const char *field = gtk_string_object_get_string (gtk_list_item_get_item (item));
  const GhDifference *difference = gh_compare_set_find (self->set, field);

  if (difference != NULL)
    gh_compare_row_show (GH_COMPARE_ROW (gtk_list_item_get_child (item)),
                         difference,
                         gh_compare_set_get_columns (self->set));
}

/* Replaces what differs between the old list and the new one, so that the rest stays put. */
static void
change_fields (GhCompareView *self)
{
  const GhComparison *comparison = gh_compare_set_get_comparison (self->set);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->fields));
  guint n_start = 0, n_end = 0, n_shorter;

  for (guint i = 0; comparison != NULL && i < comparison->differences->len; i++)
    {
      const GhDifference *difference = g_ptr_array_index (comparison->differences, i);

      g_ptr_array_add (ids, (gpointer) difference->setting->id);
    }
  n_shorter = MIN (n_old, ids->len);
  while (n_start < n_shorter
         && g_str_equal (gtk_string_list_get_string (self->fields, n_start),
                         g_ptr_array_index (ids, n_start)))
    n_start++;
  while (n_end < n_shorter - n_start
         && g_str_equal (gtk_string_list_get_string (self->fields, n_old - 1 - n_end),
                         g_ptr_array_index (ids, ids->len - 1 - n_end)))
    n_end++;

  g_ptr_array_set_size (ids, (int) (ids->len - n_end));
  g_ptr_array_add (ids, NULL);
  gtk_string_list_splice (
    self->fields, n_start, n_old - n_start - n_end, (const char *const *) ids->pdata + n_start);
}

static char *
dup_summary (GhCompareView *self)
{
  guint n_differences = gh_compare_view_get_n_differences (self);
  guint n_sources = gh_compare_set_get_sources (self->set)->len;

  if (gh_compare_set_get_workspace (self->set) == NULL)
    return g_strdup ("");
  if (n_sources == 0)
    return g_strdup (_ ("Choose what to compare this workspace with, and add it."));
  if (gh_compare_view_get_n_columns (self) <= n_sources)
    return g_strdup (_ ("Opening…"));
  if (n_differences == 0)
    return g_strdup (_ ("Nothing differs."));

  return g_strdup_printf (
    ngettext ("%u value differs. Drafts count.", "%u values differ. Drafts count.", n_differences),
    n_differences);
}

static void
on_remove (GhCompareView *self, guint index)
{
  g_autoptr (GhCompareSource) source
    = g_object_ref (GH_COMPARE_SOURCE (g_ptr_array_index (self->shown, index)));

  gh_compare_set_remove (self->set, source);
}

static gboolean
shows_sources (GhCompareView *self, GPtrArray *sources)
{
  gboolean same = self->shown->len == sources->len;

  for (guint i = 0; same && i < sources->len; i++)
    same = g_ptr_array_index (self->shown, i) == g_ptr_array_index (sources, i);

  return same;
}

/* Only when they are others, so that the focus stays where it is. */
static void
show_words (GhCompareView *self)
{
  GPtrArray *sources = gh_compare_set_get_sources (self->set);

  if (shows_sources (self, sources))
    return;

  gh_word_flow_clear (self->words);
  g_ptr_array_set_size (self->shown, 0);
  for (guint i = 0; i < sources->len; i++)
    {
      GhCompareSource *source = g_ptr_array_index (sources, i);

      g_ptr_array_add (self->shown, g_object_ref (source));
      gh_word_flow_append (self->words, gh_compare_source_get_title (source));
    }
}

static void
update (GhCompareView *self)
{
  g_autofree char *summary = dup_summary (self);

  show_words (self);
  change_fields (self);
  for (guint i = 0; i < self->rows->len; i++)
    show_row (self, g_ptr_array_index (self->rows, i));
  gtk_label_set_label (self->summary, summary);
  gtk_widget_action_set_enabled (
    GTK_WIDGET (self), "compare.export", gh_compare_view_get_n_differences (self) > 0);
}

/* What nobody sees need not keep up. */
static void
on_changed (GhCompareView *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update (self);
}

static void
add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhCompareView *self = GH_COMPARE_VIEW (widget);
  GhCompareSource *source = gtk_drop_down_get_selected_item (self->chooser);

  if (source != NULL)
    gh_compare_set_add (self->set, source);
}

static void
copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhCompareView *self = GH_COMPARE_VIEW (widget);
  const char *field;
  guint from, to, n_taken;
  g_autofree char *words = NULL;

  g_variant_get (parameter, "(&suu)", &field, &from, &to);
  n_taken = gh_compare_set_copy (self->set, field, from, to);
  if (n_taken == 0)
    return;

  words = g_strdup_printf (
    ngettext ("Drafted in %u workspace", "Drafted in %u workspaces", n_taken), n_taken);
  toast (self, words);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GhCompareView *self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    toast (self, _ ("The comparison is saved"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    toast (self, error->message);
}

static void
on_file_chosen (GhCompareView *self, int response, GtkNativeDialog *dialog)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    gh_compare_view_export (self, file);
  g_clear_object (&self->dialog);
}

static void export(GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhCompareView *self = GH_COMPARE_VIEW (widget);

  g_clear_object (&self->dialog);
  self->dialog
    = GTK_NATIVE_DIALOG (gtk_file_chooser_native_new (_ ("Save as CSV"),
                                                      GTK_WINDOW (gtk_widget_get_root (widget)),
                                                      GTK_FILE_CHOOSER_ACTION_SAVE,
                                                      _ ("_Save"),
                                                      _ ("_Cancel")));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->dialog), _ ("comparison.csv"));
  g_signal_connect_object (
    self->dialog, "response", G_CALLBACK (on_file_chosen), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (self->dialog);
}

static void
on_baselines (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GhCompareView *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) baselines
    = gh_baseline_store_list_finish (GH_DATABASE (source), result, &error);
  g_autoptr (GPtrArray) measures = NULL;

  if (baselines == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        toast (self, error->message);
      return;
    }

  measures = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < baselines->len; i++)
    g_ptr_array_add (measures, gh_compare_source_new_baseline (g_ptr_array_index (baselines, i)));
  g_list_store_splice (self->measures,
                       1,
                       g_list_model_get_n_items (G_LIST_MODEL (self->measures)) - 1,
                       measures->pdata,
                       measures->len);
}

static void
gh_compare_view_map (GtkWidget *widget)
{
  GhCompareView *self = GH_COMPARE_VIEW (widget);

  GTK_WIDGET_CLASS (gh_compare_view_parent_class)->map (widget);

  if (self->fleet != NULL)
    gh_baseline_store_list_async (
      gh_fleet_get_database (self->fleet), self->cancellable, on_baselines, self);
  update (self);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gh_compare_row_new ());
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_selectable (item, FALSE);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, GhCompareView *self)
{
  g_ptr_array_add (self->rows, item);
  show_row (self, item);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, GhCompareView *self)
{
  g_ptr_array_remove (self->rows, item);
}

static void
set_up_list (GhCompareView *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) model
    = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->fields)));

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (model));
}

static void
gh_compare_view_dispose (GObject *object)
{
  GhCompareView *self = GH_COMPARE_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->set != NULL)
    g_signal_handlers_disconnect_by_data (self->set, self);
  g_clear_object (&self->set);
  g_clear_object (&self->dialog);
  g_clear_object (&self->fleet);

  G_OBJECT_CLASS (gh_compare_view_parent_class)->dispose (object);
}

static void
gh_compare_view_finalize (GObject *object)
{
  GhCompareView *self = GH_COMPARE_VIEW (object);

  g_object_unref (self->cancellable);
  g_object_unref (self->measures);
  g_object_unref (self->fields);
  g_ptr_array_unref (self->shown);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (gh_compare_view_parent_class)->finalize (object);
}

static void
gh_compare_view_class_init (GhCompareViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_compare_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = gh_compare_view_finalize;
  widget_class->map = gh_compare_view_map;
  g_type_ensure (GH_TYPE_WORD_FLOW);
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-compare-view.ui");
  gtk_widget_class_bind_template_child (widget_class, GhCompareView, chooser);
  gtk_widget_class_bind_template_child (widget_class, GhCompareView, words);
  gtk_widget_class_bind_template_callback (widget_class, on_remove);
  gtk_widget_class_bind_template_child (widget_class, GhCompareView, summary);
  gtk_widget_class_bind_template_child (widget_class, GhCompareView, list_view);
  gtk_widget_class_install_action (widget_class, "compare.add", NULL, add);
  gtk_widget_class_install_action (widget_class, "compare.copy", "(suu)", copy);
  gtk_widget_class_install_action (widget_class, "compare.export", NULL, export);
}

static void
gh_compare_view_init (GhCompareView *self)
{
  g_autoptr (GhCompareSource) recommended = gh_compare_source_new_recommended ();

  self->cancellable = g_cancellable_new ();
  self->set = gh_compare_set_new ();
  self->shown = g_ptr_array_new_with_free_func (g_object_unref);
  self->rows = g_ptr_array_new ();
  self->measures = g_list_store_new (GH_TYPE_COMPARE_SOURCE);
  self->fields = gtk_string_list_new (NULL);
  g_list_store_append (self->measures, recommended);
  gh_compare_set_add (self->set, recommended);
  gtk_widget_init_template (GTK_WIDGET (self));
  gh_word_flow_set_title (self->words, _ ("Compared with"));
  set_up_list (self);
  g_signal_connect_swapped (self->set, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->set, "failed", G_CALLBACK (toast), self);
}

GtkWidget *
gh_compare_view_new (void)
{
  return g_object_new (GH_TYPE_COMPARE_VIEW, NULL);
}

static gpointer
create_workspace_source (gpointer item, gpointer user_data)
{
  g_autoptr (GhWorkspace) workspace = item;

  return gh_compare_source_new_workspace (workspace);
}

/* What went with its account is compared no longer. */
static void
on_items_changed (GhCompareView *self)
{
  GPtrArray *sources = gh_compare_set_get_sources (self->set);

  for (guint i = sources->len; i > 0; i--)
    {
      g_autoptr (GhCompareSource) source
        = g_object_ref (GH_COMPARE_SOURCE (g_ptr_array_index (sources, i - 1)));
      GhWorkspace *workspace = gh_compare_source_get_workspace (source);

      if (workspace != NULL
          && gh_fleet_lookup (
               self->fleet, gh_workspace_get_account (workspace), gh_workspace_get_id (workspace))
               != workspace)
        gh_compare_set_remove (self->set, source);
    }
}

void
gh_compare_view_set_fleet (GhCompareView *self, GhFleet *fleet)
{
  g_autoptr (GListStore) parts = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr (GtkMapListModel) workspaces = NULL;
  g_autoptr (GtkFlattenListModel) all = NULL;

  g_return_if_fail (GH_IS_COMPARE_VIEW (self));
  g_return_if_fail (self->fleet == NULL);

  self->fleet = g_object_ref (fleet);
  g_signal_connect_object (
    fleet, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  workspaces = gtk_map_list_model_new (
    g_object_ref (G_LIST_MODEL (fleet)), create_workspace_source, NULL, NULL);
  g_list_store_append (parts, self->measures);
  g_list_store_append (parts, workspaces);
  all = gtk_flatten_list_model_new (g_object_ref (G_LIST_MODEL (parts)));
  gh_chooser_set_up (
    self->chooser, G_LIST_MODEL (all), gh_compare_source_dup_line, _ ("Compare with"));
}

GhCompareSet *
gh_compare_view_get_set (GhCompareView *self)
{
  g_return_val_if_fail (GH_IS_COMPARE_VIEW (self), NULL);

  return self->set;
}

void
gh_compare_view_export (GhCompareView *self, GFile *file)
{
  const GhComparison *comparison;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_if_fail (GH_IS_COMPARE_VIEW (self));

  comparison = gh_compare_set_get_comparison (self->set);
  if (comparison == NULL)
    return;

  text = gh_comparison_to_csv (comparison);
  bytes = g_bytes_new (text, strlen (text));
  g_file_replace_contents_bytes_async (
    file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, self->cancellable, on_written, self);
}

const char *
gh_compare_view_get_summary (GhCompareView *self)
{
  g_return_val_if_fail (GH_IS_COMPARE_VIEW (self), NULL);

  return gtk_label_get_label (self->summary);
}

guint
gh_compare_view_get_n_differences (GhCompareView *self)
{
  const GhComparison *comparison;

  g_return_val_if_fail (GH_IS_COMPARE_VIEW (self), 0);

  comparison = gh_compare_set_get_comparison (self->set);
  return comparison != NULL ? comparison->differences->len : 0;
}

guint
gh_compare_view_get_n_columns (GhCompareView *self)
{
  g_return_val_if_fail (GH_IS_COMPARE_VIEW (self), 0);

  return gh_compare_set_get_columns (self->set)->len;
}
