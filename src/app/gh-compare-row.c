/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The values stand below each other, so that any number of them fits any width. */

#include "gh-compare-row.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-value-type.h"

struct _GhCompareRow
{
  AdwBin parent_instance;

  char *shown;      /* owned: what the values were made of, or NULL */
  GtkWidget *title; /* borrowed children */
  GtkWidget *group;
  GtkWidget *values;
};

G_DEFINE_FINAL_TYPE (GhCompareRow, gh_compare_row, ADW_TYPE_BIN)

static GtkWidget *
create_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  g_object_set (label, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static gboolean
can_take (const GhDifference *difference, GPtrArray *sources, guint from, guint to)
{
  GhWorkspace *workspace = gh_compare_source_get_workspace (g_ptr_array_index (sources, to));
  GVariant *value = g_ptr_array_index (difference->values, from);

  return value != NULL && workspace != NULL && gh_workspace_get_can_write (workspace)
         && !gh_value_equal (value, g_ptr_array_index (difference->values, to));
}

static void
append_target (GMenu *menu, const char *label, const char *field, guint from, guint to)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "compare.copy", "(suu)", field, from, to);
  g_menu_append_item (menu, item);
}

/* NULL when there is nowhere that the value could go. */
static GMenuModel *
create_menu (const GhDifference *difference, GPtrArray *sources, guint from)
{
  const char *field = difference->setting->id;
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint to = 0; to < sources->len; to++)
    if (can_take (difference, sources, from, to))
      {
        g_autofree char *label = g_strdup_printf (
          _ ("Draft in “%s”"), gh_compare_source_get_title (g_ptr_array_index (sources, to)));

        append_target (menu, label, field, from, to);
      }

  if (g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 1)
    append_target (menu, _ ("Draft in All of Them"), field, from, GH_COMPARE_ALL);
  return g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0 ? G_MENU_MODEL (g_steal_pointer (&menu))
                                                            : NULL;
}

/* A menu has many widgets, and most are never opened. */
static void
create_popover (GtkMenuButton *button, gpointer menu)
{
  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_popover (button, gtk_popover_menu_new_from_model (menu));
}

static GtkWidget *
create_button (const GhDifference *difference, GPtrArray *sources, guint from)
{
  g_autoptr (GMenuModel) menu = create_menu (difference, sources, from);
  g_autofree char *name = NULL;
  GtkWidget *button;

  if (menu == NULL)
    return NULL;

  name = g_strdup_printf (_ ("Copy what “%s” has as a draft"),
                          gh_compare_source_get_title (g_ptr_array_index (sources, from)));
  button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "edit-copy-symbolic");
  gtk_menu_button_set_create_popup_func (
    GTK_MENU_BUTTON (button), create_popover, g_steal_pointer (&menu), g_object_unref);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_add_css_class (button, "flat");
  gh_accessible_set_name (button, name);
  return button;
}

static char *
dup_words (const GhDifference *difference, guint column)
{
  GVariant *value = g_ptr_array_index (difference->values, column);

  return value != NULL ? gh_value_describe_whole (difference->setting, value)
                       : g_strdup (_ ("Nothing is recommended"));
}

/* Said in words too: not everybody sees the colour. */
static char *
dup_heading (const GhDifference *difference, GPtrArray *sources, guint column)
{
  const char *title = gh_compare_source_get_title (g_ptr_array_index (sources, column));

  /* Translators: a workspace whose value is another than the first one's. */
  return gh_difference_is_odd (difference, column) ? g_strdup_printf (_ ("%s · differs"), title)
                                                   : g_strdup (title);
}

static GtkWidget *
create_value (const GhDifference *difference, GPtrArray *sources, guint column)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *button = create_button (difference, sources, column);
  g_autofree char *heading = dup_heading (difference, sources, column);
  g_autofree char *value = dup_words (difference, column);

  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), create_label (heading, "caption-heading"));
  gtk_box_append (GTK_BOX (words), create_label (value, NULL));
  gtk_box_append (GTK_BOX (box), words);
  if (button != NULL)
    gtk_box_append (GTK_BOX (box), button);
  gtk_widget_add_css_class (box, "compare-value");
  if (gh_difference_is_odd (difference, column))
    gtk_widget_add_css_class (box, "odd");
  return box;
}

static void
clear_values (GhCompareRow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->values)) != NULL)
    gtk_box_remove (GTK_BOX (self->values), child);
}

/* All that the values are made of. */
static char *
dup_key (const GhDifference *difference, GPtrArray *sources)
{
  g_autoptr (GString) key = g_string_new (difference->setting->id);

  for (guint i = 0; i < sources->len; i++)
    {
      GhCompareSource *source = g_ptr_array_index (sources, i);
      GhWorkspace *workspace = gh_compare_source_get_workspace (source);
      gboolean can_write = workspace != NULL && gh_workspace_get_can_write (workspace);
      GVariant *value = g_ptr_array_index (difference->values, i);
      g_autofree char *text
        = value != NULL ? gh_value_to_text (difference->setting, value) : g_strdup ("");

      g_string_append_printf (key,
                              "\n%s\n%d%d\n%s",
                              gh_compare_source_get_title (source),
                              can_write,
                              value != NULL,
                              text);
    }
  return g_string_free (g_steal_pointer (&key), FALSE);
}

static void
gh_compare_row_finalize (GObject *object)
{
  g_free (GH_COMPARE_ROW (object)->shown);

  G_OBJECT_CLASS (gh_compare_row_parent_class)->finalize (object);
}

static void
gh_compare_row_class_init (GhCompareRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gh_compare_row_finalize;
}

static void
gh_compare_row_init (GhCompareRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->title = create_label (NULL, "heading");
  self->group = create_label (NULL, "caption");
  self->values = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->group, "dim-label");
  gtk_widget_add_css_class (self->values, "compare-values");
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "compare-row");
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), self->group);
  gtk_box_append (GTK_BOX (box), self->values);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
gh_compare_row_new (void)
{
  return g_object_new (GH_TYPE_COMPARE_ROW, NULL);
}

void
gh_compare_row_show (GhCompareRow *self, const GhDifference *difference, GPtrArray *sources)
{
  const GhSetting *setting;
  g_autofree char *key = NULL;

  g_return_if_fail (GH_IS_COMPARE_ROW (self));
  g_return_if_fail (difference->values->len == sources->len);

  key = dup_key (difference, sources);
  if (g_strcmp0 (key, self->shown) == 0)
    return;

  g_free (self->shown);
  self->shown = g_steal_pointer (&key);
  setting = difference->setting;
  gtk_label_set_label (GTK_LABEL (self->title), gh_setting_get_title (setting));
  gtk_label_set_label (GTK_LABEL (self->group),
                       gh_group_get_title (gh_groups_lookup (setting->group)));
  gh_accessible_set_name (GTK_WIDGET (self), gh_setting_get_title (setting));
  clear_values (self);
  for (guint i = 0; i < sources->len; i++)
    gtk_box_append (GTK_BOX (self->values), create_value (difference, sources, i));
}
