/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words and tags of workspaces. */

#include "gh-workspace-search.h"

#include <string.h>

#include "gh-keyed-hash.h"

static gboolean
contains (const char *text, const char *needle)
{
  g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

  return folded != NULL && strstr (folded, needle) != NULL;
}

static gboolean
tags_contain (const char *const *tags, const char *needle)
{
  for (; tags != NULL && *tags != NULL; tags++)
    if (contains (*tags, needle))
      return TRUE;

  return FALSE;
}

gboolean
gh_workspace_search_matches (GhWorkspace *workspace, const char *needle, const char *tag)
{
  const char *const *tags = gh_workspace_get_tags (workspace);

  if (tag != NULL && (tags == NULL || !g_strv_contains (tags, tag)))
    return FALSE;

  return *needle == '\0' || contains (gh_workspace_get_name (workspace), needle)
         || contains (gh_workspace_get_id (workspace), needle)
         || contains (gh_workspace_get_url (workspace), needle) || tags_contain (tags, needle);
}

static int
compare_tags (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

char **
gh_workspace_search_dup_tags (GListModel *workspaces)
{
  g_autoptr (GHashTable) found = gh_keyed_hash_table_new (NULL, NULL);
  GPtrArray *tags = g_ptr_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (workspaces); i++)
    {
      g_autoptr (GhWorkspace) workspace = g_list_model_get_item (workspaces, i);
      const char *const *each = gh_workspace_get_tags (workspace);

      for (; each != NULL && *each != NULL; each++)
        if (!g_hash_table_contains (found, *each))
          {
            g_ptr_array_add (tags, g_strdup (*each));
            g_hash_table_add (found, g_ptr_array_index (tags, tags->len - 1));
          }
    }

  g_ptr_array_sort (tags, compare_tags);
  g_ptr_array_add (tags, NULL);
  return (char **) g_ptr_array_free (tags, FALSE);
}
