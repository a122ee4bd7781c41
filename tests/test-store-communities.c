/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Communities in the database: what the server had, what is drafted, and what becomes of
 * both when the server moves. */

#include "gh-community-store.h"
#include "gh-value-type.h"
#include "store-workspace-support.h"

#define LINK "rank-assessment-link-expiry"
#define OTHER "rank-reviewscale-link-expiry"
#define SWITCH "google-analytics"

typedef TestStore Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  test_store_set_up (fixture, data);
  test_add_workspace (fixture->database, "work", "alpha");
}

static GPtrArray *
list (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *records;

  gh_community_store_list_async (fixture->database, fixture->key, NULL, await_ready, &result);
  records = gh_community_store_list_finish (fixture->database, await (&result), &error);
  g_assert_no_error (error);
  return records;
}

/* "east,west": their names are EAST and WEST. */
static void
replace (Fixture *fixture, const char *text)
{
  g_auto (GStrv) ids = g_strsplit (text, ",", -1);
  g_autofree char *upper = g_ascii_strup (text, -1);
  g_auto (GStrv) names = g_strsplit (upper, ",", -1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gh_community_store_replace_async (fixture->database,
                                    fixture->key,
                                    (const char *const *) ids,
                                    (const char *const *) names,
                                    NULL,
                                    await_ready,
                                    &result);
  gh_community_store_replace_finish (fixture->database, await (&result), &error);
  g_assert_no_error (error);
}

/* number -1: inherited. */
static void
save (Fixture *fixture, const char *community, gint64 number, gint64 revision)
{
  g_autoptr (GHashTable) overrides = gh_overrides_new ();
  g_autofree char *etag = g_strdup_printf ("\"c%" G_GINT64_FORMAT "\"", revision);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (number >= 0)
    gh_overrides_set (overrides, gh_settings_lookup (LINK), g_variant_new_int64 (number));
  gh_community_store_save_async (fixture->database,
                                 fixture->key,
                                 community,
                                 overrides,
                                 etag,
                                 revision,
                                 NULL,
                                 await_ready,
                                 &result);
  gh_community_store_save_finish (fixture->database, await (&result), &error);
  g_assert_no_error (error);
}

static void
draft (Fixture *fixture, const char *community, const char *field, GVariant *value, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_community_store_draft_async (fixture->database,
                                  fixture->key,
                                  community,
                                  gh_settings_lookup (field),
                                  value,
                                  NULL,
                                  await_ready,
                                  &result);
  gh_community_store_draft_finish (fixture->database, await (&result), error);
}

static void
revert (Fixture *fixture, const char *community, const char *field)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gh_community_store_revert_async (fixture->database,
                                   fixture->key,
                                   community,
                                   field != NULL ? gh_settings_lookup (field) : NULL,
                                   NULL,
                                   await_ready,
                                   &result);
  gh_community_store_revert_finish (fixture->database, await (&result), &error);
  g_assert_no_error (error);
}

static char *
describe (GVariant *value)
{
  return value == NULL ? g_strdup ("-") : g_variant_print (value, FALSE);
}

/* All records in a line: "east=60 google-analytics:-:true!", where "!" marks a conflict. */
static void
assert_records (Fixture *fixture, const char *expected)
{
  g_autoptr (GPtrArray) records = list (fixture);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    {
      const GhCommunityRecord *record = g_ptr_array_index (records, i);
      g_autofree char *own
        = describe (gh_overrides_get (record->overrides, gh_settings_lookup (LINK)));

      g_string_append_printf (text, "%s%s=%s", i > 0 ? " " : "", record->id, own);
      for (guint j = 0; j < record->changes->len; j++)
        {
          const GhOverrideChange *change = g_ptr_array_index (record->changes, j);
          g_autofree char *base = describe (change->base);
          g_autofree char *value = describe (change->value);

          g_string_append_printf (text,
                                  " %s:%s:%s%s",
                                  change->setting->id,
                                  base,
                                  value,
                                  gh_override_change_conflicts (change, record->overrides) ? "!"
                                                                                           : "");
        }
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) records = NULL;
  const GhCommunityRecord *west;

  assert_records (fixture, "");
  replace (fixture, "west,east");
  assert_records (fixture, "east=- west=-");
  save (fixture, "west", 60, 3);
  assert_records (fixture, "east=- west=60");
  records = list (fixture);
  west = g_ptr_array_index (records, 1);
  g_assert_cmpstr (west->name, ==, "WEST");
  g_assert_cmpstr (west->etag, ==, "\"c3\"");
  g_assert_cmpint (west->revision, ==, 3);
  replace (fixture, "west,north");
  assert_records (fixture, "north=- west=60");
  replace (fixture, "");
  test_assert_reads (fixture->database, "SELECT count(*) FROM communities", "0");
}

static void
test_draft (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  replace (fixture, "east");
  draft (fixture, "east", LINK, g_variant_new_int64 (5), &error);
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  draft (fixture, "nowhere", LINK, g_variant_new_int64 (5), &error);
  g_assert_error (error, GH_STORE_ERROR, GH_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  save (fixture, "east", 60, 1);
  draft (fixture, "east", SWITCH, g_variant_new_boolean (TRUE), &error);
  draft (fixture, "east", LINK, NULL, &error);
  g_assert_no_error (error);
  assert_records (fixture, "east=60 " SWITCH ":-:true " LINK ":60:-");
  draft (fixture, "east", LINK, g_variant_new_int64 (60), &error);
  g_assert_no_error (error);
  assert_records (fixture, "east=60 " SWITCH ":-:true");
  draft (fixture, "east", OTHER, g_variant_new_int64 (0), &error);
  revert (fixture, "east", SWITCH);
  assert_records (fixture, "east=60 " OTHER ":-:0");
  revert (fixture, "east", NULL);
  assert_records (fixture, "east=60");
}

/* What is drafted stays when the server moves elsewhere, is done with when the server says
 * the same, and is in conflict when it says yet another thing. */
static void
test_moved (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  replace (fixture, "east");
  save (fixture, "east", 60, 1);
  draft (fixture, "east", SWITCH, g_variant_new_boolean (FALSE), &error);
  draft (fixture, "east", LINK, g_variant_new_int64 (90), &error);
  g_assert_no_error (error);
  save (fixture, "east", 61, 2);
  assert_records (fixture, "east=61 " SWITCH ":-:false " LINK ":60:90!");
  save (fixture, "east", -1, 3);
  assert_records (fixture, "east=- " SWITCH ":-:false " LINK ":60:90!");
  draft (fixture, "east", LINK, g_variant_new_int64 (90), &error);
  assert_records (fixture, "east=- " SWITCH ":-:false " LINK ":-:90");
  save (fixture, "east", 90, 4);
  assert_records (fixture, "east=90 " SWITCH ":-:false");
}

/* A community, or a workspace, that is gone from the server stays while work hangs on it. */
static void
test_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  replace (fixture, "east,west");
  save (fixture, "east", 60, 1);
  draft (fixture, "east", LINK, NULL, &error);
  g_assert_no_error (error);
  replace (fixture, "north");
  assert_records (fixture, "east=60 " LINK ":60:- north=-");

  gh_workspace_store_replace_async (fixture->database, "work", none, NULL, await_ready, &result);
  gh_workspace_store_replace_finish (fixture->database, await (&result), &error);
  g_assert_no_error (error);
  assert_records (fixture, "east=60 " LINK ":60:- north=-");
  revert (fixture, "east", NULL);
  g_clear_object (&result);
  gh_workspace_store_replace_async (fixture->database, "work", none, NULL, await_ready, &result);
  gh_workspace_store_replace_finish (fixture->database, await (&result), &error);
  test_assert_reads (fixture->database, "SELECT count(*) FROM communities", "0");
}

/* What another version wrote is neither shown nor lost. */
static void
test_of_another_version (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  replace (fixture, "east,west");
  save (fixture, "east", 60, 1);
  test_execute (fixture->database,
                "INSERT INTO community_drafts VALUES"
                " ('work', 'alpha', 'east', 'of-tomorrow', '1', '2'),"
                " ('work', 'alpha', 'east', '" LINK "', '\"a\"', '5');"
                "UPDATE communities SET overrides = '{\"" LINK "\": \"soon\"}', revision = 9"
                " WHERE id = 'west'",
                &error);
  g_assert_no_error (error);
  assert_records (fixture, "east=60 west=-");
  save (fixture, "east", 61, 2);
  test_assert_reads (fixture->database, "SELECT count(*) FROM community_drafts", "2");
}

#define add(path, function) g_test_add (path, Fixture, NULL, set_up, function, test_store_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/store/communities/list", test_list);
  add ("/store/communities/draft", test_draft);
  add ("/store/communities/moved", test_moved);
  add ("/store/communities/gone", test_gone);
  add ("/store/communities/of-another-version", test_of_another_version);

  return g_test_run ();
}
