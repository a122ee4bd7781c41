/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The token is in the entry, in the request and in the keyring; it is wiped from the entry
 * as soon as it is not needed there. */

#include "gh-account-dialog.h"

#include <glib/gi18n-lib.h>

#include "gh-accessible.h"

struct _GhAccountDialog
{
  AdwWindow parent_instance;

  GhFleet *fleet;            /* owned */
  GhAccount *signing_in;     /* owned: the account to sign in to, or NULL when one is added */
  GCancellable *cancellable; /* owned */

  /* Template */
  GtkButton *add_button;
  GtkSpinner *spinner;
  AdwPreferencesGroup *main_group;
  AdwPreferencesGroup *more_group;
  GtkEditable *url_row;
  GtkEditable *token_row;
  GtkEditable *name_row;
  GtkEditable *header_row;
  GtkEditable *ca_row;
  GtkSwitch *session_switch;
  GtkLabel *error_label;
};

enum
{
  SIGNAL_DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GhAccountDialog, gh_account_dialog, ADW_TYPE_WINDOW)

static void
show_error (GhAccountDialog *self, const char *words)
{
  gtk_label_set_label (self->error_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), words != NULL);
}

static void
set_busy (GhAccountDialog *self, gboolean busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->main_group), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->more_group), !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.add", !busy);
}

static gboolean
is_filled (GtkEditable *row)
{
  return *gtk_editable_get_text (row) != '\0';
}

static void
on_changed (GhAccountDialog *self)
{
  gtk_widget_action_set_enabled (
    GTK_WIDGET (self), "account.add", is_filled (self->url_row) && is_filled (self->token_row));
}

static char *
dup_text (GtkEditable *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (row)));

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

/* "policy.example.org" names the account where the person does not. */
static char *
dup_name (GhAccountDialog *self, const char *url)
{
  g_autofree char *name = dup_text (self->name_row);
  g_autoptr (GUri) uri = NULL;

  if (name != NULL)
    return g_steal_pointer (&name);

  uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return g_strdup ("account");

  return g_strcanon (
    g_strdup (g_uri_get_host (uri)), G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS ".-_", '-');
}

static void
finish (GhAccountDialog *self, gboolean good, const GError *error)
{
  if (!good && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_busy (self, FALSE);
  if (!good)
    {
      show_error (self, error->message);
      return;
    }

  gtk_editable_set_text (self->token_row, "");
  g_signal_emit (self,
                 signals[SIGNAL_DONE],
                 0,
                 self->signing_in != NULL ? _ ("Signed in again") : _ ("Account added"));
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_added (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GhAccountDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = gh_fleet_add_account_finish (GH_FLEET (source), result, &error);

  finish (self, good, error);
}

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GhAccountDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = gh_fleet_sign_in_finish (GH_FLEET (source), result, &error);

  finish (self, good, error);
}

static void
add (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GhAccountDialog *self = GH_ACCOUNT_DIALOG (widget);
  const char *token = gtk_editable_get_text (self->token_row);
  gboolean session_only = gtk_switch_get_active (self->session_switch);
  g_autofree char *url = dup_text (self->url_row);
  g_autofree char *name = NULL;
  g_autoptr (GhAccount) account = NULL;

  if (url == NULL || *token == '\0')
    return;

  show_error (self, NULL);
  set_busy (self, TRUE);
  if (self->signing_in != NULL)
    {
      gh_fleet_sign_in_async (self->fleet,
                              self->signing_in->name,
                              token,
                              session_only,
                              self->cancellable,
                              on_signed_in,
                              g_object_ref (self));
      return;
    }

  name = dup_name (self, url);
  account = gh_account_new (name, url);
  account->token_header = dup_text (self->header_row);
  account->ca_file = dup_text (self->ca_row);
  gh_fleet_add_account_async (
    self->fleet, account, token, session_only, self->cancellable, on_added, g_object_ref (self));
}

static void
on_activated (GhAccountDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "account.add", NULL);
}

static void
gh_account_dialog_dispose (GObject *object)
{
  GhAccountDialog *self = GH_ACCOUNT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->fleet);
  g_clear_pointer (&self->signing_in, gh_account_free);

  G_OBJECT_CLASS (gh_account_dialog_parent_class)->dispose (object);
}

static gboolean
gh_account_dialog_close_request (GtkWindow *window)
{
  GhAccountDialog *self = GH_ACCOUNT_DIALOG (window);

  g_cancellable_cancel (self->cancellable);
  gtk_editable_set_text (self->token_row, "");

  return GTK_WINDOW_CLASS (gh_account_dialog_parent_class)->close_request (window);
}

static void
gh_account_dialog_class_init (GhAccountDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_account_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = gh_account_dialog_close_request;
  signals[SIGNAL_DONE] = g_signal_new ("done",
                                       G_TYPE_FROM_CLASS (klass),
                                       G_SIGNAL_RUN_LAST,
                                       0,
                                       NULL,
                                       NULL,
                                       NULL,
                                       G_TYPE_NONE,
                                       1,
                                       G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-account-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, GhAccountDialog, add_button);
  gtk_widget_class_bind_template_child (widget_class, GhAccountDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, GhAccountDialog, main_group);
  gtk_widget_class_bind_template_child (widget_class, GhAccountDialog, more_group);
  gtk_widget_class_bind_template_child (widget_class, GhAccountDialog, url_row);
  gtk_widget_class_bind_template_child (widget_class, GhAccountDialog, token_row);
  gtk_widget_class_bind_template_child (widget_class, GhAccountDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, GhAccountDialog, header_row);
  gtk_widget_class_bind_template_child (widget_class, GhAccountDialog, ca_row);
  gtk_widget_class_bind_template_child (widget_class, GhAccountDialog, session_switch);
  gtk_widget_class_bind_template_child (widget_class, GhAccountDialog, error_label);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_install_action (widget_class, "account.add", NULL, add);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
gh_account_dialog_init (GhAccountDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gh_accessible_name_groups (GTK_WIDGET (self));
  on_changed (self);
}

GtkWindow *
gh_account_dialog_new (GhFleet *fleet)
{
  GhAccountDialog *self = g_object_new (GH_TYPE_ACCOUNT_DIALOG, NULL);

  self->fleet = g_object_ref (fleet);
  return GTK_WINDOW (self);
}

GtkWindow *
gh_account_dialog_new_sign_in (GhFleet *fleet, const GhAccount *account)
{
  GhAccountDialog *self = GH_ACCOUNT_DIALOG (gh_account_dialog_new (fleet));

  self->signing_in = gh_account_copy (account);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Sign In Again"));
  gtk_button_set_label (self->add_button, _ ("_Sign In"));
  gtk_editable_set_text (self->url_row, account->url);
  gtk_widget_set_sensitive (GTK_WIDGET (self->url_row), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->more_group), FALSE);
  return GTK_WINDOW (self);
}

void
gh_account_dialog_fill (GhAccountDialog *self,
                        const char *url,
                        const char *token,
                        const char *name,
                        gboolean session_only)
{
  g_return_if_fail (GH_IS_ACCOUNT_DIALOG (self));

  if (url != NULL)
    gtk_editable_set_text (self->url_row, url);
  if (token != NULL)
    gtk_editable_set_text (self->token_row, token);
  if (name != NULL)
    gtk_editable_set_text (self->name_row, name);
  gtk_switch_set_active (self->session_switch, session_only);
}

gboolean
gh_account_dialog_get_session_only (GhAccountDialog *self)
{
  g_return_val_if_fail (GH_IS_ACCOUNT_DIALOG (self), FALSE);

  return gtk_switch_get_active (self->session_switch);
}

const char *
gh_account_dialog_get_error (GhAccountDialog *self)
{
  g_return_val_if_fail (GH_IS_ACCOUNT_DIALOG (self), NULL);

  return gtk_label_get_label (self->error_label);
}
