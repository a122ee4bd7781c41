/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nothing that reads a header takes more than linear time, whoever wrote it. Only ratios of
 * processor time are looked at, each of the best of several rounds, so that a busy machine does
 * not matter; a quadratic one would be many times above the limit. */

#include <string.h>

#include "gh-csp-observatory.h"
#include "gh-csp-rules.h"
#include "gh-findings.h"
#include "hostile-shapes.h"

#define N_ROUNDS 5
#define N_BLOCKS 13
#define MAXIMUM_COLLISION_RATIO 8.0

/* Sixteen times as long takes sixteen times the time, or 256 times where it is quadratic; caches
 * that are too small for all may make four out of each. */
#define LARGE (512 * 1024)
#define SMALL (32 * 1024)
#define MAXIMUM_SIZE_RATIO 128.0

/* Less than that is too little to be measured. */
#define SHORTEST 0.0005

typedef void (*Judge) (const char *name, const char *value);

static void
judge_score (const char *name, const char *value)
{
  const char *const headers[] = { value, NULL };

  gh_csp_observatory_evaluate (headers, NULL, TRUE);
}

static void
judge_findings (const char *name, const char *value)
{
  g_autoptr (GhHeaderBlock) block = gh_header_block_new ();
  g_autoptr (GPtrArray) findings = NULL;

  gh_header_block_add (block, name, value, (gssize) strlen (value));
  findings = gh_findings_of_block (block);
  g_assert_nonnull (findings);
}

static void
judge_lost_script (const char *name, const char *value)
{
  g_autoptr (GhCsp) before = gh_csp_new_from_text (value);
  g_autoptr (GhCsp) after = gh_csp_new_from_text (value);

  g_assert_null (gh_csp_find_lost_script (before, after));
}

static void
measure (Judge judge, const char *name, const char *value, double *best)
{
  double start = hostile_get_seconds ();

  judge (name, value);
  *best = MIN (*best, hostile_get_seconds () - start);
}

/* The time for one value as a multiple of that for another, in turns. */
static double
compare (Judge judge, const char *name, const char *value, const char *other)
{
  double best = G_MAXDOUBLE;
  double best_other = G_MAXDOUBLE;

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      measure (judge, name, value, &best);
      measure (judge, name, other, &best_other);
    }

  return best / best_other;
}

/* To g_str_hash() "ay" is "c7", and so is any row of the two: each %s is one. */
static const struct
{
  const char *name;
  const char *start;
  const char *unit;
  Judge judge;
} keyed[] = {
  { "Content-Security-Policy", "", "%s a;", judge_score },
  { "Content-Security-Policy", "", "%s a;", judge_findings },
  { "Content-Security-Policy", "script-src", " %s", judge_findings },
  { "Content-Security-Policy", "script-src", " https://a.b/%s", judge_lost_script },
  { "Permissions-Policy", "a=()", ", %s=(self)", judge_findings },
  { "Permissions-Policy", "a=(self)", ";%s", judge_findings },
  { "Permissions-Policy", "", "%s 'none';", judge_findings },
  { "Public-Key-Pins", "max-age=1", ";pin-sha256=\"%sAAAAAAAAAAAAAAAAA=\"", judge_findings },
  { "Reporting-Endpoints", "a=\"https://a.b/\"", ", %s=\"https://a.b/\"", judge_findings },
  { "Strict-Transport-Security", "max-age=1", ";%s", judge_findings },
};

static char *
make_keyed (guint index, const char *first, const char *second)
{
  g_autoptr (GString) text = g_string_new (keyed[index].start);
  const char *place = strstr (keyed[index].unit, "%s");

  for (guint i = 0; i < 1 << N_BLOCKS; i++)
    {
      g_string_append_len (text, keyed[index].unit, place - keyed[index].unit);
      for (guint j = 0; j < N_BLOCKS; j++)
        g_string_append (text, i >> j & 1 ? first : second);
      g_string_append (text, place + strlen ("%s"));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_collisions (void)
{
  g_assert_cmpuint (g_str_hash ("ay"), ==, g_str_hash ("c7"));
  g_assert_cmpuint (g_str_hash ("ay"), !=, g_str_hash ("c8"));

  for (guint i = 0; i < G_N_ELEMENTS (keyed); i++)
    {
      g_autofree char *colliding = make_keyed (i, "ay", "c7");
      g_autofree char *others = make_keyed (i, "ay", "c8");
      double ratio = compare (keyed[i].judge, keyed[i].name, colliding, others);

      g_test_message ("%s: %.24s…: %.2f", keyed[i].name, colliding, ratio);
      g_assert_cmpfloat (ratio, <, MAXIMUM_COLLISION_RATIO);
    }
}

/* Only what seems to be too slow is measured again. */
static double
get_size_ratio (HostileLook look, const HostileShape *shape, const char *large, const char *small)
{
  double best = G_MAXDOUBLE;
  double best_small = G_MAXDOUBLE;
  double ratio = G_MAXDOUBLE;

  for (guint i = 0; i < N_ROUNDS && ratio > MAXIMUM_SIZE_RATIO / 2; i++)
    {
      best = MIN (best, hostile_measure (look, shape, large));
      best_small = MIN (best_small, hostile_measure (look, shape, small));
      ratio = best < SHORTEST ? 0 : best / best_small;
    }

  return ratio;
}

static void
test_sizes (void)
{
  for (guint i = 0; i < hostile_get_n_shapes (); i++)
    {
      const HostileShape *shape = hostile_get_shape (i);
      g_autofree char *large = hostile_make (shape, LARGE);
      g_autofree char *small = hostile_make (shape, SMALL);

      for (guint look = 0; look < HOSTILE_N_LOOKS; look++)
        {
          double ratio
            = hostile_look_applies (look, shape) ? get_size_ratio (look, shape, large, small) : 0;

          if (ratio > MAXIMUM_SIZE_RATIO / 2)
            g_test_message (
              "%s: %s, %s: %.1f", shape->header, shape->name, hostile_look_get_name (look), ratio);
          g_assert_cmpfloat (ratio, <, MAXIMUM_SIZE_RATIO);
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/headers/linear/collisions", test_collisions);
  g_test_add_func ("/headers/linear/sizes", test_sizes);

  return g_test_run ();
}
