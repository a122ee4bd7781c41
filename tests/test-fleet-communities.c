/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The communities of a workspace against a server of its own: read, drafted, applied, in
 * conflict, without network, and under every fault of the server. */

#include "fleet-server.h"
#include "gh-client-communities.h"
#include "gh-workspace-communities.h"

#define LINK "rank-assessment-link-expiry"
#define OTHER "rank-reviewscale-link-expiry"
#define SWITCH "google-analytics"
#define PATIENCE_SECONDS 8 /* of a call that makes several requests */

typedef struct
{
  FleetServer at; /* with the first workspace that has communities */
  char *id;       /* of its first community */
} Fixture;

static gboolean
sync_communities (GhWorkspace *workspace, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_workspace_sync_communities_async (workspace, NULL, await_ready, &result);
  return gh_workspace_sync_communities_finish (workspace, await (&result), error);
}

static void
load_communities (GhWorkspace *workspace)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gh_workspace_load_communities_async (workspace, NULL, await_ready, &result);
  gh_workspace_load_communities_finish (workspace, await (&result), &error);
  g_assert_no_error (error);
}

static gboolean
draft (Fixture *fixture, const char *field, GVariant *value, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_workspace_draft_community_async (fixture->at.workspace,
                                      fixture->id,
                                      gh_settings_lookup (field),
                                      value,
                                      NULL,
                                      await_ready,
                                      &result);
  return gh_workspace_draft_community_finish (fixture->at.workspace, await (&result), error);
}

static void
draft_well (Fixture *fixture, const char *field, GVariant *value)
{
  g_autoptr (GError) error = NULL;

  draft (fixture, field, value, &error);
  g_assert_no_error (error);
}

static GhApplyOutcome
apply (Fixture *fixture, gboolean dry_run, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_workspace_apply_community_async (
    fixture->at.workspace, fixture->id, "for the test", dry_run, NULL, await_ready, &result);
  return gh_workspace_apply_community_finish (fixture->at.workspace, await (&result), error);
}

static void
assert_applies (Fixture *fixture, GhApplyOutcome expected)
{
  g_autoptr (GError) error = NULL;
  GhApplyOutcome outcome = apply (fixture, FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpint (outcome, ==, expected);
}

static const GhCommunityRecord *
get_record (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  const GhCommunityRecord *record
    = gh_workspace_find_community (fixture->at.workspace, fixture->id, &error);

  g_assert_no_error (error);
  return record;
}

static gint64
get_own (Fixture *fixture, const char *field)
{
  GVariant *value = gh_overrides_get (get_record (fixture)->overrides, gh_settings_lookup (field));

  return value != NULL ? g_variant_get_int64 (value) : -1;
}

static char *
make_path (Fixture *fixture)
{
  return g_strdup_printf ("/v1/workspaces/%s/communities/%s/policy",
                          gh_workspace_get_id (fixture->at.workspace),
                          fixture->id);
}

/* What the server really has, as JSON. */
static char *
ask_server (Fixture *fixture, char **etag)
{
  g_autofree char *path = make_path (fixture);
  g_autoptr (Answer) answer
    = server_fixture_ask (fixture->at.server, NULL, "GET", path, NULL, NULL);

  assert_status (answer, 200);
  if (etag != NULL)
    *etag = g_strdup (answer_get_header (answer, "ETag"));
  return g_strdup (answer->body);
}

static gboolean
server_has (Fixture *fixture, const char *text)
{
  g_autofree char *body = ask_server (fixture, NULL);

  return strstr (body, text) != NULL;
}

/* Somebody else, somewhere else. */
static void
change_elsewhere (Fixture *fixture, const char *patch)
{
  g_autofree char *path = make_path (fixture);
  g_autofree char *etag = NULL;
  g_autofree char *body = ask_server (fixture, &etag);
  g_autoptr (Answer) answer = server_fixture_ask (fixture->at.server,
                                                  NULL,
                                                  "PATCH",
                                                  path,
                                                  patch,
                                                  "Content-Type",
                                                  "application/merge-patch+json",
                                                  "If-Match",
                                                  etag,
                                                  NULL);

  assert_status (answer, 200);
}

static void
find_workspace (Fixture *fixture)
{
  fixture->at.workspace = NULL;
  for (guint i = 0; fixture->at.workspace == NULL; i++)
    {
      GhWorkspace *workspace = get_workspace (fixture->at.fleet, i);
      g_autoptr (GError) error = NULL;

      sync_communities (workspace, &error);
      g_assert_no_error (error);
      if (gh_workspace_get_communities (workspace)->len > 1)
        fixture->at.workspace = workspace;
    }
}

/* Without network: the fleet as the next start finds it. */
static void
restart (Fixture *fixture)
{
  g_autofree char *key
    = g_strconcat (ACCOUNT, "/", gh_workspace_get_id (fixture->at.workspace), NULL);
  g_autoptr (GError) error = NULL;
  guint n_listed;

  close_fleet (fixture->at.fleet);
  fixture->at.fleet = open_fleet (fixture->at.path, fixture->at.credentials);
  fixture->at.workspace = gh_fleet_find (fixture->at.fleet, key, NULL);
  n_listed = gh_workspace_get_n_community_drafts (fixture->at.workspace);
  load_workspace (fixture->at.workspace, &error);
  g_assert_no_error (error);
  load_communities (fixture->at.workspace);
  g_assert_cmpuint (gh_workspace_get_n_community_drafts (fixture->at.workspace), ==, n_listed);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fleet_server_set_up (&fixture->at, "8");
  find_workspace (fixture);
  fixture->id = g_strdup (
    ((GhCommunityRecord *) gh_workspace_get_communities (fixture->at.workspace)->pdata[0])->id);
  sync_workspace (fixture->at.workspace, &error);
  load_workspace (fixture->at.workspace, &error);
  g_assert_no_error (error);
  change_elsewhere (fixture, "{\"" LINK "\":60,\"" OTHER "\":null,\"" SWITCH "\":null}");
  sync_communities (fixture->at.workspace, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  fleet_server_tear_down (&fixture->at);
  g_free (fixture->id);
}

static void
count (GhWorkspace *workspace, guint *n)
{
  (*n)++;
}

static void
test_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint n_changed = 0;

  g_assert_cmpint (get_own (fixture, LINK), ==, 60);
  g_assert_cmpint (get_own (fixture, OTHER), ==, -1);
  g_assert_null (gh_workspace_find_community (fixture->at.workspace, "nowhere", &error));
  g_assert_error (error, GH_FLEET_ERROR, GH_FLEET_ERROR_UNKNOWN);
  g_clear_error (&error);

  g_signal_connect (fixture->at.workspace, "communities-changed", G_CALLBACK (count), &n_changed);
  change_elsewhere (fixture, "{\"" OTHER "\":7}");
  sync_communities (fixture->at.workspace, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_changed, >, 0);
  g_assert_cmpint (get_own (fixture, OTHER), ==, 7);

  server_fixture_stop (fixture->at.server, SIGTERM);
  g_assert_false (sync_communities (fixture->at.workspace, &error));
  g_assert_true (gh_remote_error_is_offline (error));
  restart (fixture);
  g_assert_cmpint (get_own (fixture, LINK), ==, 60);
  g_assert_cmpint (get_own (fixture, OTHER), ==, 7);
  server_fixture_start (fixture->at.server, NULL);
}

static void
assert_state_text (Fixture *fixture, const char *expected)
{
  g_autofree char *text = gh_workspace_dup_state_text (fixture->at.workspace);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_edit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_applies (fixture, GH_APPLY_NOTHING);
  draft_well (fixture, LINK, NULL);
  assert_state_text (fixture, "1 change drafted for communities");
  draft_well (fixture, SWITCH, g_variant_new_boolean (TRUE));
  restart (fixture);
  assert_state (fixture->at.workspace, "draft");
  g_assert_cmpuint (get_record (fixture)->changes->len, ==, 2);
  g_assert_cmpuint (gh_workspace_get_n_drafted (fixture->at.workspace), ==, 0);
  edit (fixture->at.workspace, "global-session-timeout", "123");
  assert_state_text (fixture, "1 change drafted, 2 changes drafted for communities");
  gh_document_revert_all (gh_workspace_get_document (fixture->at.workspace));
  g_assert_true (server_has (fixture, "\"" LINK "\":60"));

  g_assert_cmpint (apply (fixture, TRUE, &error), ==, GH_APPLY_APPLIED);
  g_assert_no_error (error);
  g_assert_cmpuint (get_record (fixture)->changes->len, ==, 2);
  g_assert_true (server_has (fixture, "\"" LINK "\":60"));

  assert_applies (fixture, GH_APPLY_APPLIED);
  g_assert_cmpuint (get_record (fixture)->changes->len, ==, 0);
  assert_state_text (fixture, "In sync");
  g_assert_cmpint (get_own (fixture, LINK), ==, -1);
  g_assert_true (server_has (fixture, "\"" LINK "\":null"));
  g_assert_true (server_has (fixture, "\"" SWITCH "\":true"));
}

static void
test_revert (Fixture *fixture, gconstpointer data)
{
  const GhSetting *settings[] = { gh_settings_lookup (LINK), NULL };

  draft_well (fixture, LINK, g_variant_new_int64 (5));
  draft_well (fixture, OTHER, g_variant_new_int64 (6));
  draft_well (fixture, SWITCH, g_variant_new_boolean (TRUE));
  for (gsize i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      gh_workspace_revert_community_async (
        fixture->at.workspace, fixture->id, settings[i], NULL, await_ready, &result);
      gh_workspace_revert_community_finish (fixture->at.workspace, await (&result), &error);
      g_assert_no_error (error);
      g_assert_cmpuint (get_record (fixture)->changes->len, ==, settings[i] != NULL ? 2 : 0);
    }
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *field;
    gint64 value;
  } cases[] = { { LINK, -1 }, { LINK, 999999999 }, { "global-session-timeout", 5 } };
  g_autofree char *token = server_fixture_make_token (
    fixture->at.server, "--name", "reader", "--role", "reader", "--scopes", "policy:read", NULL);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) refusal = NULL;

      g_assert_false (
        draft (fixture, cases[i].field, g_variant_new_int64 (cases[i].value), &refusal));
      g_assert_nonnull (refusal);
    }
  g_assert_cmpuint (get_record (fixture)->changes->len, ==, 0);

  draft_well (fixture, LINK, g_variant_new_int64 (5));
  sign_in (fixture->at.fleet, ACCOUNT, token, &error);
  sync_fleet (fixture->at.fleet, &error);
  g_assert_no_error (error);
  g_assert_false (draft (fixture, LINK, g_variant_new_int64 (6), &error));
  g_assert_error (error, GH_FLEET_ERROR, GH_FLEET_ERROR_READ_ONLY);
  g_clear_error (&error);
  apply (fixture, FALSE, &error);
  g_assert_error (error, GH_FLEET_ERROR, GH_FLEET_ERROR_READ_ONLY);
  g_assert_true (server_has (fixture, "\"" LINK "\":60"));
}

/* The server moved: elsewhere, to the same, and to something else. */
static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  draft_well (fixture, LINK, g_variant_new_int64 (90));
  change_elsewhere (fixture, "{\"" OTHER "\":8}");
  assert_applies (fixture, GH_APPLY_CONFLICT);
  g_assert_true (server_has (fixture, "\"" LINK "\":60"));
  assert_applies (fixture, GH_APPLY_APPLIED);
  g_assert_true (server_has (fixture, "\"" LINK "\":90"));

  draft_well (fixture, LINK, g_variant_new_int64 (91));
  change_elsewhere (fixture, "{\"" LINK "\":91}");
  assert_applies (fixture, GH_APPLY_APPLIED);
  g_assert_cmpuint (get_record (fixture)->changes->len, ==, 0);

  draft_well (fixture, LINK, g_variant_new_int64 (92));
  change_elsewhere (fixture, "{\"" LINK "\":93}");
  assert_applies (fixture, GH_APPLY_CONFLICT);
  apply (fixture, FALSE, &error);
  g_assert_error (error, GH_FLEET_ERROR, GH_FLEET_ERROR_CONFLICT);
  g_assert_true (server_has (fixture, "\"" LINK "\":93"));
  draft_well (fixture, LINK, g_variant_new_int64 (92));
  assert_applies (fixture, GH_APPLY_APPLIED);
  g_assert_true (server_has (fixture, "\"" LINK "\":92"));
}

/* What is said of a community speaks of what is drafted there and of nothing else. */
static void
test_check (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) quiet
    = gh_workspace_check_community (fixture->at.workspace, get_record (fixture));
  g_autoptr (GPtrArray) findings = NULL;

  g_assert_cmpuint (quiet->len, ==, 0);
  draft_well (fixture, LINK, g_variant_new_int64 (0));
  findings = gh_workspace_check_community (fixture->at.workspace, get_record (fixture));
  g_assert_cmpuint (findings->len, >, 0);
  for (guint i = 0; i < findings->len; i++)
    g_assert_true (gh_finding_concerns (findings->pdata[i], gh_settings_lookup (LINK)));
}

/* Another program's draft is seen. */
static void
test_elsewhere (Fixture *fixture, gconstpointer data)
{
  GhWorkspace *workspace = fixture->at.workspace;
  GhFleet *there = open_fleet (fixture->at.path, fixture->at.credentials);
  g_autofree char *key = g_strconcat (ACCOUNT, "/", gh_workspace_get_id (workspace), NULL);
  guint n_changed = 0;

  g_signal_connect (workspace, "communities-changed", G_CALLBACK (count), &n_changed);
  fixture->at.workspace = gh_fleet_find (there, key, NULL);
  draft_well (fixture, LINK, g_variant_new_int64 (77));
  fixture->at.workspace = workspace;
  while (get_record (fixture)->changes->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_changed, >, 0);
  close_fleet (there);
}

/* Whatever happens to the write, and to the look at how it ended, the outcome is the truth or
 * an error, and what the server does not have stays drafted. */
static void
test_faults (Fixture *fixture, gconstpointer data)
{
  static const char *const places[][2] = { { "PATCH", NULL }, { "PATCH", "GET" } };

  for (gsize i = 0; i < G_N_ELEMENTS (fleet_server_faults) * G_N_ELEMENTS (places); i++)
    {
      const char *const *place = places[i % G_N_ELEMENTS (places)];
      const char *fault = fleet_server_faults[i / G_N_ELEMENTS (places)];
      g_autofree char *sent = g_strdup_printf ("\"" LINK "\":%zu", 100 + i);
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) healthy_error = NULL;
      gint64 started;
      GhApplyOutcome outcome;
      gboolean applied;

      draft_well (fixture, LINK, g_variant_new_int64 ((gint64) (100 + i)));
      fleet_server_break (&fixture->at, fault, place[0], place[1]);
      started = g_get_monotonic_time ();
      outcome = apply (fixture, FALSE, &error);
      g_assert_cmpint (g_get_monotonic_time () - started, <, PATIENCE_SECONDS * G_USEC_PER_SEC);

      fleet_server_mend (&fixture->at);
      applied = server_has (fixture, sent);
      if (error == NULL)
        g_assert_cmpint (outcome == GH_APPLY_APPLIED, ==, applied);
      sync_communities (fixture->at.workspace, &healthy_error);
      g_assert_no_error (healthy_error);
      g_assert_cmpuint (get_record (fixture)->changes->len, ==, applied ? 0 : 1);
    }
}

#define add(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/fleet/communities/read", test_read);
  add ("/fleet/communities/edit", test_edit);
  add ("/fleet/communities/revert", test_revert);
  add ("/fleet/communities/refused", test_refused);
  add ("/fleet/communities/conflict", test_conflict);
  add ("/fleet/communities/check", test_check);
  add ("/fleet/communities/elsewhere", test_elsewhere);
  add ("/fleet/communities/faults", test_faults);

  return g_test_run ();
}
