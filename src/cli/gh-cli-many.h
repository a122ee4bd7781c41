/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The same to several workspaces, so many at a time, with a result for each. */

#pragma once

#include "gh-cli.h"
#include "gh-each.h"

G_BEGIN_DECLS

typedef struct
{
  gpointer data; /* the caller's */
  guint n_items;
  guint n_failed;
  GhCliStatus status; /* of the last that failed */
} GhCliMany;

/* By their names, read from their servers before or not, and with the token of --token-stdin.
 * Of GhWorkspace. */
GPtrArray *gh_cli_many_look_up (GhCli *cli, char **names, GError **error);
/* The same, loaded, which each must have been read for. */
GPtrArray *gh_cli_many_find (GhCli *cli, char **names, GError **error);

/* start and end get the GhCliMany as data. The status of all: PARTIAL when some of several
 * failed, that of the failure when there was only one to do or all failed alike. */
GhCliStatus gh_cli_many_run (GhCli *cli,
                             GPtrArray *workspaces,
                             guint window,
                             GhEachStart start,
                             GhEachEnd end,
                             gpointer data);

/* Says that it failed for this one. Takes the error. */
void gh_cli_many_fail (GhCliMany *many, GhWorkspace *workspace, GError *error);

G_END_DECLS
