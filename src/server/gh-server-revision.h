/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One revision of a workspace's policy: read, compared and written. */

#pragma once

#include "gh-policy.h"
#include "gh-server-database.h"

G_BEGIN_DECLS

/* Reference counted and immutable. */
typedef struct
{
  char *workspace;
  gint64 revision; /* counts from 1 */
  gint64 at;
  char *by;
  char *reason;  /* may be empty */
  char *changed; /* JSON array of field ids */
  GhPolicy *policy;
  GBytes *body; /* the policy as it is answered */
  char *tag;    /* its strong entity tag, quotes included */
} GhServerRevision;

GhServerRevision *gh_server_revision_ref (GhServerRevision *self);
void gh_server_revision_unref (GhServerRevision *self);

/* Revision 0 is the current one. NULL without an error when there is no such revision. */
GhServerRevision *gh_server_revision_load (GhServerDatabase *database,
                                           const char *workspace,
                                           gint64 revision,
                                           GError **error);

/* Ids of the fields that differ, in table order, as a JSON array. */
JsonArray *gh_server_list_changed (const GhPolicy *before, const GhPolicy *after);

GhServerRevision *gh_server_revision_new_first (const char *workspace, GhPolicy *policy, gint64 at);

/* What comes after current; current itself when policy is equal to its policy. */
GhServerRevision *gh_server_revision_new_next (GhServerRevision *current,
                                               GhPolicy *policy,
                                               gint64 at,
                                               const char *by,
                                               const char *reason);

/* Writes it down as the workspace's current revision, with its audit event. */
gboolean gh_server_revision_insert (GhServerDatabase *database,
                                    GhServerRevision *self,
                                    const char *action,
                                    GError **error);

/* The revision a client knows by tag, from the number in it; NULL when there is none. */
GhServerRevision *gh_server_revision_find_tag (GhServerDatabase *database,
                                               const char *workspace,
                                               const char *tag,
                                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhServerRevision, gh_server_revision_unref)

G_END_DECLS
