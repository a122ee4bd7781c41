/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of the findings about an answer share. */

#pragma once

#include "gh-findings.h"

G_BEGIN_DECLS

typedef enum
{
  GH_FOUND_SYNTAX,
  GH_FOUND_FIRST_COUNTS,
  GH_FOUND_NONE_COUNTS,
  GH_FOUND_ENDPOINT,
  GH_FOUND_LEGACY_REPORTS,
  GH_FOUND_NO_HSTS,
  GH_FOUND_NO_NOSNIFF,
  GH_FOUND_NO_CSP,
  GH_FOUND_NO_FRAMING,
  GH_FOUND_OBSOLETE,
  GH_N_FOUND,
} GhFound;

/* Adds one finding about that header, a static name, which also fills the %s of the message. */
GhFinding *gh_found_report (GhFound found, const char *header, GPtrArray *findings);

/* What is missing, what nobody reads, where reports go. */
void gh_found_add_lines (const GhHeaderBlock *block, GPtrArray *findings);

G_END_DECLS
