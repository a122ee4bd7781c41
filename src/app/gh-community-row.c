/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shows what the store says of a community and drafts what the person does. */

#include "gh-community-row.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-row-box.h"
#include "gh-value-type.h"
#include "gh-workspace-communities.h"

enum
{
  ORIGIN_INHERITED,
  ORIGIN_OWN,
};

struct _GhCommunityRow
{
  AdwPreferencesRow parent_instance;

  GhFormContext *context; /* owned */
  GhWorkspace *workspace; /* owned */
  const GhSetting *setting;
  char *community;         /* owned: the id */
  GhSettingEditor *editor; /* borrowed child */
  guint n_saving;          /* drafts on their way into the store */
  gboolean showing;        /* the widgets change because of what the store says */
  gboolean invalid;        /* what is typed is no value: it stays until it is */

  /* Template */
  GtkWidget *drafted_dot;
  GtkLabel *name_label;
  GtkLabel *words_label;
  GtkWidget *revert_button;
  GtkDropDown *origin_chooser;
  AdwBin *editor_bin;
  GtkLabel *error_label;
  GtkLabel *warning_label;
};

G_DEFINE_FINAL_TYPE (GhCommunityRow, gh_community_row, ADW_TYPE_PREFERENCES_ROW)

static void
show_words (GtkLabel *label, const char *words)
{
  gtk_label_set_label (label, words);
  gtk_widget_set_visible (GTK_WIDGET (label), *words != '\0');
}

/* What the community inherits, with what is drafted for the workspace. */
static GVariant *
get_inherited (GhCommunityRow *self)
{
  GhDocument *document = gh_form_context_get_document (self->context);

  return document != NULL ? gh_document_get_value (document, self->setting)
                          : gh_setting_get_default (self->setting);
}

static const GhCommunityRecord *
find_record (GhCommunityRow *self)
{
  return gh_workspace_find_community (self->workspace, self->community, NULL);
}

static void
show_origin (GhCommunityRow *self, gboolean own)
{
  g_autofree char *value = gh_value_describe (self->setting, get_inherited (self));
  g_autofree char *words = g_strdup_printf (own ? _ ("A value of its own. The workspace has: %s.")
                                                : _ ("Inherited from the workspace: %s."),
                                            value);

  gtk_label_set_label (self->words_label, words);
  gtk_drop_down_set_selected (self->origin_chooser, own ? ORIGIN_OWN : ORIGIN_INHERITED);
  gtk_widget_set_visible (GTK_WIDGET (self->editor_bin), own);
}

static void
show_conflict (GhCommunityRow *self,
               const GhCommunityRecord *record,
               const GhOverrideChange *change)
{
  GVariant *theirs = gh_overrides_get (record->overrides, self->setting);
  g_autofree char *value = theirs != NULL ? gh_value_describe (self->setting, theirs) : NULL;
  g_autofree char *words = NULL;

  if (change == NULL || !gh_override_change_conflicts (change, record->overrides))
    words = g_strdup ("");
  else if (value == NULL)
    words = g_strdup (_ ("On the server the value was given back to the workspace meanwhile. "
                         "Choose again, or take your change back."));
  else
    words = g_strdup_printf (_ ("The server has “%s” meanwhile. Choose again, or take your change "
                                "back."),
                             value);
  show_words (self->error_label, words);
}

static void
show_warnings (GhCommunityRow *self, const GhCommunityRecord *record)
{
  g_autoptr (GPtrArray) findings = gh_workspace_get_document (self->workspace) != NULL
                                     ? gh_workspace_check_community (self->workspace, record)
                                     : g_ptr_array_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      const GhFinding *finding = g_ptr_array_index (findings, i);

      if (finding->severity < GH_SEVERITY_WARNING || !gh_finding_concerns (finding, self->setting))
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", finding->message);
    }
  show_words (self->warning_label, text->str);
}

/* While something is being saved the store is behind what the widgets show. */
static void
show_record (GhCommunityRow *self)
{
  const GhCommunityRecord *record = find_record (self);
  const GhOverrideChange *change;
  GVariant *own;

  if (record == NULL || self->n_saving > 0)
    return;

  change = gh_override_changes_find (record->changes, self->setting);
  own = change != NULL ? change->value : gh_overrides_get (record->overrides, self->setting);
  self->showing = TRUE;
  show_origin (self, own != NULL);
  if (!self->invalid)
    gh_setting_editor_set_value (self->editor, own != NULL ? own : get_inherited (self));
  self->showing = FALSE;
  gtk_widget_set_visible (self->drafted_dot, change != NULL);
  gtk_widget_set_visible (self->revert_button, change != NULL);
  if (change != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "drafted");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "drafted");
  if (!self->invalid)
    show_conflict (self, record, change);
  show_warnings (self, record);
}

static void
on_saved (GhCommunityRow *self, const GError *error)
{
  self->n_saving--;
  if (self->context == NULL)
    return;
  show_record (self);
  if (error != NULL)
    show_words (self->error_label, error->message);
}

static void
on_drafted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GhCommunityRow) self = user_data;
  g_autoptr (GError) error = NULL;

  gh_workspace_draft_community_finish (GH_WORKSPACE (source), result, &error);
  on_saved (self, error);
}

/* value NULL: to be inherited. */
static void
draft (GhCommunityRow *self, GVariant *value)
{
  self->n_saving++;
  gh_workspace_draft_community_async (
    self->workspace, self->community, self->setting, value, NULL, on_drafted, g_object_ref (self));
}

static void
on_reverted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GhCommunityRow) self = user_data;
  g_autoptr (GError) error = NULL;

  gh_workspace_revert_community_finish (GH_WORKSPACE (source), result, &error);
  on_saved (self, error);
}

static void
on_revert_clicked (GhCommunityRow *self)
{
  gh_community_row_revert (self);
}

/* A value that becomes its own starts as the one it had, or else as the workspace's. */
static void
on_origin_chosen (GhCommunityRow *self)
{
  gboolean own = gtk_drop_down_get_selected (self->origin_chooser) == ORIGIN_OWN;
  const GhCommunityRecord *record = find_record (self);
  GVariant *value = NULL;

  if (self->showing || record == NULL)
    return;

  if (own)
    value = gh_overrides_get (record->overrides, self->setting);
  if (own && value == NULL)
    value = get_inherited (self);
  self->invalid = FALSE;
  show_origin (self, own);
  if (own)
    gh_setting_editor_set_value (self->editor, value);
  draft (self, value);
}

static void
on_edited (GhCommunityRow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = gh_setting_editor_dup_value (self->editor, &error);

  self->invalid = value == NULL;
  if (value != NULL)
    draft (self, value);
  show_words (self->error_label, error != NULL ? error->message : "");
}

static void
update_can_write (GhCommunityRow *self)
{
  gboolean can_write = gh_form_context_get_can_write (self->context);

  gtk_widget_set_sensitive (GTK_WIDGET (self->origin_chooser), can_write);
  gtk_widget_set_sensitive (GTK_WIDGET (self->editor_bin), can_write);
  gtk_widget_set_sensitive (self->revert_button, can_write);
}

/* Many rows have the same setting, so that each name says the community too. */
static void
name_widgets (GhCommunityRow *self, const char *community)
{
  const char *title = gh_setting_get_title (self->setting);
  /* Translators: a setting and the community whose value of it is meant. */
  g_autofree char *value = g_strdup_printf (_ ("%s in %s"), title, community);
  g_autofree char *origin = g_strdup_printf (_ ("Where %s has its value from"), community);
  g_autofree char *back = g_strdup_printf (_ ("Take back the change of %s"), community);

  gh_accessible_set_name (gh_setting_editor_get_widget (self->editor), value);
  gh_accessible_set_name (GTK_WIDGET (self->origin_chooser), origin);
  gh_accessible_set_name (self->revert_button, back);
}

static void
gh_community_row_dispose (GObject *object)
{
  GhCommunityRow *self = GH_COMMUNITY_ROW (object);

  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);
  g_clear_object (&self->workspace);

  G_OBJECT_CLASS (gh_community_row_parent_class)->dispose (object);
}

static void
gh_community_row_finalize (GObject *object)
{
  g_free (GH_COMMUNITY_ROW (object)->community);

  G_OBJECT_CLASS (gh_community_row_parent_class)->finalize (object);
}

static void
gh_community_row_class_init (GhCommunityRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_community_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = gh_community_row_finalize;

  g_type_ensure (GH_TYPE_ROW_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-community-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GhCommunityRow, drafted_dot);
  gtk_widget_class_bind_template_child (widget_class, GhCommunityRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, GhCommunityRow, words_label);
  gtk_widget_class_bind_template_child (widget_class, GhCommunityRow, revert_button);
  gtk_widget_class_bind_template_child (widget_class, GhCommunityRow, origin_chooser);
  gtk_widget_class_bind_template_child (widget_class, GhCommunityRow, editor_bin);
  gtk_widget_class_bind_template_child (widget_class, GhCommunityRow, error_label);
  gtk_widget_class_bind_template_child (widget_class, GhCommunityRow, warning_label);
  gtk_widget_class_bind_template_callback (widget_class, on_revert_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_origin_chosen);
}

static void
gh_community_row_init (GhCommunityRow *self)
{
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->showing = FALSE;
}

GtkWidget *
gh_community_row_new (GhFormContext *context, const GhSetting *setting, const char *community)
{
  GhCommunityRow *self = g_object_new (GH_TYPE_COMMUNITY_ROW, NULL);
  const GhCommunityRecord *record;

  self->context = g_object_ref (context);
  self->workspace = g_object_ref (gh_form_context_get_workspace (context));
  self->setting = setting;
  self->community = g_strdup (community);
  self->editor = GH_SETTING_EDITOR (gh_setting_editor_new (setting));
  if (!gh_setting_editor_is_wide (self->editor))
    gtk_widget_set_halign (GTK_WIDGET (self->editor), GTK_ALIGN_END);
  adw_bin_set_child (self->editor_bin, GTK_WIDGET (self->editor));
  record = find_record (self);
  gtk_label_set_label (self->name_label, record != NULL ? record->name : community);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 gtk_label_get_label (self->name_label));
  name_widgets (self, gtk_label_get_label (self->name_label));
  g_signal_connect_swapped (self->editor, "edited", G_CALLBACK (on_edited), self);
  g_signal_connect_swapped (context, "communities-changed", G_CALLBACK (show_record), self);
  g_signal_connect_swapped (context, "refreshed", G_CALLBACK (show_record), self);
  g_signal_connect_swapped (context, "notify::can-write", G_CALLBACK (update_can_write), self);
  update_can_write (self);
  show_record (self);
  return GTK_WIDGET (self);
}

const char *
gh_community_row_get_community (GhCommunityRow *self)
{
  g_return_val_if_fail (GH_IS_COMMUNITY_ROW (self), NULL);

  return self->community;
}

void
gh_community_row_choose (GhCommunityRow *self, gboolean own)
{
  g_return_if_fail (GH_IS_COMMUNITY_ROW (self));

  gtk_drop_down_set_selected (self->origin_chooser, own ? ORIGIN_OWN : ORIGIN_INHERITED);
}

void
gh_community_row_revert (GhCommunityRow *self)
{
  g_return_if_fail (GH_IS_COMMUNITY_ROW (self));

  self->invalid = FALSE;
  self->n_saving++;
  gh_workspace_revert_community_async (
    self->workspace, self->community, self->setting, NULL, on_reverted, g_object_ref (self));
}

GhSettingEditor *
gh_community_row_get_editor (GhCommunityRow *self)
{
  g_return_val_if_fail (GH_IS_COMMUNITY_ROW (self), NULL);

  return self->editor;
}

gboolean
gh_community_row_is_own (GhCommunityRow *self)
{
  g_return_val_if_fail (GH_IS_COMMUNITY_ROW (self), FALSE);

  return gtk_drop_down_get_selected (self->origin_chooser) == ORIGIN_OWN;
}

const char *
gh_community_row_get_words (GhCommunityRow *self)
{
  g_return_val_if_fail (GH_IS_COMMUNITY_ROW (self), NULL);

  return gtk_label_get_label (self->words_label);
}

const char *
gh_community_row_get_error_text (GhCommunityRow *self)
{
  g_return_val_if_fail (GH_IS_COMMUNITY_ROW (self), NULL);

  return gtk_label_get_label (self->error_label);
}

const char *
gh_community_row_get_warning_text (GhCommunityRow *self)
{
  g_return_val_if_fail (GH_IS_COMMUNITY_ROW (self), NULL);

  return gtk_label_get_label (self->warning_label);
}

gboolean
gh_community_row_is_saving (GhCommunityRow *self)
{
  g_return_val_if_fail (GH_IS_COMMUNITY_ROW (self), FALSE);

  return self->n_saving > 0;
}
