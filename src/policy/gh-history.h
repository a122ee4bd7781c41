/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps of a document, done and undone. Private to the document. */

#pragma once

#include "gh-document.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *steps; /* of owned GhStep; the first position are done, the rest undone */
  guint position;
  gboolean may_amend; /* whether the last step may take in one more edit */
} GhHistory;

void gh_history_init (GhHistory *history);
void gh_history_clear (GhHistory *history);

/* Takes the step. What was undone is dropped, and so is the oldest beyond the maximum. */
void gh_history_append (GhHistory *history, GhStep *step, gboolean may_amend);
/* The last step, where an edit of this field to this draft belongs to it, or NULL. */
GhStep *gh_history_find_step_to_amend (GhHistory *history,
                                       const GhSetting *setting,
                                       GVariant *after,
                                       gint64 now);
/* Whatever comes next is a step of its own. */
void gh_history_close_step (GhHistory *history);

/* The step that undo and redo are about, borrowed, or NULL: the next one that makes a
 * difference. Steps whose outcome is in the base by now do not. */
GhStep *gh_history_find_undo (const GhHistory *history, GhDocument *document);
GhStep *gh_history_find_redo (const GhHistory *history, GhDocument *document);
/* The steps up to that one, in the order in which they are to be undone or redone, counted
 * as undone or as done from now on. Of borrowed GhStep, and empty where there is none. */
GPtrArray *gh_history_move (GhHistory *history, GhDocument *document, GhDocumentEvent event);

/* Copies the steps. */
void gh_history_restore (GhHistory *history, GPtrArray *steps, guint position);

G_END_DECLS
