/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Accounts come, sign in and go. Nothing of an account is kept before its server has
 * accepted its token. */

#include <glib/gi18n-lib.h>

#include "gh-fleet-private.h"
#include "gh-task.h"

typedef struct
{
  GhAccount *account;
  char *token; /* wiped when done with */
  gboolean session_only;
  GhClient *client;
  GPtrArray *records;         /* of GhWorkspaceRecord: what the server listed */
  GError *keyring;            /* what the keyring said when the secret was to be removed */
  void (*kept) (GTask *task); /* the step after the token is kept */
} Change;

static void
change_free (Change *change)
{
  g_clear_pointer (&change->account, gh_account_free);
  g_clear_pointer (&change->token, gh_credentials_free_secret);
  g_clear_object (&change->client);
  g_clear_pointer (&change->records, g_ptr_array_unref);
  g_clear_error (&change->keyring);
  g_free (change);
}

static GTask *
new_task (GhFleet *self,
          gpointer tag,
          Change *change,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, change, (GDestroyNotify) change_free);
  return task;
}

static GhFleet *
get_self (GTask *task)
{
  return g_task_get_source_object (task);
}

/* The last step of each: what the store has now is shown. */
static void
reread_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (!gh_fleet_reread_finish (GH_FLEET (source), result, &error))
    g_task_return_error (task, error);
  else if (change->keyring != NULL)
    g_task_return_error (task, g_steal_pointer (&change->keyring));
  else
    g_task_return_boolean (task, TRUE);
}

static void
reread (GTask *task)
{
  gh_fleet_reread_async (get_self (task), g_task_get_cancellable (task), reread_cb, task);
}

static void
set_text (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

GPtrArray *
gh_fleet_make_records (const char *account, GPtrArray *remote_workspaces)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_workspace_record_free);

  for (guint i = 0; i < remote_workspaces->len; i++)
    {
      const GhRemoteWorkspace *remote = g_ptr_array_index (remote_workspaces, i);
      GhWorkspaceRecord *record = gh_workspace_record_new (account, remote->id);

      set_text (&record->name, remote->name);
      set_text (&record->url, remote->url);
      set_text (&record->role, remote->role);
      g_strfreev (record->tags);
      record->tags = g_strdupv (remote->tags);
      g_ptr_array_add (records, record);
    }
  return records;
}

/* Keeping the token: in the keyring, or for this session alone. */

static void
stored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (gh_credentials_store_finish (get_self (task)->credentials, result, &error))
    change->kept (task);
  else
    gh_task_fail (task, error);
}

static void
keep_token (GTask *task, void (*next) (GTask *task))
{
  GhFleet *self = get_self (task);
  Change *change = g_task_get_task_data (task);

  if (change->session_only)
    {
      gh_credentials_keep_for_session (self->credentials, change->account->name, change->token);
      next (task);
      return;
    }
  change->kept = next;
  gh_credentials_store_async (self->credentials,
                              change->account,
                              change->token,
                              g_task_get_cancellable (task),
                              stored_cb,
                              task);
}

/* Adding. */

static void
replaced_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (gh_workspace_store_replace_finish (get_self (task)->database, result, &error))
    reread (task);
  else
    gh_task_fail (task, error);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhFleet *self = get_self (task);
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;

  if (gh_account_store_save_finish (self->database, result, &error))
    gh_workspace_store_replace_async (self->database,
                                      change->account->name,
                                      change->records,
                                      g_task_get_cancellable (task),
                                      replaced_cb,
                                      task);
  else
    gh_task_fail (task, error);
}

static void
save_account (GTask *task)
{
  GhFleet *self = get_self (task);
  Change *change = g_task_get_task_data (task);

  gh_account_store_save_async (self->database,
                               change->account,
                               change->account->demo,
                               g_task_get_cancellable (task),
                               saved_cb,
                               task);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Change *change = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) list
    = gh_client_list_workspaces_finish (GH_CLIENT (source), result, &error);

  if (list == NULL)
    {
      gh_task_fail (task, error);
      return;
    }
  change->records = gh_fleet_make_records (change->account->name, list);
  keep_token (task, save_account);
}

static void
identified_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;
  g_autoptr (GhIdentity) identity
    = gh_client_get_identity_finish (GH_CLIENT (source), result, &error);

  if (identity != NULL)
    gh_client_list_workspaces_async (
      GH_CLIENT (source), g_task_get_cancellable (task), listed_cb, task);
  else
    gh_task_fail (task, error);
}

/* The account as it is going to be kept: with its URL in normal form. */
static GhAccount *
normalise (const GhAccount *account, GError **error)
{
  g_autofree char *url = gh_client_check_url (account->url, error);
  GhAccount *copy;

  if (url == NULL)
    return NULL;
  copy = gh_account_copy (account);
  set_text (&copy->url, url);
  return copy;
}

static void
begin_change (GTask *task, GAsyncReadyCallback next)
{
  Change *change = g_task_get_task_data (task);

  change->client
    = gh_client_new (change->account->url, change->account->token_header, change->account->ca_file);
  gh_client_set_token (change->client, change->token);
  if (gh_client_has_token (change->client))
    gh_client_get_identity_async (change->client, g_task_get_cancellable (task), next, task);
  else
    gh_task_fail (task,
                  g_error_new_literal (GH_REMOTE_ERROR,
                                       GH_REMOTE_ERROR_SIGN_IN,
                                       _ ("This is not a token: one is a single word of visible "
                                          "characters.")));
}

void
gh_fleet_add_account_async (GhFleet *self,
                            const GhAccount *account,
                            const char *token,
                            gboolean session_only,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Change *change = g_new0 (Change, 1);
  GTask *task;
  GError *error = NULL;

  g_return_if_fail (GH_IS_FLEET (self));

  task = new_task (self, gh_fleet_add_account_async, change, cancellable, callback, user_data);
  change->account = normalise (account, &error);
  change->token = g_strdup (token);
  change->session_only = session_only;
  if (error == NULL && !account->demo && gh_fleet_get_account (self, account->name) != NULL)
    g_set_error (&error,
                 GH_STORE_ERROR,
                 GH_STORE_ERROR_EXISTS,
                 _ ("There is an account “%s” already. Choose another name, or sign in to it."),
                 account->name);
  if (error != NULL)
    gh_task_fail (task, error);
  else
    begin_change (task, identified_cb);
}

gboolean
gh_fleet_add_account_finish (GhFleet *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Signing in. */

static void
signed_in (GTask *task)
{
  GhFleet *self = get_self (task);
  Change *change = g_task_get_task_data (task);
  GhAccountSession *session = gh_fleet_get_session (self, change->account->name);

  if (session != NULL)
    gh_client_set_token (gh_account_session_get_client (session), change->token);
  gh_fleet_note_token (self, session, TRUE);
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

static void
sign_in_identified_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;
  g_autoptr (GhIdentity) identity
    = gh_client_get_identity_finish (GH_CLIENT (source), result, &error);

  if (identity != NULL)
    keep_token (task, signed_in);
  else
    gh_task_fail (task, error);
}

static GhAccount *
copy_account (GhFleet *self, const char *name, GError **error)
{
  const GhAccount *account = gh_fleet_get_account (self, name);

  if (account != NULL)
    return gh_account_copy (account);
  g_set_error (
    error, GH_FLEET_ERROR, GH_FLEET_ERROR_UNKNOWN, _ ("There is no account “%s”."), name);
  return NULL;
}

void
gh_fleet_sign_in_async (GhFleet *self,
                        const char *account,
                        const char *token,
                        gboolean session_only,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Change *change = g_new0 (Change, 1);
  GTask *task;
  GError *error = NULL;

  g_return_if_fail (GH_IS_FLEET (self));

  task = new_task (self, gh_fleet_sign_in_async, change, cancellable, callback, user_data);
  change->account = copy_account (self, account, &error);
  change->token = g_strdup (token);
  change->session_only = session_only;
  if (error != NULL)
    gh_task_fail (task, error);
  else
    begin_change (task, sign_in_identified_cb);
}

gboolean
gh_fleet_sign_in_finish (GhFleet *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Removing. */

static void
account_removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GError *error = NULL;

  if (gh_account_store_remove_finish (get_self (task)->database, result, &error))
    reread (task);
  else
    gh_task_fail (task, error);
}

/* A keyring that refuses does not keep an account from going, but the person is told. */
static void
secret_removed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhFleet *self = get_self (task);
  Change *change = g_task_get_task_data (task);

  gh_credentials_remove_finish (self->credentials, result, &change->keyring);
  gh_account_store_remove_async (
    self->database, change->account->name, g_task_get_cancellable (task), account_removed_cb, task);
}

void
gh_fleet_remove_account_async (GhFleet *self,
                               const char *account,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Change *change = g_new0 (Change, 1);
  GTask *task;
  GError *error = NULL;

  g_return_if_fail (GH_IS_FLEET (self));

  task = new_task (self, gh_fleet_remove_account_async, change, cancellable, callback, user_data);
  change->account = copy_account (self, account, &error);
  if (error != NULL)
    gh_task_fail (task, error);
  else
    gh_credentials_remove_async (
      self->credentials, change->account, cancellable, secret_removed_cb, task);
}

gboolean
gh_fleet_remove_account_finish (GhFleet *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
