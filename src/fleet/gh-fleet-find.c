/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workspaces by what a person calls them. */

#include <glib/gi18n-lib.h>

#include "gh-fleet-error.h"
#include "gh-fleet-private.h"

static GPtrArray *
find_all (GhFleet *self, const char *id)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < self->workspaces->len; i++)
    if (g_str_equal (gh_workspace_get_id (g_ptr_array_index (self->workspaces, i)), id))
      g_ptr_array_add (found, g_ptr_array_index (self->workspaces, i));
  return found;
}

GhWorkspace *
gh_fleet_find (GhFleet *self, const char *text, GError **error)
{
  GhWorkspace *workspace;
  g_autoptr (GPtrArray) found = NULL;

  g_return_val_if_fail (GH_IS_FLEET (self), NULL);

  workspace = g_hash_table_lookup (self->by_key, text);
  if (workspace != NULL)
    return workspace;
  found = find_all (self, text);
  if (found->len == 1)
    return g_ptr_array_index (found, 0);
  if (found->len == 0)
    g_set_error (error,
                 GH_FLEET_ERROR,
                 GH_FLEET_ERROR_UNKNOWN,
                 _ ("There is no workspace “%s”. Sync the account to read its list again."),
                 text);
  else
    g_set_error (error,
                 GH_FLEET_ERROR,
                 GH_FLEET_ERROR_AMBIGUOUS,
                 _ ("Several accounts have a workspace “%s”: write ACCOUNT/%s."),
                 text,
                 text);
  return NULL;
}
