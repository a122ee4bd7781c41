/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Secrets in the desktop's keyring: libsecret's default collection, one item per account.
 *
 * libsecret's first call asks the bus synchronously which keyring there is, and a prompt
 * may never be answered, so every call runs in a thread of its own, within a time limit
 * and until the caller gives up. */

#include <string.h>

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "gh-config.h"
#include "gh-credentials.h"

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
  char *account;
  char *url;
  SecretValue *secret;
  gboolean unlock;
  GhCredentialState state;

  GCancellable *outer; /* the caller's, or NULL */
  gulong outer_handler;
  GSource *timer;
  gboolean timed_out;
} Call;

static const SecretSchema store_schema = {
  GH_APPLICATION_ID ".Credential",
  SECRET_SCHEMA_NONE,
  {
    { "application", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

/* GNOME Keyring finds a locked item by its attributes only, not by its schema's name. */
static const SecretSchema search_schema = {
  GH_APPLICATION_ID ".Credential",
  SECRET_SCHEMA_DONT_MATCH_NAME,
  {
    { "application", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

static void gh_credentials_secret_iface_init (GhCredentialsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GhCredentialsSecret,
                               gh_credentials_secret,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GH_TYPE_CREDENTIALS,
                                                      gh_credentials_secret_iface_init))

static void
call_free (Call *call)
{
  g_free (call->account);
  g_free (call->url);
  g_clear_pointer (&call->secret, secret_value_unref);
  g_clear_object (&call->outer);
  g_clear_pointer (&call->timer, g_source_unref);
  g_free (call);
}

/* In the thread */

/* No service on the bus, or no bus to ask on. */
static gboolean
is_no_keyring (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_DISCONNECTED)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_EXEC_FAILED)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_CHILD_EXITED)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_ACCESS_DENIED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

static GError *
translate_error (const GError *error, const Call *call)
{
  g_autofree char *description = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);
  if (is_no_keyring (error))
    description = gh_credential_state_describe (GH_CREDENTIAL_NO_KEYRING, call->account);
  else if (g_error_matches (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    description = gh_credential_state_describe (GH_CREDENTIAL_LOCKED, call->account);
  else
    description = g_strdup_printf (_ ("The keyring refused: %s. Look at it with your desktop's "
                                      "password manager, or sign in for this session only."),
                                   error->message);

  return g_error_new_literal (GH_STORE_ERROR, GH_STORE_ERROR_KEYRING, description);
}

static gboolean
is_locked (gpointer item)
{
  return SECRET_IS_ITEM (item) && secret_item_get_locked (item);
}

/* The account's secret where it can be had, and why it cannot where not. */
static SecretValue *
search (Call *call, gboolean unlock, GCancellable *cancellable, GError **error)
{
  SecretSearchFlags flags = unlock ? SECRET_SEARCH_UNLOCK : SECRET_SEARCH_NONE;
  GError *local_error = NULL;
  GList *items = secret_password_search_sync (&search_schema,
                                              flags,
                                              cancellable,
                                              &local_error,
                                              "application",
                                              GH_APPLICATION_ID,
                                              "account",
                                              call->account,
                                              NULL);
  SecretValue *value = NULL;

  call->state = GH_CREDENTIAL_ABSENT;
  if (local_error != NULL && is_no_keyring (local_error))
    {
      call->state = GH_CREDENTIAL_NO_KEYRING;
      g_clear_error (&local_error);
    }
  else if (items != NULL && is_locked (items->data))
    call->state = GH_CREDENTIAL_LOCKED;
  else if (items != NULL)
    value = secret_retrievable_retrieve_secret_sync (items->data, cancellable, &local_error);

  if (value != NULL)
    call->state = GH_CREDENTIAL_FOUND;
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  g_list_free_full (items, g_object_unref);

  return value;
}

static void
lookup (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;
  g_autoptr (GError) error = NULL;
  SecretValue *value = search (call, call->unlock, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, translate_error (error, call));
  else
    g_task_return_pointer (task,
                           value == NULL ? NULL : secret_value_unref_to_password (value, NULL),
                           (GDestroyNotify) gh_credentials_free_secret);
}

/* A keyring whose master secret was changed stores without complaint what it cannot read. */
static gboolean
read_back (Call *call, GCancellable *cancellable, GError **error)
{
  SecretValue *value = search (call, FALSE, cancellable, error);
  gboolean same
    = value != NULL
      && g_strcmp0 (secret_value_get_text (value), secret_value_get_text (call->secret)) == 0;

  g_clear_pointer (&value, secret_value_unref);
  if (!same && *error == NULL)
    g_set_error (error,
                 GH_STORE_ERROR,
                 GH_STORE_ERROR_KEYRING,
                 _ ("The keyring took the credential of “%s” but does not give it back. Look at "
                    "it with your desktop's password manager, or sign in for this session only."),
                 call->account);

  return same;
}

static void
store (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *label
    = call->url == NULL ? g_strdup_printf (_ ("Policy server “%s”"), call->account)
                        : g_strdup_printf (_ ("Policy server “%s” (%s)"), call->account, call->url);

  if (secret_password_store_sync (&store_schema,
                                  SECRET_COLLECTION_DEFAULT,
                                  label,
                                  secret_value_get_text (call->secret),
                                  cancellable,
                                  &error,
                                  "application",
                                  GH_APPLICATION_ID,
                                  "account",
                                  call->account,
                                  NULL)
      && read_back (call, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else if (error != NULL && error->domain == GH_STORE_ERROR)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_error (task, translate_error (error, call));
}

/* Where there is no keyring there is nothing to remove. */
static void
remove_item (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Call *call = data;
  g_autoptr (GError) error = NULL;
  SecretValue *left;

  secret_password_clear_sync (&search_schema,
                              cancellable,
                              &error,
                              "application",
                              GH_APPLICATION_ID,
                              "account",
                              call->account,
                              NULL);
  if (error == NULL)
    {
      left = search (call, FALSE, cancellable, &error);
      g_clear_pointer (&left, secret_value_unref);
      if (error == NULL
          && (call->state == GH_CREDENTIAL_FOUND || call->state == GH_CREDENTIAL_LOCKED))
        g_set_error_literal (&error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "");
    }

  if (error == NULL || is_no_keyring (error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, translate_error (error, call));
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
               call->account);
  return FALSE;
}

static Call *
call_new (const char *account)
{
  Call *call = g_new0 (Call, 1);

  call->account = g_strdup (account);

  return call;
}

static void
lookup_async (GhCredentials *self,
              const char *account,
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

  *state = GH_CREDENTIAL_ABSENT;
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
             const char *account,
             const char *url,
             const char *secret,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  Call *call = call_new (account);

  call->url = g_strdup (url);
  call->secret = secret_value_new (secret, (gssize) strlen (secret), "text/plain");
  start (self, call, PROMPT_SECONDS, store, cancellable, callback, user_data);
}

static void
remove_async (GhCredentials *self,
              const char *account,
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
