/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Secrets in this process's memory alone: for a session without a keyring. */

#include <string.h>

#include <libsecret/secret.h>

#include "gh-credentials-private.h"

struct _GhCredentialsMemory
{
  GObject parent_instance;

  GHashTable *secrets; /* char * -> SecretValue *, in non-pageable memory where there is some */
};

static void gh_credentials_memory_iface_init (GhCredentialsInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GhCredentialsMemory,
                               gh_credentials_memory,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GH_TYPE_CREDENTIALS,
                                                      gh_credentials_memory_iface_init))

static void
lookup_async (GhCredentials *credentials,
              const GhAccount *account,
              gboolean unlock,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (credentials, cancellable, callback, user_data);
  char *secret = gh_credentials_memory_dup (GH_CREDENTIALS_MEMORY (credentials), account->name);

  g_task_return_pointer (task, secret, (GDestroyNotify) gh_credentials_free_secret);
}

static char *
lookup_finish (GhCredentials *credentials,
               GAsyncResult *result,
               GhCredentialState *state,
               GError **error)
{
  char *secret = g_task_propagate_pointer (G_TASK (result), error);

  *state = secret == NULL ? GH_CREDENTIAL_ABSENT : GH_CREDENTIAL_FOUND;
  return secret;
}

static void
store_async (GhCredentials *credentials,
             const GhAccount *account,
             const char *secret,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (credentials, cancellable, callback, user_data);

  gh_credentials_memory_put (GH_CREDENTIALS_MEMORY (credentials), account->name, secret);
  g_task_return_boolean (task, TRUE);
}

static void
remove_async (GhCredentials *credentials,
              const GhAccount *account,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (credentials, cancellable, callback, user_data);

  gh_credentials_memory_drop (GH_CREDENTIALS_MEMORY (credentials), account->name);
  g_task_return_boolean (task, TRUE);
}

static gboolean
finish_boolean (GhCredentials *credentials, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
gh_credentials_memory_dispose (GObject *object)
{
  GhCredentialsMemory *self = GH_CREDENTIALS_MEMORY (object);

  g_clear_pointer (&self->secrets, g_hash_table_unref);

  G_OBJECT_CLASS (gh_credentials_memory_parent_class)->dispose (object);
}

static void
gh_credentials_memory_class_init (GhCredentialsMemoryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gh_credentials_memory_dispose;
}

static void
gh_credentials_memory_iface_init (GhCredentialsInterface *iface)
{
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
  iface->store_async = store_async;
  iface->store_finish = finish_boolean;
  iface->remove_async = remove_async;
  iface->remove_finish = finish_boolean;
}

static void
gh_credentials_memory_init (GhCredentialsMemory *self)
{
  self->secrets
    = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) secret_value_unref);
}

void
gh_credentials_memory_put (GhCredentialsMemory *self, const char *account, const char *secret)
{
  g_hash_table_insert (self->secrets,
                       g_strdup (account),
                       secret_value_new (secret, (gssize) strlen (secret), "text/plain"));
}

gboolean
gh_credentials_memory_drop (GhCredentialsMemory *self, const char *account)
{
  return g_hash_table_remove (self->secrets, account);
}

char *
gh_credentials_memory_dup (GhCredentialsMemory *self, const char *account)
{
  SecretValue *value = g_hash_table_lookup (self->secrets, account);

  /* With a reference of ours left it is a copy that we get. */
  return value == NULL ? NULL : secret_value_unref_to_password (secret_value_ref (value), NULL);
}

GhCredentials *
gh_credentials_memory_new (void)
{
  return g_object_new (GH_TYPE_CREDENTIALS_MEMORY, NULL);
}
