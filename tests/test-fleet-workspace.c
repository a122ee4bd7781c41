/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A workspace's life against a server of its own, over a real socket. */

#include <signal.h>

#include "fleet-calls.h"
#include "server-fixture.h"

#define NUMBER "global-session-timeout"
#define OTHER "max-inactive-days"
#define SWITCH "remember-me"
#define LIST "allowed-file-extensions"

/* One person at one computer: a database and the token of an account. */
typedef struct
{
  char *path;
  GhCredentials *credentials;
  GhFleet *fleet;
} Person;

static Person *
person_new (ServerFixture *server, const char *name, const char *token)
{
  Person *self = g_new0 (Person, 1);
  g_autoptr (GError) error = NULL;

  self->path = g_strdup_printf ("%s/%s.db", server->directory, name);
  self->credentials = gh_credentials_memory_new ();
  self->fleet = open_fleet (self->path, self->credentials);
  add_account (self->fleet, ACCOUNT, server->url, token != NULL ? token : server->token, &error);
  g_assert_no_error (error);
  return self;
}

static void
person_restart (Person *self)
{
  close_fleet (self->fleet);
  self->fleet = open_fleet (self->path, self->credentials);
}

static void
person_free (Person *self)
{
  close_fleet (self->fleet);
  g_object_unref (self->credentials);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Person, person_free)

static void
apply_well (GhWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  GhApplyOutcome outcome = apply_workspace (workspace, FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpint (outcome, ==, GH_APPLY_APPLIED);
}

static void
test_list (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", "12", NULL);
  g_autoptr (Person) ada = person_new (server, "ada", NULL);
  GListModel *model = G_LIST_MODEL (ada->fleet);
  g_autofree char *last = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 12);
  for (guint i = 0; i < 12; i++)
    {
      GhWorkspace *workspace = get_workspace (ada->fleet, i);
      g_autofree char *key = g_strconcat (ACCOUNT, "/", gh_workspace_get_id (workspace), NULL);
      g_autofree char *words = gh_workspace_dup_state_text (workspace);

      g_assert_cmpstr (words, ==, "Not read yet");
      if (last != NULL)
        g_assert_cmpint (g_utf8_collate (last, gh_workspace_get_name (workspace)), <=, 0);
      g_free (last);
      last = g_strdup (gh_workspace_get_name (workspace));
      g_assert_true (gh_fleet_find (ada->fleet, key, NULL) == workspace);
      g_assert_true (gh_fleet_find (ada->fleet, gh_workspace_get_id (workspace), NULL)
                     == workspace);
      g_assert_null (gh_workspace_get_document (workspace));
      g_assert_false (load_workspace (workspace, &error));
      g_assert_error (error, GH_FLEET_ERROR, GH_FLEET_ERROR_NOT_LOADED);
      g_clear_error (&error);
    }
  g_assert_null (gh_fleet_find (ada->fleet, "no-such", &error));
  g_assert_error (error, GH_FLEET_ERROR, GH_FLEET_ERROR_UNKNOWN);
  g_clear_error (&error);

  sync_fleet (ada->fleet, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 12; i++)
    {
      g_autofree char *words = gh_workspace_dup_state_text (get_workspace (ada->fleet, i));

      assert_state (get_workspace (ada->fleet, i), "synced");
      g_assert_cmpstr (words, ==, "In sync");
      g_assert_cmpint (gh_workspace_get_revision (get_workspace (ada->fleet, i)), >, 0);
    }
}

/* An edit is in the database when it is flushed, with its steps; a restart finds both. */
static void
test_edit (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", "2", NULL);
  g_autoptr (Person) ada = person_new (server, "ada", NULL);
  GhWorkspace *workspace = open_first (ada->fleet);
  g_autofree char *before = get_base (workspace, NUMBER);
  g_autoptr (GError) error = NULL;

  edit (workspace, NUMBER, "123");
  edit (workspace, OTHER, "77");
  g_assert_true (gh_workspace_get_saving (workspace));
  g_assert_cmpuint (gh_workspace_get_n_drafted (workspace), ==, 2);
  assert_state (workspace, "draft");
  flush_workspace (workspace, &error);
  g_assert_no_error (error);
  g_assert_false (gh_workspace_get_saving (workspace));

  person_restart (ada);
  workspace = get_workspace (ada->fleet, 0);
  assert_state (workspace, "draft");
  g_assert_cmpuint (gh_workspace_get_n_drafted (workspace), ==, 2);
  load_workspace (workspace, &error);
  g_assert_no_error (error);
  assert_value (workspace, NUMBER, "123");
  assert_value (workspace, OTHER, "77");
  assert_base (workspace, NUMBER, before);
  g_assert_true (gh_document_undo (gh_workspace_get_document (workspace)));
  g_assert_true (gh_document_undo (gh_workspace_get_document (workspace)));
  assert_value (workspace, NUMBER, before);
  g_assert_true (gh_document_redo (gh_workspace_get_document (workspace)));
  flush_workspace (workspace, &error);
  g_assert_no_error (error);

  person_restart (ada);
  workspace = get_workspace (ada->fleet, 0);
  load_workspace (workspace, &error);
  g_assert_no_error (error);
  assert_value (workspace, NUMBER, "123");
  g_assert_cmpuint (gh_workspace_get_n_drafted (workspace), ==, 1);
  g_assert_true (gh_document_can_redo (gh_workspace_get_document (workspace)));
}

static void
test_apply (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", "2", NULL);
  g_autoptr (Person) ada = person_new (server, "ada", NULL);
  GhWorkspace *workspace = open_first (ada->fleet);
  gint64 revision = gh_workspace_get_revision (workspace);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (apply_workspace (workspace, FALSE, &error), ==, GH_APPLY_NOTHING);
  g_assert_no_error (error);

  edit (workspace, NUMBER, "123");
  g_assert_cmpint (apply_workspace (workspace, TRUE, &error), ==, GH_APPLY_APPLIED);
  g_assert_no_error (error);
  g_assert_cmpint (gh_workspace_get_revision (workspace), ==, revision);
  g_assert_cmpuint (gh_workspace_get_n_drafted (workspace), ==, 1);

  apply_well (workspace);
  assert_state (workspace, "synced");
  assert_base (workspace, NUMBER, "123");
  g_assert_cmpint (gh_workspace_get_revision (workspace), ==, revision + 1);
  g_assert_false (
    gh_document_is_drafted (gh_workspace_get_document (workspace), gh_settings_lookup (NUMBER)));
  g_assert_null (gh_workspace_get_notice (workspace));
}

/* An edit made while the apply is under way is not lost and not sent. */
static void
test_edit_while_applying (void)
{
  g_autoptr (ServerFixture) server
    = server_fixture_new ("--demo", "2", "--fault", "delay=300@PATCH", NULL);
  g_autoptr (Person) ada = person_new (server, "ada", NULL);
  GhWorkspace *workspace = open_first (ada->fleet);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *before = get_base (workspace, OTHER);
  g_autoptr (GError) error = NULL;

  edit (workspace, NUMBER, "123");
  flush_workspace (workspace, NULL);
  gh_workspace_apply_async (workspace, NULL, FALSE, NULL, await_ready, &result);
  assert_state (workspace, "applying");
  apply_workspace (workspace, FALSE, &error);
  g_assert_error (error, GH_FLEET_ERROR, GH_FLEET_ERROR_BUSY);
  g_clear_error (&error);
  for (gint64 until = g_get_monotonic_time () + 100000; g_get_monotonic_time () < until;)
    g_main_context_iteration (NULL, FALSE);
  edit (workspace, OTHER, "77");
  g_assert_cmpint (
    gh_workspace_apply_finish (workspace, await (&result), &error), ==, GH_APPLY_APPLIED);
  g_assert_no_error (error);
  assert_state (workspace, "draft");
  assert_base (workspace, NUMBER, "123");
  assert_base (workspace, OTHER, before);
  assert_value (workspace, OTHER, "77");
}

/* What others change is taken, what is drafted here stays, and both is a conflict, which
 * survives a restart. */
static void
test_merge (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", "2", NULL);
  g_autoptr (Person) ada = person_new (server, "ada", NULL);
  g_autoptr (Person) bob = person_new (server, "bob", NULL);
  GhWorkspace *hers = open_first (ada->fleet);
  GhWorkspace *his = open_first (bob->fleet);
  g_autofree char *before = get_base (hers, NUMBER);
  const GhConflict *conflict;
  g_autoptr (GVariant) theirs = NULL;
  g_autoptr (GError) error = NULL;

  edit (his, NUMBER, "111");
  edit (his, OTHER, "88");
  apply_well (his);

  edit (hers, NUMBER, "222");
  edit (hers, SWITCH, "true");
  sync_workspace (hers, &error);
  g_assert_no_error (error);
  assert_state (hers, "conflict");
  assert_value (hers, OTHER, "88");
  assert_value (hers, SWITCH, "true");
  assert_value (hers, NUMBER, "222");
  assert_base (hers, NUMBER, "111");
  g_assert_nonnull (gh_workspace_get_notice (hers));

  apply_workspace (hers, FALSE, &error);
  g_assert_error (error, GH_FLEET_ERROR, GH_FLEET_ERROR_CONFLICT);
  g_clear_error (&error);

  person_restart (ada);
  hers = get_workspace (ada->fleet, 0);
  assert_state (hers, "conflict");
  load_workspace (hers, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (gh_workspace_get_conflicts (hers)->len, ==, 1);
  conflict = g_ptr_array_index (gh_workspace_get_conflicts (hers), 0);
  g_assert_cmpstr (conflict->setting->id, ==, NUMBER);
  {
    g_autofree char *base = gh_value_to_text (conflict->setting, conflict->base);
    g_autofree char *yours = gh_value_to_text (conflict->setting, conflict->yours);

    g_assert_cmpstr (base, ==, before);
    g_assert_cmpstr (yours, ==, "222");
  }

  /* The server moves once more; what it was before stays. */
  edit (his, NUMBER, "112");
  apply_well (his);
  sync_workspace (hers, &error);
  g_assert_no_error (error);
  conflict = g_ptr_array_index (gh_workspace_get_conflicts (hers), 0);
  {
    g_autofree char *base = gh_value_to_text (conflict->setting, conflict->base);

    g_assert_cmpstr (base, ==, before);
  }

  g_assert_true (gh_workspace_resolve (hers, conflict->setting, conflict->yours, &error));
  g_assert_no_error (error);
  assert_state (hers, "draft");
  apply_well (hers);
  assert_base (hers, NUMBER, "222");

  edit (his, NUMBER, "113");
  sync_workspace (his, &error);
  assert_state (his, "conflict");
  conflict = g_ptr_array_index (gh_workspace_get_conflicts (his), 0);
  theirs = g_variant_ref (conflict->theirs);
  g_assert_true (gh_workspace_resolve (his, conflict->setting, theirs, &error));
  g_assert_no_error (error);
  assert_state (his, "synced");
  flush_workspace (his, &error);
  g_assert_no_error (error);
  person_restart (bob);
  assert_state (get_workspace (bob->fleet, 0), "synced");
}

static void
test_stale_apply (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", "2", NULL);
  g_autoptr (Person) ada = person_new (server, "ada", NULL);
  g_autoptr (Person) bob = person_new (server, "bob", NULL);
  GhWorkspace *hers = open_first (ada->fleet);
  GhWorkspace *his = open_first (bob->fleet);
  g_autoptr (GError) error = NULL;

  edit (his, OTHER, "88");
  apply_well (his);
  edit (hers, NUMBER, "222");
  g_assert_cmpint (apply_workspace (hers, FALSE, &error), ==, GH_APPLY_CONFLICT);
  g_assert_no_error (error);
  assert_state (hers, "draft");
  assert_base (hers, OTHER, "88");
  assert_value (hers, NUMBER, "222");
  apply_well (hers);
  assert_state (hers, "synced");
}

/* Lists merge element by element, so that two people can add at once. */
static void
test_merge_lists (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", "2", NULL);
  g_autoptr (Person) ada = person_new (server, "ada", NULL);
  g_autoptr (Person) bob = person_new (server, "bob", NULL);
  GhWorkspace *hers = open_first (ada->fleet);
  GhWorkspace *his = open_first (bob->fleet);
  g_autoptr (GError) error = NULL;
  g_autofree char *merged = NULL;

  edit (hers, LIST, "pdf, odt");
  apply_well (hers);
  sync_workspace (his, &error);
  g_assert_no_error (error);
  edit (his, LIST, "pdf, odt, png");
  apply_well (his);
  edit (hers, LIST, "pdf, odt, svg");
  sync_workspace (hers, &error);
  g_assert_no_error (error);
  assert_state (hers, "draft");
  merged = get_value (hers, LIST);
  g_assert_nonnull (strstr (merged, "png"));
  g_assert_nonnull (strstr (merged, "svg"));
}

/* Two programs on one database see each other's edits and lose none. */
static void
test_two_writers (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", "2", NULL);
  g_autoptr (Person) ada = person_new (server, "ada", NULL);
  GhWorkspace *first = open_first (ada->fleet);
  GhFleet *second_fleet = open_fleet (ada->path, ada->credentials);
  GhWorkspace *second = get_workspace (second_fleet, 0);
  g_autoptr (GError) error = NULL;

  load_workspace (second, &error);
  g_assert_no_error (error);
  edit (first, NUMBER, "123");
  edit (second, OTHER, "77");
  flush_workspace (first, &error);
  flush_workspace (second, &error);
  g_assert_no_error (error);
  while (gh_workspace_get_n_drafted (first) < 2 || gh_workspace_get_n_drafted (second) < 2)
    g_main_context_iteration (NULL, TRUE);
  assert_value (first, OTHER, "77");
  assert_value (second, NUMBER, "123");

  /* A storm of both at once. */
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", 100 + i);
      g_autofree char *other = g_strdup_printf ("%u", 10 + i);

      edit (first, NUMBER, number);
      edit (second, OTHER, other);
      if (i % 7 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  flush_workspace (first, &error);
  flush_workspace (second, &error);
  g_assert_no_error (error);
  load_workspace (first, &error);
  load_workspace (second, &error);
  g_assert_no_error (error);
  assert_value (first, NUMBER, "149");
  assert_value (first, OTHER, "59");
  assert_value (second, NUMBER, "149");
  assert_value (second, OTHER, "59");

  apply_well (second);
  while (gh_workspace_get_n_drafted (first) > 0)
    g_main_context_iteration (NULL, TRUE);
  assert_base (first, NUMBER, "149");
  close_fleet (second_fleet);
}

static void
test_offline (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", "2", NULL);
  g_autoptr (Person) ada = person_new (server, "ada", NULL);
  GhWorkspace *workspace = open_first (ada->fleet);
  g_autoptr (GError) error = NULL;

  server_fixture_stop (server, SIGTERM);
  person_restart (ada);
  workspace = get_workspace (ada->fleet, 0);
  load_workspace (workspace, &error);
  g_assert_no_error (error);
  edit (workspace, NUMBER, "123");
  apply_workspace (workspace, FALSE, &error);
  g_assert_true (gh_remote_error_is_offline (error));
  g_clear_error (&error);
  assert_state (workspace, "offline");
  assert_value (workspace, NUMBER, "123");
  g_assert_false (sync_fleet (ada->fleet, &error));
  g_assert_true (gh_remote_error_is_offline (error));
  assert_state (get_workspace (ada->fleet, 1), "offline");
  g_assert_cmpuint (gh_workspace_get_n_drafted (workspace), ==, 1);
}

static void
test_sign_in (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", "2", NULL);
  g_autoptr (Person) ada = person_new (server, "ada", NULL);
  GhWorkspace *workspace = open_first (ada->fleet);
  g_autoptr (GError) error = NULL;

  edit (workspace, NUMBER, "123");
  flush_workspace (workspace, NULL);
  gh_credentials_keep_for_session (ada->credentials, ACCOUNT, "revoked");
  person_restart (ada);
  workspace = get_workspace (ada->fleet, 0);
  load_workspace (workspace, NULL);
  g_assert_cmpint (apply_workspace (workspace, FALSE, &error), ==, GH_APPLY_NOT_APPLIED);
  g_assert_error (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_SIGN_IN);
  g_clear_error (&error);
  assert_state (workspace, "sign-in");
  assert_value (workspace, NUMBER, "123");

  g_assert_false (sign_in (ada->fleet, ACCOUNT, "wrong as well", &error));
  g_assert_error (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_SIGN_IN);
  g_clear_error (&error);
  sign_in (ada->fleet, ACCOUNT, server->token, &error);
  g_assert_no_error (error);
  assert_state (workspace, "draft");
  apply_well (workspace);
}

static void
test_read_only (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", "2", NULL);
  g_autofree char *token = server_fixture_make_token (
    server, "--name", "reader", "--role", "reader", "--scopes", "policy:read", NULL);
  g_autoptr (Person) ada = person_new (server, "ada", token);
  GhWorkspace *workspace = open_first (ada->fleet);
  g_autoptr (GError) error = NULL;

  g_assert_false (gh_workspace_get_can_write (workspace));
  g_assert_cmpstr (gh_workspace_get_role (workspace), ==, "reader");
  edit (workspace, NUMBER, "123");
  apply_workspace (workspace, FALSE, &error);
  g_assert_error (error, GH_FLEET_ERROR, GH_FLEET_ERROR_READ_ONLY);
}

static void
test_accounts (void)
{
  g_autoptr (ServerFixture) server = server_fixture_new ("--demo", "2", NULL);
  g_autofree char *path = g_strdup_printf ("%s/ada.db", server->directory);
  g_autoptr (GhCredentials) credentials = gh_credentials_memory_new ();
  GhFleet *fleet = open_fleet (path, credentials);
  g_autoptr (GError) error = NULL;

  g_assert_false (add_account (fleet, ACCOUNT, "http://policy.example", "t", &error));
  g_assert_error (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_ADDRESS);
  g_clear_error (&error);
  g_assert_false (add_account (fleet, ACCOUNT, server->url, "wrong", &error));
  g_assert_error (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_SIGN_IN);
  g_clear_error (&error);
  g_assert_cmpuint (gh_fleet_get_accounts (fleet)->len, ==, 0);

  g_assert_true (add_account (fleet, ACCOUNT, server->url, server->token, &error));
  g_assert_false (add_account (fleet, ACCOUNT, server->url, server->token, &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (add_account (fleet, "again", server->url, server->token, &error));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fleet)), ==, 4);
  g_assert_null (gh_fleet_find (fleet, gh_workspace_get_id (get_workspace (fleet, 0)), &error));
  g_assert_error (error, GH_FLEET_ERROR, GH_FLEET_ERROR_AMBIGUOUS);
  g_clear_error (&error);

  g_assert_true (remove_account (fleet, "again", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fleet)), ==, 2);
  g_assert_cmpuint (gh_fleet_get_accounts (fleet)->len, ==, 1);
  close_fleet (fleet);
}

static void
test_demo (void)
{
  g_autofree char *directory = g_dir_make_tmp ("gatehouse-demo-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (directory, "ada.db", NULL);
  g_autofree char *programs = g_path_get_dirname (g_getenv ("GATEHOUSE_SERVER"));
  g_autofree char *search = g_strconcat (programs, ":", g_getenv ("PATH"), NULL);
  g_autoptr (GhCredentials) credentials = gh_credentials_memory_new ();
  g_autoptr (GError) error = NULL;

  g_setenv ("PATH", search, TRUE);
  for (guint round = 0; round < 2; round++)
    {
      GhFleet *fleet = open_fleet (path, credentials);

      start_demo (fleet, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fleet)), ==, 5);
      sync_fleet (fleet, &error);
      g_assert_no_error (error);
      load_workspace (get_workspace (fleet, 0), &error);
      g_assert_no_error (error);
      if (round == 1)
        assert_value (get_workspace (fleet, 0), NUMBER, "123");
      edit (get_workspace (fleet, 0), NUMBER, "123");
      flush_workspace (get_workspace (fleet, 0), NULL);
      close_fleet (fleet);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fleet/list", test_list);
  g_test_add_func ("/fleet/edit", test_edit);
  g_test_add_func ("/fleet/apply", test_apply);
  g_test_add_func ("/fleet/edit-while-applying", test_edit_while_applying);
  g_test_add_func ("/fleet/merge", test_merge);
  g_test_add_func ("/fleet/merge-lists", test_merge_lists);
  g_test_add_func ("/fleet/stale-apply", test_stale_apply);
  g_test_add_func ("/fleet/two-writers", test_two_writers);
  g_test_add_func ("/fleet/offline", test_offline);
  g_test_add_func ("/fleet/sign-in", test_sign_in);
  g_test_add_func ("/fleet/read-only", test_read_only);
  g_test_add_func ("/fleet/accounts", test_accounts);
  g_test_add_func ("/fleet/demo", test_demo);
  return g_test_run ();
}
