/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window does to many workspaces at once. */

#pragma once

#include "gh-window.h"

G_BEGIN_DECLS

/* Once the fleet is there: follows the list's selection, and takes up what was cut off.
 * Action: many.unfinished, which shows what is being applied, or else what was cut off. */
void gh_window_many_set_up (GhWindow *self);

G_END_DECLS
