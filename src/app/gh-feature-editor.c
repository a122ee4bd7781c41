/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row for each feature that browsers know, and for those beside them that the text names. */

#include "gh-feature-editor.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-keyed-hash.h"

struct _GhFeatureEditor
{
  AdwWindow parent_instance;

  GHashTable *rows; /* owned: feature, borrowed from the row, -> row, a borrowed child of list */

  /* Template */
  GhEditorFrame *frame;
  GtkWidget *broken_box;
  GtkLabel *broken_label;
  GtkWidget *rewrite_button;
  GtkEditable *search_entry;
  GtkToggleButton *named_button;
  GtkListBox *list;
  GtkLabel *more_label;
};

G_DEFINE_FINAL_TYPE (GhFeatureEditor, gh_feature_editor, ADW_TYPE_WINDOW)

static gboolean
is_current (const char *feature)
{
  const GhFeature *known = gh_features_lookup (feature);

  return known != NULL && known->status != GH_FEATURE_RETIRED;
}

static void
on_granted (GhFeatureRow *row, const GhFeatureGrant *grant, GhFeatureEditor *self)
{
  const char *feature = gh_feature_row_get_feature (row);
  g_autoptr (GhPermissionsPolicy) policy
    = gh_permissions_policy_parse (gh_editor_frame_get_text (self->frame), -1, NULL);
  g_autofree char *text = NULL;

  if (policy == NULL)
    return;

  text = grant->named ? gh_permissions_policy_replace (
           policy, feature, grant->everyone, grant->self, grant->origins)
                      : gh_permissions_policy_remove (policy, feature);
  gh_editor_frame_write (self->frame, text);
}

static void
add_row (GhFeatureEditor *self, const char *feature)
{
  GtkWidget *row = gh_feature_row_new (feature);

  g_signal_connect (row, "granted", G_CALLBACK (on_granted), self);
  g_hash_table_insert (
    self->rows, (gpointer) gh_feature_row_get_feature (GH_FEATURE_ROW (row)), row);
  gtk_list_box_append (self->list, row);
}

/* A row that gave rise to the change is kept until the next one. */
static void
drop_odd_rows (GhFeatureEditor *self, const GhPermissionsPolicy *policy)
{
  GHashTableIter iter;
  gpointer feature, row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &feature, &row))
    if (!is_current (feature) && !gh_feature_row_is_named (row)
        && (policy == NULL || gh_permissions_policy_lookup (policy, feature) == NULL))
      {
        g_hash_table_iter_remove (&iter);
        gtk_list_box_remove (self->list, row);
      }
}

/* How many of the policy's features have no row. */
static guint
add_odd_rows (GhFeatureEditor *self, const GhPermissionsPolicy *policy)
{
  guint n_left = 0;
  gsize n_features;

  gh_features_get_table (&n_features);
  for (guint i = 0; policy != NULL && i < gh_permissions_policy_get_n_permissions (policy); i++)
    {
      const char *feature = gh_permissions_policy_get_nth (policy, i)->feature;

      if (g_hash_table_contains (self->rows, feature))
        continue;
      if (g_hash_table_size (self->rows) < n_features + GH_FEATURE_EDITOR_MAXIMUM_ODD_ROWS)
        add_row (self, feature);
      else
        n_left++;
    }

  return n_left;
}

static void
show_more (GhFeatureEditor *self, guint n_left)
{
  g_autofree char *words = g_strdup_printf (
    ngettext ("%u more feature stands in the text.", "%u more features stand in the text.", n_left),
    n_left);

  gtk_label_set_label (self->more_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), n_left > 0);
}

static void
show_fault (GhFeatureEditor *self, const char *text, const GArray *diagnostics)
{
  g_autofree char *rewritten = gh_permissions_policy_from_feature_policy (text);
  g_autofree char *reason = diagnostics->len > 0 ? gh_diagnostic_dup_message (
                              gh_diagnostics_get_nth (diagnostics, diagnostics->len - 1), text)
                                                 : g_strdup ("");
  g_autofree char *words = g_strdup_printf (_ ("Browsers drop the whole header. %s"), reason);

  gtk_label_set_label (self->broken_label, words);
  gtk_widget_set_visible (self->rewrite_button, rewritten != NULL);
}

static void
filter (GhFeatureEditor *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

static void
on_changed (GhFeatureEditor *self)
{
  const char *text = gh_editor_frame_get_text (self->frame);
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
  g_autoptr (GhPermissionsPolicy) policy = gh_permissions_policy_parse (text, -1, diagnostics);
  GHashTableIter iter;
  gpointer row;

  drop_odd_rows (self, policy);
  show_more (self, add_odd_rows (self, policy));
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    gh_feature_row_show (row, policy, diagnostics);

  gtk_widget_set_sensitive (GTK_WIDGET (self->list), policy != NULL);
  gtk_widget_set_visible (self->broken_box, policy == NULL);
  if (policy == NULL)
    show_fault (self, text, diagnostics);
  if (gtk_toggle_button_get_active (self->named_button))
    filter (self);
}

static void
on_rewrite (GhFeatureEditor *self)
{
  g_autofree char *text
    = gh_permissions_policy_from_feature_policy (gh_editor_frame_get_text (self->frame));

  if (text != NULL)
    gh_editor_frame_write (self->frame, text);
}

static int
compare_rows (GtkListBoxRow *a, GtkListBoxRow *b, gpointer user_data)
{
  return g_strcmp0 (gh_feature_row_get_feature (GH_FEATURE_ROW (a)),
                    gh_feature_row_get_feature (GH_FEATURE_ROW (b)));
}

static gboolean
is_wanted (GtkListBoxRow *row, gpointer user_data)
{
  GhFeatureEditor *self = user_data;

  return gh_feature_row_matches (GH_FEATURE_ROW (row), gtk_editable_get_text (self->search_entry))
         && (!gtk_toggle_button_get_active (self->named_button)
             || gh_feature_row_is_named (GH_FEATURE_ROW (row)));
}

static void
gh_feature_editor_finalize (GObject *object)
{
  g_hash_table_unref (GH_FEATURE_EDITOR (object)->rows);

  G_OBJECT_CLASS (gh_feature_editor_parent_class)->finalize (object);
}

static void
gh_feature_editor_class_init (GhFeatureEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gh_feature_editor_finalize;
  g_type_ensure (GH_TYPE_EDITOR_FRAME);
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-feature-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, GhFeatureEditor, frame);
  gtk_widget_class_bind_template_child (widget_class, GhFeatureEditor, broken_box);
  gtk_widget_class_bind_template_child (widget_class, GhFeatureEditor, broken_label);
  gtk_widget_class_bind_template_child (widget_class, GhFeatureEditor, rewrite_button);
  gtk_widget_class_bind_template_child (widget_class, GhFeatureEditor, search_entry);
  gtk_widget_class_bind_template_child (widget_class, GhFeatureEditor, named_button);
  gtk_widget_class_bind_template_child (widget_class, GhFeatureEditor, list);
  gtk_widget_class_bind_template_child (widget_class, GhFeatureEditor, more_label);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_rewrite);
  gtk_widget_class_bind_template_callback (widget_class, filter);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
gh_feature_editor_init (GhFeatureEditor *self)
{
  gsize n_features;
  const GhFeature *features = gh_features_get_table (&n_features);

  self->rows = gh_keyed_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gh_accessible_set_name (GTK_WIDGET (self->search_entry), _ ("Search features"));
  for (gsize i = 0; i < n_features; i++)
    if (is_current (features[i].name))
      add_row (self, features[i].name);
  gtk_list_box_set_sort_func (self->list, compare_rows, NULL, NULL);
  gtk_list_box_set_filter_func (self->list, is_wanted, self, NULL);
}

GtkWindow *
gh_feature_editor_new (GhFormContext *context, const GhSetting *setting)
{
  GhFeatureEditor *self = g_object_new (GH_TYPE_FEATURE_EDITOR, NULL);

  gh_accessible_name_groups (GTK_WIDGET (self));
  gh_editor_frame_set_field (self->frame, gh_form_context_get_document (context), setting);
  return GTK_WINDOW (self);
}

GhFeatureRow *
gh_feature_editor_find_row (GhFeatureEditor *self, const char *feature)
{
  g_return_val_if_fail (GH_IS_FEATURE_EDITOR (self), NULL);

  return g_hash_table_lookup (self->rows, feature);
}

GhEditorFrame *
gh_feature_editor_get_frame (GhFeatureEditor *self)
{
  g_return_val_if_fail (GH_IS_FEATURE_EDITOR (self), NULL);

  return self->frame;
}

const char *
gh_feature_editor_get_fault (GhFeatureEditor *self)
{
  g_return_val_if_fail (GH_IS_FEATURE_EDITOR (self), NULL);

  return gtk_widget_get_visible (self->broken_box) ? gtk_label_get_label (self->broken_label) : "";
}

void
gh_feature_editor_search (GhFeatureEditor *self, const char *words, gboolean named_only)
{
  g_return_if_fail (GH_IS_FEATURE_EDITOR (self));

  gtk_editable_set_text (self->search_entry, words);
  gtk_toggle_button_set_active (self->named_button, named_only);
  filter (self);
}
