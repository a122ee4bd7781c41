/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workspaces, their cached policies and the journal of what was sent. */

#include "gh-value-type.h"
#include "store-workspace-support.h"

#define FIELD "global-session-timeout"
#define N_MANY 10000

typedef TestStore Fixture;

static void
replace (Fixture *fixture, GPtrArray *records)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gh_workspace_store_replace_async (fixture->database, "work", records, NULL, await_ready, &result);
  gh_workspace_store_replace_finish (fixture->database, await (&result), &error);
  g_assert_no_error (error);
}

static GPtrArray *
make_records (const char *const *ids)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_workspace_record_free);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      GhWorkspaceRecord *record = gh_workspace_record_new ("work", ids[i]);

      record->name = g_strdup_printf ("Name of %s", ids[i]);
      record->url = g_strdup_printf ("https://%s.example", ids[i]);
      record->role = g_strdup ("editor");
      record->tags = g_strsplit ("north,\"quoted\",ä", ",", -1);
      g_ptr_array_add (records, record);
    }

  return records;
}

static void
replace_ids (Fixture *fixture, const char *const *ids)
{
  g_autoptr (GPtrArray) records = make_records (ids);

  replace (fixture, records);
}

static void
draft (Fixture *fixture, gint64 value)
{
  g_autoptr (GhStep) step = gh_step_new (1);

  gh_step_add (step, gh_settings_lookup (FIELD), NULL, g_variant_new_int64 (value));
  g_assert_cmpint (
    test_record (fixture->database, fixture->key, GH_DOCUMENT_EDITED, step, NULL), >, 0);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) records = NULL;
  const GhWorkspaceRecord *record;

  replace_ids (fixture, (const char *const[]){ "beta", "alpha", NULL });
  records = test_list_workspaces (fixture->database);
  g_assert_cmpuint (records->len, ==, 2);
  record = records->pdata[0];
  g_assert_cmpstr (record->key.account, ==, "work");
  g_assert_cmpstr (record->key.id, ==, "alpha");
  g_assert_cmpstr (record->name, ==, "Name of alpha");
  g_assert_cmpstr (record->url, ==, "https://alpha.example");
  g_assert_cmpstr (record->role, ==, "editor");
  g_assert_cmpstrv (record->tags, ((const char *[]){ "north", "\"quoted\"", "ä", NULL }));
  g_assert_cmpint (record->revision, ==, 0);
  g_assert_cmpint (record->synced_at, ==, 0);
  g_assert_cmpuint (record->n_drafted, ==, 0);
  g_assert_false (record->sending);
  g_assert_false (record->conflict);
}

static void
test_replace (Fixture *fixture, gconstpointer data)
{
  replace_ids (fixture, (const char *const[]){ "alpha", "beta", "gamma", "delta", NULL });
  draft (fixture, 15);
  test_execute (
    fixture->database,
    "INSERT INTO journal (account, workspace, state, started_at, idempotency_key, patch)"
    " VALUES ('work', 'beta', 'sending', 1, 'k', '{}'),"
    " ('work', 'gamma', 'applied', 1, 'k', '{}');"
    "UPDATE workspaces SET name = 'Old'",
    NULL);

  /* A draft and a write without an answer keep theirs; the log does not. */
  replace_ids (fixture, (const char *const[]){ "delta", "epsilon", NULL });
  test_assert_reads (
    fixture->database, "SELECT group_concat (id) FROM workspaces", "alpha,beta,delta,epsilon");
  test_assert_reads (
    fixture->database, "SELECT name FROM workspaces WHERE id = 'delta'", "Name of delta");
  test_assert_reads (fixture->database, "SELECT count(*) FROM drafts", "1");
  test_assert_reads (fixture->database, "SELECT count(*) FROM journal", "2");
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) records
    = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_workspace_record_free);
  g_autoptr (GPtrArray) read = NULL;

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *id = g_strdup_printf ("workspace-%05u", i);

      g_ptr_array_add (records, gh_workspace_record_new ("work", id));
    }
  replace (fixture, records);
  replace (fixture, records);
  read = test_list_workspaces (fixture->database);
  g_assert_cmpuint (read->len, ==, N_MANY);
  g_assert_cmpstr (((GhWorkspaceRecord *) read->pdata[N_MANY - 1])->key.id, ==, "workspace-09999");
}

static void
test_policy (Fixture *fixture, gconstpointer data)
{
  GhDatabase *database = fixture->database;
  g_autoptr (GhPolicy) policy = gh_policy_new ();
  GhCachedPolicy cached = { policy, (char *) "\"seven\"", 7 };
  g_autoptr (GhCachedPolicy) read = NULL;
  g_autoptr (GPtrArray) records = NULL;
  const GhWorkspaceRecord *record;

  replace_ids (fixture, (const char *const[]){ "alpha", NULL });
  g_assert_null (test_load_policy (database, fixture->key));
  gh_policy_set (policy, gh_settings_lookup (FIELD), g_variant_new_int64 (44));
  g_assert_true (test_save_policy (database, fixture->key, &cached, NULL));
  read = test_load_policy (database, fixture->key);
  g_assert_true (gh_policy_equal (read->policy, policy));
  g_assert_cmpstr (read->etag, ==, "\"seven\"");
  g_assert_cmpint (read->revision, ==, 7);

  records = test_list_workspaces (database);
  record = records->pdata[0];
  g_assert_cmpint (record->revision, ==, 7);
  g_assert_cmpint (record->synced_at, >, 0);

  /* One that cannot be read is as good as none. */
  test_execute (database, "UPDATE policies SET policy = '[]'", NULL);
  g_assert_null (test_load_policy (database, fixture->key));
}

static void
test_policy_unchanged (Fixture *fixture, gconstpointer data)
{
  replace_ids (fixture, (const char *const[]){ "alpha", NULL });
  g_assert_true (test_save_policy (fixture->database, fixture->key, NULL, NULL));
  test_assert_reads (fixture->database, "SELECT synced_at > 0 FROM workspaces", "1");
  test_assert_reads (fixture->database, "SELECT count(*) FROM policies", "0");
}

/* Another process drafted while the policy was on its way. */
static void
test_policy_over_draft (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhPolicy) policy = gh_policy_new ();
  GhCachedPolicy cached = { policy, (char *) "\"1\"", 1 };
  g_autoptr (GError) error = NULL;

  replace_ids (fixture, (const char *const[]){ "alpha", NULL });
  g_assert_true (test_save_policy (fixture->database, fixture->key, &cached, NULL));
  draft (fixture, 15);
  g_assert_true (test_save_policy (fixture->database, fixture->key, &cached, NULL));
  gh_policy_set (policy, gh_settings_lookup (FIELD), g_variant_new_int64 (44));
  g_assert_false (test_save_policy (fixture->database, fixture->key, &cached, &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_STALE);
}

static gint64
begin (Fixture *fixture, const char *idempotency_key)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  gh_journal_begin_async (fixture->database,
                          fixture->key,
                          "\"1\"",
                          1,
                          idempotency_key,
                          "{\"a\":1}",
                          "because",
                          NULL,
                          await_ready,
                          &result);
  id = gh_journal_begin_finish (fixture->database, await (&result), &error);
  g_assert_no_error (error);
  return id;
}

static gboolean
end (Fixture *fixture,
     gint64 id,
     GhJournalState state,
     const GhCachedPolicy *cached,
     GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_journal_end_async (fixture->database, id, state, cached, NULL, await_ready, &result);
  return gh_journal_end_finish (fixture->database, await (&result), error);
}

static GPtrArray *
list_journal (Fixture *fixture, const GhWorkspaceKey *key, gboolean unresolved_only)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_journal_list_async (fixture->database, key, unresolved_only, NULL, await_ready, &result);
  return gh_journal_list_finish (fixture->database, await (&result), NULL);
}

static void
test_journal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhWorkspaceKey) other = gh_workspace_key_new ("work", "beta");
  g_autoptr (GPtrArray) unresolved = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GError) error = NULL;
  const GhJournalEntry *entry;
  gint64 first;
  gint64 second;

  replace_ids (fixture, (const char *const[]){ "alpha", "beta", NULL });
  first = begin (fixture, "key-1");
  second = begin (fixture, "key-2");
  records = test_list_workspaces (fixture->database);
  g_assert_true (((GhWorkspaceRecord *) records->pdata[0])->sending);
  g_assert_false (((GhWorkspaceRecord *) records->pdata[1])->sending);
  g_assert_true (end (fixture, first, GH_JOURNAL_REFUSED, NULL, NULL));

  unresolved = list_journal (fixture, NULL, TRUE);
  g_assert_cmpuint (unresolved->len, ==, 1);
  entry = unresolved->pdata[0];
  g_assert_cmpint (entry->id, ==, second);
  g_assert_cmpstr (entry->key.account, ==, "work");
  g_assert_cmpstr (entry->key.id, ==, "alpha");
  g_assert_cmpstr (entry->base_etag, ==, "\"1\"");
  g_assert_cmpint (entry->base_revision, ==, 1);
  g_assert_cmpstr (entry->idempotency_key, ==, "key-2");
  g_assert_cmpstr (entry->patch, ==, "{\"a\":1}");
  g_assert_cmpstr (entry->reason, ==, "because");
  g_assert_cmpint (entry->state, ==, GH_JOURNAL_SENDING);
  g_assert_cmpint (entry->ended_at, ==, 0);

  all = list_journal (fixture, fixture->key, FALSE);
  g_assert_cmpuint (all->len, ==, 2);
  entry = all->pdata[1];
  g_assert_cmpint (entry->state, ==, GH_JOURNAL_REFUSED);
  g_assert_cmpint (entry->ended_at, >=, entry->started_at);
  none = list_journal (fixture, other, FALSE);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_false (end (fixture, 99, GH_JOURNAL_REFUSED, NULL, &error));
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_NOT_FOUND);
}

/* Base, journal and draft move in one transaction. */
static void
test_journal_applied (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GhPolicy) policy = gh_policy_new ();
  GhCachedPolicy cached = { policy, (char *) "\"2\"", 2 };
  g_autoptr (GPtrArray) all = NULL;
  gint64 id;

  replace_ids (fixture, (const char *const[]){ "alpha", NULL });
  draft (fixture, 15);
  id = begin (fixture, "key-1");
  test_execute (fixture->database,
                "INSERT INTO drafts VALUES ('work', 'alpha', 'max-failed-login-attempts', '4');"
                "INSERT INTO conflicts VALUES ('work', 'alpha', '" FIELD "', '60')",
                NULL);
  gh_policy_set (policy, gh_settings_lookup (FIELD), g_variant_new_int64 (15));
  g_assert_true (end (fixture, id, GH_JOURNAL_APPLIED, &cached, NULL));

  test_assert_reads (
    fixture->database, "SELECT group_concat (field) FROM drafts", "max-failed-login-attempts");
  test_assert_reads (fixture->database, "SELECT count(*) FROM conflicts", "0");
  test_assert_reads (fixture->database, "SELECT revision || etag FROM policies", "2\"2\"");
  test_assert_reads (fixture->database, "SELECT generation FROM workspaces", "2");
  all = list_journal (fixture, fixture->key, FALSE);
  g_assert_cmpint (((GhJournalEntry *) all->pdata[0])->revision, ==, 2);
}

#define add(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, test_store_set_up, function, test_store_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/store/workspaces/round-trip", test_round_trip);
  add ("/store/workspaces/replace", test_replace);
  add ("/store/workspaces/many", test_many);
  add ("/store/workspaces/policy", test_policy);
  add ("/store/workspaces/policy-unchanged", test_policy_unchanged);
  add ("/store/workspaces/policy-over-draft", test_policy_over_draft);
  add ("/store/journal", test_journal);
  add ("/store/journal/applied", test_journal_applied);

  return g_test_run ();
}
