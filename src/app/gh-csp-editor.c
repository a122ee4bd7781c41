/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Both sides show the document and write into it; neither knows the other. */

#include "gh-csp-editor.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-csp-draft.h"
#include "gh-csp-suggestions.h"
#include "gh-editor-frame.h"
#include "gh-load-tester.h"
#include "gh-suggestion-popover.h"

struct _GhCspEditor
{
  AdwWindow parent_instance;

  GhCsp *csp; /* owned: what the rows show */

  /* Template */
  GhEditorFrame *frame;
  GtkListBox *list;
  GtkLabel *more_label;
  GtkMenuButton *add_button;
  GhLoadTester *tester;
};

G_DEFINE_FINAL_TYPE (GhCspEditor, gh_csp_editor, ADW_TYPE_WINDOW)

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

static GhCsp *
read_draft (GhCspEditor *self)
{
  return gh_csp_new_from_text (gh_editor_frame_get_text (self->frame));
}

static gboolean
write_draft (GhCspEditor *self, const GhCsp *csp)
{
  g_autofree char *text = gh_csp_to_text (csp, NULL);

  return gh_editor_frame_write (self->frame, text);
}

static void
on_remove (GhCspDirectiveRow *row, GhCspEditor *self)
{
  guint index = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  g_autoptr (GhCsp) csp = read_draft (self);
  const GhCspDirective *directive = get_directive (csp, index);

  if (directive != NULL && gh_csp_remove_directive_at (csp, directive->name.start))
    write_draft (self, csp);
}

static void
on_remove_value (GhCspDirectiveRow *row, guint value, GhCspEditor *self)
{
  guint index = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  g_autoptr (GhCsp) csp = read_draft (self);
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
  g_autoptr (GhCsp) csp = read_draft (self);
  g_autoptr (GError) error = NULL;

  if (get_directive (csp, index) == NULL)
    return FALSE;
  if (!gh_csp_draft_add_words (csp, find_policy (csp, index), index, text, &error))
    {
      gh_editor_frame_show_error (self->frame, error);
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

  self->csp = read_draft (self);
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

/* New directives go where they are offered: below the last one. */
static void
on_directive_chosen (GhCspEditor *self, const char *name)
{
  g_autoptr (GhCsp) csp = read_draft (self);
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
gh_csp_editor_finalize (GObject *object)
{
  g_clear_pointer (&GH_CSP_EDITOR (object)->csp, gh_csp_free);

  G_OBJECT_CLASS (gh_csp_editor_parent_class)->finalize (object);
}

static void
gh_csp_editor_class_init (GhCspEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gh_csp_editor_finalize;
  g_type_ensure (GH_TYPE_EDITOR_FRAME);
  g_type_ensure (GH_TYPE_LOAD_TESTER);
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-csp-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, GhCspEditor, frame);
  gtk_widget_class_bind_template_child (widget_class, GhCspEditor, list);
  gtk_widget_class_bind_template_child (widget_class, GhCspEditor, more_label);
  gtk_widget_class_bind_template_child (widget_class, GhCspEditor, add_button);
  gtk_widget_class_bind_template_child (widget_class, GhCspEditor, tester);
  gtk_widget_class_bind_template_callback (widget_class, show_rows);
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

GtkWindow *
gh_csp_editor_new (GhFormContext *context, const GhSetting *setting)
{
  GhCspEditor *self = g_object_new (GH_TYPE_CSP_EDITOR, NULL);

  gh_accessible_name_groups (GTK_WIDGET (self));
  gh_load_tester_set_context (self->tester, context);
  gh_editor_frame_set_field (self->frame, gh_form_context_get_document (context), setting);
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

  return gh_editor_frame_get_text_editor (self->frame);
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

  return gh_editor_frame_get_error (self->frame);
}
