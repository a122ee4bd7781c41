/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes a dialog and does what comes of it. */

#include "gh-window-dialogs.h"

#include <glib/gi18n-lib.h>

#include "gh-account-dialog.h"
#include "gh-accounts-dialog.h"
#include "gh-conflict-dialog.h"
#include "gh-review-dialog.h"

static GhWorkspace *
get_workspace (GhWindow *self)
{
  return gh_workspace_view_get_workspace (gh_window_get_view (self));
}

static GhFormContext *
get_context (GhWindow *self)
{
  return gh_workspace_view_get_context (gh_window_get_view (self));
}

static void
on_conflict (GhWindow *self)
{
  gh_window_add_toast (self, _ ("Somebody else changed this workspace meanwhile"));
  gh_window_resolve (self);
}

static void
on_discard_response (GhWindow *self)
{
  GhDocument *document = gh_form_context_get_document (get_context (self));

  if (document != NULL)
    gh_document_revert_all (document);
}

static const GhAccount *
find_account (GhWindow *self, const char *name)
{
  GPtrArray *accounts = gh_fleet_get_accounts (gh_window_get_fleet (self));

  for (guint i = 0; i < accounts->len; i++)
    if (g_str_equal (((GhAccount *) g_ptr_array_index (accounts, i))->name, name))
      return g_ptr_array_index (accounts, i);

  return NULL;
}

static void
on_account_done (GhWindow *self, const char *words)
{
  gh_window_add_toast (self, words);
  gh_window_read_all (self);
  gh_workspace_view_sync (gh_window_get_view (self));
}

static void
present_account_dialog (GhWindow *self, GtkWindow *dialog)
{
  g_signal_connect_object (dialog, "done", G_CALLBACK (on_account_done), self, G_CONNECT_SWAPPED);
  gh_window_present_dialog (self, dialog);
}

void
gh_window_review (GhWindow *self)
{
  GhWorkspace *workspace = get_workspace (self);
  GtkWindow *dialog;

  if (workspace == NULL || gh_form_context_get_document (get_context (self)) == NULL)
    return;
  if (gh_workspace_get_conflicts (workspace)->len > 0)
    {
      gh_window_resolve (self);
      return;
    }

  dialog = gh_review_dialog_new (workspace, get_context (self));
  g_signal_connect_object (
    dialog, "applied", G_CALLBACK (gh_window_add_toast), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "conflict", G_CALLBACK (on_conflict), self, G_CONNECT_SWAPPED);
  gh_window_present_dialog (self, dialog);
}

void
gh_window_resolve (GhWindow *self)
{
  GhWorkspace *workspace = get_workspace (self);

  if (workspace != NULL && gh_workspace_get_conflicts (workspace)->len > 0)
    gh_window_present_dialog (self, gh_conflict_dialog_new (workspace));
}

void
gh_window_discard (GhWindow *self)
{
  guint n_drafted = gh_form_context_count_drafted (get_context (self), NULL);
  g_autofree char *words
    = g_strdup_printf (ngettext ("%u drafted change is taken back. Undo brings it back again.",
                                 "%u drafted changes are taken back. Undo brings them back again.",
                                 n_drafted),
                       n_drafted);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Discard the Draft?"), words);

  adw_message_dialog_add_responses (
    ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "discard", _ ("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (
    ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (
    dialog, "response::discard", G_CALLBACK (on_discard_response), self, G_CONNECT_SWAPPED);
  gh_window_present_dialog (self, GTK_WINDOW (dialog));
}

void
gh_window_compare_revisions (GhWindow *self, guint before, guint after)
{
  GhHistoryView *history = gh_workspace_view_get_history (gh_window_get_view (self));
  GtkWindow *dialog = gh_history_view_compare (history, before, after);

  if (dialog == NULL)
    return;

  g_signal_connect_object (
    dialog, "go-to", G_CALLBACK (gh_form_context_go_to), get_context (self), G_CONNECT_SWAPPED);
  gh_window_present_dialog (self, dialog);
}

static void
sign_in_to (GhWindow *self, const char *name)
{
  const GhAccount *account = find_account (self, name);

  if (account != NULL && account->demo)
    gh_window_start_demo (self);
  else if (account != NULL)
    present_account_dialog (self,
                            gh_account_dialog_new_sign_in (gh_window_get_fleet (self), account));
}

/* A keyring that does not work is not offered to keep the token in. */
static gboolean
is_keyring_usable (GhCredentialState state)
{
  return state == GH_CREDENTIAL_FOUND || state == GH_CREDENTIAL_ABSENT;
}

void
gh_window_sign_in (GhWindow *self)
{
  GhWorkspace *workspace = get_workspace (self);

  if (workspace == NULL)
    return;

  sign_in_to (self, gh_workspace_get_account (workspace));
  if (GH_IS_ACCOUNT_DIALOG (gh_window_get_dialog (self))
      && !is_keyring_usable (gh_workspace_get_credential_state (workspace)))
    gh_account_dialog_fill (
      GH_ACCOUNT_DIALOG (gh_window_get_dialog (self)), NULL, NULL, NULL, TRUE);
}

static void
on_unlocked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GhWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gh_fleet_unlock_finish (GH_FLEET (source), result, &error))
    on_account_done (self, _ ("Keyring unlocked"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gh_window_add_toast (self, error->message);
}

void
gh_window_unlock (GhWindow *self)
{
  GhWorkspace *workspace = get_workspace (self);

  if (workspace != NULL)
    gh_fleet_unlock_async (gh_window_get_fleet (self),
                           gh_workspace_get_account (workspace),
                           gh_window_get_cancellable (self),
                           on_unlocked,
                           g_object_ref (self));
}

static void
on_sign_in_asked (GhWindow *self, const char *account)
{
  g_autofree char *name = g_strdup (account);

  gtk_window_close (gh_window_get_dialog (self));
  sign_in_to (self, name);
}

void
gh_window_show_accounts (GhWindow *self)
{
  GtkWindow *dialog;

  if (gh_window_get_fleet (self) == NULL)
    return;

  dialog = gh_accounts_dialog_new (gh_window_get_fleet (self));
  g_signal_connect_object (
    dialog, "sign-in", G_CALLBACK (on_sign_in_asked), self, G_CONNECT_SWAPPED);
  gh_window_present_dialog (self, dialog);
}

void
gh_window_add_account (GhWindow *self)
{
  if (gh_window_get_fleet (self) != NULL)
    present_account_dialog (self, gh_account_dialog_new (gh_window_get_fleet (self)));
}
