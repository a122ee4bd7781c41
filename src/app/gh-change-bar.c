/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shown while something is drafted, or while something went wrong with keeping it. */

#include "gh-change-bar.h"

#include <glib/gi18n-lib.h>

#include "gh-row-box.h"

struct _GhChangeBar
{
  AdwBin parent_instance;

  GhFormContext *context; /* owned, or NULL */
  GhWorkspace *workspace; /* owned, or NULL */

  /* Template */
  GtkRevealer *revealer;
  GtkLabel *count_label;
  GtkLabel *saved_label;
};

G_DEFINE_FINAL_TYPE (GhChangeBar, gh_change_bar, ADW_TYPE_BIN)

static char *
dup_count_text (guint n_changes, guint n_warnings)
{
  g_autofree char *changes
    = g_strdup_printf (ngettext ("%u change", "%u changes", n_changes), n_changes);
  g_autofree char *warnings
    = g_strdup_printf (ngettext ("%u warning", "%u warnings", n_warnings), n_warnings);

  if (n_warnings == 0)
    return g_steal_pointer (&changes);

  /* Translators: two counts in a row, such as "3 changes, 1 warning". */
  return g_strdup_printf (_ ("%s, %s"), changes, warnings);
}

static void
on_refreshed (GhChangeBar *self)
{
  guint n_changes = gh_form_context_count_drafted (self->context, NULL);
  guint n_warnings = gh_form_context_count_draft_warnings (self->context);
  g_autofree char *text = dup_count_text (n_changes, n_warnings);

  gtk_label_set_label (self->count_label, text);
  gtk_revealer_set_reveal_child (self->revealer, n_changes > 0);
}

static void
on_saving_changed (GhChangeBar *self)
{
  g_autofree char *error = NULL;

  g_object_get (self->workspace, "save-error", &error, NULL);
  if (error != NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("The draft is not saved: %s"), error);

      gtk_label_set_label (self->saved_label, text);
      gtk_widget_add_css_class (GTK_WIDGET (self->saved_label), "error");
      return;
    }

  gtk_widget_remove_css_class (GTK_WIDGET (self->saved_label), "error");
  gtk_label_set_label (self->saved_label,
                       gh_workspace_get_saving (self->workspace) ? _ ("Saving…")
                                                                 : _ ("Draft saved"));
}

static void
gh_change_bar_dispose (GObject *object)
{
  GhChangeBar *self = GH_CHANGE_BAR (object);

  gh_change_bar_set_workspace (self, NULL);
  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gh_change_bar_parent_class)->dispose (object);
}

static void
gh_change_bar_class_init (GhChangeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_change_bar_dispose;
  g_type_ensure (GH_TYPE_ROW_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-change-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, GhChangeBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, GhChangeBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, GhChangeBar, saved_label);
}

static void
gh_change_bar_init (GhChangeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
gh_change_bar_set_context (GhChangeBar *self, GhFormContext *context)
{
  g_return_if_fail (GH_IS_CHANGE_BAR (self));
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  g_signal_connect_swapped (context, "refreshed", G_CALLBACK (on_refreshed), self);
  on_refreshed (self);
}

void
gh_change_bar_set_workspace (GhChangeBar *self, GhWorkspace *workspace)
{
  g_return_if_fail (GH_IS_CHANGE_BAR (self));

  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  if (!g_set_object (&self->workspace, workspace) || workspace == NULL)
    return;

  g_signal_connect_swapped (workspace, "notify::saving", G_CALLBACK (on_saving_changed), self);
  g_signal_connect_swapped (workspace, "notify::save-error", G_CALLBACK (on_saving_changed), self);
  on_saving_changed (self);
}

const char *
gh_change_bar_get_text (GhChangeBar *self)
{
  g_return_val_if_fail (GH_IS_CHANGE_BAR (self), NULL);

  return gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_label (self->count_label)
                                                        : "";
}

const char *
gh_change_bar_get_saved_text (GhChangeBar *self)
{
  g_return_val_if_fail (GH_IS_CHANGE_BAR (self), NULL);

  return gtk_label_get_label (self->saved_label);
}
