/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Items of the keyring: how they are found, and what can be wrong with them. */

#include "gh-keyring.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-config.h"

/* Which of an account's items. */
typedef enum
{
  PRESENT, /* by id and origin */
  FORMER,  /* by the account's name, as the first version did */
} Kind;

#define ATTRIBUTES                                                                                 \
  {                                                                                                \
    { "application", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "id", SECRET_SCHEMA_ATTRIBUTE_STRING },   \
      { "origin", SECRET_SCHEMA_ATTRIBUTE_STRING }, { "account", SECRET_SCHEMA_ATTRIBUTE_STRING }, \
  }

static const SecretSchema store_schema = {
  GH_APPLICATION_ID ".Credential",
  SECRET_SCHEMA_NONE,
  ATTRIBUTES,
};

/* GNOME Keyring finds a locked item by its attributes only, not by its schema's name. */
static const SecretSchema search_schema = {
  GH_APPLICATION_ID ".Credential",
  SECRET_SCHEMA_DONT_MATCH_NAME,
  ATTRIBUTES,
};

/* https://policy.example/api is of https://policy.example */
static char *
dup_origin (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL)
    return g_strdup (url);

  return g_uri_join (G_URI_FLAGS_NONE,
                     g_uri_get_scheme (uri),
                     NULL,
                     g_uri_get_host (uri),
                     g_uri_get_port (uri),
                     "",
                     NULL,
                     NULL);
}

static GHashTable *
make_attributes (const GhAccount *account, Kind kind)
{
  g_autofree char *origin = dup_origin (account->url);

  if (kind == FORMER)
    return secret_attributes_build (
      &store_schema, "application", GH_APPLICATION_ID, "account", account->name, NULL);

  return secret_attributes_build (
    &store_schema, "application", GH_APPLICATION_ID, "id", account->id, "origin", origin, NULL);
}

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

/* Takes what libsecret said. */
static void
propagate_error (GError **error, GError *said, const GhAccount *account)
{
  g_autoptr (GError) owned = said;
  g_autofree char *description = NULL;

  if (g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return;
    }
  if (is_no_keyring (owned))
    description = gh_credential_state_describe (GH_CREDENTIAL_NO_KEYRING, account->name);
  else if (g_error_matches (owned, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    description = gh_credential_state_describe (GH_CREDENTIAL_LOCKED, account->name);
  else
    description = g_strdup_printf (_ ("The keyring refused: %s. Look at it with your desktop's "
                                      "password manager, or sign in for this session only."),
                                   owned->message);

  g_set_error_literal (error, GH_STORE_ERROR, GH_STORE_ERROR_KEYRING, description);
}

static gboolean
is_locked (gpointer item)
{
  return SECRET_IS_ITEM (item) && secret_item_get_locked (item);
}

/* The label is the only place where the first version said of which server an item is. */
static gboolean
is_of_server (gpointer item, const GhAccount *account)
{
  g_autofree char *label = secret_retrievable_get_label (item);
  g_autofree char *url = g_strdup_printf ("(%s)", account->url);

  return label != NULL && strstr (label, url) != NULL;
}

static GList *
search (const GhAccount *account,
        Kind kind,
        SecretSearchFlags flags,
        GCancellable *cancellable,
        GError **error)
{
  g_autoptr (GHashTable) attributes = make_attributes (account, kind);

  return secret_password_searchv_sync (&search_schema, attributes, flags, cancellable, error);
}

/* The account's secret where it can be had, and why it cannot where not. */
static SecretValue *
find (const GhAccount *account,
      Kind kind,
      GhCredentialState *state,
      GCancellable *cancellable,
      GError **error)
{
  GError *said = NULL;
  GList *items = search (account, kind, SECRET_SEARCH_NONE, cancellable, &said);
  SecretValue *value = NULL;

  *state = GH_CREDENTIAL_ABSENT;
  if (said != NULL && is_no_keyring (said))
    {
      *state = GH_CREDENTIAL_NO_KEYRING;
      g_clear_error (&said);
    }
  else if (items != NULL && is_locked (items->data))
    *state = GH_CREDENTIAL_LOCKED;
  else if (items != NULL && (kind == PRESENT || is_of_server (items->data, account)))
    value = secret_retrievable_retrieve_secret_sync (items->data, cancellable, &said);

  if (value != NULL)
    *state = GH_CREDENTIAL_FOUND;
  if (said != NULL)
    propagate_error (error, said, account);
  g_list_free_full (items, g_object_unref);

  return value;
}

/* Asks the person, where something is locked. What comes of it is for find() to see. */
static void
unlock_items (const GhAccount *account, Kind kind, GCancellable *cancellable)
{
  GList *items = search (account, kind, SECRET_SEARCH_UNLOCK, cancellable, NULL);

  g_list_free_full (items, g_object_unref);
}

static SecretValue *
find_or_unlock (const GhAccount *account,
                Kind kind,
                gboolean unlock,
                GhCredentialState *state,
                GCancellable *cancellable,
                GError **error)
{
  SecretValue *value = find (account, kind, state, cancellable, error);

  if (*state != GH_CREDENTIAL_LOCKED || !unlock)
    return value;

  unlock_items (account, kind, cancellable);
  return find (account, kind, state, cancellable, error);
}

static gboolean
clear (const GhAccount *account, Kind kind, GCancellable *cancellable, GError **error)
{
  g_autoptr (GHashTable) attributes = make_attributes (account, kind);
  GError *said = NULL;

  secret_password_clearv_sync (&search_schema, attributes, cancellable, &said);
  if (said == NULL || is_no_keyring (said))
    {
      g_clear_error (&said);
      return TRUE;
    }

  propagate_error (error, said, account);
  return FALSE;
}

/* What the first version left of this account, and only that. */
static gboolean
clear_former (const GhAccount *account, GCancellable *cancellable, GError **error)
{
  GhCredentialState state;
  SecretValue *former = find (account, FORMER, &state, cancellable, NULL);

  g_clear_pointer (&former, secret_value_unref);

  return state != GH_CREDENTIAL_FOUND || clear (account, FORMER, cancellable, error);
}

/* A keyring whose master secret was changed stores without complaint what it cannot read. */
static gboolean
read_back (const GhAccount *account, SecretValue *secret, GCancellable *cancellable, GError **error)
{
  GError *local_error = NULL;
  GhCredentialState state;
  SecretValue *value = find (account, PRESENT, &state, cancellable, &local_error);
  gboolean same = value != NULL
                  && g_strcmp0 (secret_value_get_text (value), secret_value_get_text (secret)) == 0;

  g_clear_pointer (&value, secret_value_unref);
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  else if (!same)
    g_set_error (error,
                 GH_STORE_ERROR,
                 GH_STORE_ERROR_KEYRING,
                 _ ("The keyring took the credential of “%s” but does not give it back. Look at "
                    "it with your desktop's password manager, or sign in for this session only."),
                 account->name);

  return same;
}

SecretValue *
gh_keyring_lookup (const GhAccount *account,
                   gboolean unlock,
                   GhCredentialState *state,
                   GCancellable *cancellable,
                   GError **error)
{
  GError *local_error = NULL;
  SecretValue *value = find_or_unlock (account, PRESENT, unlock, state, cancellable, &local_error);

  if (local_error == NULL && *state == GH_CREDENTIAL_ABSENT)
    {
      value = find_or_unlock (account, FORMER, unlock, state, cancellable, &local_error);
      if (value != NULL)
        gh_keyring_store (account, value, cancellable, NULL);
    }
  if (local_error != NULL)
    g_propagate_error (error, local_error);

  return value;
}

gboolean
gh_keyring_store (const GhAccount *account,
                  SecretValue *secret,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GHashTable) attributes = make_attributes (account, PRESENT);
  g_autofree char *label
    = g_strdup_printf (_ ("Policy server “%s” (%s)"), account->name, account->url);
  GError *said = NULL;

  if (!secret_password_storev_sync (&store_schema,
                                    attributes,
                                    SECRET_COLLECTION_DEFAULT,
                                    label,
                                    secret_value_get_text (secret),
                                    cancellable,
                                    &said))
    {
      propagate_error (error, said, account);
      return FALSE;
    }
  if (!read_back (account, secret, cancellable, error))
    return FALSE;

  clear_former (account, cancellable, NULL);
  return TRUE;
}

gboolean
gh_keyring_remove (const GhAccount *account, GCancellable *cancellable, GError **error)
{
  GError *local_error = NULL;
  GhCredentialState state;
  SecretValue *left;

  if (!clear (account, PRESENT, cancellable, error) || !clear_former (account, cancellable, error))
    return FALSE;

  left = gh_keyring_lookup (account, FALSE, &state, cancellable, &local_error);
  g_clear_pointer (&left, secret_value_unref);
  if (local_error == NULL && (state == GH_CREDENTIAL_FOUND || state == GH_CREDENTIAL_LOCKED))
    propagate_error (
      &local_error, g_error_new_literal (SECRET_ERROR, SECRET_ERROR_IS_LOCKED, ""), account);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, local_error);
  return FALSE;
}
