/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of a revision. */

#pragma once

#include "gh-client.h"

G_BEGIN_DECLS

char *gh_revision_dup_time (const GhRevision *revision);  /* in local time */
char *gh_revision_dup_title (const GhRevision *revision); /* number and person */
char *gh_revision_dup_line (const GhRevision *revision);  /* title and time */

G_END_DECLS
