/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The audit trail: events are added, never changed, never deleted. */

#pragma once

#include "gh-server-database.h"

G_BEGIN_DECLS

/* Borrowed members. What does not apply is NULL or 0. */
typedef struct
{
  gint64 at;
  const char *by;
  const char
    *action; /* "workspace.made", "policy.changed", "policy.restored", "community.changed" */
  const char *workspace;
  const char *community;
  gint64 revision;
  const char *reason;
  const char *changed; /* JSON array of field ids */
} GhServerAuditEvent;

gboolean
gh_server_audit_add (GhServerDatabase *database, const GhServerAuditEvent *event, GError **error);

G_END_DECLS
