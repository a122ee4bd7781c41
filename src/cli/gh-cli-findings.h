/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Findings as commands print them. */

#pragma once

#include "gh-cli-output.h"
#include "gh-finding.h"

G_BEGIN_DECLS

JsonArray *gh_cli_findings_to_json (GPtrArray *findings);
void gh_cli_findings_print (GPtrArray *findings);

G_END_DECLS
