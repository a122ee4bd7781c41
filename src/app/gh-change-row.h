/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One changed setting in a list: its name, before and after, and whether it gets weaker. */

#pragma once

#include <adwaita.h>

#include "gh-changes.h"

G_BEGIN_DECLS

GtkWidget *gh_change_row_new (GhChange *change); /* AdwActionRow */

/* "60 minutes → 15 minutes" */
char *gh_change_row_dup_text (GhChange *change);
/* Nothing of the two values is left out; long ones stand on lines of their own. */
char *gh_change_row_dup_whole_text (GhChange *change);

G_END_DECLS
