/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A filtered list view over the fleet. */

#include "gh-workspace-list.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-workspace-row.h"
#include "gh-workspace-search.h"

struct _GhWorkspaceList
{
  AdwBin parent_instance;

  GListModel *model;             /* owned, or NULL */
  GtkFilterListModel *filtered;  /* owned */
  GtkSingleSelection *selection; /* owned */
  GtkFilter *filter;             /* borrowed from filtered */
  char *needle;                  /* owned: casefolded search text */
  GtkNoSelection *many;          /* owned: the list while many are selected */
  GHashTable *chosen;            /* owned, of borrowed GhWorkspace: the many */
  GPtrArray *rows;               /* owned, of borrowed GtkListItem: those that are bound */
  char *tag;                     /* owned, or NULL for all */
  guint tags_source;
  gboolean selecting;

  /* Template */
  GtkSearchEntry *search_entry;
  GtkDropDown *tag_drop_down;
  GtkStringList *tags;
  GtkStack *stack;
  GtkListView *list_view;
  GtkLabel *count_label;
};

enum
{
  PROP_SELECTING = 1,
  N_PROPERTIES,
};

enum
{
  SIGNAL_OPENED,
  SIGNAL_APPLY_TO_MANY,
  SIGNAL_COMPARE_MANY,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhWorkspaceList, gh_workspace_list, ADW_TYPE_BIN)

static gboolean
matches (gpointer item, gpointer user_data)
{
  GhWorkspaceList *self = user_data;

  return gh_workspace_search_matches (item, self->needle, self->tag);
}

static void
show_count (GhWorkspaceList *self)
{
  gboolean nothing = self->model != NULL && g_list_model_get_n_items (self->model) > 0
                     && gh_workspace_list_get_n_shown (self) == 0;

  gtk_stack_set_visible_child_name (self->stack, nothing ? "nothing" : "list");
}

static void
on_filter_changed (GhWorkspaceList *self)
{
  guint selected = gtk_drop_down_get_selected (self->tag_drop_down);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));

  g_free (self->needle);
  self->needle = g_utf8_casefold (text, -1);
  g_strstrip (self->needle);
  g_free (self->tag);
  self->tag = selected == 0 || selected == GTK_INVALID_LIST_POSITION
                ? NULL
                : g_strdup (gtk_string_list_get_string (self->tags, selected));
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  show_count (self);
}

static gboolean
on_show_tags (gpointer user_data)
{
  GhWorkspaceList *self = user_data;
  g_auto (GStrv) tags = gh_workspace_search_dup_tags (self->model);
  g_autofree char *chosen = g_strdup (self->tag);
  guint n_tags = g_strv_length (tags);

  self->tags_source = 0;
  gtk_string_list_splice (self->tags,
                          1,
                          g_list_model_get_n_items (G_LIST_MODEL (self->tags)) - 1,
                          (const char *const *) tags);
  gtk_widget_set_visible (GTK_WIDGET (self->tag_drop_down), n_tags > 0);
  for (guint i = 0; chosen != NULL && i < n_tags; i++)
    if (g_str_equal (tags[i], chosen))
      gtk_drop_down_set_selected (self->tag_drop_down, i + 1);
  return G_SOURCE_REMOVE;
}

static void
show_row (GhWorkspaceList *self, GtkListItem *item)
{
  gh_workspace_row_set_selecting (
    GH_WORKSPACE_ROW (gtk_list_item_get_child (item)),
    self->selecting,
    g_hash_table_contains (self->chosen, gtk_list_item_get_item (item)));
}

static void
show_chosen (GhWorkspaceList *self)
{
  guint n_chosen = g_hash_table_size (self->chosen);
  g_autofree char *words
    = g_strdup_printf (ngettext ("%u selected", "%u selected", n_chosen), n_chosen);

  for (guint i = 0; i < self->rows->len; i++)
    show_row (self, g_ptr_array_index (self->rows, i));
  gtk_label_set_label (self->count_label, words);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workspaces.apply", n_chosen > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "workspaces.compare", n_chosen > 1);
}

/* What is gone is selected no more. */
static void
prune_chosen (GhWorkspaceList *self)
{
  g_autoptr (GPtrArray) many = gh_workspace_list_dup_many (self);

  g_hash_table_remove_all (self->chosen);
  for (guint i = 0; i < many->len; i++)
    g_hash_table_add (self->chosen, g_ptr_array_index (many, i));
  show_chosen (self);
}

static void
on_items_changed (GhWorkspaceList *self)
{
  if (self->selecting)
    prune_chosen (self);
  if (self->tags_source == 0)
    self->tags_source = g_idle_add (on_show_tags, self);
  show_count (self);
}

static void
on_activate (GhWorkspaceList *self, guint position)
{
  g_autoptr (GhWorkspace) workspace
    = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (workspace != NULL && self->selecting)
    gh_workspace_list_toggle (self, workspace);
  else if (workspace != NULL)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, workspace);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, gh_workspace_row_new ());
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, GhWorkspaceList *self)
{
  g_ptr_array_add (self->rows, item);
  gh_workspace_row_set_workspace (GH_WORKSPACE_ROW (gtk_list_item_get_child (item)),
                                  gtk_list_item_get_item (item));
  show_row (self, item);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, GhWorkspaceList *self)
{
  g_ptr_array_remove (self->rows, item);
  gh_workspace_row_set_workspace (GH_WORKSPACE_ROW (gtk_list_item_get_child (item)), NULL);
}

static GtkListItemFactory *
create_factory (GhWorkspaceList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  return factory;
}

static void
gh_workspace_list_dispose (GObject *object)
{
  GhWorkspaceList *self = GH_WORKSPACE_LIST (object);

  g_clear_handle_id (&self->tags_source, g_source_remove);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (GTK_CUSTOM_FILTER (self->filter), NULL, NULL, NULL);
  self->filter = NULL;
  g_clear_object (&self->model);
  g_clear_object (&self->selection);
  g_clear_object (&self->many);
  g_clear_object (&self->filtered);

  G_OBJECT_CLASS (gh_workspace_list_parent_class)->dispose (object);
}

static void
gh_workspace_list_finalize (GObject *object)
{
  GhWorkspaceList *self = GH_WORKSPACE_LIST (object);

  g_free (self->needle);
  g_free (self->tag);
  g_hash_table_unref (self->chosen);
  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (gh_workspace_list_parent_class)->finalize (object);
}

static void
gh_workspace_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SELECTING)
    g_value_set_boolean (value, GH_WORKSPACE_LIST (object)->selecting);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gh_workspace_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SELECTING)
    gh_workspace_list_set_selecting (GH_WORKSPACE_LIST (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
select_all (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhWorkspaceList *self = GH_WORKSPACE_LIST (widget);
  GListModel *shown = G_LIST_MODEL (self->filtered);

  gh_workspace_list_set_selecting (self, TRUE);
  for (guint i = 0; i < g_list_model_get_n_items (shown); i++)
    {
      g_autoptr (GhWorkspace) workspace = g_list_model_get_item (shown, i);

      g_hash_table_add (self->chosen, workspace);
    }
  show_chosen (self);
}

static void
apply (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_APPLY_TO_MANY], 0);
}

static void
compare (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_COMPARE_MANY], 0);
}

static gboolean
leave_selecting (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  gboolean selecting = GH_WORKSPACE_LIST (widget)->selecting;

  gh_workspace_list_set_selecting (GH_WORKSPACE_LIST (widget), FALSE);
  return selecting;
}

static void
install_selecting (GhWorkspaceListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = gh_workspace_list_get_property;
  G_OBJECT_CLASS (klass)->set_property = gh_workspace_list_set_property;
  properties[PROP_SELECTING]
    = g_param_spec_boolean ("selecting",
                            NULL,
                            NULL,
                            FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPERTIES, properties);
  signals[SIGNAL_APPLY_TO_MANY]
    = g_signal_new ("apply-to-many", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_COMPARE_MANY]
    = g_signal_new ("compare-many", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "workspaces.select-all", NULL, select_all);
  gtk_widget_class_add_binding_action (
    widget_class, GDK_KEY_a, GDK_CONTROL_MASK, "workspaces.select-all", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, leave_selecting, NULL);
  gtk_widget_class_install_action (widget_class, "workspaces.apply", NULL, apply);
  gtk_widget_class_install_action (widget_class, "workspaces.compare", NULL, compare);
}

static void
gh_workspace_list_class_init (GhWorkspaceListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_workspace_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = gh_workspace_list_finalize;
  signals[SIGNAL_OPENED] = g_signal_new ("opened",
                                         G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         GH_TYPE_WORKSPACE);

  install_selecting (klass);
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-workspace-list.ui");
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceList, search_entry);
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceList, tag_drop_down);
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceList, tags);
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceList, stack);
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceList, list_view);
  gtk_widget_class_bind_template_child (widget_class, GhWorkspaceList, count_label);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
}

static void
gh_workspace_list_init (GhWorkspaceList *self)
{
  g_autoptr (GtkListItemFactory) factory = create_factory (self);

  self->needle = g_strdup ("");
  self->chosen = g_hash_table_new (NULL, NULL);
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filter = GTK_FILTER (gtk_custom_filter_new (matches, self, NULL));
  self->filtered = gtk_filter_list_model_new (NULL, self->filter);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->filtered)));
  self->many = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->filtered)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, GTK_SELECTION_MODEL (self->selection));
  gh_accessible_set_name (GTK_WIDGET (self->tag_drop_down),
                          _ ("Show only workspaces with this tag"));
  gh_accessible_set_name (GTK_WIDGET (self->search_entry), _ ("Search workspaces"));
  show_chosen (self);
  gtk_search_entry_set_key_capture_widget (self->search_entry, GTK_WIDGET (self));
}

void
gh_workspace_list_set_model (GhWorkspaceList *self, GListModel *workspaces)
{
  g_return_if_fail (GH_IS_WORKSPACE_LIST (self));
  g_return_if_fail (self->model == NULL);

  self->model = g_object_ref (workspaces);
  gtk_filter_list_model_set_model (self->filtered, workspaces);
  g_signal_connect_object (
    workspaces, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  on_items_changed (self);
}

GhWorkspace *
gh_workspace_list_get_selected (GhWorkspaceList *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE_LIST (self), NULL);

  return gtk_single_selection_get_selected_item (self->selection);
}

void
gh_workspace_list_select (GhWorkspaceList *self, GhWorkspace *workspace)
{
  guint n_items;

  g_return_if_fail (GH_IS_WORKSPACE_LIST (self));

  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GhWorkspace) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (item == workspace)
        gtk_single_selection_set_selected (self->selection, i);
    }
}

guint
gh_workspace_list_get_n_shown (GhWorkspaceList *self)
{
  g_return_val_if_fail (GH_IS_WORKSPACE_LIST (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
}

void
gh_workspace_list_search (GhWorkspaceList *self, const char *text)
{
  g_return_if_fail (GH_IS_WORKSPACE_LIST (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
  on_filter_changed (self);
}

GPtrArray *
gh_workspace_list_dup_many (GhWorkspaceList *self)
{
  GPtrArray *many = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_items = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GhWorkspace) workspace = g_list_model_get_item (self->model, i);

      if (g_hash_table_contains (self->chosen, workspace))
        g_ptr_array_add (many, g_steal_pointer (&workspace));
    }

  return many;
}

void
gh_workspace_list_set_selecting (GhWorkspaceList *self, gboolean selecting)
{
  g_return_if_fail (GH_IS_WORKSPACE_LIST (self));

  if (self->selecting == selecting)
    return;

  self->selecting = selecting;
  g_hash_table_remove_all (self->chosen);
  gtk_list_view_set_model (self->list_view,
                           selecting ? GTK_SELECTION_MODEL (self->many)
                                     : GTK_SELECTION_MODEL (self->selection));
  show_chosen (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTING]);
}

void
gh_workspace_list_toggle (GhWorkspaceList *self, GhWorkspace *workspace)
{
  g_return_if_fail (GH_IS_WORKSPACE_LIST (self));

  if (!g_hash_table_remove (self->chosen, workspace))
    g_hash_table_add (self->chosen, workspace);
  show_chosen (self);
}
