/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the person must know about the open workspace, in words, with what can be done:
 * offline, sign in, conflict, read only, how an interrupted apply ended. */

#pragma once

#include <adwaita.h>

#include "gh-workspace.h"

G_BEGIN_DECLS

#define GH_TYPE_BANNER (gh_banner_get_type ())

G_DECLARE_FINAL_TYPE (GhBanner, gh_banner, GH, BANNER, AdwBin)

/* Its button activates win.sync, win.sign-in, win.unlock or win.resolve. */
void gh_banner_set_workspace (GhBanner *self, GhWorkspace *workspace); /* or NULL */

/* What is shown, "" when nothing is. */
const char *gh_banner_get_text (GhBanner *self);

G_END_DECLS
