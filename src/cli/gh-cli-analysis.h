/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A header block judged: score and grade, the Content-Security-Policy, what else is found. */

#pragma once

#include <json-glib/json-glib.h>

#include "gh-header-block.h"

G_BEGIN_DECLS

typedef struct _GhCliAnalysis GhCliAnalysis;

GhCliAnalysis *gh_cli_analysis_new (void);
void gh_cli_analysis_free (GhCliAnalysis *self);

/* {"score", "grade", "tests": {NAME: {"result", "pass", "modifier"}}, "csp": [{"type",
 * "severity", "directive", "value"}], "findings": […]} */
JsonObject *gh_cli_analysis_to_json (GhCliAnalysis *self, const GhHeaderBlock *block);

/* For people; diagnostics are those of reading text. */
void gh_cli_analysis_print (GhCliAnalysis *self,
                            const GhHeaderBlock *block,
                            const GArray *diagnostics,
                            const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhCliAnalysis, gh_cli_analysis_free)

G_END_DECLS
