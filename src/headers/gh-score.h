/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Score and grade as the MDN HTTP Observatory's algorithm 6 gives them, of the tests that
 * headers alone decide. What they cannot decide counts nothing: no cookies, no
 * Access-Control-Allow-Origin, HTTP redirected to HTTPS, no external scripts. */

#pragma once

#include "gh-header-block.h"

G_BEGIN_DECLS

typedef enum
{
  GH_SCORE_CONTENT_SECURITY_POLICY,
  GH_SCORE_REFERRER_POLICY,
  GH_SCORE_STRICT_TRANSPORT_SECURITY,
  GH_SCORE_X_CONTENT_TYPE_OPTIONS,
  GH_SCORE_X_FRAME_OPTIONS,
  GH_SCORE_CROSS_ORIGIN_RESOURCE_POLICY,
  GH_SCORE_CROSS_ORIGIN_EMBEDDER_POLICY,
  GH_SCORE_CROSS_ORIGIN_OPENER_POLICY,
  GH_SCORE_N_TESTS,
} GhScoreTestId;

typedef struct
{
  const char *result; /* the Observatory's name for it, static */
  int modifier;
  gboolean pass;
} GhScoreResult;

typedef struct
{
  int score; /* 0 to 150 */
  const char *grade;
  GhScoreResult results[GH_SCORE_N_TESTS];
} GhScore;

void gh_score_compute (const GhHeaderBlock *block, GhScore *score);
void gh_score_compute_set (const GhHeaderSet *set, GhScore *score);

const char *gh_score_test_get_name (GhScoreTestId test);   /* "content-security-policy" */
const char *gh_score_test_get_header (GhScoreTestId test); /* the header it is about */
const char *gh_score_get_reason (const char *result);      /* translated, a whole sentence */
const char *gh_grade_from_score (int score);

G_END_DECLS
