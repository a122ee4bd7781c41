/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's calls about communities and the audit trail, against the reference server. */

#include "client-calls.h"
#include "server-fixture.h"

#define LINK "rank-assessment-link-expiry"
#define ANALYTICS "google-analytics"

typedef struct
{
  ServerFixture *server;
  GhClient *client;
  char *workspace;
  char *community;
} Fixture;

/* The first community there is. */
static void
find_community (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) workspaces = list_workspaces (fixture->client, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < workspaces->len && fixture->community == NULL; i++)
    {
      const GhRemoteWorkspace *workspace = g_ptr_array_index (workspaces, i);
      g_autoptr (GPtrArray) communities = list_communities (fixture->client, workspace->id, &error);

      g_assert_no_error (error);
      if (communities->len == 0)
        continue;
      fixture->workspace = g_strdup (workspace->id);
      fixture->community
        = g_strdup (((GhRemoteCommunity *) g_ptr_array_index (communities, 0))->id);
    }
  g_assert_nonnull (fixture->community);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = server_fixture_new ("--demo", "10", NULL);
  fixture->client = gh_client_new (fixture->server->url, NULL, NULL);
  gh_client_set_token (fixture->client, fixture->server->token);
  find_community (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->client);
  server_fixture_free (fixture->server);
  g_free (fixture->workspace);
  g_free (fixture->community);
}

static GhRemoteOverrides *
get (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GhRemoteOverrides *overrides
    = get_overrides (fixture->client, fixture->workspace, fixture->community, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (overrides->etag);
  return overrides;
}

static GhRemoteOverrides *
patch (Fixture *fixture,
       const char *text,
       const char *etag,
       const char *key,
       gboolean dry_run,
       GError **error)
{
  return patch_overrides (
    fixture->client, fixture->workspace, fixture->community, text, etag, key, dry_run, error);
}

static gint64
get_number (GhRemoteOverrides *overrides)
{
  GVariant *value = gh_overrides_get (overrides->overrides, gh_settings_lookup (LINK));

  return value != NULL ? g_variant_get_int64 (value) : -1;
}

static void
test_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhRemoteOverrides) before = get (fixture);
  g_autoptr (GhRemoteOverrides) tried = NULL;
  g_autoptr (GhRemoteOverrides) set = NULL;
  g_autoptr (GhRemoteOverrides) again = NULL;
  g_autoptr (GhRemoteOverrides) same = NULL;
  g_autoptr (GhRemoteOverrides) reset = NULL;
  g_autoptr (GError) error = NULL;

  tried = patch (fixture, "{\"" LINK "\": 77}", before->etag, "try", TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_number (tried), ==, 77);

  set = patch (fixture, "{\"" LINK "\": 77}", before->etag, "set", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_number (set), ==, 77);
  g_assert_cmpint (set->revision, ==, before->revision + 1);

  again = patch (fixture, "{\"" LINK "\": 77}", before->etag, "set", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->etag, ==, set->etag);

  same = get_overrides (fixture->client, fixture->workspace, fixture->community, set->etag, &error);
  g_assert_no_error (error);
  g_assert_true (same->not_modified);
  g_assert_null (same->overrides);

  reset = patch (fixture, "{\"" LINK "\": null}", set->etag, "reset", FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (get_number (reset), ==, -1);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *patch;
    const char *etag; /* NULL: the right one */
    int code;
  } cases[] = {
    { "{\"" LINK "\": -5}", NULL, GH_REMOTE_ERROR_REFUSED },
    { "{\"global-session-timeout\": 5}", NULL, GH_REMOTE_ERROR_REFUSED },
    { "{\"" ANALYTICS "\": true}", "\"old\"", GH_REMOTE_ERROR_CONFLICT },
    { "{\"" ANALYTICS "\": true}", "W/\"weak\"", GH_REMOTE_ERROR_CONFLICT },
  };
  g_autoptr (GhRemoteOverrides) before = get (fixture);
  g_autoptr (GhRemoteOverrides) after = NULL;
  g_autoptr (GError) unknown = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *key = g_strdup_printf ("key-%zu", i);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].patch);
      g_assert_null (patch (fixture,
                            cases[i].patch,
                            cases[i].etag != NULL ? cases[i].etag : before->etag,
                            key,
                            FALSE,
                            &error));
      g_assert_error (error, GH_REMOTE_ERROR, cases[i].code);
      g_assert_false (gh_remote_error_is_ambiguous (error));
    }
  after = get (fixture);
  g_assert_cmpstr (after->etag, ==, before->etag);
  g_assert_null (
    get_overrides (fixture->client, fixture->workspace, "no-such-community", NULL, &unknown));
  g_assert_error (unknown, GH_REMOTE_ERROR, GH_REMOTE_ERROR_NOT_FOUND);
}

static void
test_audit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhRemoteOverrides) before = get (fixture);
  g_autoptr (GhRemoteOverrides) set = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GError) error = NULL;
  const GhAuditEvent *last;

  set = patch (fixture, "{\"" LINK "\": 78}", before->etag, "audited", FALSE, &error);
  g_assert_no_error (error);
  events = list_audit_events (fixture->client, fixture->workspace, NULL, &error);
  g_assert_no_error (error);
  last = g_ptr_array_index (events, events->len - 1);
  g_assert_cmpstr (last->action, ==, "community.changed");
  g_assert_cmpstr (last->workspace, ==, fixture->workspace);
  g_assert_cmpstr (last->community, ==, fixture->community);
  g_assert_cmpstr (last->reason, ==, "Why");
  g_assert_cmpstr (last->changed_fields[0], ==, LINK);
  g_assert_cmpint (last->revision, ==, set->revision);

  none = list_audit_events (fixture->client, NULL, "9999-01-01T00:00:00+00:00", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/remote/communities/write", test_write },
    { "/remote/communities/refused", test_refused },
    { "/remote/communities/audit", test_audit },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
