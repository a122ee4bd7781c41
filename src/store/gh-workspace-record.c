/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The structs of a workspace as it is kept. */

#include "gh-workspace-store.h"

static void
init_key (GhWorkspaceKey *key, const char *account, const char *id)
{
  key->account = g_strdup (account);
  key->id = g_strdup (id);
}

static void
clear_key (GhWorkspaceKey *key)
{
  g_free (key->account);
  g_free (key->id);
}

GhWorkspaceKey *
gh_workspace_key_new (const char *account, const char *id)
{
  GhWorkspaceKey *key = g_new0 (GhWorkspaceKey, 1);

  init_key (key, account, id);

  return key;
}

GhWorkspaceKey *
gh_workspace_key_copy (const GhWorkspaceKey *key)
{
  return gh_workspace_key_new (key->account, key->id);
}

void
gh_workspace_key_free (GhWorkspaceKey *key)
{
  clear_key (key);
  g_free (key);
}

GhWorkspaceRecord *
gh_workspace_record_new (const char *account, const char *id)
{
  GhWorkspaceRecord *record = g_new0 (GhWorkspaceRecord, 1);

  init_key (&record->key, account, id);

  return record;
}

GhWorkspaceRecord *
gh_workspace_record_copy (const GhWorkspaceRecord *record)
{
  GhWorkspaceRecord *copy = g_new (GhWorkspaceRecord, 1);

  *copy = *record;
  init_key (&copy->key, record->key.account, record->key.id);
  copy->name = g_strdup (record->name);
  copy->url = g_strdup (record->url);
  copy->role = g_strdup (record->role);
  copy->tags = g_strdupv (record->tags);

  return copy;
}

void
gh_workspace_record_free (GhWorkspaceRecord *record)
{
  clear_key (&record->key);
  g_free (record->name);
  g_free (record->url);
  g_free (record->role);
  g_strfreev (record->tags);
  g_free (record);
}

void
gh_cached_policy_free (GhCachedPolicy *cached)
{
  g_clear_pointer (&cached->policy, gh_policy_unref);
  g_free (cached->etag);
  g_free (cached);
}
