/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keyed hash: it is SipHash, and texts made to collide elsewhere do not collide here. */

#include <string.h>

#include "gh-keyed-hash.h"

#define N_BLOCKS 12
#define N_COLLIDING (1 << N_BLOCKS)

/* The bytes 0, 1, 2, … under the key 0, 1, … 15, by another implementation that also gives the
 * values of the paper's appendix A for two and four rounds. */
static const struct
{
  gsize length;
  guint64 hash;
} vectors[] = {
  { 0, 0xabac0158050fc4dcu },  { 1, 0xc9f49bf37d57ca93u }, { 7, 0xd3927d989bb11140u },
  { 8, 0x369095118d299a8eu },  { 9, 0x25a48eb36c063de4u }, { 15, 0xd320d86d2a519956u },
  { 63, 0x9d199062b7bbb3a8u },
};

static void
test_vectors (void)
{
  guint8 bytes[64];

  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) i;
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    g_assert_cmphex (
      gh_keyed_hash_with_key (bytes, bytes, vectors[i].length, FALSE), ==, vectors[i].hash);
}

static void
test_key_matters (void)
{
  static const guint8 keys[2][GH_KEYED_HASH_KEY_SIZE] = { { 0 }, { [15] = 1 } };

  g_assert_cmphex (gh_keyed_hash_with_key (keys[0], "a", 1, FALSE),
                   !=,
                   gh_keyed_hash_with_key (keys[1], "a", 1, FALSE));
  g_assert_cmpuint (gh_keyed_hash ("a"), ==, gh_keyed_hash ("a"));
}

/* Every byte, at every place of a word and after the last whole one. */
static void
test_fold_case (void)
{
  for (guint c = 0; c < 256; c++)
    for (gsize place = 0; place < 12; place++)
      {
        guint8 text[12] = { 0 };
        guint8 lower[12] = { 0 };

        text[place] = (guint8) c;
        lower[place] = (guint8) g_ascii_tolower ((gchar) c);
        g_assert_cmphex (gh_keyed_hash_bytes (text, sizeof text, TRUE),
                         ==,
                         gh_keyed_hash_bytes (lower, sizeof lower, FALSE));
        if (c != lower[place])
          g_assert_cmphex (gh_keyed_hash_bytes (text, sizeof text, FALSE),
                           !=,
                           gh_keyed_hash_bytes (lower, sizeof lower, FALSE));
      }
}

/* To g_str_hash() "ay" is "c7", and so is any row of the two. */
static void
test_collisions (void)
{
  g_autoptr (GHashTable) texts = gh_keyed_hash_table_new (g_free, NULL);
  g_autoptr (GHashTable) hashes = g_hash_table_new (NULL, NULL);
  guint hash = g_str_hash ("ayayayayayayayayayayayay");

  for (guint i = 0; i < N_COLLIDING; i++)
    {
      char text[2 * N_BLOCKS + 1] = { 0 };

      for (guint j = 0; j < N_BLOCKS; j++)
        memcpy (&text[2 * j], i >> j & 1 ? "ay" : "c7", 2);
      g_assert_cmpuint (g_str_hash (text), ==, hash);
      g_hash_table_add (hashes, GUINT_TO_POINTER (gh_keyed_hash (text)));
      g_assert_true (g_hash_table_add (texts, g_strdup (text)));
      g_assert_false (g_hash_table_add (texts, g_strdup (text)));
    }

  /* Of 2^12 values in 2^32 two are the same once in 512 runs, nine never. */
  g_assert_cmpuint (g_hash_table_size (hashes), >, N_COLLIDING - 9);
  g_assert_cmpuint (g_hash_table_size (texts), ==, N_COLLIDING);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/policy/keyed-hash/vectors", test_vectors);
  g_test_add_func ("/policy/keyed-hash/key-matters", test_key_matters);
  g_test_add_func ("/policy/keyed-hash/fold-case", test_fold_case);
  g_test_add_func ("/policy/keyed-hash/collisions", test_collisions);

  return g_test_run ();
}
