/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Secrets against a real keyring, in the state that TEST_KEYRING_STATE names (see
 * run-with-keyring.sh); without one, those in memory. */

#include <string.h>

#include <libsecret/secret.h>

#include "gh-config.h"
#include "gh-credentials.h"
#include "store-support.h"

#define ACCOUNT(own_id, own_name, own_url)                                                         \
  {                                                                                                \
    .id = (char *) own_id, .name = (char *) own_name, .url = (char *) own_url                      \
  }

/* Accounts as databases have them: each with an id of its own, and names that are not. */
static const GhAccount work = ACCOUNT ("id-1", "work", "https://policy.example/api");
static const GhAccount other = ACCOUNT ("id-2", "other", "https://policy.example/api");
static const GhAccount namesake = ACCOUNT ("id-3", "work", "https://policy.example/api");
static const GhAccount moved = ACCOUNT ("id-1", "work", "https://policy.example.net/api");
static const GhAccount deeper = ACCOUNT ("id-1", "work", "https://policy.example/v2");
static const GhAccount absent = ACCOUNT ("id-4", "absent", "https://policy.example/api");

static char *
lookup (GhCredentials *credentials, const GhAccount *account, GhCredentialState *state)
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
assert_state (GhCredentials *credentials, const GhAccount *account, GhCredentialState expected)
{
  GhCredentialState state;
  char *secret = lookup (credentials, account, &state);

  g_assert_null (secret);
  g_assert_cmpint (state, ==, expected);
}

static void
assert_secret (GhCredentials *credentials, const GhAccount *account, const char *expected)
{
  GhCredentialState state;
  char *secret = lookup (credentials, account, &state);

  g_assert_cmpint (state, ==, GH_CREDENTIAL_FOUND);
  g_assert_cmpstr (secret, ==, expected);
  gh_credentials_free_secret (secret);
}

static gboolean
store (GhCredentials *credentials, const GhAccount *account, const char *secret, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_credentials_store_async (credentials, account, secret, NULL, await_ready, &result);
  return gh_credentials_store_finish (credentials, await (&result), error);
}

static gboolean
remove_secret (GhCredentials *credentials, const GhAccount *account, GError **error)
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

  assert_state (credentials, &work, GH_CREDENTIAL_ABSENT);
  store (credentials, &work, "tökén-1", &error);
  g_assert_no_error (error);
  store (credentials, &other, "other-token", &error);
  g_assert_no_error (error);
  assert_secret (credentials, &work, "tökén-1");

  store (credentials, &work, "token-2", &error);
  g_assert_no_error (error);
  assert_secret (credentials, &work, "token-2");

  remove_secret (credentials, &work, &error);
  g_assert_no_error (error);
  assert_state (credentials, &work, GH_CREDENTIAL_ABSENT);
  assert_secret (credentials, &other, "other-token");
  g_assert_true (remove_secret (credentials, &work, NULL));
  g_assert_true (remove_secret (credentials, &other, NULL));
}

/* What one object stored another finds: it is the keyring that has it. */
static void
test_outlives (void)
{
  g_autoptr (GhCredentials) first = gh_credentials_new ();
  g_autoptr (GhCredentials) second = gh_credentials_new ();

  g_assert_true (store (first, &work, "token", NULL));
  assert_secret (second, &work, "token");
  g_assert_true (remove_secret (second, &work, NULL));
  assert_state (first, &work, GH_CREDENTIAL_ABSENT);
}

/* A session's secret goes before the keyring's, until that is renewed. */
static void
test_session_first (void)
{
  g_autoptr (GhCredentials) credentials = gh_credentials_new ();

  g_assert_true (store (credentials, &work, "kept", NULL));
  gh_credentials_keep_for_session (credentials, work.name, "session");
  assert_secret (credentials, &work, "session");
  g_assert_true (store (credentials, &work, "renewed", NULL));
  assert_secret (credentials, &work, "renewed");
  gh_credentials_keep_for_session (credentials, work.name, "session");
  g_assert_true (remove_secret (credentials, &work, NULL));
  assert_state (credentials, &work, GH_CREDENTIAL_ABSENT);
}

/* By id and origin: neither a namesake nor another server gets the token. */
static void
test_own_item (void)
{
  g_autoptr (GhCredentials) credentials = gh_credentials_secret_new ();

  g_assert_true (store (credentials, &work, "first", NULL));
  g_assert_true (store (credentials, &namesake, "second", NULL));
  assert_secret (credentials, &work, "first");
  assert_secret (credentials, &deeper, "first");
  assert_secret (credentials, &namesake, "second");
  assert_state (credentials, &moved, GH_CREDENTIAL_ABSENT);

  g_assert_true (remove_secret (credentials, &work, NULL));
  assert_state (credentials, &work, GH_CREDENTIAL_ABSENT);
  assert_secret (credentials, &namesake, "second");
  g_assert_true (remove_secret (credentials, &namesake, NULL));
}

/* An item as the first version stored it. */
static const SecretSchema former_schema = {
  GH_APPLICATION_ID ".Credential",
  SECRET_SCHEMA_NONE,
  {
    { "application", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

static gboolean
store_former (const GhAccount *account, const char *secret)
{
  g_autofree char *label = g_strdup_printf ("Policy server “%s” (%s)", account->name, account->url);

  return secret_password_store_sync (&former_schema,
                                     SECRET_COLLECTION_DEFAULT,
                                     label,
                                     secret,
                                     NULL,
                                     NULL,
                                     "application",
                                     GH_APPLICATION_ID,
                                     "account",
                                     account->name,
                                     NULL);
}

static void
assert_former (const GhAccount *account, const char *expected)
{
  char *secret = secret_password_lookup_sync (
    &former_schema, NULL, NULL, "application", GH_APPLICATION_ID, "account", account->name, NULL);

  g_assert_cmpstr (secret, ==, expected);
  secret_password_free (secret);
}

static void
test_takes_over (void)
{
  g_autoptr (GhCredentials) credentials = gh_credentials_secret_new ();

  g_assert_true (store_former (&work, "former"));
  assert_state (credentials, &moved, GH_CREDENTIAL_ABSENT);
  assert_state (credentials, &other, GH_CREDENTIAL_ABSENT);
  assert_former (&work, "former");
  assert_secret (credentials, &work, "former");
  assert_former (&work, NULL);
  assert_secret (credentials, &work, "former");
  assert_state (credentials, &namesake, GH_CREDENTIAL_ABSENT);
  g_assert_true (remove_secret (credentials, &work, NULL));
}

/* What is stored or removed is so under the former key too, but for what is another's. */
static void
test_clears_former (void)
{
  g_autoptr (GhCredentials) credentials = gh_credentials_secret_new ();

  g_assert_true (store_former (&work, "former"));
  g_assert_true (store (credentials, &work, "new", NULL));
  assert_former (&work, NULL);
  assert_secret (credentials, &work, "new");

  g_assert_true (store_former (&work, "former"));
  g_assert_true (remove_secret (credentials, &moved, NULL));
  assert_former (&work, "former");
  g_assert_true (remove_secret (credentials, &work, NULL));
  assert_former (&work, NULL);
  assert_state (credentials, &work, GH_CREDENTIAL_ABSENT);
}

static void
test_cancelled (void)
{
  g_autoptr (GhCredentials) credentials = gh_credentials_secret_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gh_credentials_lookup_async (credentials, &work, FALSE, cancellable, await_ready, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (gh_credentials_lookup_finish (credentials, await (&result), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_locked (void)
{
  g_autoptr (GhCredentials) credentials = gh_credentials_new ();
  g_autoptr (GError) error = NULL;

  assert_state (credentials, &work, GH_CREDENTIAL_LOCKED);
  assert_state (credentials, &other, GH_CREDENTIAL_LOCKED);
  assert_state (credentials, &absent, GH_CREDENTIAL_ABSENT);

  g_assert_false (store (credentials, &work, "token", &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_KEYRING);
  g_clear_error (&error);
  g_assert_false (remove_secret (credentials, &work, &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_KEYRING);

  gh_credentials_keep_for_session (credentials, work.name, "session");
  assert_secret (credentials, &work, "session");
}

static void
test_no_keyring (void)
{
  g_autoptr (GhCredentials) credentials = gh_credentials_new ();
  g_autofree char *words = gh_credential_state_describe (GH_CREDENTIAL_NO_KEYRING, work.name);
  g_autoptr (GError) error = NULL;

  assert_state (credentials, &work, GH_CREDENTIAL_NO_KEYRING);
  g_assert_false (store (credentials, &work, "token", &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_KEYRING);
  g_assert_cmpstr (error->message, ==, words);
  g_assert_true (remove_secret (credentials, &work, NULL));

  gh_credentials_keep_for_session (credentials, work.name, "session");
  assert_secret (credentials, &work, "session");
  g_assert_true (remove_secret (credentials, &work, NULL));
  assert_state (credentials, &work, GH_CREDENTIAL_NO_KEYRING);
}

static void
test_words (void)
{
  for (int state = GH_CREDENTIAL_FOUND; state <= GH_CREDENTIAL_REFUSED; state++)
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

  return store (credentials, &work, "locked-away", NULL) && store_former (&other, "former") ? 0 : 1;
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
      g_test_add_func ("/store/credentials/own-item", test_own_item);
      g_test_add_func ("/store/credentials/takes-over", test_takes_over);
      g_test_add_func ("/store/credentials/clears-former", test_clears_former);
      g_test_add_func ("/store/credentials/cancelled", test_cancelled);
    }
  else if (g_strcmp0 (state, "locked") == 0)
    g_test_add_func ("/store/credentials/locked", test_locked);
  else
    g_test_add_func ("/store/credentials/no-keyring", test_no_keyring);

  return g_test_run ();
}
