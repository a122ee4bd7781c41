/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Communities and the audit trail over a real socket. */

#include <sqlite3.h>
#include <string.h>

#include "gh-setting.h"
#include "server-fixture.h"

#define PATCH_TYPE "application/merge-patch+json"

typedef struct
{
  ServerFixture *server;
  char *workspace; /* id */
  char *list;      /* path */
  char *policy;    /* path */
  char *tag;
} Fixture;

static void
read_tag (Fixture *fixture)
{
  g_autoptr (Answer) answer
    = server_fixture_ask (fixture->server, NULL, "GET", fixture->policy, NULL, NULL);

  assert_status (answer, 200);
  g_free (fixture->tag);
  fixture->tag = g_strdup (answer_get_header (answer, "ETag"));
}

/* The first workspace that has a community. */
static gboolean
use_workspace (Fixture *fixture, const char *id)
{
  g_autofree char *path = g_strdup_printf ("/v1/workspaces/%s/communities", id);
  g_autoptr (Answer) answer = server_fixture_ask (fixture->server, NULL, "GET", path, NULL, NULL);
  g_autoptr (JsonNode) node = NULL;
  JsonArray *communities;

  assert_status (answer, 200);
  node = answer_parse_json (answer);
  communities = json_object_get_array_member (json_node_get_object (node), "communities");
  if (json_array_get_length (communities) == 0)
    return FALSE;
  fixture->workspace = g_strdup (id);
  fixture->list = g_steal_pointer (&path);
  fixture->policy = g_strdup_printf (
    "%s/%s/policy",
    fixture->list,
    json_object_get_string_member (json_array_get_object_element (communities, 0), "id"));
  return TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer) answer = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonArray *workspaces;
  gboolean found = FALSE;

  fixture->server = server_fixture_new ("--demo", "10", NULL);
  answer = server_fixture_ask (fixture->server, NULL, "GET", "/v1/workspaces", NULL, NULL);
  node = answer_parse_json (answer);
  workspaces = json_object_get_array_member (json_node_get_object (node), "workspaces");
  for (guint i = 0; i < json_array_get_length (workspaces) && !found; i++)
    found = use_workspace (
      fixture, json_object_get_string_member (json_array_get_object_element (workspaces, i), "id"));
  g_assert_true (found);
  read_tag (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  server_fixture_free (fixture->server);
  g_free (fixture->workspace);
  g_free (fixture->list);
  g_free (fixture->policy);
  g_free (fixture->tag);
}

static Answer *
patch_at (Fixture *fixture, const char *path, const char *body)
{
  return server_fixture_ask (fixture->server,
                             NULL,
                             "PATCH",
                             path,
                             body,
                             "Content-Type",
                             PATCH_TYPE,
                             "If-Match",
                             fixture->tag,
                             "Gatehouse-Reason",
                             "Because",
                             NULL);
}

static Answer *
patch (Fixture *fixture, const char *body)
{
  return patch_at (fixture, fixture->policy, body);
}

static void
test_fields (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer) answer
    = server_fixture_ask (fixture->server, NULL, "GET", fixture->policy, NULL, NULL);
  g_autoptr (Answer) same = server_fixture_ask (
    fixture->server, NULL, "GET", fixture->policy, NULL, "If-None-Match", fixture->tag, NULL);
  g_autoptr (JsonNode) node = answer_parse_json (answer);
  JsonObject *object = json_node_get_object (node);
  guint n_fields = 0;

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      gboolean expected = setting->scope == GH_SCOPE_COMMUNITY;

      g_assert_cmpint (json_object_has_member (object, setting->id), ==, expected);
      n_fields += expected;
    }
  g_assert_cmpuint (n_fields, ==, json_object_get_size (object));
  g_assert_cmpuint (n_fields, >=, 3);
  assert_status (same, 304);
}

static void
test_override_and_inherit (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = g_strdup (fixture->tag);
  g_autoptr (Answer) over = patch (fixture, "{\"rank-assessment-link-expiry\":777}");
  g_autoptr (Answer) stale = patch (fixture, "{\"rank-assessment-link-expiry\":778}");
  g_autoptr (Answer) back = NULL;
  g_autoptr (Answer) again = NULL;

  assert_status (over, 200);
  g_assert_nonnull (strstr (over->body, "\"rank-assessment-link-expiry\":777"));
  assert_status (stale, 412);
  g_assert_nonnull (strstr (stale->body, "\"changed-by\":\"Demo administrator\""));
  g_assert_nonnull (strstr (stale->body, "[\"rank-assessment-link-expiry\"]"));
  read_tag (fixture);
  g_assert_cmpstr (fixture->tag, !=, first);
  back = patch (fixture, "{\"rank-assessment-link-expiry\":null}");
  assert_status (back, 200);
  g_assert_nonnull (strstr (back->body, "\"rank-assessment-link-expiry\":null"));
  read_tag (fixture);
  again = patch (fixture, "{\"rank-assessment-link-expiry\":null}");
  assert_status (again, 200);
  g_assert_cmpstr (answer_get_header (again, "ETag"), ==, fixture->tag);
}

static void
test_refusals (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer) answer = patch (fixture,
                                     "{\"global-session-timeout\":5,\"nothing\":1,"
                                     "\"rank-assessment-link-expiry\":-1,"
                                     "\"google-analytics\":\"yes\"}");
  g_autofree char *absent = g_strconcat (fixture->list, "/no-such/policy", NULL);
  g_autofree char *dry_run = g_strconcat (fixture->policy, "?dry-run=true", NULL);
  g_autoptr (Answer) nowhere
    = server_fixture_ask (fixture->server, NULL, "GET", absent, NULL, NULL);
  g_autoptr (Answer) no_tag = server_fixture_ask (
    fixture->server, NULL, "PATCH", fixture->policy, "{}", "Content-Type", PATCH_TYPE, NULL);
  g_autoptr (Answer) tried = patch_at (fixture, dry_run, "{\"rank-assessment-link-expiry\":9}");
  g_autofree char *tag = g_strdup (fixture->tag);

  assert_status (answer, 422);
  assert_error (answer, "/global-session-timeout", "scope");
  assert_error (answer, "/nothing", "unknown-field");
  assert_error (answer, "/rank-assessment-link-expiry", "range");
  assert_error (answer, "/google-analytics", "type");
  assert_status (nowhere, 404);
  assert_status (no_tag, 428);
  assert_status (tried, 200);
  read_tag (fixture);
  g_assert_cmpstr (fixture->tag, ==, tag);
}

static JsonArray *
get_events (Fixture *fixture, const char *token, const char *query, JsonNode **node)
{
  g_autofree char *path = g_strconcat ("/v1/audit-events?limit=500", query, NULL);
  g_autoptr (Answer) answer = server_fixture_ask (fixture->server, token, "GET", path, NULL, NULL);

  assert_status (answer, 200);
  *node = answer_parse_json (answer);
  return json_object_get_array_member (json_node_get_object (*node), "events");
}

static void
test_audit (Fixture *fixture, gconstpointer data)
{
  g_autofree char *start = g_strdup ("&since=2026-11-01T00:00:00Z");
  g_autoptr (Answer) change = patch (fixture, "{\"rank-assessment-link-expiry\":777}");
  g_autofree char *query = g_strdup_printf ("%s&workspace=%s", start, fixture->workspace);
  g_autoptr (JsonNode) node = NULL;
  JsonArray *events = get_events (fixture, NULL, query, &node);
  JsonObject *last = json_array_get_object_element (events, json_array_get_length (events) - 1);
  g_autoptr (Answer) bad = server_fixture_ask (
    fixture->server, NULL, "GET", "/v1/audit-events?since=yesterday", NULL, NULL);

  assert_status (change, 200);
  assert_status (bad, 400);
  g_assert_cmpuint (json_array_get_length (events), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (last, "action"), ==, "community.changed");
  g_assert_cmpstr (json_object_get_string_member (last, "by"), ==, "Demo administrator");
  g_assert_cmpstr (json_object_get_string_member (last, "reason"), ==, "Because");
  g_assert_cmpstr (json_object_get_string_member (last, "workspace"), ==, fixture->workspace);
}

static void
test_audit_of_a_limited_token (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = server_fixture_make_token (fixture->server,
                                                      "--name",
                                                      "Auditor",
                                                      "--scopes",
                                                      "audit:read",
                                                      "--workspace",
                                                      fixture->workspace,
                                                      NULL);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) all_node = NULL;
  JsonArray *events = get_events (fixture, token, "", &node);
  JsonArray *all = get_events (fixture, NULL, "", &all_node);

  g_assert_cmpuint (json_array_get_length (events), >, 0);
  g_assert_cmpuint (json_array_get_length (events), <, json_array_get_length (all));
  for (guint i = 0; i < json_array_get_length (events); i++)
    g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (events, i), "workspace"),
      ==,
      fixture->workspace);
}

static void
test_audit_is_append_only (Fixture *fixture, gconstpointer data)
{
  sqlite3 *database = NULL;

  g_assert_cmpint (sqlite3_open (fixture->server->database, &database), ==, SQLITE_OK);
  sqlite3_busy_timeout (database, 5000);
  g_assert_cmpint (
    sqlite3_exec (database, "DELETE FROM audit_events", NULL, NULL, NULL), ==, SQLITE_CONSTRAINT);
  g_assert_cmpint (sqlite3_exec (database, "UPDATE audit_events SET by = ''", NULL, NULL, NULL),
                   ==,
                   SQLITE_CONSTRAINT);
  sqlite3_close (database);
}

#define ADD(name, test)                                                                            \
  g_test_add ("/server/communities/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("fields", test_fields);
  ADD ("override-and-inherit", test_override_and_inherit);
  ADD ("refusals", test_refusals);
  ADD ("audit", test_audit);
  ADD ("audit-of-a-limited-token", test_audit_of_a_limited_token);
  ADD ("audit-is-append-only", test_audit_is_append_only);
  return g_test_run ();
}
