/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits as commands make them: durable before they are acknowledged. */

#pragma once

#include "gh-cli.h"

G_BEGIN_DECLS

/* Waits until what was edited is durable. NOTHING when nothing was; REFUSED when another
 * program edited the same at the same moment. */
GhCliStatus gh_cli_keep (GhCli *cli, GhWorkspace *workspace);

/* Drafts a whole policy as one edit, and says how many values it drafted. */
GhCliStatus gh_cli_replace (GhCli *cli, GhWorkspace *workspace, GhPolicy *policy);

G_END_DECLS
