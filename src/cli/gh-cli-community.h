/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workspace with its communities, as commands about them need it. */

#pragma once

#include "gh-cli.h"
#include "gh-workspace-communities.h"

G_BEGIN_DECLS

/* By its name, loaded; its communities as the server has them now, or with ask FALSE as last
 * read. Borrowed; NULL with error set. */
GhWorkspace *gh_cli_community_open (GhCli *cli, const char *name, gboolean ask, GError **error);

G_END_DECLS
