/* SPDX-License-Identifier: GPL-3.0-or-later */

/* count-events FILE: how many audit events of changed policies a server's database holds. */

#include "gh-server-database.h"

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GhServerDatabase) database = gh_server_database_open (argv[argc - 1], &error);
  gint64 count = database != NULL ? gh_server_database_get_number (
                   database,
                   0,
                   &error,
                   "SELECT count (*) FROM audit_events WHERE action = 'policy.changed'",
                   "")
                                  : 0;

  if (error != NULL)
    g_error ("%s", error->message);
  g_print ("%" G_GINT64_FORMAT "\n", count);
  return EXIT_SUCCESS;
}
