/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A policy as a file: {"schema": "gatehouse-policy/1", "policy": {…}}. */

#pragma once

#include "gh-policy.h"

G_BEGIN_DECLS

#define GH_CLI_POLICY_SCHEMA "gatehouse-policy/1"

/* From FILE, or standard input with "-". GH_POLICY_ERROR_SCHEMA when it is not of that
 * schema or names fields that there are not. */
GhPolicy *gh_cli_read_policy (const char *path, GError **error);

G_END_DECLS
