/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can come next on a command line: the shells' completions ask for it. */

#pragma once

#include "gh-cli.h"

G_BEGIN_DECLS

/* words: all after the program's name, the last one being typed. Prints a candidate a line,
 * with a tab and what it is. Nothing where a file or a text of one's own is due. */
void gh_cli_complete (GhCli *cli, char **words);

G_END_DECLS
