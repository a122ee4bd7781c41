/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks for a file or a name, then does it. */

#include "gh-window-policy.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"
#include "gh-baseline-store.h"
#include "gh-policy-file.h"
#include "gh-window-import.h"

#define SUFFIX ".gatehouse-policy.json"

/* NULL, and said in words, while no workspace is open. */
static GhPolicy *
dup_policy (GhWindow *self)
{
  GhDocument *document
    = gh_form_context_get_document (gh_workspace_view_get_context (gh_window_get_view (self)));

  if (document != NULL)
    return gh_document_dup_policy (document);

  gh_window_add_toast (self, _ ("Open a workspace first"));
  return NULL;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GhWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    gh_window_add_toast (self, _ ("The policy is exported, with what is drafted"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gh_window_add_toast (self, error->message);
}

void
gh_window_export (GhWindow *self, GFile *file)
{
  g_autoptr (GhPolicy) policy = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  g_return_if_fail (GH_IS_WINDOW (self));

  policy = dup_policy (self);
  if (policy == NULL)
    return;

  text = gh_policy_file_to_text (policy);
  bytes = g_bytes_new_take (text, strlen (text));
  g_file_replace_contents_bytes_async (file,
                                       bytes,
                                       NULL,
                                       FALSE,
                                       G_FILE_CREATE_NONE,
                                       gh_window_get_cancellable (self),
                                       on_written,
                                       g_object_ref (self));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GhWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gh_baseline_store_save_finish (GH_DATABASE (source), result, &error))
    gh_window_add_toast (self, _ ("The baseline is saved"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gh_window_add_toast (self, error->message);
}

static void
store_baseline (GhWindow *self, const char *name)
{
  g_autoptr (GhPolicy) policy = dup_policy (self);

  if (policy == NULL)
    return;

  gh_baseline_store_save_async (gh_fleet_get_database (gh_window_get_fleet (self)),
                                name,
                                policy,
                                gh_window_get_cancellable (self),
                                on_saved,
                                g_object_ref (self));
}

static void
on_export_chosen (GtkNativeDialog *dialog, int response, GhWindow *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    gh_window_export (self, file);
  g_object_unref (dialog);
}

static void
on_import_chosen (GtkNativeDialog *dialog, int response, GhWindow *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    gh_window_import (self, file);
  g_object_unref (dialog);
}

static void
import (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_ ("Import a Policy"),
                                                              GTK_WINDOW (user_data),
                                                              GTK_FILE_CHOOSER_ACTION_OPEN,
                                                              _ ("_Open"),
                                                              _ ("_Cancel"));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Policies"));
  gtk_file_filter_add_suffix (filter, "json");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_import_chosen), user_data, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void export(GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GhWorkspace *workspace = gh_workspace_view_get_workspace (gh_window_get_view (user_data));
  g_autoptr (GhPolicy) policy = dup_policy (user_data);
  g_autofree char *name = NULL;
  GtkFileChooserNative *dialog;

  if (policy == NULL)
    return;

  name = g_strconcat (gh_workspace_get_id (workspace), SUFFIX, NULL);
  dialog = gtk_file_chooser_native_new (_ ("Export the Policy"),
                                        GTK_WINDOW (user_data),
                                        GTK_FILE_CHOOSER_ACTION_SAVE,
                                        _ ("_Export"),
                                        _ ("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_export_chosen), user_data, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
on_name_changed (GtkEditable *entry, AdwMessageDialog *dialog)
{
  g_autofree char *name = g_strdup (gtk_editable_get_text (entry));

  adw_message_dialog_set_response_enabled (dialog, "save", *g_strstrip (name) != '\0');
}

static void
on_name_response (AdwMessageDialog *dialog, const char *response, GhWindow *self)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);
  g_autofree char *name = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));

  if (g_str_equal (response, "save"))
    store_baseline (self, g_strstrip (name));
}

static void
save_baseline (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_autoptr (GhPolicy) policy = dup_policy (user_data);
  AdwMessageDialog *dialog;
  GtkWidget *entry;

  if (policy == NULL)
    return;

  entry = gtk_entry_new ();
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  /* Also as wide as the heading: libadwaita 1.7 warns when that has less room. */
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 24);
  gh_accessible_set_name (entry, _ ("Name of the baseline"));
  dialog = ADW_MESSAGE_DIALOG (
    adw_message_dialog_new (GTK_WINDOW (user_data),
                            _ ("Save as a Baseline"),
                            _ ("Other workspaces can be compared with it, and it can be applied to "
                               "many. One of the same name is replaced.")));
  adw_message_dialog_set_extra_child (dialog, entry);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "save", _ ("_Save"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "save");
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_name_changed), dialog, 0);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_name_response), user_data, 0);
  on_name_changed (GTK_EDITABLE (entry), dialog);
  gh_window_present_dialog (user_data, GTK_WINDOW (dialog));
}

static const GActionEntry actions[] = {
  { .name = "import", .activate = import },
  { .name = "export", .activate = export },
  { .name = "save-baseline", .activate = save_baseline },
};

void
gh_window_policy_set_up (GhWindow *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_return_if_fail (GH_IS_WINDOW (self));

  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "policy", G_ACTION_GROUP (group));
}
