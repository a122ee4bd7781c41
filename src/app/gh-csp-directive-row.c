/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shows a directive again only where something about it has changed. */

#include "gh-csp-directive-row.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-csp-suggestions.h"
#include "gh-suggestion-popover.h"
#include "gh-word-flow.h"

struct _GhCspDirectiveRow
{
  GtkListBoxRow parent_instance;

  const GhCsp *csp; /* borrowed */
  guint directive;
  char *shown; /* owned: all that was shown last depends on, or NULL */

  /* Template */
  GtkLabel *name_label;
  GtkLabel *help_label;
  GtkWidget *remove_button;
  GhWordFlow *flow;
  GtkLabel *more_label;
  GtkWidget *adding_box;
  GtkEntry *entry;
  GtkMenuButton *suggest_button;
  GtkLabel *words_label;
};

enum
{
  SIGNAL_REMOVE,
  SIGNAL_REMOVE_VALUE,
  SIGNAL_ADD_VALUE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhCspDirectiveRow, gh_csp_directive_row, GTK_TYPE_LIST_BOX_ROW)

static const GhCspDirective *
get_directive (GhCspDirectiveRow *self)
{
  guint n_directives;
  const GhCspDirective *directives = gh_csp_get_directives (self->csp, &n_directives);

  g_return_val_if_fail (self->directive < n_directives, NULL);
  return &directives[self->directive];
}

static void
on_remove_clicked (GhCspDirectiveRow *self)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE], 0);
}

static void
on_remove_value (GhCspDirectiveRow *self, guint index)
{
  g_signal_emit (self, signals[SIGNAL_REMOVE_VALUE], 0, index);
}

static gboolean
add_value (GhCspDirectiveRow *self, const char *text)
{
  gboolean added = FALSE;

  g_signal_emit (self, signals[SIGNAL_ADD_VALUE], 0, text, &added);
  return added;
}

static void
on_typed (GhCspDirectiveRow *self)
{
  g_autofree char *text
    = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (*text != '\0' && add_value (self, text))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
on_chosen (GhCspDirectiveRow *self, const char *text)
{
  add_value (self, text);
  gh_csp_directive_row_focus (self);
}

/* Made when it is asked for: few of many rows ever show theirs. */
static void
create_suggestions (GtkMenuButton *button, gpointer user_data)
{
  GhCspDirectiveRow *self = user_data;
  GtkPopover *popover = gtk_menu_button_get_popover (button);
  g_autoptr (GPtrArray) suggestions = gh_csp_suggest_values (self->csp, get_directive (self));

  if (popover == NULL)
    {
      popover = GTK_POPOVER (gh_suggestion_popover_new (_ ("Suggestions")));
      g_signal_connect_swapped (popover, "chosen", G_CALLBACK (on_chosen), self);
      gtk_menu_button_set_popover (button, GTK_WIDGET (popover));
    }
  gh_suggestion_popover_fill (GH_SUGGESTION_POPOVER (popover), suggestions);
}

/* All that is to be said about the bytes from the name to the last value, a line each. */
static char *
dup_words (GhCspDirectiveRow *self, const GhCspDirective *directive, GhSeverity *worst)
{
  const GArray *diagnostics = gh_csp_get_diagnostics (self->csp);
  const char *text = gh_csp_get_text (self->csp, NULL);
  gsize start = directive->span.start;
  gsize end = start + directive->span.length;
  g_autoptr (GString) words = g_string_new (NULL);

  *worst = GH_SEVERITY_INFO;
  for (guint i = 0; i < diagnostics->len; i++)
    {
      const GhDiagnostic *diagnostic = gh_diagnostics_get_nth (diagnostics, i);
      g_autofree char *sentence = NULL;

      if (diagnostic->offset < start || diagnostic->offset > end)
        continue;

      sentence = gh_diagnostic_dup_message (diagnostic, text);
      g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", sentence);
      *worst = MAX (*worst, diagnostic->severity);
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
show_words (GhCspDirectiveRow *self, const char *words, GhSeverity worst)
{
  GtkWidget *label = GTK_WIDGET (self->words_label);

  gtk_label_set_label (self->words_label, words);
  gtk_widget_set_visible (label, *words != '\0');
  gtk_widget_remove_css_class (label, "warning");
  gtk_widget_remove_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, worst >= GH_SEVERITY_WARNING ? "warning" : "dim-label");
}

static void
show_values (GhCspDirectiveRow *self, const GhCspDirective *directive)
{
  const GhCspValue *values = gh_csp_get_values (self->csp, NULL);
  guint n_shown = MIN (directive->n_values, GH_CSP_DIRECTIVE_ROW_MAXIMUM_VALUES);
  guint n_left = directive->n_values - n_shown;
  g_autofree char *more = g_strdup_printf (
    ngettext ("%u more stands in the text.", "%u more stand in the text.", n_left), n_left);

  gh_word_flow_clear (self->flow);
  for (guint i = 0; i < n_shown; i++)
    {
      g_autofree char *value = gh_csp_dup_span (self->csp, values[directive->first_value + i].span);

      gh_word_flow_append (self->flow, value);
    }
  gtk_label_set_label (self->more_label, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), n_left > 0);
}

static void
show_name (GhCspDirectiveRow *self, const GhCspDirective *directive)
{
  g_autofree char *name = gh_csp_dup_span (self->csp, directive->name);
  g_autofree char *removing = g_strdup_printf (_ ("Remove the directive %s"), name);
  g_autofree char *adding = g_strdup_printf (_ ("Add to %s"), name);
  g_autofree char *suggestions = g_strdup_printf (_ ("Suggestions for %s"), name);
  gboolean is_known = directive->id != GH_CSP_NO_DIRECTIVE;
  gboolean is_bare
    = is_known && gh_csp_directive_get_flags (directive->id) & GH_CSP_DIRECTIVE_VALUELESS;

  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->help_label, gh_csp_directive_get_help (directive->id));
  gh_word_flow_set_title (self->flow, name);
  gh_accessible_set_name (GTK_WIDGET (self), name);
  gh_accessible_set_name (self->remove_button, removing);
  gtk_widget_set_tooltip_text (self->remove_button, removing);
  gtk_entry_set_placeholder_text (self->entry, adding);
  gh_accessible_set_name (GTK_WIDGET (self->entry), adding);
  gh_accessible_set_name (GTK_WIDGET (self->suggest_button), suggestions);
  gtk_widget_set_visible (GTK_WIDGET (self->suggest_button), is_known);
  gtk_widget_set_visible (self->adding_box, !is_bare);
}

static void
gh_csp_directive_row_finalize (GObject *object)
{
  g_free (GH_CSP_DIRECTIVE_ROW (object)->shown);

  G_OBJECT_CLASS (gh_csp_directive_row_parent_class)->finalize (object);
}

static void
install_signals (GhCspDirectiveRowClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  signals[SIGNAL_REMOVE]
    = g_signal_new ("remove", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_REMOVE_VALUE] = g_signal_new (
    "remove-value", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_ADD_VALUE] = g_signal_new (
    "add-value", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_BOOLEAN, 1, G_TYPE_STRING);
}

static void
gh_csp_directive_row_class_init (GhCspDirectiveRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gh_csp_directive_row_finalize;
  install_signals (klass);

  g_type_ensure (GH_TYPE_WORD_FLOW);
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-csp-directive-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GhCspDirectiveRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, GhCspDirectiveRow, help_label);
  gtk_widget_class_bind_template_child (widget_class, GhCspDirectiveRow, remove_button);
  gtk_widget_class_bind_template_child (widget_class, GhCspDirectiveRow, flow);
  gtk_widget_class_bind_template_child (widget_class, GhCspDirectiveRow, more_label);
  gtk_widget_class_bind_template_child (widget_class, GhCspDirectiveRow, adding_box);
  gtk_widget_class_bind_template_child (widget_class, GhCspDirectiveRow, entry);
  gtk_widget_class_bind_template_child (widget_class, GhCspDirectiveRow, suggest_button);
  gtk_widget_class_bind_template_child (widget_class, GhCspDirectiveRow, words_label);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_value);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
}

static void
gh_csp_directive_row_init (GhCspDirectiveRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->suggest_button, create_suggestions, self, NULL);
}

GtkWidget *
gh_csp_directive_row_new (void)
{
  return g_object_new (GH_TYPE_CSP_DIRECTIVE_ROW, NULL);
}

void
gh_csp_directive_row_show (GhCspDirectiveRow *self, const GhCsp *csp, guint index)
{
  const GhCspDirective *directive;
  g_autofree char *text = NULL;
  g_autofree char *words = NULL;
  g_autofree char *shown = NULL;
  GhSeverity worst;

  g_return_if_fail (GH_IS_CSP_DIRECTIVE_ROW (self));

  self->csp = csp;
  self->directive = index;
  directive = get_directive (self);
  text = gh_csp_dup_span (csp, directive->span);
  words = dup_words (self, directive, &worst);
  shown = g_strconcat (text, "\n", words, NULL);
  if (g_strcmp0 (shown, self->shown) == 0)
    return;

  g_free (self->shown);
  self->shown = g_steal_pointer (&shown);
  show_name (self, directive);
  show_values (self, directive);
  show_words (self, words, worst);
}

void
gh_csp_directive_row_focus (GhCspDirectiveRow *self)
{
  g_return_if_fail (GH_IS_CSP_DIRECTIVE_ROW (self));

  gtk_widget_grab_focus (gtk_widget_get_visible (self->adding_box) ? GTK_WIDGET (self->entry)
                                                                   : self->remove_button);
}

void
gh_csp_directive_row_type (GhCspDirectiveRow *self, const char *text)
{
  g_return_if_fail (GH_IS_CSP_DIRECTIVE_ROW (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  on_typed (self);
}

gboolean
gh_csp_directive_row_choose (GhCspDirectiveRow *self, const char *text)
{
  g_return_val_if_fail (GH_IS_CSP_DIRECTIVE_ROW (self), FALSE);

  create_suggestions (self->suggest_button, self);
  return gh_suggestion_popover_choose (
    GH_SUGGESTION_POPOVER (gtk_menu_button_get_popover (self->suggest_button)), text);
}

const char *
gh_csp_directive_row_get_words (GhCspDirectiveRow *self)
{
  g_return_val_if_fail (GH_IS_CSP_DIRECTIVE_ROW (self), NULL);

  return gtk_label_get_label (self->words_label);
}
