/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "gh-baseline-store.h"
#include "gh-cli.h"

G_BEGIN_DECLS

/* Owned; GH_STORE_ERROR_NOT_FOUND when there is none. */
GhPolicy *gh_cli_find_baseline (GhCli *cli, const char *name, GError **error);

G_END_DECLS
