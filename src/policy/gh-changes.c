/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The drafted fields of a document as a list model. A field that is edited again stays
 * the same item, whose properties are notified. */

#include "gh-changes.h"
#include "gh-value-type.h"

struct _GhChange
{
  GObject parent_instance;

  const GhSetting *setting;
  GVariant *before; /* owned */
  GVariant *after;  /* owned */
};

enum
{
  PROP_0,
  PROP_FIELD,
  PROP_TITLE,
  PROP_BEFORE_TEXT,
  PROP_AFTER_TEXT,
  PROP_WEAKER,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (GhChange, gh_change, G_TYPE_OBJECT)

static void
gh_change_finalize (GObject *object)
{
  GhChange *self = GH_CHANGE (object);

  g_clear_pointer (&self->before, g_variant_unref);
  g_clear_pointer (&self->after, g_variant_unref);

  G_OBJECT_CLASS (gh_change_parent_class)->finalize (object);
}

static void
gh_change_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GhChange *self = GH_CHANGE (object);

  switch (id)
    {
    case PROP_FIELD:
      g_value_set_static_string (value, self->setting->id);
      break;
    case PROP_TITLE:
      g_value_set_static_string (value, gh_setting_get_title (self->setting));
      break;
    case PROP_BEFORE_TEXT:
      g_value_take_string (value, gh_value_describe (self->setting, self->before));
      break;
    case PROP_AFTER_TEXT:
      g_value_take_string (value, gh_value_describe (self->setting, self->after));
      break;
    case PROP_WEAKER:
      g_value_set_boolean (value, gh_change_is_weaker (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gh_change_class_init (GhChangeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = gh_change_finalize;
  object_class->get_property = gh_change_get_property;

  properties[PROP_FIELD] = g_param_spec_string ("field", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_BEFORE_TEXT] = g_param_spec_string ("before-text", NULL, NULL, NULL, flags);
  properties[PROP_AFTER_TEXT] = g_param_spec_string ("after-text", NULL, NULL, NULL, flags);
  properties[PROP_WEAKER] = g_param_spec_boolean ("weaker", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
gh_change_init (GhChange *self)
{
}

static void
replace_value (GVariant **place, GVariant *value)
{
  GVariant *old = *place;

  *place = g_variant_ref (value);
  g_clear_pointer (&old, g_variant_unref);
}

/* Reads the values again, and notifies what they show. */
static void
change_update (GhChange *self, GhDocument *document)
{
  replace_value (&self->before, gh_document_get_base_value (document, self->setting));
  replace_value (&self->after, gh_document_get_value (document, self->setting));

  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BEFORE_TEXT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AFTER_TEXT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WEAKER]);
  g_object_thaw_notify (G_OBJECT (self));
}

static GhChange *
change_new (GhDocument *document, const GhSetting *setting)
{
  GhChange *self = g_object_new (GH_TYPE_CHANGE, NULL);

  self->setting = setting;
  change_update (self, document);
  return self;
}

const GhSetting *
gh_change_get_setting (GhChange *self)
{
  g_return_val_if_fail (GH_IS_CHANGE (self), NULL);

  return self->setting;
}

GVariant *
gh_change_get_before (GhChange *self)
{
  g_return_val_if_fail (GH_IS_CHANGE (self), NULL);

  return self->before;
}

GVariant *
gh_change_get_after (GhChange *self)
{
  g_return_val_if_fail (GH_IS_CHANGE (self), NULL);

  return self->after;
}

gboolean
gh_change_is_weaker (GhChange *self)
{
  g_return_val_if_fail (GH_IS_CHANGE (self), FALSE);

  return gh_setting_is_weaker (self->setting, self->before, self->after);
}

struct _GhChanges
{
  GObject parent_instance;

  GhDocument *document; /* owned */
  GPtrArray *items;     /* of owned GhChange, in table order */
};

static GType
gh_changes_get_item_type (GListModel *model)
{
  return GH_TYPE_CHANGE;
}

static guint
gh_changes_get_n_items (GListModel *model)
{
  return GH_CHANGES (model)->items->len;
}

static gpointer
gh_changes_get_item (GListModel *model, guint position)
{
  GPtrArray *items = GH_CHANGES (model)->items;

  return position < items->len ? g_object_ref (g_ptr_array_index (items, position)) : NULL;
}

static void
gh_changes_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = gh_changes_get_item_type;
  iface->get_n_items = gh_changes_get_n_items;
  iface->get_item = gh_changes_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (GhChanges,
                               gh_changes,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      gh_changes_list_model_init))

/* The place of a field's item, or where it belongs when there is none. */
static guint
find_place (GhChanges *self, const GhSetting *setting, GhChange **change)
{
  guint place = 0;

  while (place < self->items->len)
    {
      GhChange *item = g_ptr_array_index (self->items, place);

      if (item->setting >= setting)
        {
          *change = item->setting == setting ? item : NULL;
          return place;
        }
      place++;
    }

  *change = NULL;
  return place;
}

static void
on_document_changed (GhChanges *self, const GhSetting *setting)
{
  gboolean is_drafted = gh_document_is_drafted (self->document, setting);
  GhChange *change;
  guint place = find_place (self, setting, &change);

  if (change != NULL && is_drafted)
    change_update (change, self->document);
  else if (change != NULL)
    {
      g_ptr_array_remove_index (self->items, place);
      g_list_model_items_changed (G_LIST_MODEL (self), place, 1, 0);
    }
  else if (is_drafted)
    {
      g_ptr_array_insert (self->items, (int) place, change_new (self->document, setting));
      g_list_model_items_changed (G_LIST_MODEL (self), place, 0, 1);
    }
}

static void
gh_changes_dispose (GObject *object)
{
  GhChanges *self = GH_CHANGES (object);

  g_clear_object (&self->document);
  g_clear_pointer (&self->items, g_ptr_array_unref);

  G_OBJECT_CLASS (gh_changes_parent_class)->dispose (object);
}

static void
gh_changes_class_init (GhChangesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gh_changes_dispose;
}

static void
gh_changes_init (GhChanges *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

GhChanges *
gh_changes_new (GhDocument *document)
{
  GhChanges *self;

  g_return_val_if_fail (GH_IS_DOCUMENT (document), NULL);

  self = g_object_new (GH_TYPE_CHANGES, NULL);
  self->document = g_object_ref (document);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    if (gh_document_is_drafted (document, gh_settings_get_nth (i)))
      g_ptr_array_add (self->items, change_new (document, gh_settings_get_nth (i)));

  g_signal_connect_object (
    document, "changed", G_CALLBACK (on_document_changed), self, G_CONNECT_SWAPPED);
  return self;
}
