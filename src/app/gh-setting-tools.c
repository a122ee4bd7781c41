/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One button for each line of the table of structured editors, or what is to be said of the
 * communities. */

#include "gh-setting-tools.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-community-note.h"
#include "gh-flow-layout.h"
#include "gh-structured-editors.h"
#include "gh-window.h"

struct _GhSettingTools
{
  AdwBin parent_instance;

  const GhSetting *setting;
  GhFormContext *context; /* owned, or NULL */
  GtkWidget *flow;        /* borrowed child with the buttons, or NULL */
};

G_DEFINE_FINAL_TYPE (GhSettingTools, gh_setting_tools, ADW_TYPE_BIN)

static gboolean
pass_on (GtkWidget *dialog, GVariant *parameter, gpointer action)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  return window != NULL && gtk_widget_activate_action (GTK_WIDGET (window), action, NULL);
}

/* What is done in the dialog is undone there too, unless the text that has the keyboard has an
 * undo of its own. */
static void
add_undo (GtkWindow *dialog)
{
  static const struct
  {
    const char *keys;
    const char *action;
  } shortcuts[] = {
    { "<Control>z", "win.undo" },
    { "<Control><Shift>z", "win.redo" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (controller),
      gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i].keys),
                        gtk_callback_action_new (pass_on, (gpointer) shortcuts[i].action, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (dialog), controller);
}

static void
on_clicked (GtkWidget *button, const GhStructuredEditor *editor)
{
  GhSettingTools *self = GH_SETTING_TOOLS (gtk_widget_get_ancestor (button, GH_TYPE_SETTING_TOOLS));
  GtkRoot *root = gtk_widget_get_root (button);
  GtkWindow *dialog = editor->create (self->context, self->setting);

  gtk_window_set_modal (dialog, TRUE);
  add_undo (dialog);
  g_signal_connect_object (
    self->context, "notify::document", G_CALLBACK (gtk_window_close), dialog, G_CONNECT_SWAPPED);
  gh_window_present_dialog (GH_WINDOW (root), dialog);
}

static GtkWidget *
create_button (const GhStructuredEditor *editor)
{
  GtkWidget *button = gtk_button_new_with_label (_ (editor->title));

  gtk_widget_set_tooltip_text (button, _ (editor->tooltip));
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), (gpointer) editor);
  return button;
}

static GtkWidget *
create_flow (const GhSetting *setting)
{
  GtkWidget *flow = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);

  gtk_widget_set_layout_manager (flow, gh_flow_layout_new ());
  gh_accessible_set_name (flow, gh_setting_get_title (setting));
  return flow;
}

static void
on_context_changed (GhSettingTools *self)
{
  gtk_widget_set_sensitive (self->flow,
                            gh_form_context_get_document (self->context) != NULL
                              && gh_form_context_get_can_write (self->context));
}

static void
offer_flow (GhSettingTools *self)
{
  adw_bin_set_child (ADW_BIN (self), self->flow);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (
    self->context, "notify::document", G_CALLBACK (on_context_changed), self);
  on_context_changed (self);
}

/* Whoever may only read may look at them. */
static void
offer_communities (GhSettingTools *self)
{
  GtkWidget *note = gh_community_note_new (self->context, self->setting);

  adw_bin_set_child (ADW_BIN (self), note);
  g_object_bind_property (note, "visible", self, "visible", G_BINDING_SYNC_CREATE);
}

static void
gh_setting_tools_dispose (GObject *object)
{
  GhSettingTools *self = GH_SETTING_TOOLS (object);

  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (gh_setting_tools_parent_class)->dispose (object);
}

static void
gh_setting_tools_class_init (GhSettingToolsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gh_setting_tools_dispose;
}

static void
gh_setting_tools_init (GhSettingTools *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
gh_setting_tools_offer (GhSettingTools *self, const GhSetting *setting, GhFormContext *context)
{
  gsize n_editors;
  const GhStructuredEditor *editors = gh_structured_editors_get_table (&n_editors);

  g_return_if_fail (GH_IS_SETTING_TOOLS (self));
  g_return_if_fail (self->context == NULL);

  self->setting = setting;
  self->context = g_object_ref (context);
  for (gsize i = 0; i < n_editors; i++)
    if (g_str_equal (editors[i].field, setting->id))
      {
        if (self->flow == NULL)
          self->flow = create_flow (setting);
        gtk_box_append (GTK_BOX (self->flow), create_button (&editors[i]));
      }

  if (setting->scope == GH_SCOPE_COMMUNITY)
    offer_communities (self);
  else if (self->flow != NULL)
    offer_flow (self);
}
