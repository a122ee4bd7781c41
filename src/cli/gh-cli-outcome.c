/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words and the exit status for the end of an apply. */

#include <glib/gi18n-lib.h>

#include "gh-cli-outcome.h"

const char *
gh_cli_outcome_to_string (GhApplyOutcome outcome, gboolean dry_run)
{
  switch (outcome)
    {
    case GH_APPLY_APPLIED:
      return dry_run ? "acceptable" : "applied";
    case GH_APPLY_NOTHING:
      return "nothing";
    case GH_APPLY_NOT_APPLIED:
      return "not-applied";
    case GH_APPLY_CONFLICT:
    default:
      return "conflict";
    }
}

const char *
gh_cli_outcome_describe (GhApplyOutcome outcome, gboolean dry_run)
{
  switch (outcome)
    {
    case GH_APPLY_APPLIED:
      return dry_run ? _ ("The server would accept this.") : _ ("Applied.");
    case GH_APPLY_NOTHING:
      return _ ("Nothing is drafted.");
    case GH_APPLY_NOT_APPLIED:
      return _ ("Lost on the way, and not applied. The draft is as it was: try again.");
    case GH_APPLY_CONFLICT:
    default:
      return _ ("The server has changed meanwhile. Look at it again with diff, settle what is "
                "in conflict with resolve, then apply.");
    }
}

GhCliStatus
gh_cli_outcome_get_status (GhApplyOutcome outcome)
{
  switch (outcome)
    {
    case GH_APPLY_APPLIED:
      return GH_CLI_DONE;
    case GH_APPLY_NOTHING:
      return GH_CLI_NOTHING;
    case GH_APPLY_NOT_APPLIED:
      return GH_CLI_NETWORK;
    case GH_APPLY_CONFLICT:
    default:
      return GH_CLI_REFUSED;
    }
}
