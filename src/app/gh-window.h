/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The main window: workspaces on the left, the open one on the right. */

#pragma once

#include <adwaita.h>

#include "gh-fleet.h"
#include "gh-workspace-list.h"
#include "gh-workspace-view.h"

G_BEGIN_DECLS

#define GH_TYPE_WINDOW (gh_window_get_type ())

G_DECLARE_FINAL_TYPE (GhWindow, gh_window, GH, WINDOW, AdwApplicationWindow)

/* Actions: win.undo, win.redo, win.search, win.review, win.discard, win.sync, win.sync-all,
 * win.sign-in, win.unlock, win.resolve, win.compare-revisions(uu), win.back, win.page(s), win.toast(s). */
GhWindow *gh_window_new (GtkApplication *application);

/* Until the fleet is there the window says that it is opening; then it shows the workspaces,
 * or the welcome page where there is no account. */
void gh_window_set_fleet (GhWindow *self, GhFleet *fleet);
void gh_window_show_error (GhWindow *self, const char *title, const char *words);
GhFleet *gh_window_get_fleet (GhWindow *self);

void gh_window_open (GhWindow *self, GhWorkspace *workspace);
GhWorkspaceList *gh_window_get_workspaces (GhWindow *self);
GhWorkspaceView *gh_window_get_view (GhWindow *self);
void gh_window_read_all (GhWindow *self);
GCancellable *gh_window_get_cancellable (GhWindow *self); /* cancelled when the window goes */
void gh_window_add_toast (GhWindow *self, const char *words);

/* Starts the demo on the welcome page or over the open window, with progress in words. */
void gh_window_start_demo (GhWindow *self);

/* One dialog at a time; it is closed with the window. NULL when none is open. */
void gh_window_present_dialog (GhWindow *self, GtkWindow *dialog);
GtkWindow *gh_window_get_dialog (GhWindow *self);

G_END_DECLS
