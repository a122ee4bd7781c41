/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The second policy is shown as a draft over the first one, in a document that nobody keeps. */

#include "gh-difference-view.h"

#include "gh-accessible.h"
#include "gh-change-row.h"
#include "gh-finding-list.h"
#include "gh-header-list.h"

struct _GhDifferenceView
{
  AdwBin parent_instance;

  GhFormContext *context; /* owned */
  GhChanges *changes;     /* owned, or NULL */

  /* Template */
  GtkListBox *changes_list;
  GhFindingList *finding_list;
  GhHeaderList *header_list;
};

enum
{
  SIGNAL_GO_TO,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhDifferenceView, gh_difference_view, ADW_TYPE_BIN)

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  g_autofree char *text = gh_change_row_dup_whole_text (item);
  GtkWidget *row = gh_change_row_new (item);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static void
on_go_to (GhDifferenceView *self, const char *field)
{
  g_signal_emit (self, signals[SIGNAL_GO_TO], 0, field);
}

static void
gh_difference_view_dispose (GObject *object)
{
  GhDifferenceView *self = GH_DIFFERENCE_VIEW (object);

  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->changes);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gh_difference_view_parent_class)->dispose (object);
}

static void
gh_difference_view_class_init (GhDifferenceViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_difference_view_dispose;
  signals[SIGNAL_GO_TO] = g_signal_new ("go-to",
                                        G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST,
                                        0,
                                        NULL,
                                        NULL,
                                        NULL,
                                        G_TYPE_NONE,
                                        1,
                                        G_TYPE_STRING);
  g_type_ensure (GH_TYPE_FINDING_LIST);
  g_type_ensure (GH_TYPE_HEADER_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-difference-view.ui");
  gtk_widget_class_bind_template_child (widget_class, GhDifferenceView, changes_list);
  gtk_widget_class_bind_template_child (widget_class, GhDifferenceView, finding_list);
  gtk_widget_class_bind_template_child (widget_class, GhDifferenceView, header_list);
}

static void
gh_difference_view_init (GhDifferenceView *self)
{
  self->context = gh_form_context_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gh_header_list_set_context (self->header_list, self->context);
  gh_finding_list_set_context (self->finding_list, self->context, GH_FINDINGS_OF_DRAFT);
  gh_accessible_name_groups (GTK_WIDGET (self));
  g_signal_connect_swapped (self->context, "go-to", G_CALLBACK (on_go_to), self);
}

void
gh_difference_view_set_policies (GhDifferenceView *self,
                                 GhPolicy *before,
                                 GhPolicy *after,
                                 const char *site)
{
  g_autoptr (GhDocument) document = NULL;

  g_return_if_fail (GH_IS_DIFFERENCE_VIEW (self));

  gtk_list_box_bind_model (self->changes_list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->changes);
  if (before != NULL)
    {
      document = gh_document_new (before);
      gh_document_set_policy (document, after);
      self->changes = gh_changes_new (document);
      gtk_list_box_bind_model (
        self->changes_list, G_LIST_MODEL (self->changes), create_row, NULL, NULL);
    }

  gh_form_context_set_site (self->context, site);
  gh_form_context_set_document (self->context, document, FALSE);
  gh_form_context_refresh (self->context);
  gtk_widget_set_visible (GTK_WIDGET (self), gh_difference_view_get_n_changes (self) > 0);
}

guint
gh_difference_view_get_n_changes (GhDifferenceView *self)
{
  g_return_val_if_fail (GH_IS_DIFFERENCE_VIEW (self), 0);

  return self->changes != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->changes)) : 0;
}

char *
gh_difference_view_dup_text (GhDifferenceView *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *headers = NULL;

  g_return_val_if_fail (GH_IS_DIFFERENCE_VIEW (self), NULL);

  for (guint i = 0; i < gh_difference_view_get_n_changes (self); i++)
    {
      g_autoptr (GhChange) change = g_list_model_get_item (G_LIST_MODEL (self->changes), i);
      g_autofree char *words = gh_change_row_dup_whole_text (change);

      g_string_append_printf (
        text, "%s: %s\n", gh_setting_get_title (gh_change_get_setting (change)), words);
    }
  headers = gh_header_list_dup_text (self->header_list);
  g_string_append (text, headers);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
