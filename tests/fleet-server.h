/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A fleet whose account is on a server of the test's own, which may fail in every way. */

#pragma once

#include <signal.h>

#include "fleet-calls.h"
#include "server-fixture.h"

#define FLEET_SERVER_DEADLINE_SECONDS 1 /* of a request to a server that fails */

typedef struct
{
  ServerFixture *server;
  char *port; /* and address, which stay */
  char *path; /* of the computer's database */
  GhCredentials *credentials;
  GhFleet *fleet;
  GhWorkspace *workspace; /* that is looked at; for the test to set */
} FleetServer;

static const char *const fleet_server_faults[]
  = { "delay=3000", "drop-before-answer", "drop-after-commit", "truncate",     "429=3600",
      "500",        "garbage-json",       "deep-json",         "endless-body", "redirect" };

static inline void
fleet_server_set_up (FleetServer *self, const char *n_workspaces)
{
  g_autoptr (GError) error = NULL;

  self->server = server_fixture_new ("--demo", n_workspaces, NULL);
  self->port = g_strdup_printf ("127.0.0.1:%u", self->server->port);
  self->path = g_build_filename (self->server->directory, "computer.db", NULL);
  self->credentials = gh_credentials_memory_new ();
  self->fleet = open_fleet (self->path, self->credentials);
  add_account (self->fleet, ACCOUNT, self->server->url, self->server->token, &error);
  g_assert_no_error (error);
}

static inline void
fleet_server_tear_down (FleetServer *self)
{
  close_fleet (self->fleet);
  g_object_unref (self->credentials);
  server_fixture_free (self->server);
  g_free (self->port);
  g_free (self->path);
}

/* From here on the fault strikes the requests of one method, or of two. second: NULL for none. */
static inline void
fleet_server_break (FleetServer *self, const char *fault, const char *first, const char *second)
{
  g_autofree char *one = g_strconcat (fault, "@", first, NULL);
  g_autofree char *other = second != NULL ? g_strconcat (fault, "@", second, NULL) : NULL;
  const char *options[]
    = { "--listen", self->port, "--fault", one, other != NULL ? "--fault" : NULL, other, NULL };

  g_test_message ("%s %s", one, other != NULL ? other : "");
  server_fixture_stop (self->server, SIGTERM);
  server_fixture_start (self->server, options);
  gh_client_set_deadline (gh_workspace_get_client (self->workspace), FLEET_SERVER_DEADLINE_SECONDS);
}

/* The server dies, and a sound one has what it left. */
static inline void
fleet_server_mend (FleetServer *self)
{
  const char *options[] = { "--listen", self->port, NULL };

  server_fixture_stop (self->server, SIGKILL);
  server_fixture_start (self->server, options);
  gh_client_set_deadline (gh_workspace_get_client (self->workspace), GH_CLIENT_DEADLINE_SECONDS);
}
