/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Name, version, licence. */

#include "gh-about.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "gh-config.h"

void
gh_about_show (GtkWindow *parent)
{
  adw_show_about_window (parent,
                         "application-name",
                         "Gatehouse",
                         "application-icon",
                         "gatehouse",
                         "version",
                         GH_VERSION,
                         "developer-name",
                         _ ("The Gatehouse developers"),
                         "license-type",
                         GTK_LICENSE_GPL_3_0,
                         "comments",
                         _ ("Look after the security policy of many workspaces"),
                         /* Translators: your names, one a line. */
                         "translator-credits",
                         _ ("translator-credits"),
                         NULL);
}
