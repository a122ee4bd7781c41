/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Findings as commands print them. */

#pragma once

#include "gh-cli-output.h"
#include "gh-finding.h"

G_BEGIN_DECLS

JsonArray *gh_cli_findings_to_json (GPtrArray *findings);
void gh_cli_findings_print (GPtrArray *findings);

/* On standard error those alone that want to be confirmed, or mended; about is what they are of,
 * such as "ACCOUNT/ID", or NULL. TRUE when an error is among them. */
gboolean gh_cli_findings_warn (GPtrArray *findings, const char *about);

G_END_DECLS
