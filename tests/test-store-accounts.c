/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Accounts and baselines are kept, replaced only when asked, and removed with all they own. */

#include "gh-account-store.h"
#include "gh-baseline-store.h"
#include "gh-value-type.h"
#include "store-support.h"

typedef struct
{
  char *directory;
  GhDatabase *database;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  fixture->directory = test_make_directory ();
  path = g_build_filename (fixture->directory, "gatehouse.db", NULL);
  fixture->database = test_open_well (path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_close (fixture->database);
  test_remove_directory (fixture->directory);
  g_free (fixture->directory);
}

static gboolean
save (Fixture *fixture, const GhAccount *account, gboolean replace, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_account_store_save_async (fixture->database, account, replace, NULL, await_ready, &result);
  return gh_account_store_save_finish (fixture->database, await (&result), error);
}

static gboolean
remove_account (Fixture *fixture, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_account_store_remove_async (fixture->database, name, NULL, await_ready, &result);
  return gh_account_store_remove_finish (fixture->database, await (&result), error);
}

static GPtrArray *
list (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;
  GPtrArray *accounts;

  gh_account_store_list_async (fixture->database, NULL, await_ready, &result);
  accounts = gh_account_store_list_finish (fixture->database, await (&result), &error);
  g_assert_no_error (error);
  return accounts;
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhAccount) account = gh_account_new ("zeta", "https://policy.example");
  g_autoptr (GhAccount) demo = gh_account_new ("demo", "http://127.0.0.1:1");
  g_autoptr (GPtrArray) accounts = NULL;
  const GhAccount *read;

  account->token_header = g_strdup ("api_token");
  account->ca_file = g_strdup ("/etc/ca.pem");
  demo->demo = TRUE;
  g_assert_true (save (fixture, account, FALSE, NULL));
  g_assert_true (save (fixture, demo, FALSE, NULL));

  accounts = list (fixture);
  g_assert_cmpuint (accounts->len, ==, 2);
  read = accounts->pdata[0];
  g_assert_cmpstr (read->name, ==, "demo");
  g_assert_true (read->demo);
  g_assert_null (read->token_header);
  read = accounts->pdata[1];
  g_assert_cmpstr (read->name, ==, "zeta");
  g_assert_cmpstr (read->url, ==, "https://policy.example");
  g_assert_cmpstr (read->token_header, ==, "api_token");
  g_assert_cmpstr (read->ca_file, ==, "/etc/ca.pem");
  g_assert_false (read->demo);
  g_assert_cmpstr (read->id, ==, account->id);
  g_assert_cmpstr (account->id, !=, demo->id);
}

static void
test_replace (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhAccount) account = gh_account_new ("a", "https://one.example");
  g_autoptr (GhAccount) other = gh_account_new ("a", "https://two.example");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = NULL;

  g_assert_true (save (fixture, account, FALSE, NULL));
  test_execute (
    fixture->database, "INSERT INTO workspaces (account, id, name) VALUES ('a', 'w', 'W')", NULL);
  g_assert_false (save (fixture, other, FALSE, &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_EXISTS);
  test_assert_reads (fixture->database, "SELECT url FROM accounts", "https://one.example");

  /* What the account owns stays. */
  g_assert_true (save (fixture, other, TRUE, NULL));
  test_assert_reads (fixture->database, "SELECT url FROM accounts", "https://two.example");
  test_assert_reads (fixture->database, "SELECT id FROM accounts", account->id);
  test_assert_reads (fixture->database, "SELECT count(*) FROM workspaces", "1");
}

static void
test_remove (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhAccount) account = gh_account_new ("a", "https://one.example");
  g_autoptr (GError) error = NULL;
  const char *const tables[] = { "workspaces", "policies", "drafts", "steps", "journal" };

  save (fixture, account, FALSE, NULL);
  g_assert_true (test_execute (
    fixture->database,
    "INSERT INTO workspaces (account, id, name) VALUES ('a', 'w', 'W');"
    "INSERT INTO policies (account, workspace, revision, policy) VALUES ('a', 'w', 1, '{}');"
    "INSERT INTO drafts VALUES ('a', 'w', 'f', '1');"
    "INSERT INTO steps VALUES ('a', 'w', 1, 1, '[]');"
    "INSERT INTO journal (account, workspace, state, started_at, idempotency_key, patch)"
    "  VALUES ('a', 'w', 'sending', 1, 'k', '{}')",
    NULL));
  g_assert_true (remove_account (fixture, "a", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", tables[i]);

      test_assert_reads (fixture->database, sql, "0");
    }

  g_assert_false (remove_account (fixture, "a", &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_NOT_FOUND);
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *longest = g_strnfill (64, 'x');
  g_autofree char *too_long = g_strnfill (65, 'x');
  const struct
  {
    const char *name;
    gboolean good;
  } names[] = {
    { "a", TRUE },    { "A.b-c_9", TRUE }, { longest, TRUE }, { too_long, FALSE }, { "", FALSE },
    { "a/b", FALSE }, { "a b", FALSE },    { "ä", FALSE },    { "a\n", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GhAccount) account = gh_account_new (names[i].name, "https://one.example");
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (save (fixture, account, FALSE, &error), ==, names[i].good);
      if (!names[i].good)
        g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_INVALID);
    }
}

static GPtrArray *
list_baselines (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_baseline_store_list_async (fixture->database, NULL, await_ready, &result);
  return gh_baseline_store_list_finish (fixture->database, await (&result), NULL);
}

static gboolean
save_baseline (Fixture *fixture, const char *name, GhPolicy *policy, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_baseline_store_save_async (fixture->database, name, policy, NULL, await_ready, &result);
  return gh_baseline_store_save_finish (fixture->database, await (&result), error);
}

static gboolean
remove_baseline (Fixture *fixture, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_baseline_store_remove_async (fixture->database, name, NULL, await_ready, &result);
  return gh_baseline_store_remove_finish (fixture->database, await (&result), error);
}

static void
test_baselines (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhPolicy) policy = gh_policy_new ();
  g_autoptr (GPtrArray) baselines = NULL;
  g_autoptr (GError) error = NULL;
  const GhBaseline *baseline;

  g_assert_true (save_baseline (fixture, "strict", policy, NULL));
  gh_policy_set (policy, gh_settings_lookup ("max-failed-login-attempts"), g_variant_new_int64 (3));
  g_assert_true (save_baseline (fixture, "strict", policy, NULL));
  test_execute (fixture->database, "INSERT INTO baselines VALUES ('unreadable', 1, '[]')", NULL);

  baselines = list_baselines (fixture);
  g_assert_cmpuint (baselines->len, ==, 1);
  baseline = baselines->pdata[0];
  g_assert_cmpstr (baseline->name, ==, "strict");
  g_assert_true (gh_policy_equal (baseline->policy, policy));
  g_assert_cmpint (baseline->saved_at, >, 0);

  g_assert_false (save_baseline (fixture, "", policy, &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (remove_baseline (fixture, "strict", NULL));
  g_assert_false (remove_baseline (fixture, "strict", &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_NOT_FOUND);
}

#define add(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/store/accounts/round-trip", test_round_trip);
  add ("/store/accounts/replace", test_replace);
  add ("/store/accounts/remove", test_remove);
  add ("/store/accounts/names", test_names);
  add ("/store/baselines", test_baselines);

  return g_test_run ();
}
