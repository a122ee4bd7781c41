/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row for each community, and one apply for all that is drafted. */

#include "gh-communities-dialog.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-each.h"
#include "gh-workspace-communities.h"

#define SEARCHED_FROM 8 /* communities: fewer are seen at a glance */

struct _GhCommunitiesDialog
{
  AdwWindow parent_instance;

  GhFormContext *context; /* owned */
  GhWorkspace *workspace; /* owned */
  const GhSetting *setting;
  GPtrArray *ids;            /* owned: of the communities that have rows */
  GCancellable *cancellable; /* owned: of the reading */
  gboolean reading;
  gboolean applying;

  /* Template */
  AdwWindowTitle *title;
  GtkSpinner *spinner;
  GtkRevealer *message_revealer;
  GtkLabel *message_label;
  AdwPreferencesGroup *reason_group;
  GtkEditable *reason_row;
  GtkWidget *search_entry;
  GtkListBox *list;
  GtkLabel *more_label;
};

enum
{
  SIGNAL_APPLIED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhCommunitiesDialog, gh_communities_dialog, ADW_TYPE_WINDOW)

static void
show_message (GhCommunitiesDialog *self, const char *words)
{
  gtk_label_set_label (self->message_label, words != NULL ? words : "");
  gtk_revealer_set_reveal_child (self->message_revealer, words != NULL);
}

/* Over all settings: what is applied is all that is drafted for a community. */
static guint
count_drafted (GhCommunitiesDialog *self, guint *n_others)
{
  GPtrArray *communities = gh_workspace_get_communities (self->workspace);
  guint n = 0;
  guint n_here = 0;

  for (guint i = 0; communities != NULL && i < communities->len; i++)
    {
      const GhCommunityRecord *community = g_ptr_array_index (communities, i);

      n += community->changes->len;
      n_here += gh_override_changes_find (community->changes, self->setting) != NULL;
    }
  *n_others = n - n_here;
  return n;
}

static void
describe_drafted (GhCommunitiesDialog *self, guint n, guint n_others)
{
  g_autofree char *title = g_strdup_printf (
    ngettext ("%u change drafted for communities", "%u changes drafted for communities", n), n);
  g_autofree char *others = g_strdup_printf (
    ngettext ("%u of them is of another setting and is applied with the others.",
              "%u of them are of other settings and are applied with the others.",
              n_others),
    n_others);

  adw_preferences_group_set_title (self->reason_group, title);
  adw_preferences_group_set_description (
    self->reason_group, n_others > 0 ? others : _ ("Nothing of it holds before it is applied."));
  gtk_widget_set_visible (GTK_WIDGET (self->reason_group), n > 0);
}

static void
update_apply (GhCommunitiesDialog *self)
{
  guint n_others;
  guint n = count_drafted (self, &n_others);

  describe_drafted (self, n, n_others);
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "communities.apply",
                                 n > 0 && !self->applying
                                   && gh_form_context_get_can_write (self->context));
  gtk_spinner_set_spinning (self->spinner, self->reading || self->applying);
}

static gboolean
is_wanted (const GhCommunityRecord *community, const char *search)
{
  g_autofree char *name = g_utf8_casefold (community->name, -1);
  g_autofree char *wanted = g_utf8_casefold (search, -1);

  return strstr (name, wanted) != NULL || strstr (community->id, search) != NULL;
}

static GPtrArray *
choose_ids (GhCommunitiesDialog *self, guint *n_hidden)
{
  GPtrArray *communities = gh_workspace_get_communities (self->workspace);
  const char *search = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  *n_hidden = 0;
  for (guint i = 0; communities != NULL && i < communities->len; i++)
    {
      const GhCommunityRecord *community = g_ptr_array_index (communities, i);

      if (!is_wanted (community, search))
        continue;
      if (ids->len < GH_COMMUNITIES_DIALOG_MAXIMUM_ROWS)
        g_ptr_array_add (ids, g_strdup (community->id));
      else
        (*n_hidden)++;
    }
  return ids;
}

static gboolean
have_rows (GhCommunitiesDialog *self, GPtrArray *ids)
{
  if (self->ids == NULL || self->ids->len != ids->len)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!g_str_equal (g_ptr_array_index (self->ids, i), g_ptr_array_index (ids, i)))
      return FALSE;
  return TRUE;
}

static void
show_hidden (GhCommunitiesDialog *self, guint n_hidden)
{
  g_autofree char *words = NULL;

  if (self->ids->len == 0)
    words = g_strdup (_ ("There is no such community."));
  else
    words = g_strdup_printf (
      ngettext ("%u more is found by its name.", "%u more are found by their names.", n_hidden),
      n_hidden);
  gtk_label_set_label (self->more_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), self->ids->len == 0 || n_hidden > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->ids->len > 0);
}

/* Takes ids. */
static void
make_rows (GhCommunitiesDialog *self, GPtrArray *ids)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < ids->len; i++)
    gtk_list_box_append (
      self->list, gh_community_row_new (self->context, self->setting, g_ptr_array_index (ids, i)));
  g_clear_pointer (&self->ids, g_ptr_array_unref);
  self->ids = ids;
}

/* Rows stay as long as they are the right ones, so that what is being typed stays too. */
static void
rebuild (GhCommunitiesDialog *self)
{
  guint n_hidden;
  g_autoptr (GPtrArray) ids = choose_ids (self, &n_hidden);

  if (!have_rows (self, ids))
    make_rows (self, g_steal_pointer (&ids));
  show_hidden (self, n_hidden);
}

static void
on_communities_changed (GhCommunitiesDialog *self)
{
  GPtrArray *communities = gh_workspace_get_communities (self->workspace);

  if (gh_form_context_get_workspace (self->context) != self->workspace)
    return;
  gtk_widget_set_visible (self->search_entry,
                          communities != NULL && communities->len >= SEARCHED_FROM);
  rebuild (self);
  update_apply (self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GhCommunitiesDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  gh_workspace_sync_communities_finish (GH_WORKSPACE (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->reading = FALSE;
  update_apply (self);
  if (error == NULL)
    return;
  words = g_strdup_printf (_ ("What is shown is as last read. %s"), error->message);
  show_message (self, words);
}

/* Applying: one community after the other, and then what came of all. */
typedef struct
{
  GhCommunitiesDialog *dialog; /* owned */
  char *reason;                /* owned, or NULL */
  guint n_applied;
  guint n_conflicts;
  guint n_lost;
  GError *error; /* the first, or NULL */
} GhCommunitiesApply;

static void
communities_apply_free (GhCommunitiesApply *apply)
{
  g_object_unref (apply->dialog);
  g_free (apply->reason);
  g_clear_error (&apply->error);
  g_free (apply);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhCommunitiesApply, communities_apply_free)

static void
start_apply (gpointer item,
             gpointer data,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  const GhCommunitiesApply *apply = data;

  gh_workspace_apply_community_async (
    apply->dialog->workspace, item, apply->reason, FALSE, cancellable, callback, user_data);
}

static void
end_apply (gpointer item, gpointer data, GObject *source, GAsyncResult *result)
{
  GhCommunitiesApply *apply = data;
  g_autoptr (GError) error = NULL;
  GhApplyOutcome outcome
    = gh_workspace_apply_community_finish (GH_WORKSPACE (source), result, &error);

  if (error != NULL && apply->error == NULL)
    apply->error = g_steal_pointer (&error);
  else if (outcome == GH_APPLY_APPLIED)
    apply->n_applied++;
  else if (outcome == GH_APPLY_CONFLICT)
    apply->n_conflicts++;
  else if (outcome == GH_APPLY_NOT_APPLIED && error == NULL)
    apply->n_lost++;
}

/* Why not all was applied, or NULL. */
static const char *
find_trouble (const GhCommunitiesApply *apply)
{
  if (apply->error != NULL)
    return apply->error->message;
  if (apply->n_conflicts > 0)
    return _ ("Somebody else changed a community meanwhile. Look at what is marked, then apply "
              "again.");
  if (apply->n_lost > 0)
    return _ ("The answer was lost on the way. The server says that nothing was applied, and "
              "your draft is kept. Try again.");
  return NULL;
}

static void
on_all_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GhCommunitiesApply) apply = user_data;
  GhCommunitiesDialog *self = apply->dialog;
  const char *trouble = find_trouble (apply);
  g_autofree char *words = g_strdup_printf (
    ngettext ("Applied in %u community", "Applied in %u communities", apply->n_applied),
    apply->n_applied);

  if (apply->n_applied > 0)
    g_signal_emit (self, signals[SIGNAL_APPLIED], 0, words);
  self->applying = FALSE;
  if (self->context == NULL) /* closed meanwhile */
    return;
  update_apply (self);
  show_message (self, trouble);
  if (trouble == NULL)
    gtk_editable_set_text (self->reason_row, "");
}

static GPtrArray *
choose_drafted (GhCommunitiesDialog *self)
{
  GPtrArray *communities = gh_workspace_get_communities (self->workspace);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; communities != NULL && i < communities->len; i++)
    {
      const GhCommunityRecord *community = g_ptr_array_index (communities, i);

      if (community->changes->len > 0)
        g_ptr_array_add (ids, g_strdup (community->id));
    }
  return ids;
}

static void
apply (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhCommunitiesDialog *self = GH_COMMUNITIES_DIALOG (widget);
  const char *reason = gtk_editable_get_text (self->reason_row);
  g_autoptr (GPtrArray) ids = choose_drafted (self);
  GhCommunitiesApply *call = g_new0 (GhCommunitiesApply, 1);

  call->dialog = g_object_ref (self);
  call->reason = *reason != '\0' ? g_strdup (reason) : NULL;
  self->applying = TRUE;
  update_apply (self);
  show_message (self, NULL);
  gh_each_async (ids, 1, start_apply, end_apply, call, NULL, on_all_applied, call);
}

static void
on_activated (GhCommunitiesDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "communities.apply", NULL);
}

static void
gh_communities_dialog_dispose (GObject *object)
{
  GhCommunitiesDialog *self = GH_COMMUNITIES_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gh_communities_dialog_parent_class)->dispose (object);
}

static void
gh_communities_dialog_finalize (GObject *object)
{
  GhCommunitiesDialog *self = GH_COMMUNITIES_DIALOG (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->ids, g_ptr_array_unref);

  G_OBJECT_CLASS (gh_communities_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-communities-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GhCommunitiesDialog, title);
  gtk_widget_class_bind_template_child (widget_class, GhCommunitiesDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, GhCommunitiesDialog, message_revealer);
  gtk_widget_class_bind_template_child (widget_class, GhCommunitiesDialog, message_label);
  gtk_widget_class_bind_template_child (widget_class, GhCommunitiesDialog, reason_group);
  gtk_widget_class_bind_template_child (widget_class, GhCommunitiesDialog, reason_row);
  gtk_widget_class_bind_template_child (widget_class, GhCommunitiesDialog, search_entry);
  gtk_widget_class_bind_template_child (widget_class, GhCommunitiesDialog, list);
  gtk_widget_class_bind_template_child (widget_class, GhCommunitiesDialog, more_label);
  gtk_widget_class_bind_template_callback (widget_class, rebuild);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
}

static void
gh_communities_dialog_class_init (GhCommunitiesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_communities_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = gh_communities_dialog_finalize;
  signals[SIGNAL_APPLIED] = g_signal_new ("applied",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          G_TYPE_STRING);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "communities.apply", NULL, apply);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
gh_communities_dialog_init (GhCommunitiesDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
gh_communities_dialog_new (GhFormContext *context, const GhSetting *setting)
{
  GhCommunitiesDialog *self = g_object_new (GH_TYPE_COMMUNITIES_DIALOG, NULL);

  self->context = g_object_ref (context);
  self->workspace = g_object_ref (gh_form_context_get_workspace (context));
  self->setting = setting;
  self->reading = TRUE;
  adw_window_title_set_subtitle (self->title, gh_setting_get_title (setting));
  gh_accessible_name_groups (GTK_WIDGET (self));
  g_signal_connect_swapped (
    context, "communities-changed", G_CALLBACK (on_communities_changed), self);
  g_signal_connect_swapped (context, "notify::can-write", G_CALLBACK (update_apply), self);
  on_communities_changed (self);
  gh_workspace_sync_communities_async (
    self->workspace, self->cancellable, on_read, g_object_ref (self));
  return GTK_WINDOW (self);
}

GhCommunityRow *
gh_communities_dialog_find_row (GhCommunitiesDialog *self, const char *community)
{
  g_return_val_if_fail (GH_IS_COMMUNITIES_DIALOG (self), NULL);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (g_str_equal (gh_community_row_get_community (GH_COMMUNITY_ROW (row)), community))
      return GH_COMMUNITY_ROW (row);
  return NULL;
}

void
gh_communities_dialog_search (GhCommunitiesDialog *self, const char *text)
{
  g_return_if_fail (GH_IS_COMMUNITIES_DIALOG (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
  rebuild (self);
}

void
gh_communities_dialog_set_reason (GhCommunitiesDialog *self, const char *reason)
{
  g_return_if_fail (GH_IS_COMMUNITIES_DIALOG (self));

  gtk_editable_set_text (self->reason_row, reason);
}

const char *
gh_communities_dialog_get_message (GhCommunitiesDialog *self)
{
  g_return_val_if_fail (GH_IS_COMMUNITIES_DIALOG (self), NULL);

  return gtk_label_get_label (self->message_label);
}

gboolean
gh_communities_dialog_is_waiting (GhCommunitiesDialog *self)
{
  g_return_val_if_fail (GH_IS_COMMUNITIES_DIALOG (self), FALSE);

  return self->reading || self->applying;
}
