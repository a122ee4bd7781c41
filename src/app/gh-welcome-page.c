/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A status page with two ways on. */

#include "gh-welcome-page.h"

struct _GhWelcomePage
{
  AdwBin parent_instance;

  /* Template */
  AdwStatusPage *page;
  GtkWidget *account_button;
  GtkWidget *demo_button;
  GtkSpinner *spinner;
  GtkLabel *error_label;
};

G_DEFINE_FINAL_TYPE (GhWelcomePage, gh_welcome_page, ADW_TYPE_BIN)

static void
gh_welcome_page_class_init (GhWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/gatehouse/gh-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GhWelcomePage, page);
  gtk_widget_class_bind_template_child (widget_class, GhWelcomePage, account_button);
  gtk_widget_class_bind_template_child (widget_class, GhWelcomePage, demo_button);
  gtk_widget_class_bind_template_child (widget_class, GhWelcomePage, spinner);
  gtk_widget_class_bind_template_child (widget_class, GhWelcomePage, error_label);
}

static void
gh_welcome_page_init (GhWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_status_page_set_icon_name (self->page, "gatehouse");
}

void
gh_welcome_page_set_busy (GhWelcomePage *self, gboolean busy)
{
  g_return_if_fail (GH_IS_WELCOME_PAGE (self));

  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_sensitive (self->account_button, !busy);
  gtk_widget_set_sensitive (self->demo_button, !busy);
}

void
gh_welcome_page_set_error (GhWelcomePage *self, const char *words)
{
  g_return_if_fail (GH_IS_WELCOME_PAGE (self));

  gtk_label_set_label (self->error_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), words != NULL);
}
