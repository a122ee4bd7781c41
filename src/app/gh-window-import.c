/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From a file to a draft. */

#include "gh-window-import.h"

#include <glib/gi18n-lib.h>

#include "gh-import-dialog.h"
#include "gh-policy-reader.h"

static void
show_refusal (GhWindow *self, const char *words)
{
  /* No heading: libadwaita 1.7 measures it for less room than it needs, and warns of that. */
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), NULL, words);

  gtk_window_set_title (GTK_WINDOW (dialog), _ ("The Policy Cannot Be Imported"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gh_window_present_dialog (self, GTK_WINDOW (dialog));
}

static void
on_imported (GhWindow *self, GhWorkspace *workspace, guint n_changes)
{
  g_autofree char *words = g_strdup_printf (
    ngettext ("%u change is drafted", "%u changes are drafted", n_changes), n_changes);

  gh_window_open (self, workspace);
  gh_window_add_toast (self, words);
}

static void
on_go_to (GhWindow *self, GhWorkspace *workspace, const char *field)
{
  gh_window_open (self, workspace);
  gh_form_context_go_to (gh_workspace_view_get_context (gh_window_get_view (self)), field);
}

static void
present (GhWindow *self, GFile *file, GhPolicy *policy)
{
  g_autofree char *path = g_file_get_parse_name (file);
  g_autofree char *name = g_path_get_basename (path);
  GtkWindow *dialog
    = gh_import_dialog_new (gh_window_get_fleet (self),
                            policy,
                            name,
                            gh_workspace_view_get_workspace (gh_window_get_view (self)));

  g_signal_connect_object (dialog, "imported", G_CALLBACK (on_imported), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "go-to", G_CALLBACK (on_go_to), self, G_CONNECT_SWAPPED);
  gh_window_present_dialog (self, dialog);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GhWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GhPolicy) policy = gh_policy_reader_read_finish (G_FILE (source), result, &error);

  if (policy != NULL)
    present (self, G_FILE (source), policy);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_refusal (self, error->message);
}

void
gh_window_import (GhWindow *self, GFile *file)
{
  GhFleet *fleet;

  g_return_if_fail (GH_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  fleet = gh_window_get_fleet (self);
  if (fleet == NULL)
    return;

  if (g_list_model_get_n_items (G_LIST_MODEL (fleet)) > 0)
    gh_policy_reader_read_async (
      file, gh_window_get_cancellable (self), on_read, g_object_ref (self));
  else
    show_refusal (self,
                  _ ("There is no workspace yet to import it into. Add an account, then open "
                     "the file again."));
}
