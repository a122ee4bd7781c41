/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The audit trail. */

#include "gh-server-audit.h"

#include "gh-server-handlers.h"

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

static void
set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

static JsonObject *
read_row (GhServerStatement *statement, GhServerRequest *request)
{
  JsonObject *object = json_object_new ();
  g_autofree char *at = gh_server_format_time (gh_server_statement_get_number (statement, 1));
  const char *changed = gh_server_statement_get_text (statement, 8);

  json_object_set_int_member (object, "id", gh_server_statement_get_number (statement, 0));
  json_object_set_string_member (object, "at", at);
  set_text (object, "by", gh_server_statement_get_text (statement, 2));
  set_text (object, "action", gh_server_statement_get_text (statement, 3));
  set_text (object, "workspace", gh_server_statement_get_text (statement, 4));
  set_text (object, "community", gh_server_statement_get_text (statement, 5));
  if (gh_server_statement_get_text (statement, 6) != NULL)
    json_object_set_int_member (object, "revision", gh_server_statement_get_number (statement, 6));
  else
    json_object_set_null_member (object, "revision");
  set_text (object, "reason", gh_server_statement_get_text (statement, 7));
  json_object_set_member (
    object, "changed-fields", json_from_string (changed != NULL ? changed : "[]", NULL));
  return object;
}

static gboolean
read_since (gint64 *since, GhServerRequest *request, GhServerResponse *response)
{
  const char *text = gh_server_request_get_argument (request, "since");
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;

  if (text != NULL && time == NULL)
    {
      gh_server_response_refuse (response,
                                 GH_PROBLEM_MALFORMED,
                                 "since must be a time as RFC 3339 has it, 2026-06-01T08:00:00Z.");
      return FALSE;
    }
  if (time != NULL)
    *since = g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
  return TRUE;
}

/* A token that is limited to some workspaces sees what happened to those and nothing else. */
void
gh_server_handle_audit_events (GhServerContext *context,
                               GhServerRequest *request,
                               GhServerResponse *response)
{
  static const GhServerList list = { "events", "audit-events", 0, read_row };
  const char *workspace = gh_server_request_get_argument (request, "workspace");
  g_auto (GhServerPage) page = { 0 };
  g_autoptr (GError) error = NULL;
  GhServerStatement *statement;
  gint64 since = 0;

  if (!gh_server_page_read (&page, list.kind, request, response)
      || !read_since (&since, request, response))
    return;
  statement = gh_server_database_query (
    context->database,
    &error,
    "SELECT id, at, by, action, workspace, community, revision, reason, changed"
    " FROM audit_events e WHERE id > ?1 AND at >= ?2 AND (?3 IS NULL OR workspace = ?3)"
    " AND (?4 = 0 OR EXISTS (SELECT 1 FROM token_workspaces t"
    "                        WHERE t.token = ?4 AND t.workspace = e.workspace))"
    " ORDER BY id LIMIT ?5",
    "iisii",
    page.after != NULL ? g_ascii_strtoll (page.after, NULL, 10) : (gint64) 0,
    since,
    workspace,
    request->identity->workspaces != NULL ? request->identity->id : (gint64) 0,
    (gint64) page.limit + 1);
  gh_server_page_answer (&page, &list, statement, error, request, response);
}
