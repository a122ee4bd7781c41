/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The same walk along the lines measures the height and places the children. */

#include "gh-flow-layout.h"

#define SPACING 6

struct _GhFlowLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (GhFlowLayout, gh_flow_layout, GTK_TYPE_LAYOUT_MANAGER)

static int
measure_height (GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* Lines of children within width, placed where place is TRUE; tells how high they are together. */
static int
lay_out (GtkWidget *widget, int width, gboolean place)
{
  gboolean right_to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0, y = 0, line_height = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int minimum, natural, child_width, height;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      child_width = MAX (minimum, MIN (natural, width));
      height = measure_height (child, child_width);
      if (x > 0 && x + child_width > width)
        {
          y += line_height + SPACING;
          x = line_height = 0;
        }
      if (place)
        gtk_widget_size_allocate (
          child,
          &(GtkAllocation){ right_to_left ? width - x - child_width : x, y, child_width, height },
          -1);
      x += child_width + SPACING;
      line_height = MAX (line_height, height);
    }

  return y + line_height;
}

static void
measure_width (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (
        child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + (*natural > 0 ? SPACING : 0);
    }
}

static GtkSizeRequestMode
gh_flow_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
gh_flow_layout_measure (GtkLayoutManager *manager,
                        GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_width (widget, minimum, natural);
  else
    *minimum = *natural = lay_out (widget, for_size < 0 ? G_MAXINT : for_size, FALSE);
}

static void
gh_flow_layout_allocate (GtkLayoutManager *manager,
                         GtkWidget *widget,
                         int width,
                         int height,
                         int baseline)
{
  lay_out (widget, width, TRUE);
}

static void
gh_flow_layout_class_init (GhFlowLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = gh_flow_layout_get_request_mode;
  manager_class->measure = gh_flow_layout_measure;
  manager_class->allocate = gh_flow_layout_allocate;
}

static void
gh_flow_layout_init (GhFlowLayout *self)
{
}

GtkLayoutManager *
gh_flow_layout_new (void)
{
  return g_object_new (GH_TYPE_FLOW_LAYOUT, NULL);
}
