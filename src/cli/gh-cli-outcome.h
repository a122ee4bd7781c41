/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How an apply ended, for programs and for people. */

#pragma once

#include "gh-cli.h"
#include "gh-workspace.h"

G_BEGIN_DECLS

/* "applied", "acceptable" (after a dry run), "nothing", "not-applied", "conflict" */
const char *gh_cli_outcome_to_string (GhApplyOutcome outcome, gboolean dry_run);

/* Translated, a whole sentence. */
const char *gh_cli_outcome_describe (GhApplyOutcome outcome, gboolean dry_run);

/* What the program ends with where this is all that it did. */
GhCliStatus gh_cli_outcome_get_status (GhApplyOutcome outcome);

G_END_DECLS
