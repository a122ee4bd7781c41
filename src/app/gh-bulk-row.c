/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Few widgets, because a list of thousands makes and fills them while it scrolls. */

#include "gh-bulk-row.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-value-type.h"

/* Changes that a row names one by one. */
#define NAMED_CHANGES 6

struct _GhBulkRow
{
  GtkWidget parent_instance;

  GObject *item;   /* owned, or NULL */
  GtkWidget *icon; /* borrowed children */
  GtkWidget *name;
  GtkWidget *words;
};

G_DEFINE_FINAL_TYPE (GhBulkRow, gh_bulk_row, GTK_TYPE_WIDGET)

typedef struct
{
  const char *icon_name;
  const char *style;
} Look;

static const Look plan_looks[] = {
  [GH_PLAN_WAITING] = { "content-loading-symbolic", "dim-label" },
  [GH_PLAN_READY] = { "document-edit-symbolic", "accent" },
  [GH_PLAN_NOTHING] = { "emblem-ok-symbolic", "success" },
  [GH_PLAN_REFUSED] = { "dialog-error-symbolic", "error" },
};

static const Look risky = { "dialog-warning-symbolic", "warning" };

static const Look job_looks[] = {
  [GH_JOB_ITEM_WAITING] = { "content-loading-symbolic", "dim-label" },
  [GH_JOB_ITEM_RUNNING] = { "emblem-synchronizing-symbolic", "accent" },
  [GH_JOB_ITEM_DONE] = { "emblem-ok-symbolic", "success" },
  [GH_JOB_ITEM_CONFLICT] = { "dialog-warning-symbolic", "warning" },
  [GH_JOB_ITEM_FAILED] = { "dialog-error-symbolic", "error" },
};

static void
append_change (GString *words, const GhPlanChange *change)
{
  const char *title = gh_setting_get_title (change->setting);
  g_autofree char *before = gh_value_describe (change->setting, change->before);
  g_autofree char *after = gh_value_describe (change->setting, change->after);
  g_autofree char *line = NULL;

  if (change->own)
    /* Translators: a setting, its value before and after, and that it was drafted earlier. */
    line = g_strdup_printf (_ ("%s: %s → %s, drafted before"), title, before, after);
  else
    /* Translators: a setting, and its value before and after. */
    line = g_strdup_printf (_ ("%s: %s → %s"), title, before, after);
  g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", line);
}

static char *
dup_changes (GhPlanItem *item)
{
  GPtrArray *changes = gh_plan_item_get_changes (item);
  GPtrArray *findings = gh_plan_item_get_findings (item);
  g_autoptr (GString) words = g_string_new (NULL);
  guint n_named = MIN (changes->len, NAMED_CHANGES);

  for (guint i = 0; i < n_named; i++)
    append_change (words, g_ptr_array_index (changes, i));
  if (changes->len > n_named)
    {
      g_autofree char *more
        = g_strdup_printf (ngettext ("%u more change", "%u more changes", changes->len - n_named),
                           changes->len - n_named);

      g_string_append_printf (words, "\n%s", more);
    }
  for (guint i = 0; i < findings->len; i++)
    g_string_append_printf (
      words, "\n⚠ %s", ((const GhFinding *) g_ptr_array_index (findings, i))->message);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static char *
dup_plan_words (GhPlanItem *item)
{
  switch (gh_plan_item_get_state (item))
    {
    case GH_PLAN_READY:
      return dup_changes (item);
    case GH_PLAN_NOTHING:
      return g_strdup (_ ("Has these values already"));
    case GH_PLAN_REFUSED:
      return g_strdup (gh_plan_item_get_message (item));
    case GH_PLAN_WAITING:
    default:
      return g_strdup (_ ("Not looked at yet"));
    }
}

static char *
dup_job_words (GhJobItem *item)
{
  const char *message = gh_job_item_get_message (item);

  switch (gh_job_item_get_state (item))
    {
    case GH_JOB_ITEM_RUNNING:
      return g_strdup (_ ("Being applied…"));
    case GH_JOB_ITEM_DONE:
      return g_strdup (_ ("Applied"));
    case GH_JOB_ITEM_CONFLICT:
      return g_strdup (message != NULL ? message : _ ("The server moved meanwhile"));
    case GH_JOB_ITEM_FAILED:
      return g_strdup (message != NULL ? message : _ ("Not applied"));
    case GH_JOB_ITEM_WAITING:
    default:
      return g_strdup (_ ("Waiting"));
    }
}

static char *
dup_words (GObject *item)
{
  return GH_IS_PLAN_ITEM (item) ? dup_plan_words (GH_PLAN_ITEM (item))
                                : dup_job_words (GH_JOB_ITEM (item));
}

static char *
dup_name (GObject *item)
{
  return GH_IS_PLAN_ITEM (item)
           ? g_strdup (gh_workspace_get_name (gh_plan_item_get_workspace (GH_PLAN_ITEM (item))))
           : gh_job_item_dup_name (GH_JOB_ITEM (item));
}

static Look
get_look (GObject *item)
{
  if (!GH_IS_PLAN_ITEM (item))
    return job_looks[gh_job_item_get_state (GH_JOB_ITEM (item))];
  if (gh_plan_item_get_state (GH_PLAN_ITEM (item)) == GH_PLAN_READY
      && gh_plan_item_get_findings (GH_PLAN_ITEM (item))->len > 0)
    return risky;

  return plan_looks[gh_plan_item_get_state (GH_PLAN_ITEM (item))];
}

static void
show (GhBulkRow *self)
{
  Look look = get_look (self->item);
  const char *styles[] = { look.style, NULL };
  g_autofree char *name = dup_name (self->item);
  g_autofree char *words = dup_words (self->item);
  g_autofree char *both = g_strdup_printf ("%s, %s", name, words);

  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), look.icon_name);
  gtk_widget_set_css_classes (self->icon, styles);
  gtk_label_set_label (GTK_LABEL (self->name), name);
  gtk_label_set_label (GTK_LABEL (self->words), words);
  gh_accessible_set_name (GTK_WIDGET (self), both);
}

static void
gh_bulk_row_dispose (GObject *object)
{
  GhBulkRow *self = GH_BULK_ROW (object);
  GtkWidget *child;

  gh_bulk_row_set_item (self, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (gh_bulk_row_parent_class)->dispose (object);
}

static void
gh_bulk_row_class_init (GhBulkRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_bulk_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
create_label (GtkWidget *box)
{
  GtkWidget *label = gtk_label_new (NULL);

  g_object_set (label, "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, NULL);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
gh_bulk_row_init (GhBulkRow *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  self->icon = gtk_image_new ();
  gtk_widget_set_valign (self->icon, GTK_ALIGN_START);
  gtk_widget_set_parent (self->icon, GTK_WIDGET (self));
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  self->name = create_label (box);
  self->words = create_label (box);
  gtk_widget_add_css_class (self->words, "caption");
  gtk_widget_add_css_class (self->words, "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self), "workspace-row");
}

GtkWidget *
gh_bulk_row_new (void)
{
  return g_object_new (GH_TYPE_BULK_ROW, NULL);
}

void
gh_bulk_row_set_item (GhBulkRow *self, GObject *item)
{
  g_return_if_fail (GH_IS_BULK_ROW (self));
  g_return_if_fail (item == NULL || GH_IS_PLAN_ITEM (item) || GH_IS_JOB_ITEM (item));

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  if (!g_set_object (&self->item, item) || item == NULL)
    return;

  g_signal_connect_swapped (item, "notify", G_CALLBACK (show), self);
  show (self);
}
