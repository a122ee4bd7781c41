/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SipHash-1-3: one round for each word of eight bytes, little-endian, and three at the end. */

#include "gh-keyed-hash.h"

#include <string.h>
#include <sys/random.h>

#define WORD sizeof (guint64)
#define LAST_ROUNDS 3

/* A word of eight times this byte. */
#define EACH_BYTE(byte) ((byte) *0x0101010101010101u)

typedef struct
{
  guint64 v0, v1, v2, v3;
} State;

static guint64
rotate (guint64 value, guint bits)
{
  return value << bits | value >> (64 - bits);
}

static inline G_ALWAYS_INLINE void
mix (State *state)
{
  state->v0 += state->v1;
  state->v1 = rotate (state->v1, 13) ^ state->v0;
  state->v0 = rotate (state->v0, 32);
  state->v2 += state->v3;
  state->v3 = rotate (state->v3, 16) ^ state->v2;
  state->v0 += state->v3;
  state->v3 = rotate (state->v3, 21) ^ state->v0;
  state->v2 += state->v1;
  state->v1 = rotate (state->v1, 17) ^ state->v2;
  state->v2 = rotate (state->v2, 32);
}

static void
absorb (State *state, guint64 word)
{
  state->v3 ^= word;
  mix (state);
  state->v0 ^= word;
}

static guint64
read_word (const guint8 *bytes)
{
  guint64 word;

  memcpy (&word, bytes, WORD);
  return GUINT64_FROM_LE (word);
}

/* Fewer than eight bytes; those that are missing are 0. */
static guint64
read_rest (const guint8 *bytes, gsize length)
{
  guint64 word = 0;

  while (length-- > 0)
    word = word << 8 | bytes[length];

  return word;
}

/* All bytes from A to Z at once: the additions carry into the high bit of a byte that is at
 * least A, and of one beyond Z; a byte that has its high bit already is left alone. */
static guint64
to_lower (guint64 word)
{
  guint64 low = word & EACH_BYTE (0x7f);
  guint64 from_a = low + EACH_BYTE (0x80 - 'A');
  guint64 beyond_z = low + EACH_BYTE (0x80 - 'Z' - 1);
  guint64 capitals = from_a & ~beyond_z & ~word & EACH_BYTE (0x80);

  return word | capitals >> 2;
}

guint64
gh_keyed_hash_with_key (const guint8 key[GH_KEYED_HASH_KEY_SIZE],
                        const void *data,
                        gsize length,
                        gboolean fold_case)
{
  const guint8 *bytes = data;
  guint64 first = read_word (key);
  guint64 second = read_word (key + WORD);
  State state = {
    first ^ 0x736f6d6570736575u,
    second ^ 0x646f72616e646f6du,
    first ^ 0x6c7967656e657261u,
    second ^ 0x7465646279746573u,
  };
  gsize rest = length % WORD;
  guint64 last;

  for (const guint8 *end = bytes + length - rest; bytes < end; bytes += WORD)
    {
      guint64 word = read_word (bytes);

      absorb (&state, fold_case ? to_lower (word) : word);
    }
  last = read_rest (bytes, rest);
  absorb (&state, (fold_case ? to_lower (last) : last) | (guint64) length << 56);

  state.v2 ^= 0xff;
  for (guint i = 0; i < LAST_ROUNDS; i++)
    mix (&state);

  return state.v0 ^ state.v1 ^ state.v2 ^ state.v3;
}

static const guint8 *
get_key (void)
{
  static guint8 key[GH_KEYED_HASH_KEY_SIZE];
  static gsize is_made = 0;

  if (g_once_init_enter (&is_made))
    {
      if (getrandom (key, sizeof key, 0) != (gssize) sizeof key)
        for (gsize i = 0; i < sizeof key; i++)
          key[i] = (guint8) g_random_int ();
      g_once_init_leave (&is_made, 1);
    }

  return key;
}

guint64
gh_keyed_hash_bytes (const void *data, gsize length, gboolean fold_case)
{
  return gh_keyed_hash_with_key (get_key (), data, length, fold_case);
}

guint
gh_keyed_hash (gconstpointer text)
{
  guint64 hash = gh_keyed_hash_bytes (text, strlen (text), FALSE);

  return (guint) (hash ^ hash >> 32);
}

GHashTable *
gh_keyed_hash_table_new (GDestroyNotify free_key, GDestroyNotify free_value)
{
  return g_hash_table_new_full (gh_keyed_hash, g_str_equal, free_key, free_value);
}
