/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The audit trail. */

#include "gh-server-audit.h"

gboolean
gh_server_audit_add (GhServerDatabase *database, const GhServerAuditEvent *event, GError **error)
{
  return gh_server_database_run (
    database,
    error,
    "INSERT INTO audit_events (at, by, action, workspace, community, revision, reason, changed)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    "issssiss",
    event->at,
    event->by,
    event->action,
    event->workspace,
    event->community,
    event->revision,
    event->reason,
    event->changed);
}
