/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many requests a second one token may make. Shared by all workers. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _GhServerLimiter GhServerLimiter;

/* rate: requests a second; as many may come at once after a second of rest. */
GhServerLimiter *gh_server_limiter_new (guint rate);
void gh_server_limiter_free (GhServerLimiter *self);

/* 0 when the request may pass, else the seconds until one may. */
guint gh_server_limiter_take (GhServerLimiter *self, gint64 token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GhServerLimiter, gh_server_limiter_free)

G_END_DECLS
