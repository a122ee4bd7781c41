/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The interface to secrets, and the one that the programs use: memory before keyring. */

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

#include "gh-credentials-private.h"

#define GH_TYPE_CREDENTIALS_BOTH (gh_credentials_both_get_type ())

G_DECLARE_FINAL_TYPE (GhCredentialsBoth, gh_credentials_both, GH, CREDENTIALS_BOTH, GObject)

struct _GhCredentialsBoth
{
  GObject parent_instance;

  GhCredentialsMemory *memory; /* owned */
  GhCredentials *keyring;      /* owned */
};

static void gh_credentials_both_iface_init (GhCredentialsInterface *iface);

G_DEFINE_INTERFACE (GhCredentials, gh_credentials, G_TYPE_OBJECT)

G_DEFINE_FINAL_TYPE_WITH_CODE (GhCredentialsBoth,
                               gh_credentials_both,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GH_TYPE_CREDENTIALS,
                                                      gh_credentials_both_iface_init))

static void
gh_credentials_default_init (GhCredentialsInterface *iface)
{
}

/* What a lookup's task carries beside the secret. */
static void
set_state (GTask *task, GhCredentialState state)
{
  g_task_set_task_data (task, GINT_TO_POINTER (state), NULL);
}

static void
on_looked_up (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GhCredentialState state = GH_CREDENTIAL_ABSENT;
  g_autoptr (GError) error = NULL;
  char *secret = gh_credentials_lookup_finish (GH_CREDENTIALS (object), result, &state, &error);

  set_state (task, state);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, secret, (GDestroyNotify) gh_credentials_free_secret);
}

static void
lookup_async (GhCredentials *credentials,
              const GhAccount *account,
              gboolean unlock,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  GhCredentialsBoth *self = GH_CREDENTIALS_BOTH (credentials);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  char *secret = gh_credentials_memory_dup (self->memory, account->name);

  if (secret == NULL)
    {
      gh_credentials_lookup_async (
        self->keyring, account, unlock, cancellable, on_looked_up, g_steal_pointer (&task));
      return;
    }

  set_state (task, GH_CREDENTIAL_FOUND);
  g_task_return_pointer (task, secret, (GDestroyNotify) gh_credentials_free_secret);
}

static char *
lookup_finish (GhCredentials *credentials,
               GAsyncResult *result,
               GhCredentialState *state,
               GError **error)
{
  *state = GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_stored (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GhCredentialsBoth *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!gh_credentials_store_finish (GH_CREDENTIALS (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  gh_credentials_memory_drop (self->memory, g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

static void
store_async (GhCredentials *credentials,
             const GhAccount *account,
             const char *secret,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  GhCredentialsBoth *self = GH_CREDENTIALS_BOTH (credentials);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_task_data (task, g_strdup (account->name), g_free);
  gh_credentials_store_async (self->keyring, account, secret, cancellable, on_stored, task);
}

static void
on_removed (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (gh_credentials_remove_finish (GH_CREDENTIALS (object), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
remove_async (GhCredentials *credentials,
              const GhAccount *account,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  GhCredentialsBoth *self = GH_CREDENTIALS_BOTH (credentials);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  gh_credentials_memory_drop (self->memory, account->name);
  gh_credentials_remove_async (self->keyring, account, cancellable, on_removed, task);
}

static gboolean
finish_boolean (GhCredentials *credentials, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
gh_credentials_both_dispose (GObject *object)
{
  GhCredentialsBoth *self = GH_CREDENTIALS_BOTH (object);

  g_clear_object (&self->memory);
  g_clear_object (&self->keyring);

  G_OBJECT_CLASS (gh_credentials_both_parent_class)->dispose (object);
}

static void
gh_credentials_both_class_init (GhCredentialsBothClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gh_credentials_both_dispose;
}

static void
gh_credentials_both_iface_init (GhCredentialsInterface *iface)
{
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
  iface->store_async = store_async;
  iface->store_finish = finish_boolean;
  iface->remove_async = remove_async;
  iface->remove_finish = finish_boolean;
}

static void
gh_credentials_both_init (GhCredentialsBoth *self)
{
  self->memory = GH_CREDENTIALS_MEMORY (gh_credentials_memory_new ());
  self->keyring = gh_credentials_secret_new ();
}

GhCredentials *
gh_credentials_new (void)
{
  return g_object_new (GH_TYPE_CREDENTIALS_BOTH, NULL);
}

void
gh_credentials_keep_for_session (GhCredentials *self, const char *account, const char *secret)
{
  g_return_if_fail (GH_IS_CREDENTIALS_BOTH (self) || GH_IS_CREDENTIALS_MEMORY (self));
  g_return_if_fail (account != NULL && secret != NULL);

  gh_credentials_memory_put (GH_IS_CREDENTIALS_MEMORY (self) ? GH_CREDENTIALS_MEMORY (self)
                                                             : GH_CREDENTIALS_BOTH (self)->memory,
                             account,
                             secret);
}

void
gh_credentials_lookup_async (GhCredentials *self,
                             const GhAccount *account,
                             gboolean unlock,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (GH_IS_CREDENTIALS (self));
  g_return_if_fail (account != NULL);

  GH_CREDENTIALS_GET_IFACE (self)->lookup_async (
    self, account, unlock, cancellable, callback, user_data);
}

char *
gh_credentials_lookup_finish (GhCredentials *self,
                              GAsyncResult *result,
                              GhCredentialState *state,
                              GError **error)
{
  GhCredentialState ignored;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return GH_CREDENTIALS_GET_IFACE (self)->lookup_finish (
    self, result, state == NULL ? &ignored : state, error);
}

void
gh_credentials_store_async (GhCredentials *self,
                            const GhAccount *account,
                            const char *secret,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (GH_IS_CREDENTIALS (self));
  g_return_if_fail (account != NULL && secret != NULL);

  GH_CREDENTIALS_GET_IFACE (self)->store_async (
    self, account, secret, cancellable, callback, user_data);
}

gboolean
gh_credentials_store_finish (GhCredentials *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return GH_CREDENTIALS_GET_IFACE (self)->store_finish (self, result, error);
}

void
gh_credentials_remove_async (GhCredentials *self,
                             const GhAccount *account,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (GH_IS_CREDENTIALS (self));
  g_return_if_fail (account != NULL);

  GH_CREDENTIALS_GET_IFACE (self)->remove_async (self, account, cancellable, callback, user_data);
}

gboolean
gh_credentials_remove_finish (GhCredentials *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return GH_CREDENTIALS_GET_IFACE (self)->remove_finish (self, result, error);
}

void
gh_credentials_free_secret (char *secret)
{
  secret_password_free (secret);
}

char *
gh_credential_state_describe (GhCredentialState state, const char *account)
{
  switch (state)
    {
    case GH_CREDENTIAL_FOUND:
      return g_strdup_printf (_ ("The credential of “%s” is at hand."), account);
    case GH_CREDENTIAL_ABSENT:
      return g_strdup_printf (_ ("The keyring has no credential for “%s”. Sign in again."),
                              account);
    case GH_CREDENTIAL_LOCKED:
      return g_strdup_printf (_ ("The keyring is locked. Unlock it to use the credential of “%s”, "
                                 "or sign in for this session only."),
                              account);
    case GH_CREDENTIAL_NO_KEYRING:
      return g_strdup_printf (_ ("There is no keyring on this computer to keep the credential of "
                                 "“%s” in. Start one (such as GNOME Keyring or KWallet), or sign "
                                 "in for this session only: nothing is then written to disk."),
                              account);
    case GH_CREDENTIAL_REFUSED:
      return g_strdup_printf (
        _ ("The keyring does not give the credential of “%s”. Look at it with "
           "your desktop's password manager, or sign in for this session "
           "only."),
        account);
    default:
      g_return_val_if_reached (NULL);
    }
}
