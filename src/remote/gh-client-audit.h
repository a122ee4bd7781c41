/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The audit trail of a server: what was done there, by whom, and why. */

#pragma once

#include "gh-client.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  char *at; /* RFC 3339 */
  char *by;
  char *action;    /* "policy.changed", "community.changed", … */
  char *workspace; /* id, or NULL */
  char *community; /* id, or NULL */
  gint64 revision; /* 0 where the event made none */
  char *reason;
  char **changed_fields;
} GhAuditEvent;

void gh_audit_event_free (GhAuditEvent *event);

/* All pages, the oldest first; of GhAuditEvent. workspace and since (RFC 3339) narrow it down;
 * either may be NULL. Needs the scope audit:read. */
void gh_client_list_audit_events_async (GhClient *self,
                                        const char *workspace,
                                        const char *since,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
GPtrArray *
gh_client_list_audit_events_finish (GhClient *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhAuditEvent, gh_audit_event_free)

G_END_DECLS
