/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window with a real keyring in each state, and with the one that TEST_KEYRING_STATE
 * calls locked unlocked from there; with --refusing, beside a service of the test's own that
 * answers everything with an error. Nobody listens where the server should be, so that a
 * workspace is offline as soon as there is a token. */

#include <string.h>

#include "gh-account-dialog.h"
#include "store-workspace-support.h"
#include "walk.h"
#include "window-fixture.h"

#define ACCOUNT "work"
#define WORKSPACE "alpha"

static const struct
{
  const char *keyring;
  GhCredentialState state;
  const char *words; /* in the banner */
  gboolean session_only;
} states[] = {
  { "unlocked", GH_CREDENTIAL_ABSENT, "has no token", FALSE },
  { "none", GH_CREDENTIAL_NO_KEYRING, "no keyring", TRUE },
  { "locked", GH_CREDENTIAL_LOCKED, "is locked", TRUE },
  { "refusing", GH_CREDENTIAL_REFUSED, "does not give the token", TRUE },
};

static const char *keyring;

static GhAccount *
make_database (void)
{
  g_autofree char *path = gh_database_dup_default_path ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GhWorkspaceKey) key = gh_workspace_key_new (ACCOUNT, WORKSPACE);
  GhAccount *account = gh_account_new (ACCOUNT, "http://127.0.0.1:1");
  GhCachedPolicy cached = { gh_policy_new (), (char *) "\"1\"", 1 };
  GhDatabase *database = test_open_well (path);

  gh_account_store_save_async (database, account, FALSE, NULL, await_ready, &result);
  g_assert_true (gh_account_store_save_finish (database, await (&result), NULL));
  g_clear_object (&result);
  test_add_workspace (database, ACCOUNT, WORKSPACE);
  g_assert_true (test_save_policy (database, key, &cached, NULL));
  gh_policy_unref (cached.policy);
  test_close (database);
  return account;
}

/* What a keyring that is locked afterwards holds. */
static int
prepare (void)
{
  g_autoptr (GhCredentials) credentials = gh_credentials_secret_new ();
  g_autoptr (GhAccount) account = make_database ();
  g_autoptr (GAsyncResult) result = NULL;

  gh_credentials_store_async (credentials, account, "token", NULL, await_ready, &result);
  return gh_credentials_store_finish (credentials, await (&result), NULL) ? 0 : 1;
}

static GVariant *
call_keyring (GDBusConnection *bus, const char *interface, const char *method, GVariant *arguments)
{
  g_autoptr (GError) error = NULL;
  GVariant *answer = g_dbus_connection_call_sync (bus,
                                                  "org.freedesktop.secrets",
                                                  "/org/freedesktop/secrets",
                                                  interface,
                                                  method,
                                                  arguments,
                                                  NULL,
                                                  G_DBUS_CALL_FLAGS_NONE,
                                                  -1,
                                                  NULL,
                                                  &error);

  g_assert_no_error (error);
  return answer;
}

/* As the keyring's own dialog does it, which has no place in a test. */
static void
unlock_keyring (void)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) opened = call_keyring (
    bus, "org.freedesktop.Secret.Service", "OpenSession", g_variant_new_parsed ("('plain', <''>)"));
  g_autoptr (GVariant) unlocked = NULL;
  const char *session;

  g_variant_get (opened, "(v&o)", NULL, &session);
  unlocked = call_keyring (bus,
                           "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface",
                           "UnlockWithMasterPassword",
                           g_variant_new_parsed ("(%o, (%o, @ay [], [byte 10], 'text/plain'))",
                                                 "/org/freedesktop/secrets/collection/login",
                                                 session));
}

static const char *
get_banner_text (GhWindow *window)
{
  return gh_banner_get_text (gh_workspace_view_get_banner (gh_window_get_view (window)));
}

/* What is offered where the keyring is no help. */
static void
check_sign_in (GhWindow *window, gboolean session_only)
{
  GtkWindow *dialog;

  gtk_widget_activate_action (GTK_WIDGET (window), "win.sign-in", NULL);
  dialog = gh_window_get_dialog (window);
  g_assert_true (GH_IS_ACCOUNT_DIALOG (dialog));
  g_assert_true (gh_account_dialog_get_session_only (GH_ACCOUNT_DIALOG (dialog)) == session_only);
  window_fixture_close_dialog (window);
}

static void
check_unlock (GhWindow *window, GhWorkspace *workspace)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GhFleet *fleet = gh_window_get_fleet (window);

  gh_fleet_unlock_async (fleet, ACCOUNT, NULL, await_ready, &result);
  g_assert_false (gh_fleet_unlock_finish (fleet, await (&result), &error));
  g_assert_error (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_SIGN_IN);
  g_assert_nonnull (strstr (error->message, "is locked"));
  g_assert_cmpint (gh_workspace_get_credential_state (workspace), ==, GH_CREDENTIAL_LOCKED);

  unlock_keyring ();
  gtk_widget_activate_action (GTK_WIDGET (window), "win.unlock", NULL);
  window_fixture_wait (gh_workspace_get_state (workspace) == GH_WORKSPACE_OFFLINE);
  g_assert_nonnull (strstr (get_banner_text (window), "Offline"));
}

/* A keyring may be too busy to answer in time; it is asked again then. */
static void
await_sign_in (GhWindow *window, GhWorkspace *workspace, GhCredentialState state)
{
  window_fixture_wait (gh_workspace_get_state (workspace) == GH_WORKSPACE_SIGN_IN);
  if (gh_workspace_get_credential_state (workspace) == state)
    return;
  gtk_widget_activate_action (GTK_WIDGET (window), "win.sync", NULL);
  window_fixture_wait (gh_workspace_get_credential_state (workspace) == state);
}

static void
scenario (GhApplication *application, GhWindow *window, gpointer user_data)
{
  GhWorkspace *workspace = window_fixture_find_workspace (window, TRUE);
  guint n_checked = 0;

  window_fixture_open (window, workspace);
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      if (g_strcmp0 (states[i].keyring, keyring) != 0)
        continue;
      await_sign_in (window, workspace, states[i].state);
      g_assert_cmpint (gh_workspace_get_credential_state (workspace), ==, states[i].state);
      g_assert_nonnull (strstr (get_banner_text (window), states[i].words));
      window_fixture_draw (GTK_WIDGET (window), states[i].keyring);
      check_sign_in (window, states[i].session_only);
      if (states[i].state == GH_CREDENTIAL_LOCKED)
        check_unlock (window, workspace);
      n_checked++;
    }
  g_assert_cmpuint (n_checked, ==, 1);
}

static void
refuse_call (GDBusConnection *bus,
             const char *sender,
             const char *path,
             const char *interface,
             const char *method,
             GVariant *arguments,
             GDBusMethodInvocation *invocation,
             gpointer data)
{
  g_dbus_method_invocation_return_dbus_error (
    invocation, "org.freedesktop.DBus.Error.Failed", "Out of order");
}

static void
on_bus (GDBusConnection *bus, const char *name, gpointer data)
{
  static const GDBusInterfaceVTable calls = { .method_call = refuse_call };
  static const char xml[]
    = "<node><interface name='org.freedesktop.Secret.Service'>"
      "<method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/>"
      "<arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
      "<method name='SearchItems'><arg type='a{ss}' direction='in'/>"
      "<arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"
      "</interface></node>";
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, NULL);

  g_assert_nonnull (node);
  g_assert_cmpuint (
    g_dbus_connection_register_object (
      bus, "/org/freedesktop/secrets", node->interfaces[0], &calls, NULL, NULL, NULL),
    >,
    0);
}

static void
on_name (GDBusConnection *bus, const char *name, gpointer owned)
{
  *(gboolean *) owned = TRUE;
}

static void
own_keyring (void)
{
  gboolean owned = FALSE;

  g_bus_own_name (G_BUS_TYPE_SESSION,
                  "org.freedesktop.secrets",
                  G_BUS_NAME_OWNER_FLAGS_NONE,
                  on_bus,
                  on_name,
                  NULL,
                  &owned,
                  NULL);
  while (!owned)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_window (void)
{
  if (g_str_equal (keyring, "refusing"))
    own_keyring ();
  g_assert_cmpint (window_fixture_run (scenario, NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  if (argc == 2 && g_str_equal (argv[1], "--prepare"))
    return prepare ();

  keyring = g_getenv ("TEST_KEYRING_STATE");
  g_assert_nonnull (keyring);
  if (argc == 2 && g_str_equal (argv[1], "--refusing"))
    {
      keyring = "refusing";
      argc--;
    }
  g_test_init (&argc, &argv, NULL);
  if (!g_str_equal (keyring, "locked"))
    gh_account_free (make_database ());
  g_test_add_func ("/app/keyring", test_window);

  return g_test_run ();
}
