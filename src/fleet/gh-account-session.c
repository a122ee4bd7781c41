/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A token is looked up once, when the first call needs it, and again after the server
 * refused it: the person may have signed in from elsewhere. */

#include "gh-account-session.h"

struct _GhAccountSession
{
  GObject parent_instance;

  GhAccount *account;
  GhCredentials *credentials;
  GhClient *client;
  GhCredentialState state;
  GPtrArray *waiting; /* of GTask: all that wait for the one lookup under way */
};

G_DEFINE_FINAL_TYPE (GhAccountSession, gh_account_session, G_TYPE_OBJECT)

/* Puts what the keyring gave into the client; a keyring that gives nothing is an error in
 * its own words, for whoever it was that needed a token. */
static gboolean
take_token (GhAccountSession *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *words = NULL;
  GhCredentialState state = GH_CREDENTIAL_ABSENT;
  char *token = gh_credentials_lookup_finish (self->credentials, result, &state, &local_error);

  if (token != NULL)
    gh_client_set_token (self->client, token);
  g_clear_pointer (&token, gh_credentials_free_secret);
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  self->state = local_error != NULL ? GH_CREDENTIAL_REFUSED : state;
  if (gh_client_has_token (self->client))
    return TRUE;

  words = local_error != NULL ? g_strdup (local_error->message)
                              : gh_credential_state_describe (state, self->account->name);
  g_set_error_literal (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_SIGN_IN, words);
  return FALSE;
}

static void
lookup_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GhAccountSession) self = data;
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);
  g_autoptr (GError) error = NULL;
  gboolean taken = take_token (self, result, &error);

  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      if (taken)
        g_task_return_boolean (task, TRUE);
      else
        g_task_return_error (task, g_error_copy (error));
    }
}

static void
unlock_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (take_token (g_task_get_source_object (task), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
gh_account_session_dispose (GObject *object)
{
  GhAccountSession *self = GH_ACCOUNT_SESSION (object);

  g_clear_object (&self->credentials);
  g_clear_object (&self->client);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->account, gh_account_free);
  G_OBJECT_CLASS (gh_account_session_parent_class)->dispose (object);
}

static void
gh_account_session_class_init (GhAccountSessionClass *class)
{
  G_OBJECT_CLASS (class)->dispose = gh_account_session_dispose;
}

static void
gh_account_session_init (GhAccountSession *self)
{
}

GhAccountSession *
gh_account_session_new (const GhAccount *account, GhCredentials *credentials)
{
  GhAccountSession *self = g_object_new (GH_TYPE_ACCOUNT_SESSION, NULL);

  self->account = gh_account_copy (account);
  self->credentials = g_object_ref (credentials);
  self->client = gh_client_new (account->url, account->token_header, account->ca_file);
  return self;
}

const GhAccount *
gh_account_session_get_account (GhAccountSession *self)
{
  return self->account;
}

GhClient *
gh_account_session_get_client (GhAccountSession *self)
{
  return self->client;
}

GhCredentialState
gh_account_session_get_state (GhAccountSession *self)
{
  return self->state;
}

void
gh_account_session_ready_async (GhAccountSession *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, gh_account_session_ready_async);
  if (gh_client_has_token (self->client))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  if (self->waiting != NULL)
    {
      g_ptr_array_add (self->waiting, g_steal_pointer (&task));
      return;
    }
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
  gh_credentials_lookup_async (
    self->credentials, self->account, FALSE, NULL, lookup_cb, g_object_ref (self));
}

gboolean
gh_account_session_ready_finish (GhAccountSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
gh_account_session_unlock_async (GhAccountSession *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, gh_account_session_unlock_async);
  gh_credentials_lookup_async (
    self->credentials, self->account, TRUE, cancellable, unlock_cb, task);
}

gboolean
gh_account_session_unlock_finish (GhAccountSession *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
