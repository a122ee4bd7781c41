/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows that are kept from one keystroke to the next, so that only words that changed are
 * laid out again. */

#include "gh-header-list.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-long-label.h"
#include "gh-setting-links.h"

typedef struct
{
  GtkWidget *row;     /* borrowed child of the list */
  GtkWidget *old;     /* borrowed: label */
  GtkWidget *new;     /* borrowed: label */
  GtkWidget *mark;    /* borrowed: label */
  GtkWidget *because; /* borrowed: label with links */
} GhHeaderLine;

struct _GhHeaderList
{
  GtkWidget parent_instance;

  GhFormContext *context; /* owned, or NULL */
  GtkWidget *list;        /* the child: list box */
  GArray *lines;          /* owned, of GhHeaderLine */
  gboolean changes_only;
};

enum
{
  PROP_CHANGES_ONLY = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (GhHeaderList, gh_header_list, GTK_TYPE_WIDGET)

static gboolean
on_activate_link (GtkLabel *label, const char *field, GhHeaderList *self)
{
  gh_form_context_go_to (self->context, field);
  return TRUE;
}

static GtkWidget *
create_label (const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  g_object_set (label, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
create_value_label (const char *style)
{
  GtkWidget *label = gh_long_label_new ();

  gtk_widget_add_css_class (label, style);
  gtk_widget_add_css_class (label, "header-line");
  gtk_widget_add_css_class (label, "monospace");
  return label;
}

static void
append_line (GhHeaderList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GhHeaderLine line = {
    .row = gtk_list_box_row_new (),
    .old = create_value_label ("header-old"),
    .new = create_value_label ("header-new"),
    .mark = create_label ("caption-heading"),
    .because = create_label ("caption"),
  };

  gtk_widget_add_css_class (box, "header-box");
  gtk_widget_set_margin_start (foot, 6);
  gtk_widget_set_hexpand (line.because, TRUE);
  gtk_widget_set_valign (line.mark, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (line.mark), FALSE);
  g_signal_connect (line.because, "activate-link", G_CALLBACK (on_activate_link), self);
  gtk_box_append (GTK_BOX (foot), line.mark);
  gtk_box_append (GTK_BOX (foot), line.because);
  gtk_box_append (GTK_BOX (box), line.old);
  gtk_box_append (GTK_BOX (box), line.new);
  gtk_box_append (GTK_BOX (box), foot);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line.row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line.row), FALSE);
  gtk_widget_set_focusable (line.row, FALSE);
  gtk_list_box_append (GTK_LIST_BOX (self->list), line.row);
  g_array_append_val (self->lines, line);
}

static char *
dup_line (const GhHeader *header)
{
  return header != NULL ? g_strdup_printf ("%s: %s", header->name, header->value) : NULL;
}

/* Of an old line beside its new one, what is not in the new one. */
static void
show_lines (GhHeaderLine *line, const GhHeader *before, const GhHeader *after)
{
  g_autofree char *old = dup_line (before);
  g_autofree char *new = dup_line (after);

  gtk_widget_set_visible (line->old, old != NULL);
  gtk_widget_set_visible (line->new, new != NULL);
  if (new != NULL)
    gh_long_label_set_text (GH_LONG_LABEL (line->new), new);
  if (old != NULL && new != NULL)
    gh_long_label_set_text_beside (GH_LONG_LABEL (line->old), old, new);
  else if (old != NULL)
    gh_long_label_set_text (GH_LONG_LABEL (line->old), old);
}

static const char *
get_mark (GhHeaderChange change)
{
  switch (change)
    {
    case GH_HEADER_ADDED:
      return _ ("Added");
    case GH_HEADER_REMOVED:
      return _ ("Removed");
    case GH_HEADER_CHANGED:
      return _ ("Changed");
    case GH_HEADER_SAME:
      break;
    }

  return "";
}

static void
show_line (GhHeaderList *self, GhHeaderLine *line, const GhHeaderDifference *difference)
{
  const GhHeader *header = difference->after != NULL ? difference->after : difference->before;
  gboolean same = difference->change == GH_HEADER_SAME;
  const char *mark = get_mark (difference->change);
  g_autofree char *links = gh_setting_links_dup_markup (header->fields);
  g_autofree char *name
    = *mark == '\0' ? g_strdup (header->name) : g_strdup_printf ("%s, %s", header->name, mark);

  show_lines (line, same ? NULL : difference->before, difference->after);
  if (same)
    gtk_widget_remove_css_class (line->new, "header-new");
  else
    gtk_widget_add_css_class (line->new, "header-new");
  gtk_label_set_label (GTK_LABEL (line->mark), mark);
  gtk_widget_set_visible (line->mark, !same);
  if (g_strcmp0 (links, gtk_label_get_label (GTK_LABEL (line->because))) != 0)
    gtk_label_set_markup (GTK_LABEL (line->because), links);
  gh_accessible_set_name (line->row, name);
}

static void
remove_line (GhHeaderList *self)
{
  guint last = self->lines->len - 1;

  gtk_list_box_remove (GTK_LIST_BOX (self->list),
                       g_array_index (self->lines, GhHeaderLine, last).row);
  g_array_set_size (self->lines, last);
}

static GArray *
compare (GhHeaderList *self)
{
  const GhHeaderSet *before = gh_form_context_get_headers_before (self->context);
  const GhHeaderSet *after = gh_form_context_get_headers_after (self->context);
  g_autoptr (GArray) all = NULL;
  GArray *shown = g_array_new (FALSE, FALSE, sizeof (GhHeaderDifference));

  if (before == NULL || after == NULL)
    return shown;

  all = gh_header_set_compare (before, after);
  for (guint i = 0; i < all->len; i++)
    {
      GhHeaderDifference *difference = &g_array_index (all, GhHeaderDifference, i);

      if (!self->changes_only || difference->change != GH_HEADER_SAME)
        g_array_append_val (shown, *difference);
    }

  return shown;
}

static GtkWidget *
create_placeholder (void)
{
  GtkWidget *label = gtk_label_new (_ ("No header changes."));

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "header-box");
  return label;
}

static void
on_refreshed (GhHeaderList *self)
{
  g_autoptr (GArray) differences = compare (self);

  while (self->lines->len < differences->len)
    append_line (self);
  while (self->lines->len > differences->len)
    remove_line (self);
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list),
                                self->lines->len == 0 ? create_placeholder () : NULL);
  for (guint i = 0; i < self->lines->len; i++)
    show_line (self,
               &g_array_index (self->lines, GhHeaderLine, i),
               &g_array_index (differences, GhHeaderDifference, i));
}

static void
on_map (GhHeaderList *self)
{
  if (self->context != NULL)
    on_refreshed (self);
}

/* A list that nobody sees need not keep up. */
static void
on_context_refreshed (GhHeaderList *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    on_refreshed (self);
}

static void
gh_header_list_dispose (GObject *object)
{
  GhHeaderList *self = GH_HEADER_LIST (object);

  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->list, gtk_widget_unparent);

  G_OBJECT_CLASS (gh_header_list_parent_class)->dispose (object);
}

static void
gh_header_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHANGES_ONLY)
    g_value_set_boolean (value, GH_HEADER_LIST (object)->changes_only);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gh_header_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHANGES_ONLY)
    GH_HEADER_LIST (object)->changes_only = g_value_get_boolean (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gh_header_list_class_init (GhHeaderListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = gh_header_list_dispose;
  object_class->get_property = gh_header_list_get_property;
  object_class->set_property = gh_header_list_set_property;
  properties[PROP_CHANGES_ONLY]
    = g_param_spec_boolean ("changes-only",
                            NULL,
                            NULL,
                            FALSE,
                            G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
gh_header_list_init (GhHeaderList *self)
{
  self->lines = g_array_new (FALSE, FALSE, sizeof (GhHeaderLine));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gh_accessible_set_name (self->list, _ ("Headers"));
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
  g_signal_connect (self, "map", G_CALLBACK (on_map), NULL);
}

void
gh_header_list_set_context (GhHeaderList *self, GhFormContext *context)
{
  g_return_if_fail (GH_IS_HEADER_LIST (self));
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  g_signal_connect_swapped (context, "refreshed", G_CALLBACK (on_context_refreshed), self);
  on_refreshed (self);
}

static void
append_text (GString *text, char mark, GtkWidget *label)
{
  if (gtk_widget_get_visible (label))
    g_string_append_printf (text, "%c%s\n", mark, gh_long_label_get_text (GH_LONG_LABEL (label)));
}

char *
gh_header_list_dup_text (GhHeaderList *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (GH_IS_HEADER_LIST (self), NULL);

  for (guint i = 0; i < self->lines->len; i++)
    {
      const GhHeaderLine *line = &g_array_index (self->lines, GhHeaderLine, i);
      gboolean same = !gtk_widget_has_css_class (line->new, "header-new");

      append_text (text, '-', line->old);
      append_text (text, same ? ' ' : '+', line->new);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
