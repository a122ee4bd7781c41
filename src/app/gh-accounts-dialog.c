/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One row for each account, made anew when they change. */

#include "gh-accounts-dialog.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"

struct _GhAccountsDialog
{
  AdwWindow parent_instance;

  GhFleet *fleet;            /* owned */
  GCancellable *cancellable; /* owned */
  GPtrArray *rows;           /* owned, of borrowed GtkWidget */

  /* Template */
  AdwToastOverlay *toasts;
  AdwPreferencesGroup *group;
};

enum
{
  SIGNAL_SIGN_IN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhAccountsDialog, gh_accounts_dialog, ADW_TYPE_WINDOW)

static void
add_toast (GhAccountsDialog *self, const char *words)
{
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static void
sign_in (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhAccountsDialog *self = GH_ACCOUNTS_DIALOG (widget);
  g_autofree char *account = g_variant_dup_string (parameter, NULL);

  g_signal_emit (self, signals[SIGNAL_SIGN_IN], 0, account);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GhAccountsDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!gh_fleet_remove_account_finish (GH_FLEET (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    add_toast (self, error->message);
}

static void
on_response (AdwMessageDialog *question, const char *response, GhAccountsDialog *self)
{
  if (g_str_equal (response, "remove"))
    gh_accounts_dialog_remove (self, gtk_widget_get_name (GTK_WIDGET (question)));
}

static void
ask_to_remove (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *account = g_variant_get_string (parameter, NULL);
  g_autofree char *title = g_strdup_printf (_ ("Remove “%s”?"), account);
  GtkWidget *question = adw_message_dialog_new (
    GTK_WINDOW (widget),
    title,
    _ ("Its token, its workspaces and all that is drafted in them are removed from this "
       "computer. Nothing changes on the server."));

  gtk_widget_set_name (question, account);
  adw_message_dialog_add_responses (
    ADW_MESSAGE_DIALOG (question), "cancel", _ ("_Cancel"), "remove", _ ("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (
    ADW_MESSAGE_DIALOG (question), "remove", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (question, "response", G_CALLBACK (on_response), widget, 0);
  gtk_window_present (GTK_WINDOW (question));
}

static GtkWidget *
create_button (const char *icon_name, const char *action, const char *account, const char *words)
{
  GtkWidget *button = gh_accessible_icon_button_new (icon_name, words);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", account);
  return button;
}

static GtkWidget *
create_row (const GhAccount *account)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *removing = g_strdup_printf (_ ("Remove %s"), account->name);
  g_autofree char *signing = g_strdup_printf (_ ("Sign in to %s again"), account->name);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), account->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), account->url);
  if (!account->demo)
    adw_action_row_add_suffix (
      ADW_ACTION_ROW (row),
      create_button ("dialog-password-symbolic", "accounts.sign-in", account->name, signing));
  adw_action_row_add_suffix (
    ADW_ACTION_ROW (row),
    create_button ("user-trash-symbolic", "accounts.remove", account->name, removing));
  return row;
}

static void
on_accounts_changed (GhAccountsDialog *self)
{
  GPtrArray *accounts = gh_fleet_get_accounts (self->fleet);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  for (guint i = 0; i < accounts->len; i++)
    {
      GtkWidget *row = create_row (g_ptr_array_index (accounts, i));

      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
    }

  if (accounts->len == 0)
    gtk_window_close (GTK_WINDOW (self));
}

static void
gh_accounts_dialog_dispose (GObject *object)
{
  GhAccountsDialog *self = GH_ACCOUNTS_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->fleet != NULL)
    g_signal_handlers_disconnect_by_data (self->fleet, self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->fleet);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (gh_accounts_dialog_parent_class)->dispose (object);
}

static void
gh_accounts_dialog_class_init (GhAccountsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_accounts_dialog_dispose;
  signals[SIGNAL_SIGN_IN] = g_signal_new ("sign-in",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-accounts-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GhAccountsDialog, toasts);
  gtk_widget_class_bind_template_child (widget_class, GhAccountsDialog, group);
  gtk_widget_class_install_action (widget_class, "accounts.sign-in", "s", sign_in);
  gtk_widget_class_install_action (widget_class, "accounts.remove", "s", ask_to_remove);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
gh_accounts_dialog_init (GhAccountsDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gh_accessible_name_groups (GTK_WIDGET (self));
}

GtkWindow *
gh_accounts_dialog_new (GhFleet *fleet)
{
  GhAccountsDialog *self = g_object_new (GH_TYPE_ACCOUNTS_DIALOG, NULL);

  self->fleet = g_object_ref (fleet);
  g_signal_connect_swapped (fleet, "accounts-changed", G_CALLBACK (on_accounts_changed), self);
  on_accounts_changed (self);
  return GTK_WINDOW (self);
}

void
gh_accounts_dialog_remove (GhAccountsDialog *self, const char *account)
{
  g_return_if_fail (GH_IS_ACCOUNTS_DIALOG (self));

  gh_fleet_remove_account_async (
    self->fleet, account, self->cancellable, on_removed, g_object_ref (self));
}
