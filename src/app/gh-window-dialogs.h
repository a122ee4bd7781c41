/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window asks in dialogs, each about the open workspace. */

#pragma once

#include "gh-window.h"

G_BEGIN_DECLS

void gh_window_review (GhWindow *self);
void gh_window_resolve (GhWindow *self);
void gh_window_discard (GhWindow *self);
/* Places in the history, the newest first. Nothing happens when there are none such. */
void gh_window_compare_revisions (GhWindow *self, guint before, guint after);
void gh_window_sign_in (GhWindow *self);
/* The keyring asks in a dialog of its own. */
void gh_window_unlock (GhWindow *self);
void gh_window_show_accounts (GhWindow *self);
void gh_window_add_account (GhWindow *self);

G_END_DECLS
