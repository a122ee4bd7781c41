/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Steps of a document's history: what changed, and in which words. */

#include <glib/gi18n-lib.h>

#include "gh-document.h"
#include "gh-step-private.h"
#include "gh-value-type.h"

static void
step_change_free (GhStepChange *change)
{
  g_clear_pointer (&change->before, g_variant_unref);
  g_clear_pointer (&change->after, g_variant_unref);
  g_free (change);
}

static GhStepChange *
find_change (const GhStep *step, const GhSetting *setting)
{
  for (guint i = 0; i < step->changes->len; i++)
    {
      GhStepChange *change = g_ptr_array_index (step->changes, i);

      if (change->setting == setting)
        return change;
    }

  return NULL;
}

GVariant *
gh_draft_ref (GVariant *draft)
{
  return draft != NULL ? g_variant_ref_sink (draft) : NULL;
}

gboolean
gh_draft_equal (GVariant *a, GVariant *b)
{
  return a == b || (a != NULL && b != NULL && gh_value_equal (a, b));
}

GhStep *
gh_step_new (gint64 time)
{
  GhStep *step = g_new0 (GhStep, 1);

  step->time = time;
  step->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) step_change_free);
  return step;
}

void
gh_step_add (GhStep *step, const GhSetting *setting, GVariant *before, GVariant *after)
{
  GhStepChange *change;

  g_return_if_fail (step != NULL);
  g_return_if_fail (setting != NULL);

  change = find_change (step, setting);
  if (change == NULL)
    {
      change = g_new0 (GhStepChange, 1);
      change->setting = setting;
      change->before = gh_draft_ref (before);
      g_ptr_array_add (step->changes, change);
    }
  else
    g_clear_pointer (&change->after, g_variant_unref);

  change->after = gh_draft_ref (after);
}

GhStep *
gh_step_copy (const GhStep *step)
{
  GhStep *copy;

  g_return_val_if_fail (step != NULL, NULL);

  copy = gh_step_new (step->time);
  for (guint i = 0; i < step->changes->len; i++)
    {
      const GhStepChange *change = g_ptr_array_index (step->changes, i);

      gh_step_add (copy, change->setting, change->before, change->after);
    }

  return copy;
}

GPtrArray *
gh_step_copy_all (GPtrArray *steps)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) gh_step_free);

  g_return_val_if_fail (steps != NULL, copies);

  for (guint i = 0; i < steps->len; i++)
    g_ptr_array_add (copies, gh_step_copy (steps->pdata[i]));

  return copies;
}

void
gh_step_free (GhStep *step)
{
  g_return_if_fail (step != NULL);

  g_ptr_array_unref (step->changes);
  g_free (step);
}

/* Takes out the changes that ended where they began. */
void
gh_step_prune (GhStep *step)
{
  for (guint i = step->changes->len; i > 0; i--)
    {
      const GhStepChange *change = g_ptr_array_index (step->changes, i - 1);

      if (gh_draft_equal (change->before, change->after))
        g_ptr_array_remove_index (step->changes, i - 1);
    }
}

gboolean
gh_step_makes_difference (const GhStep *step, GhDocument *document, GhDocumentEvent event)
{
  for (guint i = 0; i < step->changes->len; i++)
    {
      const GhStepChange *change = g_ptr_array_index (step->changes, i);
      GVariant *draft = event == GH_DOCUMENT_UNDONE ? change->before : change->after;

      if (gh_draft_equal (draft, gh_document_get_base_value (document, change->setting)))
        draft = NULL;
      if (!gh_draft_equal (draft, gh_document_get_draft (document, change->setting)))
        return TRUE;
    }

  return FALSE;
}

static char *
describe_draft (GhDocument *document, const GhSetting *setting, GVariant *draft)
{
  return gh_value_describe (setting,
                            draft != NULL ? draft : gh_document_get_base_value (document, setting));
}

/* Translated words for a step: one format takes the title alone, the other also the
 * value before and after. */
static char *
describe_step (const GhStep *step, GhDocument *document, gboolean with_colon)
{
  const GhStepChange *change;
  const char *title;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  if (step->changes->len != 1)
    return g_strdup_printf (ngettext ("%u change", "%u changes", step->changes->len),
                            step->changes->len);

  change = g_ptr_array_index (step->changes, 0);
  title = gh_setting_get_title (change->setting);
  if (change->setting->type == &gh_value_type_text)
    /* Translators: the title of a long text that was edited. */
    return g_strdup_printf (_ ("%s edited"), title);

  before = describe_draft (document, change->setting, change->before);
  after = describe_draft (document, change->setting, change->after);
  if (with_colon)
    /* Translators: the title of a setting, its value before, its value after. */
    return g_strdup_printf (_ ("%s: %s to %s"), title, before, after);

  /* Translators: the title of a setting, its value before, its value after; follows “Undo:”. */
  return g_strdup_printf (_ ("%s %s to %s"), title, before, after);
}

char *
gh_step_dup_label (const GhStep *step, GhDocument *document)
{
  g_return_val_if_fail (step != NULL, NULL);
  g_return_val_if_fail (GH_IS_DOCUMENT (document), NULL);

  return describe_step (step, document, TRUE);
}

char *
gh_step_dup_undo_label (const GhStep *step, GhDocument *document)
{
  g_autofree char *words = describe_step (step, document, FALSE);

  return g_strdup_printf (_ ("Undo: %s"), words);
}

char *
gh_step_dup_redo_label (const GhStep *step, GhDocument *document)
{
  g_autofree char *words = describe_step (step, document, FALSE);

  return g_strdup_printf (_ ("Redo: %s"), words);
}
