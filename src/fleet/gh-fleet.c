/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fleet as a list model: accounts and workspaces as the store has them. */

#include <string.h>

#include "gh-fleet-private.h"
#include "gh-keyed-hash.h"

#define PROGRESS_MICROSECONDS (G_USEC_PER_SEC / 10)

enum
{
  SIGNAL_ACCOUNTS_CHANGED,
  SIGNAL_PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void gh_fleet_list_model_init (GListModelInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GhFleet,
                               gh_fleet,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, gh_fleet_list_model_init))

G_DEFINE_QUARK (gh - fleet - error - quark, gh_fleet_error)

static GType
gh_fleet_get_item_type (GListModel *model)
{
  return GH_TYPE_WORKSPACE;
}

static guint
gh_fleet_get_n_items (GListModel *model)
{
  return GH_FLEET (model)->workspaces->len;
}

static gpointer
gh_fleet_get_item (GListModel *model, guint position)
{
  GhFleet *self = GH_FLEET (model);

  if (position >= self->workspaces->len)
    return NULL;
  return g_object_ref (g_ptr_array_index (self->workspaces, position));
}

static void
gh_fleet_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = gh_fleet_get_item_type;
  interface->get_n_items = gh_fleet_get_n_items;
  interface->get_item = gh_fleet_get_item;
}

static char *
make_key (const char *account, const char *id)
{
  return g_strconcat (account, "/", id, NULL);
}

/* Accounts. */

static gboolean
same_server (const GhAccount *a, const GhAccount *b)
{
  return g_str_equal (a->id, b->id) && g_str_equal (a->url, b->url)
         && g_strcmp0 (a->token_header, b->token_header) == 0
         && g_strcmp0 (a->ca_file, b->ca_file) == 0;
}

/* An account that leads elsewhere than before starts anew; the others keep their session
 * and the token in it. */
static void
show_accounts (GhFleet *self, GPtrArray *accounts)
{
  g_autoptr (GHashTable) old = self->sessions;

  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  for (guint i = 0; i < accounts->len; i++)
    {
      const GhAccount *account = g_ptr_array_index (accounts, i);
      GhAccountSession *session = g_hash_table_lookup (old, account->name);

      if (session != NULL && same_server (gh_account_session_get_account (session), account))
        g_object_ref (session);
      else
        session = gh_account_session_new (account, self->credentials);
      g_hash_table_insert (self->sessions, g_strdup (account->name), session);
    }
  g_ptr_array_unref (self->accounts);
  self->accounts = g_ptr_array_ref (accounts);
  g_signal_emit (self, signals[SIGNAL_ACCOUNTS_CHANGED], 0);
}

/* Workspaces. */

typedef struct
{
  char *collation;
  GhWorkspace *workspace; /* owned */
} Place;

static void
place_clear (gpointer data)
{
  Place *place = data;

  g_free (place->collation);
  g_clear_object (&place->workspace);
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *first = a;
  const Place *second = b;
  int order = strcmp (first->collation, second->collation);

  if (order == 0)
    order
      = strcmp (gh_workspace_get_id (first->workspace), gh_workspace_get_id (second->workspace));
  if (order == 0)
    order = strcmp (gh_workspace_get_account (first->workspace),
                    gh_workspace_get_account (second->workspace));
  return order;
}

/* The workspace of a record: the one that is there already, or a new one. */
static GhWorkspace *
take_record (GhFleet *self, const GhWorkspaceRecord *record)
{
  g_autofree char *key = make_key (record->key.account, record->key.id);
  GhWorkspace *workspace = g_hash_table_lookup (self->by_key, key);
  GhAccountSession *session = gh_fleet_get_session (self, record->key.account);

  if (session == NULL)
    return NULL;
  if (workspace == NULL)
    return gh_workspace_new (
      self->database, self->path, session, gh_workspace_record_copy (record));
  gh_workspace_set_session (workspace, session);
  gh_workspace_update (workspace, gh_workspace_record_copy (record));
  return g_object_ref (workspace);
}

static GPtrArray *
arrange (GhFleet *self, GPtrArray *records)
{
  g_autoptr (GArray) places = g_array_sized_new (FALSE, TRUE, sizeof (Place), records->len);
  GPtrArray *workspaces = g_ptr_array_new_full (records->len, g_object_unref);

  g_array_set_clear_func (places, place_clear);
  for (guint i = 0; i < records->len; i++)
    {
      const GhWorkspaceRecord *record = g_ptr_array_index (records, i);
      Place place = { NULL, take_record (self, record) };

      if (place.workspace == NULL)
        continue;
      place.collation = g_utf8_collate_key (record->name, -1);
      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++)
    g_ptr_array_add (workspaces, g_object_ref (g_array_index (places, Place, i).workspace));
  return workspaces;
}

/* Tells the views of what changed and of nothing else, so that they keep their place. */
static void
show_workspaces (GhFleet *self, GPtrArray *records)
{
  g_autoptr (GPtrArray) old = self->workspaces;
  GPtrArray *new = arrange (self, records);
  guint start = 0;
  guint end = 0;

  while (start < MIN (old->len, new->len) && old->pdata[start] == new->pdata[start])
    start++;
  while (end < MIN (old->len, new->len) - start
         && old->pdata[old->len - 1 - end] == new->pdata[new->len - 1 - end])
    end++;
  self->workspaces = new;
  g_hash_table_remove_all (self->by_key);
  for (guint i = 0; i < new->len; i++)
    {
      GhWorkspace *workspace = g_ptr_array_index (new, i);

      g_hash_table_insert (
        self->by_key,
        make_key (gh_workspace_get_account (workspace), gh_workspace_get_id (workspace)),
        workspace);
    }
  if (start + end < old->len || start + end < new->len)
    g_list_model_items_changed (
      G_LIST_MODEL (self), start, old->len - start - end, new->len - start - end);
}

/* Reading the store. */

static void
workspaces_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GhFleet *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) records = gh_workspace_store_list_finish (self->database, result, &error);

  if (records == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  show_workspaces (self, records);
  g_task_return_boolean (task, TRUE);
}

static void
accounts_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhFleet *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) accounts = gh_account_store_list_finish (self->database, result, &error);

  if (accounts == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  show_accounts (self, accounts);
  gh_workspace_store_list_async (
    self->database, g_task_get_cancellable (task), workspaces_cb, task);
}

void
gh_fleet_reread_async (GhFleet *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, gh_fleet_reread_async);
  gh_account_store_list_async (self->database, cancellable, accounts_cb, task);
}

gboolean
gh_fleet_reread_finish (GhFleet *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Another process wrote. */

static void
workspace_reloaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!gh_workspace_reload_finish (GH_WORKSPACE (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("cannot read a draft again: %s", error->message);
}

static void changed_elsewhere_cb (GhDatabase *database, GhFleet *self);

static void
reread_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GhFleet *self = GH_FLEET (source);
  g_autoptr (GError) error = NULL;

  if (!gh_fleet_reread_finish (self, result, &error))
    {
      self->refreshing = FALSE;
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("cannot read the store again: %s", error->message);
      return;
    }
  for (guint i = 0; i < self->workspaces->len; i++)
    {
      GhWorkspace *workspace = g_ptr_array_index (self->workspaces, i);

      if (gh_workspace_get_document (workspace) != NULL)
        gh_workspace_reload_async (workspace, self->closing, workspace_reloaded_cb, NULL);
      gh_workspace_refresh_communities (workspace);
    }
  self->refreshing = FALSE;
  if (self->refresh_again)
    changed_elsewhere_cb (self->database, self);
}

static void
changed_elsewhere_cb (GhDatabase *database, GhFleet *self)
{
  self->refresh_again = self->refreshing;
  if (self->refreshing)
    return;
  self->refreshing = TRUE;
  gh_fleet_reread_async (self, self->closing, reread_cb, NULL);
}

static void
gh_fleet_dispose (GObject *object)
{
  GhFleet *self = GH_FLEET (object);

  g_cancellable_cancel (self->closing);
  if (self->database != NULL)
    g_signal_handlers_disconnect_by_data (self->database, self);
  g_clear_object (&self->demo);
  g_clear_pointer (&self->by_key, g_hash_table_unref);
  g_clear_pointer (&self->workspaces, g_ptr_array_unref);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_clear_object (&self->credentials);
  g_clear_object (&self->database);
  G_OBJECT_CLASS (gh_fleet_parent_class)->dispose (object);
}

static void
gh_fleet_finalize (GObject *object)
{
  GhFleet *self = GH_FLEET (object);

  g_clear_object (&self->closing);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->path, g_ref_string_release);
  G_OBJECT_CLASS (gh_fleet_parent_class)->finalize (object);
}

static void
gh_fleet_class_init (GhFleetClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = gh_fleet_dispose;
  object_class->finalize = gh_fleet_finalize;
  signals[SIGNAL_ACCOUNTS_CHANGED] = g_signal_new (
    "accounts-changed", GH_TYPE_FLEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress",
                                           GH_TYPE_FLEET,
                                           G_SIGNAL_RUN_LAST,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL,
                                           G_TYPE_NONE,
                                           2,
                                           G_TYPE_UINT,
                                           G_TYPE_UINT);
}

static void
gh_fleet_init (GhFleet *self)
{
  self->accounts = g_ptr_array_new ();
  self->sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->workspaces = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_key = gh_keyed_hash_table_new (g_free, NULL);
  self->closing = g_cancellable_new ();
}

/* Opening. */

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GhFleet *self = GH_FLEET (source);
  GError *error = NULL;

  if (!gh_fleet_reread_finish (self, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_signal_connect (self->database, "changed-elsewhere", G_CALLBACK (changed_elsewhere_cb), self);
  g_task_return_pointer (task, g_object_ref (self), g_object_unref);
}

static void
database_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  GhFleet *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->database = gh_database_open_finish (result, &error);
  if (self->database == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  gh_fleet_reread_async (self, g_task_get_cancellable (task), opened_cb, task);
}

void
gh_fleet_open_async (const char *database_path,
                     GhCredentials *credentials,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  GhFleet *self = g_object_new (GH_TYPE_FLEET, NULL);
  g_autofree char *usual_path = gh_database_dup_default_path ();

  g_task_set_source_tag (task, gh_fleet_open_async);
  g_task_set_task_data (task, self, g_object_unref);
  self->path = g_ref_string_new (database_path != NULL ? database_path : usual_path);
  self->credentials = credentials != NULL ? g_object_ref (credentials) : gh_credentials_new ();
  gh_database_open_async (self->path, cancellable, database_cb, task);
}

GhFleet *
gh_fleet_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

GhDatabase *
gh_fleet_get_database (GhFleet *self)
{
  g_return_val_if_fail (GH_IS_FLEET (self), NULL);

  return self->database;
}

const char *
gh_fleet_get_notice (GhFleet *self)
{
  g_return_val_if_fail (GH_IS_FLEET (self), NULL);
  return gh_database_get_notice (self->database);
}

GhAccountSession *
gh_fleet_get_session (GhFleet *self, const char *account)
{
  return g_hash_table_lookup (self->sessions, account);
}

const GhAccount *
gh_fleet_get_account (GhFleet *self, const char *name)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      const GhAccount *account = g_ptr_array_index (self->accounts, i);

      if (g_str_equal (account->name, name))
        return account;
    }
  return NULL;
}

GPtrArray *
gh_fleet_get_accounts (GhFleet *self)
{
  g_return_val_if_fail (GH_IS_FLEET (self), NULL);
  return self->accounts;
}

GhWorkspace *
gh_fleet_lookup (GhFleet *self, const char *account, const char *id)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (GH_IS_FLEET (self), NULL);
  key = make_key (account, id);
  return g_hash_table_lookup (self->by_key, key);
}

void
gh_fleet_tell_progress (GhFleet *self, guint n_done, guint n_total)
{
  gint64 now = g_get_monotonic_time ();

  if (n_done < n_total && now - self->progress_at < PROGRESS_MICROSECONDS)
    return;
  self->progress_at = now;
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, n_done, n_total);
}
