/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits of all fields of a document as one step. */

#include "gh-document.h"

void
gh_document_set_policy (GhDocument *self, const GhPolicy *policy)
{
  g_return_if_fail (GH_IS_DOCUMENT (self));
  g_return_if_fail (policy != NULL);

  gh_document_begin_step (self);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    {
      const GhSetting *setting = gh_settings_get_nth (i);

      gh_document_set_value (self, setting, gh_policy_get (policy, setting), NULL);
    }
  gh_document_end_step (self);
}

void
gh_document_revert_all (GhDocument *self)
{
  g_return_if_fail (GH_IS_DOCUMENT (self));

  gh_document_begin_step (self);
  for (guint i = 0; i < GH_N_SETTINGS; i++)
    gh_document_revert (self, gh_settings_get_nth (i));
  gh_document_end_step (self);
}
