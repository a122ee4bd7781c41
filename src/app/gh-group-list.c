/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One row per group, made in a loop over the table, and one per other page. */

#include "gh-group-list.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"

typedef struct
{
  const char *id;    /* static: of the group or page */
  const char *title; /* static */
  gboolean is_group;
  GtkWidget *row; /* borrowed */
  GtkWidget *drafted;
  GtkWidget *warnings;
} GhGroupEntry;

struct _GhGroupList
{
  AdwBin parent_instance;

  GhFormContext *context; /* owned, or NULL */
  GArray *entries;        /* owned, of GhGroupEntry */
  GPtrArray *results;     /* owned, of const GhSetting * */

  /* Template */
  GtkSearchEntry *search_entry;
  GtkStack *stack;
  GtkListBox *groups;
  GtkListBox *found;
};

enum
{
  SIGNAL_OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhGroupList, gh_group_list, ADW_TYPE_BIN)

static const struct
{
  const char *id;
  const char *icon_name;
} icons[] = {
  { "password", "dialog-password-symbolic" },
  { "sessions", "system-users-symbolic" },
  { "account-links", "mail-unread-symbolic" },
  { "community-links", "mail-forward-symbolic" },
  { "login-lockout", "changes-prevent-symbolic" },
  { "claim-lockout", "contact-new-symbolic" },
  { "two-step", "phone-symbolic" },
  { "login-page", "avatar-default-symbolic" },
  { "headers", "network-server-symbolic" },
  { "privacy-content", "security-high-symbolic" },
};

static const char *
find_icon (const char *id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_str_equal (icons[i].id, id))
      return icons[i].icon_name;

  return "preferences-system-symbolic";
}

static GtkWidget *
create_badge (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (label, FALSE);
  gtk_widget_add_css_class (label, "badge");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
append_entry (GhGroupList *self,
              const char *id,
              const char *title,
              const char *icon_name,
              gboolean is_group)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *icon = gtk_image_new_from_icon_name (icon_name);
  GtkWidget *label = gtk_label_new (title);
  GhGroupEntry entry
    = { .id = id, .title = title, .is_group = is_group, .row = gtk_list_box_row_new () };

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  entry.warnings = create_badge (box, "warning");
  entry.drafted = create_badge (box, NULL);
  gtk_widget_add_css_class (box, "group-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (entry.row), box);
  gh_accessible_set_name (entry.row, title);
  gtk_list_box_append (self->groups, entry.row);
  g_array_append_val (self->entries, entry);
}

static void
append_entries (GhGroupList *self)
{
  const GhGroup *groups = gh_groups_get_table ();

  for (guint i = 0; i < GH_N_GROUPS; i++)
    append_entry (
      self, groups[i].id, gh_group_get_title (&groups[i]), find_icon (groups[i].id), TRUE);

  append_entry (self, "page-headers", _ ("Header preview"), "view-reveal-symbolic", FALSE);
  append_entry (self, "page-compare", _ ("Compare"), "view-dual-symbolic", FALSE);
  append_entry (self, "page-history", _ ("History"), "document-open-recent-symbolic", FALSE);
}

/* The line between the groups and the other pages. */
static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  GhGroupList *self = user_data;
  guint index = (guint) gtk_list_box_row_get_index (row);
  GhGroupEntry *entry;

  if (index == 0 || index >= self->entries->len)
    return;

  entry = &g_array_index (self->entries, GhGroupEntry, index);
  if (!entry->is_group && (entry - 1)->is_group)
    gtk_list_box_row_set_header (row, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
}

static void
show_badge (GtkWidget *badge, guint count, const char *words)
{
  g_autofree char *text = g_strdup_printf ("%u", count);

  gtk_label_set_label (GTK_LABEL (badge), text);
  gtk_widget_set_tooltip_text (badge, words);
  gtk_widget_set_visible (badge, count > 0);
  gh_accessible_set_name (badge, words);
}

static void
on_refreshed (GhGroupList *self)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      GhGroupEntry *entry = &g_array_index (self->entries, GhGroupEntry, i);
      guint n_drafted, n_warnings;
      g_autofree char *drafted = NULL;
      g_autofree char *warnings = NULL;

      if (!entry->is_group)
        continue;

      n_drafted = gh_form_context_count_drafted (self->context, entry->id);
      n_warnings = gh_form_context_count_warnings (self->context, entry->id);
      drafted = g_strdup_printf (ngettext ("%u drafted change", "%u drafted changes", n_drafted),
                                 n_drafted);
      warnings = g_strdup_printf (ngettext ("%u warning", "%u warnings", n_warnings), n_warnings);
      show_badge (entry->drafted, n_drafted, drafted);
      show_badge (entry->warnings, n_warnings, warnings);
    }
}

static void
on_group_activated (GhGroupList *self, GtkListBoxRow *row)
{
  guint index = (guint) gtk_list_box_row_get_index (row);

  if (index < self->entries->len)
    g_signal_emit (
      self, signals[SIGNAL_OPENED], 0, g_array_index (self->entries, GhGroupEntry, index).id);
}

static void
append_result (GhGroupList *self, const GhSetting *setting)
{
  const GhGroup *group = gh_groups_lookup (setting->group);
  const GhSetting *parent = gh_setting_get_parent (setting);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *title = gtk_label_new (gh_setting_get_title (setting));
  GtkWidget *place
    = gtk_label_new (parent != NULL ? gh_setting_get_title (parent) : gh_group_get_title (group));
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_xalign (GTK_LABEL (place), 0);
  gtk_label_set_wrap (GTK_LABEL (place), TRUE);
  gtk_widget_add_css_class (place, "caption");
  gtk_widget_add_css_class (place, "dim-label");
  gtk_widget_add_css_class (box, "group-row");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), place);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gh_accessible_set_name (row, gh_setting_get_title (setting));
  gtk_list_box_append (self->found, row);
  g_ptr_array_add (self->results, (gpointer) setting);
}

static void
on_search_changed (GhGroupList *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->found))) != NULL)
    gtk_list_box_remove (self->found, row);
  g_ptr_array_set_size (self->results, 0);

  for (guint i = 0; *text != '\0' && i < GH_N_SETTINGS; i++)
    if (gh_setting_matches (gh_settings_get_nth (i), text))
      append_result (self, gh_settings_get_nth (i));

  gtk_stack_set_visible_child_name (self->stack,
                                    *text == '\0'             ? "groups"
                                    : self->results->len == 0 ? "nothing"
                                                              : "found");
}

static void
on_found_activated (GhGroupList *self, GtkListBoxRow *row)
{
  gh_group_list_open_found (self, (guint) gtk_list_box_row_get_index (row));
}

static void
on_search_activated (GhGroupList *self)
{
  on_search_changed (self);
  gh_group_list_open_found (self, 0);
}

static void
on_stop_search (GhGroupList *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
}

static void
gh_group_list_dispose (GObject *object)
{
  GhGroupList *self = GH_GROUP_LIST (object);

  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gh_group_list_parent_class)->dispose (object);
}

static void
gh_group_list_finalize (GObject *object)
{
  GhGroupList *self = GH_GROUP_LIST (object);

  g_array_unref (self->entries);
  g_ptr_array_unref (self->results);

  G_OBJECT_CLASS (gh_group_list_parent_class)->finalize (object);
}

static void
gh_group_list_class_init (GhGroupListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_group_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = gh_group_list_finalize;
  signals[SIGNAL_OPENED] = g_signal_new ("opened",
                                         G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-group-list.ui");
  gtk_widget_class_bind_template_child (widget_class, GhGroupList, search_entry);
  gtk_widget_class_bind_template_child (widget_class, GhGroupList, stack);
  gtk_widget_class_bind_template_child (widget_class, GhGroupList, groups);
  gtk_widget_class_bind_template_child (widget_class, GhGroupList, found);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_group_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_found_activated);
}

static void
gh_group_list_init (GhGroupList *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (GhGroupEntry));
  self->results = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gh_accessible_set_name (GTK_WIDGET (self->search_entry), _ ("Search settings"));
  append_entries (self);
  gtk_list_box_set_header_func (self->groups, update_header, self, NULL);
}

void
gh_group_list_set_context (GhGroupList *self, GhFormContext *context)
{
  g_return_if_fail (GH_IS_GROUP_LIST (self));
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  g_signal_connect_swapped (context, "refreshed", G_CALLBACK (on_refreshed), self);
  on_refreshed (self);
}

void
gh_group_list_select (GhGroupList *self, const char *page)
{
  g_return_if_fail (GH_IS_GROUP_LIST (self));

  for (guint i = 0; i < self->entries->len; i++)
    {
      GhGroupEntry *entry = &g_array_index (self->entries, GhGroupEntry, i);

      if (g_str_equal (entry->id, page))
        gtk_list_box_select_row (self->groups, GTK_LIST_BOX_ROW (entry->row));
    }
}

const char *
gh_group_list_get_title (GhGroupList *self, const char *page)
{
  g_return_val_if_fail (GH_IS_GROUP_LIST (self), NULL);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const GhGroupEntry *entry = &g_array_index (self->entries, GhGroupEntry, i);

      if (g_str_equal (entry->id, page))
        return entry->title;
    }

  return NULL;
}

void
gh_group_list_start_search (GhGroupList *self, const char *text)
{
  g_return_if_fail (GH_IS_GROUP_LIST (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
  if (text == NULL)
    return;

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
  on_search_changed (self);
}

GPtrArray *
gh_group_list_dup_found (GhGroupList *self)
{
  g_return_val_if_fail (GH_IS_GROUP_LIST (self), NULL);

  return g_ptr_array_copy (self->results, NULL, NULL);
}

void
gh_group_list_open_found (GhGroupList *self, guint index)
{
  const GhSetting *setting;

  g_return_if_fail (GH_IS_GROUP_LIST (self));

  if (index >= self->results->len)
    return;

  setting = g_ptr_array_index (self->results, index);
  gh_form_context_go_to (self->context, setting->id);
}
