/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Follows the communities of the context's workspace. */

#include "gh-community-note.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-communities-dialog.h"
#include "gh-value-type.h"
#include "gh-window.h"
#include "gh-workspace-communities.h"

#define MAXIMUM_NAMED 3

struct _GhCommunityNote
{
  AdwBin parent_instance;

  GhFormContext *context; /* owned */
  const GhSetting *setting;
  GtkLabel *label; /* borrowed child */
};

G_DEFINE_FINAL_TYPE (GhCommunityNote, gh_community_note, ADW_TYPE_BIN)

static GPtrArray *
get_communities (GhCommunityNote *self)
{
  GhWorkspace *workspace = gh_form_context_get_workspace (self->context);

  return workspace != NULL ? gh_workspace_get_communities (workspace) : NULL;
}

static char *
dup_count (guint n_own, guint n_all)
{
  if (n_own == 0)
    return g_strdup_printf (
      ngettext ("Inherited by the %u community.", "Inherited by all %u communities.", n_all),
      n_all);

  return g_strdup_printf (ngettext ("%u of %u communities has a value of its own:",
                                    "%u of %u communities have values of their own:",
                                    n_own),
                          n_own,
                          n_all);
}

static void
append_value (GString *text, const GhSetting *setting, const GhCommunityRecord *community)
{
  g_autofree char *value
    = gh_value_describe (setting, gh_overrides_get (community->overrides, setting));

  /* Translators: a community's name and its value. */
  g_string_append_printf (text, _ ("%s: %s"), community->name, value);
}

/* The first of those that differ, each with its value. */
static void
append_differing (GString *text, const GhSetting *setting, GPtrArray *communities, guint n_own)
{
  guint n_named = 0;

  for (guint i = 0; i < communities->len && n_named < MAXIMUM_NAMED; i++)
    {
      const GhCommunityRecord *community = g_ptr_array_index (communities, i);

      if (gh_overrides_get (community->overrides, setting) == NULL)
        continue;
      g_string_append (text, n_named++ > 0 ? " · " : " ");
      append_value (text, setting, community);
    }
  if (n_own > n_named)
    {
      g_string_append (text, " · ");
      g_string_append_printf (
        text, ngettext ("%u more", "%u more", n_own - n_named), n_own - n_named);
    }
}

static void
append_drafted (GString *text, const GhSetting *setting, GPtrArray *communities)
{
  guint n_drafted = 0;

  for (guint i = 0; i < communities->len; i++)
    {
      const GhCommunityRecord *community = g_ptr_array_index (communities, i);

      n_drafted += gh_override_changes_find (community->changes, setting) != NULL;
    }
  if (n_drafted == 0)
    return;
  g_string_append_c (text, '\n');
  g_string_append_printf (text,
                          ngettext ("Drafted for %u community and not applied yet.",
                                    "Drafted for %u communities and not applied yet.",
                                    n_drafted),
                          n_drafted);
}

static guint
count_own (const GhSetting *setting, GPtrArray *communities)
{
  guint n_own = 0;

  for (guint i = 0; i < communities->len; i++)
    {
      const GhCommunityRecord *community = g_ptr_array_index (communities, i);

      n_own += gh_overrides_get (community->overrides, setting) != NULL;
    }
  return n_own;
}

static char *
dup_text (const GhSetting *setting, GPtrArray *communities)
{
  g_autoptr (GString) text = NULL;
  g_autofree char *count = NULL;
  guint n_own = count_own (setting, communities);

  count = dup_count (n_own, communities->len);
  text = g_string_new (count);
  append_differing (text, setting, communities, n_own);
  append_drafted (text, setting, communities);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_communities (GhCommunityNote *self)
{
  GPtrArray *communities = get_communities (self);
  gboolean any = communities != NULL && communities->len > 0;
  g_autofree char *text = any ? dup_text (self->setting, communities) : g_strdup ("");

  gtk_label_set_label (self->label, text);
  gtk_widget_set_visible (GTK_WIDGET (self), any);
}

static void
on_applied (GhCommunityNote *self, const char *words)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", words);
}

static void
on_clicked (GhCommunityNote *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWindow *dialog = gh_communities_dialog_new (self->context, self->setting);

  g_signal_connect_object (dialog, "applied", G_CALLBACK (on_applied), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
    self->context, "notify::document", G_CALLBACK (gtk_window_close), dialog, G_CONNECT_SWAPPED);
  gh_window_present_dialog (GH_WINDOW (root), dialog);
}

static GtkWidget *
create_button (GhCommunityNote *self)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Communities…"));
  g_autofree char *name
    = g_strdup_printf (_ ("Communities and %s"), gh_setting_get_title (self->setting));

  gtk_widget_set_tooltip_text (button, _ ("See and change what each community has"));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gh_accessible_set_name (button, name);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_clicked), self);
  return button;
}

static void
gh_community_note_dispose (GObject *object)
{
  GhCommunityNote *self = GH_COMMUNITY_NOTE (object);

  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gh_community_note_parent_class)->dispose (object);
}

static void
gh_community_note_class_init (GhCommunityNoteClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gh_community_note_dispose;
}

static void
gh_community_note_init (GhCommunityNote *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new ("");

  self->label = GTK_LABEL (label);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), label);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
gh_community_note_new (GhFormContext *context, const GhSetting *setting)
{
  GhCommunityNote *self = g_object_new (GH_TYPE_COMMUNITY_NOTE, NULL);

  self->context = g_object_ref (context);
  self->setting = setting;
  gtk_box_append (GTK_BOX (adw_bin_get_child (ADW_BIN (self))), create_button (self));
  g_signal_connect_swapped (context, "communities-changed", G_CALLBACK (show_communities), self);
  show_communities (self);
  return GTK_WIDGET (self);
}

char *
gh_community_note_dup_kept (GhWorkspace *workspace, const GhSetting *setting)
{
  GPtrArray *communities = gh_workspace_get_communities (workspace);
  guint n_own = communities != NULL ? count_own (setting, communities) : 0;

  if (n_own == 0)
    return NULL;
  return g_strdup_printf (ngettext ("%u community keeps a value of its own.",
                                    "%u communities keep values of their own.",
                                    n_own),
                          n_own);
}

const char *
gh_community_note_get_text (GhCommunityNote *self)
{
  g_return_val_if_fail (GH_IS_COMMUNITY_NOTE (self), NULL);

  return gtk_label_get_label (self->label);
}
