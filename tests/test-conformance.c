/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The conformance checks: all pass against gatehouse-server, and each is seen to fail against
 * a server with the fault that it looks for. */

#include <string.h>

#include "gh-conformance.h"
#include "server-fixture.h"

#define NO_ERRORS                                                                                  \
  "body={\"type\":\"a\",\"title\":\"a\",\"detail\":\"a\",\"status\":422,\"errors\":[]}@PATCH"

/* A fault with @GET:N counts from 1; the first GET finds the workspace. */
static const struct
{
  const char *check;
  const char *fault;
  const char *second_fault;
} rows[] = {
  { "service/health-is-open", "status=200:503" },
  { "service/health-says-ok", "body={}" },
  { "service/capabilities-are-open", "status=200:401" },
  { "service/capabilities-have-their-members", "body={}" },
  { "service/answers-say-their-type", "header=Content-Type:text/html" },
  { "access/token-is-needed", "status=401:200" },
  { "access/token-is-needed-for-policies", "status=401:200" },
  { "access/unknown-token-is-refused", "status=401:403" },
  { "access/other-scheme-is-refused", "status=401:403" },
  { "access/token-in-address-is-refused", "status=401:200" },
  { "access/challenge-names-bearer", "no-header=WWW-Authenticate" },
  { "access/me-has-its-members", "body={}" },
  { "refusals/unknown-address", "status=404:410" },
  { "refusals/unknown-workspace", "status=404:410" },
  { "refusals/unknown-workspace-policy", "status=404:410" },
  { "refusals/escaped-slash-is-no-separator", "status=404:200" },
  { "refusals/problem-json", "header=Content-Type:application/json" },
  { "refusals/problem-has-its-members", "body={}" },
  { "refusals/wrong-method", "status=405:404" },
  { "refusals/wrong-method-comes-with-allow", "no-header=Allow" },
  { "refusals/unacceptable-type", "request-header=Accept:*/*" },
  { "lists/workspaces-have-their-members", "body={\"workspaces\":[{}]}" },
  { "lists/workspace-is-as-listed", "body={\"id\":\"another\"}@GET:2" },
  { "lists/limit-is-kept", "query=limit=500" },
  { "lists/link-leads-on", "no-header=Link" },
  { "lists/last-page-has-no-link", "query=limit=1" },
  { "lists/pages-show-each-once", "query=limit=1@GET:4" },
  { "lists/search-finds", "query=q=none@GET:2" },
  { "lists/search-leaves-out", "query=limit=500" },
  { "lists/limit-zero", "query=limit=5@GET:2" },
  { "lists/limit-too-great", "query=limit=5@GET:2" },
  { "lists/limit-not-a-number", "query=limit=5@GET:2" },
  { "lists/forged-cursor", "query=limit=5@GET:2" },
  { "lists/foreign-cursor", "query=limit=5@GET:4" },
  { "schema/describes-fields", "body={\"fields\":[]}@GET:2" },
  { "schema/types-are-known", "body={\"fields\":[{\"id\":\"a\",\"type\":\"odd\"}]}@GET:2" },
  { "schema/has-every-setting", "body={\"fields\":[]}@GET:2" },
  { "schema/can-be-cached", "no-request-header=If-None-Match" },
  { "policy/is-flat", "body={\"a\":{}}@GET:2" },
  { "policy/tag-is-strong", "header=ETag:W/\"x\"" },
  { "policy/can-be-cached", "no-request-header=If-None-Match" },
  { "policy/any-tag-of-a-list-will-do", "no-request-header=If-None-Match" },
  { "policy/weak-comparison-for-reading", "no-request-header=If-None-Match" },
  { "policy/other-tag-gets-the-policy", "status=200:304@GET:2" },
  { "policy/has-every-field", "body={}@GET:2" },
  { "policy/values-fit", "body={\"remember-me\":5}@GET:2" },
  { "policy/head-is-get-without-body", "no-header=ETag@HEAD" },
  { "headers/come-as-text", "request-header=Accept:application/json@GET:2" },
  { "headers/are-lines", "body=oops@GET:2" },
  { "headers/come-as-json", "body={}@GET:2" },
  { "headers/are-alike", "body=oops@GET:2" },
  { "patch/needs-if-match", "request-header=If-Match:*" },
  { "patch/stale", "request-header=If-Match:*" },
  { "patch/weak-tag", "request-header=If-Match:*" },
  { "patch/stale-says-what-is-so", "body={}@PATCH" },
  { "patch/media-type", "request-header=Content-Type:application/merge-patch+json" },
  { "patch/media-type-comes-with-accept-patch", "no-header=Accept-Patch" },
  { "patch/malformed", "status=400:200" },
  { "patch/empty-body", "status=400:200" },
  { "patch/trailing-text", "status=400:200" },
  { "patch/twice-the-same-name", "status=400:200" },
  { "patch/nul-in-a-string", "status=400:200" },
  { "patch/bad-utf8", "status=400:200" },
  { "patch/deeply-nested", "status=400:500" },
  { "patch/not-an-object", "status=422:200" },
  { "patch/too-large", "status=413:400" },
  { "patch/unknown-field", NO_ERRORS },
  { "patch/pointer-is-escaped", NO_ERRORS },
  { "patch/wrong-type", NO_ERRORS },
  { "patch/out-of-range", NO_ERRORS },
  { "patch/not-a-choice", NO_ERRORS },
  { "patch/every-error-is-named", NO_ERRORS },
  { "patch/all-or-nothing", "header=ETag:\"moved\"@GET:3" },
  { "patch/odd-key", "no-request-header=Idempotency-Key" },
  { "patch/changes-the-field", "query=dry-run=true@PATCH" },
  { "patch/answers-with-the-policy", "body={}@PATCH" },
  { "patch/answers-with-the-new-tag", "no-header=ETag@PATCH" },
  { "patch/tag-does-not-come-back", "header=ETag:\"same\"", "request-header=If-Match:*@PATCH" },
  { "patch/old-tag-is-stale-afterwards", "request-header=If-Match:*" },
  { "patch/leaves-the-rest-alone", "body={\"remember-me\":\"changed\"}@PATCH:1" },
  { "patch/null-is-the-default", "body={\"global-session-timeout\":3}@PATCH:2" },
  { "patch/no-change-no-revision", "header=ETag:\"x\"@PATCH" },
  { "patch/star-matches", "request-header=If-Match:\"x\"@PATCH" },
  { "dry-run/changes-nothing", "query=a=b@PATCH" },
  { "dry-run/shows-the-result", "body={}@PATCH" },
  { "dry-run/refuses-too", "status=422:200" },
  { "idempotency/first-answer-again", "no-request-header=Idempotency-Key" },
  { "idempotency/key-of-another-request", "no-request-header=Idempotency-Key" },
  { "history/newest-comes-first",
    "body={\"revisions\":[{\"revision\":1},{\"revision\":2}]}@GET:2" },
  { "history/revisions-have-their-members", "body={\"revisions\":[{\"revision\":1}]}@GET:2" },
  { "history/times-are-utc",
    "body={\"revisions\":[{\"at\":\"2026-01-01T00:00:00+02:00\"}]}@GET:2" },
  { "history/newest-is-the-policy", "body={\"policy\":{}}@GET:3" },
  { "history/unknown-revision", "status=404:200" },
  { "history/revision-is-a-number", "status=404:200" },
  { "history/reason-is-kept", "no-request-header=Gatehouse-Reason" },
  { "history/changed-fields-are-kept", "body={\"revisions\":[]}@GET:4" },
  { "history/odd-reason", "no-request-header=Gatehouse-Reason" },
  { "restore/needs-if-match", "request-header=If-Match:*" },
  { "restore/stale", "request-header=If-Match:*" },
  { "restore/unknown-revision", "status=404:200" },
  { "restore/brings-back", "query=dry-run=true@POST" },
  { "restore/makes-a-revision", "query=dry-run=true@POST" },
  { "audit/events-have-their-members", "body={\"events\":[{}]}@GET:2" },
  { "audit/since-a-time", "query=limit=5@GET:2" },
  { "audit/since-nonsense", "query=limit=5@GET:2" },
  { "audit/a-change-is-an-event", "body={\"events\":[]}@GET:4" },
  { "communities/have-their-members", "body={\"communities\":[{}]}@GET:2" },
  { "communities/fields", "body={}@GET:3" },
  { "communities/can-be-cached", "no-request-header=If-None-Match" },
  { "communities/unknown", "status=404:200" },
  { "communities/needs-if-match", "request-header=If-Match:*" },
  { "communities/stale", "request-header=If-Match:*" },
  { "communities/workspace-field", "status=422:200" },
  { "communities/override-and-inherit", "body={}@PATCH" },
};

static GhConformance *
begin (ServerFixture *server)
{
  GhConformance *conformance = gh_conformance_new (server->url, server->token, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (gh_conformance_is_on_this_computer (conformance));
  gh_conformance_allow_writes (conformance);
  gh_conformance_prepare (conformance, NULL, &error);
  g_assert_no_error (error);
  return conformance;
}

static void
assert_passes (const char *name, GhCheckResult result, const char *reason, gpointer data)
{
  if (result != GH_CHECK_PASS)
    g_error ("%s: %s", name, reason);
  g_hash_table_add (data, g_strdup (name));
}

static void
test_all_pass (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", "10", NULL);
  g_autoptr (GhConformance) conformance = begin (server);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpuint (gh_conformance_run (conformance, NULL, assert_passes, names), ==, 0);
  g_assert_cmpuint (g_hash_table_size (names), ==, gh_conformance_count ());
  g_assert_cmpuint (gh_conformance_count (), >=, 60);
  g_assert_cmpuint (gh_conformance_count (), ==, G_N_ELEMENTS (rows));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (!g_hash_table_contains (names, rows[i].check))
      g_error ("there is no check %s", rows[i].check);
}

static void
forget (const char *name, GhCheckResult result, const char *reason, gpointer data)
{
  g_test_message ("%s: %s", name, reason);
}

static void
test_fails (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (ServerFixture) server
    = server_fixture_new ("--demo",
                          "10",
                          "--fault",
                          rows[i].fault,
                          rows[i].second_fault != NULL ? "--fault" : NULL,
                          rows[i].second_fault,
                          NULL);
  g_autoptr (GhConformance) conformance = begin (server);

  g_assert_cmpuint (gh_conformance_run (conformance, rows[i].check, forget, NULL), >=, 1);
}

static void
count_skipped (const char *name, GhCheckResult result, const char *reason, gpointer data)
{
  guint *n_skipped = data;

  g_assert_cmpint (result, !=, GH_CHECK_FAIL);
  *n_skipped += result == GH_CHECK_SKIP;
  if (result == GH_CHECK_SKIP)
    g_assert_nonnull (reason);
}

static void
test_reading_changes_nothing (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", "10", NULL);
  g_autoptr (GhConformance) conformance
    = gh_conformance_new (server->url, server->token, NULL, NULL);
  g_autoptr (Answer) before
    = server_fixture_ask (server, NULL, "GET", "/v1/audit-events?limit=500", NULL, NULL);
  g_autoptr (Answer) after = NULL;
  guint n_skipped = 0;

  g_assert_true (gh_conformance_prepare (conformance, NULL, NULL));
  gh_conformance_run (conformance, NULL, count_skipped, &n_skipped);
  g_assert_cmpuint (n_skipped, >, 20);
  after = server_fixture_ask (server, NULL, "GET", "/v1/audit-events?limit=500", NULL, NULL);
  g_assert_cmpstr (before->body, ==, after->body);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/conformance/all-pass", test_all_pass);
  g_test_add_func ("/conformance/reading-changes-nothing", test_reading_changes_nothing);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/conformance/fails/", rows[i].check, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_fails);
    }
  return g_test_run ();
}
