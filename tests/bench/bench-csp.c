/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How fast a Content-Security-Policy is read and judged: full evaluations a second of the policy
 * in policy-1k.txt on one core, beside csp_evaluator's in the same run where `make oracle` has
 * installed it, and the time that hostile headers of 1 MiB take.
 * Usage: bench-csp POLICY-FILE RATE-SCRIPT PACKAGE-DIRECTORY */

#include <gio/gio.h>
#include <string.h>
#include <time.h>

#include "gh-csp-evaluator.h"
#include "gh-csp-observatory.h"
#include "gh-csp.h"
#include "gh-findings.h"

#define MEBIBYTE (1024 * 1024)
#define TARGET_RATE 100000
#define TARGET_RATIO 50
#define TARGET_HOSTILE 50

static const struct
{
  const char *name;
  const char *start;
  const char *unit; /* repeated; %u counts */
} hostile[] = {
  { "different sources", "script-src", " h%u.a.b" },
  { "equal sources", "script-src", " a.b" },
  { "one-letter sources", "img-src", " a" },
  { "sources of known hosts", "script-src", " *.yandex.ru" },
  { "http sources", "script-src", " http://1.2.3.%u" },
  { "nonces", "script-src 'strict-dynamic' 'unsafe-inline'", " 'nonce-%u'" },
  { "broken hashes", "script-src", " 'sha256-%u='" },
  { "names of directives", "script-src", " img-src font-src" },
  { "different directives", "", "d%u;" },
  { "equal directives", "", "img-src a;" },
  { "numbered directives", "", "%u x;" },
  { "policies", "", "img-src a," },
  { "commas", "", "," },
  { "semicolons", "", ";" },
  { "quotes", "script-src ", "'" },
  { "percent signs", "script-src a.b/", "%" },
  { "letters beyond ASCII", "script-src ", "\xc3\xa4\xc3\x84 " },
  { "control characters", "script-src ", "\x01 " },
  { "one long word", "script-src ", "a" },
  { "labels", "script-src ", "a." },
};

static const struct
{
  const char *name;
  const char *unit;
} others[] = {
  { "Strict-Transport-Security", "max-age=%u; x; " },
  { "X-Frame-Options", "DENY, x, " },
  { "X-Content-Type-Options", "nosniff, " },
  { "Referrer-Policy", "x, origin, " },
  { "Permissions-Policy", "f%u=(self);report-to=\"x\", " },
  { "Permissions-Policy", "camera 'none'; " },
  { "Reporting-Endpoints", "e%u=\"http://a.b/\", " },
  { "Cross-Origin-Embedder-Policy", "require-corp;a%u;" },
  { "Public-Key-Pins", "pin-sha256=\"%u\"; " },
  { "Expect-CT", "max-age=1, x, " },
  { "X-XSS-Protection", "1; mode=block; " },
};

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

static GString *
make_hostile (const char *start, const char *unit)
{
  GString *text = g_string_new (start);
  const char *number = strstr (unit, "%u");

  for (guint i = 0; text->len < MEBIBYTE; i++)
    if (number == NULL)
      g_string_append (text, unit);
    else
      {
        g_string_append_len (text, unit, number - unit);
        g_string_append_printf (text, "%u%s", i, number + 2);
      }

  return text;
}

/* Milliseconds, of an answer with this header alone. */
static double
measure_findings (const char *name, const char *value)
{
  g_autoptr (GhHeaderBlock) block = gh_header_block_new ();
  g_autoptr (GPtrArray) findings = NULL;
  double start;

  gh_header_block_add (block, name, value, GH_HEADER_BLOCK_MAXIMUM_SIZE);
  start = get_seconds ();
  findings = gh_findings_of_block (block);

  return (get_seconds () - start) * 1000;
}

static void
measure_hostile (guint index)
{
  g_autoptr (GString) text = make_hostile (hostile[index].start, hostile[index].unit);
  const char *const headers[] = { text->str, NULL };
  g_autoptr (GhCsp) csp = gh_csp_new ();
  g_autoptr (GhCspEvaluator) evaluator = gh_csp_evaluator_new ();
  double times[3];
  guint n_weaknesses;
  double start = get_seconds ();

  gh_csp_parse (csp, text->str, text->len);
  gh_csp_evaluator_run (evaluator, text->str, text->len, GH_CSP_EVALUATE_STRICT, 3, &n_weaknesses);
  times[0] = (get_seconds () - start) * 1000;
  start = get_seconds ();
  gh_csp_observatory_evaluate (headers, NULL, TRUE);
  times[1] = (get_seconds () - start) * 1000;
  times[2] = measure_findings ("Content-Security-Policy", text->str);

  g_print ("  %-24s %6.1f ms read and evaluated%s, %6.1f ms scored, %6.1f ms for findings%s\n",
           hostile[index].name,
           times[0],
           times[0] < TARGET_HOSTILE ? "" : " (MISSED)",
           times[1],
           times[2],
           times[2] < TARGET_HOSTILE ? "" : " (MISSED)");
}

static void
measure_other (guint index)
{
  g_autoptr (GString) text = make_hostile ("", others[index].unit);
  double time = measure_findings (others[index].name, text->str);

  g_print ("  %-24s %6.1f ms for findings%s\n",
           others[index].name,
           time,
           time < TARGET_HOSTILE ? "" : " (MISSED)");
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

  g_print ("1 MiB of (target %d ms)\n", TARGET_HOSTILE);
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    measure_hostile (i);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    measure_other (i);

  return 0;
}
