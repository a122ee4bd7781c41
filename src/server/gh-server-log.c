/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The request log. */

#include "gh-server-log.h"

void
gh_server_log_request (GhServerRequest *request, GhServerResponse *response, gint64 started)
{
  g_autofree char *time = gh_server_format_time (g_get_real_time ());
  g_autofree char *path = g_strescape (request != NULL ? request->path : "-", NULL);
  const char *name = request != NULL && request->identity != NULL ? request->identity->name : "-";
  g_autofree char *who = g_strescape (name, NULL);
  gsize size = response->body != NULL ? g_bytes_get_size (response->body) : 0;

  g_printerr ("%s %s %s %u %zu %" G_GINT64_FORMAT " \"%s\"\n",
              time,
              request != NULL ? request->method : "-",
              path,
              response->status,
              size,
              g_get_monotonic_time () - started,
              who);
}
