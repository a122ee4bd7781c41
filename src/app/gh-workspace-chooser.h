/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A drop-down of many workspaces, searched by typing. */

#pragma once

#include <gtk/gtk.h>

#include "gh-workspace.h"

G_BEGIN_DECLS

/* workspaces: of GhWorkspace. name is the accessible one. */
void gh_workspace_chooser_set_up (GtkDropDown *chooser, GListModel *workspaces, const char *name);
void gh_workspace_chooser_select (GtkDropDown *chooser, GhWorkspace *workspace);

G_END_DECLS
