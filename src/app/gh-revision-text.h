/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of a revision, or of another thing that was done on the server. */

#pragma once

#include "gh-client.h"

G_BEGIN_DECLS

char *gh_revision_dup_moment (const char *at); /* RFC 3339, in words and local time */
char *gh_revision_dup_fields (char **fields);  /* the settings' titles in a row; "" for none */
char *gh_revision_dup_time (const GhRevision *revision);  /* in local time */
char *gh_revision_dup_title (const GhRevision *revision); /* number and person */
char *gh_revision_dup_line (const GhRevision *revision);  /* title and time */

G_END_DECLS
