/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Policies that a command reads. */

#pragma once

#include "gh-policy.h"

G_BEGIN_DECLS

/* From FILE, or standard input with "-"; errors as gh_policy_file_parse() has them. */
GhPolicy *gh_cli_read_policy (const char *path, GError **error);

G_END_DECLS
