/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A gatehouse-server of our own on loopback: it lives no longer than this process, and its
 * token is nowhere but in memory. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define GH_TYPE_DEMO (gh_demo_get_type ())

G_DECLARE_FINAL_TYPE (GhDemo, gh_demo, GH, DEMO, GObject)

/* GH_FLEET_ERROR_DEMO when it cannot be started or says nothing sensible in time. */
void gh_demo_start_async (const char *database_path,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
GhDemo *gh_demo_start_finish (GAsyncResult *result, GError **error);
const char *gh_demo_get_url (GhDemo *self);
const char *gh_demo_get_token (GhDemo *self);
gboolean gh_demo_is_running (GhDemo *self);

G_END_DECLS
