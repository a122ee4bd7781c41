/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a header value of 1 MiB that somebody made to be slow takes, for everything that looks
 * at one: the slowest values of each look, and every one that takes longer than is allowed.
 * Usage: bench-hostile [WORD] shows all values whose header or name holds the word. */

#include <stdlib.h>
#include <string.h>

#include "hostile-shapes.h"

#define MEBIBYTE (1024 * 1024)
#define TARGET_MILLISECONDS 50.0
#define N_SHOWN 3
#define N_ROUNDS 3

typedef struct
{
  const HostileShape *shape;
  double time; /* milliseconds */
} Result;

static int
compare_results (gconstpointer a, gconstpointer b)
{
  double first = ((const Result *) a)->time;
  double second = ((const Result *) b)->time;

  return (first < second) - (first > second);
}

/* The best of a few rounds, where the first one is too slow. */
static double
measure (HostileLook look, const HostileShape *shape, const char *value)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < N_ROUNDS && best > TARGET_MILLISECONDS; i++)
    best = MIN (best, hostile_measure (look, shape, value) * 1000);

  return best;
}

static gboolean
holds (const HostileShape *shape, const char *word)
{
  return word == NULL || strstr (shape->name, word) != NULL || strstr (shape->header, word) != NULL;
}

static void
measure_all (GArray *results[HOSTILE_N_LOOKS], const char *word)
{
  for (guint i = 0; i < hostile_get_n_shapes (); i++)
    {
      const HostileShape *shape = hostile_get_shape (i);
      g_autofree char *value = holds (shape, word) ? hostile_make (shape, MEBIBYTE) : NULL;

      for (guint look = 0; look < HOSTILE_N_LOOKS; look++)
        if (value != NULL && hostile_look_applies (look, shape))
          {
            Result result = { shape, measure (look, shape, value) };

            g_array_append_val (results[look], result);
          }
    }
}

/* How many were too slow. */
static guint
show (HostileLook look, GArray *results, guint n_shown)
{
  guint n_missed = 0;

  g_array_sort (results, compare_results);
  for (guint i = 0; i < results->len; i++)
    {
      const Result *result = &g_array_index (results, Result, i);
      gboolean missed = result->time >= TARGET_MILLISECONDS;

      n_missed += missed;
      if (missed || i < n_shown)
        g_print ("  %-10s %6.1f ms  %s: %s%s\n",
                 hostile_look_get_name (look),
                 result->time,
                 result->shape->header,
                 result->shape->name,
                 missed ? " (MISSED)" : "");
    }

  return n_missed;
}

int
main (int argc, char *argv[])
{
  GArray *results[HOSTILE_N_LOOKS];
  const char *word = argc > 1 ? argv[1] : NULL;
  guint n_missed = 0;

  for (guint look = 0; look < HOSTILE_N_LOOKS; look++)
    results[look] = g_array_new (FALSE, FALSE, sizeof (Result));

  g_print (
    "1 MiB of each of %u shapes (target %.0f ms)\n", hostile_get_n_shapes (), TARGET_MILLISECONDS);
  measure_all (results, word);
  for (guint look = 0; look < HOSTILE_N_LOOKS; look++)
    n_missed += show (look, results[look], word != NULL ? G_MAXUINT : N_SHOWN);
  g_print ("%u took longer\n", n_missed);

  for (guint look = 0; look < HOSTILE_N_LOOKS; look++)
    g_array_unref (results[look]);

  return n_missed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
