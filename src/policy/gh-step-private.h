/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the document alone needs of its steps. */

#pragma once

#include "gh-document.h"

G_BEGIN_DECLS

void gh_step_prune (GhStep *step);
/* Whether undoing or redoing the step would change a draft, as the document stands. */
gboolean gh_step_makes_difference (const GhStep *step, GhDocument *document, GhDocumentEvent event);
char *gh_step_dup_undo_label (const GhStep *step, GhDocument *document);
char *gh_step_dup_redo_label (const GhStep *step, GhDocument *document);

/* Drafts, where NULL stands for "not drafted". */
GVariant *gh_draft_ref (GVariant *draft); /* takes it where it is floating */
gboolean gh_draft_equal (GVariant *a, GVariant *b);

G_END_DECLS
