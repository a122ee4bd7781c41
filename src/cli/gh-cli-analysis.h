/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A judged header block as the command prints it. */

#pragma once

#include <json-glib/json-glib.h>

#include "gh-analysis.h"

G_BEGIN_DECLS

/* {"score", "grade", "tests": {NAME: {"result", "pass", "modifier"}}, "csp": [{"type",
 * "severity", "directive", "value"}], "findings": […]} */
JsonObject *gh_cli_analysis_to_json (const GhAnalysis *analysis);

/* For people; diagnostics are those of reading text. */
void
gh_cli_analysis_print (const GhAnalysis *analysis, const GArray *diagnostics, const char *text);

G_END_DECLS
