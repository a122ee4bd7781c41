/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a search among workspaces finds. */

#pragma once

#include "gh-workspace.h"

G_BEGIN_DECLS

/* needle: casefolded words that the name, id, address or a tag has in it, "" for any.
 * tag: one that it has to have, or NULL. */
gboolean gh_workspace_search_matches (GhWorkspace *workspace, const char *needle, const char *tag);

/* All tags that there are, sorted for people. workspaces: of GhWorkspace. */
char **gh_workspace_search_dup_tags (GListModel *workspaces);

G_END_DECLS
