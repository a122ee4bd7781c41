/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hash tables whose keys a stranger chooses. GLib's g_str_hash() is the same everywhere, so
 * texts that collide can be made by the thousand, and a table of them takes quadratic time.
 * This one is SipHash (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012) under
 * a random key of the process: nobody who does not know the key can make collisions. It has
 * one and three rounds, as the tables of Python, Ruby and Rust do.
 * What is hashed therefore differs from run to run, and so does the order of such a table:
 * neither may be stored or shown. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GH_KEYED_HASH_KEY_SIZE 16

/* The hash of length bytes under this key; with fold_case as if A to Z were a to z. */
guint64 gh_keyed_hash_with_key (const guint8 key[GH_KEYED_HASH_KEY_SIZE],
                                const void *data,
                                gsize length,
                                gboolean fold_case);

/* The same under the key of the process. */
guint64 gh_keyed_hash_bytes (const void *data, gsize length, gboolean fold_case);

/* A GHashFunc for texts, to go with g_str_equal(). */
guint gh_keyed_hash (gconstpointer text);

/* A table or set keyed by texts; the functions that free keys and values may be NULL. */
GHashTable *gh_keyed_hash_table_new (GDestroyNotify free_key, GDestroyNotify free_value);

G_END_DECLS
