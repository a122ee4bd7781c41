/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The same asynchronous call for each of many, so many at a time. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef void (*GhEachStart) (gpointer item,
                             gpointer data,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
typedef void (*GhEachEnd) (gpointer item, gpointer data, GObject *source, GAsyncResult *result);

/* start is called for each item, end when its call finished; data goes to both. Once
 * cancellable says so nothing is started any more, and what runs is waited for. Finishes
 * with an error only then. */
void gh_each_async (GPtrArray *items,
                    guint window,
                    GhEachStart start,
                    GhEachEnd end,
                    gpointer data,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data);
gboolean gh_each_finish (GAsyncResult *result, GError **error);

G_END_DECLS
