/* SPDX-License-Identifier: GPL-3.0-or-later */

/* history, restore, audit: the revisions on the server, and what else was done there. */

#include <inttypes.h>

#include <glib/gi18n-lib.h>

#include "gh-cli-commands.h"
#include "gh-cli-findings.h"
#include "gh-cli-many.h"
#include "gh-cli-outcome.h"
#include "gh-cli-output.h"
#include "gh-cli-replace.h"
#include "gh-client-audit.h"
#include "gh-header-rules.h"

static gboolean local;
static char *since;
static gboolean at_once;
static gboolean dry_run;
static gboolean yes;
static char *reason;

static const GOptionEntry history_options[] = {
  { "local",
    0,
    0,
    G_OPTION_ARG_NONE,
    &local,
    N_ ("What this computer sent, without asking the server"),
    NULL },
  { NULL },
};

static const GOptionEntry restore_options[] = {
  { "apply",
    0,
    0,
    G_OPTION_ARG_NONE,
    &at_once,
    N_ ("Have the server restore it at once, instead of drafting it"),
    NULL },
  { "dry-run",
    0,
    0,
    G_OPTION_ARG_NONE,
    &dry_run,
    N_ ("Only ask whether the server would accept"),
    NULL },
  { "reason",
    0,
    0,
    G_OPTION_ARG_STRING,
    &reason,
    N_ ("Why, for the server's record"),
    N_ ("TEXT") },
  { "yes", 'y', 0, G_OPTION_ARG_NONE, &yes, N_ ("Do not ask"), NULL },
  { NULL },
};

static const GOptionEntry audit_options[] = {
  { "since",
    0,
    0,
    G_OPTION_ARG_STRING,
    &since,
    N_ ("Only what was done from this time on, such as 2026-06-01T08:00:00Z"),
    N_ ("TIME") },
  { NULL },
};

/* The workspace, as the server has it now. NULL with error set when it cannot be asked. */
static GhWorkspace *
reach (GhCli *cli, const char *name, GError **error)
{
  char *names[] = { (char *) name, NULL };
  g_autoptr (GPtrArray) workspaces = NULL;

  if (!gh_cli_open (cli, error))
    return NULL;

  workspaces = gh_cli_many_find (cli, names, error);
  if (workspaces == NULL || !gh_cli_sync (cli, workspaces->pdata[0], error))
    return NULL;

  return workspaces->pdata[0]; /* the fleet holds it */
}

static GPtrArray *
list (GhCli *cli, GhWorkspace *workspace, GError **error)
{
  GhClient *client = gh_workspace_get_client (workspace);
  g_autoptr (GAsyncResult) result = NULL;

  gh_client_list_revisions_async (
    client, gh_workspace_get_id (workspace), cli->cancellable, gh_cli_ready, &result);
  return gh_client_list_revisions_finish (client, gh_cli_wait (&result), error);
}

static JsonObject *
describe (const GhRevision *revision)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "revision", revision->revision);
  gh_cli_add_string (object, "at", revision->at);
  gh_cli_add_string (object, "by", revision->by);
  gh_cli_add_string (object, "reason", revision->reason);
  gh_cli_add_strings (object, "changed-fields", (const char *const *) revision->changed_fields);

  return object;
}

static const char *
or_dash (const char *text)
{
  return text == NULL || *text == '\0' ? "-" : text;
}

static void
print_table (GPtrArray *revisions)
{
  GhCliTable *table = gh_cli_table_new (5);

  for (guint i = 0; i < revisions->len; i++)
    {
      const GhRevision *revision = revisions->pdata[i];
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, revision->revision);
      g_autofree char *fields
        = revision->changed_fields == NULL ? NULL : g_strjoinv (" ", revision->changed_fields);

      gh_cli_table_add (table,
                        number,
                        or_dash (revision->at),
                        or_dash (revision->by),
                        or_dash (revision->reason),
                        or_dash (fields),
                        NULL);
    }
  gh_cli_table_print (table);
}

static GhCliStatus
show_remote (GhCli *cli, const char *name)
{
  g_autoptr (GPtrArray) revisions = NULL;
  GError *error = NULL;
  GhWorkspace *workspace = reach (cli, name, &error);
  JsonArray *array;

  if (workspace != NULL)
    revisions = list (cli, workspace, &error);
  if (revisions == NULL)
    return gh_cli_fail (error);

  if (!cli->json)
    {
      print_table (revisions);
      return GH_CLI_DONE;
    }

  array = json_array_sized_new (revisions->len);
  for (guint i = 0; i < revisions->len; i++)
    json_array_add_object_element (array, describe (revisions->pdata[i]));
  gh_cli_print_array (array);

  return GH_CLI_DONE;
}

static GPtrArray *
list_journal (GhCli *cli, GhWorkspace *workspace, GError **error)
{
  g_autoptr (GhWorkspaceKey) key
    = gh_workspace_key_new (gh_workspace_get_account (workspace), gh_workspace_get_id (workspace));
  GhDatabase *database = gh_fleet_get_database (cli->fleet);
  g_autoptr (GAsyncResult) result = NULL;

  gh_journal_list_async (database, key, FALSE, cli->cancellable, gh_cli_ready, &result);
  return gh_journal_list_finish (database, gh_cli_wait (&result), error);
}

static char *
dup_time (gint64 microseconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (microseconds / G_USEC_PER_SEC);

  return g_date_time_format_iso8601 (time);
}

static JsonObject *
describe_entry (const GhJournalEntry *entry)
{
  g_autofree char *at = dup_time (entry->started_at);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "at", at);
  json_object_set_string_member (object, "state", gh_journal_state_to_string (entry->state));
  json_object_set_int_member (object, "revision", entry->revision);
  gh_cli_add_string (object, "reason", entry->reason);
  json_object_set_member (object, "patch", json_from_string (entry->patch, NULL));

  return object;
}

static void
print_entries (const GhCli *cli, GPtrArray *entries)
{
  JsonArray *array = json_array_new ();
  GhCliTable *table = gh_cli_table_new (4);

  for (guint i = 0; i < entries->len; i++)
    {
      const GhJournalEntry *entry = entries->pdata[i];
      g_autofree char *at = dup_time (entry->started_at);

      if (cli->json)
        json_array_add_object_element (array, describe_entry (entry));
      else
        gh_cli_table_add (table,
                          at,
                          gh_journal_state_to_string (entry->state),
                          or_dash (entry->reason),
                          entry->patch,
                          NULL);
    }
  if (cli->json)
    gh_cli_print_array (json_array_ref (array));
  json_array_unref (array);
  gh_cli_table_print (table);
}

static GhCliStatus
show_local (GhCli *cli, const char *name)
{
  g_autoptr (GPtrArray) entries = NULL;
  GError *error = NULL;
  GhWorkspace *workspace = gh_cli_find (cli, name, &error);

  if (workspace != NULL)
    entries = list_journal (cli, workspace, &error);
  if (entries == NULL)
    return gh_cli_fail (error);

  print_entries (cli, entries);
  return entries->len > 0 ? GH_CLI_DONE : GH_CLI_NOTHING;
}

static GhCliStatus
run_history (GhCli *cli, char **arguments)
{
  return local ? show_local (cli, arguments[0]) : show_remote (cli, arguments[0]);
}

static GhRemotePolicy *
fetch (GhCli *cli, GhWorkspace *workspace, gint64 revision, GError **error)
{
  GhClient *client = gh_workspace_get_client (workspace);
  g_autoptr (GAsyncResult) result = NULL;

  gh_client_get_revision_async (
    client, gh_workspace_get_id (workspace), revision, cli->cancellable, gh_cli_ready, &result);
  return gh_client_get_revision_finish (client, gh_cli_wait (&result), error);
}

static gboolean
is_agreed (gint64 revision)
{
  g_autofree char *question = NULL;

  if (yes || dry_run || !gh_cli_is_terminal ())
    return TRUE;
  question
    = g_strdup_printf (_ ("Make revision %" PRId64 " hold again on the server? [y/N]"), revision);
  return gh_cli_confirm (question);
}

/* The server does it, with settings that this program does not know too. */
static GhCliStatus
restore_at_once (GhCli *cli, GhWorkspace *workspace, gint64 revision, const GhPolicy *policy)
{
  GhPolicy *base = gh_document_get_base (gh_workspace_get_document (workspace));
  g_autoptr (GPtrArray) findings = gh_policy_check (base, policy);
  g_autoptr (GAsyncResult) result = NULL;
  GhApplyOutcome outcome;
  GError *error = NULL;

  gh_cli_findings_warn (findings, NULL);
  if (!is_agreed (revision))
    return GH_CLI_NOTHING;
  gh_workspace_restore_async (
    workspace, revision, reason, dry_run, cli->cancellable, gh_cli_ready, &result);
  outcome = gh_workspace_restore_finish (workspace, gh_cli_wait (&result), &error);
  if (error != NULL)
    return gh_cli_fail (error);

  if (outcome == GH_APPLY_NOTHING)
    gh_cli_print_line (_ ("The policy is equal to this revision already."));
  else if (outcome == GH_APPLY_CONFLICT)
    gh_cli_print_line (_ ("The server has changed meanwhile. Look at it again, then repeat."));
  else
    gh_cli_print_line ("%s", gh_cli_outcome_describe (outcome, dry_run));
  return gh_cli_outcome_get_status (outcome);
}

/* Unless asked otherwise it goes through review as any edit: drafted, not sent. */
static GhCliStatus
run_restore (GhCli *cli, char **arguments)
{
  g_autoptr (GhRemotePolicy) old = NULL;
  guint64 revision;
  GhWorkspace *workspace;
  GError *error = NULL;

  if (!g_ascii_string_to_unsigned (arguments[1], 10, 1, G_MAXINT64, &revision, NULL))
    return gh_cli_usage (_ ("“%s” is not a revision: see gatehousectl history."), arguments[1]);
  if (!at_once && (dry_run || reason != NULL))
    return gh_cli_usage (_ ("--dry-run and --reason go with --apply."));

  workspace = reach (cli, arguments[0], &error);
  if (workspace != NULL)
    old = fetch (cli, workspace, (gint64) revision, &error);
  if (old == NULL)
    return gh_cli_fail (error);

  return at_once ? restore_at_once (cli, workspace, (gint64) revision, old->policy)
                 : gh_cli_replace (cli, workspace, old->policy);
}

static JsonObject *
describe_event (const GhAuditEvent *event)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", event->id);
  gh_cli_add_string (object, "at", event->at);
  gh_cli_add_string (object, "by", event->by);
  gh_cli_add_string (object, "action", event->action);
  gh_cli_add_string (object, "workspace", event->workspace);
  gh_cli_add_string (object, "community", event->community);
  json_object_set_int_member (object, "revision", event->revision);
  gh_cli_add_string (object, "reason", event->reason);
  gh_cli_add_strings (object, "changed-fields", (const char *const *) event->changed_fields);
  return object;
}

static void
print_events (const GhCli *cli, GPtrArray *events)
{
  JsonArray *array = json_array_new ();
  GhCliTable *table = gh_cli_table_new (6);

  for (guint i = 0; i < events->len; i++)
    {
      const GhAuditEvent *event = events->pdata[i];
      g_autofree char *fields = g_strjoinv (" ", event->changed_fields);

      if (cli->json)
        json_array_add_object_element (array, describe_event (event));
      else
        gh_cli_table_add (table,
                          or_dash (event->at),
                          or_dash (event->by),
                          event->action,
                          or_dash (event->community),
                          or_dash (event->reason),
                          or_dash (fields),
                          NULL);
    }
  if (cli->json)
    gh_cli_print_array (json_array_ref (array));
  json_array_unref (array);
  gh_cli_table_print (table);
}

static GhCliStatus
run_audit (GhCli *cli, char **arguments)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) events = NULL;
  GError *error = NULL;
  GhWorkspace *workspace = reach (cli, arguments[0], &error);
  GhClient *client;

  if (workspace == NULL)
    return gh_cli_fail (error);

  client = gh_workspace_get_client (workspace);
  gh_client_list_audit_events_async (
    client, gh_workspace_get_id (workspace), since, cli->cancellable, gh_cli_ready, &result);
  events = gh_client_list_audit_events_finish (client, gh_cli_wait (&result), &error);
  if (events == NULL)
    return gh_cli_fail (error);

  print_events (cli, events);
  return GH_CLI_DONE;
}

const GhCliCommand gh_cli_history_commands[] = {
  { "history",
    "WORKSPACE",
    N_ ("Show the revisions on the server"),
    1,
    1,
    GH_CLI_READS | GH_CLI_NETWORKS,
    history_options,
    run_history },
  { "restore",
    "WORKSPACE REVISION",
    N_ ("Draft an old revision anew; apply then sends it"),
    2,
    2,
    GH_CLI_NETWORKS,
    restore_options,
    run_restore },
  { "audit",
    "WORKSPACE",
    N_ ("Show what was done on the server, to the workspace and its communities"),
    1,
    1,
    GH_CLI_READS | GH_CLI_NETWORKS,
    audit_options,
    run_audit },
  { NULL },
};
