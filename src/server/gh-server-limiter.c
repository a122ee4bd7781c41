/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The generic cell rate algorithm (ITU-T I.371): for each token the time at which the next
 * request would come if all came evenly. It may lie up to a second ahead. */

#include "gh-server-limiter.h"

#define BURST G_USEC_PER_SEC

struct _GhServerLimiter
{
  gint64 interval; /* microseconds between two requests */
  GMutex lock;
  GHashTable *expected; /* token id -> microseconds, monotonic; under the lock */
};

GhServerLimiter *
gh_server_limiter_new (guint rate)
{
  GhServerLimiter *self = g_new0 (GhServerLimiter, 1);

  self->interval = MAX (G_USEC_PER_SEC / (gint64) rate, 1);
  g_mutex_init (&self->lock);
  self->expected = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return self;
}

void
gh_server_limiter_free (GhServerLimiter *self)
{
  g_hash_table_unref (self->expected);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static gint64 *
get_expected (GhServerLimiter *self, gint64 token)
{
  gint64 *expected = g_hash_table_lookup (self->expected, &token);

  if (expected != NULL)
    return expected;
  expected = g_new0 (gint64, 1);
  g_hash_table_insert (self->expected, g_memdup2 (&token, sizeof token), expected);
  return expected;
}

guint
gh_server_limiter_take (GhServerLimiter *self, gint64 token)
{
  gint64 now = g_get_monotonic_time ();
  gint64 *expected;
  gint64 wait;

  g_mutex_lock (&self->lock);
  expected = get_expected (self, token);
  *expected = MAX (*expected, now);
  wait = *expected + self->interval - now - BURST;
  if (wait <= 0)
    *expected += self->interval;
  g_mutex_unlock (&self->lock);
  return wait <= 0 ? 0 : (guint) ((wait + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}
