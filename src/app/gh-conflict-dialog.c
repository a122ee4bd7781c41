/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One group of three choices for each conflict. */

#include "gh-conflict-dialog.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-value-type.h"

typedef struct
{
  const GhSetting *setting;
  GVariant *values[GH_N_CHOICES];   /* owned */
  GtkWidget *buttons[GH_N_CHOICES]; /* borrowed */
} GhConflictEntry;

struct _GhConflictDialog
{
  AdwWindow parent_instance;

  GhWorkspace *workspace; /* owned */
  GPtrArray *entries;     /* owned, of GhConflictEntry */

  /* Template */
  AdwWindowTitle *title;
  AdwPreferencesPage *page;
};

enum
{
  SIGNAL_RESOLVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhConflictDialog, gh_conflict_dialog, ADW_TYPE_WINDOW)

static void
conflict_entry_free (gpointer data)
{
  GhConflictEntry *entry = data;

  for (guint i = 0; i < GH_N_CHOICES; i++)
    g_clear_pointer (&entry->values[i], g_variant_unref);
  g_free (entry);
}

static const char *
get_choice_title (GhConflictChoice choice)
{
  switch (choice)
    {
    case GH_CHOICE_YOURS:
      return _ ("Yours");
    case GH_CHOICE_THEIRS:
      return _ ("Theirs");
    case GH_CHOICE_BEFORE:
      return _ ("Before");
    }

  g_return_val_if_reached ("");
}

static GtkWidget *
create_choice (GhConflictEntry *entry, GhConflictChoice choice)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_check_button_new ();
  const char *title = get_choice_title (choice);
  g_autofree char *words = gh_value_describe (entry->setting, entry->values[choice]);
  g_autofree char *name
    = g_strdup_printf ("%s, %s: %s", gh_setting_get_title (entry->setting), title, words);

  entry->buttons[choice] = button;
  if (choice != GH_CHOICE_YOURS)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (button),
                                GTK_CHECK_BUTTON (entry->buttons[GH_CHOICE_YOURS]));
  gh_accessible_set_name (button, name);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 6);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  return row;
}

static void
add_conflict (GhConflictDialog *self, const GhConflict *conflict)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  GhConflictEntry *entry = g_new0 (GhConflictEntry, 1);

  entry->setting = conflict->setting;
  entry->values[GH_CHOICE_YOURS] = g_variant_ref (conflict->yours);
  entry->values[GH_CHOICE_THEIRS] = g_variant_ref (conflict->theirs);
  entry->values[GH_CHOICE_BEFORE] = g_variant_ref (conflict->base);
  adw_preferences_group_set_title (group, gh_setting_get_title (conflict->setting));
  for (guint i = 0; i < GH_N_CHOICES; i++)
    adw_preferences_group_add (group, create_choice (entry, (GhConflictChoice) i));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (entry->buttons[GH_CHOICE_YOURS]), TRUE);
  adw_preferences_page_add (self->page, group);
  g_ptr_array_add (self->entries, entry);
}

static GVariant *
get_chosen (const GhConflictEntry *entry)
{
  for (guint i = 0; i < GH_N_CHOICES; i++)
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (entry->buttons[i])))
      return entry->values[i];

  return entry->values[GH_CHOICE_YOURS];
}

static void
choose_for_all (GhConflictDialog *self, GhConflictChoice choice)
{
  for (guint i = 0; i < self->entries->len; i++)
    gh_conflict_dialog_choose (self, i, choice);
}

static void
choose_yours (GtkWidget *widget, const char *action, GVariant *parameter)
{
  choose_for_all (GH_CONFLICT_DIALOG (widget), GH_CHOICE_YOURS);
}

static void
choose_theirs (GtkWidget *widget, const char *action, GVariant *parameter)
{
  choose_for_all (GH_CONFLICT_DIALOG (widget), GH_CHOICE_THEIRS);
}

static void
use (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhConflictDialog *self = GH_CONFLICT_DIALOG (widget);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const GhConflictEntry *entry = g_ptr_array_index (self->entries, i);
      g_autoptr (GError) error = NULL;

      if (!gh_workspace_resolve (self->workspace, entry->setting, get_chosen (entry), &error))
        {
          adw_window_title_set_subtitle (self->title, error->message);
          return;
        }
    }

  g_signal_emit (self, signals[SIGNAL_RESOLVED], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
gh_conflict_dialog_dispose (GObject *object)
{
  GhConflictDialog *self = GH_CONFLICT_DIALOG (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->entries, g_ptr_array_unref);

  G_OBJECT_CLASS (gh_conflict_dialog_parent_class)->dispose (object);
}

static void
gh_conflict_dialog_class_init (GhConflictDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_conflict_dialog_dispose;
  signals[SIGNAL_RESOLVED] = g_signal_new (
    "resolved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-conflict-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GhConflictDialog, title);
  gtk_widget_class_bind_template_child (widget_class, GhConflictDialog, page);
  gtk_widget_class_install_action (widget_class, "conflict.yours", NULL, choose_yours);
  gtk_widget_class_install_action (widget_class, "conflict.theirs", NULL, choose_theirs);
  gtk_widget_class_install_action (widget_class, "conflict.use", NULL, use);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
gh_conflict_dialog_init (GhConflictDialog *self)
{
  self->entries = g_ptr_array_new_with_free_func (conflict_entry_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWindow *
gh_conflict_dialog_new (GhWorkspace *workspace)
{
  GhConflictDialog *self = g_object_new (GH_TYPE_CONFLICT_DIALOG, NULL);
  GPtrArray *conflicts = gh_workspace_get_conflicts (workspace);

  self->workspace = g_object_ref (workspace);
  adw_window_title_set_subtitle (self->title, gh_workspace_get_name (workspace));
  for (guint i = 0; i < conflicts->len; i++)
    add_conflict (self, g_ptr_array_index (conflicts, i));
  gh_accessible_name_groups (GTK_WIDGET (self));
  return GTK_WINDOW (self);
}

guint
gh_conflict_dialog_get_n_conflicts (GhConflictDialog *self)
{
  g_return_val_if_fail (GH_IS_CONFLICT_DIALOG (self), 0);

  return self->entries->len;
}

void
gh_conflict_dialog_choose (GhConflictDialog *self, guint index, GhConflictChoice choice)
{
  const GhConflictEntry *entry;

  g_return_if_fail (GH_IS_CONFLICT_DIALOG (self));
  g_return_if_fail (index < self->entries->len && choice < GH_N_CHOICES);

  entry = g_ptr_array_index (self->entries, index);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (entry->buttons[choice]), TRUE);
}
