/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An old revision restored by the server: over a draft, over somebody else, and under every
 * fault of the server. */

#include "fleet-server.h"

#define NUMBER "global-session-timeout"
#define OTHER "max-inactive-days"
#define PATIENCE_SECONDS 10 /* of a call that makes several requests */

typedef FleetServer Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fleet_server_set_up (fixture, "1");
  fixture->workspace = open_first (fixture->fleet);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  fleet_server_tear_down (fixture);
}

static char *
make_path (Fixture *fixture)
{
  return g_strdup_printf ("/v1/workspaces/%s/policy", gh_workspace_get_id (fixture->workspace));
}

static void
change_elsewhere (Fixture *fixture, const char *field, gint64 value)
{
  g_autofree char *path = make_path (fixture);
  g_autofree char *patch = g_strdup_printf ("{\"%s\": %" G_GINT64_FORMAT "}", field, value);
  g_autoptr (Answer) answer = server_fixture_ask (fixture->server,
                                                  NULL,
                                                  "PATCH",
                                                  path,
                                                  patch,
                                                  "Content-Type",
                                                  "application/merge-patch+json",
                                                  "If-Match",
                                                  "*",
                                                  NULL);

  assert_status (answer, 200);
}

static gint64
ask_number (Fixture *fixture)
{
  g_autofree char *path = make_path (fixture);
  g_autoptr (Answer) answer = server_fixture_ask (fixture->server, NULL, "GET", path, NULL, NULL);
  g_autoptr (JsonNode) node = answer_parse_json (answer);

  return json_object_get_int_member_with_default (json_node_get_object (node), NUMBER, -1);
}

static void
sync_well (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  sync_workspace (fixture->workspace, &error);
  g_assert_no_error (error);
}

/* Another number than the one it has, read here. Returns the revision before. */
static gint64
move_on (Fixture *fixture, gint64 number)
{
  gint64 revision = gh_workspace_get_revision (fixture->workspace);

  change_elsewhere (fixture, NUMBER, number);
  sync_well (fixture);
  g_assert_cmpint (gh_workspace_get_revision (fixture->workspace), ==, revision + 1);
  return revision;
}

static void
test_restored (Fixture *fixture, gconstpointer data)
{
  gint64 number = ask_number (fixture);
  gint64 old = move_on (fixture, number + 1);
  g_autoptr (GError) error = NULL;

  edit (fixture->workspace, OTHER, "77");
  g_assert_cmpint (restore_workspace (fixture->workspace, old, TRUE, &error), ==, GH_APPLY_APPLIED);
  g_assert_no_error (error);
  g_assert_cmpint (ask_number (fixture), ==, number + 1);
  g_assert_cmpint (
    restore_workspace (fixture->workspace, old, FALSE, &error), ==, GH_APPLY_APPLIED);
  g_assert_no_error (error);
  g_assert_cmpint (ask_number (fixture), ==, number);
  g_assert_cmpint (gh_workspace_get_revision (fixture->workspace), ==, old + 2);
  assert_value (fixture->workspace, OTHER, "77");
  assert_state (fixture->workspace, "draft");
  g_assert_cmpint (
    restore_workspace (fixture->workspace, old, FALSE, &error), ==, GH_APPLY_NOTHING);
  g_assert_no_error (error);
}

/* Nothing of somebody else's is written over unseen. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  gint64 number = ask_number (fixture);
  gint64 old = move_on (fixture, number + 1);
  g_autofree char *token = server_fixture_make_token (
    fixture->server, "--name", "reader", "--role", "reader", "--scopes", "policy:read", NULL);
  g_autoptr (GError) error = NULL;

  change_elsewhere (fixture, NUMBER, number + 2);
  g_assert_cmpint (
    restore_workspace (fixture->workspace, old, FALSE, &error), ==, GH_APPLY_CONFLICT);
  g_assert_no_error (error);
  g_assert_cmpint (ask_number (fixture), ==, number + 2);

  restore_workspace (fixture->workspace, 9999, FALSE, &error);
  g_assert_error (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  sign_in (fixture->fleet, ACCOUNT, token, &error);
  sync_fleet (fixture->fleet, &error);
  g_assert_no_error (error);
  restore_workspace (fixture->workspace, old, FALSE, &error);
  g_assert_error (error, GH_FLEET_ERROR, GH_FLEET_ERROR_READ_ONLY);
  g_assert_cmpint (ask_number (fixture), ==, number + 2);
}

/* Whatever happens to the write and to the look at how it ended, the outcome is the truth. */
static void
test_faults (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fleet_server_faults); i++)
    {
      gint64 number = ask_number (fixture);
      gint64 old = move_on (fixture, number + 1);
      gint64 started;
      g_autoptr (GError) error = NULL;
      GhApplyOutcome outcome;
      gboolean applied;

      fleet_server_break (fixture, fleet_server_faults[i], "POST", NULL);
      started = g_get_monotonic_time ();
      outcome = restore_workspace (fixture->workspace, old, FALSE, &error);
      g_assert_cmpint (g_get_monotonic_time () - started, <, PATIENCE_SECONDS * G_USEC_PER_SEC);

      fleet_server_mend (fixture);
      applied = ask_number (fixture) == number;
      g_assert_cmpint (error == NULL && outcome == GH_APPLY_APPLIED, ==, applied);
      sync_well (fixture);
    }
}

#define add(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/fleet/restore/restored", test_restored);
  add ("/fleet/restore/refused", test_refused);
  add ("/fleet/restore/faults", test_faults);

  return g_test_run ();
}
