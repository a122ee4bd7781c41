/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bar below the forms: how much is drafted, whether it is saved, and what can be done
 * with it. */

#pragma once

#include <adwaita.h>

#include "gh-form-context.h"
#include "gh-workspace.h"

G_BEGIN_DECLS

#define GH_TYPE_CHANGE_BAR (gh_change_bar_get_type ())

G_DECLARE_FINAL_TYPE (GhChangeBar, gh_change_bar, GH, CHANGE_BAR, AdwBin)

/* Its buttons activate win.discard and win.review. */
void gh_change_bar_set_context (GhChangeBar *self, GhFormContext *context);
void gh_change_bar_set_workspace (GhChangeBar *self, GhWorkspace *workspace); /* or NULL */
const char *gh_change_bar_get_text (GhChangeBar *self);
const char *gh_change_bar_get_saved_text (GhChangeBar *self);

G_END_DECLS
