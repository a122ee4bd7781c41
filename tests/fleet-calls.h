/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A fleet on a database file in a directory of its own, and its calls, awaited. */

#pragma once

#include <glib/gstdio.h>

#include "await.h"
#include "gh-fleet.h"
#include "gh-value-type.h"

#define ACCOUNT "test"

static inline GhFleet *
open_fleet (const char *path, GhCredentials *credentials)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GhFleet *fleet;

  gh_fleet_open_async (path, credentials, NULL, await_ready, &result);
  fleet = gh_fleet_open_finish (await (&result), &error);
  g_assert_no_error (error);
  return fleet;
}

/* Lets go of a fleet and waits until nothing holds it or its database any more. */
static inline void
close_fleet (GhFleet *fleet)
{
  gpointer watched = fleet;

  g_object_add_weak_pointer (G_OBJECT (fleet), &watched);
  g_object_unref (fleet);
  while (watched != NULL)
    g_main_context_iteration (NULL, TRUE);
  await_idle ();
}

static inline gboolean
add_account (GhFleet *fleet, const char *name, const char *url, const char *token, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GhAccount) account = gh_account_new (name, url);

  gh_fleet_add_account_async (fleet, account, token, TRUE, NULL, await_ready, &result);
  return gh_fleet_add_account_finish (fleet, await (&result), error);
}

static inline gboolean
sign_in (GhFleet *fleet, const char *name, const char *token, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_fleet_sign_in_async (fleet, name, token, TRUE, NULL, await_ready, &result);
  return gh_fleet_sign_in_finish (fleet, await (&result), error);
}

static inline gboolean
remove_account (GhFleet *fleet, const char *name, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_fleet_remove_account_async (fleet, name, NULL, await_ready, &result);
  return gh_fleet_remove_account_finish (fleet, await (&result), error);
}

static inline gboolean
start_demo (GhFleet *fleet, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_fleet_start_demo_async (fleet, NULL, await_ready, &result);
  return gh_fleet_start_demo_finish (fleet, await (&result), error);
}

static inline gboolean
sync_fleet (GhFleet *fleet, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_fleet_sync_async (fleet, NULL, 0, NULL, await_ready, &result);
  return gh_fleet_sync_finish (fleet, await (&result), error);
}

static inline gboolean
sync_workspace (GhWorkspace *workspace, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_workspace_sync_async (workspace, NULL, await_ready, &result);
  return gh_workspace_sync_finish (workspace, await (&result), error);
}

static inline gboolean
load_workspace (GhWorkspace *workspace, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_workspace_load_async (workspace, NULL, await_ready, &result);
  return gh_workspace_load_finish (workspace, await (&result), error);
}

static inline gboolean
flush_workspace (GhWorkspace *workspace, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_workspace_flush_async (workspace, NULL, await_ready, &result);
  return gh_workspace_flush_finish (workspace, await (&result), error);
}

static inline GhApplyOutcome
apply_workspace (GhWorkspace *workspace, gboolean dry_run, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_workspace_apply_async (workspace, "for the test", dry_run, NULL, await_ready, &result);
  return gh_workspace_apply_finish (workspace, await (&result), error);
}

static inline GhApplyOutcome
restore_workspace (GhWorkspace *workspace, gint64 revision, gboolean dry_run, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  gh_workspace_restore_async (
    workspace, revision, "for the test", dry_run, NULL, await_ready, &result);
  return gh_workspace_restore_finish (workspace, await (&result), error);
}

static inline GhWorkspace *
get_workspace (GhFleet *fleet, guint position)
{
  g_autoptr (GhWorkspace) workspace = g_list_model_get_item (G_LIST_MODEL (fleet), position);

  g_assert_nonnull (workspace);
  return workspace; /* the fleet keeps it */
}

/* The first workspace, synced and loaded. */
static inline GhWorkspace *
open_first (GhFleet *fleet)
{
  GhWorkspace *workspace = get_workspace (fleet, 0);
  g_autoptr (GError) error = NULL;

  sync_workspace (workspace, &error);
  g_assert_no_error (error);
  load_workspace (workspace, &error);
  g_assert_no_error (error);
  return workspace;
}

static inline void
edit (GhWorkspace *workspace, const char *field, const char *text)
{
  const GhSetting *setting = gh_settings_lookup (field);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = gh_value_from_text (setting, text, &error);

  g_assert_no_error (error);
  gh_document_set_value (gh_workspace_get_document (workspace), setting, value, &error);
  g_assert_no_error (error);
}

static inline char *
get_value (GhWorkspace *workspace, const char *field)
{
  const GhSetting *setting = gh_settings_lookup (field);

  return gh_value_to_text (setting,
                           gh_document_get_value (gh_workspace_get_document (workspace), setting));
}

static inline char *
get_base (GhWorkspace *workspace, const char *field)
{
  const GhSetting *setting = gh_settings_lookup (field);

  return gh_value_to_text (
    setting, gh_document_get_base_value (gh_workspace_get_document (workspace), setting));
}

static inline void
assert_value (GhWorkspace *workspace, const char *field, const char *expected)
{
  g_autofree char *value = get_value (workspace, field);

  g_assert_cmpstr (value, ==, expected);
}

static inline void
assert_base (GhWorkspace *workspace, const char *field, const char *expected)
{
  g_autofree char *value = get_base (workspace, field);

  g_assert_cmpstr (value, ==, expected);
}

static inline void
assert_state (GhWorkspace *workspace, const char *expected)
{
  g_assert_cmpstr (gh_workspace_state_to_string (gh_workspace_get_state (workspace)), ==, expected);
}
