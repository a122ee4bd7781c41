/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks the header engine and says what it says. */

#include "gh-load-tester.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-csp-match.h"

#define HEADER "Content-Security-Policy"

struct _GhLoadTester
{
  AdwBin parent_instance;

  GhFormContext *context; /* owned, or NULL */

  /* Template */
  AdwComboRow *load_row;
  GtkEditable *url_row;
  GtkWidget *answer_row;
  GtkImage *answer_icon;
  GtkLabel *answer_label;
};

G_DEFINE_FINAL_TYPE (GhLoadTester, gh_load_tester, ADW_TYPE_BIN)

static const struct
{
  GhCspLoad load;
  const char *title;
} loads[] = {
  { GH_CSP_LOAD_SCRIPT, N_ ("Script") },
  { GH_CSP_LOAD_STYLE, N_ ("Style sheet") },
  { GH_CSP_LOAD_IMAGE, N_ ("Image") },
  { GH_CSP_LOAD_FONT, N_ ("Font") },
  { GH_CSP_LOAD_CONNECT, N_ ("Connection of a script") },
  { GH_CSP_LOAD_FRAME, N_ ("Frame") },
  { GH_CSP_LOAD_WORKER, N_ ("Worker") },
  { GH_CSP_LOAD_OBJECT, N_ ("Object") },
  { GH_CSP_LOAD_MEDIA, N_ ("Sound or film") },
  { GH_CSP_LOAD_MANIFEST, N_ ("Manifest") },
  { GH_CSP_LOAD_FORM, N_ ("Target of a form") },
  { GH_CSP_LOAD_ANCESTOR, N_ ("Page that frames this one") },
};

static void
show_answer (GhLoadTester *self, const char *icon_name, const char *style, const char *words)
{
  const char *styles[] = { style, NULL };

  gtk_image_set_from_icon_name (self->answer_icon, icon_name);
  gtk_widget_set_css_classes (GTK_WIDGET (self->answer_icon), styles);
  gtk_label_set_label (self->answer_label, words);
  gtk_widget_set_visible (self->answer_row, *words != '\0');
}

/* A note makes of what is allowed something to look at. */
static void
show_verdict (GhLoadTester *self, const GhCspVerdict *verdict)
{
  g_autofree char *words = verdict->note == NULL
                             ? g_strdup (verdict->message)
                             : g_strjoin ("\n", verdict->message, verdict->note, NULL);

  if (!verdict->allowed)
    show_answer (self, "action-unavailable-symbolic", "error", words);
  else if (verdict->note != NULL)
    show_answer (self, "dialog-warning-symbolic", "warning", words);
  else
    show_answer (self, "emblem-ok-symbolic", "success", words);
}

static void
answer (GhLoadTester *self, const char *policy, const char *url)
{
  guint selected = adw_combo_row_get_selected (self->load_row);
  g_autoptr (GhCsp) csp = gh_csp_new_from_text (policy);
  g_autoptr (GError) error = NULL;
  g_autoptr (GhCspVerdict) verdict = NULL;
  GhCspRequest request = {
    .load = loads[MIN (selected, G_N_ELEMENTS (loads) - 1)].load,
    .self_origin = gh_form_context_get_site (self->context),
    .url = url,
    .parser_inserted = TRUE,
  };

  verdict = gh_csp_match (csp, &request, &error);
  if (verdict == NULL)
    show_answer (self, "dialog-question-symbolic", "dim-label", error->message);
  else
    show_verdict (self, verdict);
}

static void
on_asked (GhLoadTester *self)
{
  const GhHeaderSet *headers
    = self->context != NULL ? gh_form_context_get_headers_after (self->context) : NULL;
  const GhHeader *header = headers != NULL ? gh_header_set_lookup (headers, HEADER) : NULL;
  const char *url = gtk_editable_get_text (self->url_row);

  if (*url == '\0' || headers == NULL)
    show_answer (self, NULL, "dim-label", "");
  else if (header == NULL)
    show_answer (self,
                 "emblem-ok-symbolic",
                 "warning",
                 _ ("Everything loads: no Content-Security-Policy is enforced."));
  else
    answer (self, header->value, url);
}

static void
gh_load_tester_dispose (GObject *object)
{
  GhLoadTester *self = GH_LOAD_TESTER (object);

  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gh_load_tester_parent_class)->dispose (object);
}

static void
gh_load_tester_class_init (GhLoadTesterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_load_tester_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-load-tester.ui");
  gtk_widget_class_bind_template_child (widget_class, GhLoadTester, load_row);
  gtk_widget_class_bind_template_child (widget_class, GhLoadTester, url_row);
  gtk_widget_class_bind_template_child (widget_class, GhLoadTester, answer_row);
  gtk_widget_class_bind_template_child (widget_class, GhLoadTester, answer_icon);
  gtk_widget_class_bind_template_child (widget_class, GhLoadTester, answer_label);
  gtk_widget_class_bind_template_callback (widget_class, on_asked);
}

static void
gh_load_tester_init (GhLoadTester *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (loads); i++)
    gtk_string_list_append (titles, _ (loads[i].title));

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->load_row, G_LIST_MODEL (titles));
  gh_accessible_name_groups (GTK_WIDGET (self));
}

void
gh_load_tester_set_context (GhLoadTester *self, GhFormContext *context)
{
  g_return_if_fail (GH_IS_LOAD_TESTER (self));
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  g_signal_connect_swapped (context, "refreshed", G_CALLBACK (on_asked), self);
}

void
gh_load_tester_ask (GhLoadTester *self, const char *load, const char *url)
{
  g_return_if_fail (GH_IS_LOAD_TESTER (self));

  for (gsize i = 0; i < G_N_ELEMENTS (loads); i++)
    if (g_str_equal (gh_csp_load_to_string (loads[i].load), load))
      adw_combo_row_set_selected (self->load_row, (guint) i);

  gtk_editable_set_text (self->url_row, url);
}

const char *
gh_load_tester_get_answer (GhLoadTester *self)
{
  g_return_val_if_fail (GH_IS_LOAD_TESTER (self), NULL);

  return gtk_label_get_label (self->answer_label);
}
