/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast a Content-Security-Policy is read and judged: full evaluations a second of the policy
 * in policy-1k.txt on one core, beside csp_evaluator's in the same run where `make oracle` has
 * installed it.
 * Usage: bench-csp POLICY-FILE RATE-SCRIPT PACKAGE-DIRECTORY */

#include <gio/gio.h>
#include <string.h>
#include <time.h>

#include "gh-csp-evaluator.h"
#include "gh-csp.h"

#define TARGET_RATE 100000
#define TARGET_RATIO 50

/* Of this thread's own time: others on the machine do not count. */
static double
get_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

/* Reading without loss, and all of the evaluator's work. */
static double
measure_rate (const char *policy, gsize length)
{
  g_autoptr (GhCsp) csp = gh_csp_new ();
  g_autoptr (GhCspEvaluator) evaluator = gh_csp_evaluator_new ();
  double start = get_seconds ();
  guint n_weaknesses;
  guint n = 0;

  for (; get_seconds () - start < 2; n += 1000)
    for (guint i = 0; i < 1000; i++)
      {
        gh_csp_parse (csp, policy, length);
        gh_csp_evaluator_run (evaluator, policy, length, GH_CSP_EVALUATE_DEFAULT, 3, &n_weaknesses);
      }

  return n / (get_seconds () - start);
}

static double
measure_reference (const char *script, const char *package, const char *policy_file)
{
  g_autofree char *node = g_find_program_in_path ("node");
  const char *arguments[] = { node, script, package, policy_file, NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *output = NULL;

  if (node == NULL || !g_file_test (package, G_FILE_TEST_IS_DIR))
    return 0;
  process = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
  if (process == NULL || !g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, NULL))
    return 0;

  return g_ascii_strtod (output, NULL);
}

int
main (int argc, char *argv[])
{
  g_autofree char *policy = NULL;
  gsize length;
  double rate;
  double reference;

  if (argc != 4 || !g_file_get_contents (argv[1], &policy, &length, NULL))
    {
      g_printerr ("usage: bench-csp POLICY-FILE RATE-SCRIPT PACKAGE-DIRECTORY\n");
      return 2;
    }

  rate = measure_rate (policy, length);
  g_print ("%" G_GSIZE_FORMAT " bytes: %.0f full evaluations a second (target %d, %s)\n",
           length,
           rate,
           TARGET_RATE,
           rate >= TARGET_RATE ? "reached" : "MISSED");
  reference = measure_reference (argv[2], argv[3], argv[1]);
  if (reference > 0)
    g_print ("csp_evaluator: %.0f a second; ours is %.0f times as fast (target %d, %s)\n",
             reference,
             rate / reference,
             TARGET_RATIO,
             rate / reference >= TARGET_RATIO ? "reached" : "MISSED");
  else
    g_print ("csp_evaluator is not here to be compared with: run `make oracle` once\n");

  return 0;
}
