/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows are made anew only where what is found changed, not at each keystroke. */

#include "gh-finding-list.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-setting-links.h"

struct _GhFindingList
{
  GtkWidget parent_instance;

  GhFormContext *context; /* owned, or NULL */
  GtkWidget *list;        /* the child: list box */
  GPtrArray *shown;       /* owned, of GhFinding */
  GhFindingFilter filter;
};

G_DEFINE_FINAL_TYPE (GhFindingList, gh_finding_list, GTK_TYPE_WIDGET)

/* Applies the mend of a finding as one step. */
static void
apply_mend (GhDocument *document, const GhFinding *finding)
{
  gh_document_begin_step (document);
  for (guint i = 0; i < finding->mend->len; i++)
    {
      const GhMend *mend = g_ptr_array_index (finding->mend, i);
      g_autoptr (GError) error = NULL;

      if (!gh_document_set_value (document, mend->setting, mend->value, &error))
        g_warning ("The mend of %s cannot be drafted: %s", finding->id, error->message);
    }
  gh_document_end_step (document);
}

static void
on_mend_clicked (GtkButton *button, GhFindingList *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  int index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  g_autoptr (GhFinding) finding = gh_finding_ref (g_ptr_array_index (self->shown, index));

  apply_mend (gh_form_context_get_document (self->context), finding);
}

static gboolean
on_activate_link (GtkLabel *label, const char *field, GhFindingList *self)
{
  gh_form_context_go_to (self->context, field);
  return TRUE;
}

static gboolean
is_shown (GhFindingList *self, const GhFinding *finding)
{
  GhDocument *document = gh_form_context_get_document (self->context);

  for (const char *const *field = finding->fields; field != NULL && *field != NULL; field++)
    {
      const GhSetting *setting = gh_settings_lookup (*field);

      if (setting == NULL)
        continue;
      if (self->filter == GH_FINDINGS_OF_DRAFT && gh_document_is_drafted (document, setting))
        return TRUE;
      if (self->filter == GH_FINDINGS_OF_HEADERS && g_str_equal (setting->group, "headers"))
        return TRUE;
    }

  return FALSE;
}

static GtkWidget *
create_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  g_object_set (label, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
create_fields_label (GhFindingList *self, const GhFinding *finding)
{
  GtkWidget *label = create_label (NULL, "caption");
  g_autofree char *links = gh_setting_links_dup_markup (finding->fields);

  gtk_label_set_markup (GTK_LABEL (label), links);
  g_signal_connect (label, "activate-link", G_CALLBACK (on_activate_link), self);
  return label;
}

static GtkWidget *
create_words (GhFindingList *self, const GhFinding *finding)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (box), create_label (finding->message, NULL));
  if (finding->explanation != NULL)
    {
      GtkWidget *label = create_label (finding->explanation, "caption");

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }
  if (finding->source != NULL)
    {
      GtkWidget *label = create_label (finding->source, "caption");

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_box_append (GTK_BOX (box), create_fields_label (self, finding));
  return box;
}

static GtkWidget *
create_mend_button (GhFindingList *self, const GhFinding *finding)
{
  GtkWidget *button = gtk_button_new_with_label (finding->mend_title);

  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_margin_top (button, 6);
  gtk_widget_set_visible (button, gh_form_context_get_can_write (self->context));
  g_signal_connect (button, "clicked", G_CALLBACK (on_mend_clicked), self);
  return button;
}

static GtkWidget *
create_row (GhFindingList *self, const GhFinding *finding)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (gh_severity_get_icon_name (finding->severity));
  GtkWidget *words = create_words (self, finding);
  const char *title = gh_severity_get_title (finding->severity);
  g_autofree char *name = g_strdup_printf ("%s: %s", title, finding->message);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (icon, title);
  gh_accessible_set_name (icon, title);
  gtk_widget_add_css_class (icon, gh_severity_to_string (finding->severity));
  gtk_widget_add_css_class (box, "header-box");
  if (finding->mend_title != NULL && finding->mend != NULL)
    gtk_box_append (GTK_BOX (words), create_mend_button (self, finding));
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gh_accessible_set_name (row, name);
  return row;
}

static gboolean
same_finding (GPtrArray *a, guint i, GPtrArray *b, guint j)
{
  const GhFinding *first = g_ptr_array_index (a, i);
  const GhFinding *second = g_ptr_array_index (b, j);

  return first->id == second->id && first->severity == second->severity
         && g_strcmp0 (first->message, second->message) == 0
         && g_strcmp0 (first->explanation, second->explanation) == 0;
}

/* Replaces the rows between those that begin and those that end both lists. */
static void
change_rows (GhFindingList *self, GPtrArray *shown)
{
  guint n_shorter = MIN (self->shown->len, shown->len);
  guint n_start = 0;
  guint n_end = 0;

  while (n_start < n_shorter && same_finding (self->shown, n_start, shown, n_start))
    n_start++;
  while (n_end < n_shorter - n_start
         && same_finding (self->shown, self->shown->len - 1 - n_end, shown, shown->len - 1 - n_end))
    n_end++;

  for (guint i = self->shown->len - n_end; i > n_start; i--)
    gtk_list_box_remove (
      GTK_LIST_BOX (self->list),
      GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) i - 1)));
  for (guint i = n_start; i < shown->len - n_end; i++)
    gtk_list_box_insert (
      GTK_LIST_BOX (self->list), create_row (self, g_ptr_array_index (shown, i)), (int) i);
}

static void
on_refreshed (GhFindingList *self)
{
  GPtrArray *findings = gh_form_context_get_findings (self->context);
  g_autoptr (GPtrArray) shown = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_finding_unref);

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    if (is_shown (self, g_ptr_array_index (findings, i)))
      g_ptr_array_add (shown, gh_finding_ref (g_ptr_array_index (findings, i)));

  change_rows (self, shown);
  g_ptr_array_unref (self->shown);
  self->shown = g_steal_pointer (&shown);
  gtk_widget_set_visible (GTK_WIDGET (self), self->shown->len > 0);
}

static void
gh_finding_list_dispose (GObject *object)
{
  GhFindingList *self = GH_FINDING_LIST (object);

  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);
  g_clear_pointer (&self->list, gtk_widget_unparent);

  G_OBJECT_CLASS (gh_finding_list_parent_class)->dispose (object);
}

static void
gh_finding_list_finalize (GObject *object)
{
  g_ptr_array_unref (GH_FINDING_LIST (object)->shown);

  G_OBJECT_CLASS (gh_finding_list_parent_class)->finalize (object);
}

static void
gh_finding_list_class_init (GhFindingListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gh_finding_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = gh_finding_list_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
gh_finding_list_init (GhFindingList *self)
{
  self->shown = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_finding_unref);
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gh_accessible_set_name (self->list, _ ("Findings"));
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
gh_finding_list_set_context (GhFindingList *self, GhFormContext *context, GhFindingFilter filter)
{
  g_return_if_fail (GH_IS_FINDING_LIST (self));
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  self->filter = filter;
  g_signal_connect_swapped (context, "refreshed", G_CALLBACK (on_refreshed), self);
  on_refreshed (self);
}

guint
gh_finding_list_get_n_shown (GhFindingList *self)
{
  g_return_val_if_fail (GH_IS_FINDING_LIST (self), 0);

  return self->shown->len;
}

char *
gh_finding_list_dup_text (GhFindingList *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (GH_IS_FINDING_LIST (self), NULL);

  for (guint i = 0; i < self->shown->len; i++)
    {
      const GhFinding *finding = g_ptr_array_index (self->shown, i);

      g_string_append_printf (
        text, "%s: %s\n", gh_severity_to_string (finding->severity), finding->message);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
gh_severity_get_title (GhSeverity severity)
{
  switch (severity)
    {
    case GH_SEVERITY_INFO:
      return _ ("Good to know");
    case GH_SEVERITY_WARNING:
      return _ ("Warning");
    case GH_SEVERITY_CONFIRM:
      return _ ("Hard to undo");
    case GH_SEVERITY_HIGH:
      return _ ("Serious");
    case GH_SEVERITY_ERROR:
      return _ ("Cannot be applied");
    }

  g_return_val_if_reached ("");
}

const char *
gh_severity_get_icon_name (GhSeverity severity)
{
  switch (severity)
    {
    case GH_SEVERITY_INFO:
      return "dialog-information-symbolic";
    case GH_SEVERITY_WARNING:
    case GH_SEVERITY_CONFIRM:
      return "dialog-warning-symbolic";
    case GH_SEVERITY_HIGH:
    case GH_SEVERITY_ERROR:
      return "dialog-error-symbolic";
    }

  g_return_val_if_reached ("dialog-information-symbolic");
}
