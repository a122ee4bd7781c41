/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Editing a policy: base, draft and history. */

#include "gh-document.h"
#include "gh-history.h"
#include "gh-step-private.h"
#include "gh-value-type.h"

enum
{
  PROP_0,
  PROP_N_DRAFTED,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  N_PROPERTIES,
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_STEPS,
  N_SIGNALS,
};

struct _GhDocument
{
  GObject parent_instance;

  GhPolicy *base;                  /* owned */
  GVariant *drafts[GH_N_SETTINGS]; /* owned, or NULL where the base holds */
  guint n_drafted;
  gboolean touched[GH_N_SETTINGS]; /* what listeners are to be told of */

  GhHistory history;

  GhStep *open_step; /* owned, between begin and end */
  guint n_begun;

  guint notified[N_PROPERTIES]; /* the properties as they were last told */
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhDocument, gh_document, G_TYPE_OBJECT)

static void
emit_changed (GhDocument *self)
{
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      if (!self->touched[i])
        continue;
      self->touched[i] = FALSE;
      g_signal_emit (
        self, signals[SIGNAL_CHANGED], g_quark_from_static_string (setting->id), setting);
    }
}

static void
notify_if_moved (GhDocument *self, guint property, guint value)
{
  if (self->notified[property] == value)
    return;
  self->notified[property] = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
notify_properties (GhDocument *self)
{
  notify_if_moved (self, PROP_N_DRAFTED, self->n_drafted);
  notify_if_moved (self, PROP_CAN_UNDO, gh_document_can_undo (self));
  notify_if_moved (self, PROP_CAN_REDO, gh_document_can_redo (self));
}

/* Puts a draft in place, or takes it away where it says the same as the base. Tells
 * nobody. Returns whether anything is different now. */
static gboolean
put_draft (GhDocument *self, const GhSetting *setting, GVariant *draft)
{
  guint index = gh_setting_get_index (setting);
  GVariant *old = self->drafts[index];

  if (gh_draft_equal (draft, gh_policy_get (self->base, setting)))
    draft = NULL;
  if (gh_draft_equal (old, draft))
    return FALSE;

  self->drafts[index] = gh_draft_ref (draft);
  self->touched[index] = TRUE;
  self->n_drafted += draft != NULL;
  self->n_drafted -= old != NULL;
  g_clear_pointer (&old, g_variant_unref);
  return TRUE;
}

static void
emit_steps (GhDocument *self, GhDocumentEvent event, GPtrArray *steps)
{
  notify_properties (self);
  g_signal_emit (self, signals[SIGNAL_STEPS], 0, event, steps);
}

static void
emit_step (GhDocument *self, GhDocumentEvent event, GhStep *step)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();

  g_ptr_array_add (steps, step);
  emit_steps (self, event, steps);
}

static void
append_step (GhDocument *self, GhStep *step, gboolean may_amend)
{
  gh_history_append (&self->history, step, may_amend);
  emit_step (self, GH_DOCUMENT_EDITED, step);
}

static void
record (GhDocument *self, const GhSetting *setting, GVariant *before, GVariant *after)
{
  gint64 now = g_get_real_time ();
  GhStep *step;

  if (self->open_step != NULL)
    {
      gh_step_add (self->open_step, setting, before, after);
      notify_properties (self);
      return;
    }

  step = gh_history_find_step_to_amend (&self->history, setting, after, now);
  if (step != NULL)
    {
      step->time = now;
      gh_step_add (step, setting, before, after);
      emit_step (self, GH_DOCUMENT_AMENDED, step);
      return;
    }

  step = gh_step_new (now);
  gh_step_add (step, setting, before, after);
  append_step (self, step, TRUE);
}

/* One edit by the person: draft is what is to be there, or NULL. */
static void
edit (GhDocument *self, const GhSetting *setting, GVariant *draft)
{
  g_autoptr (GVariant) before = gh_draft_ref (gh_document_get_draft (self, setting));

  if (!put_draft (self, setting, draft))
    return;
  record (self, setting, before, gh_document_get_draft (self, setting));
  emit_changed (self);
}

static void
put_step (GhDocument *self, const GhStep *step, gboolean back)
{
  for (guint i = 0; i < step->changes->len; i++)
    {
      const GhStepChange *change = g_ptr_array_index (step->changes, i);

      put_draft (self, change->setting, back ? change->before : change->after);
    }
}

/* Tells who listens once all the steps are in place. */
static gboolean
move (GhDocument *self, GhDocumentEvent event)
{
  g_autoptr (GPtrArray) steps = gh_history_move (&self->history, self, event);

  if (steps->len == 0)
    return FALSE;

  for (guint i = 0; i < steps->len; i++)
    put_step (self, steps->pdata[i], event == GH_DOCUMENT_UNDONE);
  emit_steps (self, event, steps);
  emit_changed (self);
  return TRUE;
}

static void
gh_document_dispose (GObject *object)
{
  GhDocument *self = GH_DOCUMENT (object);

  g_clear_pointer (&self->base, gh_policy_unref);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    g_clear_pointer (&self->drafts[i], g_variant_unref);
  gh_history_clear (&self->history);
  g_clear_pointer (&self->open_step, gh_step_free);

  G_OBJECT_CLASS (gh_document_parent_class)->dispose (object);
}

static void
gh_document_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GhDocument *self = GH_DOCUMENT (object);

  switch (id)
    {
    case PROP_N_DRAFTED:
      g_value_set_uint (value, self->n_drafted);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, gh_document_can_undo (self));
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, gh_document_can_redo (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gh_document_class_init (GhDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = gh_document_dispose;
  object_class->get_property = gh_document_get_property;

  properties[PROP_N_DRAFTED]
    = g_param_spec_uint ("n-drafted", NULL, NULL, 0, GH_N_SETTINGS, 0, flags);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed",
                                          GH_TYPE_DOCUMENT,
                                          G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          G_TYPE_POINTER);
  signals[SIGNAL_STEPS] = g_signal_new ("steps",
                                        GH_TYPE_DOCUMENT,
                                        G_SIGNAL_RUN_LAST,
                                        0,
                                        NULL,
                                        NULL,
                                        NULL,
                                        G_TYPE_NONE,
                                        2,
                                        G_TYPE_INT,
                                        G_TYPE_PTR_ARRAY);
}

static void
gh_document_init (GhDocument *self)
{
  gh_history_init (&self->history);
}

/* Holds its own reference to the base, which must not be set any more. */
GhDocument *
gh_document_new (GhPolicy *base)
{
  GhDocument *self;

  g_return_val_if_fail (base != NULL, NULL);

  self = g_object_new (GH_TYPE_DOCUMENT, NULL);
  self->base = gh_policy_ref (base);
  return self;
}

GhPolicy *
gh_document_get_base (GhDocument *self)
{
  g_return_val_if_fail (GH_IS_DOCUMENT (self), NULL);

  return self->base;
}

void
gh_document_set_base (GhDocument *self, GhPolicy *base)
{
  g_autoptr (GhPolicy) old = NULL;

  g_return_if_fail (GH_IS_DOCUMENT (self));
  g_return_if_fail (base != NULL);

  old = g_steal_pointer (&self->base);
  self->base = gh_policy_ref (base);
  gh_history_close_step (&self->history);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      if (!gh_value_equal (gh_policy_get (old, setting), gh_policy_get (base, setting)))
        self->touched[i] = TRUE;
      put_draft (self, setting, self->drafts[i]);
    }

  notify_properties (self);
  emit_changed (self);
}

GhPolicy *
gh_document_dup_policy (GhDocument *self)
{
  GhPolicy *policy;

  g_return_val_if_fail (GH_IS_DOCUMENT (self), NULL);

  policy = gh_policy_copy (self->base);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    if (self->drafts[i] != NULL)
      gh_policy_set (policy, gh_settings_get_nth (i), self->drafts[i]);

  return policy;
}

/* The drafted value where there is one, the base's otherwise. Borrowed. */
GVariant *
gh_document_get_value (GhDocument *self, const GhSetting *setting)
{
  GVariant *draft = gh_document_get_draft (self, setting);

  return draft != NULL ? draft : gh_document_get_base_value (self, setting);
}

GVariant *
gh_document_get_base_value (GhDocument *self, const GhSetting *setting)
{
  g_return_val_if_fail (GH_IS_DOCUMENT (self), NULL);

  return gh_policy_get (self->base, setting);
}

GVariant *
gh_document_get_draft (GhDocument *self, const GhSetting *setting)
{
  g_return_val_if_fail (GH_IS_DOCUMENT (self), NULL);

  return self->drafts[gh_setting_get_index (setting)];
}

gboolean
gh_document_is_drafted (GhDocument *self, const GhSetting *setting)
{
  return gh_document_get_draft (self, setting) != NULL;
}

guint
gh_document_get_n_drafted (GhDocument *self)
{
  g_return_val_if_fail (GH_IS_DOCUMENT (self), 0);

  return self->n_drafted;
}

gboolean
gh_document_set_value (GhDocument *self, const GhSetting *setting, GVariant *value, GError **error)
{
  g_autoptr (GVariant) owned = NULL;

  g_return_val_if_fail (GH_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  owned = g_variant_ref_sink (value);
  if (!gh_value_check (setting, owned, error))
    return FALSE;

  edit (self, setting, owned);
  return TRUE;
}

void
gh_document_revert (GhDocument *self, const GhSetting *setting)
{
  g_return_if_fail (GH_IS_DOCUMENT (self));

  edit (self, setting, NULL);
}

void
gh_document_begin_step (GhDocument *self)
{
  g_return_if_fail (GH_IS_DOCUMENT (self));

  if (self->n_begun++ == 0)
    self->open_step = gh_step_new (g_get_real_time ());
}

/* Edits that took each other back leave no step. */
void
gh_document_end_step (GhDocument *self)
{
  g_autoptr (GhStep) step = NULL;

  g_return_if_fail (GH_IS_DOCUMENT (self));
  g_return_if_fail (self->n_begun > 0);

  if (--self->n_begun > 0)
    return;

  step = g_steal_pointer (&self->open_step);
  gh_step_prune (step);
  if (step->changes->len > 0)
    append_step (self, g_steal_pointer (&step), FALSE);
}

gboolean
gh_document_can_undo (GhDocument *self)
{
  g_return_val_if_fail (GH_IS_DOCUMENT (self), FALSE);

  return gh_history_find_undo (&self->history, self) != NULL;
}

gboolean
gh_document_can_redo (GhDocument *self)
{
  g_return_val_if_fail (GH_IS_DOCUMENT (self), FALSE);

  return gh_history_find_redo (&self->history, self) != NULL;
}

gboolean
gh_document_undo (GhDocument *self)
{
  g_return_val_if_fail (GH_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (self->open_step == NULL, FALSE);

  return move (self, GH_DOCUMENT_UNDONE);
}

gboolean
gh_document_redo (GhDocument *self)
{
  g_return_val_if_fail (GH_IS_DOCUMENT (self), FALSE);
  g_return_val_if_fail (self->open_step == NULL, FALSE);

  return move (self, GH_DOCUMENT_REDONE);
}

char *
gh_document_dup_undo_label (GhDocument *self)
{
  const GhStep *step = gh_history_find_undo (&self->history, self);

  return step != NULL ? gh_step_dup_undo_label (step, self) : NULL;
}

char *
gh_document_dup_redo_label (GhDocument *self)
{
  const GhStep *step = gh_history_find_redo (&self->history, self);

  return step != NULL ? gh_step_dup_redo_label (step, self) : NULL;
}

/* A draft of another type than its field, as another version may have kept it, is left out. */
void
gh_document_restore (GhDocument *self, GHashTable *drafts, GPtrArray *steps, guint position)
{

  g_return_if_fail (GH_IS_DOCUMENT (self));
  g_return_if_fail (drafts != NULL && steps != NULL && position <= steps->len);
  g_return_if_fail (self->open_step == NULL);

  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      GVariant *draft = g_hash_table_lookup (drafts, setting);

      if (draft != NULL && !g_variant_is_of_type (draft, G_VARIANT_TYPE (setting->type->signature)))
        draft = NULL;
      put_draft (self, setting, draft);
    }

  gh_history_restore (&self->history, steps, position);
  notify_properties (self);
  emit_changed (self);
}
