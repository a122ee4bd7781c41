/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The demo as an account like any other, but for its token, which is never stored. */

#include <glib/gi18n-lib.h>

#include "gh-fleet-private.h"

#define ACCOUNT "demo"
#define DATABASE "demo-server.db"

static void
account_added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (gh_fleet_add_account_finish (GH_FLEET (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
add_account (GTask *task)
{
  GhFleet *self = g_task_get_source_object (task);
  g_autoptr (GhAccount) account = gh_account_new (ACCOUNT, gh_demo_get_url (self->demo));

  account->demo = TRUE;
  gh_fleet_add_account_async (self,
                              account,
                              gh_demo_get_token (self->demo),
                              TRUE,
                              g_task_get_cancellable (task),
                              account_added_cb,
                              task);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhFleet *self = g_task_get_source_object (task);
  GError *error = NULL;
  GhDemo *demo = gh_demo_start_finish (result, &error);

  if (demo == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  g_clear_object (&self->demo);
  self->demo = demo;
  add_account (task);
}

/* A person may have an account of that name for a server of theirs. */
static gboolean
is_taken (GhFleet *self)
{
  const GhAccount *account = gh_fleet_get_account (self, ACCOUNT);

  return account != NULL && !account->demo;
}

void
gh_fleet_start_demo_async (GhFleet *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;
  g_autofree char *directory = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (GH_IS_FLEET (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gh_fleet_start_demo_async);
  if (is_taken (self))
    {
      g_task_return_new_error (task,
                               GH_FLEET_ERROR,
                               GH_FLEET_ERROR_DEMO,
                               _ ("The name “%s” is taken by an account of yours."),
                               ACCOUNT);
      g_object_unref (task);
      return;
    }
  if (self->demo != NULL && gh_demo_is_running (self->demo))
    {
      add_account (task);
      return;
    }
  directory = g_path_get_dirname (self->path);
  path = g_build_filename (directory, DATABASE, NULL);
  gh_demo_start_async (path, cancellable, started_cb, task);
}

gboolean
gh_fleet_start_demo_finish (GhFleet *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
