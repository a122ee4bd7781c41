/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Grade and score that the HTTP Observatory would give the draft's headers, and what each
 * of its tests says, beside what is applied now. */

#pragma once

#include <adwaita.h>

#include "gh-form-context.h"

G_BEGIN_DECLS

#define GH_TYPE_SCORE_VIEW (gh_score_view_get_type ())

G_DECLARE_FINAL_TYPE (GhScoreView, gh_score_view, GH, SCORE_VIEW, AdwBin)

/* Property: changes-only (construct); then only the tests that the draft changes are shown,
 * and nothing when it changes none. */
void gh_score_view_set_context (GhScoreView *self, GhFormContext *context);
const char *gh_score_view_get_grade (GhScoreView *self); /* "Grade B+, 80 → A-, 85" */
void gh_score_view_set_expanded (GhScoreView *self, gboolean expanded);

/* A line each of the tests shown: header, points, reason. */
char *gh_score_view_dup_text (GhScoreView *self);

G_END_DECLS
