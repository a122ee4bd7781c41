/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The call of the API about the audit trail. */

#include "gh-client-audit.h"

#include "gh-answers.h"
#include "gh-calls.h"
#include "gh-wire.h"

static void
add_argument (GString *query, const char *name, const char *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (query, "&%s=", name);
  g_string_append_uri_escaped (query, value, NULL, FALSE);
}

void
gh_client_list_audit_events_async (GhClient *self,
                                   const char *workspace,
                                   const char *since,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task = gh_calls_begin (self, workspace, NULL, cancellable, callback, user_data);
  g_autoptr (GString) query = g_string_new (GH_CALLS_PAGE_QUERY);

  if (task == NULL)
    return;
  add_argument (query, "workspace", workspace);
  add_argument (query, "since", since);
  gh_calls_list (task,
                 gh_wire_build (gh_client_get_base (self), query->str, "v1", "audit-events", NULL),
                 gh_answers_read_audit_events,
                 (GDestroyNotify) gh_audit_event_free);
}

GPtrArray *
gh_client_list_audit_events_finish (GhClient *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
