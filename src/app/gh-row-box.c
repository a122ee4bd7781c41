/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A container of two that folds. */

#include "gh-row-box.h"

#define SPACING 12
#define STACKED_SPACING 8
#define SMALLEST_TEXT_WIDTH 180

struct _GhRowBox
{
  GtkWidget parent_instance;

  gboolean stacked;
};

G_DEFINE_FINAL_TYPE (GhRowBox, gh_row_box, GTK_TYPE_WIDGET)

static void
measure_width (GtkWidget *child, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, minimum, natural, NULL, NULL);
}

static void
measure_height (GtkWidget *child, int width, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, minimum, natural, NULL, NULL);
}

/* Whether both fit side by side; end_width is what the second child gets then. */
static gboolean
fits_beside (GhRowBox *self, int width, int *end_width)
{
  GtkWidget *end = gtk_widget_get_last_child (GTK_WIDGET (self));
  int minimum;

  measure_width (end, &minimum, end_width);
  return !self->stacked && (width < 0 || width - *end_width - SPACING >= SMALLEST_TEXT_WIDTH);
}

static GtkSizeRequestMode
gh_row_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* Nothing less than the natural height will do: a list gives its rows no more than they need, and
 * a text that grows would show its first lines alone. */
static void
gh_row_box_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  GhRowBox *self = GH_ROW_BOX (widget);
  GtkWidget *start = gtk_widget_get_first_child (widget);
  GtkWidget *end = gtk_widget_get_last_child (widget);
  int start_minimum, start_natural, end_minimum, end_natural, end_width;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_width (start, &start_minimum, &start_natural);
      measure_width (end, &end_minimum, &end_natural);
      *minimum = MAX (start_minimum, end_minimum);
      *natural
        = self->stacked ? MAX (start_natural, end_natural) : start_natural + SPACING + end_natural;
    }
  else if (fits_beside (self, for_size, &end_width))
    {
      int start_width = for_size < 0 ? -1 : for_size - end_width - SPACING;

      measure_height (start, start_width, &start_minimum, &start_natural);
      measure_height (end, end_width, &end_minimum, &end_natural);
      *minimum = *natural = MAX (start_natural, end_natural);
    }
  else
    {
      measure_height (start, for_size, &start_minimum, &start_natural);
      measure_height (end, for_size, &end_minimum, &end_natural);
      *minimum = *natural = start_natural + STACKED_SPACING + end_natural;
    }
}

static void
allocate (GtkWidget *child, int x, int y, int width, int height)
{
  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

static void
allocate_stacked (GtkWidget *start, GtkWidget *end, int width, int height)
{
  int start_minimum, start_natural, start_height;

  measure_height (start, width, &start_minimum, &start_natural);
  start_height = MIN (start_natural, height);
  allocate (start, 0, 0, width, start_height);
  allocate (end, 0, start_height + STACKED_SPACING, width, height - start_height - STACKED_SPACING);
}

static void
gh_row_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *start = gtk_widget_get_first_child (widget);
  GtkWidget *end = gtk_widget_get_last_child (widget);
  gboolean right_to_left = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int end_width;

  if (fits_beside (GH_ROW_BOX (widget), width, &end_width))
    {
      int start_width = width - end_width - SPACING;

      allocate (start, right_to_left ? end_width + SPACING : 0, 0, start_width, height);
      allocate (end, right_to_left ? 0 : start_width + SPACING, 0, end_width, height);
    }
  else
    {
      allocate_stacked (start, end, width, height);
    }
}

static void
gh_row_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (gh_row_box_parent_class)->dispose (object);
}

static void
gh_row_box_class_init (GhRowBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_row_box_dispose;
  widget_class->get_request_mode = gh_row_box_get_request_mode;
  widget_class->measure = gh_row_box_measure;
  widget_class->size_allocate = gh_row_box_size_allocate;
}

static void
gh_row_box_init (GhRowBox *self)
{
}

void
gh_row_box_set_stacked (GhRowBox *self, gboolean stacked)
{
  g_return_if_fail (GH_IS_ROW_BOX (self));

  if (self->stacked == stacked)
    return;

  self->stacked = stacked;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
