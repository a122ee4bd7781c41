/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Observatory's tests, one function each, and the sum of what they give. */

#include "gh-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gh-csp-observatory.h"
#include "gh-csp-javascript.h"
#include "gh-score-private.h"
#include "gh-score.h"
#include "gh-structured-field.h"

#define BASE_SCORE 100
#define CURVE_SCORE 90 /* from here on, bonuses count */
#define SIX_MONTHS 15552000
#define GRADE_STEP 5
#define LONG_SLICE 1024
#define SHORT_SLICE 256
#define MAXIMUM_AGE_SLICE 120

typedef struct
{
  const char *start;
  gsize length;
} Span;

/* As text.slice (0, units) of JavaScript, which counts in UTF-16. */
static gsize
slice (const char *text, gsize length, gsize units)
{
  gsize end = 0;

  if (length <= units)
    return length;

  while (end < length)
    {
      gsize next = end + 1;

      while (next < length && ((guchar) text[next] & 0xc0) == 0x80)
        next++;
      if (gh_javascript_get_length (text + end, next - end) > units)
        break;
      units -= gh_javascript_get_length (text + end, next - end);
      end = next;
    }

  return end;
}

static Span
get_span (const char *text, gsize units)
{
  return (Span){ text, slice (text, strlen (text), units) };
}

static Span
trim (Span span)
{
  span.start = gh_javascript_trim (span.start, &span.length);
  return span;
}

/* parseInt (text, 10); what is no number is above every limit, as the reference compares. */
static double
parse_integer (Span span)
{
  Span rest = trim (span);
  gboolean negative = rest.length > 0 && *rest.start == '-';
  double number = 0;
  gsize start = rest.length > 0 && (*rest.start == '-' || *rest.start == '+');
  gsize end = start;

  for (; end < rest.length && g_ascii_isdigit (rest.start[end]); end++)
    number = number * 10 + (rest.start[end] - '0');

  if (end == start)
    return G_MAXDOUBLE;

  return negative ? -number : number;
}

static gboolean
is_equal (Span span, const char *text)
{
  return span.length == strlen (text) && g_ascii_strncasecmp (span.start, text, span.length) == 0;
}

static gboolean
starts_with (Span span, const char *prefix)
{
  return span.length >= strlen (prefix)
         && g_ascii_strncasecmp (span.start, prefix, strlen (prefix)) == 0;
}

/* Takes the part up to the separator off the span; FALSE when nothing is left. */
static gboolean
take_part (Span *span, char separator, Span *part)
{
  const char *end;

  if (!span->start)
    return FALSE;

  *part = *span;
  end = memchr (span->start, separator, span->length);
  if (!end)
    {
      span->start = NULL;
      return TRUE;
    }

  part->length = end - span->start;
  span->length -= part->length + 1;
  span->start = end + 1;
  return TRUE;
}

static const char *
test_strict_transport_security (const GhHeaderBlock *block)
{
  const char *value = gh_header_block_lookup (block, "Strict-Transport-Security");
  gboolean has_age = FALSE;
  double age = 0;
  Span span, part;

  if (!value)
    return "hsts-not-implemented";

  span = get_span (value, LONG_SLICE);
  if (memchr (span.start, ',', span.length))
    return "hsts-header-invalid";

  while (take_part (&span, ';', &part))
    {
      part = trim (part);
      if (!starts_with (part, "max-age="))
        continue;

      part.start += strlen ("max-age=");
      part.length -= strlen ("max-age=");
      part.length = slice (part.start, part.length, MAXIMUM_AGE_SLICE);
      age = parse_integer (part);
      has_age = TRUE;
    }

  if (!has_age)
    return "hsts-header-invalid";

  return age < SIX_MONTHS ? "hsts-implemented-max-age-less-than-six-months"
                          : "hsts-implemented-max-age-at-least-six-months";
}

static const char *
test_content_type_options (const GhHeaderBlock *block)
{
  const char *value = gh_header_block_lookup (block, "X-Content-Type-Options");

  if (!value || *value == '\0')
    return "x-content-type-options-not-implemented";

  return is_equal (trim (get_span (value, SHORT_SLICE)), "nosniff")
           ? "x-content-type-options-nosniff"
           : "x-content-type-options-header-invalid";
}

static const char *
test_frame_options (const GhHeaderBlock *block, gboolean has_frame_ancestors)
{
  const char *value = gh_header_block_lookup (block, "X-Frame-Options");
  Span span;

  if (has_frame_ancestors)
    return "x-frame-options-implemented-via-csp";

  if (!value || *value == '\0')
    return "x-frame-options-not-implemented";

  span = trim (get_span (value, LONG_SLICE));
  if (is_equal (span, "deny") || is_equal (span, "sameorigin"))
    return "x-frame-options-sameorigin-or-deny";

  return starts_with (span, "allow-from") ? "x-frame-options-allow-from-origin"
                                          : "x-frame-options-header-invalid";
}

static const char *
get_referrer_result (Span token)
{
  static const struct
  {
    const char *token;
    const char *result;
  } tokens[] = {
    { "no-referrer", "referrer-policy-private" },
    { "same-origin", "referrer-policy-private" },
    { "strict-origin", "referrer-policy-private" },
    { "strict-origin-when-cross-origin", "referrer-policy-private" },
    { "origin", "referrer-policy-unsafe" },
    { "origin-when-cross-origin", "referrer-policy-unsafe" },
    { "unsafe-url", "referrer-policy-unsafe" },
    { "no-referrer-when-downgrade", "referrer-policy-unsafe" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    if (is_equal (token, tokens[i].token))
      return tokens[i].result;

  return NULL;
}

/* The last token of all lines that is known counts. */
static const char *
test_referrer_policy (const GhHeaderBlock *block)
{
  const char *result = "referrer-policy-not-implemented";
  gboolean known = FALSE;

  for (guint i = 0; i < gh_header_block_get_n_lines (block); i++)
    {
      const GhHeaderLine *line = gh_header_block_get_nth (block, i);
      Span span, part;

      if (g_ascii_strcasecmp (line->name, "Referrer-Policy") != 0)
        continue;

      span = (Span){ line->value, strlen (line->value) };
      while (take_part (&span, ',', &part))
        {
          const char *token = get_referrer_result (trim (part));

          known = known || token;
          result = token ? token : result;
        }

      if (!known)
        result = "referrer-policy-header-invalid";
    }

  return result;
}

static const char *
test_resource_policy (const GhHeaderBlock *block)
{
  g_autofree char *value = gh_header_block_dup_joined (block, "Cross-Origin-Resource-Policy");
  Span span;

  if (!value)
    return "corp-not-implemented";

  span = trim (get_span (value, SHORT_SLICE));
  if (span.length == 0)
    return "corp-not-implemented";
  if (is_equal (span, "same-origin"))
    return "corp-implemented-with-same-origin";
  if (is_equal (span, "same-site"))
    return "corp-implemented-with-same-site";
  if (is_equal (span, "cross-origin"))
    return "corp-implemented-with-cross-origin";

  return "corp-header-invalid";
}

/* The token of a structured item, looked up in pairs of token and result that end with
 * the results for an invalid and for a missing header. */
static const char *
test_item (const GhHeaderBlock *block,
           const char *name,
           const char *const (*tokens)[2],
           const char *invalid,
           const char *missing)
{
  const char *value = gh_header_block_lookup (block, name);
  g_autoptr (GhStructuredField) field = NULL;
  const GhBareItem *item;
  Span span;

  if (gh_header_block_count (block, name) > 1)
    return invalid;
  if (!value || *value == '\0')
    return missing;

  span = trim (get_span (value, LONG_SLICE));
  field = gh_structured_field_parse (GH_STRUCTURED_ITEM, span.start, span.length, NULL);
  if (!field)
    return invalid;

  item = &gh_structured_field_get_member (field, 0)->item.value;
  for (; item->type == GH_BARE_TOKEN && (*tokens)[0]; tokens++)
    if (strcmp (item->text, (*tokens)[0]) == 0)
      return (*tokens)[1];

  return invalid;
}

static const char *
test_embedder_policy (const GhHeaderBlock *block)
{
  static const char *const tokens[][2] = {
    { "require-corp", "coep-implemented-with-require-corp" },
    { "credentialless", "coep-implemented-with-credentialless" },
    { "unsafe-none", "coep-implemented-with-unsafe-none" },
    { NULL },
  };

  return test_item (
    block, "Cross-Origin-Embedder-Policy", tokens, "coep-header-invalid", "coep-not-implemented");
}

static const char *
test_opener_policy (const GhHeaderBlock *block)
{
  static const char *const tokens[][2] = {
    { "same-origin", "coop-implemented-with-same-origin" },
    { "same-origin-allow-popups", "coop-implemented-with-same-origin-allow-popups" },
    { "noopener-allow-popups", "coop-implemented-with-noopener-allow-popups" },
    { "unsafe-none", "coop-implemented-with-unsafe-none" },
    { NULL },
  };

  return test_item (
    block, "Cross-Origin-Opener-Policy", tokens, "coop-header-invalid", "coop-not-implemented");
}

static const struct
{
  const char *name;
  const char *header;
} tests[] = {
  [GH_SCORE_CONTENT_SECURITY_POLICY] = { "content-security-policy", "Content-Security-Policy" },
  [GH_SCORE_REFERRER_POLICY] = { "referrer-policy", "Referrer-Policy" },
  [GH_SCORE_STRICT_TRANSPORT_SECURITY]
  = { "strict-transport-security", "Strict-Transport-Security" },
  [GH_SCORE_X_CONTENT_TYPE_OPTIONS] = { "x-content-type-options", "X-Content-Type-Options" },
  [GH_SCORE_X_FRAME_OPTIONS] = { "x-frame-options", "X-Frame-Options" },
  [GH_SCORE_CROSS_ORIGIN_RESOURCE_POLICY]
  = { "cross-origin-resource-policy", "Cross-Origin-Resource-Policy" },
  [GH_SCORE_CROSS_ORIGIN_EMBEDDER_POLICY]
  = { "cross-origin-embedder-policy", "Cross-Origin-Embedder-Policy" },
  [GH_SCORE_CROSS_ORIGIN_OPENER_POLICY]
  = { "cross-origin-opener-policy", "Cross-Origin-Opener-Policy" },
};

const char *
gh_score_test_get_name (GhScoreTestId test)
{
  g_return_val_if_fail (test < GH_SCORE_N_TESTS, NULL);

  return tests[test].name;
}

const char *
gh_score_test_get_header (GhScoreTestId test)
{
  g_return_val_if_fail (test < GH_SCORE_N_TESTS, NULL);

  return tests[test].header;
}

const char *
gh_grade_from_score (int score)
{
  static const char *const grades[] = { "F", "F",  "F",  "F", "F", "D-", "D",  "D", "D+", "C-", "C",
                                        "C", "C+", "B-", "B", "B", "B+", "A-", "A", "A",  "A+" };

  return grades[CLAMP (score, 0, BASE_SCORE) / GRADE_STEP];
}

const char *
gh_score_get_reason (const char *result)
{
  const GhScoreRow *row = gh_score_row_lookup (result);

  return row ? _ (row->reason) : gh_csp_observatory_get_reason (result);
}

/* The values of every line of that name, NULL-terminated. */
static const char **
get_values (const GhHeaderBlock *block, const char *name)
{
  const char **values = g_new0 (const char *, gh_header_block_get_n_lines (block) + 1);
  guint n_values = 0;

  for (guint i = 0; i < gh_header_block_get_n_lines (block); i++)
    if (g_ascii_strcasecmp (gh_header_block_get_nth (block, i)->name, name) == 0)
      values[n_values++] = gh_header_block_get_nth (block, i)->value;

  return values;
}

static void
set_result (GhScore *score, GhScoreTestId test, const char *result)
{
  const GhScoreRow *row = gh_score_row_lookup (result);

  score->results[test] = (GhScoreResult){ row->result, row->modifier, row->pass };
}

/* Returns whether a frame-ancestors directive stands in for X-Frame-Options. */
static gboolean
run_content_security_policy (const GhHeaderBlock *block, GhScore *score)
{
  g_autofree const char **enforced = get_values (block, "Content-Security-Policy");
  g_autofree const char **reported = get_values (block, "Content-Security-Policy-Report-Only");
  GhCspObservatory observatory = gh_csp_observatory_evaluate (enforced, reported, TRUE);

  score->results[GH_SCORE_CONTENT_SECURITY_POLICY]
    = (GhScoreResult){ observatory.result, observatory.modifier, observatory.pass };
  return observatory.has_frame_ancestors;
}

/* Bonuses count only for those who lose ten points at most. */
static void
add_up (GhScore *score)
{
  int uncurved = BASE_SCORE;
  int full = BASE_SCORE;

  for (guint i = 0; i < GH_SCORE_N_TESTS; i++)
    {
      full += score->results[i].modifier;
      uncurved += MIN (score->results[i].modifier, 0);
    }

  score->score = MAX (uncurved >= CURVE_SCORE ? full : uncurved, 0);
  score->grade = gh_grade_from_score (score->score);
}

void
gh_score_compute (const GhHeaderBlock *block, GhScore *score)
{
  gboolean has_frame_ancestors = run_content_security_policy (block, score);

  set_result (score, GH_SCORE_REFERRER_POLICY, test_referrer_policy (block));
  set_result (score, GH_SCORE_STRICT_TRANSPORT_SECURITY, test_strict_transport_security (block));
  set_result (score, GH_SCORE_X_CONTENT_TYPE_OPTIONS, test_content_type_options (block));
  set_result (score, GH_SCORE_X_FRAME_OPTIONS, test_frame_options (block, has_frame_ancestors));
  set_result (score, GH_SCORE_CROSS_ORIGIN_RESOURCE_POLICY, test_resource_policy (block));
  set_result (score, GH_SCORE_CROSS_ORIGIN_EMBEDDER_POLICY, test_embedder_policy (block));
  set_result (score, GH_SCORE_CROSS_ORIGIN_OPENER_POLICY, test_opener_policy (block));
  add_up (score);
}

void
gh_score_compute_set (const GhHeaderSet *set, GhScore *score)
{
  g_autoptr (GhHeaderBlock) block = gh_header_block_new_from_set (set);

  gh_score_compute (block, score);
}
