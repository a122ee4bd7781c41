/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Revisions, restoring, reasons and idempotency keys over a real socket. */

#include <sqlite3.h>
#include <string.h>

#include "server-fixture.h"

#define PATCH_TYPE "application/merge-patch+json"

typedef struct
{
  ServerFixture *server;
  char *workspace; /* path */
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

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer) list = NULL;
  g_autofree char *id = NULL;

  fixture->server = server_fixture_new ("--demo", "2", NULL);
  list = server_fixture_ask (fixture->server, NULL, "GET", "/v1/workspaces", NULL, NULL);
  id = answer_dup_first_id (list);
  fixture->workspace = g_strdup_printf ("/v1/workspaces/%s", id);
  fixture->policy = g_strconcat (fixture->workspace, "/policy", NULL);
  read_tag (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  server_fixture_free (fixture->server);
  g_free (fixture->workspace);
  g_free (fixture->policy);
  g_free (fixture->tag);
}

static Answer *
patch_with (Fixture *fixture, const char *body, const char *header, const char *value)
{
  return server_fixture_ask (fixture->server,
                             NULL,
                             "PATCH",
                             fixture->policy,
                             body,
                             "Content-Type",
                             PATCH_TYPE,
                             "If-Match",
                             fixture->tag,
                             header,
                             value,
                             NULL);
}

static JsonObject *
get_latest (Fixture *fixture, JsonNode **node)
{
  g_autofree char *path = g_strconcat (fixture->workspace, "/revisions?limit=1", NULL);
  g_autoptr (Answer) answer = server_fixture_ask (fixture->server, NULL, "GET", path, NULL, NULL);

  assert_status (answer, 200);
  *node = answer_parse_json (answer);
  return json_array_get_object_element (
    json_object_get_array_member (json_node_get_object (*node), "revisions"), 0);
}

static void
test_reasons (Fixture *fixture, gconstpointer data)
{
  static const char *const refused[] = { "a%0Ab", "%zz", "%ff", "%00" };
  g_autofree char *long_reason = g_strnfill (501, 'x');
  g_autoptr (Answer) too_long
    = patch_with (fixture, "{\"global-session-timeout\":11}", "Gatehouse-Reason", long_reason);
  g_autoptr (Answer) answer = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *latest;

  assert_status (too_long, 400);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (Answer) bad
        = patch_with (fixture, "{\"global-session-timeout\":11}", "Gatehouse-Reason", refused[i]);

      assert_status (bad, 400);
    }
  answer = patch_with (
    fixture, "{\"global-session-timeout\":11}", "Gatehouse-Reason", "Pr%C3%BCfung%3A 100%25");
  assert_status (answer, 200);
  latest = get_latest (fixture, &node);
  g_assert_cmpstr (json_object_get_string_member (latest, "reason"), ==, "Prüfung: 100%");
  g_assert_cmpstr (json_object_get_string_member (latest, "by"), ==, "Demo administrator");
  g_assert_cmpstr (
    json_array_get_string_element (json_object_get_array_member (latest, "changed-fields"), 0),
    ==,
    "global-session-timeout");
}

static void
test_restore (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strconcat (fixture->workspace, "/revisions/1/restore", NULL);
  g_autofree char *first_path = g_strconcat (fixture->workspace, "/revisions/1", NULL);
  g_autofree char *absent_path = g_strconcat (fixture->workspace, "/revisions/999", NULL);
  g_autoptr (Answer) changed = patch_with (fixture, "{\"global-session-timeout\":11}", "X-A", "b");
  g_autoptr (Answer) no_tag = server_fixture_ask (fixture->server, NULL, "POST", path, NULL, NULL);
  g_autoptr (Answer) stale = server_fixture_ask (
    fixture->server, NULL, "POST", path, NULL, "If-Match", fixture->tag, NULL);
  g_autoptr (Answer) absent
    = server_fixture_ask (fixture->server, NULL, "GET", absent_path, NULL, NULL);
  g_autoptr (Answer) first
    = server_fixture_ask (fixture->server, NULL, "GET", first_path, NULL, NULL);
  g_autoptr (Answer) restored = NULL;
  g_autoptr (JsonNode) first_node = NULL;
  g_autoptr (JsonNode) restored_node = NULL;

  assert_status (changed, 200);
  assert_status (no_tag, 428);
  assert_status (stale, 412);
  assert_status (absent, 404);
  assert_status (first, 200);
  read_tag (fixture);
  restored = server_fixture_ask (
    fixture->server, NULL, "POST", path, NULL, "If-Match", fixture->tag, NULL);
  assert_status (restored, 200);
  g_assert_cmpstr (answer_get_header (restored, "ETag"), !=, fixture->tag);
  first_node = answer_parse_json (first);
  restored_node = answer_parse_json (restored);
  g_assert_true (json_node_equal (
    json_object_get_member (json_node_get_object (first_node), "policy"), restored_node));
}

static void
test_a_key_is_used_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer) first
    = patch_with (fixture, "{\"global-session-timeout\":11}", "Idempotency-Key", "k-1");
  g_autoptr (Answer) again
    = patch_with (fixture, "{\"global-session-timeout\":11}", "Idempotency-Key", "k-1");
  g_autoptr (Answer) other
    = patch_with (fixture, "{\"global-session-timeout\":12}", "Idempotency-Key", "k-1");
  g_autoptr (Answer) bad = patch_with (fixture, "{}", "Idempotency-Key", "k 1");
  g_autofree char *long_key = g_strnfill (256, 'k');
  g_autoptr (Answer) too_long = patch_with (fixture, "{}", "Idempotency-Key", long_key);

  assert_status (first, 200);
  g_assert_null (answer_get_header (first, "Idempotency-Replayed"));
  assert_status (again, 200); /* though If-Match is stale by now */
  g_assert_cmpstr (answer_get_header (again, "Idempotency-Replayed"), ==, "true");
  g_assert_cmpstr (answer_get_header (again, "ETag"), ==, answer_get_header (first, "ETag"));
  g_assert_cmpstr (again->body, ==, first->body);
  assert_status (other, 422);
  g_assert_nonnull (strstr (other->body, "urn:gatehouse:problem:key-reused"));
  assert_status (bad, 400);
  assert_status (too_long, 400);
}

static void
test_a_refusal_is_repeated (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer) first
    = patch_with (fixture, "{\"global-session-timeout\":-1}", "Idempotency-Key", "k-2");
  g_autoptr (Answer) again
    = patch_with (fixture, "{\"global-session-timeout\":-1}", "Idempotency-Key", "k-2");

  assert_status (first, 422);
  assert_status (again, 422);
  g_assert_cmpstr (again->body, ==, first->body);
  g_assert_cmpstr (answer_get_header (again, "Idempotency-Replayed"), ==, "true");
}

static void
test_a_key_is_forgotten_after_a_day (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer) first
    = patch_with (fixture, "{\"global-session-timeout\":11}", "Idempotency-Key", "k-3");
  g_autoptr (Answer) again = NULL;
  sqlite3 *database = NULL;

  assert_status (first, 200);
  g_assert_cmpint (sqlite3_open (fixture->server->database, &database), ==, SQLITE_OK);
  sqlite3_busy_timeout (database, 5000);
  g_assert_cmpint (
    sqlite3_exec (database, "UPDATE idempotency_keys SET at = at - 86401000000", NULL, NULL, NULL),
    ==,
    SQLITE_OK);
  sqlite3_close (database);
  again = patch_with (fixture, "{\"global-session-timeout\":11}", "Idempotency-Key", "k-3");
  assert_status (again, 412);
}

static void
test_keys_belong_to_their_token (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = server_fixture_make_token (
    fixture->server, "--name", "Other", "--role", "administrator", NULL);
  g_autoptr (Answer) first
    = patch_with (fixture, "{\"global-session-timeout\":11}", "Idempotency-Key", "k-4");
  g_autoptr (Answer) other = server_fixture_ask (fixture->server,
                                                 token,
                                                 "PATCH",
                                                 fixture->policy,
                                                 "{\"global-session-timeout\":11}",
                                                 "Content-Type",
                                                 PATCH_TYPE,
                                                 "If-Match",
                                                 fixture->tag,
                                                 "Idempotency-Key",
                                                 "k-4",
                                                 NULL);

  assert_status (first, 200);
  assert_status (other, 412);
}

#define ADD(name, test) g_test_add ("/server/history/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("reasons", test_reasons);
  ADD ("restore", test_restore);
  ADD ("a-key-is-used-once", test_a_key_is_used_once);
  ADD ("a-refusal-is-repeated", test_a_refusal_is_repeated);
  ADD ("a-key-is-forgotten-after-a-day", test_a_key_is_forgotten_after_a_day);
  ADD ("keys-belong-to-their-token", test_keys_belong_to_their_token);
  return g_test_run ();
}
