/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "walk.h"

typedef gboolean (*Visit) (GtkWidget *widget, gpointer user_data);

/* The first widget for which visit says TRUE; what is not visible below it is passed over. */
static GtkWidget *
walk (GtkWidget *widget, Visit visit, gpointer user_data)
{
  if (visit (widget, user_data))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_get_visible (child) ? walk (child, visit, user_data) : NULL;

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
says (GtkWidget *widget, gpointer text)
{
  return GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

gboolean
walk_finds_text (GtkWidget *widget, const char *text)
{
  return walk (widget, says, (gpointer) text) != NULL;
}

static gboolean
has_tooltip (GtkWidget *widget, gpointer text)
{
  return g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0;
}

gboolean
walk_finds_tooltip (GtkWidget *widget, const char *text)
{
  return walk (widget, has_tooltip, (gpointer) text) != NULL;
}

static gboolean
has_class (GtkWidget *widget, gpointer css_class)
{
  return gtk_widget_has_css_class (widget, css_class);
}

gboolean
walk_finds_class (GtkWidget *widget, const char *css_class)
{
  return walk (widget, has_class, (gpointer) css_class) != NULL;
}

static gboolean
is_of_type (GtkWidget *widget, gpointer type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), GPOINTER_TO_SIZE (type));
}

GtkWidget *
walk_find_type (GtkWidget *widget, GType type)
{
  return walk (widget, is_of_type, GSIZE_TO_POINTER (type));
}

static gboolean
is_called (GtkWidget *widget, gpointer name)
{
  g_autofree char *other = NULL;

  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return FALSE;

  other = gtk_test_accessible_check_property (
    GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, NULL);
  return other == NULL;
}

gboolean
walk_finds_name (GtkWidget *widget, const char *name)
{
  return walk (widget, is_called, (gpointer) name) != NULL;
}

static gboolean
is_button_called (GtkWidget *widget, gpointer words)
{
  return GTK_IS_BUTTON (widget) && (walk_finds_text (widget, words) || is_called (widget, words));
}

gboolean
walk_can_click (GtkWidget *widget, const char *words)
{
  GtkWidget *button = walk (widget, is_button_called, (gpointer) words);

  return button != NULL && gtk_widget_is_sensitive (button);
}

void
walk_click (GtkWidget *widget, const char *words)
{
  g_test_message ("click %s", words);
  g_assert_true (walk_can_click (widget, words));
  g_signal_emit_by_name (walk (widget, is_button_called, (gpointer) words), "clicked");
}

static gboolean
takes_input (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_SWITCH (widget) || GTK_IS_TEXT (widget)
         || GTK_IS_TEXT_VIEW (widget) || GTK_IS_DROP_DOWN (widget) || GTK_IS_SPIN_BUTTON (widget)
         || GTK_IS_CHECK_BUTTON (widget) || GTK_IS_LIST_VIEW (widget) || GTK_IS_LIST_BOX (widget)
         || GTK_IS_MENU_BUTTON (widget);
}

static gboolean
contains_words (GtkWidget *widget)
{
  return walk_finds_text (widget, "");
}

/* What stands in a button names it too. */
static gboolean
is_named (GtkWidget *widget)
{
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL)
         || (GTK_IS_BUTTON (widget) && contains_words (widget));
}

/* What the toolkit makes by itself is its own affair. */
static gboolean
is_foreign (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  return GTK_IS_WINDOW_CONTROLS (parent)
         || g_str_equal (G_OBJECT_TYPE_NAME (parent), "AdwToastWidget");
}

static gboolean
lacks_name (GtkWidget *widget, gpointer user_data)
{
  return takes_input (widget) && !is_named (widget) && !is_foreign (widget);
}

static char *
dup_path (GtkWidget *widget)
{
  GString *path = g_string_new (NULL);

  for (; widget != NULL; widget = gtk_widget_get_parent (widget))
    {
      g_string_prepend (path, G_OBJECT_TYPE_NAME (widget));
      g_string_prepend_c (path, '/');
    }

  return g_string_free (path, FALSE);
}

void
walk_assert_named (GtkWidget *widget)
{
  GtkWidget *unnamed = walk (widget, lacks_name, NULL);
  g_autofree char *path = unnamed != NULL ? dup_path (unnamed) : NULL;

  g_assert_cmpstr (path, ==, NULL);
}

static gboolean
stands_out (GtkWidget *widget, gpointer user_data)
{
  GtkWidget *window = user_data;
  graphene_rect_t bounds;

  /* The slider of an overlay scrollbar moves beyond the edge. */
  if (widget == window || gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLBAR) != NULL
      || !gtk_widget_get_mapped (widget) || !gtk_widget_compute_bounds (widget, window, &bounds))
    return FALSE;

  return bounds.size.width > 0
         && (bounds.origin.x < -1
             || bounds.origin.x + bounds.size.width > gtk_widget_get_width (window) + 1);
}

void
walk_assert_fits (GtkWidget *window)
{
  GtkWidget *wide = walk (window, stands_out, window);
  g_autofree char *path = wide != NULL ? dup_path (wide) : NULL;

  g_assert_cmpstr (path, ==, NULL);
}

static gboolean
count_frame (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  guint *n_frames = user_data;

  (*n_frames)++;
  return G_SOURCE_CONTINUE;
}

void
walk_settle (GtkWidget *window)
{
  guint n_frames = 0;
  guint tick = gtk_widget_add_tick_callback (window, count_frame, &n_frames, NULL);

  while (n_frames < 4)
    g_main_context_iteration (NULL, TRUE);

  gtk_widget_remove_tick_callback (window, tick);
}
