/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The open workspace's policy as a file or as a baseline. */

#pragma once

#include "gh-window.h"

G_BEGIN_DECLS

/* Once the fleet is there. Actions: policy.import, policy.export, policy.save-baseline. */
void gh_window_policy_set_up (GhWindow *self);

/* What the forms show, with the draft over what is applied. Says how it ended. */
void gh_window_export (GhWindow *self, GFile *file);

G_END_DECLS
