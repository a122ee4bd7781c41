/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Believable workspaces to try things on: the same ones every time. */

#pragma once

#include "gh-server-database.h"

G_BEGIN_DECLS

/* Fills in workspaces until there are n of the demonstration's; those that are there already
 * stay as they are. */
gboolean gh_server_demo_fill (GhServerDatabase *database, guint n_workspaces, GError **error);

G_END_DECLS
