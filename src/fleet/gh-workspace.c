/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The workspace as an object: what it is called, what it says of itself, and loading. */

#include <glib/gi18n-lib.h>

#include "gh-header-rules.h"
#include "gh-workspace-private.h"

enum
{
  PROP_0,
  PROP_ACCOUNT,
  PROP_ID,
  PROP_NAME,
  PROP_URL,
  PROP_TAGS,
  PROP_ROLE,
  PROP_CAN_WRITE,
  PROP_REVISION,
  PROP_STATE,
  PROP_STATE_TEXT,
  PROP_N_DRAFTED,
  PROP_DOCUMENT,
  PROP_SAVING,
  PROP_SAVE_ERROR,
  PROP_SYNCED_AT,
  PROP_NOTICE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (GhWorkspace, gh_workspace, G_TYPE_OBJECT)

static void
gh_workspace_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  GhWorkspace *self = GH_WORKSPACE (object);

  switch (property_id)
    {
    case PROP_ACCOUNT:
      g_value_set_string (value, self->record->key.account);
      break;
    case PROP_ID:
      g_value_set_string (value, self->record->key.id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->record->name);
      break;
    case PROP_URL:
      g_value_set_string (value, self->record->url);
      break;
    case PROP_TAGS:
      g_value_set_boxed (value, self->record->tags);
      break;
    case PROP_ROLE:
      g_value_set_string (value, self->record->role);
      break;
    case PROP_CAN_WRITE:
      g_value_set_boolean (value, gh_workspace_get_can_write (self));
      break;
    case PROP_REVISION:
      g_value_set_int64 (value, self->record->revision);
      break;
    case PROP_STATE:
      g_value_set_enum (value, gh_workspace_get_state (self));
      break;
    case PROP_STATE_TEXT:
      g_value_take_string (value, gh_workspace_dup_state_text (self));
      break;
    case PROP_N_DRAFTED:
      g_value_set_uint (value, self->record->n_drafted);
      break;
    case PROP_DOCUMENT:
      g_value_set_object (value, self->document);
      break;
    case PROP_SAVING:
      g_value_set_boolean (value, gh_workspace_get_saving (self));
      break;
    case PROP_SAVE_ERROR:
      g_value_set_string (value, self->save_error);
      break;
    case PROP_SYNCED_AT:
      g_value_set_int64 (value, self->record->synced_at);
      break;
    case PROP_NOTICE:
      g_value_set_string (value, self->notice);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
gh_workspace_dispose (GObject *object)
{
  GhWorkspace *self = GH_WORKSPACE (object);

  g_cancellable_cancel (self->closing);
  gh_workspace_drop_edits (self);
  g_clear_object (&self->document);
  g_clear_object (&self->session);
  g_clear_object (&self->database);
  G_OBJECT_CLASS (gh_workspace_parent_class)->dispose (object);
}

static void
gh_workspace_finalize (GObject *object)
{
  GhWorkspace *self = GH_WORKSPACE (object);

  gh_apply_lock_release (&self->lock);
  g_clear_object (&self->closing);
  g_clear_pointer (&self->database_path, g_ref_string_release);
  g_clear_pointer (&self->base, gh_cached_policy_free);
  g_clear_pointer (&self->record, gh_workspace_record_free);
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_clear_pointer (&self->communities, g_ptr_array_unref);
  g_free (self->save_error);
  g_free (self->notice);
  G_OBJECT_CLASS (gh_workspace_parent_class)->finalize (object);
}

static void
install_strings (void)
{
  static const struct
  {
    guint id;
    const char *name;
  } strings[] = {
    { PROP_ACCOUNT, "account" },
    { PROP_ID, "id" },
    { PROP_NAME, "name" },
    { PROP_URL, "url" },
    { PROP_ROLE, "role" },
    { PROP_STATE_TEXT, "state-text" },
    { PROP_SAVE_ERROR, "save-error" },
    { PROP_NOTICE, "notice" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    properties[strings[i].id] = g_param_spec_string (
      strings[i].name, NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
}

static void
gh_workspace_class_init (GhWorkspaceClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = gh_workspace_get_property;
  object_class->dispose = gh_workspace_dispose;
  object_class->finalize = gh_workspace_finalize;

  install_strings ();
  properties[PROP_TAGS] = g_param_spec_boxed ("tags", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_CAN_WRITE] = g_param_spec_boolean ("can-write", NULL, NULL, FALSE, flags);
  properties[PROP_REVISION] = g_param_spec_int64 ("revision", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_STATE]
    = g_param_spec_enum ("state", NULL, NULL, GH_TYPE_WORKSPACE_STATE, GH_WORKSPACE_SYNCED, flags);
  properties[PROP_N_DRAFTED]
    = g_param_spec_uint ("n-drafted", NULL, NULL, 0, GH_N_SETTINGS, 0, flags);
  properties[PROP_DOCUMENT] = g_param_spec_object ("document", NULL, NULL, GH_TYPE_DOCUMENT, flags);
  properties[PROP_SAVING] = g_param_spec_boolean ("saving", NULL, NULL, FALSE, flags);
  properties[PROP_SYNCED_AT]
    = g_param_spec_int64 ("synced-at", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  g_signal_new ("communities-changed",
                GH_TYPE_WORKSPACE,
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                0);
}

static void
gh_workspace_init (GhWorkspace *self)
{
  g_queue_init (&self->unsaved);
  self->lock = GH_APPLY_LOCK_NONE;
  self->closing = g_cancellable_new ();
  self->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_conflict_free);
}

GhWorkspace *
gh_workspace_new (GhDatabase *database,
                  GRefString *database_path,
                  GhAccountSession *session,
                  GhWorkspaceRecord *record)
{
  GhWorkspace *self = g_object_new (GH_TYPE_WORKSPACE, NULL);

  self->database = g_object_ref (database);
  self->database_path = g_ref_string_acquire (database_path);
  self->session = g_object_ref (session);
  self->record = record;
  self->told_state = gh_workspace_get_state (self);
  self->told_n_drafted = record->n_drafted;
  self->told_n_community_drafts = record->n_community_drafts;
  self->told_revision = record->revision;
  return self;
}

/* What is known better here than in the list stays: a document has its own count. */
void
gh_workspace_update (GhWorkspace *self, GhWorkspaceRecord *record)
{
  g_autoptr (GhWorkspaceRecord) old = self->record;

  self->record = record;
  if (self->document != NULL)
    {
      record->n_drafted = old->n_drafted;
      record->conflict = old->conflict;
      record->revision = old->revision;
    }
  if (self->communities != NULL)
    record->n_community_drafts = old->n_community_drafts;
  g_object_freeze_notify (G_OBJECT (self));
  if (g_strcmp0 (old->name, record->name) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  if (g_strcmp0 (old->url, record->url) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_URL]);
  if (!g_strv_equal ((const char *const *) old->tags, (const char *const *) record->tags))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TAGS]);
  if (g_strcmp0 (old->role, record->role) != 0)
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROLE]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_WRITE]);
    }
  if (old->synced_at != record->synced_at)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNCED_AT]);
  gh_workspace_notify_all (self);
  g_object_thaw_notify (G_OBJECT (self));
}

void
gh_workspace_set_session (GhWorkspace *self, GhAccountSession *session)
{
  if (!g_set_object (&self->session, session))
    return;
  self->sign_in = FALSE;
  self->offline = FALSE;
  gh_workspace_notify_all (self);
}

const GhWorkspaceKey *
gh_workspace_get_key (GhWorkspace *self)
{
  return &self->record->key;
}

GhAccountSession *
gh_workspace_get_session (GhWorkspace *self)
{
  return self->session;
}

void
gh_workspace_notify_all (GhWorkspace *self)
{
  GhWorkspaceState state = gh_workspace_get_state (self);
  GhCredentialState credential_state = gh_workspace_get_credential_state (self);
  gboolean moved = self->told_state != state || self->told_credential_state != credential_state;
  gboolean counted = self->told_n_drafted != self->record->n_drafted;
  gboolean counted_there = self->told_n_community_drafts != self->record->n_community_drafts;

  g_object_freeze_notify (G_OBJECT (self));
  if (counted)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_DRAFTED]);
  if (self->told_revision != self->record->revision)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVISION]);
  if (moved)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  if (moved || counted || counted_there || self->told_revision != self->record->revision)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE_TEXT]);
  self->told_state = state;
  self->told_credential_state = credential_state;
  self->told_n_drafted = self->record->n_drafted;
  self->told_n_community_drafts = self->record->n_community_drafts;
  self->told_revision = self->record->revision;
  g_object_thaw_notify (G_OBJECT (self));
}

void
gh_workspace_set_notice (GhWorkspace *self, const char *notice)
{
  if (g_strcmp0 (self->notice, notice) == 0)
    return;
  g_free (self->notice);
  self->notice = g_strdup (notice);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTICE]);
}

void
gh_workspace_note_contact (GhWorkspace *self, const GError *error)
{
  if (error == NULL)
    {
      self->offline = FALSE;
      self->sign_in = FALSE;
      self->record->synced_at = g_get_real_time ();
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SYNCED_AT]);
    }
  else if (g_error_matches (error, GH_REMOTE_ERROR, GH_REMOTE_ERROR_SIGN_IN))
    {
      self->sign_in = TRUE;
      gh_client_set_token (gh_account_session_get_client (self->session), NULL);
    }
  else if (gh_remote_error_is_offline (error))
    {
      self->offline = TRUE;
    }
  gh_workspace_notify_all (self);
}

const char *
gh_workspace_get_account (GhWorkspace *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), NULL);
  return self->record->key.account;
}

const char *
gh_workspace_get_id (GhWorkspace *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), NULL);
  return self->record->key.id;
}

const char *
gh_workspace_get_name (GhWorkspace *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), NULL);
  return self->record->name;
}

const char *
gh_workspace_get_url (GhWorkspace *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), NULL);
  return self->record->url;
}

const char *const *
gh_workspace_get_tags (GhWorkspace *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), NULL);
  return (const char *const *) self->record->tags;
}

const char *
gh_workspace_get_role (GhWorkspace *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), NULL);
  return self->record->role;
}

/* A role that is not known here may write as far as this program is concerned: the server
 * has the last word. */
gboolean
gh_workspace_get_can_write (GhWorkspace *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), FALSE);
  return g_strcmp0 (self->record->role, "reader") != 0;
}

gint64
gh_workspace_get_revision (GhWorkspace *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), 0);
  return self->record->revision;
}

guint
gh_workspace_get_n_drafted (GhWorkspace *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), 0);
  return self->record->n_drafted;
}

gboolean
gh_workspace_get_saving (GhWorkspace *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), FALSE);
  return self->unsaved.length > 0;
}

const char *
gh_workspace_get_notice (GhWorkspace *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), NULL);
  return self->notice;
}

void
gh_workspace_dismiss_notice (GhWorkspace *self)
{
  g_return_if_fail (GH_IS_WORKSPACE (self));
  gh_workspace_set_notice (self, NULL);
}

GhClient *
gh_workspace_get_client (GhWorkspace *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), NULL);
  return gh_account_session_get_client (self->session);
}

GhDocument *
gh_workspace_get_document (GhWorkspace *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), NULL);
  return self->document;
}

GPtrArray *
gh_workspace_get_conflicts (GhWorkspace *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE (self), NULL);
  return self->conflicts;
}

GPtrArray *
gh_workspace_check (GhWorkspace *self)
{
  g_autoptr (GhPolicy) after = NULL;

  g_return_val_if_fail (GH_IS_WORKSPACE (self), NULL);
  g_return_val_if_fail (self->document != NULL, NULL);

  after = gh_document_dup_policy (self->document);
  return gh_policy_check (gh_document_get_base (self->document), after);
}

static void
reloaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GhWorkspace *self = GH_WORKSPACE (source);
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (!gh_workspace_reload_finish (self, result, &error))
    g_task_return_error (task, error);
  else if (self->document != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task,
                             GH_FLEET_ERROR,
                             GH_FLEET_ERROR_NOT_LOADED,
                             _ ("“%s” was never read from its server. Sync it first."),
                             self->record->name);
}

void
gh_workspace_load_async (GhWorkspace *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task;

  g_return_if_fail (GH_IS_WORKSPACE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, gh_workspace_load_async);
  gh_workspace_reload_async (self, cancellable, reloaded_cb, task);
}

gboolean
gh_workspace_load_finish (GhWorkspace *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
