/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "gh-cli.h"

G_BEGIN_DECLS

extern gboolean gh_cli_compare_csv; /* the option --csv */

/* Prints the fields that are not alike everywhere; baseline NULL: among the workspaces. DONE
 * when nothing differs, NOTHING (a finding) when something does. */
GhCliStatus gh_cli_compare (GhCli *cli, const char *baseline, char **names);

G_END_DECLS
