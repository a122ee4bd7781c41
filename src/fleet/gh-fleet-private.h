/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of the fleet share. */

#pragma once

#include "gh-account-session.h"
#include "gh-demo.h"
#include "gh-fleet.h"
#include "gh-workspace-private.h"

G_BEGIN_DECLS

struct _GhFleet
{
  GObject parent_instance;

  GhDatabase *database;
  GRefString *path; /* of the database */
  GhCredentials *credentials;
  GhDemo *demo; /* the server of our own, or NULL */

  GPtrArray *accounts;   /* of GhAccount, by name */
  GHashTable *sessions;  /* account name -> GhAccountSession */
  GPtrArray *workspaces; /* of GhWorkspace, as the model has them */
  GHashTable *by_key;    /* "ACCOUNT/ID" -> GhWorkspace, borrowed from workspaces */

  GCancellable *closing; /* cancelled in dispose */
  gboolean refreshing;
  gboolean refresh_again;
  gint64 progress_at; /* when progress was last told, monotonic */
};

GhAccountSession *gh_fleet_get_session (GhFleet *self, const char *account);
const GhAccount *gh_fleet_get_account (GhFleet *self, const char *name);

/* Whether there is a token now, to the workspaces of the session. */
void gh_fleet_note_token (GhFleet *self, GhAccountSession *session, gboolean is_there);

/* Reads accounts and workspaces from the store and shows them. */
void gh_fleet_reread_async (GhFleet *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean gh_fleet_reread_finish (GhFleet *self, GAsyncResult *result, GError **error);

/* What the server's list says, in the store's words; takes nothing. */
GPtrArray *gh_fleet_make_records (const char *account, GPtrArray *remote_workspaces);

/* At most ten times a second, and always at the end. */
void gh_fleet_tell_progress (GhFleet *self, guint n_done, guint n_total);

G_END_DECLS
