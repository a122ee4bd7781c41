/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Secrets in the desktop's keyring, without waiting for it.
 *
 * libsecret's first call asks the bus synchronously which keyring there is, and a prompt
 * may never be answered, so every call runs in a thread of its own, within a time limit
 * and until the caller gives up. */

#include <string.h>

#include <glib/gi18n-lib.h>
#include "gh-credentials.h"
#include "gh-keyring.h"

#define QUIET_SECONDS 15   /* nobody is asked anything */
#define PROMPT_SECONDS 180 /* somebody may be typing a password */

#define GH_TYPE_CREDENTIALS_SECRET (gh_credentials_secret_get_type ())

G_DECLARE_FINAL_TYPE (GhCredentialsSecret, gh_credentials_secret, GH, CREDENTIALS_SECRET, GObject)

struct _GhCredentialsSecret
{
  GObject parent_instance;
};

typedef struct
{
  GhAccount *account;
  SecretValue *secret;
  gboolean unlock;
  GhCredentialState state;

  GCancellable *outer; /* the caller's, or NULL */
  gulong outer_handler;
  GSource *timer;
  gboolean timed_out;
} Call;

static void gh_credentials_secret_iface_init (GhCredentialsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GhCredentialsSecret,
                               gh_credentials_secret,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GH_TYPE_CREDENTIALS,
                                                      gh_credentials_secret_iface_init))

static void
call_free (Call *call)
{
  gh_account_free (call->account);
  g_clear_pointer (&call->secret, secret_value_unref);
  g_clear_object (&call->outer);
  g_clear_pointer (&call->timer, g_source_unref);
  g_free (call);
}

/* In the thread */

static void
lookup (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;
  GError *error = NULL;
  SecretValue *value
    = gh_keyring_lookup (call->account, call->unlock, &call->state, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task,
                           value == NULL ? NULL : secret_value_unref_to_password (value, NULL),
                           (GDestroyNotify) gh_credentials_free_secret);
}

static void
store (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;
  GError *error = NULL;

  if (gh_keyring_store (call->account, call->secret, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
remove_item (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;
  GError *error = NULL;

  if (gh_keyring_remove (call->account, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* In the caller's context */

static gboolean
on_timed_out (gpointer user_data)
{
  GTask *task = user_data;
  Call *call = g_task_get_task_data (task);

  call->timed_out = TRUE;
  g_cancellable_cancel (g_task_get_cancellable (task));

  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

static void
start (GhCredentials *self,
       Call *call,
       guint seconds,
       GTaskThreadFunc function,
       GCancellable *outer,
       GAsyncReadyCallback callback,
       gpointer user_data)
{
  g_autoptr (GCancellable) inner = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, inner, callback, user_data);

  g_task_set_task_data (task, call, (GDestroyNotify) call_free);
  g_task_set_return_on_cancel (task, TRUE);

  call->timer = g_timeout_source_new_seconds (seconds);
  g_source_set_callback (call->timer, on_timed_out, g_object_ref (task), g_object_unref);
  g_source_attach (call->timer, g_task_get_context (task));
  if (outer != NULL)
    {
      call->outer = g_object_ref (outer);
      call->outer_handler = g_cancellable_connect (
        outer, G_CALLBACK (on_outer_cancelled), g_object_ref (inner), g_object_unref);
    }

  g_task_run_in_thread (task, function);
}

/* Before its result is taken: the caller's error for a limit is not "cancelled". */
static gboolean
end (GAsyncResult *result, GError **error)
{
  Call *call = g_task_get_task_data (G_TASK (result));

  g_source_destroy (call->timer);
  if (call->outer != NULL)
    g_cancellable_disconnect (call->outer, call->outer_handler);
  if (!call->timed_out)
    return TRUE;

  g_set_error (error,
               GH_STORE_ERROR,
               GH_STORE_ERROR_KEYRING,
               _ ("The keyring did not answer in time about “%s”. Try again, or sign in for this "
                  "session only."),
               call->account->name);
  return FALSE;
}

static Call *
call_new (const GhAccount *account)
{
  Call *call = g_new0 (Call, 1);

  call->account = gh_account_copy (account);

  return call;
}

static void
lookup_async (GhCredentials *self,
              const GhAccount *account,
              gboolean unlock,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  Call *call = call_new (account);

  call->unlock = unlock;
  start (
    self, call, unlock ? PROMPT_SECONDS : QUIET_SECONDS, lookup, cancellable, callback, user_data);
}

static char *
lookup_finish (GhCredentials *self, GAsyncResult *result, GhCredentialState *state, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  char *secret;

  *state = GH_CREDENTIAL_REFUSED;
  if (!end (result, error))
    return NULL;

  secret = g_task_propagate_pointer (G_TASK (result), &local_error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    *state = ((Call *) g_task_get_task_data (G_TASK (result)))->state;

  return secret;
}

static void
store_async (GhCredentials *self,
             const GhAccount *account,
             const char *secret,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  Call *call = call_new (account);

  call->secret = secret_value_new (secret, (gssize) strlen (secret), "text/plain");
  start (self, call, PROMPT_SECONDS, store, cancellable, callback, user_data);
}

static void
remove_async (GhCredentials *self,
              const GhAccount *account,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  start (self, call_new (account), PROMPT_SECONDS, remove_item, cancellable, callback, user_data);
}

static gboolean
finish_boolean (GhCredentials *self, GAsyncResult *result, GError **error)
{
  return end (result, error) && g_task_propagate_boolean (G_TASK (result), error);
}

static void
gh_credentials_secret_class_init (GhCredentialsSecretClass *klass)
{
}

static void
gh_credentials_secret_iface_init (GhCredentialsInterface *iface)
{
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
  iface->store_async = store_async;
  iface->store_finish = finish_boolean;
  iface->remove_async = remove_async;
  iface->remove_finish = finish_boolean;
}

static void
gh_credentials_secret_init (GhCredentialsSecret *self)
{
}

GhCredentials *
gh_credentials_secret_new (void)
{
  return g_object_new (GH_TYPE_CREDENTIALS_SECRET, NULL);
}
