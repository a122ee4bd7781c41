/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of shapes, and the looks. */

#include "hostile-shapes.h"

#include <string.h>
#include <time.h>

#include "gh-content-type-options.h"
#include "gh-cross-origin.h"
#include "gh-csp-evaluator.h"
#include "gh-csp-match.h"
#include "gh-expect-ct.h"
#include "gh-findings.h"
#include "gh-frame-options.h"
#include "gh-hsts.h"
#include "gh-permissions-policy.h"
#include "gh-public-key-pins.h"
#include "gh-referrer-policy.h"
#include "gh-reporting-endpoints.h"
#include "gh-score.h"
#include "gh-xss-protection.h"

/* An odd number, so that it meets all numbers below a power of 2. */
#define SCRAMBLE 40503
#define SCRAMBLED (1 << 20)

#define CSP "Content-Security-Policy"
#define REPORT_ONLY "Content-Security-Policy-Report-Only"
#define HSTS "Strict-Transport-Security"
#define PERMISSIONS "Permissions-Policy"
#define ENDPOINTS "Reporting-Endpoints"
#define FRAMES "X-Frame-Options"
#define TYPES "X-Content-Type-Options"
#define REFERRER "Referrer-Policy"
#define EMBEDDER "Cross-Origin-Embedder-Policy"
#define OPENER "Cross-Origin-Opener-Policy"
#define RESOURCE "Cross-Origin-Resource-Policy"
#define PINS "Public-Key-Pins"
#define EXPECT_CT "Expect-CT"
#define FILTER "X-XSS-Protection"

static const HostileShape shapes[] = {
  { CSP, "different sources", "script-src", " h%u.a.b", "" },
  { CSP, "equal sources", "script-src", " a.b", "" },
  { CSP, "one-letter sources", "img-src", " a", "" },
  { CSP, "two-letter sources", "script-src", " ab", "" },
  { CSP, "different short sources", "script-src", " %u", "" },
  { CSP, "scrambled sources", "script-src", " %x", "" },
  { CSP, "scrambled labels", "script-src", " %x.b", "" },
  { CSP, "scrambled hosts with stars", "script-src", " *.%x", "" },
  { CSP, "scrambled directives", "", "%x;", "" },
  { CSP, "growing sources", "script-src", " a%u", "" },
  { CSP, "sources of known hosts", "script-src", " *.yandex.ru", "" },
  { CSP, "known paths", "script-src", " https://ajax.googleapis.com/ajax/%u/", "" },
  { CSP, "http sources", "script-src", " http://1.2.3.%u", "" },
  { CSP, "addresses", "script-src", " 0x7f.1.%u", "" },
  { CSP, "six-colon addresses", "script-src", " [::%u]", "" },
  { CSP, "stars", "script-src", " *", "" },
  { CSP, "subdomain stars", "script-src", " *.h%u", "" },
  { CSP, "one long run of stars", "script-src ", "*", "" },
  { CSP, "schemes", "script-src", " s%u:", "" },
  { CSP, "one long scheme", "script-src ", "a", ":" },
  { CSP, "ports", "script-src", " a:%u", "" },
  { CSP, "one long port", "script-src a:", "1", "" },
  { CSP, "paths", "script-src", " a.b/%u/", "" },
  { CSP, "one long path", "script-src a.b", "/a", "" },
  { CSP, "dots in a path", "script-src a.b", "/..", "" },
  { CSP, "names in and out of a path", "script-src a.b", "/a/..", "" },
  { CSP, "escaped dots in a path", "script-src a.b", "/%%2e%%2E", "" },
  { CSP, "escapes in a path", "script-src a.b/", "%%41", "" },
  { CSP, "percent signs", "script-src a.b/", "%%", "" },
  { CSP, "at signs", "script-src ", "a@", "" },
  { CSP, "colons", "script-src ", ":", "" },
  { CSP, "slashes", "script-src ", "/", "" },
  { CSP, "backslashes", "script-src ", "\\", "" },
  { CSP, "question marks", "script-src a.b/", "?", "" },
  { CSP, "brackets", "script-src ", "[", "" },
  { CSP, "dots", "script-src ", ".", "" },
  { CSP, "labels", "script-src ", "a.", "" },
  { CSP, "numeric labels", "script-src ", "1.", "" },
  { CSP, "digits", "script-src ", "1", "" },
  { CSP, "hexadecimal digits", "script-src 0x", "f", "" },
  { CSP, "one long word", "script-src ", "a", "" },
  { CSP, "one long word of capitals", "script-src ", "A", "" },
  { CSP, "keywords", "script-src", " 'self'", "" },
  { CSP, "keywords without quotes", "script-src", " self", "" },
  { CSP, "unknown keywords", "script-src", " 'k%u'", "" },
  { CSP, "nonces", "script-src 'strict-dynamic' 'unsafe-inline'", " 'nonce-%u'", "" },
  { CSP, "one long nonce", "script-src 'nonce-", "a", "'" },
  { CSP, "one-letter nonces", "script-src", " 'nonce-a'", "" },
  { CSP, "hashes", "script-src", " 'sha256-%uAAAA'", "" },
  { CSP, "broken hashes", "script-src", " 'sha256-%u='", "" },
  { CSP, "quotes", "script-src ", "'", "" },
  { CSP, "names of directives", "script-src", " img-src font-src", "" },
  { CSP, "different directives", "", "d%u;", "" },
  { CSP, "directives with a source", "", "d%u 'self';", "" },
  { CSP, "equal directives", "", "img-src a;", "" },
  { CSP, "equal unknown directives", "", "abc a;", "" },
  { CSP, "numbered directives", "", "%u x;", "" },
  { CSP, "directives in capitals", "", "D%u X;", "" },
  { CSP, "mistyped directives", "", "script-sr%u a;", "" },
  { CSP, "reports", "report-uri", " /%u", "" },
  { CSP, "report-uri twice and more", "", "report-uri /%u;", "" },
  { CSP, "sandbox flags", "sandbox", " allow-%u", "" },
  { CSP, "plug-in types", "plugin-types", " a/%u", "" },
  { CSP, "trusted types", "trusted-types", " t%u", "" },
  { CSP, "policies", "", "img-src a,", "" },
  { CSP, "different policies", "", "d%u a,", "" },
  { CSP,
    "31 commas and sources",
    "img-src a,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,img-src",
    " a.b/%u",
    "" },
  { CSP, "sources and 31 commas", "img-src", " %x", ",img-src a,,,,,,,,,,,,,,,,,,,,,,,,,,,,," },
  { CSP, "commas", "", ",", "" },
  { CSP, "semicolons", "", ";", "" },
  { CSP, "spaces", "", " ", "" },
  { CSP, "spaces after a name", "script-src", " ", "" },
  { CSP, "tabs between sources", "script-src", "\ta", "" },
  { CSP, "form feeds", "script-src", "\fa", "" },
  { CSP, "letters beyond ASCII", "script-src ", "\xc3\xa4\xc3\x84 ", "" },
  { CSP, "one long word beyond ASCII", "script-src ", "\xc3\xa4", "" },
  { CSP, "labels beyond ASCII", "script-src ", "\xc3\xa4.", "" },
  { CSP, "hosts beyond ASCII", "script-src", " \xc3\xa4%u.b", "" },
  { CSP, "short hosts beyond ASCII", "script-src", " \xe4\xbd\xa0%x", "" },
  { CSP, "names beyond ASCII", "", "\xc3\x84%u a;", "" },
  { CSP, "wide spaces", "script-src", "\xe3\x80\x80 a", "" },
  { CSP, "sigmas", "", "\xce\xa3", "" },
  { CSP, "bytes that are no UTF-8", "script-src ", "\xff", "" },
  { CSP, "control characters", "script-src ", "\x01 ", "" },
  { CSP, "one run of control characters", "script-src ", "\x01", "" },
  { CSP, "default sources", "default-src 'none'; script-src", " https://h%u.example", "" },
  { CSP, "ancestors", "frame-ancestors", " https://h%u.example", "" },
  { CSP, "forms", "form-action", " https://h%u.example/a", "" },
  { REPORT_ONLY, "different sources", "script-src", " h%u.a.b", "" },
  { REPORT_ONLY, "different directives", "", "d%u;", "" },
  { HSTS, "max-age again", "", "max-age=%u;", "" },
  { HSTS, "directives", "max-age=1", "; d%u", "" },
  { HSTS, "semicolons", "max-age=1", ";", "" },
  { HSTS, "one long number", "max-age=", "9", "" },
  { HSTS, "one long string", "max-age=\"", "\\\"", "\"" },
  { HSTS, "commas", "max-age=1", ", max-age=1", "" },
  { FRAMES, "values", "", "DENY, x, ", "" },
  { FRAMES, "addresses", "ALLOW-FROM ", "http://a.b/ ", "" },
  { TYPES, "values", "", "nosniff, ", "" },
  { REFERRER, "tokens", "", "x, origin, ", "" },
  { REFERRER, "different tokens", "", "t%u,", "" },
  { PERMISSIONS, "features", "", "f%u=(self);report-to=\"x\", ", "" },
  { PERMISSIONS, "origins", "camera=(", "\"https://h%u.b\" ", ")" },
  { PERMISSIONS, "parameters", "camera=()", ";p%u", "" },
  { PERMISSIONS, "equal features", "camera=()", ", camera=()", "" },
  { PERMISSIONS, "the older syntax", "", "camera 'none'; ", "" },
  { PERMISSIONS, "the older syntax with origins", "camera", " https://h%u.b", "" },
  { PERMISSIONS, "the older syntax with features", "", "f%u *; ", "" },
  { PERMISSIONS, "one long string", "camera=\"", "\\\\", "\"" },
  { PERMISSIONS, "spaces", "camera=()", " ", ", a=()" },
  { ENDPOINTS, "endpoints", "", "e%u=\"http://a.b/\", ", "z=\"\"" },
  { ENDPOINTS, "equal endpoints", "", "e=\"https://a.b/\", ", "z=\"\"" },
  { EMBEDDER, "parameters", "require-corp", ";a%u", "" },
  { EMBEDDER, "one long token", "", "a", "" },
  { OPENER, "parameters", "same-origin", ";report-to=\"%u\"", "" },
  { RESOURCE, "values", "same-origin", ", same-origin", "" },
  { PINS, "pins", "", "pin-sha256=\"%u\"; ", "" },
  { PINS, "valid pins", "", "pin-sha256=\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\";", "" },
  { EXPECT_CT, "directives", "", "max-age=1, x, ", "" },
  { EXPECT_CT, "different directives", "", "d%u, ", "" },
  { FILTER, "modes", "", "1; mode=block; ", "" },
  { FILTER, "reports", "1", "; report=/%u", "" },
  { "X-Unknown", "anything", "", "a%u, ", "" },
};

guint
hostile_get_n_shapes (void)
{
  return G_N_ELEMENTS (shapes);
}

const HostileShape *
hostile_get_shape (guint index)
{
  return &shapes[index];
}

char *
hostile_make (const HostileShape *shape, gsize size)
{
  GString *text = g_string_sized_new (size + 64);

  g_string_append (text, shape->start);
  for (guint i = 0; text->len < size; i++)
    for (const char *p = shape->unit; *p != '\0'; p++)
      if (*p != '%')
        g_string_append_c (text, *p);
      else if (*++p == 'u')
        g_string_append_printf (text, "%u", i);
      else if (*p == 'x')
        g_string_append_printf (text, "%x", i * SCRAMBLE % SCRAMBLED);
      else
        g_string_append_c (text, '%');
  g_string_append (text, shape->end);

  return g_string_free (text, FALSE);
}

static void
read_csp (const char *value, gssize length, GArray *diagnostics)
{
  gh_csp_free (gh_csp_new_from_text (value));
}

static void
read_hsts (const char *value, gssize length, GArray *diagnostics)
{
  GhHsts hsts;

  gh_hsts_parse (value, length, &hsts, diagnostics);
}

static void
read_frame_options (const char *value, gssize length, GArray *diagnostics)
{
  gh_frame_options_parse (value, length, diagnostics);
}

static void
read_content_type_options (const char *value, gssize length, GArray *diagnostics)
{
  gh_content_type_options_parse (value, length, diagnostics);
}

static void
read_referrer_policy (const char *value, gssize length, GArray *diagnostics)
{
  gh_referrer_policy_parse (value, length, diagnostics);
}

static void
read_permissions_policy (const char *value, gssize length, GArray *diagnostics)
{
  gh_permissions_policy_free (gh_permissions_policy_parse (value, length, diagnostics));
}

static void
read_endpoints (const char *value, gssize length, GArray *diagnostics)
{
  g_autoptr (GhStructuredField) endpoints
    = gh_reporting_endpoints_parse (value, length, diagnostics);
}

static void
read_embedder (const char *value, gssize length, GArray *diagnostics)
{
  gh_cross_origin_policy_free (
    gh_cross_origin_parse (GH_CROSS_ORIGIN_EMBEDDER, value, length, diagnostics));
}

static void
read_opener (const char *value, gssize length, GArray *diagnostics)
{
  gh_cross_origin_policy_free (
    gh_cross_origin_parse (GH_CROSS_ORIGIN_OPENER, value, length, diagnostics));
}

static void
read_resource (const char *value, gssize length, GArray *diagnostics)
{
  gh_cross_origin_policy_free (
    gh_cross_origin_parse (GH_CROSS_ORIGIN_RESOURCE, value, length, diagnostics));
}

static void
read_pins (const char *value, gssize length, GArray *diagnostics)
{
  gh_public_key_pins_free (gh_public_key_pins_parse (value, length, diagnostics));
}

static void
read_expect_ct (const char *value, gssize length, GArray *diagnostics)
{
  gh_expect_ct_free (gh_expect_ct_parse (value, length, diagnostics));
}

static void
read_filter (const char *value, gssize length, GArray *diagnostics)
{
  gh_xss_protection_parse (value, length, diagnostics);
}

static const struct
{
  const char *header;
  void (*read) (const char *value, gssize length, GArray *diagnostics);
} readers[] = {
  { CSP, read_csp },
  { REPORT_ONLY, read_csp },
  { HSTS, read_hsts },
  { FRAMES, read_frame_options },
  { TYPES, read_content_type_options },
  { REFERRER, read_referrer_policy },
  { PERMISSIONS, read_permissions_policy },
  { ENDPOINTS, read_endpoints },
  { EMBEDDER, read_embedder },
  { OPENER, read_opener },
  { RESOURCE, read_resource },
  { PINS, read_pins },
  { EXPECT_CT, read_expect_ct },
  { FILTER, read_filter },
};

double
hostile_get_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

static double
measure_read (const HostileShape *shape, const char *value)
{
  gssize length = (gssize) strlen (value);
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
  double start = hostile_get_seconds ();

  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    if (strcmp (readers[i].header, shape->header) == 0)
      readers[i].read (value, length, diagnostics);

  return hostile_get_seconds () - start;
}

static double
measure_evaluate (const char *value)
{
  g_autoptr (GhCspEvaluator) evaluator = gh_csp_evaluator_new ();
  double start = hostile_get_seconds ();
  guint n_weaknesses;

  gh_csp_evaluator_run (evaluator, value, -1, GH_CSP_EVALUATE_STRICT, 3, &n_weaknesses);

  return hostile_get_seconds () - start;
}

static GhHeaderBlock *
make_block (const HostileShape *shape, const char *value)
{
  GhHeaderBlock *block = gh_header_block_new ();

  gh_header_block_add (block, shape->header, value, (gssize) strlen (value));
  return block;
}

static double
measure_score (const HostileShape *shape, const char *value)
{
  g_autoptr (GhHeaderBlock) block = make_block (shape, value);
  double start = hostile_get_seconds ();
  GhScore score;

  gh_score_compute (block, &score);

  return hostile_get_seconds () - start;
}

static double
measure_findings (const HostileShape *shape, const char *value)
{
  g_autoptr (GhHeaderBlock) block = make_block (shape, value);
  double start = hostile_get_seconds ();
  g_autoptr (GPtrArray) findings = gh_findings_of_block (block);

  return hostile_get_seconds () - start;
}

/* The policy is read once, then asked about every kind of load. */
static double
measure_match (const char *value)
{
  static const char *const integrity[]
    = { "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", NULL };
  g_autoptr (GhCsp) csp = gh_csp_new_from_text (value);
  double slowest = 0;

  for (guint load = 0; load < GH_CSP_N_LOADS; load++)
    {
      GhCspRequest request = {
        .load = load,
        .self_origin = "https://workspace.example",
        .url = "https://elsewhere.example/a/b",
        .nonce = "abc",
        .integrity = integrity,
        .content = "alert (1)",
        .parser_inserted = load % 2,
      };
      double start = hostile_get_seconds ();
      g_autoptr (GhCspVerdict) verdict = gh_csp_match (csp, &request, NULL);

      slowest = MAX (slowest, hostile_get_seconds () - start);
    }

  return slowest;
}

static double
measure_block (const HostileShape *shape, const char *value)
{
  g_autofree char *text = g_strconcat (shape->header, ": ", value, NULL);
  gsize length = MIN (strlen (text), GH_HEADER_BLOCK_MAXIMUM_SIZE);
  g_autoptr (GArray) diagnostics = gh_diagnostics_new ();
  double start = hostile_get_seconds ();
  g_autoptr (GhHeaderBlock) block = gh_header_block_parse (text, (gssize) length, diagnostics);

  return hostile_get_seconds () - start;
}

const char *
hostile_look_get_name (HostileLook look)
{
  static const char *const names[HOSTILE_N_LOOKS]
    = { "read", "evaluated", "scored", "findings", "would load", "as a block" };

  return names[look];
}

gboolean
hostile_look_applies (HostileLook look, const HostileShape *shape)
{
  return (look != HOSTILE_EVALUATE && look != HOSTILE_MATCH) || strcmp (shape->header, CSP) == 0;
}

double
hostile_measure (HostileLook look, const HostileShape *shape, const char *value)
{
  switch (look)
    {
    case HOSTILE_READ:
      return measure_read (shape, value);
    case HOSTILE_EVALUATE:
      return measure_evaluate (value);
    case HOSTILE_SCORE:
      return measure_score (shape, value);
    case HOSTILE_FINDINGS:
      return measure_findings (shape, value);
    case HOSTILE_MATCH:
      return measure_match (value);
    case HOSTILE_BLOCK:
      return measure_block (shape, value);
    case HOSTILE_N_LOOKS:
    default:
      g_return_val_if_reached (0);
    }
}
