/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Chooses the one thing that matters most. */

#include "gh-banner.h"

#include <glib/gi18n-lib.h>

#include "gh-row-box.h"

typedef struct
{
  const char *icon_name;
  const char *text;
  const char *button; /* or NULL */
  const char *action;
} GhBannerWords;

struct _GhBanner
{
  AdwBin parent_instance;

  GhWorkspace *workspace; /* owned, or NULL */

  /* Template */
  GtkRevealer *revealer;
  GtkImage *icon;
  GtkLabel *label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (GhBanner, gh_banner, ADW_TYPE_BIN)

static void
show_words (GhBanner *self, const GhBannerWords *words)
{
  gtk_revealer_set_reveal_child (self->revealer, words != NULL);
  if (words == NULL)
    return;

  gtk_image_set_from_icon_name (self->icon, words->icon_name);
  gtk_label_set_label (self->label, words->text);
  gtk_widget_set_visible (GTK_WIDGET (self->button), words->button != NULL);
  if (words->button == NULL)
    return;

  gtk_button_set_label (self->button, words->button);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), words->action);
}

/* Why there is no token, and how to come to one. */
static GhBannerWords
get_credential_words (GhCredentialState state)
{
  const char *words = _ ("The server wants you to sign in again. Your draft is kept.");

  if (state == GH_CREDENTIAL_LOCKED)
    return (GhBannerWords){
      "changes-prevent-symbolic",
      _ ("The keyring that has the token is locked. Unlock it to reach the server."),
      _ ("Unlock…"),
      "win.unlock",
    };
  if (state == GH_CREDENTIAL_ABSENT)
    words = _ ("The keyring has no token for this server. Sign in again: your draft is kept.");
  else if (state == GH_CREDENTIAL_NO_KEYRING)
    words = _ ("There is no keyring to take the token from. Sign in for this session: your draft "
               "is kept.");
  else if (state == GH_CREDENTIAL_REFUSED)
    words = _ ("The keyring does not give the token. Look at it with your desktop's password "
               "manager, or sign in for this session: your draft is kept.");

  return (GhBannerWords){ "dialog-password-symbolic", words, _ ("Sign In…"), "win.sign-in" };
}

static gboolean
get_state_words (GhWorkspace *workspace, GhBannerWords *words)
{
  switch (gh_workspace_get_state (workspace))
    {
    case GH_WORKSPACE_OFFLINE:
      *words = (GhBannerWords){
        "network-offline-symbolic",
        _ ("Offline. You can go on editing, and apply when the server can be reached again."),
        _ ("Try Again"),
        "win.sync",
      };
      return TRUE;
    case GH_WORKSPACE_SIGN_IN:
      *words = get_credential_words (gh_workspace_get_credential_state (workspace));
      return TRUE;
    case GH_WORKSPACE_CONFLICT:
      *words = (GhBannerWords){
        "dialog-warning-symbolic",
        _ ("Somebody else changed settings that you changed too. Nothing was overwritten."),
        _ ("Resolve…"),
        "win.resolve",
      };
      return TRUE;
    case GH_WORKSPACE_SYNCED:
    case GH_WORKSPACE_DRAFT:
    case GH_WORKSPACE_APPLYING:
      break;
    }

  return FALSE;
}

static void
on_changed (GhBanner *self)
{
  GhBannerWords words = { "dialog-information-symbolic", NULL, NULL, NULL };
  g_autofree char *notice = NULL;

  if (get_state_words (self->workspace, &words))
    {
      show_words (self, &words);
      return;
    }

  g_object_get (self->workspace, "notice", &notice, NULL);
  if (notice != NULL)
    words.text = notice;
  else if (!gh_workspace_get_can_write (self->workspace))
    words = (GhBannerWords){
      "changes-prevent-symbolic",
      _ ("Your role may only read this workspace."),
      NULL,
      NULL,
    };
  show_words (self, words.text != NULL ? &words : NULL);
}

static void
gh_banner_dispose (GObject *object)
{
  gh_banner_set_workspace (GH_BANNER (object), NULL);

  G_OBJECT_CLASS (gh_banner_parent_class)->dispose (object);
}

static void
gh_banner_class_init (GhBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gh_banner_dispose;
  g_type_ensure (GH_TYPE_ROW_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, GhBanner, revealer);
  gtk_widget_class_bind_template_child (widget_class, GhBanner, icon);
  gtk_widget_class_bind_template_child (widget_class, GhBanner, label);
  gtk_widget_class_bind_template_child (widget_class, GhBanner, button);
}

static void
gh_banner_init (GhBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
gh_banner_set_workspace (GhBanner *self, GhWorkspace *workspace)
{
  g_return_if_fail (GH_IS_BANNER (self));

  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  if (!g_set_object (&self->workspace, workspace))
    return;
  if (workspace == NULL)
    {
      if (self->revealer != NULL)
        show_words (self, NULL);
      return;
    }

  g_signal_connect_swapped (workspace, "notify::state", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (workspace, "notify::can-write", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (workspace, "notify::notice", G_CALLBACK (on_changed), self);
  on_changed (self);
}

const char *
gh_banner_get_text (GhBanner *self)
{
  g_return_val_if_fail (GH_IS_BANNER (self), NULL);

  return gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_label (self->label) : "";
}
