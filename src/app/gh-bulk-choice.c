/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values to apply, and what they are called. */

#include "gh-bulk-choice.h"

#include <glib/gi18n-lib.h>

static GHashTable *
create_changes (void)
{
  return g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_variant_unref);
}

GhBulkChoice *
gh_bulk_choice_new_draft (GhWorkspace *workspace)
{
  GhBulkChoice *choice = g_new0 (GhBulkChoice, 1);
  GhDocument *document = gh_workspace_get_document (workspace);
  guint n_drafted = gh_document_get_n_drafted (document);

  choice->title = g_strdup_printf (_ ("The draft of “%s”"), gh_workspace_get_name (workspace));
  choice->words
    = g_strdup_printf (ngettext ("%u drafted change", "%u drafted changes", n_drafted), n_drafted);
  choice->changes = create_changes ();
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);
      GVariant *value = gh_document_get_draft (document, setting);

      if (value != NULL)
        g_hash_table_insert (choice->changes, (gpointer) setting, g_variant_ref (value));
    }
  return choice;
}

GhBulkChoice *
gh_bulk_choice_new_baseline (const GhBaseline *baseline)
{
  GhBulkChoice *choice = g_new0 (GhBulkChoice, 1);

  choice->title = g_strdup_printf (_ ("Baseline “%s”"), baseline->name);
  choice->words = g_strdup (_ ("Every setting as the baseline has it"));
  choice->changes = create_changes ();
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      g_hash_table_insert (choice->changes,
                           (gpointer) setting,
                           g_variant_ref (gh_policy_get (baseline->policy, setting)));
    }
  return choice;
}

GhBulkChoice *
gh_bulk_choice_new_own (void)
{
  GhBulkChoice *choice = g_new0 (GhBulkChoice, 1);

  choice->title = g_strdup (_ ("What each of them has drafted"));
  choice->words = g_strdup (_ ("The drafts that are there already"));
  return choice;
}

void
gh_bulk_choice_free (GhBulkChoice *choice)
{
  g_free (choice->title);
  g_free (choice->words);
  g_clear_pointer (&choice->changes, g_hash_table_unref);
  g_free (choice);
}
