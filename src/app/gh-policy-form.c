/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Loads a hand-laid form and gives its rows the window's context. No group has code of
 * its own. */

#include "gh-policy-form.h"

#include "gh-accessible.h"

struct _GhPolicyForm
{
  AdwBin parent_instance;

  const GhGroup *group;
  GhFormContext *context; /* owned */
  GPtrArray *rows;        /* owned, of borrowed GhSettingRow; NULL until built */
  GhSettingRow *sought;   /* borrowed: to be shown once there is a size, or NULL */
  guint show_source;
};

G_DEFINE_FINAL_TYPE (GhPolicyForm, gh_policy_form, ADW_TYPE_BIN)

static void
collect_rows (GhPolicyForm *self, GtkWidget *widget)
{
  if (GH_IS_SETTING_ROW (widget))
    {
      g_ptr_array_add (self->rows, widget);
      gh_setting_row_set_context (GH_SETTING_ROW (widget), self->context);
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_rows (self, child);
}

static void
build (GhPolicyForm *self)
{
  g_autofree char *path = g_strdup_printf ("/gatehouse/forms/%s.ui", self->group->id);
  g_autoptr (GtkBuilder) builder = NULL;
  GtkWidget *page;

  if (self->rows != NULL)
    return;

  g_type_ensure (GH_TYPE_SETTING_ROW);
  builder = gtk_builder_new_from_resource (path);
  page = GTK_WIDGET (gtk_builder_get_object (builder, "page"));
  self->rows = g_ptr_array_new ();
  adw_bin_set_child (ADW_BIN (self), page);
  collect_rows (self, page);
  gh_accessible_name_groups (page);
}

static void
scroll_to (GtkWidget *row)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (row, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  double y;

  if (scrolled == NULL || !gtk_widget_translate_coordinates (row, scrolled, 0, 0, NULL, &y))
    return;

  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gtk_adjustment_set_value (adjustment,
                            gtk_adjustment_get_value (adjustment) + y
                              - gtk_adjustment_get_page_size (adjustment) / 3);
}

/* Runs after the layout of a frame in which the form was visible. */
static gboolean
on_show_row (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  GhPolicyForm *self = GH_POLICY_FORM (widget);
  GtkWidget *row = GTK_WIDGET (self->sought);

  if (row == NULL)
    {
      self->show_source = 0;
      return G_SOURCE_REMOVE;
    }
  if (gtk_widget_get_height (row) == 0)
    return G_SOURCE_CONTINUE;

  self->show_source = 0;
  self->sought = NULL;
  gh_setting_row_highlight (GH_SETTING_ROW (row));
  scroll_to (row);
  return G_SOURCE_REMOVE;
}

static void
gh_policy_form_map (GtkWidget *widget)
{
  build (GH_POLICY_FORM (widget));

  GTK_WIDGET_CLASS (gh_policy_form_parent_class)->map (widget);
}

static void
gh_policy_form_dispose (GObject *object)
{
  GhPolicyForm *self = GH_POLICY_FORM (object);

  if (self->show_source != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->show_source);
  self->show_source = 0;
  self->sought = NULL;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gh_policy_form_parent_class)->dispose (object);
}

static void
gh_policy_form_class_init (GhPolicyFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gh_policy_form_dispose;
  GTK_WIDGET_CLASS (klass)->map = gh_policy_form_map;
}

static void
gh_policy_form_init (GhPolicyForm *self)
{
}

GtkWidget *
gh_policy_form_new (const GhGroup *group, GhFormContext *context)
{
  GhPolicyForm *self = g_object_new (GH_TYPE_POLICY_FORM, NULL);

  self->group = group;
  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

GPtrArray *
gh_policy_form_get_rows (GhPolicyForm *self)
{
  g_return_val_if_fail (GH_IS_POLICY_FORM (self), NULL);

  build (self);
  return self->rows;
}

GhSettingRow *
gh_policy_form_find_row (GhPolicyForm *self, const GhSetting *setting)
{
  GPtrArray *rows = gh_policy_form_get_rows (self);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (gh_setting_row_get_setting (g_ptr_array_index (rows, i)) == setting)
      return g_ptr_array_index (rows, i);

  return NULL;
}

void
gh_policy_form_show_row (GhPolicyForm *self, const GhSetting *setting)
{
  GhSettingRow *row = gh_policy_form_find_row (self, setting);

  /* A row of a switch that is off is not there: show the switch. */
  if (row != NULL && !gtk_widget_get_visible (GTK_WIDGET (row)))
    row = gh_policy_form_find_row (self, gh_setting_get_parent (setting));

  self->sought = row;
  if (self->show_source == 0 && row != NULL)
    self->show_source = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_show_row, NULL, NULL);
}
