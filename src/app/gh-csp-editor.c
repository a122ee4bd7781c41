/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Both sides show the document and write into it; neither knows the other. */

#include "gh-csp-editor.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-csp-draft.h"
#include "gh-csp-suggestions.h"
#include "gh-load-tester.h"
#include "gh-suggestion-popover.h"

struct _GhCspEditor
{
  AdwWindow parent_instance;

  const GhSetting *setting;
  GhFormContext *context;       /* owned */
  GhDocument *document;         /* owned */
  GhCsp *csp;                   /* owned: what the rows show */
  GhSettingEditor *text_editor; /* borrowed descendant */
  guint fold_source;
  gboolean typing; /* the document changes because of text_editor */

  /* Template */
  GtkWidget *undo_button;
  GtkWidget *redo_button;
  GtkToggleButton *text_button;
  GtkLabel *error_label;
  AdwLeaflet *leaflet;
  GtkWidget *directives_page;
  GtkWidget *text_page;
  GtkListBox *list;
  GtkLabel *more_label;
  GtkMenuButton *add_button;
  AdwPreferencesGroup *text_group;
  GhLoadTester *tester;
};

G_DEFINE_FINAL_TYPE (GhCspEditor, gh_csp_editor, ADW_TYPE_WINDOW)

static void
show_error (GhCspEditor *self, const GError *error)
{
  gtk_label_set_label (self->error_label, error != NULL ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), error != NULL);
}

/* Index of the policy that a directive belongs to. */
static guint
find_policy (const GhCsp *csp, guint directive)
{
  guint n_policies;
  const GhCspPolicy *policies = gh_csp_get_policies (csp, &n_policies);
  guint policy = 0;

  while (policy + 1 < n_policies && directive >= policies[policy + 1].first_directive)
    policy++;
  return policy;
}

static const GhCspDirective *
get_directive (const GhCsp *csp, guint index)
{
  guint n_directives;
  const GhCspDirective *directives = gh_csp_get_directives (csp, &n_directives);

  return index < n_directives ? &directives[index] : NULL;
}

static gboolean
write_draft (GhCspEditor *self, const GhCsp *csp)
{
  g_autoptr (GError) error = NULL;
  gboolean good = gh_csp_draft_write (self->document, csp, &error);

  show_error (self, error);
  return good;
}

static void
on_remove (GhCspDirectiveRow *row, GhCspEditor *self)
{
  guint index = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  g_autoptr (GhCsp) csp = gh_csp_draft_read (self->document);
  const GhCspDirective *directive = get_directive (csp, index);

  if (directive != NULL && gh_csp_remove_directive_at (csp, directive->name.start))
    write_draft (self, csp);
}

static void
on_remove_value (GhCspDirectiveRow *row, guint value, GhCspEditor *self)
{
  guint index = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  g_autoptr (GhCsp) csp = gh_csp_draft_read (self->document);
  const GhCspDirective *directive = get_directive (csp, index);

  if (directive == NULL || value >= directive->n_values)
    return;

  gh_csp_remove_value (csp, &gh_csp_get_values (csp, NULL)[directive->first_value + value]);
  write_draft (self, csp);
}

static gboolean
on_add_value (GhCspDirectiveRow *row, const char *text, GhCspEditor *self)
{
  guint index = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  g_autoptr (GhCsp) csp = gh_csp_draft_read (self->document);
  g_autoptr (GError) error = NULL;

  if (get_directive (csp, index) == NULL)
    return FALSE;
  if (!gh_csp_draft_add_words (csp, find_policy (csp, index), index, text, &error))
    {
      show_error (self, error);
      return FALSE;
    }

  return write_draft (self, csp);
}

static GhCspDirectiveRow *
append_row (GhCspEditor *self)
{
  GtkWidget *row = gh_csp_directive_row_new ();

  g_signal_connect (row, "remove", G_CALLBACK (on_remove), self);
  g_signal_connect (row, "remove-value", G_CALLBACK (on_remove_value), self);
  g_signal_connect (row, "add-value", G_CALLBACK (on_add_value), self);
  gtk_list_box_append (self->list, row);
  return GH_CSP_DIRECTIVE_ROW (row);
}

static void
show_more (GhCspEditor *self, guint n_left)
{
  g_autofree char *words = g_strdup_printf (ngettext ("%u more directive stands in the text.",
                                                      "%u more directives stand in the text.",
                                                      n_left),
                                            n_left);

  gtk_label_set_label (self->more_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), n_left > 0);
}

static void
show_rows (GhCspEditor *self)
{
  g_autoptr (GhCsp) before = g_steal_pointer (&self->csp);
  guint n_directives, n_rows;
  GtkListBoxRow *row;

  self->csp = gh_csp_draft_read (self->document);
  gh_csp_get_directives (self->csp, &n_directives);
  n_rows = MIN (n_directives, GH_CSP_EDITOR_MAXIMUM_ROWS);
  while ((row = gtk_list_box_get_row_at_index (self->list, (int) n_rows)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));

  for (guint i = 0; i < n_rows; i++)
    {
      GhCspDirectiveRow *shown = gh_csp_editor_get_row (self, i);

      gh_csp_directive_row_show (shown != NULL ? shown : append_row (self), self->csp, i);
    }
  show_more (self, n_directives - n_rows);
  gtk_list_box_invalidate_headers (self->list);
}

/* Several policies in one text are told apart by a heading over the first directive of each. */
static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  GhCspEditor *self = user_data;
  guint index = (guint) gtk_list_box_row_get_index (row);
  guint policy = find_policy (self->csp, index);
  guint n_policies;
  g_autofree char *title = g_strdup_printf (_ ("Policy %u"), policy + 1);
  GtkWidget *label;

  gh_csp_get_policies (self->csp, &n_policies);
  if (n_policies < 2 || (before != NULL && policy == find_policy (self->csp, index - 1)))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }

  label = gtk_label_new (title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "header-box");
  gtk_list_box_row_set_header (row, label);
}

static void
show_undo (GhCspEditor *self)
{
  g_autofree char *undo = gh_document_dup_undo_label (self->document);
  g_autofree char *redo = gh_document_dup_redo_label (self->document);

  gtk_widget_set_sensitive (self->undo_button, undo != NULL);
  gtk_widget_set_sensitive (self->redo_button, redo != NULL);
  gtk_widget_set_tooltip_text (self->undo_button, undo != NULL ? undo : _ ("Undo"));
  gtk_widget_set_tooltip_text (self->redo_button, redo != NULL ? redo : _ ("Redo"));
}

static void
on_changed (GhCspEditor *self)
{
  if (!self->typing)
    {
      gh_setting_editor_set_value (self->text_editor,
                                   gh_document_get_value (self->document, self->setting));
      show_error (self, NULL);
    }
  show_rows (self);
}

static void
on_text_edited (GhCspEditor *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = gh_setting_editor_dup_value (self->text_editor, &error);

  self->typing = TRUE;
  if (value != NULL)
    gh_document_set_value (self->document, self->setting, value, &error);
  self->typing = FALSE;
  show_error (self, error);
}

static void
on_undo (GhCspEditor *self)
{
  gh_document_undo (self->document);
}

static void
on_redo (GhCspEditor *self)
{
  gh_document_redo (self->document);
}

static void
on_text_toggled (GhCspEditor *self)
{
  adw_leaflet_set_visible_child (
    self->leaflet,
    gtk_toggle_button_get_active (self->text_button) ? self->text_page : self->directives_page);
}

static void
on_visible_child (GhCspEditor *self)
{
  gtk_toggle_button_set_active (self->text_button,
                                adw_leaflet_get_visible_child (self->leaflet) == self->text_page);
}

static gboolean
on_show_text_button (gpointer user_data)
{
  GhCspEditor *self = user_data;

  self->fold_source = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->text_button), adw_leaflet_get_folded (self->leaflet));
  return G_SOURCE_REMOVE;
}

/* Folding happens while the window is laid out, too late for the header bar. */
static void
on_folded (GhCspEditor *self)
{
  if (self->fold_source == 0)
    self->fold_source = g_idle_add (on_show_text_button, self);
}

/* New directives go where they are offered: below the last one. */
static void
on_directive_chosen (GhCspEditor *self, const char *name)
{
  g_autoptr (GhCsp) csp = gh_csp_draft_read (self->document);
  GhCspDirectiveId id = gh_csp_directive_from_name (name, strlen (name), NULL);
  guint n_policies, policy;
  g_autofree char *values = NULL;
  GhCspDirectiveRow *row;

  gh_csp_get_policies (csp, &n_policies);
  policy = n_policies > 0 ? n_policies - 1 : 0;
  values = gh_csp_dup_first_values (csp, policy, id);
  if (!gh_csp_add_directive (csp, policy, id, values) || !write_draft (self, csp))
    return;

  row = gh_csp_editor_get_row (self, gh_csp_editor_get_n_rows (self) - 1);
  gh_csp_directive_row_focus (row);
}

static void
create_suggestions (GtkMenuButton *button, gpointer user_data)
{
  GhCspEditor *self = user_data;
  GtkPopover *popover = gtk_menu_button_get_popover (button);
  g_autoptr (GPtrArray) suggestions = NULL;
  guint n_policies;

  gh_csp_get_policies (self->csp, &n_policies);
  suggestions = gh_csp_suggest_directives (self->csp, n_policies > 0 ? n_policies - 1 : 0);
  if (popover == NULL)
    {
      popover = GTK_POPOVER (gh_suggestion_popover_new (_ ("Directives")));
      g_signal_connect_swapped (popover, "chosen", G_CALLBACK (on_directive_chosen), self);
      gtk_menu_button_set_popover (button, GTK_WIDGET (popover));
    }
  gh_suggestion_popover_fill (GH_SUGGESTION_POPOVER (popover), suggestions);
}

static void
gh_csp_editor_dispose (GObject *object)
{
  GhCspEditor *self = GH_CSP_EDITOR (object);

  g_clear_handle_id (&self->fold_source, g_source_remove);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_data (self->document, self);
  g_clear_object (&self->document);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gh_csp_editor_parent_class)->dispose (object);
}

static void
gh_csp_editor_finalize (GObject *object)
{
  g_clear_pointer (&GH_CSP_EDITOR (object)->csp, gh_csp_free);

  G_OBJECT_CLASS (gh_csp_editor_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-csp-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, GhCspEditor, undo_button);
  gtk_widget_class_bind_template_child (widget_class, GhCspEditor, redo_button);
  gtk_widget_class_bind_template_child (widget_class, GhCspEditor, text_button);
  gtk_widget_class_bind_template_child (widget_class, GhCspEditor, error_label);
  gtk_widget_class_bind_template_child (widget_class, GhCspEditor, leaflet);
  gtk_widget_class_bind_template_child (widget_class, GhCspEditor, directives_page);
  gtk_widget_class_bind_template_child (widget_class, GhCspEditor, text_page);
  gtk_widget_class_bind_template_child (widget_class, GhCspEditor, list);
  gtk_widget_class_bind_template_child (widget_class, GhCspEditor, more_label);
  gtk_widget_class_bind_template_child (widget_class, GhCspEditor, add_button);
  gtk_widget_class_bind_template_child (widget_class, GhCspEditor, text_group);
  gtk_widget_class_bind_template_child (widget_class, GhCspEditor, tester);
  gtk_widget_class_bind_template_callback (widget_class, on_undo);
  gtk_widget_class_bind_template_callback (widget_class, on_redo);
  gtk_widget_class_bind_template_callback (widget_class, on_text_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_visible_child);
  gtk_widget_class_bind_template_callback (widget_class, on_folded);
}

static void
gh_csp_editor_class_init (GhCspEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_csp_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = gh_csp_editor_finalize;
  g_type_ensure (GH_TYPE_LOAD_TESTER);
  bind_template (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
gh_csp_editor_init (GhCspEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->csp = gh_csp_new ();
  gtk_list_box_set_header_func (self->list, update_header, self, NULL);
  gtk_menu_button_set_create_popup_func (self->add_button, create_suggestions, self, NULL);
}

static void
follow (GhCspEditor *self, GhDocument *document)
{
  g_autofree char *signal = g_strconcat ("changed::", self->setting->id, NULL);

  self->document = g_object_ref (document);
  g_signal_connect_swapped (document, signal, G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (document, "steps", G_CALLBACK (show_undo), self);
  on_changed (self);
  show_undo (self);
}

GtkWindow *
gh_csp_editor_new (GhFormContext *context, const GhSetting *setting)
{
  GhCspEditor *self = g_object_new (GH_TYPE_CSP_EDITOR, NULL);

  self->setting = setting;
  self->context = g_object_ref (context);
  self->text_editor = GH_SETTING_EDITOR (gh_setting_editor_new (setting));
  adw_preferences_group_add (self->text_group, GTK_WIDGET (self->text_editor));
  gh_accessible_name_groups (GTK_WIDGET (self));
  gh_load_tester_set_context (self->tester, context);
  follow (self, gh_form_context_get_document (context));
  g_signal_connect_swapped (self->text_editor, "edited", G_CALLBACK (on_text_edited), self);
  return GTK_WINDOW (self);
}

guint
gh_csp_editor_get_n_rows (GhCspEditor *self)
{
  guint n_rows = 0;

  g_return_val_if_fail (GH_IS_CSP_EDITOR (self), 0);

  while (gtk_list_box_get_row_at_index (self->list, (int) n_rows) != NULL)
    n_rows++;
  return n_rows;
}

GhCspDirectiveRow *
gh_csp_editor_get_row (GhCspEditor *self, guint index)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (GH_IS_CSP_EDITOR (self), NULL);

  row = gtk_list_box_get_row_at_index (self->list, (int) index);
  return row != NULL ? GH_CSP_DIRECTIVE_ROW (row) : NULL;
}

GhSettingEditor *
gh_csp_editor_get_text_editor (GhCspEditor *self)
{
  g_return_val_if_fail (GH_IS_CSP_EDITOR (self), NULL);

  return self->text_editor;
}

gboolean
gh_csp_editor_add_directive (GhCspEditor *self, const char *name)
{
  g_return_val_if_fail (GH_IS_CSP_EDITOR (self), FALSE);

  create_suggestions (self->add_button, self);
  return gh_suggestion_popover_choose (
    GH_SUGGESTION_POPOVER (gtk_menu_button_get_popover (self->add_button)), name);
}

const char *
gh_csp_editor_get_error (GhCspEditor *self)
{
  g_return_val_if_fail (GH_IS_CSP_EDITOR (self), NULL);

  return gtk_label_get_label (self->error_label);
}
