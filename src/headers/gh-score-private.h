/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of results, for gh-score.c. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *result;
  int modifier;
  gboolean pass;
  const char *reason; /* N_() */
} GhScoreRow;

const GhScoreRow *gh_score_row_lookup (const char *result);

G_END_DECLS
