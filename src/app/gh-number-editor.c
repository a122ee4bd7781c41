/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A spin button that obeys the settings table. */

#include "gh-number-editor.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-value-type.h"

#define UNIT_WIDTH 9

struct _GhNumberEditor
{
  GtkWidget parent_instance;

  const GhSetting *setting;
  GtkWidget *box;  /* the child */
  GtkWidget *spin; /* borrowed child of box */
  GtkWidget *unit; /* borrowed child of box */
  gint64 shown;    /* the number last written into the spin button */
  gboolean showing;
};

enum
{
  SIGNAL_EDITED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhNumberEditor, gh_number_editor, GTK_TYPE_WIDGET)

static gboolean
read_number (GhNumberEditor *self, gint64 *number)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->spin));
  g_autoptr (GVariant) value = gh_value_from_text (self->setting, text, NULL);

  if (value == NULL || !gh_value_check (self->setting, value, NULL))
    return FALSE;

  *number = g_variant_get_int64 (value);
  return TRUE;
}

static int
on_input (GtkSpinButton *spin, double *new_value, GhNumberEditor *self)
{
  gint64 number;

  if (!read_number (self, &number))
    return GTK_INPUT_ERROR;

  *new_value = (double) number;
  return TRUE;
}

static void
write_text (GhNumberEditor *self, gint64 number)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  gint64 held;

  self->shown = number;
  if (!read_number (self, &held) || held != number)
    gtk_editable_set_text (GTK_EDITABLE (self->spin), text);
}

/* Called when the number moved, and when text that is no number was refused; the second
 * must leave the text alone. */
static gboolean
on_output (GtkSpinButton *spin, GhNumberEditor *self)
{
  gint64 number = (gint64) gtk_spin_button_get_value (spin);

  if (number != self->shown)
    write_text (self, number);

  return TRUE;
}

static void
show_unit (GhNumberEditor *self, gint64 number)
{
  g_autofree char *unit = number == 0 && self->setting->zero_is_unlimited
                            ? g_strdup (_ ("Unlimited"))
                            : gh_setting_dup_unit_label (self->setting, number);

  gtk_label_set_label (GTK_LABEL (self->unit), unit);
}

static void
on_text_changed (GhNumberEditor *self)
{
  gint64 number;

  if (read_number (self, &number))
    {
      self->shown = number;
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->spin), (double) number);
      show_unit (self, number);
    }

  if (!self->showing)
    g_signal_emit (self, signals[SIGNAL_EDITED], 0);
}

/* A page that scrolls under the pointer must not change the values it passes. */
static void
ignore_scrolling (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = g_list_model_get_n_items (controllers); i > 0; i--)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i - 1);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
        gtk_widget_remove_controller (widget, controller);
    }
}

static void
name_parts (GhNumberEditor *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (self->spin); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      const char *name = gh_setting_get_title (self->setting);

      if (GTK_IS_BUTTON (child))
        name = gtk_widget_has_css_class (child, "up") ? _ ("Increase") : _ ("Decrease");
      gh_accessible_set_name (child, name);
    }
}

static gboolean
gh_number_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GH_NUMBER_EDITOR (widget)->spin);
}

static void
gh_number_editor_dispose (GObject *object)
{
  GhNumberEditor *self = GH_NUMBER_EDITOR (object);

  if (self->spin != NULL)
    g_signal_handlers_disconnect_by_data (self->spin, self);
  self->spin = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (gh_number_editor_parent_class)->dispose (object);
}

static void
gh_number_editor_class_init (GhNumberEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_number_editor_dispose;
  widget_class->grab_focus = gh_number_editor_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_EDITED] = g_signal_new (
    "edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gh_number_editor_init (GhNumberEditor *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
gh_number_editor_new (const GhSetting *setting)
{
  GhNumberEditor *self = g_object_new (GH_TYPE_NUMBER_EDITOR, NULL);

  self->setting = setting;
  self->shown = setting->minimum;
  self->spin
    = gtk_spin_button_new_with_range ((double) setting->minimum, (double) setting->maximum, 1);
  gtk_spin_button_set_numeric (GTK_SPIN_BUTTON (self->spin), FALSE);
  gtk_spin_button_set_update_policy (GTK_SPIN_BUTTON (self->spin), GTK_UPDATE_IF_VALID);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->spin), 6);
  self->unit = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->unit), 0);
  gtk_label_set_width_chars (GTK_LABEL (self->unit), UNIT_WIDTH);
  gtk_widget_add_css_class (self->unit, "dim-label");
  gtk_box_append (GTK_BOX (self->box), self->spin);
  gtk_box_append (GTK_BOX (self->box), self->unit);
  ignore_scrolling (self->spin);
  name_parts (self);
  show_unit (self, self->shown);
  g_signal_connect (self->spin, "input", G_CALLBACK (on_input), self);
  g_signal_connect (self->spin, "output", G_CALLBACK (on_output), self);
  g_signal_connect_swapped (self->spin, "changed", G_CALLBACK (on_text_changed), self);
  return GTK_WIDGET (self);
}

GtkWidget *
gh_number_editor_get_spin (GhNumberEditor *self)
{
  g_return_val_if_fail (GH_IS_NUMBER_EDITOR (self), NULL);

  return self->spin;
}

void
gh_number_editor_set_number (GhNumberEditor *self, gint64 number)
{
  g_return_if_fail (GH_IS_NUMBER_EDITOR (self));

  self->showing = TRUE;
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->spin), (double) number);
  write_text (self, number);
  show_unit (self, number);
  self->showing = FALSE;
}
