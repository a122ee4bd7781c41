/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When a call is worth another try, and after how long. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GH_RETRY_MAXIMUM_ATTEMPTS 4

/* left: whether the request was written to a connection. safe: repeating it cannot do
 * anything twice (a read, or a write with its idempotency key). */
gboolean gh_retry_is_worth (const GError *error, gboolean left, gboolean safe);

/* Milliseconds before the next attempt, attempt being the number of those made (1 and up).
 * retry_after is the server's wish in seconds, 0 for none; it is never undercut. */
guint gh_retry_get_delay (guint attempt, guint retry_after);

/* Seconds a Retry-After header asks for (RFC 9110, 10.2.3: seconds or a date); 0 for none,
 * at most a day. */
guint gh_retry_parse_after (const char *value, gint64 now);

G_END_DECLS
