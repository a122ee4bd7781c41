/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers of the API as structures. Each function gives NULL (FALSE) with
 * GH_REMOTE_ERROR_PROTOCOL when the answer is not what the API says it is; unknown members
 * are passed over, except in a policy, which keeps them. */

#pragma once

#include "gh-client-audit.h"
#include "gh-client-communities.h"
#include "gh-exchange.h"

G_BEGIN_DECLS

#define GH_ANSWERS_MAXIMUM_WORKSPACES 100000
#define GH_ANSWERS_MAXIMUM_REVISIONS 100000
#define GH_ANSWERS_MAXIMUM_COMMUNITIES 10000
#define GH_ANSWERS_MAXIMUM_AUDIT_EVENTS 100000

GhIdentity *gh_answers_read_identity (const GhAnswer *answer, GError **error);

/* Adds one page to the list. */
gboolean gh_answers_read_workspaces (const GhAnswer *answer, GPtrArray *workspaces, GError **error);
gboolean gh_answers_read_revisions (const GhAnswer *answer, GPtrArray *revisions, GError **error);
gboolean
gh_answers_read_communities (const GhAnswer *answer, GPtrArray *communities, GError **error);
gboolean gh_answers_read_audit_events (const GhAnswer *answer, GPtrArray *events, GError **error);

/* tagged: whether an entity tag must come with it. */
GhRemotePolicy *gh_answers_read_policy (const GhAnswer *answer, gboolean tagged, GError **error);
GhRemoteOverrides *
gh_answers_read_overrides (const GhAnswer *answer, gboolean tagged, GError **error);
GhRemotePolicy *gh_answers_read_revision (const GhAnswer *answer, GError **error);

G_END_DECLS
