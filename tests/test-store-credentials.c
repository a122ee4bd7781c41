/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Secrets against a real keyring, in the state that TEST_KEYRING_STATE names (see
 * run-with-keyring.sh); without one, those in memory. */

#include <string.h>

#include "gh-credentials.h"
#include "store-support.h"

#define ACCOUNT "work"
#define URL "https://policy.example"

static char *
lookup (GhCredentials *credentials, const char *account, GhCredentialState *state)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *secret;

  gh_credentials_lookup_async (credentials, account, FALSE, NULL, await_ready, &result);
  secret = gh_credentials_lookup_finish (credentials, await (&result), state, &error);
  g_assert_no_error (error);
  return secret;
}

static void
assert_state (GhCredentials *credentials, const char *account, GhCredentialState expected)
{
  GhCredentialState state;
  char *secret = lookup (credentials, account, &state);

  g_assert_null (secret);
  g_assert_cmpint (state, ==, expected);
}

static void
assert_secret (GhCredentials *credentials, const char *account, const char *expected)
{
  GhCredentialState state;
  char *secret = lookup (credentials, account, &state);

  g_assert_cmpint (state, ==, GH_CREDENTIAL_FOUND);
  g_assert_cmpstr (secret, ==, expected);
  gh_credentials_free_secret (secret);
}

static gboolean
store (GhCredentials *credentials, const char *account, const char *secret, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_credentials_store_async (credentials, account, URL, secret, NULL, await_ready, &result);
  return gh_credentials_store_finish (credentials, await (&result), error);
}

static gboolean
remove_secret (GhCredentials *credentials, const char *account, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_credentials_remove_async (credentials, account, NULL, await_ready, &result);
  return gh_credentials_remove_finish (credentials, await (&result), error);
}

static void
test_round_trip (gconstpointer make)
{
  g_autoptr (GhCredentials) credentials = ((GhCredentials * (*) (void) ) make) ();
  g_autoptr (GError) error = NULL;

  assert_state (credentials, ACCOUNT, GH_CREDENTIAL_ABSENT);
  store (credentials, ACCOUNT, "tökén-1", &error);
  g_assert_no_error (error);
  store (credentials, "other", "other-token", &error);
  g_assert_no_error (error);
  assert_secret (credentials, ACCOUNT, "tökén-1");

  store (credentials, ACCOUNT, "token-2", &error);
  g_assert_no_error (error);
  assert_secret (credentials, ACCOUNT, "token-2");

  remove_secret (credentials, ACCOUNT, &error);
  g_assert_no_error (error);
  assert_state (credentials, ACCOUNT, GH_CREDENTIAL_ABSENT);
  assert_secret (credentials, "other", "other-token");
  g_assert_true (remove_secret (credentials, ACCOUNT, NULL));
  g_assert_true (remove_secret (credentials, "other", NULL));
}

/* What one object stored another finds: it is the keyring that has it. */
static void
test_outlives (void)
{
  g_autoptr (GhCredentials) first = gh_credentials_new ();
  g_autoptr (GhCredentials) second = gh_credentials_new ();

  g_assert_true (store (first, ACCOUNT, "token", NULL));
  assert_secret (second, ACCOUNT, "token");
  g_assert_true (remove_secret (second, ACCOUNT, NULL));
  assert_state (first, ACCOUNT, GH_CREDENTIAL_ABSENT);
}

/* A session's secret goes before the keyring's, until that is renewed. */
static void
test_session_first (void)
{
  g_autoptr (GhCredentials) credentials = gh_credentials_new ();

  g_assert_true (store (credentials, ACCOUNT, "kept", NULL));
  gh_credentials_keep_for_session (credentials, ACCOUNT, "session");
  assert_secret (credentials, ACCOUNT, "session");
  g_assert_true (store (credentials, ACCOUNT, "renewed", NULL));
  assert_secret (credentials, ACCOUNT, "renewed");
  gh_credentials_keep_for_session (credentials, ACCOUNT, "session");
  g_assert_true (remove_secret (credentials, ACCOUNT, NULL));
  assert_state (credentials, ACCOUNT, GH_CREDENTIAL_ABSENT);
}

static void
test_cancelled (void)
{
  g_autoptr (GhCredentials) credentials = gh_credentials_secret_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gh_credentials_lookup_async (credentials, ACCOUNT, FALSE, cancellable, await_ready, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (gh_credentials_lookup_finish (credentials, await (&result), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_locked (void)
{
  g_autoptr (GhCredentials) credentials = gh_credentials_new ();
  g_autoptr (GError) error = NULL;

  assert_state (credentials, ACCOUNT, GH_CREDENTIAL_LOCKED);
  assert_state (credentials, "never-stored", GH_CREDENTIAL_ABSENT);

  g_assert_false (store (credentials, ACCOUNT, "token", &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_KEYRING);
  g_clear_error (&error);
  g_assert_false (remove_secret (credentials, ACCOUNT, &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_KEYRING);

  gh_credentials_keep_for_session (credentials, ACCOUNT, "session");
  assert_secret (credentials, ACCOUNT, "session");
}

static void
test_no_keyring (void)
{
  g_autoptr (GhCredentials) credentials = gh_credentials_new ();
  g_autofree char *words = gh_credential_state_describe (GH_CREDENTIAL_NO_KEYRING, ACCOUNT);
  g_autoptr (GError) error = NULL;

  assert_state (credentials, ACCOUNT, GH_CREDENTIAL_NO_KEYRING);
  g_assert_false (store (credentials, ACCOUNT, "token", &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_KEYRING);
  g_assert_cmpstr (error->message, ==, words);
  g_assert_true (remove_secret (credentials, ACCOUNT, NULL));

  gh_credentials_keep_for_session (credentials, ACCOUNT, "session");
  assert_secret (credentials, ACCOUNT, "session");
  g_assert_true (remove_secret (credentials, ACCOUNT, NULL));
  assert_state (credentials, ACCOUNT, GH_CREDENTIAL_NO_KEYRING);
}

static void
test_words (void)
{
  for (int state = GH_CREDENTIAL_FOUND; state <= GH_CREDENTIAL_NO_KEYRING; state++)
    {
      g_autofree char *words = gh_credential_state_describe (state, "the-account");

      g_assert_nonnull (strstr (words, "the-account"));
    }
}

/* Stores what a keyring that is locked afterwards holds. */
static int
prepare (void)
{
  g_autoptr (GhCredentials) credentials = gh_credentials_secret_new ();

  return store (credentials, ACCOUNT, "locked-away", NULL) ? 0 : 1;
}

int
main (int argc, char **argv)
{
  const char *state = g_getenv ("TEST_KEYRING_STATE");

  if (argc == 2 && g_str_equal (argv[1], "--prepare"))
    return prepare ();

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/store/credentials/memory", gh_credentials_memory_new, test_round_trip);
  g_test_add_func ("/store/credentials/words", test_words);
  if (g_strcmp0 (state, "unlocked") == 0)
    {
      g_test_add_data_func (
        "/store/credentials/keyring", gh_credentials_secret_new, test_round_trip);
      g_test_add_data_func ("/store/credentials/both", gh_credentials_new, test_round_trip);
      g_test_add_func ("/store/credentials/outlives", test_outlives);
      g_test_add_func ("/store/credentials/session-first", test_session_first);
      g_test_add_func ("/store/credentials/cancelled", test_cancelled);
    }
  else if (g_strcmp0 (state, "locked") == 0)
    g_test_add_func ("/store/credentials/locked", test_locked);
  else
    g_test_add_func ("/store/credentials/no-keyring", test_no_keyring);

  return g_test_run ();
}
