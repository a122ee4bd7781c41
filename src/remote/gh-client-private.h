/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the calls of the API need of the client. */

#pragma once

#include "gh-client.h"
#include "gh-exchange.h"

G_BEGIN_DECLS

GUri *gh_client_get_base (GhClient *self);
const GError *gh_client_get_fault (GhClient *self); /* why no call can be made, or NULL */

/* Takes the exchange; it runs when the window has a place, and its deadline starts then. */
void gh_client_call_async (GhClient *self,
                           GhExchange *exchange,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
GhAnswer *gh_client_call_finish (GhClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
