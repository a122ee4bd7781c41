/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starts the window. */

#include <locale.h>
#include <sys/prctl.h>

#include <glib/gi18n-lib.h>

#include "gh-application.h"
#include "gh-config.h"

int
main (int argc, char **argv)
{
  g_autoptr (GhApplication) application = NULL;

  /* Credentials pass through this process: no core dump, no debugger of the same user. */
  prctl (PR_SET_DUMPABLE, 0);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, GH_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_set_prgname (GH_APPLICATION_ID);
  g_set_application_name ("Gatehouse");

  application = gh_application_new (G_APPLICATION_DEFAULT_FLAGS);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
