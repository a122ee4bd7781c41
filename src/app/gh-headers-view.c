/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page that puts header list and findings together. */

#include "gh-headers-view.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-export.h"

struct _GhHeadersView
{
  AdwBin parent_instance;

  GhFormContext *context; /* owned */

  /* Template */
  GtkLabel *summary_label;
  GtkLabel *difference_label;
  AdwSplitButton *copy_button;
  GhHeaderList *header_list;
  GhFindingList *finding_list;
  GhScoreView *score_view;
  GhLoadTester *load_tester;
};

G_DEFINE_FINAL_TYPE (GhHeadersView, gh_headers_view, ADW_TYPE_BIN)

static guint
count_differences (const GhHeaderSet *before, const GhHeaderSet *after)
{
  g_autoptr (GArray) differences = gh_header_set_compare (before, after);
  guint count = 0;

  for (guint i = 0; i < differences->len; i++)
    if (g_array_index (differences, GhHeaderDifference, i).change != GH_HEADER_SAME)
      count++;

  return count;
}

static void
show_summary (GhHeadersView *self, const GhHeaderSet *before, const GhHeaderSet *after)
{
  guint n_headers = gh_header_set_get_n_headers (after);
  g_autofree char *size = g_format_size (gh_header_set_get_size (after));
  g_autofree char *summary = g_strdup_printf (
    ngettext ("%u header, %s with each page", "%u headers, %s with each page", n_headers),
    n_headers,
    size);
  guint n_differences = count_differences (before, after);
  g_autofree char *difference
    = n_differences == 0 ? g_strdup (_ ("As applied now"))
                         : g_strdup_printf (ngettext ("%u line differs from what is applied now",
                                                      "%u lines differ from what is applied now",
                                                      n_differences),
                                            n_differences);

  gtk_label_set_label (self->summary_label, summary);
  gtk_label_set_label (self->difference_label, difference);
}

static void
on_refreshed (GhHeadersView *self)
{
  const GhHeaderSet *before = gh_form_context_get_headers_before (self->context);
  const GhHeaderSet *after = gh_form_context_get_headers_after (self->context);

  if (before != NULL && after != NULL)
    show_summary (self, before, after);
}

static void
copy (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhHeadersView *self = GH_HEADERS_VIEW (widget);
  const GhHeaderSet *after = gh_form_context_get_headers_after (self->context);
  GhExportFormat format;
  g_autofree char *text = NULL;

  if (after == NULL || !gh_export_format_from_id (g_variant_get_string (parameter, NULL), &format))
    return;

  text = gh_export (after, format);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  gtk_widget_activate_action (widget, "win.toast", "s", _ ("Headers copied"));
}

static void
fill_copy_menu (GhHeadersView *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < GH_EXPORT_N_FORMATS; i++)
    {
      g_autofree char *action
        = g_strdup_printf ("headers.copy::%s", gh_export_format_get_id ((GhExportFormat) i));

      g_menu_append (menu, gh_export_format_get_title ((GhExportFormat) i), action);
    }

  adw_split_button_set_menu_model (self->copy_button, G_MENU_MODEL (menu));
  gh_accessible_name_split_button (
    GTK_WIDGET (self->copy_button), _ ("Copy the headers"), _ ("Copy for a program"));
}

static void
gh_headers_view_dispose (GObject *object)
{
  GhHeadersView *self = GH_HEADERS_VIEW (object);

  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gh_headers_view_parent_class)->dispose (object);
}

static void
gh_headers_view_class_init (GhHeadersViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_headers_view_dispose;
  g_type_ensure (GH_TYPE_HEADER_LIST);
  g_type_ensure (GH_TYPE_FINDING_LIST);
  g_type_ensure (GH_TYPE_LOAD_TESTER);
  g_type_ensure (GH_TYPE_SCORE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-headers-view.ui");
  gtk_widget_class_bind_template_child (widget_class, GhHeadersView, summary_label);
  gtk_widget_class_bind_template_child (widget_class, GhHeadersView, difference_label);
  gtk_widget_class_bind_template_child (widget_class, GhHeadersView, copy_button);
  gtk_widget_class_bind_template_child (widget_class, GhHeadersView, load_tester);
  gtk_widget_class_bind_template_child (widget_class, GhHeadersView, header_list);
  gtk_widget_class_bind_template_child (widget_class, GhHeadersView, finding_list);
  gtk_widget_class_bind_template_child (widget_class, GhHeadersView, score_view);
  gtk_widget_class_install_action (widget_class, "headers.copy", "s", copy);
}

static void
gh_headers_view_init (GhHeadersView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_copy_menu (self);
}

GtkWidget *
gh_headers_view_new (GhFormContext *context)
{
  GhHeadersView *self = g_object_new (GH_TYPE_HEADERS_VIEW, NULL);

  self->context = g_object_ref (context);
  gh_header_list_set_context (self->header_list, context);
  gh_score_view_set_context (self->score_view, context);
  gh_load_tester_set_context (self->load_tester, context);
  gh_finding_list_set_context (self->finding_list, context, GH_FINDINGS_OF_HEADERS);
  g_signal_connect_swapped (context, "refreshed", G_CALLBACK (on_refreshed), self);
  on_refreshed (self);
  return GTK_WIDGET (self);
}

GhHeaderList *
gh_headers_view_get_list (GhHeadersView *self)
{
  g_return_val_if_fail (GH_IS_HEADERS_VIEW (self), NULL);

  return self->header_list;
}

GhFindingList *
gh_headers_view_get_findings (GhHeadersView *self)
{
  g_return_val_if_fail (GH_IS_HEADERS_VIEW (self), NULL);

  return self->finding_list;
}

const char *
gh_headers_view_get_summary (GhHeadersView *self)
{
  g_return_val_if_fail (GH_IS_HEADERS_VIEW (self), NULL);

  return gtk_label_get_label (self->summary_label);
}

GhLoadTester *
gh_headers_view_get_tester (GhHeadersView *self)
{
  g_return_val_if_fail (GH_IS_HEADERS_VIEW (self), NULL);

  return self->load_tester;
}

GhScoreView *
gh_headers_view_get_score (GhHeadersView *self)
{
  g_return_val_if_fail (GH_IS_HEADERS_VIEW (self), NULL);

  return self->score_view;
}
