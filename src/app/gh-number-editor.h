/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole number with its unit in words. Text that is no number of the setting stays as
 * it was typed, where a bare spin button would throw it away. */

#pragma once

#include <gtk/gtk.h>

#include "gh-setting.h"

G_BEGIN_DECLS

#define GH_TYPE_NUMBER_EDITOR (gh_number_editor_get_type ())

G_DECLARE_FINAL_TYPE (GhNumberEditor, gh_number_editor, GH, NUMBER_EDITOR, GtkWidget)

/* Signal `edited`: the text changed other than by set_number(). */
GtkWidget *gh_number_editor_new (const GhSetting *setting);
GtkWidget *gh_number_editor_get_spin (GhNumberEditor *self);
void gh_number_editor_set_number (GhNumberEditor *self, gint64 number);

G_END_DECLS
