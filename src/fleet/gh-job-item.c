/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One workspace of a job. */

#include "gh-job-private.h"

enum
{
  PROP_0,
  PROP_WORKSPACE,
  PROP_STATE,
  PROP_MESSAGE,
  N_PROPERTIES
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (GhJobItem, gh_job_item, G_TYPE_OBJECT)

GType
gh_job_state_get_type (void)
{
  static GType type = 0;
  static const GEnumValue values[] = {
    { GH_JOB_ITEM_WAITING, "GH_JOB_ITEM_WAITING", "waiting" },
    { GH_JOB_ITEM_RUNNING, "GH_JOB_ITEM_RUNNING", "running" },
    { GH_JOB_ITEM_DONE, "GH_JOB_ITEM_DONE", "done" },
    { GH_JOB_ITEM_CONFLICT, "GH_JOB_ITEM_CONFLICT", "conflict" },
    { GH_JOB_ITEM_FAILED, "GH_JOB_ITEM_FAILED", "failed" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("GhJobItemState", values));
  return type;
}

static void
gh_job_item_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  GhJobItem *self = GH_JOB_ITEM (object);

  switch (property_id)
    {
    case PROP_WORKSPACE:
      g_value_set_object (value, self->workspace);
      break;
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
gh_job_item_finalize (GObject *object)
{
  GhJobItem *self = GH_JOB_ITEM (object);

  gh_workspace_key_free (self->key);
  g_clear_object (&self->workspace);
  g_free (self->message);
  G_OBJECT_CLASS (gh_job_item_parent_class)->finalize (object);
}

static void
gh_job_item_class_init (GhJobItemClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = gh_job_item_get_property;
  object_class->finalize = gh_job_item_finalize;
  properties[PROP_WORKSPACE]
    = g_param_spec_object ("workspace", NULL, NULL, GH_TYPE_WORKSPACE, flags);
  properties[PROP_STATE]
    = g_param_spec_enum ("state", NULL, NULL, GH_TYPE_JOB_STATE, GH_JOB_ITEM_WAITING, flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
gh_job_item_init (GhJobItem *self)
{
}

GhJobItem *
gh_job_item_new (const GhWorkspaceKey *key, GhWorkspace *workspace)
{
  GhJobItem *self = g_object_new (GH_TYPE_JOB_ITEM, NULL);

  self->key = gh_workspace_key_copy (key);
  self->workspace = workspace != NULL ? g_object_ref (workspace) : NULL;
  return self;
}

void
gh_job_item_set (GhJobItem *self, GhJobItemState state, const char *message)
{
  g_object_freeze_notify (G_OBJECT (self));
  if (self->state != state)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
  self->state = state;
  if (g_strcmp0 (self->message, message) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
  g_free (self->message);
  self->message = g_strdup (message);
  g_object_thaw_notify (G_OBJECT (self));
}

GhWorkspace *
gh_job_item_get_workspace (GhJobItem *self)
{
  g_return_val_if_fail (GH_IS_JOB_ITEM (self), NULL);
  return self->workspace;
}

char *
gh_job_item_dup_name (GhJobItem *self)
{
  g_return_val_if_fail (GH_IS_JOB_ITEM (self), NULL);
  if (self->workspace != NULL)
    return g_strdup (gh_workspace_get_name (self->workspace));
  return g_strconcat (self->key->account, "/", self->key->id, NULL);
}

GhJobItemState
gh_job_item_get_state (GhJobItem *self)
{
  g_return_val_if_fail (GH_IS_JOB_ITEM (self), GH_JOB_ITEM_WAITING);
  return self->state;
}

const char *
gh_job_item_get_message (GhJobItem *self)
{
  g_return_val_if_fail (GH_IS_JOB_ITEM (self), NULL);
  return self->message;
}
