/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Addresses, methods, credentials, lists and cursors over a real socket. */

#include <string.h>

#include "gh-server-routes.h"
#include "server-fixture.h"

typedef struct
{
  ServerFixture *server;
  char *first; /* id of a workspace */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer) list = NULL;

  fixture->server = server_fixture_new ("--demo", "25", "--token-header", "api_token", NULL);
  list = server_fixture_ask (fixture->server, NULL, "GET", "/v1/workspaces", NULL, NULL);
  fixture->first = answer_dup_first_id (list);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  server_fixture_free (fixture->server);
  g_free (fixture->first);
}

static Answer *
get (Fixture *fixture, const char *path)
{
  return server_fixture_ask (fixture->server, NULL, "GET", path, NULL, NULL);
}

static char *
fill_in (Fixture *fixture, const char *pattern)
{
  g_autoptr (GString) path = g_string_new (pattern);

  g_string_replace (path, "{workspace}", fixture->first, 0);
  g_string_replace (path, "{revision}", "1", 0);
  g_string_replace (path, "{community}", "welcome", 0);
  return g_strdup (path->str);
}

static void
check_route (Fixture *fixture, const GhServerRoute *route, const char *reader)
{
  g_autofree char *path = fill_in (fixture, route->pattern);
  g_autoptr (Answer) anonymous
    = server_fixture_ask (fixture->server, "", route->method, path, NULL, NULL);
  g_autoptr (Answer) unknown
    = server_fixture_ask (fixture->server, "gh_nobody", route->method, path, NULL, NULL);
  g_autoptr (Answer) by_reader
    = server_fixture_ask (fixture->server, reader, route->method, path, NULL, NULL);
  g_autoptr (Answer) wrong_method
    = server_fixture_ask (fixture->server, NULL, "DELETE", path, NULL, NULL);
  g_autoptr (Answer) wrong_type = server_fixture_ask (
    fixture->server, NULL, route->method, path, NULL, "Accept", "image/png", NULL);

  g_test_message ("%s %s", route->method, route->pattern);
  assert_status (wrong_method, 405);
  g_assert_nonnull (strstr (answer_get_header (wrong_method, "Allow"), route->method));
  assert_status (wrong_type, 406);
  if (route->open)
    {
      assert_status (anonymous, 200);
      return;
    }
  assert_status (anonymous, 401);
  g_assert_true (
    g_str_has_prefix (answer_get_header (anonymous, "WWW-Authenticate"), "Bearer realm="));
  assert_status (unknown, 401);
  g_assert_nonnull (strstr (answer_get_header (unknown, "WWW-Authenticate"), "invalid_token"));
  if (route->writes || route->scope == GH_SERVER_SCOPE_AUDIT_READ)
    assert_status (by_reader, 403);
  else
    g_assert_true (by_reader->status == 200 || by_reader->status == 404);
}

static void
test_every_route (Fixture *fixture, gconstpointer data)
{
  g_autofree char *reader = server_fixture_make_token (fixture->server, "--name", "R", NULL);
  const GhServerRoute *routes;
  gsize n_routes;

  routes = gh_server_routes_get_table (&n_routes);
  for (gsize i = 0; i < n_routes; i++)
    check_route (fixture, &routes[i], reader);
}

static void
test_nothing_there (Fixture *fixture, gconstpointer data)
{
  static const char *const paths[] = {
    "/",
    "/v1",
    "/v2/workspaces",
    "/v1/workspaces/",
    "/v1//workspaces",
    "/v1/workspaces/no-such",
    "/v1/workspaces/no-such/policy",
    "/v1/workspaces/no-such/headers",
    "/v1/workspaces/no-such/revisions",
    "/v1/workspaces/no-such/revisions/1",
    "/v1/workspaces/%2e%2e",
    "/v1/workspaces/a%2Fpolicy",
    "/v1/workspaces/%00",
    "/v1/workspaces/%zz",
    "/v1/workspaces/%ff",
    "/v1/workspaces/'%20OR%201=1--",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (Answer) answer = get (fixture, paths[i]);

      g_test_message ("%s", paths[i]);
      assert_status (answer, 404);
    }
}

static void
test_head (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strdup_printf ("/v1/workspaces/%s/policy", fixture->first);
  g_autoptr (Answer) head = server_fixture_ask (fixture->server, NULL, "HEAD", path, NULL, NULL);
  g_autoptr (Answer) full = get (fixture, path);

  g_assert_cmpuint (head->status, ==, 200);
  g_assert_cmpuint (head->length, ==, 0);
  g_assert_cmpstr (answer_get_header (head, "ETag"), ==, answer_get_header (full, "ETag"));
  g_assert_cmpstr (
    answer_get_header (head, "Content-Length"), ==, answer_get_header (full, "Content-Length"));
}

static void
test_accept (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *accept;
    const char *type; /* NULL: 406 */
  } cases[] = {
    { "*/*", "text/plain; charset=utf-8" },
    { "text/*", "text/plain; charset=utf-8" },
    { "application/json", "application/json" },
    { "text/plain;q=0.5, application/json", "application/json" },
    { "text/plain;q=0, */*", "application/json" },
    { "image/png, */*;q=0.1", "text/plain; charset=utf-8" },
    { "image/png", NULL },
    { "text/html, image/*", NULL },
    { "*/*;q=0", NULL },
  };
  g_autofree char *path = g_strdup_printf ("/v1/workspaces/%s/headers", fixture->first);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Answer) answer = server_fixture_ask (
        fixture->server, NULL, "GET", path, NULL, "Accept", cases[i].accept, NULL);

      g_test_message ("%s", cases[i].accept);
      assert_status (answer, cases[i].type != NULL ? 200 : 406);
      if (cases[i].type != NULL)
        g_assert_cmpstr (answer_get_header (answer, "Content-Type"), ==, cases[i].type);
    }
}

/* The path in Link: <PATH>; rel="next", or NULL. */
static char *
get_next (Answer *answer)
{
  const char *link = answer_get_header (answer, "Link");
  const char *end = link != NULL ? strchr (link, '>') : NULL;

  if (link == NULL)
    return NULL;
  g_assert_cmpint (*link, ==, '<');
  g_assert_cmpstr (end, ==, ">; rel=\"next\"");
  return g_strndup (link + 1, (gsize) (end - link - 1));
}

static GHashTable *
walk (Fixture *fixture, const char *token, const char *start, guint page)
{
  GHashTable *ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *path = g_strdup (start);

  while (path != NULL)
    {
      g_autoptr (Answer) answer
        = server_fixture_ask (fixture->server, token, "GET", path, NULL, NULL);
      g_autoptr (JsonNode) node = NULL;
      JsonArray *list;

      assert_status (answer, 200);
      node = answer_parse_json (answer);
      list = json_object_get_array_member (json_node_get_object (node), "workspaces");
      g_assert_cmpuint (json_array_get_length (list), <=, page);
      for (guint i = 0; i < json_array_get_length (list); i++)
        g_assert_true (g_hash_table_add (ids,
                                         g_strdup (json_object_get_string_member (
                                           json_array_get_object_element (list, i), "id"))));
      g_free (path);
      path = get_next (answer);
    }
  return ids;
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  static const guint pages[] = { 1, 4, 5, 25, 26, 500 };

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *path = g_strdup_printf ("/v1/workspaces?limit=%u", pages[i]);
      g_autoptr (GHashTable) ids = walk (fixture, NULL, path, pages[i]);

      g_assert_cmpuint (g_hash_table_size (ids), ==, 25);
    }
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) some = walk (fixture, NULL, "/v1/workspaces?limit=1&q=LARKSPUR+uni", 1);
  g_autoptr (GHashTable) none = walk (fixture, NULL, "/v1/workspaces?q=%25", 1);
  g_autoptr (GHashTable) all = walk (fixture, NULL, "/v1/workspaces?q=", 500);
  g_autofree char *long_query = g_strnfill (201, 'q');
  g_autofree char *path = g_strconcat ("/v1/workspaces?q=", long_query, NULL);
  g_autoptr (Answer) too_long = get (fixture, path);

  g_assert_cmpuint (g_hash_table_size (some), ==, 2);
  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
  g_assert_cmpuint (g_hash_table_size (all), ==, 25);
  assert_status (too_long, 400);
}

static void
test_bad_queries (Fixture *fixture, gconstpointer data)
{
  static const char *const queries[] = {
    "limit=0",
    "limit=501",
    "limit=-1",
    "limit=1e2",
    "limit=",
    "cursor=",
    "cursor=x",
    "cursor=%00",
    "cursor=d29ya3M=",
    "cursor=Li4vLi4",
    "cursor=d29ya3NwYWNlczphYWE%3D",
    "q=%ff",
    "q=%zz",
  };
  g_autoptr (Answer) page = get (fixture, "/v1/workspaces?limit=1");
  g_autofree char *next = get_next (page);
  g_autofree char *cursor = g_strdup (strstr (next, "cursor=") + strlen ("cursor="));
  g_autofree char *elsewhere = NULL;
  g_autoptr (Answer) answer = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *path = g_strconcat ("/v1/workspaces?", queries[i], NULL);
      g_autoptr (Answer) refused = get (fixture, path);

      g_test_message ("%s", queries[i]);
      assert_status (refused, 400);
    }
  *strchr (cursor, '&') = '\0';
  elsewhere = g_strdup_printf ("/v1/workspaces/%s/revisions?cursor=%s", fixture->first, cursor);
  answer = get (fixture, elsewhere);
  assert_status (answer, 400);
}

static void
test_limited_token (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = server_fixture_make_token (
    fixture->server, "--name", "L", "--role", "administrator", "--workspace", fixture->first, NULL);
  g_autoptr (GHashTable) ids = walk (fixture, token, "/v1/workspaces", 500);
  g_autoptr (GHashTable) all = walk (fixture, NULL, "/v1/workspaces", 500);
  GHashTableIter iter;
  gpointer id;

  g_assert_cmpuint (g_hash_table_size (ids), ==, 1);
  g_assert_true (g_hash_table_contains (ids, fixture->first));
  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autofree char *path = g_strdup_printf ("/v1/workspaces/%s/policy", (char *) id);
      g_autoptr (Answer) answer
        = server_fixture_ask (fixture->server, token, "GET", path, NULL, NULL);

      assert_status (answer, g_str_equal (id, fixture->first) ? 200 : 404);
    }
}

static void
test_token_headers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer) other = server_fixture_ask (
    fixture->server, "", "GET", "/v1/me", NULL, "api_token", fixture->server->token, NULL);
  g_autofree char *lower = g_strconcat ("bearer   ", fixture->server->token, NULL);
  g_autoptr (Answer) spaced
    = server_fixture_ask (fixture->server, "", "GET", "/v1/me", NULL, "Authorization", lower, NULL);
  g_autofree char *basic = g_strconcat ("Basic ", fixture->server->token, NULL);
  g_autoptr (Answer) scheme
    = server_fixture_ask (fixture->server, "", "GET", "/v1/me", NULL, "Authorization", basic, NULL);
  g_autofree char *nearly = g_strconcat (fixture->server->token, "x", NULL);
  g_autoptr (Answer) wrong
    = server_fixture_ask (fixture->server, nearly, "GET", "/v1/me", NULL, NULL);

  assert_status (other, 200);
  assert_status (spaced, 200);
  assert_status (scheme, 401);
  assert_status (wrong, 401);
}

static void
run_token_command (Fixture *fixture, const char *command, const char *argument)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE,
                                                      &error,
                                                      g_getenv ("GATEHOUSE_SERVER"),
                                                      "token",
                                                      command,
                                                      "--database",
                                                      fixture->server->database,
                                                      argument,
                                                      NULL);

  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static void
test_revoked_token (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token = server_fixture_make_token (fixture->server, "--name", "Soon gone", NULL);
  g_autoptr (Answer) before
    = server_fixture_ask (fixture->server, token, "GET", "/v1/me", NULL, NULL);
  g_autoptr (Answer) after = NULL;

  assert_status (before, 200);
  run_token_command (fixture, "list", NULL);
  run_token_command (fixture, "revoke", "2");
  after = server_fixture_ask (fixture->server, token, "GET", "/v1/me", NULL, NULL);
  assert_status (after, 401);
}

static void
test_expired_token (Fixture *fixture, gconstpointer data)
{
  g_autofree char *token
    = server_fixture_make_token (fixture->server, "--name", "Late", "--days", "1", NULL);
  g_autoptr (Answer) before
    = server_fixture_ask (fixture->server, token, "GET", "/v1/me", NULL, NULL);
  g_autoptr (Answer) after = NULL;
  g_autoptr (GhServerDatabase) database = NULL;

  assert_status (before, 200);
  database = gh_server_database_open (fixture->server->database, NULL);
  g_assert_true (gh_server_database_execute (
    database, "UPDATE tokens SET expires = 1 WHERE name = 'Late'", NULL));
  after = server_fixture_ask (fixture->server, token, "GET", "/v1/me", NULL, NULL);
  assert_status (after, 401);
}

static void
test_roles (Fixture *fixture, gconstpointer data)
{
  g_autofree char *reader = server_fixture_make_token (fixture->server, "--name", "R", NULL);
  g_autofree char *path = g_strdup_printf ("/v1/workspaces/%s", fixture->first);
  g_autoptr (Answer) mine = get (fixture, path);
  g_autoptr (Answer) theirs = server_fixture_ask (fixture->server, reader, "GET", path, NULL, NULL);
  g_autoptr (Answer) me = server_fixture_ask (fixture->server, reader, "GET", "/v1/me", NULL, NULL);

  g_assert_nonnull (strstr (mine->body, "\"role\":\"administrator\""));
  g_assert_nonnull (strstr (theirs->body, "\"role\":\"reader\""));
  g_assert_nonnull (strstr (me->body, "\"scopes\":[\"policy:read\"]"));
}

static void
test_schema (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Answer) answer = get (fixture, "/v1/policy-schema");
  g_autoptr (Answer) again = server_fixture_ask (fixture->server,
                                                 NULL,
                                                 "GET",
                                                 "/v1/policy-schema",
                                                 NULL,
                                                 "If-None-Match",
                                                 answer_get_header (answer, "ETag"),
                                                 NULL);
  g_autoptr (JsonNode) node = answer_parse_json (answer);
  JsonArray *fields = json_object_get_array_member (json_node_get_object (node), "fields");

  assert_status (answer, 200);
  assert_status (again, 304);
  g_assert_cmpuint (json_array_get_length (fields), ==, GH_N_SETTINGS);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (fields, i), "id"),
      ==,
      gh_settings_get_nth (i)->id);
}

static void
test_demo_is_the_same_every_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ServerFixture) other = server_fixture_new ("--demo", "25", NULL);
  g_autofree char *path = g_strdup_printf ("/v1/workspaces/%s/policy", fixture->first);
  g_autoptr (Answer) list = get (fixture, "/v1/workspaces");
  g_autoptr (Answer) other_list
    = server_fixture_ask (other, NULL, "GET", "/v1/workspaces", NULL, NULL);
  g_autoptr (Answer) policy = get (fixture, path);
  g_autoptr (Answer) other_policy = server_fixture_ask (other, NULL, "GET", path, NULL, NULL);

  g_assert_cmpstr (list->body, ==, other_list->body);
  g_assert_cmpstr (policy->body, ==, other_policy->body);
}

#define ADD(name, test) g_test_add ("/server/routes/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("every-route", test_every_route);
  ADD ("nothing-there", test_nothing_there);
  ADD ("head", test_head);
  ADD ("accept", test_accept);
  ADD ("pages", test_pages);
  ADD ("search", test_search);
  ADD ("bad-queries", test_bad_queries);
  ADD ("limited-token", test_limited_token);
  ADD ("token-headers", test_token_headers);
  ADD ("revoked-token", test_revoked_token);
  ADD ("expired-token", test_expired_token);
  ADD ("roles", test_roles);
  ADD ("schema", test_schema);
  ADD ("demo-is-the-same-every-time", test_demo_is_the_same_every_time);
  return g_test_run ();
}
