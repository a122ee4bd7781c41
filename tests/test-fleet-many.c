/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done to many workspaces: jobs, comparisons, and refreshing on the network's word. */

#include <signal.h>
#include <string.h>

#include "fleet-calls.h"
#include "gh-compare.h"
#include "gh-job.h"
#include "gh-plan.h"
#include "gh-refresh.h"
#include "server-fixture.h"

#define FIELD "global-session-timeout"
#define N_WORKSPACES 12

/* A network that a test switches on and off. */
#define TEST_TYPE_MONITOR (test_monitor_get_type ())
G_DECLARE_FINAL_TYPE (TestMonitor, test_monitor, TEST, MONITOR, GObject)

struct _TestMonitor
{
  GObject parent_instance;
  gboolean available;
};

enum
{
  PROP_0,
  PROP_AVAILABLE,
  PROP_METERED,
  PROP_CONNECTIVITY,
};

static void
test_monitor_network_init (GNetworkMonitorInterface *interface)
{
}

static void
test_monitor_initable_init (GInitableIface *interface)
{
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestMonitor,
                               test_monitor,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, test_monitor_initable_init)
                                 G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR,
                                                        test_monitor_network_init))

static void
test_monitor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_AVAILABLE)
    g_value_set_boolean (value, TEST_MONITOR (object)->available);
}

static void
test_monitor_class_init (TestMonitorClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = test_monitor_get_property;
  g_object_class_override_property (object_class, PROP_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
test_monitor_init (TestMonitor *self)
{
}

static void
test_monitor_set (TestMonitor *self, gboolean available)
{
  self->available = available;
  g_signal_emit_by_name (self, "network-changed", available);
}

typedef struct
{
  ServerFixture *server;
  GhCredentials *credentials;
  GhFleet *fleet;
  GPtrArray *workspaces;
} Setting;

static Setting *
setting_new (const char *fault)
{
  Setting *self = g_new0 (Setting, 1);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  self->server = server_fixture_new (
    "--demo", G_STRINGIFY (N_WORKSPACES), fault != NULL ? "--fault" : NULL, fault, NULL);
  path = g_build_filename (self->server->directory, "computer.db", NULL);
  self->credentials = gh_credentials_memory_new ();
  self->fleet = open_fleet (path, self->credentials);
  add_account (self->fleet, ACCOUNT, self->server->url, self->server->token, &error);
  g_assert_no_error (error);
  self->workspaces = g_ptr_array_new ();
  for (guint i = 0; i < N_WORKSPACES; i++)
    g_ptr_array_add (self->workspaces, get_workspace (self->fleet, i));
  return self;
}

static void
setting_free (Setting *self)
{
  close_fleet (self->fleet);
  g_ptr_array_unref (self->workspaces);
  g_object_unref (self->credentials);
  server_fixture_free (self->server);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Setting, setting_free)

static GHashTable *
make_changes (gint64 minutes)
{
  GHashTable *changes = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_variant_unref);

  g_hash_table_insert (changes,
                       (gpointer) gh_settings_lookup (FIELD),
                       g_variant_ref_sink (g_variant_new_int64 (minutes)));
  return changes;
}

static gboolean
run_job (GhJob *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_job_run_async (job, 4, cancellable, await_ready, &result);
  return gh_job_run_finish (job, await (&result), error);
}

static void
test_job (void)
{
  g_autoptr (Setting) setting = setting_new (NULL);
  g_autoptr (GHashTable) changes = make_changes (321);
  g_autoptr (GhJob) job
    = gh_job_new (setting->fleet, setting->workspaces, changes, "test", "all alike");
  g_autoptr (GError) error = NULL;

  g_assert_true (run_job (job, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (gh_job_get_n_done (job), ==, N_WORKSPACES);
  for (guint i = 0; i < N_WORKSPACES; i++)
    {
      GhWorkspace *workspace = g_ptr_array_index (setting->workspaces, i);

      assert_state (workspace, "synced");
      assert_base (workspace, FIELD, "321");
    }
}

/* One write of many fails; the job tells which, and run again it does that one alone. */
static void
test_job_retry (void)
{
  g_autoptr (Setting) setting = setting_new ("500@PATCH:3");
  g_autoptr (GHashTable) changes = make_changes (321);
  g_autoptr (GhJob) job = gh_job_new (setting->fleet, setting->workspaces, changes, "test", NULL);
  g_autoptr (GError) error = NULL;
  guint n_failed = 0;

  g_assert_false (run_job (job, NULL, &error));
  g_assert_error (error, GH_FLEET_ERROR, GH_FLEET_ERROR_PARTIAL);
  g_clear_error (&error);
  g_assert_cmpuint (gh_job_get_n_done (job), ==, N_WORKSPACES - 1);
  g_assert_cmpuint (gh_job_get_n_failed (job), ==, 1);
  for (guint i = 0; i < N_WORKSPACES; i++)
    {
      g_autoptr (GhJobItem) item = g_list_model_get_item (G_LIST_MODEL (job), i);

      if (gh_job_item_get_state (item) != GH_JOB_ITEM_FAILED)
        continue;
      n_failed++;
      g_assert_nonnull (gh_job_item_get_message (item));
      assert_state (gh_job_item_get_workspace (item), "draft");
    }
  g_assert_cmpuint (n_failed, ==, 1);
  g_assert_true (run_job (job, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (gh_job_get_n_done (job), ==, N_WORKSPACES);
}

static void
test_job_cancel (void)
{
  g_autoptr (Setting) setting = setting_new ("delay=100@PATCH");
  g_autoptr (GHashTable) changes = make_changes (321);
  g_autoptr (GhJob) job = gh_job_new (setting->fleet, setting->workspaces, changes, "test", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_signal_connect_swapped (job, "notify::n-done", G_CALLBACK (g_cancellable_cancel), cancellable);
  g_assert_false (run_job (job, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (gh_job_get_n_done (job), <, N_WORKSPACES);
  for (guint i = 0; i < N_WORKSPACES; i++)
    assert_state (g_ptr_array_index (setting->workspaces, i), "synced");
}

static void
run_plan (GhPlan *plan)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  gh_plan_run_async (plan, NULL, await_ready, &result);
  gh_plan_run_finish (plan, await (&result), &error);
  g_assert_no_error (error);
}

static GhPlanItem *
get_plan_item (GhPlan *plan, guint position)
{
  g_autoptr (GhPlanItem) item = g_list_model_get_item (G_LIST_MODEL (plan), position);

  return item; /* the plan keeps it */
}

/* One has the value already, one cannot take it, one has a draft of its own. */
static void
test_plan (void)
{
  g_autoptr (Setting) setting = setting_new (NULL);
  g_autoptr (GHashTable) changes = make_changes (321);
  g_autoptr (GPtrArray) ready = NULL;
  g_autoptr (GhPlan) plan = NULL;
  GhPlanCounts counts;
  GhWorkspace *workspace;
  const GhPlanChange *change;

  g_assert_true (sync_fleet (setting->fleet, NULL));
  for (guint i = 0; i < 3; i++)
    load_workspace (g_ptr_array_index (setting->workspaces, i), NULL);
  workspace = g_ptr_array_index (setting->workspaces, 0);
  edit (workspace, FIELD, "321");
  g_assert_cmpint (apply_workspace (workspace, FALSE, NULL), ==, GH_APPLY_APPLIED);
  workspace = g_ptr_array_index (setting->workspaces, 1);
  edit (workspace, "forced-password-reset-interval", "10");
  edit (workspace, "password-change-interval", "20");
  workspace = g_ptr_array_index (setting->workspaces, 2);
  edit (workspace, "max-failed-login-attempts", "17");

  plan = gh_plan_new (setting->workspaces, changes);
  g_assert_cmpuint (gh_plan_count (plan).n_looked_at, ==, 0);
  run_plan (plan);
  counts = gh_plan_count (plan);
  g_assert_cmpuint (counts.n_looked_at, ==, N_WORKSPACES);
  g_assert_cmpuint (counts.n_nothing, ==, 1);
  g_assert_cmpuint (counts.n_refused, ==, 1);
  g_assert_cmpuint (counts.n_ready, ==, N_WORKSPACES - 2);
  g_assert_cmpuint (counts.n_own, ==, 1);
  g_assert_cmpint (gh_plan_item_get_state (get_plan_item (plan, 0)), ==, GH_PLAN_NOTHING);
  g_assert_cmpint (gh_plan_item_get_state (get_plan_item (plan, 1)), ==, GH_PLAN_REFUSED);
  g_assert_nonnull (gh_plan_item_get_message (get_plan_item (plan, 1)));
  g_assert_cmpuint (gh_plan_item_get_changes (get_plan_item (plan, 2))->len, ==, 2);
  change = g_ptr_array_index (gh_plan_item_get_changes (get_plan_item (plan, 3)), 0);
  g_assert_cmpstr (change->setting->id, ==, FIELD);
  g_assert_cmpint (g_variant_get_int64 (change->after), ==, 321);
  g_assert_false (change->own);
  ready = gh_plan_dup_ready (plan);
  g_assert_cmpuint (ready->len, ==, N_WORKSPACES - 2);
  g_assert_cmpuint (gh_workspace_get_n_drafted (g_ptr_array_index (ready, 1)), ==, 0);
}

static void
test_plan_irreversible (void)
{
  g_autoptr (Setting) setting = setting_new (NULL);
  g_autoptr (GHashTable) changes = make_changes (321);
  g_autoptr (GhPlan) plan = NULL;
  static const char *const booleans[] = {
    "strict-transport-security",
    "strict-transport-security.include-subdomains",
    "strict-transport-security.preload",
  };

  for (guint i = 0; i < G_N_ELEMENTS (booleans); i++)
    g_hash_table_insert (changes,
                         (gpointer) gh_settings_lookup (booleans[i]),
                         g_variant_ref_sink (g_variant_new_boolean (TRUE)));
  g_hash_table_insert (changes,
                       (gpointer) gh_settings_lookup ("strict-transport-security.max-age-days"),
                       g_variant_ref_sink (g_variant_new_int64 (730)));
  plan = gh_plan_new (setting->workspaces, changes);
  run_plan (plan);
  g_assert_cmpuint (gh_plan_count (plan).n_refused, ==, 0);
  g_assert_cmpuint (gh_plan_count (plan).n_irreversible, >, N_WORKSPACES / 2);
}

/* What somebody else wrote after the job was made is not written over unseen. */
static void
test_job_moved (void)
{
  g_autoptr (Setting) setting = setting_new (NULL);
  g_autoptr (GHashTable) changes = make_changes (321);
  gboolean synced = sync_fleet (setting->fleet, NULL);
  g_autoptr (GhJob) job = gh_job_new (setting->fleet, setting->workspaces, changes, "test", NULL);
  g_autoptr (GhJobItem) item = g_list_model_get_item (G_LIST_MODEL (job), 5);
  g_autofree char *path = g_strdup_printf ("/v1/workspaces/%s/policy",
                                           gh_workspace_get_id (gh_job_item_get_workspace (item)));
  g_autoptr (Answer) answer = server_fixture_ask (setting->server,
                                                  NULL,
                                                  "PATCH",
                                                  path,
                                                  "{\"" FIELD "\": 77}",
                                                  "If-Match",
                                                  "*",
                                                  "Content-Type",
                                                  "application/merge-patch+json",
                                                  NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (synced);
  assert_status (answer, 200);
  g_assert_false (run_job (job, NULL, &error));
  g_assert_error (error, GH_FLEET_ERROR, GH_FLEET_ERROR_PARTIAL);
  g_clear_error (&error);
  g_assert_cmpint (gh_job_item_get_state (item), ==, GH_JOB_ITEM_CONFLICT);
  g_assert_cmpuint (gh_job_get_n_done (job), ==, N_WORKSPACES - 1);
  load_workspace (gh_job_item_get_workspace (item), NULL);
  assert_value (gh_job_item_get_workspace (item), FIELD, "77");

  g_assert_true (run_job (job, NULL, &error));
  g_assert_no_error (error);
  assert_base (gh_job_item_get_workspace (item), FIELD, "321");
}

static void
test_compare (void)
{
  g_autoptr (GPtrArray) policies
    = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_policy_unref);
  static const char *const titles[] = { "one", "=two", "a, \"b\"" };
  g_autoptr (GhComparison) same = NULL;
  g_autoptr (GhComparison) comparison = NULL;
  g_autoptr (GhPolicy) baseline = gh_policy_new ();
  const GhDifference *difference;
  g_autofree char *csv = NULL;
  g_autofree char *usual = NULL;
  g_autofree char *expected = NULL;

  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (policies, gh_policy_new ());
  same = gh_compare (policies, titles, baseline, "base");
  g_assert_cmpuint (same->differences->len, ==, 0);

  gh_policy_set (
    g_ptr_array_index (policies, 1), gh_settings_lookup (FIELD), g_variant_new_int64 (7));
  comparison = gh_compare (policies, titles, baseline, "base");
  g_assert_cmpuint (comparison->differences->len, ==, 1);
  g_assert_cmpuint (comparison->titles->len, ==, 4);
  difference = g_ptr_array_index (comparison->differences, 0);
  g_assert_cmpstr (difference->setting->id, ==, FIELD);
  g_assert_false (gh_difference_is_odd (difference, 1));
  g_assert_true (gh_difference_is_odd (difference, 2));

  csv = gh_comparison_to_csv (comparison);
  usual = gh_value_to_text (difference->setting, gh_setting_get_default (difference->setting));
  expected = g_strdup_printf (
    "field,base,one,'=two,\"a, \"\"b\"\"\"\r\n" FIELD ",%s,%s,7,%s\r\n", usual, usual, usual);
  g_assert_cmpstr (csv, ==, expected);
}

/* NULL stands for what is recommended: one value for some fields, none for the others. */
static void
test_compare_with_recommended (void)
{
  static const char *const titles[] = { "recommended", "one", "two" };
  g_autoptr (GPtrArray) policies = g_ptr_array_new ();
  g_autoptr (GhPolicy) one = gh_policy_new ();
  g_autoptr (GhPolicy) two = gh_policy_new ();
  g_autoptr (GhComparison) comparison = NULL;

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      if (setting->recommended_value != NULL)
        {
          g_autoptr (GVariant) value
            = gh_value_from_text (setting, setting->recommended_value, NULL);

          gh_policy_set (one, setting, value);
        }
    }
  g_ptr_array_add (policies, NULL);
  g_ptr_array_add (policies, one);
  g_ptr_array_add (policies, two);
  comparison = gh_compare (policies, titles, NULL, NULL);

  g_assert_cmpuint (comparison->differences->len, >, 0);
  for (guint i = 0; i < comparison->differences->len; i++)
    {
      const GhDifference *difference = g_ptr_array_index (comparison->differences, i);

      g_assert_nonnull (difference->setting->recommended_value);
      g_assert_false (gh_difference_is_odd (difference, 0));
      g_assert_false (gh_difference_is_odd (difference, 1));
      g_assert_true (gh_difference_is_odd (difference, 2));
    }
}

/* Where nothing is recommended the rest may still differ from each other. */
static void
test_compare_without_a_recommended_value (void)
{
  static const char *const titles[] = { "recommended", "one", "two" };
  const GhSetting *setting = gh_settings_lookup ("auth-page-banner.text");
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_string ("Hello"));
  g_autoptr (GPtrArray) policies = g_ptr_array_new ();
  g_autoptr (GhPolicy) one = gh_policy_new ();
  g_autoptr (GhPolicy) two = gh_policy_new ();
  g_autoptr (GhComparison) comparison = NULL;
  g_autofree char *csv = NULL;
  const GhDifference *difference = NULL;

  g_assert_null (setting->recommended_value);
  gh_policy_set (two, setting, value);
  g_ptr_array_add (policies, NULL);
  g_ptr_array_add (policies, one);
  g_ptr_array_add (policies, two);
  comparison = gh_compare (policies, titles, NULL, NULL);
  for (guint i = 0; i < comparison->differences->len; i++)
    if (((GhDifference *) g_ptr_array_index (comparison->differences, i))->setting == setting)
      difference = g_ptr_array_index (comparison->differences, i);

  g_assert_nonnull (difference);
  g_assert_null (g_ptr_array_index (difference->values, 0));
  g_assert_false (gh_difference_is_odd (difference, 0));
  g_assert_false (gh_difference_is_odd (difference, 1));
  g_assert_true (gh_difference_is_odd (difference, 2));
  csv = gh_comparison_to_csv (comparison);
  g_assert_nonnull (strstr (csv, "auth-page-banner.text,,,Hello\r\n"));
}

static void
finished_cb (GhRefresh *refresh, const GError *error, guint *n_finished)
{
  (*n_finished)++;
}

static void
test_refresh (void)
{
  g_autoptr (Setting) setting = setting_new (NULL);
  g_autoptr (TestMonitor) monitor = g_object_new (TEST_TYPE_MONITOR, NULL);
  GhRefresh *refresh = gh_refresh_new (setting->fleet, G_NETWORK_MONITOR (monitor));
  guint n_finished = 0;

  g_signal_connect (refresh, "finished", G_CALLBACK (finished_cb), &n_finished);
  test_monitor_set (monitor, TRUE);
  g_assert_true (gh_refresh_is_active (refresh));
  while (n_finished == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (gh_refresh_is_active (refresh));
  assert_state (get_workspace (setting->fleet, 0), "synced");
  g_assert_cmpint (gh_workspace_get_revision (get_workspace (setting->fleet, 0)), >, 0);

  test_monitor_set (monitor, TRUE); /* no news */
  gh_refresh_on_focus (refresh);    /* too soon */
  g_assert_false (gh_refresh_is_active (refresh));
  test_monitor_set (monitor, FALSE);
  g_assert_false (gh_refresh_is_active (refresh));
  test_monitor_set (monitor, TRUE);
  g_assert_true (gh_refresh_is_active (refresh));
  while (n_finished == 1)
    g_main_context_iteration (NULL, TRUE);
  gh_refresh_now (refresh);
  g_assert_true (gh_refresh_is_active (refresh));
  while (n_finished == 2)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (refresh);

  g_assert_cmpuint (gh_refresh_get_delay (1), ==, GH_REFRESH_FIRST_SECONDS);
  g_assert_cmpuint (gh_refresh_get_delay (2), ==, 2 * GH_REFRESH_FIRST_SECONDS);
  g_assert_cmpuint (gh_refresh_get_delay (1000), ==, GH_REFRESH_LAST_SECONDS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fleet/many/job", test_job);
  g_test_add_func ("/fleet/many/job-retry", test_job_retry);
  g_test_add_func ("/fleet/many/job-cancel", test_job_cancel);
  g_test_add_func ("/fleet/many/job-moved", test_job_moved);
  g_test_add_func ("/fleet/many/plan", test_plan);
  g_test_add_func ("/fleet/many/plan-irreversible", test_plan_irreversible);
  g_test_add_func ("/fleet/many/compare", test_compare);
  g_test_add_func ("/fleet/many/compare-recommended", test_compare_with_recommended);
  g_test_add_func ("/fleet/many/compare-no-recommended", test_compare_without_a_recommended_value);
  g_test_add_func ("/fleet/many/refresh", test_refresh);
  return g_test_run ();
}
