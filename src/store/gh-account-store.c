/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Accounts in the database. */

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-account-store.h"
#include "gh-sqlite.h"

#define NAME_MAXIMUM 64

typedef struct
{
  GhAccount *account;
  gboolean replace;
} Save;

static void
save_free (Save *save)
{
  gh_account_free (save->account);
  g_free (save);
}

static gboolean
check_name (const char *name, GError **error)
{
  gsize length = strlen (name);

  if (length > 0 && length <= NAME_MAXIMUM
      && strspn (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS ".-_") == length)
    return TRUE;

  g_set_error (error,
               GH_STORE_ERROR,
               GH_STORE_ERROR_INVALID,
               _ ("“%s” cannot name an account. Use 1 to %d letters, digits, dots, dashes and "
                  "underscores."),
               name,
               NAME_MAXIMUM);
  return FALSE;
}

static gboolean
set_not_found (const char *name, GError **error)
{
  g_set_error (
    error, GH_STORE_ERROR, GH_STORE_ERROR_NOT_FOUND, _ ("There is no account “%s”."), name);
  return FALSE;
}

static gpointer
list (sqlite3 *sqlite, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) accounts
    = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_account_free);
  g_autoptr (sqlite3_stmt) statement = gh_sqlite_query (
    sqlite,
    error,
    "SELECT name, url, token_header, ca_file, demo, id FROM accounts ORDER BY name",
    "");

  while (statement != NULL && gh_sqlite_step (statement, error))
    {
      GhAccount *account
        = gh_account_new (gh_sqlite_get_text (statement, 0), gh_sqlite_get_text (statement, 1));

      account->token_header = gh_sqlite_dup_text (statement, 2);
      account->ca_file = gh_sqlite_dup_text (statement, 3);
      account->demo = sqlite3_column_int (statement, 4) != 0;
      g_free (account->id);
      account->id = g_strdup (gh_sqlite_get_text (statement, 5));
      g_ptr_array_add (accounts, account);
    }

  return g_steal_pointer (&accounts);
}

static gpointer
save (sqlite3 *sqlite, gpointer data, GError **error)
{
  const Save *job = data;
  const GhAccount *account = job->account;

  if (!check_name (account->name, error)
      || !gh_sqlite_run (sqlite,
                         error,
                         "INSERT INTO accounts (name, url, token_header, ca_file, demo, id)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?7)"
                         " ON CONFLICT (name) DO UPDATE SET url = ?2, token_header = ?3,"
                         " ca_file = ?4, demo = ?5 WHERE ?6",
                         "ssssiis",
                         account->name,
                         account->url,
                         account->token_header,
                         account->ca_file,
                         (gint64) account->demo,
                         (gint64) job->replace,
                         account->id))
    return NULL;

  if (sqlite3_changes (sqlite) == 0)
    g_set_error (error,
                 GH_STORE_ERROR,
                 GH_STORE_ERROR_EXISTS,
                 _ ("There is an account “%s” already. Choose another name, or remove that one "
                    "first."),
                 account->name);

  return NULL;
}

static gpointer
remove_account (sqlite3 *sqlite, gpointer data, GError **error)
{
  const char *name = data;

  if (gh_sqlite_run (sqlite, error, "DELETE FROM accounts WHERE name = ?", "s", name)
      && sqlite3_changes (sqlite) == 0)
    set_not_found (name, error);

  return NULL;
}

GhAccount *
gh_account_new (const char *name, const char *url)
{
  GhAccount *account = g_new0 (GhAccount, 1);

  account->id = g_uuid_string_random ();
  account->name = g_strdup (name);
  account->url = g_strdup (url);

  return account;
}

GhAccount *
gh_account_copy (const GhAccount *account)
{
  GhAccount *copy = gh_account_new (account->name, account->url);

  g_free (copy->id);
  copy->id = g_strdup (account->id);
  copy->token_header = g_strdup (account->token_header);
  copy->ca_file = g_strdup (account->ca_file);
  copy->demo = account->demo;

  return copy;
}

void
gh_account_free (GhAccount *account)
{
  g_free (account->id);
  g_free (account->name);
  g_free (account->url);
  g_free (account->token_header);
  g_free (account->ca_file);
  g_free (account);
}

void
gh_account_store_list_async (GhDatabase *database,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  gh_database_run_async (database,
                         FALSE,
                         list,
                         NULL,
                         NULL,
                         (GDestroyNotify) g_ptr_array_unref,
                         cancellable,
                         callback,
                         user_data);
}

GPtrArray *
gh_account_store_list_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish (database, result, error);
}

void
gh_account_store_save_async (GhDatabase *database,
                             const GhAccount *account,
                             gboolean replace,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Save *job = g_new0 (Save, 1);

  job->account = gh_account_copy (account);
  job->replace = replace;
  gh_database_run_async (
    database, TRUE, save, job, (GDestroyNotify) save_free, NULL, cancellable, callback, user_data);
}

gboolean
gh_account_store_save_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish_boolean (database, result, error);
}

void
gh_account_store_remove_async (GhDatabase *database,
                               const char *name,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  gh_database_run_async (database,
                         TRUE,
                         remove_account,
                         g_strdup (name),
                         g_free,
                         NULL,
                         cancellable,
                         callback,
                         user_data);
}

gboolean
gh_account_store_remove_finish (GhDatabase *database, GAsyncResult *result, GError **error)
{
  return gh_database_run_finish_boolean (database, result, error);
}
