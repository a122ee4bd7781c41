/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Size and place of the window between sessions, where the settings schema is installed. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* NULL where the schema is not installed; nothing is kept then. */
GSettings *gh_window_state_open (void);
void gh_window_state_restore (GSettings *settings, GtkWindow *window);
void gh_window_state_save (GSettings *settings, GtkWindow *window);

G_END_DECLS
