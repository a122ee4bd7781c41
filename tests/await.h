/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Waiting for an asynchronous call in a test: the result's slot starts as NULL, is given to
 * the call with await_ready, and await gives what came into it, which stays the slot's. */

#pragma once

#include <gio/gio.h>

static inline void
await_ready (GObject *source, GAsyncResult *result, gpointer slot)
{
  *(GAsyncResult **) slot = g_object_ref (result);
}

static inline GAsyncResult *
await (GAsyncResult **slot)
{
  while (*slot == NULL)
    g_main_context_iteration (NULL, TRUE);
  return *slot;
}

/* Goes on until nothing is ready any more, so that what was let go of is gone. */
static inline void
await_idle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}
