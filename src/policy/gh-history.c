/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps of a document: what belongs together, and where undo stands. */

#include "gh-history.h"
#include "gh-step-private.h"
#include "gh-value-type.h"

void
gh_history_init (GhHistory *history)
{
  history->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_step_free);
}

void
gh_history_clear (GhHistory *history)
{
  g_clear_pointer (&history->steps, g_ptr_array_unref);
}

void
gh_history_append (GhHistory *history, GhStep *step, gboolean may_amend)
{
  g_ptr_array_set_size (history->steps, (int) history->position);
  g_ptr_array_add (history->steps, step);
  if (history->steps->len > GH_DOCUMENT_MAXIMUM_STEPS)
    g_ptr_array_remove_index (history->steps, 0);

  history->position = history->steps->len;
  history->may_amend = may_amend;
}

/* Typing and spinning make many edits of what a person thinks of as one. */
static gboolean
is_typed (const GhSetting *setting)
{
  return setting->type == &gh_value_type_string || setting->type == &gh_value_type_text
         || setting->type == &gh_value_type_integer;
}

/* Not when that would leave a step that ends where it began: going back is worth a step
 * of its own. Nor when the clock was set back meanwhile. */
GhStep *
gh_history_find_step_to_amend (GhHistory *history,
                               const GhSetting *setting,
                               GVariant *after,
                               gint64 now)
{
  GhStep *step;
  const GhStepChange *change;

  if (!history->may_amend || history->position == 0 || !is_typed (setting))
    return NULL;

  step = g_ptr_array_index (history->steps, history->position - 1);
  change = g_ptr_array_index (step->changes, 0);
  if (change->setting != setting || gh_draft_equal (change->before, after) || now < step->time
      || now - step->time > GH_DOCUMENT_GROUPING_SECONDS * G_USEC_PER_SEC)
    return NULL;

  return step;
}

void
gh_history_close_step (GhHistory *history)
{
  history->may_amend = FALSE;
}

GhStep *
gh_history_find_undo (const GhHistory *history, GhDocument *document)
{
  for (guint i = history->position; i > 0; i--)
    if (gh_step_makes_difference (history->steps->pdata[i - 1], document, GH_DOCUMENT_UNDONE))
      return history->steps->pdata[i - 1];

  return NULL;
}

GhStep *
gh_history_find_redo (const GhHistory *history, GhDocument *document)
{
  for (guint i = history->position; i < history->steps->len; i++)
    if (gh_step_makes_difference (history->steps->pdata[i], document, GH_DOCUMENT_REDONE))
      return history->steps->pdata[i];

  return NULL;
}

GPtrArray *
gh_history_move (GhHistory *history, GhDocument *document, GhDocumentEvent event)
{
  gboolean back = event == GH_DOCUMENT_UNDONE;
  gpointer goal
    = back ? gh_history_find_undo (history, document) : gh_history_find_redo (history, document);
  GPtrArray *steps = g_ptr_array_new ();
  gpointer step = NULL;

  gh_history_close_step (history);
  while (step != goal)
    {
      step = history->steps->pdata[back ? --history->position : history->position++];
      g_ptr_array_add (steps, step);
    }

  return steps;
}

/* Of more steps than the maximum the oldest are left out, but none that is undone. */
void
gh_history_restore (GhHistory *history, GPtrArray *steps, guint position)
{
  guint surplus
    = steps->len > GH_DOCUMENT_MAXIMUM_STEPS ? steps->len - GH_DOCUMENT_MAXIMUM_STEPS : 0;
  guint first = MIN (position, surplus);

  g_ptr_array_set_size (history->steps, 0);
  for (guint i = first; i < steps->len && i - first < GH_DOCUMENT_MAXIMUM_STEPS; i++)
    g_ptr_array_add (history->steps, gh_step_copy (g_ptr_array_index (steps, i)));

  history->position = position - first;
  gh_history_close_step (history);
}
